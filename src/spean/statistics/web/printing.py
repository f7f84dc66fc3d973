"""A statement as a page that prints: complete in itself, in English or Khmer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from spean.agencies.models import Agency
from spean.kernel.text import Sentence
from spean.ledger.states import COUNTRIES, KIND_LABELS, SLUGS, word
from spean.places import gazetteer
from spean.places.models import Checkpoint
from spean.shell.text import say
from spean.statistics.measures import MEASURES
from spean.statistics.rules import UNKNOWN
from spean.statistics.statement import Document

COLUMN_LABELS: dict[str, Sentence] = {
    "kind": Sentence("What happened"),
    "occurred": Sentence("Day"),
    "recorded": Sentence("Recorded"),
    "person": Sentence("Persons"),
    "case": Sentence("Cases"),
    "request": Sentence("Requests"),
    "return": Sentence("Returns"),
    "operation": Sentence("Operations"),
    "proceeding": Sentence("Court cases"),
    "interview": Sentence("Interviews"),
    "entry": Sentence("Entries"),
    "agency": Sentence("Agency"),
    "supporting": Sentence("Supporting agency"),
    "from": Sentence("Country"),
    "to": Sentence("Country of arrival"),
    "province": Sentence("Province"),
    "checkpoint": Sentence("Checkpoint"),
    "sex": Sentence("Sex"),
    "age": Sentence("Age"),
    "nationality": Sentence("Nationality"),
    "role": Sentence("Role"),
    "form": Sentence("Form of exploitation"),
    "cause": Sentence("Cause"),
    "placement": Sentence("Placement"),
    "outcome": Sentence("Outcome"),
}
KEY_LABELS = COLUMN_LABELS | {
    "nationality": Sentence("Nationalities"),
    "agency": Sentence("Agencies"),
}


def page(document: Document, language: str) -> str:
    """Return the whole page in the language."""
    with translation.override(language):
        # The page stands alone, so its style stands in it (the desk's pages have theirs served).
        rules = SafeString(render_to_string("statistics/_paper_style.html"))
        style = format_html("<style>{}</style>", rules)
        shown = context(document, language) | {"style": style}
        return render_to_string("statistics/paper.html", shown)


def context(document: Document, language: str) -> dict[str, Any]:
    """Return what the templates show: tables by measure, in words."""
    words = _Words(document, language)
    return {
        "document": document,
        "language": language,
        "is_public": document["audience"] == "public",
        "first": date.fromisoformat(document["from"]),
        "last": date.fromisoformat(document["to"]),
        "as_of": date.fromisoformat(document["as_of"]),
        "before_first": date.fromisoformat(document["previous_period"]["from"]),
        "before_last": date.fromisoformat(document["previous_period"]["to"]),
        "where": [words.condition(k, v) for k, v in document["where"].items()],
        "sections": [s for s in map(words.section, document["definitions"]) if s],
        "nothing": [
            MEASURES[name].name(language)
            for name in document["definitions"]
            if name not in {figure["measure"] for figure in document["figures"]}
        ],
        "coverage": [
            (words.value("agency", row["agency"]), datetime.fromisoformat(row["last_recorded"]))
            for row in document["coverage"]
        ],
    }


class _Words:
    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language
        self.figures: dict[str, list[dict[str, Any]]] = {}
        for figure in document["figures"]:
            self.figures.setdefault(figure["measure"], []).append(figure)
        self._agencies = {a.code: a.name_in(language) for a in Agency.objects.all()}
        self._checkpoints = {c.code: c.name_in(language) for c in Checkpoint.objects.all()}
        self._readers: dict[str, Callable[[str], str]] = {
            **dict.fromkeys(COUNTRIES, lambda code: gazetteer.country_name(code, language)),
            **dict.fromkeys(("agency", "supporting"), lambda c: self._agencies.get(c, c)),
            **dict.fromkeys((*SLUGS, "sex", "role"), lambda code: say(word(code))),
            "province": lambda code: gazetteer.province_name(code, language),
            "checkpoint": lambda code: self._checkpoints.get(code, code),
            "kind": lambda code: say(KIND_LABELS.get(code, code)),
        }

    def section(self, name: str) -> dict[str, Any] | None:
        figures = self.figures.get(name)
        if not figures:
            return None
        measure = MEASURES[name]
        totals = {figure["key"]: figure for figure in figures if not figure["by"]}
        keys = [key for key in measure.keys if key in totals]
        return {
            "name": measure.name(self.language),
            "definition": measure.definition(self.language),
            "version": self.document["definitions"][name]["version"],
            "first": totals[keys[0]],
            "first_key": say(KEY_LABELS[keys[0]]),
            "totals": [(say(KEY_LABELS[key]), _with_change(totals[key])) for key in keys],
            "tables": self._tables(figures, totals, keys),
            "uncertain": self._of(name, keys[0], "date_uncertain"),
            "keyless": self._of(name, keys[0], "without_key"),
        }

    def _of(self, measure: str, key: str, part: str) -> dict[str, Any] | None:
        rows = self.document.get(part, ())
        return next((r for r in rows if (r["measure"], r["key"]) == (measure, key)), None)

    def _tables(
        self, figures: list[dict[str, Any]], totals: dict[str, Any], keys: list[str]
    ) -> Iterable[dict[str, Any]]:
        groups: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, Any]]] = {}
        for figure in figures:
            if figure["by"]:
                rows = groups.setdefault(tuple(figure["by"]), {})
                rows.setdefault(tuple(figure["by"].values()), {})[figure["key"]] = figure
        for columns, rows in groups.items():
            # A column that is counted as a key says nothing about itself.
            shown = [key for key in keys if key not in columns][:4]
            yield {
                "heads": [say(COLUMN_LABELS.get(c, Sentence(c))) for c in columns],
                "keys": [say(KEY_LABELS[key]) for key in shown],
                "width": len(columns),
                "rows": [
                    {
                        "values": [self.value(c, v) for c, v in zip(columns, values, strict=True)],
                        "cells": [cells.get(key) for key in shown],
                    }
                    for values, cells in rows.items()
                ],
                "totals": [totals[key] for key in shown],
                "adds_up": self._adds_up(figures[0]["measure"], columns, keys),
            }

    def _adds_up(self, measure: str, columns: tuple[str, ...], keys: list[str]) -> bool:
        sums = (s for s in self.document["sums"] if s["measure"] == measure)
        held = [s["holds"] for s in sums if (s["by"],) == columns and s["key"] == keys[0]]
        return all(hold is not False for hold in held)

    def condition(self, column: str, value: str) -> str:
        if column == "where":
            return say(Sentence("abroad") if value == "abroad" else Sentence("at home"))
        label = say(COLUMN_LABELS.get(column, Sentence(column)))
        return f"{label}: {self.value(column, value)}"

    def value(self, column: str, value: str) -> str:
        """Return a code's word in the language."""
        if value == UNKNOWN:
            return say(word(UNKNOWN))
        reader = self._readers.get(column)
        return reader(value) if reader else value


def _with_change(figure: dict[str, Any]) -> dict[str, Any]:
    """Add the change in per cent of what it changed from."""
    base, change = figure["previous"], figure["change"]
    percent = None if not base or change is None else f"{change / base * 100:+.1f} %"
    return figure | {"percent": percent, "signed": None if change is None else f"{change:+d}"}
