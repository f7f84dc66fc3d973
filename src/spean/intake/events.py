"""What intake tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass

from spean.kernel.events import Event


@dataclass(frozen=True)
class RequestAccepted(Event):
    """A request now stands in a case."""

    request_id: str
    case_id: str


@dataclass(frozen=True)
class RequestClosed(Event):
    """A request was closed, with its reason."""

    request_id: str
    reason: str
