"""Who may see a person's care, and who gives it."""

from __future__ import annotations

from django.db.models import Q

from spean.care.models import Care
from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence
from spean.referrals.access import kept_from, on_case_in_sight


def visible(actor: Actor) -> Q:
    """Care that the actor's agency gives, and that of a case in sight."""
    if actor.agency_id is None:
        return Q(pk__in=[])
    return (Q(agency_id=actor.agency_id) | on_case_in_sight(actor)) & ~kept_from(actor)


@policy
def expecting(actor: Actor) -> Sentence | None:
    """A hand-over tells the receiving agency whom to expect; a social worker may note it too."""
    if actor.kind in {Kind.SYSTEM, Kind.OPERATOR} or actor.can(Capability.GIVE_CARE):
        return None
    return Sentence("Care begins with a hand-over. Only a social worker begins it otherwise.")


@policy
def giving(actor: Actor, care: Care) -> Sentence | None:
    """A social worker of the agency that received the person gives care."""
    if not actor.can(Capability.GIVE_CARE):
        return Sentence("Care is given by social workers.")
    if care.agency_id != actor.agency_id:
        return Sentence("Another agency takes care of this person.")
    return None


@policy
def reading(actor: Actor, care: Care) -> Sentence | None:
    """Needs, wishes and visits are read by the social workers who give the care, nobody else."""
    if giving.reason(actor, care):
        return Sentence(
            "What the person told her social worker stays with the agency that cares for her."
        )
    return None
