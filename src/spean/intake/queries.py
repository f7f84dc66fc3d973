"""What the desk is shown of requests: the queue, a plea's page, and who it may be the same as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When

from spean.agencies.models import Agency
from spean.cases.models import Case, Clock
from spean.cases.queries import cases_for
from spean.cases.states import OWED, CaseState
from spean.intake import access
from spean.intake.labels import CHANNELS, STATES, URGENCIES
from spean.intake.models import Message, Request, RequestPerson
from spean.intake.questions import LABELS
from spean.intake.states import Channel, Missing, RequestState, Urgency
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.people import queries as people
from spean.people.access import joined, searching
from spean.people.models import Person
from spean.people.queries import Match, PersonView

OPEN = (RequestState.RECEIVED, RequestState.TRIAGED, RequestState.INFO_NEEDED)
SUGGESTED = 5
WORTH_A_HINT = 0.3  # less likely ones stand on the plea's own page only


def front_desk() -> Agency | None:
    """Return the office that reads the portal: a hotline, else the committee, else any."""
    return access.front_desk_or_none()


def requests_for(actor: Actor) -> QuerySet[Request]:
    """Return the requests of which the actor may know."""
    return Request.objects.filter(access.visible(actor)).select_related(
        "owner", "officer", "case", "case__lead_agency", "recorder"
    )


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to; the names are those of the address."""

    state: str = "open"  # open, quarantine, accepted, closed, all
    office: str = "mine"  # mine, all
    urgency: str = ""
    channel: str = ""
    ref: str = ""


