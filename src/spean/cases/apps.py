"""Hang the case list in the navigation, and limits and new cases among *my work*."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class Cases(AppConfig):
    name = "spean.cases"

    def ready(self) -> None:
        from spean.cases.access import WORKING
        from spean.cases.queries import work_of
        from spean.shell.navigation import Place, hang_place, hang_work

        hang_place(Place(10, Sentence("My work"), "cases:work"))
        seers = (*WORKING, Capability.SEE_PSEUDONYMOUS_CASES)
        hang_place(Place(30, Sentence("Cases"), "cases:list", to=seers))
        hang_work(work_of)
