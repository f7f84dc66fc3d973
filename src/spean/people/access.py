"""Who may see a person, open her names, and share her with whom."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Q

from spean.agencies.models import Agency
from spean.agencies.queries import under
from spean.agencies.states import AgencyKind
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence
from spean.people.models import Consent, Grant, Opening, Pairing, Person
from spean.people.states import FIELDS, WITHOUT_HER, ConsentPurpose, Decision

BUDGET = 20  # strangers' records that one person may open in a day
RECORDING = (
    Capability.RECORD_REQUESTS,
    Capability.TRIAGE_REQUESTS,
    Capability.WORK_CASES,
    Capability.RECEIVE_ARRIVALS,
    Capability.GIVE_CARE,
    Capability.ARRANGE_RETURNS,
)
# The consent that sharing with a kind of agency needs; every other kind needs "to be assisted".
_NEEDED = {
    AgencyKind.POLICE: ConsentPurpose.SHARE_POLICE,
    AgencyKind.COURT: ConsentPurpose.SHARE_POLICE,
    AgencyKind.EMBASSY: ConsentPurpose.SHARE_EMBASSY,
    AgencyKind.CONSULATE: ConsentPurpose.SHARE_EMBASSY,
    AgencyKind.FOREIGN_MINISTRY: ConsentPurpose.SHARE_EMBASSY,
    AgencyKind.FOREIGN_MISSION: ConsentPurpose.SHARE_HOST_STATE,
    AgencyKind.NGO: ConsentPurpose.SHARE_NGO,
}
_MISSING = {
    ConsentPurpose.SHARE_POLICE: Sentence(
        "There is no consent to share {ref} with the police. Ask the person, or record why she "
        "cannot be asked."
    ),
    ConsentPurpose.SHARE_EMBASSY: Sentence(
        "There is no consent to share {ref} with the embassy or foreign ministry. Ask the "
        "person, or record why she cannot be asked."
    ),
    ConsentPurpose.SHARE_HOST_STATE: Sentence(
        "There is no consent to share {ref} with another state. Ask the person, or record why "
        "she cannot be asked."
    ),
    ConsentPurpose.SHARE_NGO: Sentence(
        "There is no consent to share {ref} with an NGO. Ask the person, or record why she "
        "cannot be asked."
    ),
    ConsentPurpose.ASSIST: Sentence(
        "There is no consent of {ref} to be assisted. Ask the person, or record why she cannot "
        "be asked."
    ),
}


def _standing(agency_id: int | None) -> Q:
    now = clock.now()
    return Q(agency_id=agency_id, withdrawn=None) & (Q(until=None) | Q(until__gt=now))


def _granted(agency_id: int | None, *, excluded: bool) -> Q:
    held = Grant.objects.filter(_standing(agency_id), excluded=excluded)
    return Q(pk__in=held.values("person_id"))


def theirs(actor: Actor) -> Q:
    """Persons whom the actor's agency reported, or was granted to see, and is not kept from."""
    if actor.kind in {Kind.OPERATOR, Kind.SYSTEM}:
        return Q()
    if actor.agency_id is None:
        return Q(pk__in=[])
    own = Q(source_agency_id=actor.agency_id) | _granted(actor.agency_id, excluded=False)
    return own & ~_granted(actor.agency_id, excluded=True)


def visible(actor: Actor) -> Q:
    """Persons on whose page the actor may be; coordinators see all, by reference only."""
    if actor.can(Capability.SEE_PSEUDONYMOUS_CASES):
        return Q()
    return theirs(actor)


def findable(actor: Actor) -> Q:
    """Persons whom a search may propose, by reference: everybody she is not kept from."""
    if actor.can(Capability.SEARCH_PEOPLE) and actor.kind is Kind.USER:
        return ~_granted(actor.agency_id, excluded=True)
    return visible(actor)


def is_theirs(actor: Actor, person: Person) -> bool:
    return Person.objects.filter(theirs(actor), pk=person.pk).exists()


