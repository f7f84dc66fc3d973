"""What a printed table leaves open, filled in by the seed: countries, days, links. Nothing that
is not printed is made up beyond what an entry needs: a sex or an age not told stays unknown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from spean.kernel import clock
from spean.places.countries import CODES, HOME
from spean.statistics.caseload.tables import Table

OTHERWISE = "\0other"  # another value than those the figures name
NATIONALITIES = (
    "VNM", "CHN", "THA", "IDN", "MYS", "PHL", "BGD", "LAO", "MMR", "IND", "PAK", "NPL", "TWN",
    "KHM", *sorted(CODES - {"VNM", "CHN", "THA", "IDN", "MYS", "PHL", "BGD", "LAO", "MMR", "IND",
                            "PAK", "NPL", "TWN", "KHM"}),
)  # fmt: skip
_CHECKPOINTS = ("REP", "BAVET", "POIPET", "CHAM_YEAM")
_ABROAD = ("THA", "VNM", "MYS", "CHN", "IDN", "LAO")
_INSTEAD = {"sex": ("male", "female", "other"), "role": ("companion", "migrant", "other")}
_ROLES = {
    "rescued": "victim", "held_waiting": "victim", "identified": "victim",
    "departure_stopped": "traveller", "departure_interviewed": "traveller",
    "suspect_detained": "suspect", "suspect_identified": "suspect", "suspect_at_large": "suspect",
    "prosecuted": "suspect", "convicted": "suspect", "acquitted": "suspect",
}  # fmt: skip
_ARRIVALS = frozenset({"repatriated", "returned_migrant"})
Columns = dict[str, str]


def fill(table: Table, laid: Sequence[Columns], days: Sequence[date], rng: random.Random) -> None:
    """Complete the units' columns in place."""
    named = _named(table)
    cases = [c["case"] for c in laid if c["kind"] == "case_opened" and c.get("case")]
    operations = [c["operation"] for c in laid if c["kind"] == "operation_executed"]
    links: dict[str, tuple[date, str]] = {}
    for place, columns in enumerate(laid):
        _instead(columns, named, rng)
        if cases and "case" not in columns and columns["kind"] == "rescued":
            columns["case"] = cases[place % len(cases)]
        if operations and "operation" not in columns and columns["kind"] != "case_opened":
            columns["operation"] = operations[place % len(operations)]
        _from_header(table, columns, named, rng)
        day, province = _linked(table, columns, links, days, rng)
        if province and not columns.get("province"):
            columns["province"] = province
        columns["occurred"] = day.isoformat()
        columns["recorded"] = _recorded(day, rng)


def _named(table: Table) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for figure in table.figures:
        for column, value in figure.columns:
            found.setdefault(column, set()).add(value)
    return found


def _instead(columns: Columns, named: dict[str, set[str]], rng: random.Random) -> None:
    """Put a true other value where a cell says only "another than those named"."""
    for column, value in list(columns.items()):
        if value != OTHERWISE:
            continue
        offered = {
            **_INSTEAD, "nationality": NATIONALITIES[:8], "checkpoint": _CHECKPOINTS,
            "from": _ABROAD + NATIONALITIES,
        }.get(column, ())  # fmt: skip
        left = [v for v in offered if v not in named.get(column, ()) and v != HOME]
        few = left[:1] if column in _INSTEAD else left[:4]
        columns[column] = rng.choice(few) if few else ""


def _from_header(
    table: Table, columns: Columns, named: dict[str, set[str]], rng: random.Random
) -> None:
    columns["agency"] = table.agency
    columns["supporting"] = ";".join(table.supporting)
    if table.where == "home":
        columns.setdefault("from", HOME)
    elif table.where == "abroad" and not columns.get("from"):
        offered = table.countries or tuple(sorted(named.get("from", ()))) or _ABROAD
        columns["from"] = rng.choice(offered)
    kind = columns["kind"]
    if kind in _ARRIVALS:
        columns["to"] = HOME
    if "role" not in columns and kind in _ROLES:
        columns["role"] = _ROLES[kind]
    if table.countries and "form" not in columns:
        columns["form"] = rng.choice(("trafficking", "trafficking", "rights_abuse", ""))


def _linked(
    table: Table,
    columns: Columns,
    links: dict[str, tuple[date, str]],
    days: Sequence[date],
    rng: random.Random,
) -> tuple[date, str]:
    """Return day and province: one for a case or an operation, its own for who is in none."""
    shared = columns.get("operation") or columns.get("case") or columns.get("proceeding")
    if shared and shared in links:
        return links[shared]
    provinces = table.provinces
    found = (rng.choice(days), provinces[len(links) % len(provinces)] if provinces else "")
    if shared:
        links[shared] = found
    return found


def _recorded(day: date, rng: random.Random) -> str:
    """Return an instant of a working hour, up to three days later, not in the future."""
    later = day + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2, 3)))
    hour = time(rng.randint(1, 9), rng.randint(0, 59), tzinfo=UTC)  # 8 to 16 o'clock here
    return min(datetime.combine(later, hour), clock.now()).isoformat(timespec="seconds")
