"""One of every record, each made by whoever's work it is, with a word of its own in every field.

Tests that walk all URLs stand on it: what a URL names comes from ``parameters``, and a canary found
on a page says which field leaked. Everybody here is fictional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from spean.agencies import actions as agencies
from spean.care import actions as care
from spean.care.models import Care
from spean.cases import actions as cases
from spean.cases.models import Case, Stage, Task
from spean.cases.states import StageKind
from spean.intake.actions import desk
from spean.intake.actions.desk import Claim
from spean.intake.models import Request
from spean.intake.states import Channel
from spean.kernel import clock
from spean.people import actions as people
from spean.people.models import Person
from spean.people.states import Channel as Road
from spean.people.states import ConsentBasis
from spean.referrals import actions as referrals
from spean.referrals.models import HostRequest, Referral
from spean.returns import actions as returns
from spean.returns.models import Return
from spean.shell.jobs import run_due
from tests import cast, homeward
from tests.cast import actor, agency

# One of each role at an agency that has nothing to do with any of it.
cast.PEOPLE |= {
    f"away_{role}": (f"Away {role}", "NGO-B", [role])
    for role in (
        "intake_officer",
        "supervisor",
        "consular_officer",
        "border_officer",
        "social_worker",
    )
}
STRANGERS = ["rith", "stranger", *(name for name in cast.PEOPLE if name.startswith("away_"))]
# The front desk, the lead agency, two receivers by referral, the gate, who receives her, and those
# whose work is about no person at all.
AT_WORK = ["dara", "vanna", "sokha", "chenda", "lim", "bopha", "kunthea"]
OVERSEEING = ["nary", "pisey", "oun", "samnang"]
EVERYBODY = [*AT_WORK, *OVERSEEING, *STRANGERS]

# Who she is: on no page of somebody who has not opened her names for a purpose.
IDENTITY = {
    "name": "Zqname Zqfamily",
    "khmer name": "ហ្សឹកណាម",
    "another name": "Zqalias",
    "village": "Zqvillage",
    "telephone": "0977123123",
    "safe address": "Zqaddress",
    "safe hours": "Zqhours",
    "code word": "Zqcodeword",
    "day of birth": "1987-06-05",
    "consent in her words": "Zqconsentnote",
    "requester's name": "Zqrequester",
    "requester's telephone": "0977456456",
    "requester's safe contact": "Zqsafeplan",
    "number of the paper": "ZQ7777",
}
# What was said and written, and who may read it: the hand-made half of the matrix.
_ON_THE_CASE = {"dara", "vanna", "sokha", "chenda", "lim", "kunthea"}
WORDS = {
    "Zqpleawords": {"dara", "vanna", "sokha"},
    "Zqpleawhere": {"dara", "vanna", "sokha"},
    "Zqpleaholder": {"dara", "vanna", "sokha"},
    "Zqsummary": _ON_THE_CASE,
    "Zqownview": _ON_THE_CASE,
    "Zqstage": _ON_THE_CASE,
    "Zqstageplace": _ON_THE_CASE,
    "Zqstageholder": _ON_THE_CASE,
    "Zqtask": _ON_THE_CASE,
    "Zqcasenote": _ON_THE_CASE,
    "Zqreferral": {"vanna", "sokha", "chenda"},
    "Zqonward": {"vanna", "sokha", "chenda", "lim"},
    "Zqhostwords": _ON_THE_CASE,
    "Zqwish": _ON_THE_CASE,
    "Zqwaitingroom": _ON_THE_CASE,
    "Zqjourney": _ON_THE_CASE | {"bopha"},
    "Zqneeds": {"kunthea"},
    "Zqchoice": {"kunthea"},
}


@dataclass(frozen=True)
class Records:
    """The records, and what stands in a URL for each."""

    person: Person
    other: Person
    plea: Request
    case: Case
    referral: Referral
    onward: Referral
    asked: HostRequest
    ret: Return
    care: Care
    parameters: dict[tuple[str, str], object]

    def url(self, path: str, space: str) -> str:
        """Fill a door's path; a parameter that nobody told of is a KeyError with its name."""
        parts = []
        for piece in path.split("<"):
            kind, closed, rest = piece.partition(">")
            if closed:
                name = kind.rpartition(":")[2]
                held = self.parameters.get((space, name)) or self.parameters[("", name)]
                parts.append(f"{held}{rest}")
            else:
                parts.append(piece)
        return "".join(parts)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo on leaving whatever was written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make(dress: Callable[[str], str] = str) -> Records:
    """Walk one woman from her plea to her first follow-up, by the actions of those who help.

    ``dress`` makes of each word what is written in its field instead.
    """
    for name in EVERYBODY:
        cast.user(name)
    plea = _plea(dress)
    person = plea.persons.get().person
    other = people.register(
        actor=actor("dara"), names=[("Zqname Zqfamilly", "full")], born="1987", home_province="02"
    )
    consents = [
        people.give_consent(
            person,
            actor=actor("dara"),
            purpose=purpose,
            basis=ConsentBasis.SPOKEN,
            note=dress(IDENTITY["consent in her words"]),
        )
        for purpose in homeward.AGREED
    ]
    people.note_contact(
        person,
        actor=actor("dara"),
        whose="mother",
        channel=Road.ADDRESS,
        address=dress(IDENTITY["safe address"]),
        hours=dress(IDENTITY["safe hours"]),
        code_word=dress(IDENTITY["code word"]),
    )
    case = desk.accept(
        plea,
        actor=actor("sophal"),
        form="forced_marriage",
        country="CHN",
        province="CN-HA",
        lead_agency=agency("AHTJP"),
    )
    stage, task = _file(case, dress)
    first, onward, asked = _refer(case, dress)
    ret = _bring_home(case, person, dress)
    given = _receive(ret, dress)
    _invited, token = agencies.invite(
        actor=actor("samnang"),
        username="borey",
        label="Borey",
        agency=agency("NGO-B"),
        roles=["case_officer"],
        language="en",
    )
    plea.refresh_from_db()
    return Records(
        person=person,
        other=other,
        plea=plea,
        case=case,
        referral=first,
        onward=onward,
        asked=asked,
        ret=ret,
        care=given,
        parameters={
            ("", "person_id"): person.pk,
            ("", "one_id"): person.pk,
            ("", "other_id"): other.pk,
            ("", "consent_id"): consents[0].pk,
            ("", "case_id"): case.pk,
            ("", "stage_id"): stage.pk,
            ("", "task_id"): task.pk,
            ("requests", "request_id"): plea.pk,
            ("referrals", "request_id"): asked.pk,
            ("", "referral_id"): first.pk,
            ("", "return_id"): ret.pk,
            ("", "care_id"): given.pk,
            ("", "follow_up_id"): given.follow_ups.order_by("number")[0].pk,
            ("", "user_id"): cast.user("stranger").pk,
            ("", "token"): token,
        },
    )


