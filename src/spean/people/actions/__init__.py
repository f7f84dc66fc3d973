"""Everything that changes a person's record: one function for each verb."""

from spean.people.actions.consents import (
    exclude,
    give_consent,
    grant,
    second_consent,
    withdraw_consent,
    withdraw_grants,
)
from spean.people.actions.openings import open_both, open_names
from spean.people.actions.pairings import decide, join, part, undo
from spean.people.actions.persons import add_name, correct, erase, note_contact, register

__all__ = [
    "add_name",
    "correct",
    "decide",
    "erase",
    "exclude",
    "give_consent",
    "grant",
    "join",
    "note_contact",
    "open_both",
    "open_names",
    "part",
    "register",
    "second_consent",
    "undo",
    "withdraw_consent",
    "withdraw_grants",
]
