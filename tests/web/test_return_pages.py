"""Return pages: a path of steps, one next step, a slip to sign."""

from __future__ import annotations

import pytest

from spean.people import actions as people
from spean.returns.models import Return
from tests.cast import actor, agency, client_as
from tests.homeward import a_case, ago, at_the_embassy, handed_over, her, planned, travelling

pytestmark = pytest.mark.django_db


def _step(who, ret, step, **typed):
    return client_as(who).post(f"/desk/returns/{ret.pk}/{step}/", typed)


def test_a_return_is_planned_and_walked_home_on_the_pages():
    case = a_case()
    at_the_embassy(case)
    for code in ("GDI-PNH", "MOSVY"):
        agency(code)
    url = f"/desk/returns/of/{case.pk}/plan/"
    assert client_as("lim").get(url).status_code == 200
    typed = {
        "person": str(her(case).pk),
        "country": "CHN",
        "province": "CN-HA",
        "own_wish": "Home.",
    }
    assert client_as("lim").post(url, typed).status_code == 302
    ret = Return.objects.get()
    day = str(ago(0))
    assert _step("lim", ret, "locate", on=day).status_code == 302
    assert _step("lim", ret, "rescue", on=day).status_code == 302
    assert _step("lim", ret, "wait", place="shelter", where="B", since=day).status_code == 302
    assert _step("lim", ret, "papers", papers="passport", number="N1", on=day).status_code == 302
    left = {"on": day, "checkpoint": "GDI-PNH", "receiver": "MOSVY", "words": "By air"}
    assert _step("lim", ret, "depart", **left).status_code == 302
    assert _step("bopha", ret, "arrive", on=day).status_code == 302
    slip = _step("bopha", ret, "hand-over", on=day)
    assert slip.status_code == 302
    assert slip.url == f"/desk/returns/{ret.pk}/slip/"
    assert Return.objects.get().state == "handed_over"


def test_every_form_opens_to_who_may_and_says_no_to_who_may_not():
    ret = travelling()
    for step in ("arrive", "hand-over"):
        assert client_as("bopha").get(f"/desk/returns/{ret.pk}/{step}/").status_code == 200
        refused = client_as("lim").get(f"/desk/returns/{ret.pk}/{step}/")
        assert refused.status_code == 403
        assert "border officer" in refused.content.decode()
    for step in ("locate", "rescue", "wait", "papers", "depart", "fall-out", "take-up", "stay"):
        assert client_as("lim").get(f"/desk/returns/{ret.pk}/{step}/").status_code == 200
        assert client_as("bopha").get(f"/desk/returns/{ret.pk}/{step}/").status_code == 403


def test_a_border_officer_finds_only_who_travels_to_the_gate():
    ret = planned()
    assert client_as("bopha").get(ret.get_absolute_url()).status_code == 404
    assert client_as("stranger").get(ret.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2099-01-01", "in the future"),
        ("2025-02-31", "not in the calendar"),
        ("2568-04-22", "Buddhist-era"),
        ("2025", "Write the full day"),
        ("", "Write the day."),
        ("1999-01-01", "the day of the step before it"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_is_kept(typed, told):
    ret = planned()
    from spean.returns import actions

    actions.rescue(ret, actor=actor("lim"), on=ago(3))
    answer = _step("lim", ret, "wait", place="shelter", where="House by the river", since=typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "House by the river" in text
    assert Return.objects.get().state == "rescued"


def test_khmer_digits_are_a_day_too():
    from spean.kernel.digits import to_khmer

    ret = planned()
    assert _step("lim", ret, "locate", on=to_khmer(str(ago(1)))).status_code == 302
    assert Return.objects.get().located_on == ago(1)


def test_the_second_of_two_people_is_told_who_was_first_and_keeps_the_words():
    ret = planned()
    from spean.returns import actions

    actions.locate(ret, actor=actor("vanna"), on=ago(1))
    answer = _step(
        "lim", ret, "wait", seen="1", place="shelter", where="House by the river", since=str(ago(0))
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Vanna changed this" in text
    assert "House by the river" in text
    # Who has seen what changed may save: the form carries the version that stands now.
    assert '<input type="hidden" name="seen" value="2"' in text


def test_the_page_shows_the_path_and_one_next_step():
    ret = travelling()
    page = client_as("bopha").get(ret.get_absolute_url()).content.decode()
    assert page.count('aria-current="step"') == 1
    assert "Note the arrival" in page
    assert "Chan Sreymom" not in page
    assert "By air" in page
    assert "Room 4" not in page
    closed = client_as("lim").get(ret.get_absolute_url()).content.decode()
    assert "An arrival is noted by a border officer" in closed


def test_the_list_shows_who_comes():
    ret = travelling()
    for who in ("bopha", "kunthea", "lim"):
        assert ret.person.ref in client_as(who).get("/desk/returns/").content.decode()
    assert "Nobody is on the way" in client_as("stranger").get("/desk/returns/").content.decode()


def test_a_long_wait_is_said():
    ret = planned()
    from spean.returns import actions

    actions.wait(ret, actor=actor("lim"), place="detention", since=ago(65))
    assert "more than 60 days" in client_as("lim").get(ret.get_absolute_url()).content.decode()


def test_the_slip_bears_the_reference_and_the_name_only_while_it_is_open():
    ret = handed_over()
    url = f"/desk/returns/{ret.pk}/slip/"
    page = client_as("bopha").get(url).content.decode()
    assert ret.person.ref in page
    assert "Airport post" in page
    assert "Social affairs" in page
    assert "Chan Sreymom" not in page
    people.open_names(ret.person, actor=actor("bopha"), purpose="travel")
    assert "Chan Sreymom" in client_as("bopha").get(url).content.decode()
    khmer = client_as("kunthea").get(url, headers={"accept-language": "km"}).content.decode()
    assert "ក្រសួងសង្គមកិច្ច" in khmer


def test_the_panel_is_a_fragment_to_htmx_and_a_page_without():
    case = a_case()
    url = f"/desk/returns/of/{case.pk}/"
    assert "No return has been planned" in client_as("vanna").get(url).content.decode()
    ret = travelling(case)
    fragment = client_as("vanna").get(url, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert ret.person.ref in fragment
    assert "By air" not in client_as("nary").get(url).content.decode()
    assert client_as("bopha").get(url).status_code == 404


def test_planning_refuses_a_province_of_another_country_and_keeps_the_words():
    case = a_case()
    answer = client_as("vanna").post(
        f"/desk/returns/of/{case.pk}/plan/",
        {"person": str(her(case).pk), "country": "CHN", "province": "TH-10", "own_wish": "Home!"},
    )
    assert answer.status_code == 422
    assert "not in the country you chose" in answer.content.decode()
    assert "Home!" in answer.content.decode()


def test_provinces_follow_the_country():
    case = a_case()
    page = client_as("vanna").get(f"/desk/returns/of/{case.pk}/plan/?country=VNM")
    assert "Lào Cai" in page.content.decode()
