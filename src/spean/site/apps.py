"""Hang up what recurs in the whole house."""

from __future__ import annotations

from django.apps import AppConfig


class Site(AppConfig):
    name = "spean.site"

    def ready(self) -> None:
        from spean.site.ticking import hang

        hang()
