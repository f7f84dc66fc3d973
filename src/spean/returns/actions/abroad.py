"""The way home as far as the departure: planned, found, rescued, waiting, papers, travel."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from spean.agencies.models import Agency
from spean.agencies.states import AgencyKind
from spean.cases import actions as cases
from spean.cases.actions.clocks import start_clock, stop_clock
from spean.cases.models import Case
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid, Stale
from spean.kernel.text import Sentence
from spean.people import actions as people
from spean.people.access import sharing
from spean.people.models import Person
from spean.people.queries import one_of
from spean.people.states import FIELDS
from spean.places.countries import HOME
from spean.places.gazetteer import is_country, is_province
from spean.returns import access
from spean.returns.actions._moves import credit, day_after, move, note
from spean.returns.models import Return
from spean.returns.queries import gate_basis, running_return_of
from spean.returns.rules import PAPERS_TERM
from spean.returns.states import Papers, WaitingPlace

_RECEIVERS = (AgencyKind.SOCIAL_AFFAIRS, AgencyKind.SHELTER, AgencyKind.NGO)


@transaction.atomic
def plan(
    case: Case,
    person: Person,
    *,
    actor: Actor,
    country: str,
    province: str = "",
    lead_agency: Agency | None = None,
    own_wish: str = "",
) -> Return:
    """Begin a person's return from a country; the case's lead agency leads it unless said.

    One person has one return at a time, however many reports speak of her. Raises Invalid.
    """
    access.planning.require(actor, case)
    _check_origin(country, province)
    rows = one_of(person)
    if not case.participants.filter(person__in=rows).exists():
        raise Invalid(
            Sentence("{ref} is not in this case. Add the person first.", ref=person.ref),
            field="person",
        )
    if running_return_of(person):
        raise Invalid(_already(person), field="person")
    ret = Return(
        case=case,
        person=person,
        lead_agency=lead_agency or case.lead_agency,
        country=country,
        province=province,
        own_wish=own_wish,
        opened=clock.now(),
    )
    try:
        with transaction.atomic():
            ret.save(force_insert=True)
    except IntegrityError:
        raise Stale(_already(person)) from None
    credit(ret, actor)
    journal.record(actor, "returns.planned", ret, country=country)
    return ret


def _already(person: Person) -> Sentence:
    return Sentence("A return of {ref} is already under way. Go on with that one.", ref=person.ref)


def _check_origin(country: str, province: str) -> None:
    if not is_country(country) or country == HOME:
        raise Invalid(Sentence("Choose the country the person returns from."), field="country")
    if province and not is_province(province):
        raise Invalid(
            Sentence("This province is not in the list. Choose one, or leave it empty."),
            field="province",
        )


@transaction.atomic
def locate(ret: Return, *, actor: Actor, on: date, seen: int | None = None) -> Return:
    """Record that it is known where the person is."""
    access.arranging.require(actor, ret)
    move(ret, "locate", seen, located_on=day_after(ret, on))
    credit(ret, actor)
    note(ret, "located", by=actor, on=on, province=ret.province)
    journal.record(actor, "returns.located", ret)
    return ret


@transaction.atomic
def rescue(ret: Return, *, actor: Actor, on: date, seen: int | None = None) -> Return:
    """Record that the person is out of the hands of whoever held her; papers are now owed."""
    access.rescuing.require(actor, ret)
    move(ret, "rescue", seen, rescued_on=day_after(ret, on, "located_on"))
    credit(ret, actor)
    _owe(ret, ClockKind.PAPERS, clock.now() + PAPERS_TERM, actor)
    note(ret, "rescued", by=actor, on=on, province=ret.province)
    journal.record(actor, "returns.rescued", ret)
    return ret


@transaction.atomic
def wait(
    ret: Return,
    *,
    actor: Actor,
    place: str,
    where: str = "",
    since: date,
    seen: int | None = None,
) -> Return:
    """Record where the person is held until she can travel; the wait is looked at after 30 days."""
    access.arranging.require(actor, ret)
    move(
        ret,
        "wait",
        seen,
        words={"waiting_where": where},
        waiting_place=WaitingPlace(place),
        waiting_since=day_after(ret, since, "located_on", "rescued_on", field="since"),
    )
    credit(ret, actor)
    began = datetime.combine(since, time(), clock.zone())
    _owe(ret, ClockKind.HELD_WAITING, began + term(ClockKind.HELD_WAITING), actor)
    if ret.rescued_on is None:
        _owe(ret, ClockKind.PAPERS, clock.now() + PAPERS_TERM, actor)
    note(ret, "held_waiting", by=actor, on=since, province=ret.province)
    journal.record(actor, "returns.waiting", ret, place=place)
    return ret


@transaction.atomic
def give_papers(
    ret: Return,
    *,
    actor: Actor,
    papers: str,
    number: str = "",
    on: date,
    seen: int | None = None,
) -> Return:
    """Record the paper the person travels with."""
    access.arranging.require(actor, ret)
    move(
        ret,
        "give_papers",
        seen,
        words={"papers_number": number},
        papers=Papers(papers),
        papers_on=day_after(ret, on, "rescued_on", "waiting_since"),
    )
    credit(ret, actor)
    stop_clock(ret, ClockKind.PAPERS)
    journal.record(actor, "returns.papers_given", ret, papers=papers)
    return ret


@transaction.atomic
def depart(
    ret: Return,
    *,
    actor: Actor,
    on: date,
    words: str = "",
    receiver: Agency,
    checkpoint: str,
    seen: int | None = None,
) -> Return:
    """Record that the person left for home, to which checkpoint, and who will receive her.

    The checkpoint sees this return until the hand-over; the receiver sees the case from now on.
    """
    access.arranging.require(actor, ret)
    gate = _gate(checkpoint)
    if receiver.kind not in _RECEIVERS:
        raise Invalid(
            Sentence(
                "{agency} does not receive people. Choose an office of social affairs, a shelter "
                "or an NGO.",
                agency=receiver.code,
            ),
            field="receiver",
        )
    move(
        ret,
        "depart",
        seen,
        words={"travel_words": words},
        travel_on=day_after(ret, on, "rescued_on", "waiting_since", "papers_on"),
        receiver=receiver,
        checkpoint=gate.code,
    )
    credit(ret, actor)
    stop_clock(ret, ClockKind.HELD_WAITING)
    stop_clock(ret, ClockKind.PAPERS)
    _let_in(ret, gate, actor)
    note(ret, "departed", by=actor, on=on, to=HOME, province=ret.province)
    journal.record(actor, "returns.departed", ret, receiver=receiver.code, checkpoint=gate.code)
    return ret


def _gate(code: str) -> Agency:
    gate = Agency.objects.filter(code=code, kind=AgencyKind.CHECKPOINT).first()
    if gate is None:
        raise Invalid(
            Sentence("This checkpoint is not in the list. Choose the one she travels to."),
            field="checkpoint",
        )
    return gate


def _let_in(ret: Return, gate: Agency, actor: Actor) -> None:
    """Let the receiver into the case, and show both what is agreed to be shown of the person."""
    assert ret.receiver is not None
    cases.grant(ret.case, actor=actor, agency=ret.receiver, basis=name_of(ret))
    for office, basis in ((ret.receiver, name_of(ret)), (gate, gate_basis(ret))):
        agreed = sharing.allows(actor, ret.person, office, FIELDS)
        people.grant(
            ret.person, actor=actor, agency=office, basis=basis, fields=FIELDS if agreed else ()
        )


def _owe(ret: Return, kind: ClockKind, due: datetime, actor: Actor) -> None:
    owner = Agency.objects.filter(pk=actor.agency_id or 0).first() or ret.lead_agency
    start_clock(
        ret,
        kind=kind,
        owner=owner,
        due=due,
        reference=ret.case.ref,
        url=ret.get_absolute_url(),
        case=ret.case,
    )
