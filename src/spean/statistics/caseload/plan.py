"""Lay several tables together: each on its days, the later under none of the earlier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spean.statistics.caseload.checking import Laid, check
from spean.statistics.caseload.laying import days_between, units
from spean.statistics.caseload.tables import Table


def lay(tables: Sequence[Table], seed: int) -> list[Laid]:
    """Return the tables with their units; raise Invalid with the figure that cannot be met."""
    laid: list[Laid] = []
    for table in tables:
        days = days_of(table, [done for done, _, _ in laid])
        laid.append((table, days, units(table, seed, days)))
    check(laid)
    return laid


def days_of(table: Table, before: Sequence[Table]) -> list[date]:
    """Return the days of the table's period that no earlier table it overlaps has taken."""
    taken = [t for t in before if t.id in table.overlaps or table.id in t.overlaps]
    days = days_between(table.first, table.last)
    return [day for day in days if not any(t.first <= day <= t.last for t in taken)]
