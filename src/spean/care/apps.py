"""Hang the room's places and panels in the desk."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class CareConfig(AppConfig):
    name = "spean.care"

    def ready(self) -> None:
        from spean.care import subscribers  # noqa: F401 - subscribers sign up
        from spean.shell.navigation import Panel, Place, hang_panel, hang_place

        hang_place(
            Place(order=60, label=Sentence("Care"), url="care:list", to=(Capability.GIVE_CARE,))
        )
        hang_panel(Panel(order=50, page="case", label=Sentence("Care"), url="care:panel"))
