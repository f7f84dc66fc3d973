"""Dates as people know them: a year, a month or a day; in any digits; Buddhist years refused."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from spean.kernel.digits import to_ascii
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence

_PATTERN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
EARLIEST = 1900
BUDDHIST_OFFSET = 543


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day, and the interval of days it may mean."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read YYYY[-MM[-DD]] in any digits; raise Invalid with what to write instead."""
        written = to_ascii(text).strip().replace("/", "-").replace(".", "-")
        match = _PATTERN.fullmatch(written)
        if not match:
            raise Invalid(
                Sentence(
                    "“{text}” is not a date. Write a year, a month or a day, such as 2025, "
                    "2025-04 or 2025-04-22.",
                    text=text[:40],
                )
            )
        year, month, day = (int(p) if p else None for p in match.groups())
        return cls._from_parts(written, year or 0, month, day)

    @classmethod
    def _from_parts(cls, text: str, year: int, month: int | None, day: int | None) -> PartialDate:
        if year >= EARLIEST + BUDDHIST_OFFSET:
            raise Invalid(
                Sentence(
                    "{year} looks like a Buddhist-era year. Write it as {gregorian}.",
                    year=str(year),
                    gregorian=str(year - BUDDHIST_OFFSET),
                )
            )
        if year < EARLIEST:
            raise Invalid(Sentence("The year {year} is too long ago. Check it.", year=str(year)))
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise Invalid(
                Sentence("{text} is not in the calendar. Check the day and the month.", text=text)
            ) from None
        if day:
            return cls(first, first)
        last_month = month or 12
        return cls(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_day:
            return self.first.isoformat()
        if self.first.month == self.last.month:
            return self.first.isoformat()[:7]
        return self.first.isoformat()[:4]


def past(text: str, today: date, *, field: str | None = None) -> PartialDate | None:
    """Read when something happened; None where nothing is written, Invalid if it is to come."""
    if not text.strip():
        return None
    try:
        when = PartialDate.parse(text)
    except Invalid as wrong:
        raise Invalid(wrong.sentence, field) from None
    if when.first > today:
        raise Invalid(
            Sentence("{day} is in the future. Check the date.", day=str(when)), field=field
        )
    return when


def checked_day(
    day: date, today: date, *, not_before: date | None = None, field: str = "on"
) -> date:
    """Return ``day``; raise Invalid if it lies in the future or before the step before it."""
    if day > today:
        raise Invalid(
            Sentence("{day} is in the future. Write the day it happened.", day=str(day)),
            field=field,
        )
    if not_before is not None and day < not_before:
        raise Invalid(
            Sentence(
                "{day} is before {earlier}, the day of the step before it. Check the day.",
                day=str(day),
                earlier=str(not_before),
            ),
            field=field,
        )
    return day


def age_on(born: str, day: date) -> str:
    """Return the age on a day: whole years, a band such as 21-22 if only a year is known, or ""."""
    if not born:
        return ""
    known = PartialDate.parse(born)
    low, high = years_on(known.last, day), years_on(known.first, day)
    if low < 0:
        return ""
    return str(low) if low == high else f"{low}-{high}"


def years_on(born: date, day: date) -> int:
    """Return whole years from a day of birth to another day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
