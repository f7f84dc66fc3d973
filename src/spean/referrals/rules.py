"""When an answer is due. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.referrals.states import Answer, Purpose

DANGER = timedelta(hours=24)  # acknowledgement of what is routed, domain page 5.1
# Five working days are a week, three are five days with a weekend between (domain page 5).
_WEEK = timedelta(days=7)
TERMS: dict[Purpose, timedelta] = {
    Purpose.LOCATE: timedelta(days=2),  # proposal: between first contact and verification, 5.1
    Purpose.VERIFY_NATIONALITY: _WEEK,  # 5 working days, 5.4
    Purpose.ASK_HOST: timedelta(days=2),  # passed on the next day in practice, 5.1
    Purpose.PAPERS: timedelta(days=5),  # 3 working days after the check, 5.4
    Purpose.RESCUE: DANGER,
    Purpose.INVESTIGATE: _WEEK,  # verification of facts, 5 working days, 5.1
    Purpose.RECEIVE: timedelta(days=2),  # named 48 hours before arrival, 5.4
    Purpose.SHELTER: DANGER,  # needs are screened within 24 hours, 5.5
    Purpose.LEGAL_AID: _WEEK,
    Purpose.CONTACT_FAMILY: timedelta(days=2),
}
# Answers that end the sharing: whoever will not act has no need to know.
ENDS_SHARING = frozenset({Answer.NOT_OURS, Answer.NOT_POSSIBLE})
NEEDS_REASON = ENDS_SHARING


def answer_due(purpose: Purpose, sent: datetime, *, danger: bool) -> datetime:
    """Return when the answer is due: 24 hours where life is in danger, else by purpose."""
    term = min(TERMS[purpose], DANGER) if danger else TERMS[purpose]
    return sent + term


def reached(lead: int, edges: Iterable[tuple[int, int]]) -> set[int]:
    """Return the agencies that a case came to from its lead, by referrals sent and taken on."""
    found, links = {lead}, list(edges)
    while fresh := {receiver for sender, receiver in links if sender in found} - found:
        found |= fresh
    return found


def checked_due(due: datetime, now: datetime) -> datetime:
    """Return ``due``; raise Invalid if that moment has passed."""
    if due <= now:
        raise Invalid(
            Sentence("The time to answer by has already passed. Write a later day."), field="due"
        )
    return due
