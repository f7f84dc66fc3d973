"""Words that would be markup, written through every field, are only words on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve

from spean.intake.actions import portal
from spean.intake.models import Request
from spean.people import actions as people
from spean.shell.doors import ANYONE
from spean.shell.matrix import Door, doors
from tests import cast, one_of_each
from tests.markup import HOSTILE, Form, Page
from tests.one_of_each import rolled_back

pytestmark = pytest.mark.django_db

READERS = ["dara", "vanna", "sokha", "chenda", "lim", "bopha", "kunthea", "nary", "oun", "samnang"]
NUL = "\0"  # SQLite keeps it, PostgreSQL does not: neither may break a page
DESK = [d for d in doors() if d.path.startswith("/desk/") and d.rule and d.who != ANYONE]
# Verbs whose form no page shows in the state these records are in; they take no words, or stand
# on a page that the other states show.
UNSEEN = {
    "agencies:reset",
    "cases:reopen",
    "cases:start",
    "people:second_consent",
    "people:undo",
    "people:withdraw_consent",
    "requests:likely",  # asked by a script; below
    "requests:reopen",
    "referrals:accept",
}


class House:
    """The records with markup in every text, and every page of it as each reader is shown it."""

    def __init__(self) -> None:
        self.records = one_of_each.make(lambda word: f"{HOSTILE}{word}")
        for name in ("dara", "vanna", "chenda", "lim", "kunthea"):
            people.open_names(
                self.records.person, actor=cast.actor(name), purpose="assist", note=HOSTILE
            )
        # One more plea, still open and with a number: its page shows other verbs.
        plea, _ = portal.receive(words=HOSTILE, where=HOSTILE, held_by=HOSTILE, language="en")
        portal.write_more(plea, HOSTILE)
        self.paths = [*(self.url(door) for door in DESK), f"/desk/pleas/{plea.pk}/"]
        self.clients = {name: cast.client_as(name) for name in READERS}
        self._pages: dict[str, list[Page]] = {}

    def url(self, door: Door) -> str:
        return self.records.url(door.path, door.name.partition(":")[0])

    def pages(self, name: str) -> list[Page]:
        if name not in self._pages:
            answers = ((path, self.clients[name].get(path)) for path in self.paths)
            self._pages[name] = [
                Page(answer.content.decode(), path)
                for path, answer in answers
                if answer.status_code == 200 and "html" in answer.headers["Content-Type"]
            ]
        return self._pages[name]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[House]:
    with django_db_blocker.unblock(), rolled_back():
        yield House()


@pytest.mark.parametrize("name", READERS)
def test_what_was_written_is_only_words_on_every_page(name, house):
    found = [f"{page.path}: {alive}" for page in house.pages(name) for alive in page.alive]
    assert not found, "\n".join(found)


def test_the_words_do_stand_on_the_pages(house):
    """Nothing would be proved if the fields were not shown."""
    records, signed_in = house.records, house.clients
    case = signed_in["vanna"].get(f"/desk/cases/{records.case.pk}/").content.decode()
    assert "&lt;script&gt;zq()&lt;/script&gt;" in case
    person = signed_in["vanna"].get(f"/desk/people/{records.person.pk}/").content.decode()
    assert "&lt;img src=zq onerror=zq()&gt;" in person
    plea = signed_in["dara"].get(f"/desk/pleas/{records.plea.pk}/").content.decode()
    assert "&lt;img src=zq onerror=zq()&gt;" in plea


def _sent(form: Form) -> dict[str, list[str]]:
    """Fill every text of a form with markup; what is chosen stays as the page has it."""
    return form.fields | {name: [HOSTILE] for name in form.texts}


def test_every_form_of_the_desk_gives_back_only_words(house):
    tried: set[str] = set()
    found = []
    for name in READERS:
        forms = [form for page in house.pages(name) for form in page.forms]
        for form in forms:
            verb = resolve(form.action).view_name
            if verb in tried or not form.action.startswith("/desk/"):
                continue
            tried.add(verb)
            found += [f"{verb}: {alive}" for alive in _answered(form, house.clients[name])]
    assert not found, "\n".join(found)
    assert {door.name for door in DESK if door.rule.writes} - tried <= UNSEEN


def _answered(form: Form, visitor: Client) -> Iterator[str]:
    """Send a form: its texts hostile, then all of it, then NULs; give what runs in the answers."""
    every = [{key: [text] for key in form.fields} for text in (HOSTILE, NUL)]
    for fields in (_sent(form), *every):
        with rolled_back():
            answer = getattr(visitor, form.method)(form.action, fields, follow=True)
        assert answer.status_code < 500
        yield from Page(answer.content.decode()).alive


def test_who_is_known_under_such_a_name_is_answered_with_words(house):
    typed = {"prefix": HOSTILE, f"{HOSTILE}-name": HOSTILE}
    answer = house.clients["dara"].post("/desk/pleas/likely/", typed)
    assert Page(answer.content.decode()).alive == []


def test_every_form_of_the_portal_gives_back_only_words():
    cast.agency("HOTLINE")
    phone = Client(headers={"accept-language": "en"})
    written = phone.post("/write/", {"words": HOSTILE, "where": HOSTILE, "held_by": HOSTILE})
    answers = [
        written,
        phone.post("/write/", {"where": HOSTILE, "for_whom": HOSTILE, "danger": HOSTILE}),
        phone.post("/write/", {"words": "", "held_by": HOSTILE, "may_reply": HOSTILE}),
        phone.post("/write/", {"words": HOSTILE * 1000}),
        phone.post("/first/", {"danger": HOSTILE, "watched": HOSTILE}),
        phone.post("/back/", {"number": HOSTILE}),
        phone.post("/back/messages/", {"words": HOSTILE, "number": HOSTILE, "more": HOSTILE}),
        phone.post("/back/answers/", {"words": HOSTILE, "question": HOSTILE}),
        phone.post("/language/", {"language": HOSTILE, "next": HOSTILE}, follow=True),
        phone.get("/nowhere/", {"x": HOSTILE}),
        phone.get(f"/{HOSTILE}/"),
    ]
    number = "".join(c for c in written.content.decode().split("data-receipt>")[1][:40])
    phone.post("/back/", {"number": number.partition("<")[0]})
    phone.post("/back/messages/", {"words": HOSTILE})
    answers += [phone.get(path) for path in ("/back/", "/back/number/", "/back/delete/")]
    assert "&lt;script&gt;zq()" in phone.get("/back/").content.decode()
    assert [alive for answer in answers for alive in Page(answer.content.decode()).alive] == []
    kept = Request.objects.filter(channel="portal").order_by("-received")
    assert {plea.words + plea.where + plea.held_by for plea in kept[:4]} >= {HOSTILE * 3, HOSTILE}


@pytest.mark.parametrize("target", ["javascript:zq()", "//zq.example/", "https://zq.example/"])
def test_no_address_that_was_sent_leads_away(target, house):
    signed_in = house.clients
    person = f"/desk/people/{house.records.person.pk}/"
    language = Client().post("/language/", {"language": "km", "next": target})
    assert language["Location"] == "/"
    asked = signed_in["sokha"].get(f"{person}open/", {"back": target}).content.decode()
    assert f'value="{target}"' not in asked
    assert not Page(asked).alive
    with rolled_back():
        opened = signed_in["sokha"].post(f"{person}open/", {"purpose": "assist", "back": target})
    assert opened["Location"] == person
    sign_in = Client().get("/desk/sign-in/", {"next": target}).content.decode()
    assert f'href="{target}"' not in sign_in
    assert not Page(sign_in).alive


def test_the_check_would_catch_markup_that_runs():
    assert len(Page(HOSTILE).alive) >= 6
