"""Who may write into the ledger. A single entry is judged first by the room whose verb it is."""

from __future__ import annotations

from spean.kernel.actor import Actor, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def recording(actor: Actor) -> Sentence | None:
    """Whoever signs in records for an agency: each entry says which one it comes from."""
    if actor.kind is Kind.USER and not actor.agency_code:
        return Sentence("Your account belongs to no agency. Ask the administrator to set one.")
    return None


@policy
def loading(actor: Actor) -> Sentence | None:
    """Whoever runs the command line on the server loads files of entries."""
    if actor.kind is not Kind.OPERATOR:
        return Sentence("Files of entries are loaded on the server, with “spean ledger load”.")
    return None
