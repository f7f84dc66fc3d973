"""The case's pages as they are met, without JavaScript, each by its own role."""

from __future__ import annotations

import re

import pytest

from spean.cases import actions
from spean.cases.models import Case, Note, Stage, Task
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.people import actions as people
from spean.people.states import NameKind
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return people.register(
        actor=cast.actor("vanna"), names=[("Keo Sokha", NameKind.FULL)], born="2004"
    )


@pytest.fixture
def case(her):
    return actions.open_case(
        actor=cast.actor("vanna"),
        persons=[her],
        form="forced_marriage",
        country="CHN",
        province="CN-HA",
        summary="cannot go out",
    )


@pytest.fixture
def vanna():
    return cast.client_as("vanna")


def page_of(case):
    return f"/desk/cases/{case.pk}/"


def text_of(response) -> str:
    return response.content.decode()


def described(case, **more):
    return {
        "seen": str(case.version),
        "form": case.form,
        "country": case.country,
        "province": "Henan",
        "summary": "cannot go out",
        "own_view": "she wants to come home",
        **more,
    }


def test_my_work_is_the_landing_page_and_says_kindly_when_lists_are_empty():
    shown = text_of(cast.client_as("stranger").get("/desk/"))
    assert len(re.findall("<h1", shown)) == 1
    for words in ("Nothing is overdue.", "Nothing new has come.", "Nobody owes you an answer."):
        assert words in shown


def test_my_work_lists_what_is_new_with_a_link(case, vanna):
    shown = text_of(vanna.get("/desk/"))
    assert case.ref in shown
    assert page_of(case) in shown


@pytest.mark.parametrize("name", ["pisey", "oun", "samnang", "nary", "bopha"])
def test_everybody_signed_in_has_a_landing_page(name):
    assert cast.client_as(name).get("/desk/").status_code == 200


def test_the_list_shows_cases_by_reference(case, vanna):
    shown = text_of(vanna.get("/desk/cases/"))
    assert case.ref in shown
    assert "Sokha" not in shown
    assert case.ref not in text_of(vanna.get("/desk/cases/?state=closed"))
    assert case.ref in text_of(vanna.get(f"/desk/cases/?ref={case.ref[2:].lower()}"))


def test_a_case_is_shown_with_its_stage_story_people_plan_and_who_saw_it(case, her, vanna):
    shown = text_of(vanna.get(page_of(case)))
    for words in (
        "Opened today; where she is has not been confirmed",
        "Anti-trafficking department",
        "Case opened",
        "Henan",
        "cannot go out",
        "forced marriage",
        "person to be helped",
        "No task is open.",
        "Who has seen it",
        her.ref,
    ):
        assert words in shown
    assert "Sokha" not in shown
    assert Fact.objects.filter(fact="cases.case_seen").count() == 1


def test_an_opened_name_stands_on_the_case_page_and_seeing_it_is_written_down(case, her, vanna):
    back = page_of(case)
    answer = vanna.post(f"/desk/people/{her.pk}/open/", {"purpose": "assist", "back": back})
    assert answer["Location"] == back
    assert "Keo Sokha" in text_of(vanna.get(back))
    assert Fact.objects.filter(fact="people.names_seen").count() == 1


def test_a_case_that_is_not_theirs_is_not_found(case):
    stranger = cast.client_as("stranger")
    for path in ("", "describe/", "close/", "note/", "task/", "stage/", "person/", "let-in/"):
        assert stranger.get(page_of(case) + path).status_code == 404
    for path in ("start/", "reopen/"):
        assert stranger.post(page_of(case) + path).status_code == 404


def test_a_coordinator_sees_where_it_stands_and_no_words(case):
    shown = text_of(cast.client_as("nary").get(page_of(case)))
    assert case.ref in shown
    assert "Case opened" in shown
    assert "cannot go out" not in shown
    assert "by its reference only" in shown


def test_a_statistician_is_refused_with_a_sentence(case):
    answer = cast.client_as("pisey").get(page_of(case))
    assert answer.status_code == 403
    assert "Your role does not include this." in text_of(answer)


def test_the_reason_why_a_verb_is_closed_stands_on_the_page(case, vanna):
    assert "Closing a case needs a supervisor." in text_of(vanna.get(page_of(case)))
    assert "Her own view is missing." in text_of(cast.client_as("sokha").get(page_of(case)))


def test_editing_keeps_the_file_and_takes_a_province_by_its_name(case, vanna):
    assert 'value="Henan' in text_of(vanna.get(page_of(case) + "describe/"))
    answer = vanna.post(page_of(case) + "describe/", described(case))
    assert answer.status_code == 302
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.province, fresh.own_view, fresh.version) == (
        "CN-HA",
        "she wants to come home",
        2,
    )


def test_a_place_that_does_not_exist_gets_a_sentence_and_nothing_typed_is_lost(case, vanna):
    typed = described(case, province="Nowhere", summary="long words " * 20)
    answer = vanna.post(page_of(case) + "describe/", typed)
    assert answer.status_code == 422
    assert "We know no place called “Nowhere”" in text_of(answer)
    assert "long words long words" in text_of(answer)
    assert 'value="Nowhere"' in text_of(answer)


def test_the_second_of_two_editors_is_told_who_was_first_and_keeps_what_she_typed(case, vanna):
    vanna.post(page_of(case) + "describe/", described(case, summary="what Vanna wrote"))
    sokha = cast.client_as("sokha")
    answer = sokha.post(page_of(case) + "describe/", described(case, summary="what I typed"))
    shown = text_of(answer)
    assert answer.status_code == 409
    assert "Vanna changed this at" in shown
    assert "what Vanna wrote" in shown
    assert "what I typed" in shown
    assert 'name="seen" value="2"' in shown
    again = sokha.post(
        page_of(case) + "describe/", described(case, seen="2", summary="what I typed")
    )
    assert again.status_code == 302
    assert Case.objects.get(pk=case.pk).summary == "what I typed"


