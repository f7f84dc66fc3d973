from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.dates import age_on
from spean.kernel.errors import IllegalMove
from spean.returns.access import BY_VERB
from spean.returns.rules import alarm, is_child_on, latest
from spean.returns.states import (
    LIFECYCLE,
    PAPERS_WORDS,
    PATH,
    PLACEMENT_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    VERB_WORDS,
    WAITING_WORDS,
    Papers,
    Placement,
    ReturnState,
    WaitingPlace,
)


def test_every_state_is_reachable():
    assert LIFECYCLE.reachable() == set(ReturnState)


@given(st.sampled_from(ReturnState), st.sampled_from([m.verb for m in LIFECYCLE.moves]))
def test_a_move_is_offered_or_refused_never_both(state, verb):
    if verb in LIFECYCLE.verbs(state):
        assert LIFECYCLE.after(state, verb) in ReturnState
    else:
        with pytest.raises(IllegalMove):
            LIFECYCLE.after(state, verb)


def test_the_path_walks_from_the_plan_to_the_hand_over():
    for (_, before), (verb, after) in pairwise(PATH):
        assert LIFECYCLE.after(before, verb) is after


def test_nobody_falls_out_after_she_arrived():
    assert "fall_out" not in LIFECYCLE.verbs(ReturnState.ARRIVED)


def test_every_verb_has_a_policy_and_words():
    verbs = {move.verb for move in LIFECYCLE.moves}
    assert verbs == set(BY_VERB)
    assert verbs | {"plan"} == set(VERB_WORDS)
    assert {verb for verb, _ in PATH} == set(STEP_WORDS)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (ReturnState, STATE_WORDS),
        (WaitingPlace, WAITING_WORDS),
        (Papers, PAPERS_WORDS),
        (Placement, PLACEMENT_WORDS),
    ],
)
def test_every_code_has_its_words(codes, words):
    assert set(words) == {c.value for c in codes}


@pytest.mark.parametrize(
    ("days", "reached"), [(0, 0), (29, 0), (30, 30), (59, 30), (60, 60), (90, 90), (200, 90)]
)
def test_a_wait_raises_an_alarm_at_30_60_and_90_days(days, reached):
    since = date(2025, 1, 1)
    assert alarm(since, date.fromordinal(since.toordinal() + days)) == reached


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("2003-05-01", "21"),
        ("2003-04-22", "22"),
        ("2003", "21-22"),
        ("2003-02", "22"),
        ("", ""),
        ("2026", ""),
    ],
)
def test_an_age_is_exact_where_the_birth_is_known_and_a_band_where_only_the_year_is(born, age):
    assert age_on(born, date(2025, 4, 22)) == age


def test_somebody_is_a_child_if_the_birth_leaves_a_doubt():
    day = date(2025, 4, 22)
    assert is_child_on("2007", None, day)  # 17 or 18
    assert not is_child_on("2006", True, day)
    assert is_child_on("", True, day)
    assert not is_child_on("", None, day)


def test_the_latest_day_is_of_those_that_are_known():
    assert latest([None, date(2025, 1, 2), date(2025, 1, 1)]) == date(2025, 1, 2)
    assert latest([None]) is None
