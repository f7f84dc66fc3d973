from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.care.rules import custody_missing, follow_up_days
from spean.care.states import (
    LIFECYCLE,
    MODE_WORDS,
    RESULT_WORDS,
    STATE_WORDS,
    VERB_WORDS,
    CareState,
    FollowUpResult,
    Mode,
)
from spean.kernel.errors import IllegalMove
from spean.returns.states import Placement


def test_every_state_is_reachable():
    assert LIFECYCLE.reachable() == set(CareState)


@given(st.sampled_from(CareState), st.sampled_from([m.verb for m in LIFECYCLE.moves]))
def test_a_move_is_offered_or_refused_never_both(state, verb):
    if verb in LIFECYCLE.verbs(state):
        assert LIFECYCLE.after(state, verb) in CareState
    else:
        with pytest.raises(IllegalMove):
            LIFECYCLE.after(state, verb)


def test_somebody_found_again_is_asked_anew_where_she_wants_to_be():
    assert LIFECYCLE.after(CareState.LOST_CONTACT, "find") is CareState.RECEIVED


def test_follow_ups_fall_after_a_week_and_1_3_6_12_months_and_24_for_a_child():
    placed = date(2025, 4, 22)
    days = follow_up_days(placed, child=False)
    assert [(d - placed).days for d in days] == [7, 30, 91, 182, 365]
    assert (follow_up_days(placed, child=True)[-1] - placed).days == 730


@given(st.sampled_from(Placement), st.booleans(), st.booleans())
def test_only_a_child_away_from_family_needs_the_custody_document(choice, child, paper):
    why = custody_missing(choice, child=child, has_paper=paper)
    away = choice in {Placement.SHELTER, Placement.NGO}
    assert (why is not None) == (child and away and not paper)


@pytest.mark.parametrize(
    ("codes", "words"),
    [(CareState, STATE_WORDS), (Mode, MODE_WORDS), (FollowUpResult, RESULT_WORDS)],
)
def test_every_code_has_its_words(codes, words):
    assert set(words) == {c.value for c in codes}
    assert set(VERB_WORDS) == {move.verb for move in LIFECYCLE.moves}
