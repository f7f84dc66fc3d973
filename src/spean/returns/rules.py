"""Which day a step may bear, how old a person was, by when somebody owes. Plain values only."""

from __future__ import annotations

from datetime import date, timedelta

from spean.kernel.dates import PartialDate, years_on

# A wait is looked at after 30, 60 and 90 days (domain page 5.4; the usual wait was three months).
WAITING_TERM = timedelta(days=30)
ALARMS = (30, 60, 90)
# Nationality 5 working days and papers 3 more make one clock (domain page 5.4), in plain days.
PAPERS_TERM = timedelta(days=5)


def latest(days: list[date | None]) -> date | None:
    """Return the latest known day of some steps, if any is known."""
    return max((day for day in days if day is not None), default=None)


def alarm(since: date, today: date) -> int:
    """Return the last alarm that a wait has reached: 0, 30, 60 or 90 days."""
    waited = (today - since).days
    return max((limit for limit in ALARMS if waited >= limit), default=0)


def is_child_on(born: str, is_minor: bool | None, day: date) -> bool:
    """Tell whether somebody is under 18 on a day; a child if the date of birth leaves a doubt."""
    if not born:
        return bool(is_minor)
    return years_on(PartialDate.parse(born).last, day) < ADULT


ADULT = 18