def test_a_supervisor_closes_it_and_it_can_be_opened_again(case, vanna):
    vanna.post(page_of(case) + "describe/", described(case))
    sokha = cast.client_as("sokha")
    form = text_of(sokha.get(page_of(case) + "close/"))
    assert 'name="seen" value="2"' in form
    answer = sokha.post(page_of(case) + "close/", {"seen": "2", "outcome": "safe_return"})
    assert answer.status_code == 302
    assert "Closed: safe return." in text_of(sokha.get(page_of(case)))
    assert sokha.post(page_of(case) + "reopen/").status_code == 302
    assert Case.objects.get(pk=case.pk).state == "active"


def test_closing_too_early_says_what_is_missing(case):
    answer = cast.client_as("sokha").post(
        page_of(case) + "close/", {"seen": "1", "outcome": "safe_return"}
    )
    assert answer.status_code == 422
    assert "Her own view is missing." in text_of(answer)


def test_the_wrong_role_closes_nothing(case, vanna):
    answer = vanna.post(page_of(case) + "close/", {"seen": "1", "outcome": "died"})
    assert answer.status_code == 403
    assert "Closing a case needs a supervisor." in text_of(answer)


def test_work_begins_once(case, vanna):
    assert vanna.post(page_of(case) + "start/").status_code == 302
    again = vanna.post(page_of(case) + "start/")
    assert again.status_code == 409
    assert "cannot be done now" in text_of(again)


def test_a_note_is_kept_and_an_empty_one_asked_for(case, vanna):
    assert vanna.post(page_of(case) + "note/", {"words": "called her mother"}).status_code == 302
    assert "called her mother" in text_of(vanna.get(page_of(case)))
    assert vanna.post(page_of(case) + "note/", {"words": " "}).status_code == 422
    assert Note.objects.count() == 1


def test_a_task_is_planned_with_a_day_in_any_digits_and_ended(case, vanna):
    due = clock.today() + cast.days(3)
    khmer = due.isoformat().translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert vanna.post(page_of(case) + "task/", {"words": "call", "due": khmer}).status_code == 302
    task = Task.objects.get()
    assert clock.day_of(task.due) == due
    assert "call" in text_of(vanna.get(page_of(case)))
    vanna.post(f"{page_of(case)}task/{task.pk}/finish/")
    assert Task.objects.get().state == "done"


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2026-02-31", "not in the calendar"),
        ("2020-01-01", "This day is past."),
        ("2569-01-01", "Buddhist-era"),
        ("2027", "Write the full day"),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence_and_the_words_stay(case, vanna, due, says):
    answer = vanna.post(page_of(case) + "task/", {"words": "call her mother", "due": due})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert 'value="call her mother"' in text_of(answer)


def test_what_happened_is_added_and_changed(case, vanna):
    given = {"kind": "held", "country": "CHN", "province": "henan", "held_by": "a family"}
    assert vanna.post(page_of(case) + "stage/", {**given, "began": "2025-02"}).status_code == 302
    stage = Stage.objects.get()
    assert (stage.province, stage.began) == ("CN-HA", "2025-02")
    assert "a family" in text_of(vanna.get(page_of(case)))
    path = f"{page_of(case)}stage/{stage.pk}/"
    assert 'value="a family"' in text_of(vanna.get(path))
    assert vanna.post(path, {**given, "seen": "1", "words": "locked"}).status_code == 302
    stale = vanna.post(path, {**given, "seen": "1", "words": "locked in"})
    assert stale.status_code == 409
    assert "locked in" in text_of(stale)


def test_a_person_is_added_by_reference_and_a_wrong_one_is_told(case, vanna):
    other = people.register(actor=cast.actor("maly"), names=[("Chan", NameKind.FULL)])
    wrong = vanna.post(page_of(case) + "person/", {"ref": "P-000000", "role": "victim"})
    assert wrong.status_code == 422
    assert "no person with this reference" in text_of(wrong)
    given = {"ref": other.ref.lower(), "role": "witness"}
    closed = vanna.post(page_of(case) + "person/", given)
    assert closed.status_code == 403
    assert "Open the name first" in text_of(closed)
    people.open_names(other, actor=cast.actor("vanna"), purpose="identify")
    assert vanna.post(page_of(case) + "person/", given).status_code == 302
    assert other.ref in text_of(vanna.get(page_of(case)))


def test_another_agency_is_let_in_and_kept_out(case, vanna):
    stranger, office = cast.client_as("stranger"), cast.agency("NGO-B")
    assert vanna.post(page_of(case) + "let-in/", {"agency": office.pk}).status_code == 302
    assert stranger.get(page_of(case)).status_code == 200
    sokha = cast.client_as("sokha")
    assert sokha.post(page_of(case) + "keep-out/", {"agency": office.pk}).status_code == 302
    assert stranger.get(page_of(case)).status_code == 404
    assert "Kept from" in text_of(sokha.get(page_of(case)))


def test_the_page_reads_in_khmer_digits_and_dates(case):
    vanna = cast.client_as("vanna")
    vanna.post("/language/", {"language": "km", "next": "/desk/"})
    shown = text_of(vanna.get(page_of(case)))
    assert 'lang="km"' in shown
    assert "នាយកដ្ឋានប្រឆាំងការជួញដូរ" in shown
    assert re.search("[០-៩]", shown)


def test_words_are_escaped(case, vanna):
    vanna.post(page_of(case) + "note/", {"words": "<script>alert(1)</script>"})
    assert "<script>alert" not in text_of(vanna.get(page_of(case)))
