"""Who may make statements."""

from __future__ import annotations

from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


@policy
def making(actor: Actor) -> Sentence | None:
    """A statistician or a coordinator makes statements."""
    if not actor.can(Capability.MAKE_STATEMENTS):
        return Sentence("Statements are made by a statistician or a coordinator.")
    return None


@policy
def laying(actor: Actor) -> Sentence | None:
    """Only the command line lays a made caseload: it is no record of anything that happened."""
    if actor.kind is not Kind.OPERATOR:
        return Sentence("A made caseload is laid on the server, with “spean caseload make”.")
    return None
