import re
from datetime import timedelta

import pytest
from django.db import connection

from spean.agencies.models import Agency
from spean.cases.models import Clock
from spean.intake import receipts
from spean.intake.actions import portal
from spean.intake.models import Message, Receipt, Request
from spean.intake.talk import talk_of
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.ledger.models import Entry
from tests import cast

pytestmark = pytest.mark.django_db
HARD = (
    "ជួយខ្ញុំផង 🙏🏽 help 救命 cứu tôi ช่วยด้วย\r\n\t\0\x07\x1b[2J "
    "\u202eevil\u202c \u2066x\u2069 \ufeff\u200b  "
)


@pytest.fixture
def plea():
    cast.agency("HOTLINE")
    return portal.receive(words="I cannot go out.", language="en")


def test_a_plea_is_kept_with_receipt_clock_ledger_entry_and_fact():
    hotline = cast.agency("HOTLINE")
    request, number = portal.receive(
        words="I cannot go out.", language="km", for_whom="me", where="Henan", danger_now=True
    )
    kept = Request.objects.get()
    assert (kept.words, kept.where, kept.owner) == ("I cannot go out.", "Henan", hotline)
    assert re.fullmatch(r"\d{16}", number)
    assert Receipt.objects.get().request_id == request.pk
    running = Clock.objects.get()
    assert (running.kind, running.danger, running.owner) == ("triage", True, hotline)
    assert running.due == request.received + timedelta(hours=1)
    entry = Entry.objects.get()
    assert (entry.kind, entry.request, entry.role) == ("request_received", request.key, "victim")
    assert entry.person == ""
    assert Fact.objects.get(fact="intake.received").kind == "public"


def test_a_tip_has_no_victim():
    cast.agency("HOTLINE")
    portal.receive(words="A house with bars", language="en", for_whom="tip")
    assert Entry.objects.get().role == ""


def test_where_no_agency_was_set_up_one_is_made_for_the_plea():
    assert not Agency.objects.exists()
    request, _ = portal.receive(words="help", language="en")
    assert request.owner.code == "INTAKE"


@pytest.mark.parametrize("words", ["h", HARD, "ក" * 66_000, "\0", "😀" * 50_000])
def test_words_are_kept_to_the_byte(words):
    cast.agency("HOTLINE")
    request, _ = portal.receive(words=words, language="en")
    assert Request.objects.get(pk=request.pk).words.encode() == words.encode()


def test_the_database_holds_neither_words_nor_number(plea):
    number = plea[1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM intake_request")
        sealed = bytes(cursor.fetchone()[0])
    assert b"cannot" not in sealed
    receipt = Receipt.objects.get()
    assert number.encode() not in bytes(receipt.digest)
    assert receipt.parameters == "argon2id/8192/1/1"


def test_a_number_opens_its_request_and_no_other_does(plea):
    request, number = plea
    portal.receive(words="another", language="en")
    assert portal.find(number) == request
    assert portal.find(number[8:] + " " + number[:8]) == request
    assert portal.find(number.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))) == request
    wrong = number[:15] + str((int(number[15]) + 1) % 10)
    assert portal.find(wrong) is None
    assert portal.find("") is None


def test_known_unknown_revoked_and_impossible_numbers_cost_the_same_work(
    plea, monkeypatch, django_assert_num_queries
):
    request, number = plea
    revoked, number = number, portal.change_number(request)
    calls = []
    real = receipts.hash_secret_raw
    monkeypatch.setattr(
        receipts, "hash_secret_raw", lambda *a, **k: calls.append(1) or real(*a, **k)
    )
    for typed in (number, revoked, "9876543212345678", "no number"):
        calls.clear()
        with django_assert_num_queries(2):
            found = portal.find(typed)
        assert (found is not None) == (typed == number)
        assert len(calls) == 2


def test_a_changed_number_kills_every_earlier_one(plea):
    request, first = plea
    second = portal.change_number(request)
    third = portal.change_number(request)
    assert [portal.find(n) for n in (first, second, third)] == [None, None, request]


def test_asking_to_stop_closes_nothing_and_starts_a_safety_check(plea):
    request, number = plea
    portal.withdraw(request)
    portal.withdraw(request)
    request.refresh_from_db()
    assert request.state == "received"
    check = Clock.objects.get(kind="safety_check", stopped=None)
    assert check.owner == request.owner
    assert portal.find(number) == request


