"""Closed by default: every URL says who may open it, every action asks a policy."""

from __future__ import annotations

import ast

import pytest

from spean.shell.matrix import doors
from tests.architecture.tree import SRC, functions, is_action, python_files

# Actions that ask no policy, and why.
NO_POLICY = {
    "shell.actions.mark_demo": "called by the demo command alone",
    "journal.actions.record": "every actor leaves traces",
    "journal.actions.saw": "every actor leaves traces",
    "journal.actions.write_checkpoint": "the clock's",
    "ledger.actions.record": "called inside other rooms' actions, which ask their own policy",
}


def test_every_url_says_who_may_open_it():
    silent = [door.path for door in doors() if door.rule is None and not door.is_library]
    assert silent == []


def test_the_library_s_doors_are_few_and_known():
    known = {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_inactive",
        "mfa_authenticate",
        "mfa_reauthenticate",
    }
    assert {door.name for door in doors() if door.is_library} <= known


def _asks(function: ast.FunctionDef) -> bool:
    source = ast.unparse(function)
    return ".require(" in source or "_require" in source


def _public_actions():
    for path in python_files():
        if not is_action(path) or path.name == "__init__.py":
            continue
        room = str(path.relative_to(SRC).with_suffix("")).replace("/", ".")
        for function in functions(path):
            named = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
            if not function.name.startswith("_") and "actor" in named:
                yield f"{room}.{function.name}", function


def test_there_are_actions_to_check():
    assert len(list(_public_actions())) > 40


@pytest.mark.parametrize(
    ("name", "function"), [pytest.param(n, f, id=n) for n, f in _public_actions()]
)
def test_every_action_asks_a_policy(name, function):
    assert _asks(function) or name in NO_POLICY
