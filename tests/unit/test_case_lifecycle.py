"""The life of a case and of a task: a table, walked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.cases.states import LIFECYCLE, TASK_LIFECYCLE, CaseState, TaskState
from spean.kernel.errors import IllegalMove


def test_every_state_of_a_case_is_reachable():
    assert LIFECYCLE.reachable() == set(CaseState)


def test_every_state_of_a_task_is_reachable():
    assert TASK_LIFECYCLE.reachable() == set(TaskState)


def test_every_closure_can_be_reopened():
    assert "reopen" in LIFECYCLE.verbs(CaseState.CLOSED)


@given(st.sampled_from(CaseState), st.sampled_from([m.verb for m in LIFECYCLE.moves]))
def test_a_move_is_offered_or_refused_never_both(state, verb):
    if verb in LIFECYCLE.verbs(state):
        assert LIFECYCLE.after(state, verb) in CaseState
    else:
        with pytest.raises(IllegalMove):
            LIFECYCLE.after(state, verb)
