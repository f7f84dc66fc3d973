"""Who may make statements."""

from __future__ import annotations

from spean.kernel.actor import Actor, Capability
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def making(actor: Actor) -> Sentence | None:
    """A statistician or a coordinator makes statements."""
    if not actor.can(Capability.MAKE_STATEMENTS):
        return Sentence("Statements are made by a statistician or a coordinator.")
    return None
