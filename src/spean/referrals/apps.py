"""Hang the room's places, panels and work in the desk."""

from __future__ import annotations

from django.apps import AppConfig

from spean.kernel.actor import Capability
from spean.kernel.text import Sentence


class ReferralsConfig(AppConfig):
    name = "spean.referrals"

    def ready(self) -> None:
        from spean.referrals import queries, subscribers  # noqa: F401 - subscribers sign up
        from spean.shell.navigation import Panel, Place, hang_panel, hang_place, hang_work

        hang_place(
            Place(
                order=40,
                label=Sentence("Referrals"),
                url="referrals:queue",
                to=(Capability.REFER, Capability.ANSWER_REFERRALS),
            )
        )
        hang_panel(Panel(order=30, page="case", label=Sentence("Referrals"), url="referrals:panel"))
        hang_work(queries.work)
