"""Hang the search for persons in the navigation."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class People(AppConfig):
    name = "spean.people"

    def ready(self) -> None:
        from spean.shell.navigation import Place, hang_place

        seekers = (Capability.SEARCH_PEOPLE,)
        hang_place(Place(40, Sentence("Search persons"), "people:search", to=seekers))
