"""Who may change the tree of agencies and let people in."""

from __future__ import annotations

from spean.kernel.actor import Actor, Capability
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def administering(actor: Actor) -> Sentence | None:
    """An administrator keeps agencies and users, and sees no case."""
    if not actor.can(Capability.ADMINISTER):
        return Sentence("Only an administrator changes agencies and users.")
    return None
