"""Reception, her choice, follow-up, closure with her voice. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move
from spean.kernel.text import Sentence


class CareState(StrEnum):
    EXPECTED = "expected"
    RECEIVED = "received"
    PLACED = "placed"
    LOST_CONTACT = "lost_contact"  # counted, never hidden
    CLOSED = "closed"


_S = CareState
LIFECYCLE = Lifecycle(
    _S.EXPECTED,
    Move("receive", frozenset({_S.EXPECTED}), _S.RECEIVED),
    Move("place", frozenset({_S.RECEIVED, _S.PLACED}), _S.PLACED),
    Move("lose", frozenset({_S.EXPECTED, _S.RECEIVED, _S.PLACED}), _S.LOST_CONTACT),
    # Found again, she is asked anew where she wants to be.
    Move("find", frozenset({_S.LOST_CONTACT}), _S.RECEIVED),
    Move("close", frozenset({_S.PLACED}), _S.CLOSED),
    Move("reopen", frozenset({_S.CLOSED}), _S.PLACED),
)


class Mode(StrEnum):
    VISIT = "visit"
    PHONE = "phone"
    OFFICE = "office"
    MESSAGE = "message"


class FollowUpResult(StrEnum):
    WELL = "well"
    NEEDS_HELP = "needs_help"
    IN_DANGER = "in_danger"
    NOT_REACHED = "not_reached"


# Follow-up visits (domain page 5.5): a week, 1, 3, 6, 12 months; 24 for a child.
FOLLOW_UP_DAYS = (7, 30, 91, 182, 365)
FOLLOW_UP_DAYS_CHILD = (*FOLLOW_UP_DAYS, 730)


# --- the words people read ---
STATE_WORDS: dict[str, Sentence] = {
    "expected": Sentence("expected"),
    "received": Sentence("received"),
    "placed": Sentence("placed, being followed up"),
    "lost_contact": Sentence("contact lost"),
    "closed": Sentence("closed with the person's agreement"),
}
VERB_WORDS: dict[str, Sentence] = {
    "receive": Sentence("Note the reception"),
    "place": Sentence("Note what the person chose"),
    "lose": Sentence("Contact was lost"),
    "find": Sentence("Contact was found again"),
    "close": Sentence("Close the care"),
    "reopen": Sentence("Open the care again"),
}
MODE_WORDS: dict[str, Sentence] = {
    "visit": Sentence("a visit"),
    "phone": Sentence("a telephone call"),
    "office": Sentence("a meeting at the office"),
    "message": Sentence("a message"),
}
RESULT_WORDS: dict[str, Sentence] = {
    "well": Sentence("well"),
    "needs_help": Sentence("needs help"),
    "in_danger": Sentence("in danger"),
    "not_reached": Sentence("not reached"),
}
