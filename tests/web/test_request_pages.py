"""The desk's pages of pleas, as a colleague meets them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from spean.cases import actions as cases
from spean.cases.models import Case
from spean.intake.actions import desk, portal
from spean.intake.actions.desk import Claim
from spean.intake.models import Message, Request
from spean.intake.states import Channel, Urgency
from spean.journal.models import Entry as Fact
from spean.people.models import Person
from tests.cast import actor, agency, client_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(stopped_clock):
    for name in ("sophal", "dara", "sokha"):
        actor(name)


@pytest.fixture
def plea():
    return portal.receive(words="I cannot go out", language="en", for_whom="me")[0]


@pytest.fixture
def dara():
    return client_as("dara")


def url(name, plea):
    return reverse(f"requests:{name}", args=[plea.pk])


def form(**given):
    return {
        "channel": "hotline",
        "language": "km",
        "words": "She is held in a house",
        "people": "1",
        "go": "save",
    } | given


# --- the queue and who may see ----------------------------------------------------------------


def test_the_queue_shows_references_and_no_words(dara, plea):
    page = dara.get(reverse("requests:queue")).content.decode()
    assert plea.ref in page
    assert "data-keys" in page
    assert "cannot go out" not in page


def test_the_queue_is_narrowed_by_its_address(dara, plea):
    page = dara.get(reverse("requests:queue"), {"state": "closed"}).content.decode()
    assert plea.ref not in page
    assert "No plea waits here" in page


def test_a_hint_says_whom_it_may_be_the_same_as(dara):
    claim = Claim(names=[("Chan Sophea", "full")], born="2004")
    one, two = (
        desk.record(actor=actor("dara"), channel=Channel.HOTLINE, words="x", persons=[claim])
        for _ in range(2)
    )
    page = dara.get(reverse("requests:queue")).content.decode()
    assert f"may be the same as {two.persons.get().person.ref}" in page
    detail = dara.get(url("detail", one)).content.decode()
    assert "May be the same person" in detail
    assert two.ref in detail


@pytest.mark.parametrize("who", ["pisey", "oun", "samnang", "thida"])
def test_who_has_nothing_to_do_with_pleas_is_told_so(who, plea):
    answer = client_as(who).get(reverse("requests:queue"))
    assert answer.status_code == 403
    assert "Your role does not include this" in answer.content.decode()


def test_a_strange_office_does_not_find_the_plea(plea):
    assert client_as("stranger").get(url("detail", plea)).status_code == 404


def test_a_coordinator_sees_the_reference_and_the_limit_but_no_words(plea):
    page = client_as("nary").get(url("detail", plea)).content.decode()
    assert plea.ref in page
    assert "cannot go out" not in page
    assert "keeps the words" in page


def test_reading_the_words_leaves_a_trace(dara, plea):
    page = dara.get(url("detail", plea)).content.decode()
    assert "I cannot go out" in page
    assert Fact.objects.filter(fact="intake.request_seen").count() == 1


def test_a_page_in_khmer_stands(plea):
    client = client_as("dara")
    client.post(reverse("shell:language"), {"language": "km", "next": "/desk/"})
    assert client.get(url("detail", plea)).status_code == 200
    assert client.get(reverse("requests:record")).status_code == 200


# --- recording --------------------------------------------------------------------------------


def test_a_call_is_recorded_with_two_persons(dara):
    answer = dara.post(
        reverse("requests:record"),
        form(
            people="2",
            country="CHN",
            province="henan",
            danger_now="yes",
            **{"p0-name": "ចាន់ សុភា", "p0-born": "២០០៤", "p0-home_province": "battambang"},
            **{"p1-alias": "Lina"},
        ),
    )
    kept = Request.objects.get()
    assert answer.status_code == 302
    assert answer.url == url("detail", kept)
    assert (kept.country, kept.province, kept.danger_now) == ("CHN", "CN-HA", True)
    first = kept.persons.order_by("pk").first().person
    assert (first.born, first.home_province) == ("2004", "02")
    assert kept.persons.count() == 2


def test_add_another_person_keeps_what_was_typed_and_judges_nothing(dara):
    page = dara.post(
        reverse("requests:record"), form(go="more", words="", **{"p0-name": "Sophea"})
    ).content.decode()
    assert 'name="p1-name"' in page
    assert 'value="Sophea"' in page
    assert "govuk-error-message" not in page
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ""}, "Write what was said, even one word."),
        ({"p0-born": "2004-02-31", "p0-name": "Sophea"}, "not in the calendar"),
        ({"p0-born": "2547", "p0-name": "Sophea"}, "Buddhist-era"),
        ({"p0-born": "2026", "p0-name": "Sophea"}, "in the future"),
        ({"country": "CHN", "province": "Atlantis"}, "We know no province"),
        ({"province": "Henan"}, "Choose the country first"),
        ({"received": "2031-01-01"}, "in the future"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_typed_is_lost(dara, given, said):
    answer = dara.post(reverse("requests:record"), form(where="by the old market", **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "by the old market" in page
    for value in given.values():
        assert value in page
    assert not Request.objects.exists()


def test_save_and_open_a_case_goes_to_the_case(dara):
    answer = dara.post(reverse("requests:record"), form(go="case", **{"p0-name": "Sophea"}))
    case = Case.objects.get()
    assert answer.url == reverse("cases:detail", args=[case.pk])
    assert Request.objects.get().case == case


def test_a_case_about_nobody_is_refused_and_nothing_is_kept_twice(dara):
    answer = dara.post(reverse("requests:record"), form(go="case"))
    assert answer.status_code == 422
    assert not Request.objects.exists()


def test_an_ngo_records_and_sends_to_the_front_desk():
    client_as("maly").post(
        reverse("requests:record"),
        form(channel="ngo", send_to=str(agency("HOTLINE").pk), **{"p0-alias": "Sophea"}),
    )
    kept = Request.objects.get()
    assert (kept.owner.code, kept.recorder.code) == ("HOTLINE", "NGO-A")


def test_the_search_while_typing_answers_by_reference(dara):
    claim = Claim(names=[("Chan Sophea", "full")], born="2004")
    desk.record(actor=actor("dara"), channel=Channel.HOTLINE, words="x", persons=[claim])
    page = dara.post(
        reverse("requests:likely"),
        {"prefix": "p0", "p0-name": "Chan Sophea", "p0-born": "2004"},
        headers={"hx-request": "true"},
    ).content.decode()
    assert Person.objects.get().ref in page
    assert "Sophea" not in page


def test_the_record_page_asks_in_the_order_one_speaks(dara):
    page = dara.get(reverse("requests:record")).content.decode()
    places = [
        page.index(f'name="{name}"')
        for name in ("danger_now", "country", "where", "p0-name", "safe_contact", "words")
    ]
    assert places == sorted(places)


# --- the short path: three pleas, one woman, one case -------------------------------------------


def test_three_pleas_from_three_doors_become_one_case_in_a_few_presses(dara, plea):
    dara.post(url("add_person", plea), {"name": "Chan Sophea", "sex": "female"})
    for who, given in (
        ("rith", {"channel": "walk_in", "p0-name": "Chan Sophea", "p0-born": "2004"}),
        ("maly", {"channel": "ngo", "people": "2", "p0-alias": "Sophea", "p1-name": "Kim Lina"}),
    ):
        sent = form(send_to=str(agency("HOTLINE").pk), **given)
        assert client_as(who).post(reverse("requests:record"), sent).status_code == 302
    mothers, ngos = Request.objects.exclude(pk=plea.pk).order_by("channel").reverse()
    queue = dara.get(reverse("requests:queue")).content.decode()
    assert all(row.ref in queue for row in (plea, mothers, ngos))
    hers = plea.persons.get().person
    mothers_own, ngos_own = (row.persons.order_by("pk").first().person for row in (mothers, ngos))
    page = dara.get(url("detail", plea)).content.decode()
    assert reverse("people:compare", args=[hers.pk, mothers_own.pk]) in page
    # An alias alone may suggest nothing; the reference leads there all the same.
    asked = {"person": str(hers.pk), "ref": ngos_own.ref.lower()}
    answer = dara.get(url("compare", plea), asked)
    assert answer.url.startswith(reverse("people:compare", args=[hers.pk, ngos_own.pk]))
    assert dara.get(url("compare", plea), asked | {"ref": "P-000000"}).status_code == 422
    for theirs in (mothers_own, ngos_own):
        dara.post(
            reverse("people:decide", args=[hers.pk, theirs.pk]),
            {"decision": "same", "reason": "the same village, the same mother"},
        )
    dara.post(url("open_case", plea), {"seen": plea.version, "form": "forced_marriage"})
    case = Case.objects.get()
    for other in (mothers, ngos):
        page = dara.get(url("detail", other)).content.decode()
        assert f"Link to case {case.ref}" in page
        dara.post(
            url("link", other), {"seen": Request.objects.get(pk=other.pk).version, "case": case.ref}
        )
    assert set(case.requests.all()) == {plea, mothers, ngos}
    assert case.participants.count() == 2


# --- verbs ------------------------------------------------------------------------------------


def test_triage_by_two_and_the_second_keeps_what_was_typed(dara, plea):
    desk.triage(plea, actor=actor("sophal"), seen=1, urgency=Urgency.DANGER)
    typed = {
        "seen": "1",
        "urgency": "confined",
        "child": "yes",
        "country": "THA",
        "missing": "photo",
    }
    answer = dara.post(url("triage", plea), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sophal" in page
    assert re.search(r'value="confined"[^>]*checked', page)
    assert 'value="THA" selected' in page
    assert dara.post(url("triage", plea), typed | {"seen": "2"}).status_code == 302


def test_the_second_form_carries_the_version_that_is_shown_now(dara, plea):
    desk.take(plea, actor=actor("sophal"), seen=1)
    page = dara.post(url("triage", plea), {"seen": "1", "urgency": "other"}).content.decode()
    assert 'id="triage_seen"' in page
    assert re.search(r'name="seen" value="2"[^>]*id="triage_seen"', page)


def test_one_press_asks_in_the_language_of_the_plea(dara, plea):
    dara.post(url("ask", plea), {"seen": "1", "missing": "place"})
    assert Message.objects.get().words.startswith("Where are you now?")


def test_a_reply_that_tells_too_much_is_refused_beside_its_field(dara, plea):
    answer = dara.post(url("reply", plea), {"seen": "1", "words": "We come tomorrow"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "may hold the phone" in page
    assert "We come tomorrow" in page
    assert 'name="override"' not in page
    supervisor = client_as("sophal")
    assert 'name="override"' in supervisor.get(url("detail", plea)).content.decode()
    given = {"seen": "1", "words": "We come tomorrow", "override": "on"}
    assert supervisor.post(url("reply", plea), given).status_code == 302


def test_how_to_reach_the_requester_is_shown_on_purpose(dara):
    kept = desk.record(
        actor=actor("dara"),
        channel=Channel.HOTLINE,
        words="x",
        requester_name="Aunt Mealea",
        requester_contact="012 000 111",
    )
    assert "Mealea" not in dara.get(url("detail", kept)).content.decode()
    assert "Mealea" in dara.post(url("contact", kept)).content.decode()
    assert Fact.objects.filter(fact="intake.contact_opened").exists()


def test_add_a_person_open_a_case_and_link_another_plea_to_it(dara, plea):
    given = {"name": "Sophea", "sex": "female"}
    assert dara.post(url("add_person", plea), given).status_code == 302
    answer = dara.post(url("open_case", plea), {"seen": "1", "form": "forced_marriage"})
    case = Case.objects.get()
    assert answer.url == reverse("cases:detail", args=[case.pk])
    other = desk.record(
        actor=actor("dara"), channel=Channel.HOTLINE, words="x", persons=[Claim(sex="female")]
    )
    wrong = dara.post(url("link", other), {"seen": "1", "case": "C-000000"})
    assert wrong.status_code == 422
    assert "There is no case" in wrong.content.decode()
    assert dara.post(url("link", other), {"seen": "1", "case": case.ref.lower()}).status_code == 302
    panel = dara.get(reverse("requests:panel", args=[case.pk]), headers={"hx-request": "true"})
    assert plea.ref in panel.content.decode()
    assert other.ref in dara.get(reverse("requests:panel", args=[case.pk])).content.decode()


def test_closing_refused_by_the_record_has_its_own_page_with_the_reason(dara, plea):
    answer = dara.post(url("close", plea), {"seen": "1", "reason": "junk"})
    assert answer.status_code == 403
    assert "Only a plea in quarantine" in answer.content.decode()


def test_closed_elsewhere_and_taken_up_again(dara, plea):
    assert dara.post(url("close", plea), {"seen": "1", "reason": "fraud"}).status_code == 302
    page = dara.get(url("detail", plea)).content.decode()
    assert "Take it up again" in page
    assert "Fraud" in page
    assert dara.post(url("reopen", plea), {"seen": "2"}).status_code == 302
    given = {"seen": "3", "to_whom": "The labour office"}
    assert dara.post(url("refer_elsewhere", plea), given).status_code == 302


def test_take_send_note_and_read(dara, plea):
    assert dara.post(url("take", plea), {"seen": "1"}).status_code == 302
    portal.write_more(plea, "hello?")
    assert "I have read it" in dara.get(url("detail", plea)).content.decode()
    dara.post(url("read", plea))
    assert Message.objects.get().read
    assert dara.post(url("note", plea), {"seen": "2", "words": "No answer"}).status_code == 302
    given = {"seen": "3", "agency": str(agency("AHTJP").pk)}
    assert dara.post(url("send", plea), given).status_code == 302
    assert Request.objects.get().owner.code == "AHTJP"


def test_the_police_may_not_press_what_belongs_to_the_front_desk(plea):
    kept = desk.record(actor=actor("rith"), channel=Channel.WALK_IN, words="My daughter")
    desk.hand_to(kept, actor=actor("rith"), agency=agency("HOTLINE"))
    client = client_as("rith")
    page = client.get(url("detail", kept)).content.decode()
    assert "owns this plea" in page
    answer = client.post(url("triage", kept), {"seen": "2", "urgency": "other"})
    assert answer.status_code == 403
    assert "Ask that office to send it to you" in answer.content.decode()


def test_looking_for_a_name_while_recording_leaves_a_trace(dara):
    dara.post(reverse("requests:likely"), {"prefix": "p0", "p0-name": "Keo Sokha"})
    assert Fact.objects.filter(fact="people.searched").count() == 1


def test_a_number_of_persons_of_any_length_is_no_error(dara):
    answer = dara.post(reverse("requests:record"), form(people="9" * 5000, go="more"))
    assert answer.status_code == 200


def test_an_agency_kept_from_a_case_does_not_read_its_pleas_either(dara):
    claim = Claim(names=[("Chan Sophea", "full")])
    plea = desk.record(actor=actor("dara"), channel=Channel.HOTLINE, words="x", persons=[claim])
    case = desk.accept(plea, actor=actor("dara"), lead_agency=agency("AHTJP"))
    assert dara.get(url("detail", plea)).status_code == 200
    cases.exclude(case, actor=actor("sokha"), agency=agency("HOTLINE"))
    assert dara.get(url("detail", plea)).status_code == 404
