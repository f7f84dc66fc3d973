"""What every test may rely on: a running clock, jobs run on demand, keys of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from spean.kernel import clock

PLAIN = {"browser", "postgres", "drill"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark ``test`` whatever carries no mark of another tier."""
    for item in items:
        if not PLAIN & {m.name for m in item.iter_markers()}:
            item.add_marker(pytest.mark.test)


@pytest.fixture(autouse=True)
def _clock_runs() -> Iterator[None]:
    clock.set_now(None)
    yield
    clock.set_now(None)


@pytest.fixture
def stopped_clock() -> datetime:
    """Stop the clock on a Monday morning in Phnom Penh."""
    instant = datetime(2025, 3, 3, 2, 0, tzinfo=UTC)
    clock.set_now(instant)
    return instant


@pytest.fixture
def run_jobs():
    """Return what runs the jobs that are due: events reach their subscribers."""
    from spean.shell.jobs import run_due

    return run_due


@pytest.fixture(autouse=True, scope="session")
def _a_flush_may_empty_the_books() -> Iterator[None]:
    """Lift the append-only triggers while a transactional test's rows are taken away."""
    from django.db import connection
    from django.test import TransactionTestCase

    from spean.journal import append_only as journal
    from spean.ledger import append_only as ledger

    flush = TransactionTestCase._fixture_teardown

    def run(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def teardown(case: TransactionTestCase) -> None:
        # SQLite deletes each row, PostgreSQL truncates: the books refuse both.
        for book in (journal, ledger):
            run(book.removal(connection.vendor))
        flush(case)
        for book in (journal, ledger):
            run(book.statements(connection.vendor))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
