"""Write a statement down: the document of ``--format json``, from which every paper is made."""

from __future__ import annotations

from typing import Any

from spean.statistics.counting import Cell, Counted
from spean.statistics.disclosure import THRESHOLD, hidden, place_of
from spean.statistics.measures import MEASURES
from spean.statistics.rules import Asked, digest, sums

FORM = 1
Document = dict[str, Any]


def write(asked: Asked, counted: Counted, *, number: str | None = None) -> Document:
    """Return the document; its keys are fixed (docs/reference/measures.md)."""
    masked = hidden(counted.cells) if asked.public else set()
    figures = [_figure(cell, counted, asked, masked) for cell in counted.cells]
    before_first, before_last = asked.previous
    return {
        "form": FORM,
        "id": number,
        "state": "draft" if number else "made",
        "audience": "public" if asked.public else "internal",
        "template": asked.template or None,
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "as_of": asked.as_of.isoformat(),
        "previous_period": {"from": before_first.isoformat(), "to": before_last.isoformat()},
        "where": dict(asked.where),
        "definitions": {name: _definition(name) for name in asked.measures},
        "figures": figures,
        "sums": sums(figures),
        "date_uncertain": _rows(counted.uncertain, asked),
        "without_key": _rows(counted.keyless, asked),
        "coverage": [
            {"agency": agency, "last_recorded": when.isoformat(timespec="seconds")}
            for agency, when in counted.coverage
        ],
        "digest": digest(figures),
    }


def _figure(
    cell: Cell, counted: Counted, asked: Asked, masked: set[tuple[str, str, Any]]
) -> dict[str, Any]:
    is_masked = (cell.measure, cell.key, place_of(cell)) in masked
    previous: int | None = cell.previous if counted.has_previous else None
    # A public change would give away, by subtraction, what the earlier period's statement hides.
    is_small = previous is not None and 0 < previous < THRESHOLD
    if asked.public and (is_masked or cell.by or is_small):
        previous = None
    return {
        "measure": cell.measure,
        "key": cell.key,
        "by": dict(zip(cell.by, cell.values, strict=True)),
        "quantity": None if is_masked else cell.quantity,
        "previous": previous,
        "change": None if previous is None else cell.quantity - previous,
        "masked": is_masked,
    }


def _definition(name: str) -> dict[str, Any]:
    measure = MEASURES[name]
    return {
        "version": measure.version,
        "en": f"{measure.name_en}: {measure.en}",
        "km": f"{measure.name_km}៖ {measure.km}",
    }


def _rows(rows: list[tuple[str, str, int]], asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure,
            "key": key,
            "quantity": None if asked.public and count < THRESHOLD else count,
        }
        for measure, key, count in rows
    ]
