"""When follow-ups fall due, and what a child's placement needs. Plain values only."""

from __future__ import annotations

from datetime import date, timedelta

from spean.care.states import FOLLOW_UP_DAYS, FOLLOW_UP_DAYS_CHILD
from spean.kernel.text import Sentence
from spean.returns.states import Placement

# No child is placed away from family without the paper of custody (domain page 11).
_NEEDS_CUSTODY = frozenset({Placement.SHELTER, Placement.NGO})
TRY_AGAIN = timedelta(days=7)


def follow_up_days(placed: date, *, child: bool) -> list[date]:
    """Return the days of the plan: a week, 1, 3, 6, 12 months; for a child 24 as well."""
    days = FOLLOW_UP_DAYS_CHILD if child else FOLLOW_UP_DAYS
    return [placed + timedelta(days=number) for number in days]


def custody_missing(choice: Placement, *, child: bool, has_paper: bool) -> Sentence | None:
    """Return why a child cannot be placed so, or None."""
    if child and choice in _NEEDS_CUSTODY and not has_paper:
        return Sentence(
            "A child is placed in a shelter only with the custody document. Get it from the "
            "prosecutor or the guardian, then tick the box."
        )
    return None
