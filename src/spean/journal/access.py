"""Who may read the journal."""

from __future__ import annotations

from spean.kernel.actor import Actor, Capability
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def reading(actor: Actor) -> Sentence | None:
    """An auditor reads the journal: who, what, when, to what purpose; never a case's content."""
    if not actor.can(Capability.READ_JOURNAL):
        return Sentence("Only an auditor reads the journal.")
    return None
