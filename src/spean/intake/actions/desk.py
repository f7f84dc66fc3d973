"""Every verb of the desk, under one name."""

from spean.intake.actions.conversation import (
    ask,
    note_contact,
    open_contact,
    remind_information,
    reply,
)
from spean.intake.actions.outcome import accept, close, close_with_case, refer_elsewhere, reopen
from spean.intake.actions.recording import (
    add_person,
    hand_to,
    read_messages,
    record,
    take,
    triage,
)
from spean.intake.claims import Claim

__all__ = [
    "Claim",
    "accept",
    "add_person",
    "ask",
    "close",
    "close_with_case",
    "hand_to",
    "note_contact",
    "open_contact",
    "read_messages",
    "record",
    "refer_elsewhere",
    "remind_information",
    "reopen",
    "reply",
    "take",
    "triage",
]
