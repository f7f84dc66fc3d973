"""After the story nothing that was typed stands anywhere: not in the database, nor beside it.

Every free field of the portal and the desk is filled with words that stand nowhere else, in five
scripts; then the dump, the files of the installation, sessions, jobs and log are searched.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from spean.care.models import Care
from spean.cases.models import Case
from spean.intake.models import Request
from spean.kernel import clock
from spean.people.models import Person
from spean.referrals.models import HostRequest, Referral
from spean.returns.models import Return
from spean.shell.jobs import run_due
from tests import cast
from tests.pages import Canaries, send
from tests.traces import everything_kept, traces_of, written_as

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("en", "km", "zh-hans", "th", "vi")


@pytest.fixture
def walk():
    clock.set_now(datetime(2025, 3, 3, 2, tzinfo=UTC))
    for code in cast.AGENCIES:
        cast.agency(code)
    return Walk()


class Walk:
    """Everybody's browser, and every word typed into them."""

    def __init__(self) -> None:
        self.canaries = Canaries(seed=7)

    def does(self, name: str, url: str, ending: str = "", *, status: int = 302, **given):
        clock.advance(timedelta(minutes=1))
        client = cast.client_as(name)
        code, answer = send(client, self.canaries, url, ending, **given)
        assert code == status, (
            url,
            ending,
            code,
            re.findall(r"<li>(.{0,300}?)</li>", answer, re.DOTALL)[:6],
        )
        run_due()
        return answer

    def days(self, number: int) -> None:
        clock.advance(timedelta(days=number))


def test_no_word_typed_on_portal_or_desk_is_kept_in_the_clear(walk, caplog):
    caplog.set_level(logging.DEBUG)
    numbers = [write_and_come_back(walk, language) for language in LANGUAGES]
    record(walk)
    mistype(walk)
    case = sort_and_open(walk)
    keep_the_file(walk, case)
    refer(walk, case)
    bring_home(walk, case)
    give_care(walk)
    typed = [*walk.canaries.sung, *numbers]
    assert len(typed) >= 200
    kept = everything_kept() | {"log": caplog.text.encode()}
    assert {"dump", "keys.db", "sessions", "log"} <= set(kept)
    assert traces_of(typed, kept) == []


def test_the_search_would_find_what_is_not_sealed():
    for number, text in enumerate(("ស្រីពៅ", "Keo Sreypov", "他们锁门", "0925550143")):
        for form, raw in written_as(text).items():
            place = f"{number} {form}"
            assert traces_of([text], {place: b"before " + raw + b" after"})


def write_and_come_back(walk: Walk, language: str) -> str:
    """Use every field of the portal in one language; return the number."""
    client = Client(headers={"accept-language": language})
    sing = walk.canaries
    code, page = send(client, sing, "/write/", for_whom="me", danger="yes")
    assert code == 200
    numbers = re.search(r"data-receipt>([^<]+)<", page)
    assert numbers
    client.post("/back/", {"number": numbers[1]})
    assert send(client, sing, "/back/", "/back/messages/")[0] == 302
    code, changed = send(client, sing, "/back/number/")
    assert code == 200
    other = re.search(r"data-receipt>([^<]+)<", changed)
    assert other
    return re.sub(r"\s", "", other[1])


def record(walk: Walk) -> None:
    """Write down pleas of every other kind, with as many persons as the page takes."""
    for name, channel in (("rith", "walk_in"), ("maly", "ngo"), ("dara", "hotline"),
                          ("vanna", "letter"), ("lim", "mission"), ("sophal", "post")):  # fmt: skip
        client = cast.client_as(name)
        page = client.post("/desk/pleas/record/", {"people": "3", "go": "more"})
        persons = {n for n in range(4) if f"p{n}-name".encode() in page.content}
        assert persons == {0, 1, 2, 3}
        named = {
            f"p{n}-{field}": walk.canaries.sing(field)
            for n in persons
            for field in ("name", "alias", "home_place", "phone")
        }
        walk.does(
            name, "/desk/pleas/record/", channel=channel, country="CHN", province="Henan",
            danger_now="yes", people="4", go="save", **named,
        )  # fmt: skip


def mistype(walk: Walk) -> None:
    """What is refused is shown again, and kept nowhere either."""
    walk.does("rith", "/desk/pleas/record/", status=422, received="2025-02-31", go="save")
    walk.does("dara", "/desk/people/", status=200, sex="")
    walk.does("dara", "/desk/people/", status=422, born="2568")