def fields_of(actor: Actor, person: Person) -> frozenset[str]:
    """Return what of her identity the actor's agency knows itself, or was let to see."""
    if actor.kind in {Kind.OPERATOR, Kind.SYSTEM}:
        return frozenset(FIELDS)
    if actor.agency_id is not None and person.source_agency_id == actor.agency_id:
        return frozenset(FIELDS)
    held = Grant.objects.filter(_standing(actor.agency_id), person=person, excluded=False)
    return frozenset(name for names in held.values_list("fields", flat=True) for name in names)


def open_fields(actor: Actor, person: Person) -> frozenset[str] | None:
    """Return what of her identity stands open to the actor now; None while it is closed.

    A stranger's record, opened at the cost of the day's measure, is open whole. Any other is open
    as far as the agency was let to see it, and no longer than that stands.
    """
    if actor.kind is Kind.OPERATOR:
        return frozenset(FIELDS)
    now = clock.now()
    held = Opening.objects.filter(
        person=person, user_id=actor.user_id or 0, at__lte=now, until__gt=now
    )
    counted = set(held.values_list("counted", flat=True))
    if True in counted and Person.objects.filter(findable(actor), pk=person.pk).exists():
        return frozenset(FIELDS)
    if counted and is_theirs(actor, person):
        return fields_of(actor, person)
    return None


def rows_of(person: Person) -> list[Person]:
    """Return the rows decided to be one with ``person``, itself first."""
    others = joined([person.pk])[person.pk] - {person.pk}
    return [person, *Person.objects.filter(pk__in=others).order_by("made", "ref")]


