"""Everything that changes a return: one function for each step, and for each way off the path."""

from __future__ import annotations

from spean.returns.actions.abroad import depart, give_papers, locate, plan, rescue, wait
from spean.returns.actions.home import arrive, hand_over, note_placement
from spean.returns.actions.off_the_path import fall_out, stay, take_up

__all__ = [
    "arrive",
    "depart",
    "fall_out",
    "give_papers",
    "hand_over",
    "locate",
    "note_placement",
    "plan",
    "rescue",
    "stay",
    "take_up",
    "wait",
]
