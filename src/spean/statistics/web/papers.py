"""A statement on paper: JSON, CSV, a page to print."""

from __future__ import annotations

import csv
import io
import json

from spean.kernel.text import Sentence
from spean.statistics.statement import Document

NOT_YET = Sentence("PDF and XLSX are not in this version. Use html, csv or json.")
_COLUMNS = ("measure", "key", "by", "quantity", "previous", "change", "masked")


def as_json(document: Document, _language: str) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_csv(document: Document, _language: str) -> str:
    """Write a row a figure; ``by`` is ``sex=female;from=THA``, empty for the total."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for figure in document["figures"]:
        by = ";".join(f"{column}={value}" for column, value in figure["by"].items())
        rest = (figure[name] for name in _COLUMNS[3:6])
        values = ("" if value is None else value for value in rest)
        rows.writerow([figure["measure"], figure["key"], by, *values, int(figure["masked"])])
    return out.getvalue()


def as_html(document: Document, language: str) -> str:
    from spean.statistics.web.printing import page

    return page(document, language)
