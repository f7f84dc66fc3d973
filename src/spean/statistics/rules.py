"""What may be asked of a statement, and what must hold in one. Plain values; no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from spean.kernel.dates import PartialDate
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger.rules import value_of
from spean.ledger.states import COLUMNS
from spean.statistics.measures import ENTRY, KEYS, MEASURES, TEMPLATES

UNKNOWN = "unknown"
PLACE = "where"  # where=abroad or where=home: not a column, a question about one
PLACES = ("abroad", "home")
COUNTRY = "country"  # where the fact lies; the ledger calls it from
# What a person is called in the ledger parts nothing that could be printed.
_NO_PARTS = frozenset({"person", "other", "supersedes"})
By = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What a statement is asked for. ``as_of`` is the last day whose records are known."""

    first: date
    last: date
    as_of: date
    measures: tuple[str, ...] = tuple(MEASURES)
    by: tuple[By, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = (*KEYS, ENTRY)
    public: bool = False
    template: str = ""
    before: datetime | None = None  # only what was written by then: for remaking

    @property
    def previous(self) -> tuple[date, date]:
        """Return the period of equal length just before."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return last - length, last


def day(text: str, *, end: bool = False) -> date:
    """Read a day, a month or a year as the first (or last) day it means."""
    read = PartialDate.parse(text)
    return read.last if end else read.first


def ask(
    *,
    first: str,
    last: str,
    as_of: str,
    today: date,
    measures: str = "",
    by: str = "",
    where: str = "",
    keys: str = "",
    template: str = "",
    public: bool = False,
) -> Asked:
    """Read a question as people write it; raise Invalid, with the field it stands in."""
    chosen, breakdowns = _template(template)
    begin, end = day(first), day(last, end=True)
    if begin > end:
        raise Invalid(
            Sentence("The period ends before it begins. Change the two dates."), field="to"
        )
    return Asked(
        first=begin,
        last=end,
        as_of=day(as_of, end=True) if as_of else today,
        measures=_known(measures, MEASURES, "measures") or chosen,
        by=read_by(by) or breakdowns,
        where=read_where(where),
        keys=_known(keys, (*KEYS, ENTRY), "keys") or (*KEYS, ENTRY),
        public=public,
        template=template,
    )


def _template(name: str) -> tuple[tuple[str, ...], tuple[By, ...]]:
    if not name:
        return tuple(MEASURES), ()
    _known(name, TEMPLATES, "template")
    return TEMPLATES[name]


def _known(text: str, offered: Iterable[str], field: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(n.strip() for n in text.split(",") if n.strip()))
    for name in names:
        if name not in offered:
            raise Invalid(
                Sentence(
                    "“{name}” is not among the {field}. Choose from: {offered}.",
                    name=name[:40],
                    field=field,
                    offered=", ".join(offered),
                ),
                field=field,
            )
    return names


def read_by(text: str) -> tuple[By, ...]:
    """Read ``sex,from*nationality`` as each alone, and those joined by * crossed."""
    found: list[By] = []
    for part in (p.strip() for p in text.split(",") if p.strip()):
        columns = tuple(_column(column.strip(), "by") for column in part.split("*"))
        if alone := _NO_PARTS.intersection(columns):
            raise Invalid(
                Sentence("A statement is not broken down by {column}.", column=min(alone)),
                field="by",
            )
        if len(set(columns)) != len(columns):
            raise Invalid(Sentence("“{part}” crosses a column with itself.", part=part), field="by")
        if columns not in found:
            found.append(columns)
    return tuple(found)


def read_where(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``agency=GDI,where=abroad``; all must hold."""
    found: dict[str, str] = {}
    for part in (p.strip() for p in text.split(",") if p.strip()):
        column, equals, value = (p.strip() for p in part.partition("="))
        if not equals:
            raise Invalid(
                Sentence("“{part}” is not of the form column=value.", part=part), field="where"
            )
        column, value = _condition(column, value)
        if column in found:
            raise Invalid(Sentence("“{column}” is asked for twice.", column=column), field="where")
        found[column] = value
    return tuple(found.items())


def _condition(column: str, value: str) -> tuple[str, str]:
    """Return the condition as the ledger writes it: a value it cannot hold would count nothing."""
    if column == PLACE:
        if value not in PLACES:
            raise Invalid(
                Sentence("“where” is either abroad or home, not “{value}”.", value=value),
                field="where",
            )
        return column, value
    column = _column(column, "where")
    if value in {"", UNKNOWN}:
        return column, value
    try:
        return column, value_of(column, value)
    except Invalid as wrong:
        raise Invalid(wrong.sentence, field="where") from None


def _column(name: str, field: str) -> str:
    """Return the ledger's name of the column; raise Invalid if it has none such."""
    column = "from" if name == COUNTRY else name
    if column not in COLUMNS:
        raise Invalid(
            Sentence(
                "“{column}” is not a column of the ledger. The columns are: {columns}.",
                column=column[:40],
                columns=", ".join(COLUMNS),
            ),
            field=field,
        )
    return column


# --- what must hold ---------------------------------------------------------------------------


def canonical(figures: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the figures' bytes: sorted keys, no spaces, UTF-8."""
    written = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def digest(figures: Sequence[Mapping[str, Any]]) -> str:
    return "sha256:" + hashlib.sha256(canonical(figures)).hexdigest()


def sums(figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add up the parts of each breakdown by one column, and compare with the total.

    Parts may add up to more than the total, where a person is in two of them (rescued twice, in
    two countries): then ``holds`` is false and says so. A sum with a masked part is not told.
    """
    totals = {(f["measure"], f["key"]): f for f in figures if not f["by"]}
    parts: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for figure in figures:
        if len(figure["by"]) == 1:
            column = next(iter(figure["by"]))
            parts.setdefault((figure["measure"], figure["key"], column), []).append(figure)
    found = []
    for (measure, key, column), cells in parts.items():
        whole = totals.get((measure, key))
        row: dict[str, Any] = {"measure": measure, "key": key, "by": column}
        if whole is None or whole["masked"] or any(cell["masked"] for cell in cells):
            row |= {"parts_sum": None, "total": whole and whole["quantity"], "holds": None}
        else:
            added = sum(cell["quantity"] for cell in cells)
            row |= {
                "parts_sum": added,
                "total": whole["quantity"],
                "holds": added == whole["quantity"],
            }
        found.append(row)
    return found


_FIGURE = {"measure", "key", "by", "quantity", "previous", "change", "masked"}


def faults(document: Any) -> list[Sentence]:
    """Return what does not hold in a statement read from a file: form, digest, sums."""
    if not isinstance(document, dict) or document.get("form") != 1:
        return [Sentence("This is not a statement of form 1.")]
    figures = document.get("figures")
    if not isinstance(figures, list) or not all(_is_figure(f) for f in figures):
        return [Sentence("The figures are not in the form of a statement.")]
    found = []
    if document.get("digest") != digest(figures):
        found.append(Sentence("The digest does not fit the figures: they were changed."))
    if doubled := _doubled(figures):
        found.append(Sentence("The figure {figure} stands twice.", figure=doubled))
    found += [
        Sentence("The change of {figure} is not its quantity less the one before.", figure=_name(f))
        for f in figures
        if f["previous"] is not None and f["change"] != f["quantity"] - f["previous"]
    ]
    return found + _wrong_sums(figures, document.get("sums"))


def _wrong_sums(figures: Sequence[Mapping[str, Any]], told: Any) -> list[Sentence]:
    """Return the sums stated that are not those of the figures, and those not stated."""
    right = {_sum_id(row): row for row in sums(figures)}
    rows = told if isinstance(told, list) else []
    stated = {_sum_id(row): row for row in rows if isinstance(row, dict)}
    wrong = [name for name in right if stated.get(name) != right[name]]
    wrong += [name for name in stated if name not in right]
    return [
        Sentence(
            "The sum of {measure} ({key}) by {by} is not the one stated.",
            measure=measure,
            key=key,
            by=by,
        )
        for measure, key, by in wrong
    ]


def _is_figure(figure: Any) -> bool:
    if not isinstance(figure, dict) or not set(figure) >= _FIGURE:
        return False
    by = figure["by"]
    if not isinstance(by, dict):
        return False
    if not all(isinstance(word, str) for word in (figure["measure"], figure["key"], *by.values())):
        return False
    return _has_counts(figure)


def _has_counts(figure: Mapping[str, Any]) -> bool:
    quantity, previous, change = (figure[name] for name in ("quantity", "previous", "change"))
    if quantity is None:
        return figure["masked"] is True and previous is None and change is None
    if figure["masked"] is not False or not _is_count(quantity):
        return False
    return change is None if previous is None else _is_count(previous)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _doubled(figures: Sequence[Mapping[str, Any]]) -> str:
    seen = set()
    for figure in figures:
        name = (figure["measure"], figure["key"], tuple(sorted(figure["by"].items())))
        if name in seen:
            return _name(figure)
        seen.add(name)
    return ""


def _name(figure: Mapping[str, Any]) -> str:
    return f"{figure['measure']} ({figure['key']}) {figure['by'] or ''}".strip()


def _sum_id(row: Mapping[str, Any]) -> tuple[str, str, str]:
    measure, key, by = (str(row.get(name)) for name in ("measure", "key", "by"))
    return measure, key, by