def queue_for(actor: Actor, filters: Filters | None = None) -> QuerySet[Request]:
    """Return the queue: danger first, then those who have waited longest."""
    wanted = filters or Filters()
    rows = requests_for(actor).filter(_state(wanted.state))
    if wanted.office == "mine":
        rows = rows.filter(Q(owner_id=actor.agency_id) | Q(officer_id=actor.user_id))
    if wanted.urgency:
        rows = rows.filter(urgency="" if wanted.urgency == "unset" else wanted.urgency)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.ref:
        rows = rows.filter(ref__icontains=wanted.ref.strip())
    in_danger = Q(urgency=Urgency.DANGER) | Q(urgency="", danger_now=True)
    hurry = Choose(When(in_danger, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(hurry=hurry).order_by("hurry", "received", "ref")


def _state(wanted: str) -> Q:
    chosen = {
        "open": Q(state__in=OPEN, quarantined=False),
        "quarantine": Q(state__in=OPEN, quarantined=True),
        "accepted": Q(state__in=[RequestState.ACCEPTED, RequestState.REFERRED_ELSEWHERE]),
        "closed": Q(state=RequestState.CLOSED),
    }
    return chosen.get(wanted, Q())


def is_danger(request: Request) -> bool:
    """Tell whether life is in danger: as the desk judged, else as the writer said."""
    if request.urgency:
        return bool(request.urgency == Urgency.DANGER)
    return bool(request.danger_now) and not request.quarantined


@dataclass(frozen=True)
class Limit:
    """A running clock as the page shows it."""

    clock: Clock
    owed: Sentence
    is_over: bool


@dataclass(frozen=True)
class QueueLine:
    """One line of the queue; ``likeness`` is a hint, by reference only."""

    request: Request
    clock: Clock | None
    unread: int
    likeness: str = ""
    persons: int = 0

    @property
    def channel(self) -> Sentence:
        return CHANNELS[Channel(self.request.channel)]

    @property
    def state(self) -> Sentence:
        return STATES[RequestState(self.request.state)]

    @property
    def urgency(self) -> Sentence | None:
        return URGENCIES.get(Urgency(self.request.urgency))

    @property
    def in_danger(self) -> bool:
        return is_danger(self.request)

    @property
    def missing(self) -> list[Sentence]:
        return [LABELS[Missing(code)] for code in self.request.missing]

    @property
    def days(self) -> int:
        """Whole days since the plea came."""
        return (clock.today() - clock.day_of(self.request.received)).days

    @property
    def is_over(self) -> bool:
        return self.clock is not None and self.clock.due <= clock.now()


def lines_of(requests: Iterable[Request], actor: Actor) -> list[QueueLine]:
    """Return the lines of one page of the queue, with clock, unread messages and hint."""
    rows = list(requests)
    clocks = _clocks_of(rows)
    unread = _unread_of(rows)
    persons = _persons_of_all(rows)
    is_one = joined([person.pk for held in persons.values() for person in held])
    alike = _likeness_of([r for r in rows if RequestState(r.state) in OPEN], persons, is_one, actor)
    return [
        QueueLine(
            request=request,
            clock=clocks.get(name_of(request)),
            unread=unread.get(request.pk, 0),
            likeness=alike.get(request.pk, ""),
            persons=len({min(is_one[person.pk]) for person in persons[request.pk]}),
        )
        for request in rows
    ]


def _persons_of_all(rows: list[Request]) -> dict[UUID, list[Person]]:
    found: dict[UUID, list[Person]] = {row.pk: [] for row in rows}
    held = RequestPerson.objects.filter(request__in=rows).select_related("person").order_by("pk")
    for entered in held:
        found[entered.request_id].append(entered.person)
    return found


def _clocks_of(rows: list[Request]) -> dict[str, Clock]:
    subjects = [name_of(row) for row in rows]
    held = Clock.objects.filter(subject__in=subjects, stopped=None).order_by("-due")
    return {row.subject: row for row in held}


def limits_of(request: Request) -> list[Limit]:
    """Return the request's running clocks with what is owed, the first due first."""
    now = clock.now()
    return [
        Limit(held, OWED[held.kind], is_over=held.due <= now) for held in running_clocks(request)
    ]


def running_clocks(request: Request) -> list[Clock]:
    """Return the request's clocks that run, the first due first."""
    held = Clock.objects.filter(subject=name_of(request), stopped=None)
    return list(held.select_related("owner", "told").order_by("due"))


def _unread_of(rows: list[Request]) -> dict[object, int]:
    counts: dict[object, int] = {}
    unread = Message.objects.filter(request__in=rows, incoming=True, author=None, read=None)
    for pk in unread.values_list("request_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def persons_of(request: Request) -> list[Person]:
    """Return the persons a request speaks of, in the order they were added."""
    return [
        row.person for row in request.persons.select_related("person__source_agency").order_by("pk")
    ]


def _likeness_of(
    rows: list[Request],
    persons: dict[UUID, list[Person]],
    is_one: dict[UUID, set[UUID]],
    actor: Actor,
) -> dict[UUID, str]:
    """Return by request the reference of who one of its persons is, or may be."""
    asked = [person for row in rows for person in persons[row.pk]]
    joined_to = {pk for person in asked for pk in is_one[person.pk] - {person.pk}}
    refs = dict(Person.objects.filter(pk__in=joined_to).values_list("pk", "ref"))
    hints = people.hints_for(actor, asked) if searching.allows(actor) else {}
    found: dict[UUID, str] = {}
    for row in rows:
        for person in persons[row.pk]:
            others = [refs[pk] for pk in is_one[person.pk] if pk in refs and pk != person.pk]
            hint = hints.get(person.pk)
            if others:
                found.setdefault(row.pk, min(others))
            elif hint and hint.probability >= WORTH_A_HINT:
                found.setdefault(row.pk, hint.person.ref)
    return found


def _similar(person: Person, actor: Actor, *, limit: int = SUGGESTED) -> list[Match]:
    if not searching.allows(actor):
        return []
    return people.similar_to(person, limit, actor=actor)


@dataclass(frozen=True)
class Suggestion:
    """Somebody who may be the same person: where else she stands, and why one may think so."""

    person: Person
    match: Match
    requests: list[Request]
    cases: list[Case]


def suggestions(request: Request, actor: Actor) -> list[Suggestion]:
    """Return who the request's persons may be the same as, the likeliest first."""
    found = [
        Suggestion(
            person=person,
            match=match,
            requests=_requests_of([match.person], actor, but=request),
            cases=_cases_of([match.person], actor),
        )
        for person in persons_of(request)
        for match in _similar(person, actor)
    ]
    return sorted(found, key=lambda s: -s.match.probability)


def _requests_of(rows: list[Person], actor: Actor, *, but: Request) -> list[Request]:
    found = requests_for(actor).filter(persons__person__in=rows).exclude(pk=but.pk)
    return list(found.order_by("received", "ref").distinct())


def _cases_of(rows: list[Person], actor: Actor) -> list[Case]:
    return list(cases_for(actor).filter(participants__person__in=rows).distinct())


@dataclass(frozen=True)
class PleaPerson:
    """A person of a plea as the actor may see her, and where else she is known."""

    view: PersonView
    requests: list[Request]
    cases: list[Case]


def known_persons(request: Request, actor: Actor) -> list[PleaPerson]:
    """Return the request's persons, those decided to be one together, with their other pleas."""
    return [
        PleaPerson(
            view=people.shown(group[0], actor),
            requests=_requests_of(people.one_of(group[0]), actor, but=request),
            cases=_cases_of(people.one_of(group[0]), actor),
        )
        for group in people.groups_of(persons_of(request))
    ]


def cases_suggested(request: Request, actor: Actor) -> list[Case]:
    """Return the open cases that hold a person of this request, or a plea of such a person."""
    found: dict[object, Case] = {}
    for person in persons_of(request):
        rows = people.one_of(person)
        held = [r.case for r in _requests_of(rows, actor, but=request) if r.case]
        for case in (*_cases_of(rows, actor), *held):
            if case.state != CaseState.CLOSED:
                found.setdefault(case.pk, case)
    return list(found.values())


def case_by_ref(ref: str, actor: Actor) -> Case | None:
    """Return the case with this reference, if the actor may see it."""
    return cases_for(actor).filter(ref__iexact=ref.strip()).first()


def quiet_for(actor: Actor) -> list[Request]:
    """Return the open pleas of the actor's office on which no limit runs: none may be forgotten.

    Pleas with a running limit already stand in *my work* by it.
    """
    if not actor.can(Capability.TRIAGE_REQUESTS):
        return []
    rows = requests_for(actor).filter(owner_id=actor.agency_id, quarantined=False, state__in=OPEN)
    held = list(rows.order_by("received"))
    clocks = _clocks_of(held)
    return [row for row in held if name_of(row) not in clocks]
