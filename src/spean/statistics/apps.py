"""Hang the statisticians' place in the navigation."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class Statistics(AppConfig):
    name = "spean.statistics"

    def ready(self) -> None:
        from spean.shell.navigation import Place, hang_place

        hang_place(
            Place(
                60,
                Sentence("Statements"),
                "statistics:statements",
                to=(Capability.MAKE_STATEMENTS,),
            )
        )
