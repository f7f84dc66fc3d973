"""What the room of cases tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass

from spean.kernel.events import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """A case was opened."""

    case_id: str


@dataclass(frozen=True)
class CaseClosed(Event):
    """A case was closed, with an outcome."""

    case_id: str
    outcome: str


@dataclass(frozen=True)
class ClockClimbed(Event):
    """Nobody met a time limit: the agency above was told."""

    subject: str
    kind: str
    told_id: int | None
    level: int
