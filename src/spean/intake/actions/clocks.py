"""The time limits of a request: started, moved and stopped with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from spean.agencies.models import Agency
from spean.cases.actions import clocks
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.intake.models import Request
from spean.intake.queries import is_danger as is_danger
from spean.intake.queries import running_clocks
from spean.intake.states import Urgency
from spean.kernel import clock

# Questions are put again after so long, then it climbs; domain page 5.1.
RETRIES = (timedelta(hours=24), timedelta(days=3), timedelta(days=7), timedelta(days=30))


def url_of(request: Request) -> str:
    return f"/desk/pleas/{request.pk}/"


def start(request: Request, kind: ClockKind, due: datetime) -> None:
    clocks.start_clock(
        request,
        kind=kind,
        owner=request.owner,
        due=due,
        reference=request.ref,
        url=url_of(request),
        case=request.case,
        danger=is_danger(request),
    )


def start_first(request: Request, *, contacted: bool = False) -> None:
    """Start the limits of a new request: to be sorted, and to be answered."""
    hurry = Urgency.DANGER if request.danger_now or request.child else Urgency.OTHER
    start(request, ClockKind.TRIAGE, due_of(request, ClockKind.TRIAGE, hurry))
    if not contacted:
        start_contact(request, Urgency.DANGER if request.danger_now else Urgency.OTHER)


def start_contact(request: Request, urgency: str) -> None:
    """Start (again) the limit within which somebody must have been in touch."""
    due = due_of(request, ClockKind.FIRST_CONTACT, urgency)
    start(request, ClockKind.FIRST_CONTACT, due)


def due_of(request: Request, kind: ClockKind, urgency: str) -> datetime:
    """Return the end of a limit, counted from when the plea came.

    A letter of last week leaves a quarter of the term: nobody can answer before it was read.
    """
    limit = term(kind, urgency)
    return max(request.received + limit, clock.now() + limit / 4)


def start_information(request: Request) -> None:
    """Start (again) the limit after which the standing questions are put again."""
    stop(request, ClockKind.INFORMATION_NEEDED)
    wait = RETRIES[min(request.reminders, len(RETRIES) - 1)]
    start(request, ClockKind.INFORMATION_NEEDED, clock.now() + wait)


def stop(request: Request, *kinds: ClockKind) -> None:
    """Stop the clocks of these kinds that run; without kinds, all."""
    for held in running_clocks(request):
        if not kinds or held.kind in kinds:
            clocks.stop_clock(request, ClockKind(held.kind))


def hand_over(request: Request, owner: Agency) -> None:
    """Give the running clocks to another office; what is due stays due, or in an hour."""
    soonest = clock.now() + timedelta(hours=1)
    for held in running_clocks(request):
        clocks.stop_clock(request, ClockKind(held.kind))
        clocks.start_clock(
            request,
            kind=ClockKind(held.kind),
            owner=owner,
            due=max(held.due, soonest),
            reference=request.ref,
            url=url_of(request),
            case=request.case,
            danger=held.danger,
        )
