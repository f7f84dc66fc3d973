"""The page docs/reference/measures.md, made from the definitions themselves."""

from __future__ import annotations

from spean.ledger.states import COLUMNS, KIND_LABELS, ROLES, WORDS
from spean.statistics.measures import KEYS, MEASURES, TEMPLATES, Measure

_FORM = """## A statement as JSON

`form` (1), `id` and `state` (`null` and `made`; kept: its number and `draft`), `audience`
(internal, public), `template`, `from`, `to`, `as_of`, `previous_period`, `where`, `definitions`
(by measure: `version`, `en`, `km`), `figures`, `sums`, `date_uncertain`, `without_key`,
`coverage` (agency, when it last recorded, among the entries considered), `digest`.

A figure: `measure`, `key`, `by` (empty for the total), `quantity`, `previous`, `change`,
`masked` (then the quantity is `null`). A missing value is `unknown`; an empty cell is absent.
A sum: `measure`, `key`, `by`, `parts_sum`, `total`, `holds`; all unknown (`null`) where a part is
masked.

As CSV: a line a figure, columns `measure,key,by,quantity,previous,change,masked`; `by` is
`column=value`, several joined by `;`, empty for the total; `masked` is 0 or 1.

The digest is SHA-256 of `figures` as canonical JSON: sorted keys, no spaces, UTF-8."""


def page() -> str:
    """Return the page in Markdown."""
    lines = [
        "# Measures, and the ledger they count",
        "",
        "A figure counts a key once over entries of some kinds "
        "([how](../explanation/figures.md)). Every measure is given under each of: "
        f"{', '.join(KEYS)}; complaints and facilities under `entry` too; court_cases under "
        "proceeding alone. The first key of a measure is named here.",
        "",
        "| measure | counts | key | definition |",
        "|---|---|---|---|",
    ]
    lines += [_row(measure) for measure in MEASURES.values()]
    lines += ["", "## Templates", "", "| template | measures | broken down by |", "|---|---|---|"]
    for name, (measures, by) in TEMPLATES.items():
        chosen = "all" if len(measures) == len(MEASURES) else ", ".join(measures)
        lines.append(f"| {name} | {chosen} | {', '.join('*'.join(b) for b in by)} |")
    lines += ["", "## Entries of the ledger", "", "Columns of the CSV, in any order:", ""]
    lines += [f"`{','.join(COLUMNS)}`", ""]
    lines += [f"Roles: {', '.join(sorted(ROLES))}. `other` is the second person of a join.", ""]
    lines += ["| kind | what happened |", "|---|---|"]
    lines += [f"| {kind} | {label} |" for kind, label in KIND_LABELS.items()]
    lines += [
        "",
        "Form, cause, placement and outcome are open lists of codes. Those with a word of their "
        f"own: {', '.join(sorted(WORDS))}.",
        "",
        _FORM,
    ]
    return "\n".join(lines)


def _row(measure: Measure) -> str:
    roles = ", ".join(role or "not stated" for role in measure.roles)
    counts = " + ".join(measure.kinds) + (f", role {roles}" if roles else "")
    words = f"{measure.name_en}. {measure.en}<br>{measure.name_km}។ {measure.km}"
    return f"| `{measure.id}` v{measure.version} | {counts} | {measure.key} | {words} |"
