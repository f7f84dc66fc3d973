"""Who may change the lists of places."""

from __future__ import annotations

from spean.kernel.actor import Actor, Capability
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def listing(actor: Actor) -> Sentence | None:
    """An administrator, or the command line, adds checkpoints."""
    if not actor.can(Capability.ADMINISTER):
        return Sentence("Only an administrator adds checkpoints.")
    return None
