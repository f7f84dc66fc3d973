"""Authorities abroad: who may ask them, what they answered, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from spean.cases import actions as cases
from spean.cases.models import Clock
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid
from spean.people.states import ConsentPurpose
from spean.referrals import actions, queries
from spean.referrals.models import HostRequest
from tests.cast import actor, user
from tests.homeward import a_case, ago, at_the_embassy

pytestmark = pytest.mark.django_db


def _asked(case=None, **more):
    case = case or a_case()
    at_the_embassy(case)
    given = {"country": "CHN", "province": "CN-HA", "authority": "County police", "words": "Help."}
    return actions.ask_host(case, actor=actor("lim"), **(given | more))


def test_the_embassy_asks_and_a_clock_runs(stopped_clock):
    asked = _asked()
    limit = Clock.objects.get(subject=f"referrals.hostrequest:{asked.pk}")
    assert (limit.owner.code, limit.due) == ("EMB-CHN", stopped_clock + timedelta(days=5))
    assert HostRequest.objects.get().authority == "County police"


def test_the_answer_is_logged_with_its_day_and_stops_the_clock(stopped_clock):
    asked = _asked()
    clock.set_now(stopped_clock + timedelta(days=3))
    actions.log_host_answer(asked, actor=actor("lim"), answer="located", words="Found.", on=ago(1))
    held = HostRequest.objects.get()
    assert (held.answer, clock.day_of(held.answered), held.answer_words) == (
        "located",
        ago(1),
        "Found.",
    )
    assert not Clock.objects.filter(kind="host_answer", stopped=None).exists()
    with pytest.raises(IllegalMove):
        actions.log_host_answer(asked, actor=actor("lim"), answer="rescued")


@pytest.mark.parametrize("who", ["vanna", "dara", "maly", "bopha", "kunthea"])
def test_only_a_consular_officer_asks_another_state(who):
    with pytest.raises(Denied, match="Only a consular officer"):
        actions.ask_host(a_case(), actor=actor(who), country="CHN")


def test_an_embassy_does_not_ask_about_a_case_it_was_not_given():
    with pytest.raises(Denied, match="not referred to your agency"):
        actions.ask_host(a_case(), actor=actor("lim"), country="CHN")


def test_another_state_is_told_only_with_consent():
    case = a_case(agreed=(ConsentPurpose.SHARE_EMBASSY,))
    with pytest.raises(Denied, match="with another state"):
        _asked(case)


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"country": "KHM"}, "country"),
        ({"country": "XXX"}, "country"),
        ({"province": "CN-99"}, "province"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(place, field):
    with pytest.raises(Invalid) as wrong:
        _asked(**place)
    assert wrong.value.field == field


def test_an_answer_is_neither_from_the_future_nor_before_the_question():
    asked = _asked()
    for day in (ago(-1), ago(1)):
        with pytest.raises(Invalid):
            actions.log_host_answer(asked, actor=actor("lim"), answer="located", on=day)


def test_only_the_office_that_asked_notes_the_answer():
    asked = _asked()
    for who in ("chenda", "vanna", "stranger"):
        with pytest.raises(Denied, match="office that asked"):
            actions.log_host_answer(asked, actor=actor(who), answer="located")


def test_who_is_kept_from_the_case_sees_no_request():
    case = a_case()
    _asked(case)
    assert queries.host_requests_for(actor("chenda")).exists()
    cases.exclude(case, actor=actor("sokha"), agency=user("chenda").agency)
    assert not queries.host_requests_for(actor("chenda")).exists()


def test_the_database_refuses_an_answered_request_without_answer():
    asked = _asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        HostRequest.objects.filter(pk=asked.pk).update(state="answered")
