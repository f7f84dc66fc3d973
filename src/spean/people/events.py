"""What the room of people tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass

from spean.kernel.events import Event


@dataclass(frozen=True)
class PersonsJoined(Event):
    """Two rows were decided to be one person."""

    one_id: str
    other_id: str


@dataclass(frozen=True)
class PersonsParted(Event):
    """Two rows, once decided to be one, are two persons again."""

    one_id: str
    other_id: str


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """A person took back what she had agreed to; what was shared on it is to be recalled."""

    person_id: str
    purpose: str
    recipient_id: int | None