def joined(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return for each row all that are decided to be one with it, itself among them."""
    groups = {pk: {pk} for pk in ids}
    frontier = set(ids)
    while frontier:
        pairs = Pairing.objects.filter(
            Q(one_id__in=frontier) | Q(other_id__in=frontier),
            decision=Decision.SAME,
            undone=None,
        ).values_list("one_id", "other_id")
        known = set(groups)
        for one, other in pairs:
            whole = groups.get(one, {one}) | groups.get(other, {other})
            groups |= dict.fromkeys(whole, whole)
        frontier = set(groups) - known
    return groups


def counted_today(actor: Actor) -> set[uuid.UUID]:
    """Return the strangers' records that the actor has opened since midnight."""
    midnight = datetime.combine(clock.today(), time(), clock.zone())
    held = Opening.objects.filter(user_id=actor.user_id or 0, counted=True, at__gte=midnight)
    return set(held.values_list("person_id", flat=True).distinct())


@policy
def searching(actor: Actor) -> Sentence | None:
    """Whoever records, triages or works cases searches for a person."""
    if not actor.can(Capability.SEARCH_PEOPLE):
        return Sentence("Your role does not search for persons.")
    return None


@policy
def registering(actor: Actor) -> Sentence | None:
    """Whoever takes a plea, works a case or receives people registers a person."""
    if not any(actor.can(c) for c in RECORDING):
        return Sentence("Your role does not register persons.")
    return None


@policy
def correcting(actor: Actor, person: Person) -> Sentence | None:
    """An agency whose person she is corrects what is known of her."""
    if why := registering.reason(actor):
        return why
    if person.erased:
        return Sentence("This record was erased: nothing can be added to it.")
    if not is_theirs(actor, person):
        return Sentence("This is another agency's record. Ask that agency to correct it.")
    return None


@policy
def rewriting(actor: Actor, person: Person) -> Sentence | None:
    """What is known of her is replaced by an agency that may see what it replaces."""
    if why := correcting.reason(actor, person):
        return why
    if not {"born", "home"} <= fields_of(actor, person):
        return Sentence("This is another agency's record. Ask that agency to correct it.")
    return None


@policy
def opening(actor: Actor, person: Person) -> Sentence | None:
    """Whoever works with names opens them, for a purpose, within a day's measure."""
    if not actor.can(Capability.OPEN_NAMES):
        return Sentence("Your role works without names.")
    if person.erased:
        return Sentence("This record was erased: there is no name to open.")
    if not Person.objects.filter(findable(actor), pk=person.pk).exists():
        return Sentence("Your agency is kept from this record.")
    return None


@policy
def opening_strangers(actor: Actor, count: int) -> Sentence | None:
    """More than twenty records of other agencies a day need a supervisor's question first."""
    if actor.kind is Kind.USER and count and len(counted_today(actor)) + count > BUDGET:
        return Sentence(
            "You have opened {number} records of other agencies today, which is the most in one "
            "day. Ask your supervisor; your own cases still open.",
            number=str(BUDGET),
        )
    return None


@policy
def joining(actor: Actor, one: Person, other: Person) -> Sentence | None:
    """Whoever triages or works cases decides whether two records are one person."""
    if not actor.can(Capability.DECIDE_SAME_PERSON):
        return Sentence("Your role does not decide whether two records are one person.")
    if one.pk == other.pk:
        return Sentence("This is one and the same record. Choose another to compare it with.")
    if Person.objects.filter(findable(actor), pk__in=[one.pk, other.pk]).count() != 2:
        return Sentence("Your agency is kept from one of these records.")
    return None


@policy
def consenting(actor: Actor, person: Person) -> Sentence | None:
    """An agency whose person she is records what she agreed to, or took back."""
    if why := registering.reason(actor):
        return why
    if not is_theirs(actor, person):
        return Sentence(
            "Consent is recorded by an agency that is in touch with the person; this is another "
            "agency's record."
        )
    return None


@policy
def seconding(actor: Actor, consent: Consent) -> Sentence | None:
    """Where she could not be asked, a second person says that sharing is right."""
    if why := consenting.reason(actor, consent.person):
        return why
    if consent.basis not in WITHOUT_HER:
        return Sentence("She agreed herself: nothing is to be seconded.")
    if consent.given_to_id == actor.user_id:
        return Sentence("You wrote this down yourself. Ask a colleague to look at it.")
    return None


@policy
def granting(actor: Actor, person: Person) -> Sentence | None:
    """Whoever shares, refers or opens a case lets another agency see a person she may see.

    A stranger's record first has to be opened: else adding it to a case would open it for nothing.
    """
    if why := ending.reason(actor, person):
        return why
    if actor.kind is not Kind.USER or _is_at_hand(actor, person):
        return None
    return Sentence(
        "{ref} is another agency's record. Open the name first, so that it is known why.",
        ref=person.ref,
    )


def _is_at_hand(actor: Actor, person: Person) -> bool:
    """Tell whether the actor's office or one under it knows the person, or she opened her name."""
    if is_theirs(actor, person) or open_fields(actor, person) is not None:
        return True
    offices = under(actor.agency_id) if actor.agency_id else []
    held = Grant.objects.filter(person=person, agency_id__in=offices, withdrawn=None)
    return person.source_agency_id in offices or held.filter(excluded=False).exists()


@policy
def ending(actor: Actor, person: Person) -> Sentence | None:
    """Whoever shares records takes back what was shared, and keeps an agency from a record."""
    if actor.kind in {Kind.OPERATOR, Kind.SYSTEM}:
        return None
    if not any(actor.can(c) for c in (*RECORDING, Capability.REFER)):
        return Sentence("Your role does not share records of persons.")
    if not Person.objects.filter(findable(actor), pk=person.pk).exists():
        return Sentence("Your agency is kept from this record.")
    return None


@policy
def sharing(
    actor: Actor, person: Person, recipient: Agency, fields: Collection[str]
) -> Sentence | None:
    """Sharing identity needs her standing consent for that kind of recipient.

    Danger to life and legal duty are recorded as such a consent, with their basis (guard.md).
    Giving nothing of her identity, or giving it back to who reported her, needs none.
    """
    rows = rows_of(person)
    if not fields or any(row.source_agency_id == recipient.pk for row in rows):
        return None
    purpose = _NEEDED.get(AgencyKind(recipient.kind), ConsentPurpose.ASSIST)
    standing = Consent.objects.filter(
        Q(recipient=None) | Q(recipient=recipient),
        person__in=rows,
        purpose=purpose,
        withdrawn=None,
    )
    if standing.exists():
        return None
    return Sentence(_MISSING[purpose].msgid, ref=person.ref)


@policy
def erasing(actor: Actor, person: Person) -> Sentence | None:
    """A record is erased from the command line, by whoever keeps the keys."""
    if actor.kind is not Kind.OPERATOR:
        return Sentence("A record is erased by whoever keeps the keys: “spean people erase”.")
    if person.erased:
        return Sentence("This record was already erased.")
    return None
