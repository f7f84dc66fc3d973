"""What only a server with many writers at once can show: races, locks, and its own guards."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from spean.cases import actions as cases
from spean.cases.models import Case, Note
from spean.intake.actions import desk, portal
from spean.intake.models import Receipt, Request
from spean.journal import actions as journal
from spean.journal.models import Entry as Fact
from spean.journal.queries import verify
from spean.kernel.actor import Actor
from spean.kernel.errors import DomainError, Stale
from spean.ledger.models import Entry
from spean.people import actions as people
from spean.people import queries
from spean.people.models import Person, Token
from tests import cast
from tests.cast import actor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WRITERS = 8
HARD = (
    "ជួយ 🙏🏽 救命 \0\x01\x07\u202eevil\u202c\ufeff\ufffe\U0010ffff\r\n\t '; DROP TABLE x; -- \\x00"
)
T = TypeVar("T")


class GaveUp(Exception):
    """Somebody changed her mind in the middle of a transaction."""


@pytest.fixture(autouse=True)
def _on_postgres():
    assert connection.vendor == "postgresql", "Set DATABASE_URL to a PostgreSQL server."


def together(work: Callable[[int], T], writers: int = WRITERS) -> list[T]:
    """Run ``work`` from many threads that begin at one moment, each with its own connection."""
    ready = Barrier(writers)

    def one(number: int) -> T:
        try:
            ready.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(one, range(writers)))


def _won(act: Callable[[], object]) -> str:
    try:
        act()
    except Stale as refusal:
        return "told who" if "changed this" in refusal.sentence else str(refusal.sentence)
    return "won"


def _read(model: Any, rows: list[Any]) -> list[Any]:
    return list(model.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def _close(case: Case, supervisor: Actor) -> None:
    cases.close(case, actor=supervisor, seen=case.version, outcome="safe_return")


def test_of_forty_cases_closed_by_four_at_once_each_is_closed_once():
    supervisor, vanna = actor("sokha"), actor("vanna")
    ready = [cases.open_case(actor=vanna, persons=[]) for _ in range(40)]
    plain = {"form": "", "country": "", "province": "", "summary": "", "own_view": "Home."}
    for case in ready:
        cases.describe(case, actor=vanna, seen=1, **plain)

    # What each has on the screen was read before anybody closed anything.
    screens = [_read(Case, ready) for _ in range(4)]

    def close_all(number: int) -> Counter[str]:
        return Counter(_won(partial(_close, case, supervisor)) for case in screens[number])

    told = sum(together(close_all, 4), Counter())
    assert told == {"won": 40, "told who": 120}
    assert Case.objects.filter(state="closed").count() == 40
    assert Entry.objects.filter(kind="closed").count() == 40
    assert verify().holds


def test_a_plea_that_eight_take_at_once_is_taken_by_one():
    officers = [actor("dara"), actor("sophal")]
    pleas = [portal.receive(words="Help", language="en")[0] for _ in range(10)]

    screens = [_read(Request, pleas) for _ in range(WRITERS)]

    def take_all(number: int) -> Counter[str]:
        officer = officers[number % 2]
        return Counter(
            _won(partial(desk.take, plea, actor=officer, seen=plea.version))
            for plea in screens[number]
        )

    told = sum(together(take_all), Counter())
    assert told == {"won": 10, "told who": 70}
    assert not Request.objects.filter(officer=None).exists()
    assert Fact.objects.filter(fact="intake.taken").count() == 10


def test_pleas_of_eight_at_once_are_all_kept_each_with_a_number_of_its_own():
    def plead(number: int) -> list[str]:
        given = {"language": "km", "danger_now": bool(number % 2)}
        return [portal.receive(words=f"{number}-{n}", **given)[1] for n in range(10)]

    numbers = [n for some in together(plead) for n in some]
    assert len(set(numbers)) == 80
    assert Receipt.objects.values("bucket", "digest").distinct().count() == 80
    assert {portal.find(n).words for n in numbers} == {
        f"{w}-{n}" for w in range(8) for n in range(10)
    }
    assert Entry.objects.filter(kind="request_received").count() == 80
    assert verify().holds


def test_two_who_register_an_office_for_the_first_plea_make_one(transactional_db):
    together(lambda _: portal.receive(words="Help", language="en"))
    assert Request.objects.values("owner").distinct().count() == 1


def test_the_chain_holds_with_eight_writers_who_also_give_up():
    somebody = actor("dara")

    def write(number: int) -> None:
        for n in range(25):
            try:
                with transaction.atomic():
                    journal.record(somebody, "tests.written", writer=number, n=n)
                    if n % 5 == number % 5:
                        raise GaveUp
                    time.sleep(0.001)
            except GaveUp:
                continue

    together(write)
    kept = WRITERS * 20
    assert list(Fact.objects.order_by("seq").values_list("seq", flat=True)) == [*range(1, kept + 1)]
    assert verify().holds
    assert verify().entries == kept


@pytest.mark.parametrize("table", ["journal_entry", "ledger_entry"])
@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET agency = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_server_itself_refuses_to_change_or_empty_a_book(table, verb):
    portal.receive(words="Help", language="en")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))
    assert Fact.objects.exists()
    assert Entry.objects.exists()


def test_words_of_any_bytes_come_back_as_they_were_written():
    plea, number = portal.receive(words=HARD, language="km", where=HARD, held_by=HARD)
    portal.write_more(plea, HARD)
    found = portal.find(number)
    assert (found.words, found.where, found.held_by) == (HARD, HARD, HARD)
    assert found.messages.get().words == HARD
    case = cases.open_case(actor=actor("vanna"), persons=[], summary=HARD)
    cases.add_note(case, actor=actor("vanna"), words=HARD)
    assert Case.objects.get().summary == HARD
    assert Note.objects.get().words == HARD


def _rows(tables: Iterable[str]) -> bytes:
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            found += [row[0] for row in cursor.fetchall()]
    return "".join(found).encode()


def test_a_name_is_found_in_other_letters_and_the_tokens_tell_nothing():
    names = [("ចាន់ ស្រីមុំ", "full"), ("Chan Sreymom", "full")]
    made = people.register(actor=actor("dara"), names=names, born="2003-05-01", home_province="02")
    people.register(actor=actor("dara"), names=[("Keo Sokha", "full")], born="1980")
    for wanted in ("Chan Sreymum", "ចាន់ ស្រីមុំ", "SREYMOM CHAN"):
        found = queries.search(actor("vanna"), name=wanted, born="2003")
        assert [match.person.pk for match in found[:1]] == [made.pk], wanted
    assert Token.objects.filter(person=made).exists()
    held = _rows(["people_token", "people_name", "people_person"])
    assert not any(word.encode() in held for word in ("Sreymom", "sreymom", "ស្រីមុំ", "Keo"))


def test_one_person_decided_on_by_eight_at_once_is_joined_once():
    one, other = (
        people.register(actor=actor("dara"), names=[("Chan Sreymom", "full")]) for _ in range(2)
    )
    officer = actor("dara")

    def decide(_: int) -> str:
        pair = Person.objects.get(pk=one.pk), Person.objects.get(pk=other.pk)
        try:
            people.decide(*pair, actor=officer, decision="same", reason="the same telephone")
        except (DomainError, IntegrityError) as refused:
            return type(refused).__name__
        return "won"

    told = Counter(together(decide))
    assert told["won"] == 1
    assert told["IntegrityError"] == 0
    assert Entry.objects.filter(kind="persons_joined").count() == 1
    assert verify().holds


def test_nul_in_an_address_or_a_choice_is_answered_and_never_breaks():
    vanna = cast.client_as("vanna")
    case = cases.open_case(actor=actor("vanna"), persons=[])
    for path in (
        "/desk/cases/?ref=%00&state=%00&page=%00",
        "/desk/pleas/?ref=%00&office=%00&channel=%00&page=%00",
        "/desk/referrals/?box=%00&page=%00",
        f"/desk/referrals/of/{case.pk}/send/?receiver=%00",
        f"/desk/referrals/of/{case.pk}/ask-host/?country=%00",
        f"/desk/returns/of/{case.pk}/plan/?country=%00",
        "/desk/?all=%00",
    ):
        assert vanna.get(path).status_code in {200, 403, 404, 422}, path
