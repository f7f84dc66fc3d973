"""Persons of the printed tables, walked: what the table says of them comes true by actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from spean.agencies.queries import agency
from spean.care import actions as care
from spean.care.models import Care
from spean.cases.models import Case
from spean.intake.actions import desk
from spean.intake.states import Channel, Urgency
from spean.kernel.actor import Actor
from spean.people import actions as people
from spean.people.models import Person
from spean.people.states import ConsentBasis
from spean.referrals import actions as referrals
from spean.referrals.models import Referral
from spean.returns import actions as returns
from spean.returns.models import Return
from spean.site.demo.cast import Cast
from spean.site.demo.stage import Walk, at, days
from spean.site.demo.walks import (
    CONSENTS,
    FIELDS,
    HENAN,
    SVAY_RIENG,
    THAILAND,
    Route,
    close_case,
    whole,
)
from spean.site.demo.words import CHOICE_WORDS, CLOSING_WORDS, NEEDS
from spean.statistics.caseload import Unit

RETURNS, RESCUES = "returns-from-china-2025", "rescued-abroad-2022"
_ROUTES = {"CHN": HENAN, "THA": THAILAND}
_RESCUED_AFTER = 9  # days from plea to rescue in a whole walk


def rescues(found: Sequence[Unit], most: int) -> list[Unit]:
    """Choose rescues from countries where the demo has a mission."""
    return [u for u in found if u.columns["from"] in _ROUTES][:most]


def rescued(cast: Cast, unit: Unit, number: int) -> Walk:
    """Walk a person of the table of rescues, so that she is rescued on the table's day."""
    day = date.fromisoformat(unit.columns["occurred"]) - days(_RESCUED_AFTER)
    return whole(cast, day, number, _ROUTES[unit.columns["from"]], steps=13, script="latin")


def returned(cast: Cast, units: Sequence[Unit], number: int) -> Walk:
    """Walk a case of the table of returns: a host's list of persons whom it sends home."""
    arrival = date.fromisoformat(units[0].columns["occurred"])
    minute = number % 60
    yield at(arrival - days(40), 2, minute)
    case, persons = _listed(cast, units)
    yield at(arrival - days(39), 2, minute)
    asked = referrals.send(
        case, actor=cast["vanna"], receiver=agency("EMB-CHN"), purpose="papers", fields=FIELDS
    )
    yield at(arrival - days(38), 2, minute)
    homeward = _waiting(cast, case, persons, asked, arrival - days(38))
    yield at(arrival - days(6), 2, minute)
    for ret in homeward:
        returns.give_papers(
            ret, actor=cast["lim"], papers="temporary_travel_document", number=f"TTD {number}",
            on=arrival - days(6),
        )  # fmt: skip
    referrals.answer(asked, actor=cast["lim"], answer="done")
    yield at(arrival - days(1), 2, minute)
    for ret, unit in zip(homeward, units, strict=True):
        returns.depart(
            ret, actor=cast["lim"], on=arrival - days(1), words="Group flight.",
            receiver=agency(_route(unit).receiver), checkpoint="GDI-PNH",
        )  # fmt: skip
    yield at(arrival, 6, minute)
    for ret in homeward:
        returns.arrive(ret, actor=cast["bopha"], on=arrival, checkpoint="GDI-PNH")
        returns.hand_over(ret, actor=cast["bopha"], on=arrival)
    yield at(arrival + days(1), 3, minute)
    for ret, unit in zip(homeward, units, strict=True):
        _take_in(cast, ret, unit, arrival + days(1))
    yield from _cared_for(cast, case, arrival, number)


def _listed(cast: Cast, units: Sequence[Unit]) -> tuple[Case, list[Person]]:
    vanna = cast["vanna"]
    request = desk.record(
        actor=vanna,
        channel=Channel.LETTER,
        words="List of persons whom the host authority will send home.",
        persons=[
            cast.claim(sex=unit.columns["sex"], script=("km", "latin")[unit.index % 2])
            for unit in units
        ],
        country="CHN",
    )
    desk.triage(request, actor=vanna, seen=request.version, urgency=Urgency.OTHER, country="CHN")
    request.refresh_from_db()
    desk.note_contact(
        request, actor=vanna, words="The host authority was called.", seen=request.version
    )
    request.refresh_from_db()
    case = desk.accept(request, actor=vanna, form="forced_marriage", country="CHN")
    persons = [p.person for p in case.participants.select_related("person").order_by("pk")]
    for person in persons:
        for purpose in CONSENTS:
            people.give_consent(person, actor=vanna, purpose=purpose, basis=ConsentBasis.SPOKEN)
    return case, persons


def _waiting(
    cast: Cast, case: Case, persons: Sequence[Person], asked: Referral, since: date
) -> list[Return]:
    lim = cast["lim"]
    referrals.accept(asked, actor=lim)
    homeward = [
        returns.plan(case, person, actor=lim, country="CHN", lead_agency=agency("GDI"))
        for person in persons
    ]
    for ret in homeward:
        returns.wait(ret, actor=lim, place="police_guest_house", since=since)
    return homeward


def _cared_for(cast: Cast, case: Case, arrival: date, number: int) -> Walk:
    view = CLOSING_WORDS[number % len(CLOSING_WORDS)]
    yield at(arrival + days(9), 3, number % 60)
    for held in _care_in(case):
        care.follow_up(
            held.follow_ups.get(number=1), actor=_worker(cast, held), on=arrival + days(9),
            mode="visit", result="well", words="The family was glad of the visit.",
        )  # fmt: skip
    yield at(arrival + days(95), 3, number % 60)
    for held in _care_in(case):
        care.close(held, actor=_worker(cast, held), on=arrival + days(95), view=view)
    close_case(cast, case, view)


def _care_in(case: Case) -> QuerySet[Care]:
    return Care.objects.filter(case=case).select_related("agency").order_by("opened", "pk")


def _worker(cast: Cast, held: Care) -> Actor:
    return cast["thida" if held.agency.code == "DOSVY-20" else "kunthea"]


def _route(unit: Unit) -> Route:
    office = unit.columns.get("placement") == "social_affairs_office"
    return SVAY_RIENG if office else HENAN


def _take_in(cast: Cast, ret: Return, unit: Unit, on: date) -> None:
    worker = cast[_route(unit).social_worker]
    held = Care.objects.get(return_id=ret.pk)
    care.receive(held, actor=worker, on=on, needs=NEEDS[unit.index % len(NEEDS)])
    held.refresh_from_db()
    care.place(
        held, actor=worker, seen=held.version, choice=unit.columns.get("placement") or "home",
        province=unit.columns.get("province", ""),
        words=CHOICE_WORDS[unit.index % len(CHOICE_WORDS)], on=on,
    )  # fmt: skip
