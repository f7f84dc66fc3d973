"""What the room of returns tells the rooms above it."""

from __future__ import annotations

from dataclasses import dataclass

from spean.kernel.events import Event


@dataclass(frozen=True)
class HandedOver(Event):
    """A person who came home was handed over to an agency that receives her."""

    return_id: str
    case_id: str
    person_id: str
    receiver_id: int
