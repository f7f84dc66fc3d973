"""Who may refer a case, answer a referral, and ask an authority of another country."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from spean.agencies.models import Agency
from spean.cases.access import shared
from spean.cases.models import Case, Grant
from spean.cases.states import CaseState, PersonRole
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence
from spean.people.models import Consent, Person
from spean.people.queries import one_of
from spean.people.states import ConsentPurpose
from spean.referrals.models import HostRequest, Referral
from spean.referrals.states import ReferralState

_WORKS_ON = (ReferralState.ACCEPTED, ReferralState.ANSWERED)


def _grants(agency_id: int, *, excluded: bool) -> QuerySet[Grant]:
    now = clock.now()
    return Grant.objects.filter(
        Q(until=None) | Q(until__gt=now), agency_id=agency_id, excluded=excluded, withdrawn=None
    )


def kept_from(actor: Actor) -> Q:
    """Rows of a case that the actor's agency is kept away from."""
    return Q(case__in=_grants(actor.agency_id or 0, excluded=True).values("case"))


def on_case_in_sight(actor: Actor) -> Q:
    """Rows of a case that the actor's agency leads or was let into."""
    return Q(case__in=Case.objects.filter(shared(actor)))


def is_in_sight(actor: Actor, case: Case) -> bool:
    """Tell whether the actor works at an agency that leads the case or was let into it."""
    return Case.objects.filter(shared(actor), pk=case.pk).exists()


def is_excluded(case: Case, agency_id: int) -> bool:
    return _grants(agency_id, excluded=True).filter(case=case).exists()


def visible(actor: Actor) -> Q:
    """Referrals sent or received by the actor's agency, on a case it leads, or told by a clock."""
    if actor.agency_id is None:
        return Q(pk__in=[])
    told = _grants(actor.agency_id, excluded=False).filter(basis__startswith="clock:")
    mine = Q(sender_id=actor.agency_id) | Q(receiver_id=actor.agency_id)
    led = Q(case__lead_agency_id=actor.agency_id) | Q(case__in=told.values("case"))
    return (mine | led) & ~kept_from(actor)


def host_visible(actor: Actor) -> Q:
    """Requests to host authorities of a case in sight."""
    return Q(mission_id=actor.agency_id) & ~kept_from(actor) | on_case_in_sight(actor)


def works_on(actor: Actor, case: Case) -> bool:
    """Tell whether the actor's agency leads the case or accepted a referral of it."""
    if not is_in_sight(actor, case):
        return False
    if case.lead_agency_id == actor.agency_id:
        return True
    return Referral.objects.filter(
        case=case, receiver_id=actor.agency_id, state__in=_WORKS_ON
    ).exists()


@policy
def sending(actor: Actor, case: Case) -> Sentence | None:
    """The lead agency refers a case, and whoever accepted a referral of it refers it onward."""
    if not actor.can(Capability.REFER):
        return Sentence("Your role does not refer cases to other agencies.")
    if not works_on(actor, case):
        return Sentence(
            "Only the lead agency, or an agency that accepted a referral with the case file, "
            "refers this case. Accept the referral first."
        )
    if case.state == CaseState.CLOSED:
        return Sentence("This case is closed. Reopen it before you refer it.")
    return None


@policy
def receiving(case: Case, receiver: Agency) -> Sentence | None:
    """A case is never referred to an agency that is kept from it."""
    if is_excluded(case, receiver.pk):
        return Sentence(
            "{agency} is kept from this case. Choose another agency.", agency=receiver.code
        )
    return None


@policy
def answering(actor: Actor, referral: Referral) -> Sentence | None:
    """People of the receiving agency accept, decline and answer a referral."""
    if referral.receiver_id != actor.agency_id:
        return Sentence("Only the agency that was asked answers this referral.")
    if not actor.can(Capability.ANSWER_REFERRALS):
        return Sentence("Your role does not answer referrals. Ask a colleague who does.")
    return None


@policy
def withdrawing(actor: Actor, referral: Referral) -> Sentence | None:
    """The agency that sent a referral takes it back."""
    if referral.sender_id != actor.agency_id:
        return Sentence("Only the agency that sent this referral takes it back.")
    if not actor.can(Capability.REFER):
        return Sentence("Your role does not take referrals back. Ask a colleague who refers.")
    return None


@policy
def asking_host(actor: Actor, case: Case) -> Sentence | None:
    """A consular officer with the case in sight asks an authority of another country."""
    if not actor.can(Capability.ASK_HOST_AUTHORITY):
        return Sentence("Only a consular officer asks the authorities of another country.")
    if not is_in_sight(actor, case):
        return Sentence("This case was not referred to your agency.")
    if case.state == CaseState.CLOSED:
        return Sentence("This case is closed. Reopen it before you ask.")
    return None


@policy
def telling_host(case: Case) -> Sentence | None:
    """Telling another state of a person needs her consent, or the reason she cannot be asked."""
    for person in victims_of(case):
        standing = Consent.objects.filter(
            person__in=one_of(person), purpose=ConsentPurpose.SHARE_HOST_STATE, withdrawn=None
        )
        if not standing.exists():
            return Sentence(
                "There is no consent to share {ref} with another state. Ask the person, or "
                "record why she cannot be asked.",
                ref=person.ref,
            )
    return None


@policy
def noting_host_answer(actor: Actor, asked: HostRequest) -> Sentence | None:
    """The mission that asked writes down what it was answered."""
    if asked.mission_id != actor.agency_id or not actor.can(Capability.ASK_HOST_AUTHORITY):
        return Sentence(
            "The answer is written down by a consular officer of the office that asked."
        )
    return None


def victims_of(case: Case) -> list[Person]:
    """Return the persons of a case whom it is about, each row that was reported."""
    found = case.participants.filter(role=PersonRole.VICTIM).select_related("person")
    return [row.person for row in found.order_by("added", "pk")]


@policy
def recalling(actor: Actor) -> Sentence | None:
    """When a consent is withdrawn the house itself takes back what was shared on it."""
    if actor.kind not in {Kind.SYSTEM, Kind.OPERATOR}:
        return Sentence("What was shared is taken back by withdrawing the consent.")
    return None
