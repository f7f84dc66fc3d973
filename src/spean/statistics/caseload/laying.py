"""From a printed table to the entries whose true counts it is.

Figures of one kind of entry are met together: each unit (a person, or a case, an operation) falls
into one cell of the columns the figures name; how many in each cell is solved exactly. Then cases,
proceedings and nationalities are dealt to the units so that their own figures come out.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, islice, product

from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger.states import COLUMNS
from spean.statistics.caseload.filling import NATIONALITIES, OTHERWISE, fill
from spean.statistics.caseload.solver import solve
from spean.statistics.caseload.tables import Figure, Table
from spean.statistics.measures import ENTRY

_UNIT_OF = {"case_opened": "case", "operation_executed": "operation", "facility_closed": ENTRY,
            "complaint_received": ENTRY}  # fmt: skip
_CELLS = 4000
_CLASSES = 8
Columns = dict[str, str]


@dataclass
class Unit:
    """One thing that happened, to be laid as one entry."""

    index: int
    columns: Columns = field(default_factory=dict)

    @property
    def group(self) -> str:
        """Return what binds it to others: they are walked together, or not at all."""
        shared = (self.columns.get(k, "") for k in ("case", "operation", "proceeding"))
        return next((key for key in shared if key), f"alone/{self.index}")


def units(table: Table, seed: int, days: Sequence[date] = ()) -> list[Unit]:
    """Return the table's units, always the same for a seed; raise Invalid if it cannot be met.

    ``days`` are those it may lie on (default: its period).
    """
    lying = list(days) or days_between(table.first, table.last)
    lying = [day for day in lying if day <= clock.today()]
    if not lying:
        raise Invalid(
            Sentence("The table {table} lies in the future, or under another.", table=table.id)
        )
    rng = random.Random(f"{seed}/{table.id}")  # noqa: S311 - a made caseload, not a secret
    found: list[Unit] = []
    for kind, figures in _by_kind(table).items():
        found += _of_kind(table, kind, figures, rng, start=len(found))
    fill(table, [unit.columns for unit in found], lying, rng)
    return found


def walkable(found: Sequence[Unit], least: int) -> list[Unit]:
    """Return at least ``least`` units (or all), taking whole cases."""
    groups: dict[str, list[Unit]] = {}
    for unit in found:
        groups.setdefault(unit.group, []).append(unit)
    taken: list[Unit] = []
    for group in groups.values():
        if len(taken) >= least:
            break
        taken += group
    return taken


def rows(found: Sequence[Unit], exclude: Collection[int] = ()) -> Iterator[list[str]]:
    """Yield the units' lines in the order of the ledger's columns, but for those excluded."""
    for unit in found:
        if unit.index not in exclude:
            yield [unit.columns.get(column, "") for column in COLUMNS]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _by_kind(table: Table) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in table.figures:
        found.setdefault(figure.definition.kinds[0], []).append(figure)
    return found


def conditions(figure: Figure) -> Columns:
    """Return the columns a figure asks for, the role that its measure implies included."""
    role = {"role": figure.definition.roles[0]} if figure.definition.roles else {}
    return role | dict(figure.columns)


def _meets(columns: Columns, wanted: Columns) -> bool:
    return all(columns.get(column, "") == value for column, value in wanted.items())


def _of_kind(
    table: Table, kind: str, figures: list[Figure], rng: random.Random, start: int
) -> list[Unit]:
    unit_key = _unit_key(kind, figures)
    counted = [figure for figure in figures if figure.key == unit_key]
    if not counted:
        most = max(figure.quantity for figure in figures)
        counted = [Figure(figures[0].measure, unit_key, most)]
    cells = _cells(figures, counted)
    numbers = _numbers(table, cells, counted)
    laid = [dict(cell) for cell, number in zip(cells, numbers, strict=True) for _ in range(number)]
    rng.shuffle(laid)
    found = [Unit(start + place, columns) for place, columns in enumerate(laid)]
    suspected = any(figure.suspected for figure in figures)
    for unit in found:
        unit.columns["kind"] = kind
        if unit_key != ENTRY:
            unit.columns[unit_key] = f"{table.id}/{unit_key[0]}{unit.index:05}"
        if suspected:
            unit.columns.setdefault("outcome", "suspected")
    others = dict.fromkeys(f.key for f in figures if f.key != unit_key)
    for key in others:
        _deal(table, key, [f for f in figures if f.key == key], found)
    return found


def _unit_key(kind: str, figures: list[Figure]) -> str:
    keys = [figure.key for figure in figures]
    if "person" in keys:
        return "person"
    if kind in _UNIT_OF:
        return _UNIT_OF[kind]
    return "request" if keys == ["request"] else "person"


def _cells(figures: list[Figure], counted: list[Figure]) -> list[Columns]:
    """Return the cells a unit may fall into: a value, or another than all named, a column."""
    named: dict[str, list[str]] = {}
    for figure in figures:
        for column, value in conditions(figure).items():
            if value not in named.setdefault(column, []):
                named[column].append(value)
    size = 1
    for values in named.values():
        size *= len(values) + 1
    if size > _CELLS:
        raise Invalid(
            Sentence(
                "The figures {figure} and those beside it cross too many columns.",
                figure=figures[0].name,
            )
        )
    choices = [[*values, OTHERWISE] for values in named.values()]
    cells = (dict(zip(named, chosen, strict=True)) for chosen in product(*choices))
    return [cell for cell in cells if _belongs(cell, counted)]


def _belongs(cell: Columns, counted: list[Figure]) -> bool:
    """Tell whether a cell is told of by some figure, and lies within its measure's total."""
    told = [figure for figure in counted if _meets(cell, conditions(figure))]
    if not told:
        return False
    for measure in {figure.measure for figure in told}:
        totals = [f for f in counted if f.measure == measure and f.total]
        if totals and not any(_meets(cell, conditions(figure)) for figure in totals):
            return False
    return True


