"""The one source of "now". Tests and the demo set it; production never does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: datetime | None = None
_zone = ZoneInfo("Asia/Phnom_Penh")


def now() -> datetime:
    """Return the present instant, in UTC."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Return the day it is in SPEAN_TIME_ZONE: a day is a day there."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    return instant.astimezone(_zone).date()


def zone() -> ZoneInfo:
    return _zone


def set_zone(name: str) -> None:
    global _zone
    _zone = ZoneInfo(name)


def set_now(instant: datetime | None) -> None:
    """Stop the clock at ``instant`` (aware), or let it run again with None."""
    global _frozen
    if instant is not None and instant.tzinfo is None:
        raise ValueError("the clock is set with an aware instant")
    _frozen = instant.astimezone(UTC) if instant else None


def advance(step: timedelta) -> None:
    set_now(now() + step)


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    before = _frozen
    set_now(instant)
    try:
        yield
    finally:
        set_now(before)
