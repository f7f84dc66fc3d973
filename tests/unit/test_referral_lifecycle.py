from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.dates import checked_day
from spean.kernel.errors import IllegalMove, Invalid
from spean.referrals.rules import TERMS, answer_due, checked_due
from spean.referrals.states import (
    ANSWER_WORDS,
    DISCLOSED_WORDS,
    HOST_ANSWER_WORDS,
    HOST_LIFECYCLE,
    LIFECYCLE,
    PURPOSE_WORDS,
    STATE_WORDS,
    Answer,
    Disclosed,
    HostAnswer,
    HostState,
    Purpose,
    ReferralState,
)

NOW = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)


def test_every_state_is_reachable():
    assert LIFECYCLE.reachable() == set(ReferralState)
    assert HOST_LIFECYCLE.reachable() == set(HostState)


@given(st.sampled_from(ReferralState), st.sampled_from([m.verb for m in LIFECYCLE.moves]))
def test_a_move_is_offered_or_refused_never_both(state, verb):
    if verb in LIFECYCLE.verbs(state):
        assert LIFECYCLE.after(state, verb) in ReferralState
    else:
        with pytest.raises(IllegalMove):
            LIFECYCLE.after(state, verb)


def test_an_answer_can_be_given_at_once_without_accepting_first():
    assert LIFECYCLE.after(ReferralState.SENT, "answer") is ReferralState.ANSWERED


@given(st.sampled_from(Purpose))
def test_danger_shortens_every_term_to_a_day(purpose):
    assert answer_due(purpose, NOW, danger=True) - NOW <= timedelta(hours=24)
    assert answer_due(purpose, NOW, danger=False) == NOW + TERMS[purpose]


def test_verifying_nationality_takes_five_working_days():
    assert answer_due(Purpose.VERIFY_NATIONALITY, NOW, danger=False) == NOW + timedelta(days=7)


def test_a_time_limit_in_the_past_is_refused():
    with pytest.raises(Invalid, match="already passed"):
        checked_due(NOW, NOW)


def test_a_day_to_come_or_before_the_step_before_it_is_refused():
    today = date(2025, 3, 3)
    assert checked_day(today, today, not_before=today) == today
    with pytest.raises(Invalid, match="in the future"):
        checked_day(date(2025, 3, 4), today)
    with pytest.raises(Invalid, match="before 2025-03-02"):
        checked_day(date(2025, 3, 1), today, not_before=date(2025, 3, 2))


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (ReferralState, STATE_WORDS),
        (Purpose, PURPOSE_WORDS),
        (Answer, ANSWER_WORDS),
        (HostAnswer, HOST_ANSWER_WORDS),
        (Disclosed, DISCLOSED_WORDS),
    ],
)
def test_every_code_has_its_words(codes, words):
    assert set(words) == {c.value for c in codes}
