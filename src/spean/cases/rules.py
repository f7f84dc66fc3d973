"""Time limits and what stands in the way of closing: decisions on plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from spean.cases.states import ClockKind, Outcome
from spean.kernel.text import Sentence

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

# "S" = sourced practice, "D" = our proposal; the domain's page 5 names the sources.
_TERMS: dict[ClockKind, timedelta] = {
    ClockKind.TRIAGE: 24 * _HOUR,  # D, 5.1
    ClockKind.FIRST_CONTACT: 24 * _HOUR,  # D, 5.1
    ClockKind.INFORMATION_NEEDED: 24 * _HOUR,  # D, 5.1: asked again at 24 h, 3 d, 7 d, 30 d
    ClockKind.REFERRAL_ANSWER: 5 * _DAY,  # D, 5.1: verify nationality, place, facts
    ClockKind.HOST_ANSWER: 5 * _DAY,  # D, 5.3
    ClockKind.HELD_WAITING: 30 * _DAY,  # D, 5.4: alarm at 30, 60, 90 days; about 3 months is usual
    ClockKind.PAPERS: 3 * _DAY,  # D, 5.4: after the nationality check
    ClockKind.RECEPTION: 24 * _HOUR,  # D, 5.5: medical and needs screening
    ClockKind.FOLLOW_UP: 7 * _DAY,  # D, 5.5: first visit after one week
    ClockKind.SAFETY_CHECK: 24 * _HOUR,  # D, guard: by another road than the receipt
    ClockKind.TASK: 7 * _DAY,  # D
}
_IN_DANGER: dict[ClockKind, timedelta] = {
    ClockKind.TRIAGE: 1 * _HOUR,  # D, 5.1: danger or child
    ClockKind.FIRST_CONTACT: 2 * _HOUR,  # D, 5.1
    ClockKind.REFERRAL_ANSWER: 24 * _HOUR,  # D, 5.1: acknowledgement of a routed plea
    ClockKind.HOST_ANSWER: 24 * _HOUR,  # D
    ClockKind.SAFETY_CHECK: 2 * _HOUR,  # D
}
# How long before its end a limit is brought to mind: a share of the whole term.
_REMINDER = 4
MOST_LEVELS = 6  # no tree of agencies is deeper


def term(kind: ClockKind, urgency: str = "") -> timedelta:
    """Return how long a limit of this kind runs; ``urgency`` "danger" (or a child) is shorter."""
    if urgency == "danger" and kind in _IN_DANGER:
        return _IN_DANGER[kind]
    return _TERMS[kind]


def reminds_at(started: datetime, due: datetime) -> datetime:
    """Return when the owner is reminded: with a quarter of the term left."""
    return due - (due - started) / _REMINDER


def level_at(started: datetime, due: datetime, now: datetime, *, danger: bool) -> int:
    """Return how far an unmet limit has climbed by ``now``.

    At its end to the agency above, then one further for each further half of the term; where
    life is in danger, for each quarter.
    """
    if now < due:
        return 0
    step = (due - started) / (4 if danger else 2)
    if step <= timedelta(0):
        return MOST_LEVELS
    return min(MOST_LEVELS, 1 + (now - due) // step)


# Of these somebody still owes an answer; follow-ups go on after a case is closed.
BLOCKING = frozenset(
    {
        ClockKind.REFERRAL_ANSWER,
        ClockKind.HOST_ANSWER,
        ClockKind.HELD_WAITING,
        ClockKind.PAPERS,
        ClockKind.RECEPTION,
        ClockKind.SAFETY_CHECK,
    }
)
# Nobody is there to say what she wants.
_WITHOUT_HER = frozenset({Outcome.DIED, Outcome.LOST_CONTACT, Outcome.UNFOUNDED})


def unfinished(
    *, open_tasks: int, running: Collection[str], has_own_view: bool, outcome: str = ""
) -> Sentence | None:
    """Return what still stands in the way of closing a case, or None."""
    if open_tasks:
        return Sentence(
            "Tasks are still open: {number}. Finish them, or say they are not needed any more.",
            number=str(open_tasks),
        )
    if set(running) & BLOCKING:
        return Sentence(
            "Somebody still owes an answer on this case: a referral or a return is running. Wait "
            "for it, or withdraw it first."
        )
    if not has_own_view and outcome not in _WITHOUT_HER:
        return Sentence(
            "Her own view is missing. Write what the person herself wants before you close."
        )
    return None
