"""Count a made caseload the plain way, to be sure of it before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from spean.statistics.caseload.laying import Columns, Unit, cannot
from spean.statistics.caseload.tables import Figure, Table
from spean.statistics.measures import ENTRY

Laid = tuple[Table, Sequence[date], Sequence[Unit]]


def check(laid: Sequence[Laid]) -> None:
    """Raise Invalid with the first figure that does not come out over all that is laid."""
    everything = [unit.columns for _, _, found in laid for unit in found]
    for table, days, _ in laid:
        for figure in table.figures:
            if _count(table, figure, days, everything) != figure.quantity:
                raise cannot(table, figure)


def _count(
    table: Table, figure: Figure, days: Sequence[date], everything: Iterable[Columns]
) -> int:
    first, last = (days[0], days[-1]) if figure.only else (table.first, table.last)
    keys: set[object] = set()
    for place, columns in enumerate(everything):
        if not first.isoformat() <= columns["occurred"] <= last.isoformat():
            continue
        if _is_told(table, figure, columns):
            keys.add(place if figure.key == ENTRY else columns.get(figure.key, ""))
    return len(keys - {""})


def _is_told(table: Table, figure: Figure, columns: Columns) -> bool:
    measure = figure.definition
    if columns["kind"] not in measure.kinds:
        return False
    if measure.roles and columns.get("role", "") not in measure.roles:
        return False
    if table.agency and columns["agency"] != table.agency:
        return False
    place = columns.get("from", "")
    if table.where and (place == "KHM") != (table.where == "home"):
        return False
    return all(columns.get(column, "") == value for column, value in figure.columns)
