"""The walks of the demo: each step is an action that a person of the cast takes on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spean.agencies.queries import agency
from spean.care import actions as care
from spean.care.models import Care
from spean.cases import actions as cases
from spean.cases.models import Case
from spean.cases.states import Outcome, StageKind
from spean.intake.actions import desk, portal
from spean.intake.models import Request
from spean.intake.states import Channel, Missing, Urgency
from spean.people import actions as people
from spean.people.models import Person
from spean.people.states import ConsentBasis, ConsentPurpose
from spean.referrals import actions as referrals
from spean.referrals.models import HostRequest, Referral
from spean.returns import actions as returns
from spean.returns.models import Return
from spean.site.demo.cast import Cast
from spean.site.demo.stage import Walk, at, days
from spean.site.demo.words import CHOICE_WORDS, CLOSING_WORDS, HOLDERS, NEEDS, PLEAS

FIELDS = ("names", "born", "contacts", "story")
CONSENTS = (
    ConsentPurpose.ASSIST,
    ConsentPurpose.SHARE_POLICE,
    ConsentPurpose.SHARE_EMBASSY,
    ConsentPurpose.SHARE_HOST_STATE,
)


@dataclass(frozen=True)
class Route:
    """Where she is held, who answers for it, and where she is received."""

    country: str
    province: str
    mission: str
    consul: str
    receiver: str = "DVP"
    social_worker: str = "kunthea"


HENAN = Route("CHN", "CN-HA", "EMB-CHN", "lim")
JIANGXI = Route("CHN", "CN-JX", "EMB-CHN", "lim")
THAILAND = Route("THA", "TH-11", "EMB-THA", "phalla")
SVAY_RIENG = Route("CHN", "CN-HB", "EMB-CHN", "lim", "DOSVY-20", "thida")


def plea(cast: Cast, day: date, number: int) -> Walk:
    """A plea comes by the portal at night and lies in the queue."""
    language, words, for_whom, where, held_by = PLEAS[number % len(PLEAS)]
    yield at(day, 17, number % 60)
    portal.receive(
        words=words, language=language, for_whom=for_whom, where=where, held_by=held_by,
        danger_now=number % 3 == 0, watched=number % 4 == 0,
    )  # fmt: skip


def unclear(cast: Cast, day: date, number: int) -> Walk:
    """A plea of few words is triaged; what is missing is asked for."""
    yield at(day, 1, number % 60)
    request, _ = portal.receive(words=PLEAS[3][1], language="km")
    yield at(day, 2, number % 60)
    triaged(cast, request, Urgency.CONFINED, missing=(Missing.PLACE, Missing.NAME))
    request.refresh_from_db()
    desk.ask(request, actor=cast["dara"], missing=Missing.PLACE)


def triaged(
    cast: Cast,
    request: Request,
    urgency: Urgency,
    *,
    country: str = "",
    province: str = "",
    missing: tuple[Missing, ...] = (),
) -> None:
    request.refresh_from_db()
    desk.triage(
        request,
        actor=cast["dara"],
        seen=request.version,
        urgency=urgency,
        country=country,
        province=province,
        missing=list(missing),
    )


def whole(
    cast: Cast, day: date, number: int, route: Route, *, steps: int, script: str = "km"
) -> Walk:
    """One person's way from a walk-in's plea towards a closed file, as far as ``steps`` goes.

    1 case, 2 ministry asked, 3 embassy asked, 4 host asked, 5 located, 6 rescued, 7 waiting,
    8 papers, 9 travelling, 10 handed over, 11 in care, 12 followed up, 13 closed.
    """
    yield at(day, 2, number % 60)
    request = _walk_in(cast, route, number, script)
    yield at(day, 4, number % 60)
    triaged(cast, request, Urgency.DANGER, country=route.country, province=route.province)
    if steps < 1:
        return
    request.refresh_from_db()
    desk.note_contact(
        request, actor=cast["dara"], words="Her mother was called back.", seen=request.version
    )
    yield at(day, 5, number % 60)
    case, person = _case(cast, request, route, number)
    yield from _onward(cast, day, number, route, case, person, steps)


def _walk_in(cast: Cast, route: Route, number: int, script: str) -> Request:
    language, words, _, where, held_by = PLEAS[number % len(PLEAS)]
    claim = cast.claim(sex="male" if number % 9 == 8 else "female", script=script)
    return desk.record(
        actor=cast["dara"],
        channel=(Channel.HOTLINE, Channel.WALK_IN, Channel.POST, Channel.LETTER)[number % 4],
        words=words,
        language=language,
        where=where,
        held_by=held_by,
        requester_relation="mother",
        danger_now=number % 2 == 0,
        persons=(claim,),
    )


def _case(cast: Cast, request: Request, route: Route, number: int) -> tuple[Case, Person]:
    request.refresh_from_db()
    case = desk.accept(
        request,
        actor=cast["sophal"],
        form="forced_marriage" if route.country == "CHN" else "forced_labour",
        country=route.country,
        province=route.province,
        lead_agency=agency("AHTJP"),
    )
    person = case.participants.get().person
    vanna = cast["vanna"]
    for purpose in CONSENTS:
        people.give_consent(person, actor=vanna, purpose=purpose, basis=ConsentBasis.SPOKEN)
    cases.start(case, actor=vanna)
    for kind, country in (
        (StageKind.RECRUITED, "KHM"), (StageKind.TRANSPORTED, ""), (StageKind.HELD, route.country)
    ):  # fmt: skip
        cases.add_stage(
            case, actor=vanna, kind=kind, country=country, held_by=HOLDERS[number % len(HOLDERS)]
        )
    return case, person


def _onward(
    cast: Cast, day: date, number: int, route: Route, case: Case, person: Person, steps: int
) -> Walk:
    minute = number % 60
    if steps >= 2:
        yield at(day + days(1), 3, minute)
        first = _refer(cast, case, "vanna", "MFAIC", "ask_host")
        if steps >= 3:
            yield at(day + days(2), 3, minute)
            referrals.accept(first, actor=cast["chenda"])
            onward = _refer(cast, case, "chenda", route.mission, "ask_host", parent=first)
            if steps >= 4:
                yield at(day + days(3), 3, minute)
                yield from _abroad(cast, day, number, route, case, person, steps, (first, onward))


def _refer(
    cast: Cast, case: Case, who: str, to: str, purpose: str, parent: Referral | None = None
) -> Referral:
    return referrals.send(
        case, actor=cast[who], receiver=agency(to), purpose=purpose, fields=FIELDS, parent=parent
    )


def _abroad(
    cast: Cast,
    day: date,
    number: int,
    route: Route,
    case: Case,
    person: Person,
    steps: int,
    asked: tuple[Referral, Referral],
) -> Walk:
    consul, minute = cast[route.consul], number % 60
    referrals.accept(asked[1], actor=consul)
    host = referrals.ask_host(
        case, actor=consul, country=route.country, province=route.province,
        authority="Provincial police",
    )  # fmt: skip
    if steps < 5:
        return
    yield at(day + days(7), 3, minute)
    ret = _located(cast, route, case, person, host, day + days(7))
    if steps < 6:
        return
    yield at(day + days(9), 3, minute)
    returns.rescue(ret, actor=consul, on=day + days(9))
    for referral, who in ((asked[1], route.consul), (asked[0], "chenda")):
        referral.refresh_from_db()
        referrals.answer(referral, actor=cast[who], answer="done")
    if steps < 7:
        return
    yield at(day + days(10), 3, minute)
    returns.wait(ret, actor=consul, place="police_guest_house", since=day + days(10))
    if steps < 8:
        return
    yield at(day + days(40), 3, minute)
    returns.give_papers(
        ret, actor=consul, papers="temporary_travel_document", number=f"TTD {1000 + number}",
        on=day + days(40),
    )  # fmt: skip
    if steps < 9:
        return
    yield at(day + days(45), 3, minute)
    returns.depart(
        ret, actor=consul, on=day + days(45), words="By air, with a consular officer.",
        receiver=agency(route.receiver), checkpoint="GDI-PNH",
    )  # fmt: skip
    if steps >= 10:
        yield from _home(cast, day, number, route, case, ret, steps)


def _located(
    cast: Cast, route: Route, case: Case, person: Person, host: HostRequest, on: date
) -> Return:
    consul = cast[route.consul]
    referrals.log_host_answer(host, actor=consul, answer="located", on=on)
    ret = returns.plan(
        case, person, actor=consul, country=route.country, province=route.province,
        lead_agency=agency("MFAIC"),
    )  # fmt: skip
    return returns.locate(ret, actor=consul, on=on)


def _home(
    cast: Cast, day: date, number: int, route: Route, case: Case, ret: Return, steps: int
) -> Walk:
    yield at(day + days(45), 9, number % 60)
    returns.arrive(ret, actor=cast["bopha"], on=day + days(45), checkpoint="GDI-PNH")
    returns.hand_over(ret, actor=cast["bopha"], on=day + days(45))
    if steps < 11:
        return
    yield at(day + days(46), 3, number % 60)
    held = Care.objects.get(return_id=ret.pk)
    worker = cast[route.social_worker]
    care.receive(held, actor=worker, on=day + days(46), needs=NEEDS[number % len(NEEDS)])
    yield at(day + days(47), 3, number % 60)
    held.refresh_from_db()
    care.place(
        held, actor=worker, seen=held.version, choice="home", province="20",
        words=CHOICE_WORDS[number % len(CHOICE_WORDS)], on=day + days(47),
    )  # fmt: skip
    if steps < 12:
        return
    yield at(day + days(54), 3, number % 60)
    care.follow_up(
        held.follow_ups.get(number=1), actor=worker, on=day + days(54), mode="visit",
        result="well", words="She sleeps better.",
    )  # fmt: skip
    if steps >= 13:
        yield at(day + days(80), 3, number % 60)
        _close(cast, case, held, route, number, day + days(80))


def _close(cast: Cast, case: Case, held: Care, route: Route, number: int, on: date) -> None:
    view = CLOSING_WORDS[number % len(CLOSING_WORDS)]
    held.refresh_from_db()
    care.close(held, actor=cast[route.social_worker], on=on, view=view)
    close_case(cast, case, view)


def close_case(cast: Cast, case: Case, view: str) -> None:
    """Write down her own view, then close the case as a safe return."""
    case.refresh_from_db()
    cases.describe(
        case, actor=cast["vanna"], seen=case.version, form=case.form, country=case.country,
        province=case.province, summary=case.summary, own_view=view,
    )  # fmt: skip
    case.refresh_from_db()
    cases.close(case, actor=cast["sokha"], seen=case.version, outcome=Outcome.SAFE_RETURN)
