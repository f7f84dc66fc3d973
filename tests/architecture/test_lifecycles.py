"""Every lifecycle table is whole: each state reachable, each other move refused."""

from __future__ import annotations

import itertools

import pytest

from spean.kernel.errors import IllegalMove
from tests.architecture.tree import lifecycles

TABLES = dict(lifecycles())


def test_there_are_lifecycles_to_walk():
    assert len(TABLES) >= 7


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_state_is_reachable_and_every_other_move_refused(name):
    table = TABLES[name]
    states = set(type(table.initial))
    assert table.reachable() == states
    for state, verb in itertools.product(states, {m.verb for m in table.moves}):
        if verb in table.verbs(state):
            assert table.after(state, verb) in states
        else:
            with pytest.raises(IllegalMove):
                table.after(state, verb)
