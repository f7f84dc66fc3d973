"""What recurs: rooms hang up what the clock does for them, and say what it did."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from spean.kernel import clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Did:
    """One thing the clock did: raised, escalated, purged, retried, written or failed."""

    verb: str
    what: str
    reference: str = ""
    count: int = 1
    to: str = ""


VERBS = ("raised", "escalated", "purged", "retried", "written", "failed")
Recurring = Callable[[datetime], Iterable[Did]]
_recurring: dict[str, Recurring] = {}


def recurs(name: str, act: Recurring) -> None:
    """Hang up ``act`` under ``name`` (room.what); it is idempotent and called each minute."""
    _recurring[name] = act


def run_all() -> dict[str, list[dict[str, Any]]]:
    """Run everything that recurs, each in its own transaction; one's failure stops no other."""
    done: dict[str, list[dict[str, Any]]] = {verb: [] for verb in VERBS}
    for name, act in _recurring.items():
        for did in _run(name, act):
            done[did.verb].append({k: v for k, v in asdict(did).items() if k != "verb"})
    return done


def _run(name: str, act: Recurring) -> list[Did]:
    try:
        with transaction.atomic():
            return list(act(clock.now()))
    except Exception:  # noqa: BLE001 - logged, reported, tried again
        _log.exception("what recurs failed; it is tried again at the next minute")
        return [Did("failed", name)]
