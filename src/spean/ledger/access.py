"""Who may write into the ledger in bulk. A single entry is judged by the room whose verb it is."""

from __future__ import annotations

from spean.kernel.actor import Actor, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def loading(actor: Actor) -> Sentence | None:
    """Whoever runs the command line on the server loads files of entries."""
    if actor.kind is not Kind.OPERATOR:
        return Sentence("Files of entries are loaded on the server, with “spean ledger load”.")
    return None