def test_asking_to_stop_again_does_not_put_off_the_safety_check(plea):
    request, _ = plea
    portal.withdraw(request)
    due = Clock.objects.get(kind="safety_check").due
    clock.advance(timedelta(hours=5))
    portal.withdraw(request)
    assert [c.due for c in Clock.objects.filter(kind="safety_check")] == [due]


def test_writing_more_does_not_put_off_the_clock(plea):
    request, _ = plea
    before = {(c.kind, c.due) for c in Clock.objects.filter(stopped=None)}
    clock.advance(timedelta(hours=5))
    portal.write_more(request, "still here")
    assert {(c.kind, c.due) for c in Clock.objects.filter(stopped=None)} == before


def test_what_a_colleague_noted_is_neither_shown_nor_deleted(plea):
    request, _ = plea
    note = Message.objects.create(
        request=request,
        incoming=True,
        author=cast.user("dara"),
        words="Called her mother",
        at=clock.now(),
    )
    portal.delete_words(request)
    note.refresh_from_db()
    assert note.words == "Called her mother"
    assert talk_of(Request.objects.get(pk=request.pk)).lines == []


def test_the_words_of_a_plea_that_a_colleague_recorded_are_not_shown(plea):
    request, _ = plea
    Request.objects.filter(pk=request.pk).update(channel="hotline")
    request = Request.objects.get(pk=request.pk)
    assert talk_of(request).lines == []
    portal.delete_words(request)
    assert Request.objects.get(pk=request.pk).words == "I cannot go out."


def test_deleting_words_empties_them_and_the_request_stays(plea):
    request, number = plea
    portal.write_more(request, "and my name is")
    Message.objects.create(request=request, incoming=False, words="Thank you.", at=clock.now())
    portal.delete_words(request)
    held = Request.objects.get(pk=request.pk)
    assert (held.words, held.where, held.state, held.version) == ("", "", "received", 2)
    assert Message.objects.get(incoming=True).words == ""
    assert [line.words for line in talk_of(held).lines] == ["Thank you."]
    assert Clock.objects.filter(kind="safety_check", stopped=None).exists()
    assert portal.find(number) == request


def test_writing_to_a_closed_request_opens_it_again(plea):
    request, _ = plea
    Request.objects.filter(pk=request.pk).update(
        state="closed", reason="insufficient_information", closed=clock.now()
    )
    request = Request.objects.get(pk=request.pk)
    portal.write_more(request, "I am in another house now")
    held = Request.objects.get(pk=request.pk)
    assert (held.state, held.reason, held.closed) == ("triaged", "", None)
    assert Entry.objects.filter(kind="request_reopened", request=request.key).exists()
    assert Clock.objects.filter(kind="first_contact", stopped=None).exists()


def test_an_answer_ends_the_waiting_and_asks_the_desk_to_look(plea):
    request, _ = plea
    Clock.objects.all().update(stopped=clock.now())
    Request.objects.filter(pk=request.pk).update(state="info_needed", missing=["place"])
    Message.objects.create(
        request=request, incoming=False, question="place", words="Where are you?", at=clock.now()
    )
    request = Request.objects.get(pk=request.pk)
    assert [q.words for q in talk_of(request).questions] == ["Where are you?"]
    portal.answer(request, "place", "Behind a market")
    assert talk_of(request).questions == []
    assert [line.words for line in talk_of(request).lines][:2] == [
        "Behind a market",
        "Where are you?",
    ]
    assert Clock.objects.get(stopped=None).kind == "triage"


def test_a_question_asked_again_is_open_again(plea):
    request, _ = plea
    start = clock.now()
    for hours, incoming, words in (
        (1, False, "Where?"),
        (2, True, "here"),
        (3, False, "Which town?"),
    ):
        Message.objects.create(
            request=request,
            incoming=incoming,
            question="place",
            words=words,
            at=start + timedelta(hours=hours),
        )
    assert [q.words for q in talk_of(request).questions] == ["Which town?"]


def test_a_quarantined_plea_is_kept_with_a_slower_clock():
    cast.agency("HOTLINE")
    request, number = portal.receive(
        words="buy now", language="en", quarantined=True, danger_now=True
    )
    assert portal.find(number) == request
    assert Clock.objects.get().due > clock.now() + timedelta(days=6)
    assert not Clock.objects.get().danger
