"""Writing a plea down, sorting it, sending it to who answers it, adding persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from spean.agencies.models import Agency
from spean.agencies.queries import agency as agency_of
from spean.cases.states import ClockKind
from spean.intake import access
from spean.intake.actions import clocks
from spean.intake.actions.moves import move
from spean.intake.claims import Claim
from spean.intake.models import Message, Request, RequestPerson
from spean.intake.queries import persons_of
from spean.intake.states import Channel, ForWhom, Missing, RequestState, Urgency
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.ledger.models import Entry
from spean.ledger.queries import timeline_of
from spean.people import actions as people
from spean.people.models import Person
from spean.people.queries import age_of
from spean.people.states import FIELDS, NameKind
from spean.people.states import Channel as ContactChannel
from spean.places import gazetteer

# A voice or a face: by writing it down, somebody has already been in touch.
IN_TOUCH = frozenset({Channel.HOTLINE, Channel.WALK_IN})
MOST_PERSONS = 50


@transaction.atomic
def record(
    *,
    actor: Actor,
    channel: Channel,
    words: str,
    language: str = "",
    for_whom: str = "",
    where: str = "",
    held_by: str = "",
    requester_relation: str = "",
    requester_name: str = "",
    requester_contact: str = "",
    safe_contact: str = "",
    post_url: str = "",
    danger_now: bool | None = None,
    child: bool | None = None,
    persons_claimed: int | None = None,
    country: str = "",
    province: str = "",
    received: datetime | None = None,
    persons: Sequence[Claim] = (),
    send_to: Agency | None = None,
) -> Request:
    """Keep a plea that came to an office, with the persons it names; its clocks start."""
    access.recording.require(actor)
    own, now = agency_of(actor.agency_code), clock.now()
    _check(words, country, province, received or now, persons)
    request = Request(
        channel=Channel(channel),
        language=language,
        for_whom=ForWhom(for_whom),
        danger_now=danger_now,
        child=child,
        persons_claimed=persons_claimed,
        words=words,
        where=where,
        held_by=held_by,
        requester_relation=requester_relation[:20],
        requester_name=requester_name,
        requester_contact=requester_contact,
        safe_contact=safe_contact,
        post_url=post_url,
        may_reply=False,
        country=country,
        province=province,
        owner=own,
        recorder=own,
        received=received or now,
        first_answered=now if channel in IN_TOUCH else None,
    )
    request.save(force_insert=True)
    for claim in persons:
        _register(request, claim, actor)
    _note_received(request, actor)
    if request.first_answered:
        ledger.record("contacted", actor=actor, request=request.key, from_=request.country)
    clocks.start_first(request, contacted=bool(request.first_answered))
    journal.record(actor, "intake.recorded", request, channel=channel, persons=len(persons))
    if send_to is not None and send_to.pk != request.owner_id:
        hand_to(request, actor=actor, agency=send_to)
    return request


def _check(
    words: str, country: str, province: str, received: datetime, persons: Sequence[Claim]
) -> None:
    if not words.strip() and not persons:
        raise Invalid(Sentence("Write what was said, even one word."), field="words")
    if received > clock.now():
        raise Invalid(
            Sentence("This time is in the future. Write when the plea came in."), field="received"
        )
    if len(persons) > MOST_PERSONS:
        raise Invalid(
            Sentence("Record at most {most} persons at once.", most=str(MOST_PERSONS)),
            field="persons_claimed",
        )
    _check_place(country, province)


def _check_place(country: str, province: str) -> None:
    if country and not gazetteer.is_country(country):
        raise Invalid(Sentence("This is not a country we know. Choose one."), field="country")
    if province and not gazetteer.is_province(province):
        raise Invalid(Sentence("This is not a province we know. Choose one."), field="province")


def _register(request: Request, claim: Claim, actor: Actor) -> Person:
    person = people.register(
        actor=actor,
        names=[(written, NameKind(kind)) for written, kind in claim.names],
        sex=claim.sex,
        born=claim.born,
        is_minor=claim.is_minor,
        nationality=claim.nationality,
        home_province=claim.home_province,
        home_place=claim.home_place,
        source=request.channel,
    )
    if claim.phone.strip():
        people.note_contact(
            person,
            actor=actor,
            whose="self",
            channel=ContactChannel.PHONE,
            address=claim.phone,
        )
    RequestPerson.objects.create(request=request, person=person, added=clock.now())
    return person


def _note_received(request: Request, actor: Actor) -> None:
    """Write one entry a person into the ledger, or one alone where nobody is named."""
    persons = persons_of(request)
    for person in persons:
        _received_entry(request, person, actor)
    if not persons:
        _received_entry(request, None, actor)


def _received_entry(
    request: Request, person: Person | None, actor: Actor, supersedes: Entry | None = None
) -> None:
    ledger.record(
        "request_received",
        actor=actor,
        occurred=supersedes.occurred if supersedes else clock.day_of(request.received),
        agency=supersedes.agency if supersedes else (request.recorder or request.owner).code,
        request=request.key,
        person=person.key if person else "",
        sex=person.sex if person else "",
        age=age_of(person, clock.day_of(request.received)) if person else "",
        nationality=person.nationality if person else "",
        role="" if request.for_whom == ForWhom.TIP and person is None else "victim",
        from_=request.country,
        province=request.province,
        supersedes=supersedes,
    )


def _entries(request: Request) -> Iterable[Entry]:
    return timeline_of(request=request.key).filter(counts_as="request_received")


@transaction.atomic
def add_person(request: Request, *, actor: Actor, claim: Claim) -> Person:
    """Register one more person whom the plea speaks of."""
    access.adding.require(actor, request)
    person = _register(request, claim, actor)
    _let_see(request, person, request.owner, actor)
    blank = next((entry for entry in _entries(request) if not entry.person), None)
    _received_entry(request, person, actor, supersedes=blank)
    journal.record(actor, "intake.person_added", request)
    return person


def _let_see(request: Request, person: Person, agency: Agency, actor: Actor) -> None:
    if person.source_agency_id != agency.pk:
        people.grant(person, actor=actor, agency=agency, basis=name_of(request), fields=FIELDS)


@transaction.atomic
def take(request: Request, *, actor: Actor, seen: int | None = None) -> Request:
    """Say that this officer looks after the plea from now on."""
    access.triaging.require(actor, request)
    move(request, seen=seen, officer_id=actor.user_id)
    journal.record(actor, "intake.taken", request)
    return request


@transaction.atomic
def triage(
    request: Request,
    *,
    actor: Actor,
    seen: int,
    urgency: Urgency,
    child: bool | None = None,
    country: str = "",
    province: str = "",
    missing: Sequence[Missing] = (),
) -> Request:
    """Sort a plea: how urgent, where, what is missing; the clock of first contact follows it."""
    access.triaging.require(actor, request)
    if not urgency:
        raise Invalid(Sentence("Choose how urgent this is."), field="urgency")
    _check_place(country, province)
    is_new = request.state != RequestState.TRIAGED
    moved_place = (country, province) != (request.country, request.province)
    move(
        request,
        "triage" if is_new else "",
        seen=seen,
        urgency=Urgency(urgency).value,
        child=child,
        country=country,
        province=province,
        missing=[Missing(code).value for code in missing],
        officer_id=request.officer_id or actor.user_id,
        quarantined=False,
    )
    clocks.stop(request, ClockKind.TRIAGE, ClockKind.INFORMATION_NEEDED)
    if request.first_answered is None:
        clocks.start_contact(request, request.urgency)
    if moved_place:
        _move_entries(request, actor)
    journal.record(actor, "intake.triaged", request, urgency=request.urgency, missing=len(missing))
    return request


def _move_entries(request: Request, actor: Actor) -> None:
    """Say in the ledger where it is, now that it is known: each entry is superseded."""
    persons = {person.key: person for person in persons_of(request)}
    for entry in list(_entries(request)):
        _received_entry(request, persons.get(entry.person), actor, supersedes=entry)


@transaction.atomic
def hand_to(request: Request, *, actor: Actor, agency: Agency, seen: int | None = None) -> Request:
    """Send a plea to the office that will answer it; the one that recorded it goes on seeing it."""
    access.sending.require(actor, request, agency)
    before = request.owner.code
    clocks.hand_over(request, agency)
    for person in persons_of(request):
        _let_see(request, person, agency, actor)
    move(request, seen=seen, owner_id=agency.pk, officer_id=None)
    request.owner = agency
    journal.record(actor, "intake.sent", request, before=before, to=agency.code)
    return request


@transaction.atomic
def read_messages(request: Request, *, actor: Actor) -> int:
    """Say that what the writer added has been read; return how many messages that were."""
    access.triaging.require(actor, request)
    unread = Message.objects.filter(request=request, incoming=True, read=None)
    count = unread.update(read=clock.now())
    if count:
        journal.record(actor, "intake.messages_read", request, messages=count)
    return count
