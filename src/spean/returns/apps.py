"""Hang the room's places, panels and work in the desk."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class ReturnsConfig(AppConfig):
    name = "spean.returns"

    def ready(self) -> None:
        from spean.returns import events, queries  # noqa: F401 - events are known by name
        from spean.shell.navigation import Panel, Place, hang_panel, hang_place, hang_work

        hang_place(
            Place(
                order=50,
                label=Sentence("Returns"),
                url="returns:list",
                to=(Capability.ARRANGE_RETURNS, Capability.RECEIVE_ARRIVALS),
            )
        )
        hang_panel(Panel(order=40, page="case", label=Sentence("Return"), url="returns:panel"))
        hang_work(queries.work)