def _plea(dress: Callable[[str], str]) -> Request:
    claim = Claim(
        names=[
            (dress(IDENTITY["name"]), "full"),
            (dress(IDENTITY["khmer name"]), "full"),
            (dress(IDENTITY["another name"]), "alias"),
        ],
        sex="female",
        born=IDENTITY["day of birth"],
        nationality="KHM",
        home_province="02",
        home_place=dress(IDENTITY["village"]),
        phone=IDENTITY["telephone"],
    )
    return desk.record(
        actor=actor("dara"),
        channel=Channel.HOTLINE,
        words=dress("Zqpleawords"),
        where=dress("Zqpleawhere"),
        held_by=dress("Zqpleaholder"),
        requester_relation="mother",
        requester_name=dress(IDENTITY["requester's name"]),
        requester_contact=dress(IDENTITY["requester's telephone"]),
        safe_contact=dress(IDENTITY["requester's safe contact"]),
        persons=[claim],
    )


def _file(case: Case, dress: Callable[[str], str]) -> tuple[Stage, Task]:
    vanna = actor("vanna")
    case = cases.describe(
        case,
        actor=vanna,
        seen=Case.objects.get(pk=case.pk).version,
        form="forced_marriage",
        country="CHN",
        province="CN-HA",
        summary=dress("Zqsummary"),
        own_view=dress("Zqownview"),
    )
    stage = cases.add_stage(
        case,
        actor=vanna,
        kind=StageKind.HELD,
        country="CHN",
        place=dress("Zqstageplace"),
        held_by=dress("Zqstageholder"),
        words=dress("Zqstage"),
    )
    cases.add_note(case, actor=vanna, words=dress("Zqcasenote"))
    due = clock.now() + timedelta(days=3)
    return stage, cases.add_task(case, actor=vanna, words=dress("Zqtask"), due=due)


def _refer(case: Case, dress: Callable[[str], str]) -> tuple[Referral, Referral, HostRequest]:
    first = homeward.sent(case, words=dress("Zqreferral"))
    referrals.accept(first, actor=actor("chenda"))
    onward = referrals.send(
        case,
        actor=actor("chenda"),
        receiver=agency("EMB-CHN"),
        purpose="rescue",
        fields=("names", "born", "story"),
        words=dress("Zqonward"),
        parent=first,
    )
    referrals.accept(onward, actor=actor("lim"))
    asked = referrals.ask_host(
        case,
        actor=actor("lim"),
        country="CHN",
        province="CN-HA",
        authority=dress("the county police"),
        words=dress("Zqhostwords"),
    )
    return first, onward, asked


def _bring_home(case: Case, person: Person, dress: Callable[[str], str]) -> Return:
    lim, bopha, ago = actor("lim"), actor("bopha"), homeward.ago
    ret = returns.plan(
        case, person, actor=lim, country="CHN", province="CN-HA", own_wish=dress("Zqwish")
    )
    returns.locate(ret, actor=lim, on=ago(40))
    returns.rescue(ret, actor=lim, on=ago(38))
    room = dress("Zqwaitingroom")
    returns.wait(ret, actor=lim, place="police_guest_house", where=room, since=ago(37))
    number = dress(IDENTITY["number of the paper"])
    returns.give_papers(
        ret, actor=lim, papers="temporary_travel_document", number=number, on=ago(3)
    )
    gate = agency("GDI-PNH").code
    receiver = agency("MOSVY")
    returns.depart(
        ret, actor=lim, on=ago(1), words=dress("Zqjourney"), receiver=receiver, checkpoint=gate
    )
    returns.arrive(ret, actor=bopha, on=ago(0))
    return returns.hand_over(ret, actor=bopha, on=ago(0))


def _receive(ret: Return, dress: Callable[[str], str]) -> Care:
    run_due()
    given = Care.objects.get(return_id=ret.pk)
    kunthea, today = actor("kunthea"), homeward.ago(0)
    care.receive(given, actor=kunthea, on=today, needs=dress("Zqneeds"))
    return care.place(
        given, actor=kunthea, choice="home", province="02", words=dress("Zqchoice"), on=today
    )
