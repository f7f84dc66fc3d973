"""Many walks, one clock: the steps of all are taken in the order of their days."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from spean.kernel import clock
from spean.shell.jobs import run_due

# A walk yields the instant of its next step, then takes the step when it is resumed.
Walk = Iterator[datetime]


def at(day: date, hour: int = 3, minute: int = 0) -> datetime:
    """Return an instant of ``day``; 3 o'clock UTC is 10 in the morning in Phnom Penh."""
    return datetime.combine(day, time(hour, minute), UTC)


def play(walks: Iterable[Walk], *, until: datetime, between: Callable[[], object]) -> None:
    """Take every step that lies before ``until``, and run ``between`` once a day after it."""
    waiting: list[tuple[datetime, int, Walk]] = []
    for number, walk in enumerate(walks):
        _next(waiting, number, walk)
    day: date | None = None
    while waiting and waiting[0][0] < until:
        instant, number, walk = heapq.heappop(waiting)
        if day is not None and clock.day_of(instant) != day:
            clock.set_now(at(day, 16))
            between()
        clock.set_now(instant)
        day = clock.day_of(instant)
        _next(waiting, number, walk)
        run_due()


def _next(waiting: list[tuple[datetime, int, Walk]], number: int, walk: Walk) -> None:
    instant = next(walk, None)
    if instant is not None:
        heapq.heappush(waiting, (instant, number, walk))


def days(number: int) -> timedelta:
    return timedelta(days=number)