def _numbers(table: Table, cells: list[Columns], counted: list[Figure]) -> list[int]:
    sums = [
        ([i for i, cell in enumerate(cells) if _meets(cell, conditions(figure))], figure.quantity)
        for figure in counted
    ]
    # Nobody is said to be more than is printed: a named value only where a figure needs it.
    costs = [sum(value != OTHERWISE for value in cell.values()) for cell in cells]
    numbers = solve(len(cells), sums, costs=costs)
    if numbers is not None:
        return numbers
    for place, figure in enumerate(counted):
        if solve(len(cells), sums[: place + 1]) is None:
            raise cannot(table, figure)
    raise cannot(table, counted[-1])


def cannot(table: Table, figure: Figure) -> Invalid:
    return Invalid(
        Sentence(
            "The table {table} cannot be met: {figure} does not fit the figures before it.",
            table=table.id,
            figure=figure.name,
        )
    )


# --- cases, proceedings, nationalities: keys that several units share ---------------------------


def _deal(table: Table, key: str, figures: list[Figure], found: list[Unit]) -> None:
    """Give the units keys so that each figure's count of them comes out."""
    if key == "agency":
        wrong = next((f for f in figures if f.quantity != 1), None)
        if wrong:
            raise cannot(table, wrong)
        return
    free = [u for u in found if key != "nationality" or u.columns.get(key, "") in ("", OTHERWISE)]
    classes: dict[tuple[bool, ...], list[Unit]] = {}
    for unit in free:
        told = tuple(_meets(unit.columns, conditions(figure)) for figure in figures)
        if any(told):
            classes.setdefault(told, []).append(unit)
    wanted = [f.quantity - _fixed(f, key, found, free) for f in figures]
    patterns = _patterns(len(classes))
    numbers = _pattern_numbers(classes, patterns, wanted)
    if numbers is None:
        tried = (_pattern_numbers(classes, patterns, wanted[: n + 1]) for n in range(len(figures)))
        raise cannot(table, figures[next((n for n, t in enumerate(tried) if t is None), -1)])
    _hand_out(list(classes.values()), patterns, numbers, key, _names(table, key, found))


def _hand_out(
    groups: list[list[Unit]],
    patterns: list[tuple[int, ...]],
    numbers: list[int],
    key: str,
    names: Iterator[str],
) -> None:
    """Name the keys, and give each group's units the names that touch it, in turn."""
    offered: list[list[str]] = [[] for _ in groups]
    for pattern, number in zip(patterns, numbers, strict=True):
        for name in islice(names, number):
            for place in pattern:
                offered[place].append(name)
    for group, own in zip(groups, offered, strict=True):
        for place, unit in enumerate(group):
            unit.columns[key] = own[place % len(own)]


def _fixed(figure: Figure, key: str, found: list[Unit], free: list[Unit]) -> int:
    """Return how many keys the figure's units have already (nationalities named by others)."""
    are_free = {unit.index for unit in free}
    told = (u for u in found if u.index not in are_free and _meets(u.columns, conditions(figure)))
    return len({unit.columns[key] for unit in told})


def _patterns(count: int) -> list[tuple[int, ...]]:
    """Return the sets of classes that one key may touch, the smallest first."""
    sizes = range(1, count + 1) if count <= _CLASSES else (1, count)
    return [pattern for size in sizes for pattern in combinations(range(count), size)]


def _pattern_numbers(
    classes: dict[tuple[bool, ...], list[Unit]], patterns: list[tuple[int, ...]], wanted: list[int]
) -> list[int] | None:
    if any(number < 0 for number in wanted):
        return None
    signs = list(classes)
    sums = [
        ([i for i, p in enumerate(patterns) if any(signs[place][f] for place in p)], number)
        for f, number in enumerate(wanted)
    ]
    touching = [[i for i, p in enumerate(patterns) if c in p] for c in range(len(signs))]
    sizes = [len(group) for group in classes.values()]
    return solve(
        len(patterns),
        sums,
        at_most=list(zip(touching, sizes, strict=True)),
        at_least=[(places, 1) for places in touching],
    )


def _names(table: Table, key: str, found: list[Unit]) -> Iterator[str]:
    if key != "nationality":
        number = found[0].index if found else 0
        while True:
            yield f"{table.id}/{key[:4]}{number:05}"
            number += 1
    taken = {unit.columns.get(key, "") for unit in found}
    yield from (code for code in NATIONALITIES if code not in taken)
