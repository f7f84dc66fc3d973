"""The minute's work of the whole house, and the rule that only one process does it."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from spean.agencies.actions import forget_attempts, forget_invitations
from spean.journal.actions import thin_checkpoints, write_checkpoint
from spean.ledger.actions import remove_broken_off
from spean.shell import jobs
from spean.shell.recurring import Did, recurs, run_all
from spean.site.actions import give_back, take_lease

LEASE = "tick"
LASTS = timedelta(minutes=10)


def _questions(now: datetime) -> Iterable[Did]:
    from spean.intake.actions import desk

    for reference in desk.remind_information(now):
        yield Did("raised", "information_needed", str(reference))


def _clocks(now: datetime) -> Iterable[Did]:
    from spean.cases.actions import clocks

    for raised in clocks.tick(now):
        verb = "escalated" if raised.level else "raised"
        yield Did(verb, str(raised.kind), raised.reference, to=raised.told)


def _jobs(_now: datetime) -> Iterable[Did]:
    if count := jobs.revive():
        yield Did("retried", "jobs", count=count)


def _invitations(now: datetime) -> Iterable[Did]:
    if count := forget_invitations(now):
        yield Did("purged", "invitations", count=count)


def _loads(_now: datetime) -> Iterable[Did]:
    """Remove what loads that were broken off left; a load under way is left alone."""
    if count := remove_broken_off():
        yield Did("purged", "broken_off_loads", count=count)


def _attempts(_now: datetime) -> Iterable[Did]:
    forget_attempts(_real())  # the library writes them by the real clock
    return ()


def _sessions(_now: datetime) -> Iterable[Did]:
    SessionStore.clear_expired()
    return ()


def _checkpoint(_now: datetime) -> Iterable[Did]:
    if path := write_checkpoint():
        yield Did("written", "checkpoint", path.stem.lstrip("0"))
    if count := thin_checkpoints():
        yield Did("purged", "checkpoints", count=count)


def hang() -> None:
    """Hang up what recurs in this house; a room may hang up its own in its apps.py."""
    # Questions are put again before their limit would climb.
    recurs("intake.questions", _questions)
    recurs("cases.clocks", _clocks)
    recurs("shell.jobs", _jobs)
    recurs("agencies.invitations", _invitations)
    recurs("ledger.loads", _loads)
    recurs("agencies.attempts", _attempts)
    recurs("site.sessions", _sessions)
    recurs("journal.checkpoint", _checkpoint)


def tick(*, patience: float = 30) -> dict[str, Any] | None:
    """Do the minute's work, or return None if another process is at it all the while."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{time.monotonic_ns()}"[:80]
    until = time.monotonic() + patience
    # The lease runs on the real clock: a stopped one would never let go.
    while not take_lease(LEASE, holder, lasts=LASTS, now=_real()):
        if time.monotonic() >= until:
            return None
        time.sleep(0.2)
    try:
        return run_all()
    finally:
        give_back(LEASE, holder, now=_real())


def _real() -> datetime:
    return datetime.now(UTC)
