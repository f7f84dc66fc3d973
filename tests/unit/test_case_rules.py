"""Time limits, how they climb, and what stands in the way of closing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from spean.cases.rules import MOST_LEVELS, level_at, reminds_at, term, unfinished
from spean.cases.states import OWED, ClockKind

START = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
DUE = START + timedelta(days=4)


def test_every_kind_of_limit_has_a_term_and_words():
    assert all(term(kind) > timedelta(0) for kind in ClockKind)
    assert {kind.value for kind in ClockKind} == set(OWED)


def test_danger_is_never_given_more_time():
    assert all(term(kind, "danger") <= term(kind) for kind in ClockKind)
    assert term(ClockKind.FIRST_CONTACT, "danger") == timedelta(hours=2)


def test_the_owner_is_reminded_with_a_quarter_of_the_term_left():
    assert reminds_at(START, DUE) == START + timedelta(days=3)


@pytest.mark.parametrize(
    ("after_due", "danger", "level"),
    [
        (timedelta(seconds=-1), False, 0),
        (timedelta(0), False, 1),
        (timedelta(days=1, hours=23), False, 1),
        (timedelta(days=2), False, 2),
        (timedelta(days=4), False, 3),
        (timedelta(days=1), True, 2),
        (timedelta(days=900), False, MOST_LEVELS),
    ],
)
def test_it_climbs_at_its_end_then_every_half_term_and_twice_as_fast_in_danger(
    after_due, danger, level
):
    assert level_at(START, DUE, DUE + after_due, danger=danger) == level


def test_a_limit_without_a_term_climbs_at_once_to_the_top():
    assert level_at(DUE, DUE, DUE, danger=False) == MOST_LEVELS


def why(**given):
    return unfinished(
        **{"open_tasks": 0, "running": [], "has_own_view": True, "outcome": "safe_return", **given}
    )


def test_a_case_with_all_done_may_be_closed():
    assert why() is None


def test_open_tasks_running_answers_and_a_missing_view_stand_in_the_way():
    assert "Tasks are still open: 2" in why(open_tasks=2)
    assert "owes an answer" in why(running=["referral_answer"])
    assert "Her own view is missing" in why(has_own_view=False)


def test_follow_ups_go_on_after_a_case_is_closed():
    assert why(running=["follow_up"]) is None


def test_nobody_asks_for_the_view_of_somebody_who_died_or_was_never_found():
    assert why(has_own_view=False, outcome="died") is None
    assert why(has_own_view=False, outcome="lost_contact") is None
