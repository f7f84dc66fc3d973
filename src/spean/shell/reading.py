"""A GET cannot write: the wrapper that refuses, and the journal's own door through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_open: ContextVar[bool] = ContextVar("journal_door_open", default=False)
_READS = (
    "SELECT",
    "SAVEPOINT ",
    "RELEASE SAVEPOINT ",
    "ROLLBACK TO SAVEPOINT ",
    "WITH ",
    "EXPLAIN ",
)


class WroteOnRead(RuntimeError):
    """A page that only shows tried to change something: a defect."""


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    # The session is the web's own bookkeeping, not the house's data.
    is_session = '"django_session"' in sql
    if not _open.get() and not is_session and not sql.lstrip("( ").upper().startswith(_READS):
        raise WroteOnRead(sql.split(" ", 3)[0:3])
    return execute(sql, params, many, context)


@contextmanager
def journal_door() -> Iterator[None]:
    """Let the journal write that something was seen."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)
