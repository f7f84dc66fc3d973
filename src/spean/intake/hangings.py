"""What intake hangs up in the shell: its place, its panel on a case, its lines of *my work*."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from spean.intake.queries import quiet_for
from spean.intake.states import RequestState
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.shell.navigation import (
    Panel,
    Place,
    WorkLine,
    hang_panel,
    hang_place,
    hang_work,
)

TO_QUEUE = (
    Capability.RECORD_REQUESTS,
    Capability.TRIAGE_REQUESTS,
    Capability.SEE_PSEUDONYMOUS_CASES,
)
TO_PANEL = (*TO_QUEUE, Capability.WORK_CASES, Capability.GIVE_CARE, Capability.RECEIVE_ARRIVALS)


def work_of(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    """Yield the pleas that wait for nobody's clock, so that none is forgotten."""
    for request in quiet_for(actor):
        is_mine = request.officer_id in {None, actor.user_id}
        yield (
            "new" if is_mine else "waiting",
            WorkLine(
                what=Sentence("Say what becomes of a plea")
                if request.state == RequestState.TRIAGED
                else Sentence("Read a plea again"),
                reference=request.ref,
                url=reverse("requests:detail", args=[request.pk]),
                since=request.received,
            ),
        )


def hang() -> None:
    hang_place(Place(20, Sentence("Pleas"), "requests:queue", TO_QUEUE))
    hang_panel(Panel(10, "case", Sentence("Pleas"), "requests:panel", TO_PANEL))
    hang_work(work_of)
