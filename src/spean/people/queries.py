"""Persons as they may be shown: by reference, and by name only to whoever opened the name."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import PartialDate, age_on
from spean.people import access, rules
from spean.people.models import Consent, Contact, Name, Pairing, Person, Token
from spean.people.rules import Reason, Traits
from spean.people.states import FIELDS, Channel, Decision
from spean.vault.tokens import KEY_VERSION, token

ENOUGH = 40  # candidates, before broad tokens are left unasked
MOST = 400  # candidates opened and scored
NEAREST = 40  # of them where nobody asked: a page shows five, and each costs a millisecond or two
HINTED = 3  # of them for each line of a list
LIKELY = 0.05  # below this a suggestion only costs time


def people_for(actor: Actor) -> QuerySet[Person]:
    """Return the persons on whose page the actor may be."""
    return Person.objects.filter(access.visible(actor)).select_related("source_agency")


def findable_for(actor: Actor) -> QuerySet[Person]:
    """Return the persons whom a search may propose to the actor, by reference."""
    return Person.objects.filter(access.findable(actor)).select_related("source_agency")


def one_of(person: Person) -> list[Person]:
    """Return the rows decided to be one with ``person`` as of now, itself first."""
    return access.rows_of(person)


def groups_of(people: Iterable[Person]) -> list[list[Person]]:
    """Return the rows as the human beings they are: rows decided to be one stand together."""
    wanted = {person.pk: person for person in people}
    together = access.joined(wanted)
    groups = []
    while wanted:
        person = wanted.pop(next(iter(wanted)))
        others = [wanted.pop(pk) for pk in together[person.pk] if pk in wanted]
        groups.append([person, *sorted(others, key=lambda row: (row.made, row.ref))])
    return groups


def is_open(person: Person, actor: Actor) -> bool:
    """Tell whether the actor has opened this person's names, and it still stands."""
    return access.open_fields(actor, person) is not None


def names_of(person: Person) -> list[Name]:
    """Return every written form of the person's name, the first noted first."""
    return list(person.names.all())


def consents_of(person: Person) -> QuerySet[Consent]:
    """Return what the person agreed to, on any of her rows; standing consents first."""
    rows = one_of(person)
    return (
        Consent.objects.filter(person__in=rows)
        .select_related("recipient", "given_to", "seconded_by")
        .order_by("-withdrawn", "-given")
    )


@dataclass(frozen=True)
class PersonView:
    """One person as the actor may see her: codes always, identity only while it is open."""

    person: Person
    is_open: bool
    is_theirs: bool
    fields: frozenset[str] = frozenset()
    names: list[Name] = field(default_factory=list)
    born: str = ""
    home_place: str = ""
    contacts: list[Contact] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.person.ref

    @property
    def is_whole(self) -> bool:
        """Whether all of her identity stands open, not only what another agency shared of it."""
        return set(FIELDS) <= self.fields

    @property
    def name(self) -> str:
        """The first written form, if names are open."""
        return self.names[0].written if self.names else ""

    @property
    def age(self) -> int | None:
        """Whole years, if the year of birth is open and known (by the year, if no more is)."""
        if not self.born or not self.born[:4].isdigit():
            return None
        return age_on_day(self.born)


def age_on_day(born: str) -> int:
    """Return the age today that a partial date of birth implies, at least."""
    latest = PartialDate.parse(born).last
    today = clock.today()
    return max(
        0, today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))
    )


def age_of(person: Person, on: date) -> str:
    """Return the age on a day for the ledger: years, a band such as 21-22, or empty."""
    return "" if person.erased else age_on(person.born, on)


def shown(person: Person, actor: Actor) -> PersonView:
    """Return what the actor may see of the person now."""
    opened = access.open_fields(actor, person)
    fields = opened or frozenset()
    return PersonView(
        person=person,
        is_open=opened is not None,
        is_theirs=access.is_theirs(actor, person),
        fields=fields,
        names=names_of(person) if "names" in fields else [],
        born=person.born if "born" in fields else "",
        home_place=person.home_place if "home" in fields else "",
        contacts=list(person.contacts.order_by("noted")) if "contacts" in fields else [],
        others=one_of(person)[1:],
    )


def traits_of(person: Person) -> Traits:
    """Open what of a person may be compared. For scoring: it is never shown by itself."""
    if person.erased:
        return Traits(sex=person.sex, province=person.home_province)
    phones = [c for c in person.contacts.all() if c.channel == Channel.PHONE and c.whose == "self"]
    return Traits(
        names=tuple(name.written for name in person.names.all()),
        born=person.born,
        sex=person.sex,
        province=person.home_province,
        phones=tuple(contact.address for contact in phones),
    )


@dataclass(frozen=True)
class Match:
    """A person who may be the one asked about: how likely, and why."""

    person: Person
    probability: float
    reasons: list[Reason]

    @property
    def percent(self) -> int:
        return round(self.probability * 100)


@dataclass(frozen=True)
class Found:
    """What a search found: the best matches, and how many candidates were weighed."""

    matches: list[Match]
    candidates: int


def search(
    actor: Actor,
    *,
    name: str = "",
    born: str = "",
    sex: str = "",
    province: str = "",
    phone: str = "",
    limit: int = 10,
) -> list[Match]:
    """Return the likeliest persons, best first; raise Denied to whoever may not search."""
    wanted = Traits(
        names=(name,) if name.strip() else (),
        born=str(PartialDate.parse(born)) if born.strip() else "",
        sex=sex,
        province=province,
        phones=(phone,) if phone.strip() else (),
    )
    return seek(actor, wanted, limit=limit).matches


