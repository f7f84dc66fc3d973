"""Count: from the mirror's entries to the cells of a statement.

Ibis writes the questions once; DuckDB answers them here, over Arrow tables read from the mirror.
All three are imported where used. An entry is in effect as known on a day if it was recorded by
then and nothing recorded by then supersedes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from spean.kernel import clock
from spean.ledger import mirror
from spean.ledger.states import Kind, field_of
from spean.statistics.joining import roots
from spean.statistics.measures import ENTRY, MEASURES, Measure
from spean.statistics.rules import PLACE, UNKNOWN, Asked, By

HOME = "KHM"
_NEEDED = (
    "id", "counts_as", "occurred", "occurred_first", "occurred_last", "recorded", "loaded",
    "supersedes_id", "agency", "role",
)  # fmt: skip
# A column of the CSV, and the column of the mirror that holds it.
_MIRROR = {"kind": "counts_as", "supersedes": "supersedes_id"}


@dataclass(frozen=True)
class Cell:
    """One count of one measure under one key: in the period, and in the one before."""

    measure: str
    key: str
    by: By
    values: tuple[str, ...]
    quantity: int
    previous: int


@dataclass
class Counted:
    """Everything a statement says, before it is written down."""

    cells: list[Cell] = field(default_factory=list)
    uncertain: list[tuple[str, str, int]] = field(default_factory=list)
    keyless: list[tuple[str, str, int]] = field(default_factory=list)
    coverage: list[tuple[str, datetime]] = field(default_factory=list)
    has_previous: bool = False


def end_of(day: date) -> datetime:
    """Return the instant the day ends in SPEAN_TIME_ZONE, in UTC without its mark."""
    midnight = datetime.combine(day + timedelta(days=1), time(), clock.zone())
    return midnight.astimezone(UTC).replace(tzinfo=None)


def count(asked: Asked, manifest: mirror.Manifest) -> Counted:
    """Count what is asked over the mirror."""
    import duckdb

    counting = _Counting(asked, manifest, duckdb.connect())
    try:
        return counting.run()
    finally:
        counting.close()


def column_of(name: str) -> str:
    return _MIRROR.get(name, field_of(name))


class _Counting:
    def __init__(self, asked: Asked, manifest: mirror.Manifest, connection: Any) -> None:
        self.asked = asked
        self.manifest = manifest
        self.connection = connection
        self.measures = [MEASURES[name] for name in asked.measures]
        self.keys = [key for key in asked.keys if any(key in m.keys for m in self.measures)]
        self.columns = list(dict.fromkeys(column_of(c) for by in asked.by for c in by))

    def close(self) -> None:
        self.connection.close()

    def run(self) -> Counted:
        self.connection.register("entry", mirror.read(self.manifest, self._read_columns()))
        known = self._known()
        counted = Counted(has_previous=self._has_previous(known))
        self._make("picked", self._picked(known))
        self._make("tagged", self._tagged())
        self._count_all(counted)
        for by in self.asked.by:
            self._count_by(counted, by)
        counted.coverage = self._coverage()
        return counted

    # --- which columns, which entries ---

    def _read_columns(self) -> list[str]:
        wanted = dict.fromkeys(_NEEDED)
        wanted |= dict.fromkeys(("person", "other"))  # who was joined, and keys of returns
        wanted |= dict.fromkeys(column_of(k) for k in self.keys if k != ENTRY)
        wanted |= dict.fromkeys(self.columns)
        for column, _ in self.asked.where:
            if column == "supersedes":
                wanted["ref"] = None
            wanted[column_of("from" if column == PLACE else column)] = None
        return list(wanted)

    def _table(self, name: str) -> Any:
        import ibis

        described = self.connection.table(name).limit(0).description
        return ibis.table({d[0]: _ibis_type(str(d[1])) for d in described}, name=name)

    def _sql(self, expression: Any) -> str:
        import ibis

        return str(ibis.to_sql(expression, dialect="duckdb"))

    def _make(self, name: str, expression: Any) -> None:
        self.connection.execute(f'CREATE TEMP TABLE "{name}" AS {self._sql(expression)}')

    def _rows(self, expression: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(self._sql(expression)).fetchall()
        return rows

    def _known(self) -> Any:
        """Return the entries recorded by the as-of day."""
        entry = self._table("entry")
        known = entry.recorded < end_of(self.asked.as_of)
        if self.asked.before is not None:
            known &= entry.loaded <= self.asked.before.astimezone(UTC).replace(tzinfo=None)
        return entry.filter(known)

    def _in_effect(self, known: Any, condition: Any) -> Any:
        later = known.filter(known.supersedes_id.notnull())
        later = later.select(superseded=later.supersedes_id).distinct()
        found = known.filter(condition)
        return found.anti_join(later, found.id == later.superseded)

    def _has_previous(self, known: Any) -> bool:
        first, last = self.asked.previous
        lies = (known.occurred_last >= first) & (known.occurred_first <= last)
        return bool(self._rows(known.filter(lies).select("id").limit(1)))

    def _picked(self, known: Any) -> Any:
        """Return the entries in effect that touch either period, with what counting needs."""
        asked, (before_first, before_last) = self.asked, self.asked.previous
        kinds = sorted({kind for m in self.measures for kind in m.kinds})
        touches = (known.occurred_last >= before_first) & (known.occurred_first <= asked.last)
        condition = known.counts_as.isin(kinds) & touches
        for column, value in asked.where:
            condition &= self._where(known, column, value)
        found = self._with_roots(self._in_effect(known, condition), known)
        first, last = found.occurred_first, found.occurred_last
        found = found.mutate(
            now=(first >= asked.first) & (last <= asked.last),
            before=(first >= before_first) & (last <= before_last),
            touches=(last >= asked.first) & (first <= asked.last),
        )
        found = found.mutate(unsure=found.touches & ~found.now)
        if "return" in self.keys:
            found = found.mutate(counted_return=_return_key(found))
        return self._with_departed(found, known)

    def _where(self, known: Any, column: str, value: str) -> Any:
        if column == PLACE:
            place = known.from_country
            return place == HOME if value == "home" else place.notnull() & (place != HOME)
        if column == "supporting":
            return (";" + known.supporting + ";").contains(f";{value};")
        held = known[column_of(column)]
        if value in {"", UNKNOWN}:
            return held.isnull() | (held.cast("string") == UNKNOWN)
        return self._equals(held, column, value)

    def _equals(self, held: Any, column: str, value: str) -> Any:
        if column == "supersedes":  # named by its id, as a file names it
            entry = self._table("entry")
            named = self._rows(entry.filter(entry.ref == value).select("id"))
            return held.isin([number for (number,) in named])
        if column == "recorded":
            return held == datetime.fromisoformat(value)
        if column in mirror.PERSONS:
            return held == mirror.person_key(self.manifest, value)
        return held.cast("string") == value

    # --- persons found to be one, persons who left ---

    def _with_roots(self, found: Any, known: Any) -> Any:
        """Give persons joined (as known on the day) one key."""
        import ibis
        import pyarrow as pa

        kinds = (Kind.PERSONS_JOINED.value, Kind.PERSONS_PARTED.value)
        joins = self._in_effect(known, known.counts_as.isin(kinds))
        joins = joins.order_by(["recorded", "id"]).select("counts_as", "person", "other")
        same = roots((kind == kinds[0], one, two) for kind, one, two in self._rows(joins))
        self.has_joins = bool(same)
        if not same:
            return found
        schema = pa.schema([("one", pa.uint64()), ("root", pa.uint64())])
        pairs = pa.table([list(same), list(same.values())], schema=schema)
        self.connection.register("same", pairs)
        table = ibis.table({"one": "uint64", "root": "uint64"}, name="same")
        joined = found.left_join(table, found.person == table.one)
        return joined.mutate(person=ibis.coalesce(joined.root, joined.person)).drop("one", "root")

    def _with_departed(self, found: Any, known: Any) -> Any:
        """Say who had departed by the end of each period, for what counts who still waits."""
        import ibis

        if not any(measure.still for measure in self.measures):
            nobody = ibis.literal(value=False)
            return found.mutate(gone_now=nobody, gone_before=nobody)
        left = self._in_effect(known, known.counts_as == Kind.DEPARTED.value)
        if self.has_joins:
            table = ibis.table({"one": "uint64", "root": "uint64"}, name="same")
            left = left.left_join(table, left.person == table.one)
            left = left.mutate(person=ibis.coalesce(left.root, left.person))
        left = left.select(
            gone=left.person, gone_first=left.occurred_first, gone_last=left.occurred_last
        )
        self._make("left_home", left)
        left = self._table("left_home")
        waits = found.filter(found.counts_as == Kind.HELD_WAITING.value)
        pairs = waits.inner_join(
            left, [waits.person == left.gone, left.gone_last >= waits.occurred_first]
        )
        ends = pairs.group_by("id").aggregate(first_gone=pairs.gone_first.min())
        ends = ends.select(waited=ends.id, first_gone=ends.first_gone)
        joined = found.left_join(ends, found.id == ends.waited)
        return joined.mutate(
            gone_now=_is_by(joined.first_gone, self.asked.last),
            gone_before=_is_by(joined.first_gone, self.asked.previous[1]),
        ).drop("waited", "first_gone")

    # --- counting ---

    def _tagged(self) -> Any:
        """Return a row for each entry and measure that counts it."""
        import ibis

        picked = self._table("picked")
        parts = []
        for measure in self.measures:
            part = picked.filter(measure.filter(picked))
            if measure.still:
                part = part.mutate(
                    now=part.now & ~part.gone_now,
                    before=part.before & ~part.gone_before,
                    unsure=part.unsure & ~part.gone_now,
                )
            parts.append(part.mutate(measure=ibis.literal(measure.id)))
        tagged = ibis.union(*parts) if len(parts) > 1 else parts[0]
        keep = dict.fromkeys(
            ["measure", "id", "now", "before", "unsure", *_key_columns(self.keys), *self.columns]
        )
        return tagged.select(*keep)

    def _count_all(self, counted: Counted) -> None:
        tagged = self._table("tagged")
        sums: dict[str, Any] = {}
        for key in self.keys:
            column = tagged[_key_column(key)]
            sums |= self._pair(tagged, key)
            sums[f"{key}_unsure"] = column.nunique(where=tagged.unsure)
            sums[f"{key}_none"] = column.isnull().sum(where=tagged.now)
        names = list(sums)
        found = {
            row[0]: dict(zip(names, row[1:], strict=True))
            for row in self._rows(tagged.group_by("measure").aggregate(**sums))
        }
        for measure in self.measures:
            row = found.get(measure.id)
            if row is not None:
                self._tell(counted, measure, row)

    def _tell(self, counted: Counted, measure: Measure, row: dict[str, Any]) -> None:
        for key in self._keys_of(measure):
            if row[f"{key}_now"]:
                cell = Cell(measure.id, key, (), (), row[f"{key}_now"], row[f"{key}_before"])
                counted.cells.append(cell)
            if row[f"{key}_unsure"]:
                counted.uncertain.append((measure.id, key, row[f"{key}_unsure"]))
        if measure.key in self.keys and row[f"{measure.key}_none"]:
            counted.keyless.append((measure.id, measure.key, int(row[f"{measure.key}_none"])))

    def _count_by(self, counted: Counted, by: By) -> None:
        tagged, columns = self._broken_down(by)
        sums: dict[str, Any] = {}
        for key in self.keys:
            sums |= self._pair(tagged, key)
        names = list(sums)
        rows = self._rows(tagged.group_by(["measure", *columns]).aggregate(**sums))
        width = 1 + len(by)
        found: dict[str, list[tuple[tuple[str, ...], dict[str, int]]]] = {}
        for row in rows:
            counts = dict(zip(names, row[width:], strict=True))
            found.setdefault(row[0], []).append((tuple(row[1:width]), counts))
        for measure in self.measures:
            some = sorted(found.get(measure.id, ()), key=lambda cell: _order(cell[0]))
            for key in self._keys_of(measure):
                counted.cells += [
                    Cell(measure.id, key, by, values, counts[f"{key}_now"], counts[f"{key}_before"])
                    for values, counts in some
                    if counts[f"{key}_now"]
                ]

    def _broken_down(self, by: By) -> tuple[Any, list[str]]:
        """Return the tagged rows with a column for each part of the breakdown, and their names."""
        tagged, columns = self._table("tagged"), []
        for place, column in enumerate(by):
            name = f"by_{place}"
            tagged = tagged.mutate(**{name: _value(tagged, column)})
            if column == "supporting":  # an entry stands under each that supported
                tagged = tagged.mutate(**{name: tagged[name].split(";").unnest()})
            columns.append(name)
        return tagged, columns

    def _keys_of(self, measure: Measure) -> list[str]:
        return [key for key in measure.keys if key in self.keys]

    def _pair(self, tagged: Any, key: str) -> dict[str, Any]:
        column = tagged[_key_column(key)]
        return {
            f"{key}_now": column.nunique(where=tagged.now),
            f"{key}_before": column.nunique(where=tagged.before),
        }

    def _coverage(self) -> list[tuple[str, datetime]]:
        import ibis

        picked = self._table("picked")
        touching = picked.filter(picked.touches)
        agency = ibis.coalesce(touching.agency, UNKNOWN)
        touching = touching.mutate(reporter=agency)
        last = touching.group_by("reporter").aggregate(last=touching.recorded.max())
        return [(agency, when.replace(tzinfo=UTC)) for agency, when in sorted(self._rows(last))]


def _key_column(key: str) -> str:
    return {ENTRY: "id", "return": "counted_return"}.get(key) or column_of(key)


def _key_columns(keys: Iterable[str]) -> list[str]:
    return [_key_column(key) for key in keys]


def _is_by(day: Any, last: date) -> Any:
    """Return whether there is such a day, and no later than ``last``."""
    return day.notnull() & (day <= last)


def _return_key(found: Any) -> Any:
    """Return the key of a return: its own, or else one for a person and a day."""
    import ibis

    own = ibis.literal("r/") + found.return_key
    made = ibis.literal("p/") + found.person.cast("string") + "/" + found.occurred
    return ibis.coalesce(own, made)


def _value(tagged: Any, column: str) -> Any:
    import ibis

    return ibis.coalesce(tagged[column_of(column)].cast("string"), UNKNOWN)


def _order(values: tuple[str, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((value == UNKNOWN, value) for value in values)


def _ibis_type(duck: str) -> str:
    return {
        "BIGINT": "int64",
        "UBIGINT": "uint64",
        "DATE": "date",
        "TIMESTAMP": "timestamp",
        "BOOLEAN": "boolean",
    }.get(duck, "string")
