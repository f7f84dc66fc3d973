"""Tables as data (TOML): what is printed, of which period, place and agency."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger.states import COLUMNS
from spean.statistics.measures import ENTRY, KEYS, MEASURES, Measure

_ID_LENGTH = 48
_OWN = frozenset({"measure", "key", "quantity", "total", "suspected", "only"})


@dataclass(frozen=True)
class Figure:
    """One printed number: so many of a key, where the columns have these values."""

    measure: str
    key: str
    quantity: int
    columns: tuple[tuple[str, str], ...] = ()
    total: bool = False
    suspected: bool = False
    only: str = ""

    @property
    def definition(self) -> Measure:
        return MEASURES[self.measure]

    @property
    def name(self) -> str:
        where = ", ".join(f"{column}={value}" for column, value in self.columns)
        return f"{self.measure} ({self.key}) {where}".strip() + f" = {self.quantity}"


@dataclass(frozen=True)
class Table:
    """One printed table, with what its header says."""

    id: str
    first: date
    last: date
    agency: str
    supporting: tuple[str, ...]
    where: str
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    overlaps: tuple[str, ...]
    figures: tuple[Figure, ...]
    labels: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def digest(self) -> str:
        """Return what tells this table's numbers from another table's of the same name."""
        told = json.dumps([repr(self.first), repr(self.last), repr(self.figures)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def published() -> list[Table]:
    """Return the tables that came out in print, 2017 to 2025."""
    source = files("spean.statistics") / "published_tables.toml"
    return _tables(tomllib.loads(source.read_text(encoding="utf-8")))


def read(path: Path) -> list[Table]:
    """Read tables from a file of the same form; raise Invalid with what is wrong in it."""
    try:
        return _tables(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise Invalid(
            Sentence("{file} cannot be read: {why}.", file=path.name, why=str(broken))
        ) from None


def _tables(held: dict[str, Any]) -> list[Table]:
    tables = held.get("table")
    if not isinstance(tables, list) or not tables:
        raise Invalid(Sentence("The file holds no [[table]]."))
    labels = {str(k): str(v) for k, v in held.get("labels", {}).items()}
    read_tables = [_table(table, labels) for table in tables]
    ids = [table.id for table in read_tables]
    if any(not 0 < len(name) <= _ID_LENGTH for name in ids):
        raise Invalid(Sentence("A table's id has 1 to {length} characters.", length=_ID_LENGTH))
    if len(set(ids)) != len(ids):
        raise Invalid(Sentence("Two tables bear the same id. Give each its own."))
    return read_tables


def _table(held: dict[str, Any], labels: dict[str, str]) -> Table:
    name = str(held.get("id", "?"))
    try:
        first, last = (date.fromisoformat(str(day)) for day in held["period"])
        figures = tuple(_figure(name, figure) for figure in held["figures"])
        table_id = str(held["id"])
    except (KeyError, ValueError, TypeError) as broken:
        raise Invalid(
            Sentence(
                "The table {table} lacks or misstates {what}. It needs id, period and figures.",
                table=name,
                what=str(broken),
            )
        ) from None
    return Table(
        id=table_id,
        first=first,
        last=last,
        agency=str(held.get("agency", "")),
        supporting=tuple(held.get("supporting", ())),
        where=str(held.get("where", "")),
        countries=tuple(held.get("countries", ())),
        provinces=tuple(held.get("provinces", ())),
        overlaps=tuple(held.get("overlaps", ())),
        figures=figures,
        labels=labels,
    )


def _figure(table: str, held: dict[str, Any]) -> Figure:
    measure, key, quantity = held["measure"], held["key"], held["quantity"]
    columns = {str(k): str(v) for k, v in held.items() if k not in _OWN}
    wrong = next((c for c in columns if c not in COLUMNS), "")
    if measure not in MEASURES:
        wrong = measure
    elif key not in (*KEYS, ENTRY):
        wrong = key
    if wrong or not isinstance(quantity, int) or quantity < 0:
        raise Invalid(
            Sentence(
                "The table {table} has a figure that is not understood: {what}.",
                table=table,
                what=wrong or f"quantity {quantity}",
            )
        )
    return Figure(
        measure=measure,
        key=key,
        quantity=quantity,
        columns=tuple(sorted(columns.items())),
        total=bool(held.get("total", False)),
        suspected=bool(held.get("suspected", False)),
        only=str(held.get("only", "")),
    )
