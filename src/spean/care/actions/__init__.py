"""Everything that changes a person's care."""

from __future__ import annotations

from spean.care.actions.after import close, find, follow_up, lose, reopen
from spean.care.actions.reception import expect, place, receive

__all__ = [
    "close",
    "expect",
    "find",
    "follow_up",
    "lose",
    "place",
    "receive",
    "reopen",
]
