"""Whole numbers that meet sums at the least cost: exact, small, for tables of a few dozen cells.

The simplex method in fractions (two phases, Bland's rule, so it ends), then branching on what is
not whole. Tables of totals and parts nearly always come out whole at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

_BRANCHES = 400
Row = list[Fraction]


def solve(
    count: int,
    sums: Sequence[tuple[Sequence[int], int]],
    *,
    at_most: Sequence[tuple[Sequence[int], int]] = (),
    at_least: Sequence[tuple[Sequence[int], int]] = (),
    costs: Sequence[int] = (),
) -> list[int] | None:
    """Return ``count`` whole numbers, none negative, that meet every sum; None if there are none.

    Each condition is (places, number): the numbers at the places add up to it, to at most it, or
    to at least it. ``costs`` (one a number) says which to keep small.
    """
    budget = [_BRANCHES]
    weights = [Fraction(cost) for cost in costs] or [Fraction(0)] * count
    return _branch(weights, list(sums), list(at_most), list(at_least), budget)


_Conditions = list[tuple[Sequence[int], int]]


def _branch(
    costs: Row, sums: _Conditions, most: _Conditions, least: _Conditions, budget: list[int]
) -> list[int] | None:
    budget[0] -= 1
    found = _relaxed(costs, sums, most, least) if budget[0] >= 0 else None
    if found is None:
        return None
    broken = next((i for i, value in enumerate(found) if value.denominator != 1), None)
    if broken is None:
        return [int(value) for value in found]
    floor = found[broken].numerator // found[broken].denominator
    lower = _branch(costs, sums, [*most, ([broken], floor)], least, budget)
    if lower is not None:
        return lower
    return _branch(costs, sums, most, [*least, ([broken], floor + 1)], budget)


def _relaxed(
    costs: Row, sums: _Conditions, most: _Conditions, least: _Conditions
) -> list[Fraction] | None:
    slacks = len(most) + len(least)
    rows = _rows(len(costs), sums, most, least)
    width = len(costs) + slacks
    basis = [width + i for i in range(len(rows))]
    # The artificial columns are implied: phase one drives their sum to nothing.
    artificial = [sum((row[j] for row in rows), Fraction(0)) for j in range(width + 1)]
    _improve(rows, artificial, basis, width)
    if artificial[-1] != 0:
        return None
    _drive_out(rows, artificial, basis, width)
    _improve(rows, _reduced(rows, basis, [*costs, *[Fraction(0)] * slacks]), basis, width)
    solution = [Fraction(0)] * width
    for row, column in zip(rows, basis, strict=True):
        if column < width:
            solution[column] = row[-1]
    return solution[: len(costs)]


def _rows(count: int, sums: _Conditions, most: _Conditions, least: _Conditions) -> list[Row]:
    """Return the conditions as equations: a slack column for each that is not a sum."""
    width = count + len(most) + len(least)
    rows = [_row(places, number, width) for places, number in (*sums, *most, *least)]
    for place in range(len(most) + len(least)):
        rows[len(sums) + place][count + place] = Fraction(1 if place < len(most) else -1)
    return [[-value for value in row] if row[-1] < 0 else row for row in rows]


def _row(places: Sequence[int], number: int, width: int) -> Row:
    row = [Fraction(0)] * (width + 1)
    for place in places:
        row[place] = Fraction(1)
    row[-1] = Fraction(number)
    return row


def _improve(rows: list[Row], gain: Row, basis: list[int], width: int) -> None:
    """Pivot while some column still brings a gain (the problem is bounded: all sums are)."""
    while True:
        enter = next((j for j in range(width) if gain[j] > 0), None)
        leave = None if enter is None else _leaving(rows, basis, enter)
        if enter is None or leave is None:
            return
        _pivot(rows, gain, leave, enter)
        basis[leave] = enter


def _drive_out(rows: list[Row], gain: Row, basis: list[int], width: int) -> None:
    """Take artificial columns (all at nothing by now) out of the basis; drop rows that say none."""
    for i in reversed(range(len(rows))):
        if basis[i] < width:
            continue
        enter = next((j for j in range(width) if rows[i][j]), None)
        if enter is None:
            del rows[i], basis[i]
        else:
            _pivot(rows, gain, i, enter)
            basis[i] = enter


def _reduced(rows: list[Row], basis: list[int], costs: Row) -> Row:
    """Return each column's gain: what is saved by letting one more of it in."""
    gain = [-cost for cost in costs] + [Fraction(0)]
    for row, column in zip(rows, basis, strict=True):
        if costs[column]:
            gain = [g + costs[column] * value for g, value in zip(gain, row, strict=True)]
    return gain


def _leaving(rows: list[Row], basis: list[int], enter: int) -> int | None:
    found: tuple[Fraction, int, int] | None = None
    for i, row in enumerate(rows):
        if row[enter] > 0:
            offer = (row[-1] / row[enter], basis[i], i)
            if found is None or offer < found:
                found = offer
    return found[2] if found else None


def _pivot(rows: list[Row], cost: Row, leave: int, enter: int) -> None:
    pivot = rows[leave][enter]
    rows[leave] = [value / pivot for value in rows[leave]]
    chosen = rows[leave]
    for i, row in enumerate(rows):
        if i != leave and row[enter]:
            factor = row[enter]
            rows[i] = [a - factor * b if b else a for a, b in zip(row, chosen, strict=True)]
    factor = cost[enter]
    cost[:] = [a - factor * b if b else a for a, b in zip(cost, chosen, strict=True)]