def seek(
    actor: Actor,
    wanted: Traits,
    *,
    limit: int = 10,
    leave_out: Collection[uuid.UUID] = (),
    most: int = MOST,
) -> Found:
    """Find by keyed tokens, open the ``most`` likely candidates, weigh them, explain the best."""
    access.searching.require(actor)
    ids = [pk for pk in _candidates(wanted) if pk not in leave_out][:most]
    people = findable_for(actor).filter(pk__in=ids, erased=None)
    opened = people.prefetch_related("names", "contacts")
    matches = [_match(wanted, person) for person in opened]
    matches.sort(key=lambda match: (-match.probability, match.person.made, match.person.ref))
    return Found(matches[:limit], candidates=len(matches))


def _match(wanted: Traits, person: Person) -> Match:
    reasons = rules.weigh(wanted, traits_of(person))
    return Match(person, rules.probability(reasons), reasons)


def _candidates(wanted: Traits) -> list[uuid.UUID]:
    """Return ids of persons that share tokens, those that share most first."""
    shared: Counter[uuid.UUID] = Counter()
    for tokens in rules.asked(wanted):
        if len(shared) < ENOUGH and tokens:
            shared.update(_holders(tokens))
    return [pk for pk, _ in shared.most_common(MOST * 2)]


def _holders(tokens: set[tuple[str, str]]) -> list[uuid.UUID]:
    values = [token(kind, value) for kind, value in sorted(tokens)]
    held = Token.objects.filter(value__in=values, key_version=KEY_VERSION)
    return list(held.values_list("person_id", flat=True)[: MOST * 25])


def similar_to(person: Person, limit: int = 5, *, actor: Actor) -> list[Match]:
    """Return persons who may be the same as this one, without those already decided on."""
    apart = _decided([person.pk])[person.pk]
    found = seek(actor, traits_of(person), limit=limit, leave_out=apart, most=NEAREST)
    return [match for match in found.matches if match.probability >= LIKELY]


def hints_for(actor: Actor, people: Iterable[Person]) -> dict[uuid.UUID, Match]:
    """Return for each of many persons the likeliest other one, asking as often for one as for all.

    Only the few that share most of both parts of a name, or a telephone, are opened and weighed.
    """
    access.searching.require(actor)
    ids = {person.pk for person in people}
    rows = Person.objects.filter(pk__in=ids).prefetch_related("names", "contacts")
    traits = {person.pk: traits_of(person) for person in rows}
    near = _nearest(traits)
    found = findable_for(actor).filter(
        pk__in={pk for few in near.values() for pk in few}, erased=None
    )
    known = {person.pk: person for person in found.prefetch_related("names", "contacts")}
    hints = {}
    for pk, few in near.items():
        matches = [_match(traits[pk], known[other]) for other in few if other in known]
        if matches:
            hints[pk] = max(matches, key=lambda match: match.probability)
    return hints


def _nearest(traits: dict[uuid.UUID, Traits]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return for each person the few ids that share most tokens and are not decided on."""
    asking: dict[int, set[uuid.UUID]] = {}
    for pk, wanted in traits.items():
        for kind, value in next(rules.asked(wanted)):
            if not kind.startswith("G"):
                asking.setdefault(token(kind, value), set()).add(pk)
    shared: dict[uuid.UUID, Counter[uuid.UUID]] = {pk: Counter() for pk in traits}
    held = Token.objects.filter(value__in=list(asking), key_version=KEY_VERSION)
    for keyed, holder in held.values_list("value", "person_id").iterator():
        for pk in asking[keyed]:
            shared[pk][holder] += 1
    apart = _decided(traits)
    return {
        pk: [other for other, _ in counts.most_common(MOST) if other not in apart[pk]][:HINTED]
        for pk, counts in shared.items()
    }


def _decided(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return for each row itself, those it is one with, and those decided to be somebody else."""
    found = access.joined(ids)
    pairs = Pairing.objects.filter(Q(one_id__in=ids) | Q(other_id__in=ids), undone=None)
    settled = pairs.exclude(decision=Decision.NOT_SURE).values_list("one_id", "other_id")
    apart = {pk: set(found[pk]) for pk in ids}
    for one, other in settled:
        for pk in {one, other} & set(apart):
            apart[pk] |= {one, other}
    return apart


def standing_pairings(person: Person) -> QuerySet[Pairing]:
    """Return the decisions about this row that stand."""
    return Pairing.objects.filter(Q(one=person) | Q(other=person), undone=None).exclude(
        decision=Decision.NOT_SURE
    )


def pairing_of(one: Person, other: Person) -> Pairing | None:
    """Return the decision about two rows that stands, if any."""
    return (
        Pairing.objects.filter(
            Q(one=one, other=other) | Q(one=other, other=one),
            undone=None,
        )
        .select_related("decided_by")
        .first()
    )


@dataclass(frozen=True)
class Comparison:
    """Two records side by side, with what agrees, what differs, and how likely they are one."""

    one: PersonView
    other: PersonView
    probability: float
    reasons: list[Reason]
    decision: Pairing | None

    @property
    def is_open(self) -> bool:
        return self.one.is_open and self.other.is_open

    @property
    def percent(self) -> int:
        return round(self.probability * 100)


def compared(one: Person, other: Person, actor: Actor) -> Comparison:
    """Return the two records side by side; identity stands in it only where it is open."""
    reasons = rules.weigh(traits_of(one), traits_of(other))
    return Comparison(
        one=shown(one, actor),
        other=shown(other, actor),
        probability=rules.probability(reasons),
        reasons=reasons,
        decision=pairing_of(one, other),
    )
