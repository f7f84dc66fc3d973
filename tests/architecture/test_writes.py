"""Only actions write. Everything else reads."""

from __future__ import annotations

import ast

from tests.architecture.tree import SRC, is_action, python_files

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# Who else may, and why: the job runner moves the job library's own rows.
MAY_WRITE = {"shell/jobs.py"}


def writes_in(source: str):
    """Yield the line of every call that writes through a queryset, a manager or a row."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in WRITES and _is_of_the_database(node.func):
            yield node.lineno, node.func.attr


def _is_of_the_database(func: ast.Attribute) -> bool:
    """Tell a queryset's or row's verb from a dict's or a hash's, by what it hangs on."""
    if func.attr not in {"update", "delete"}:
        return True
    chain = ast.unparse(func.value)
    return "objects" in chain or ".filter(" in chain or func.attr == "delete"


def test_only_actions_write():
    found = [
        f"{path.relative_to(SRC)}:{line} .{verb}()"
        for path in python_files()
        if not is_action(path) and str(path.relative_to(SRC)) not in MAY_WRITE
        for line, verb in writes_in(path.read_text())
    ]
    assert found == []


def test_the_check_would_catch_a_write_in_a_view():
    planted = "def view(request):\n    Case.objects.filter(pk=1).update(state='closed')\n"
    assert list(writes_in(planted)) == [(2, "update")]
