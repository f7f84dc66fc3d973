"""Each promise of the guard names tests that exist, or says why it has none yet."""

from __future__ import annotations

import ast
import tomllib

import pytest

from tests.architecture.tree import ROOT

PROMISES = tomllib.loads((ROOT / "tests" / "guard.toml").read_text())["promise"]
NAMED = sorted({test for promise in PROMISES for test in promise.get("tests", [])})


def test_a_promise_is_made_once_and_says_how_it_is_kept():
    said = [promise["says"] for promise in PROMISES]
    assert len(set(said)) == len(said)
    for promise in PROMISES:
        assert promise.keys() <= {"says", "tests", "later"}
        assert promise.get("tests") or promise.get("later"), promise["says"]


@pytest.mark.parametrize("test", NAMED)
def test_each_test_that_a_promise_names_exists(test):
    path, _, name = test.partition("::")
    defined = {
        node.name
        for node in ast.parse((ROOT / path).read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    assert name in defined
