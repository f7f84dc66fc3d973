"""Who may see a return and move it along."""

from __future__ import annotations

from django.db.models import Q

from spean.cases.models import Case
from spean.cases.states import CaseState
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability
from spean.kernel.policy import policy
from spean.kernel.text import Sentence
from spean.referrals.access import is_in_sight, kept_from, on_case_in_sight
from spean.returns.models import Return
from spean.returns.states import ReturnState

_S = ReturnState
_TO_RECEIVE = (_S.TRAVELLING, _S.ARRIVED, _S.HANDED_OVER)


def at_the_gate(actor: Actor) -> Q:
    """Returns travelling to the actor's checkpoint, or handed over there today."""
    if not actor.agency_code:
        return Q(pk__in=[])
    now = Q(state__in=(_S.TRAVELLING, _S.ARRIVED))
    today = Q(state=_S.HANDED_OVER, handed_over_on=clock.today())
    return Q(checkpoint=actor.agency_code) & (now | today)


def visible(actor: Actor) -> Q:
    """Returns of a case in sight, those coming to the actor's gate, those it is to receive."""
    if actor.agency_id is None:
        return Q(pk__in=[])
    to_receive = Q(receiver_id=actor.agency_id, state__in=_TO_RECEIVE)
    return (on_case_in_sight(actor) | at_the_gate(actor) | to_receive) & ~kept_from(actor)


@policy
def planning(actor: Actor, case: Case) -> Sentence | None:
    """A consular officer or a case officer with the case in sight plans a return."""
    if not actor.can(Capability.ARRANGE_RETURNS):
        return Sentence("Only a consular officer or a case officer arranges a return.")
    if not is_in_sight(actor, case):
        return Sentence("This case was not referred to your agency.")
    if case.state == CaseState.CLOSED:
        return Sentence("This case is closed. Reopen it before you plan a return.")
    return None


@policy
def arranging(actor: Actor, ret: Return) -> Sentence | None:
    """A consular officer or a case officer with the case in sight moves a return along."""
    if not actor.can(Capability.ARRANGE_RETURNS):
        return Sentence("Only a consular officer or a case officer arranges a return.")
    if not is_in_sight(actor, ret.case):
        return Sentence("This case was not referred to your agency.")
    return None


@policy
def rescuing(actor: Actor, ret: Return) -> Sentence | None:
    """A consular officer records that somebody abroad was brought to safety."""
    if not actor.can(Capability.ASK_HOST_AUTHORITY):
        return Sentence(
            "A rescue abroad is recorded by a consular officer, whom the other country's police "
            "told of it."
        )
    return arranging.reason(actor, ret)


@policy
def arriving(actor: Actor, ret: Return) -> Sentence | None:
    """An officer at the named checkpoint, or of the agency that receives, notes the arrival."""
    if not actor.can(Capability.RECEIVE_ARRIVALS):
        return Sentence(
            "An arrival is noted by a border officer at the checkpoint or by a social worker of "
            "the agency that receives the person."
        )
    if ret.checkpoint != actor.agency_code and ret.receiver_id != actor.agency_id:
        return Sentence("This person travels to another checkpoint and another agency.")
    return None


@policy
def handing_over(actor: Actor, ret: Return) -> Sentence | None:
    """An officer at the checkpoint hands over, or the agency that receives notes it."""
    if not actor.can(Capability.RECEIVE_ARRIVALS):
        return Sentence(
            "A hand-over is signed by a border officer at the checkpoint or by a social worker of "
            "the agency that receives the person."
        )
    if why := arriving.reason(actor, ret):
        return why
    if ret.receiver_id is None:
        return Sentence("No agency was named to receive the person.")
    return None


@policy
def noting_placement(actor: Actor, ret: Return) -> Sentence | None:
    """A social worker of the agency that received the person says where she was taken in."""
    if not actor.can(Capability.GIVE_CARE) or ret.receiver_id != actor.agency_id:
        return Sentence("Where a person was taken in is noted by the agency that received her.")
    return None


@policy
def reading(actor: Actor, ret: Return) -> Sentence | None:
    """Her wish and where she waits are read by the agencies that work on the case."""
    if not is_in_sight(actor, ret.case):
        return Sentence("You see this return by its steps only, without words or names.")
    return None


@policy
def reading_journey(actor: Actor, ret: Return) -> Sentence | None:
    """The journey's words are read at the checkpoint too: what it must know to meet her."""
    if ret.checkpoint == actor.agency_code and actor.can(Capability.RECEIVE_ARRIVALS):
        return None
    return reading.reason(actor, ret)


BY_VERB = {
    "locate": arranging,
    "rescue": rescuing,
    "wait": arranging,
    "give_papers": arranging,
    "depart": arranging,
    "arrive": arriving,
    "hand_over": handing_over,
    "fall_out": arranging,
    "take_up": arranging,
    "stay": arranging,
}
