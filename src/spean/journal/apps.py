"""Hang the auditors' place in the navigation."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class Journal(AppConfig):
    name = "spean.journal"

    def ready(self) -> None:
        from spean.shell.navigation import Place, hang_place

        hang_place(Place(80, Sentence("Journal"), "journal:list", to=(Capability.READ_JOURNAL,)))
