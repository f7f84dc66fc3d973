"""Hang the administrators' place in the navigation."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class Agencies(AppConfig):
    name = "spean.agencies"

    def ready(self) -> None:
        from spean.shell.navigation import Place, hang_place

        hang_place(Place(90, Sentence("Agencies"), "agencies:list", to=(Capability.ADMINISTER,)))