def sort_and_open(walk: Walk) -> Case:
    """Sort, answer, note, compare, open a case, refer elsewhere."""
    written, other = Request.objects.filter(channel="portal").order_by("received")[:2]
    here = f"/desk/pleas/{written.pk}/"
    walk.does("dara", here, "/triage/", urgency="danger", country="CHN", province="Henan")
    walk.does("dara", here, "/reply/")
    walk.does("dara", here, "/note/")
    walk.does("dara", here, "/person/", sex="female", home_province="Battambang")
    walk.does("dara", here, "/ask/", missing="place")
    her = _person_of(written)
    recorded = _person_of(Request.objects.filter(channel="hotline").get())
    both = f"/desk/people/{her.pk}/and/{recorded.pk}/"
    walk.does("dara", both, "/open/", purpose="identify")
    walk.does("dara", both, "/decide/", decision="same")
    lead = str(cast.agency("AHTJP").pk)
    walk.does("dara", here, "/open-case/", form="forced_marriage", lead_agency=lead)
    walk.does("dara", f"/desk/pleas/{other.pk}/", "/elsewhere/")
    return Case.objects.get()


def _person_of(request: Request) -> Person:
    return request.persons.order_by("pk").first().person


def keep_the_file(walk: Walk, case: Case) -> None:
    """Fill every form of the case and of its person."""
    here, her = f"/desk/cases/{case.pk}/", case.participants.get().person
    walk.does("vanna", here + "describe/", country="CHN", form="forced_marriage")
    walk.does("vanna", here + "stage/", kind="recruited")
    walk.does("vanna", here, "/note/")
    walk.does("vanna", here, "/task/", due="2025-06-01")
    person = f"/desk/people/{her.pk}/"
    walk.does("vanna", person + "open/", purpose="assist")
    walk.does("vanna", person + "correct/")
    walk.does("vanna", person + "name/", kind="passport")
    walk.does("vanna", person + "contact/", whose="mother", channel="phone")
    for purpose in ("assist", "share_embassy", "share_host_state", "share_police", "share_ngo"):
        walk.does("vanna", person + "consent/", purpose=purpose, basis="danger_to_life")


def refer(walk: Walk, case: Case) -> None:
    """Refer, refer onward, decline, ask abroad, answer."""
    sending = f"/desk/referrals/of/{case.pk}/send/"
    shown = {"fields_shown": ["names", "born", "home", "contacts", "story"]}
    walk.does("vanna", sending, receiver="NGO-A", purpose="legal_aid")
    walk.does("maly", _referral("NGO-A") + "decline/")
    walk.does("vanna", sending, receiver="MFAIC", purpose="ask_host", **shown)
    walk.does("chenda", _referral("MFAIC"), "/accept/")
    walk.does("chenda", sending, receiver="EMB-CHN", purpose="rescue", **shown)
    walk.does("lim", _referral("EMB-CHN"), "/accept/")
    walk.does("lim", f"/desk/referrals/of/{case.pk}/ask-host/", country="CHN")
    walk.does("lim", f"/desk/referrals/host/{HostRequest.objects.get().pk}/", answer="located")
    walk.does("lim", _referral("EMB-CHN") + "answer/", answer="done")
    walk.does("chenda", _referral("MFAIC") + "answer/", answer="partly")


def _referral(code: str) -> str:
    return f"/desk/referrals/{Referral.objects.get(receiver__code=code).pk}/"


def bring_home(walk: Walk, case: Case) -> None:
    """Plan, lose on the way, take up, find, rescue, wait, give papers, travel, arrive."""
    her = case.participants.get().person
    walk.does("lim", f"/desk/returns/of/{case.pk}/plan/", person=str(her.pk), country="CHN")
    here = f"/desk/returns/{Return.objects.get().pk}/"
    walk.does("lim", here + "fall-out/")
    walk.does("lim", here + "take-up/")
    walk.does("lim", here + "locate/")
    walk.does("lim", here + "rescue/")
    walk.does("lim", here + "wait/", place="shelter")
    walk.does("lim", here + "papers/", number=walk.canaries.sing("papers"), papers="passport")
    walk.does("lim", here + "depart/", checkpoint="GDI-PNH", receiver="MOSVY")
    walk.does("bopha", here + "arrive/")
    walk.does("bopha", here + "hand-over/")


def give_care(walk: Walk) -> None:
    """Receive, place, visit, close."""
    care = Care.objects.get()
    here = f"/desk/care/{care.pk}/"
    walk.does("kunthea", here + "receive/")
    walk.does("kunthea", here + "place/", choice="home", province="02")
    walk.days(7)
    first = care.follow_ups.order_by("due").first()
    walk.does("kunthea", f"/desk/care/follow-up/{first.pk}/", mode="phone", result="well")
    walk.does("kunthea", here + "close/")
