"""Care pages: reception, her choice, the plan, closure; words only to who gives the care."""

from __future__ import annotations

import pytest

from spean.care import actions
from spean.care.models import Care, FollowUp
from spean.kernel import clock
from tests.cast import actor, client_as, days
from tests.homeward import a_case, ago, expected, woman

pytestmark = pytest.mark.django_db


def _post(who, care, verb, **typed):
    return client_as(who).post(f"/desk/care/{care.pk}/{verb}/", typed)


def _received():
    return actions.receive(expected(), actor=actor("kunthea"), on=ago(0), needs="A quiet room.")


def test_care_is_walked_from_reception_to_closure_on_the_pages():
    care = expected()
    day = str(ago(0))
    assert care.person.ref in client_as("kunthea").get("/desk/care/").content.decode()
    assert _post("kunthea", care, "receive", on=day, needs="Rest").status_code == 302
    chosen = {"choice": "home", "words": "My mother.", "province": "02", "on": day}
    assert _post("kunthea", care, "place", **chosen).status_code == 302
    first = FollowUp.objects.get(number=1)
    page = client_as("kunthea").get(f"/desk/care/follow-up/{first.pk}/")
    assert page.status_code == 200
    done = client_as("kunthea").post(
        f"/desk/care/follow-up/{first.pk}/",
        {"on": day, "mode": "phone", "result": "well", "words": "Fine."},
    )
    assert done.status_code == 302
    assert _post("kunthea", care, "close", on=day, view="Enough now.").status_code == 302
    page = client_as("kunthea").get(care.get_absolute_url()).content.decode()
    assert "Enough now." in page
    assert "Open the care again" in page
    assert care.person.ref in client_as("kunthea").get("/desk/care/?ended=1").content.decode()
    assert _post("kunthea", care, "reopen").status_code == 302


def test_contact_lost_and_found_on_the_pages():
    care = _received()
    assert _post("kunthea", care, "lose", on=str(ago(0))).status_code == 302
    assert "contact lost" in client_as("kunthea").get(care.get_absolute_url()).content.decode()
    assert _post("kunthea", care, "find", on=str(ago(0))).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("thida", 404), ("bopha", 403), ("vanna", 403), ("nary", 403)]
)
def test_who_does_not_give_the_care_changes_nothing(who, status):
    care = expected()
    assert _post(who, care, "receive", on=str(ago(0))).status_code == status
    assert Care.objects.get().state == "expected"


def test_the_lead_agency_sees_steps_and_no_words():
    care = _received()
    page = client_as("vanna").get(care.get_absolute_url()).content.decode()
    assert "A quiet room." not in page
    assert "stays with the agency" in page
    assert "A quiet room." in client_as("kunthea").get(care.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2099-01-01", "in the future"),
        ("2025-02-31", "not in the calendar"),
        ("2568-04-22", "Buddhist-era"),
        ("1999-01-01", "the day of the step before it"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_the_words_are_kept(typed, told):
    care = _received()
    answer = _post("kunthea", care, "place", choice="home", words="Her own words", on=typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "Her own words" in text


def test_a_choice_needs_her_words_and_a_closure_her_view():
    care = _received()
    answer = _post("kunthea", care, "place", choice="home", on=str(ago(0)))
    assert answer.status_code == 422
    assert "why the person chose this" in answer.content.decode()
    actions.place(care, actor=actor("kunthea"), choice="home", on=ago(0))
    answer = _post("kunthea", care, "close", on=str(ago(0)))
    assert answer.status_code == 422
    assert "in her own words" in answer.content.decode()


def test_a_child_s_form_asks_for_the_custody_document():
    born = (clock.today() - days(365 * 15)).isoformat()
    care = expected(a_case(woman(born=born)))
    actions.receive(care, actor=actor("kunthea"), on=ago(0))
    assert "custody" in client_as("kunthea").get(f"/desk/care/{care.pk}/place/").content.decode()
    chosen = {"choice": "shelter", "words": "I feel safe there.", "on": str(ago(0))}
    answer = _post("kunthea", care, "place", **chosen)
    assert answer.status_code == 422
    assert "only with the custody document" in answer.content.decode()
    assert "I feel safe there." in answer.content.decode()
    assert _post("kunthea", care, "place", **chosen, has_custody_paper="on").status_code == 302


def test_an_adult_s_form_does_not():
    care = _received()
    page = client_as("kunthea").get(f"/desk/care/{care.pk}/place/").content.decode()
    assert "custody" not in page


def test_the_second_of_two_people_is_told_who_was_first_and_keeps_the_words():
    care = _received()
    answer = _post(
        "kunthea", care, "place", seen="1", choice="home", words="Her own words", on=str(ago(0))
    )
    assert answer.status_code == 409
    assert "Kunthea changed this" in answer.content.decode()
    assert "Her own words" in answer.content.decode()


def test_the_panel_is_a_fragment_to_htmx_and_a_page_without():
    care = _received()
    url = f"/desk/care/of/{care.case_id}/"
    fragment = client_as("vanna").get(url, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert care.person.ref in fragment
    assert "A quiet room." not in client_as("nary").get(url).content.decode()
    assert client_as("stranger").get(url).status_code == 404


def test_the_plan_says_when_the_next_follow_up_is_due():
    care = _received()
    actions.place(care, actor=actor("kunthea"), choice="home", on=ago(0))
    page = client_as("kunthea").get("/desk/care/").content.decode()
    assert "next follow-up" in page
