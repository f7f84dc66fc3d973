"""The life of a request: no end without a way back, and every code has its word."""

from __future__ import annotations

import pytest

from spean.intake import labels
from spean.intake.questions import LABELS, TO_ANOTHER, TO_HER, question
from spean.intake.states import (
    LIFECYCLE,
    Channel,
    ClosureReason,
    ForWhom,
    Missing,
    RequestState,
    Urgency,
)
from spean.kernel.errors import IllegalMove


@pytest.mark.parametrize("state", [RequestState.CLOSED, RequestState.REFERRED_ELSEWHERE])
def test_every_end_can_be_reopened(state):
    assert LIFECYCLE.after(state, "reopen") is RequestState.TRIAGED


def test_waiting_for_an_answer_is_never_an_end():
    assert {"triage", "accept", "close"} <= set(LIFECYCLE.verbs(RequestState.INFO_NEEDED))


def test_a_closed_request_is_not_accepted_without_being_reopened():
    with pytest.raises(IllegalMove):
        LIFECYCLE.after(RequestState.CLOSED, "accept")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (RequestState, labels.STATES),
        (Channel, labels.CHANNELS),
        (ClosureReason, labels.REASONS),
        (Missing, LABELS),
        (Missing, TO_HER),
        (Missing, TO_ANOTHER),
    ],
)
def test_every_code_has_its_word(codes, words):
    assert set(words) == set(codes)


def test_urgency_and_for_whom_have_words_save_where_unset():
    assert set(labels.URGENCIES) == set(Urgency) - {Urgency.UNSET}
    assert set(labels.FOR_WHOM) == set(ForWhom) - {ForWhom.UNSET}


def test_who_writes_for_herself_is_spoken_to_and_who_writes_for_another_is_asked_about_her():
    assert "you" in question(Missing.PLACE, ForWhom.ME)
    assert "the person" in question(Missing.PLACE, ForWhom.SOMEBODY)
    assert "the person" in question(Missing.PLACE, "")
