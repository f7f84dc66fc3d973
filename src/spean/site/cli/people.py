"""``spean people …``: the same-person search, all that is held on one person, erasure."""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people.states import ErasureReason
from spean.site.cli.door import operator, ready, say_json

if TYPE_CHECKING:
    from spean.people.models import Person
    from spean.people.queries import Match
    from spean.people.rules import Traits

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NAME_COLUMNS = ("full_name", "alias", "name_km", "name_other")
_COLUMNS = frozenset({*_NAME_COLUMNS, "family_name", "given_name", "phone"})
_PLACE_COLUMNS = ("place", "province", "district", "commune")
_SEXES = ("female", "male", "other", "unknown")
_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
_purpose = click.option("--purpose", default="", help="Why, as a code; it stands in the journal.")


@click.group()
def people() -> None:
    """Persons: search for one, hand over her file, erase it."""


@dataclass(frozen=True)
class _Query:
    """One question, as it was asked and as it is weighed."""

    asked: dict[str, str]
    wanted: Traits


@people.command()
@click.argument("name", default="")
@click.option("--born", default="", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--sex", default="", type=click.Choice(["", "female", "male", "other"]))
@click.option("--place", default="", metavar="CODE", help="NCDD code, any level, or its name.")
@click.option("--phone", default="")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--queries", type=_FILE, help="A CSV list of questions: one JSON line for each.")
@_purpose
@_json
@ready
def find(
    *,
    name: str,
    born: str,
    sex: str,
    place: str,
    phone: str,
    limit: int,
    queries: Path | None,
    purpose: str,
    as_json: bool,
) -> None:
    """Search for a person by name in any script, and what else is known.

    \b
    Example: spean people find "Sokha Keo" --born 2004 --place 02 --json
    """
    if queries is not None:
        _answer_all(_read(queries), limit, purpose)
        return
    given = {"full_name": name, "born": born, "sex": sex, "place": place, "phone": phone}
    if not name.strip() and not phone.strip():
        raise Invalid(Sentence("Give a name, a telephone number, or a file of --queries."))
    answer = _answer(_query(given), limit, purpose, is_single=True)
    if as_json:
        say_json(answer)
        return
    for result in answer["results"]:
        written = ", ".join(form["written"] for form in result["names"])
        click.echo(f"{result['ref']}  {result['probability']:.0%}  {written}  {result['born']}")
        for reason in result["reasons"]:
            click.echo(f"    {reason['points']:+.1f}  {reason['sentence']}")
    click.echo(f"{answer['candidates']} records weighed in {answer['ms']:.0f} ms.", err=True)


def _answer_all(asked: list[_Query], limit: int, purpose: str) -> None:
    from spean.journal import actions as journal

    found = 0
    for query in asked:
        answer = _answer(query, limit, purpose, is_single=False)
        found += len(answer["results"])
        say_json(answer)
    journal.record(operator(purpose), "people.searched", queries=len(asked), results=found)


def _answer(query: _Query, limit: int, purpose: str, *, is_single: bool) -> dict[str, Any]:
    from spean.journal import actions as journal
    from spean.people.queries import seek

    actor, began = operator(purpose), time.perf_counter()
    found = seek(actor, query.wanted, limit=limit)
    results = [_result(match) for match in found.matches]
    if is_single:
        journal.record(actor, "people.searched", results=len(results))
        for match in found.matches:
            journal.record(actor, "people.names_seen", match.person)
    return {
        "query": query.asked,
        "results": results,
        "candidates": found.candidates,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }


def _result(match: Match) -> dict[str, Any]:
    person = match.person
    return {
        "ref": person.ref,
        "source_ids": [],
        "probability": round(match.probability, 4),
        "names": [{"written": n.written, "script": n.script} for n in person.names.all()],
        "born": person.born,
        "sex": person.sex,
        "place": person.home_province,
        "reasons": [
            {"field": r.field, "level": r.level, "points": r.points, "sentence": str(r.sentence)}
            for r in match.reasons
        ],
    }


def _read(path: Path) -> list[_Query]:
    """Read a list of questions; a bad line refuses the file with its number."""
    try:
        return _questions(path)
    except UnicodeDecodeError:
        raise Invalid(Sentence("The file is not in UTF-8. Save it again as “CSV UTF-8”.")) from None


def _questions(path: Path) -> list[_Query]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not _COLUMNS.intersection(reader.fieldnames or ()):
            raise Invalid(
                Sentence(
                    "The file has no column to search by. Its header names some of: {columns}.",
                    columns=", ".join(sorted(_COLUMNS)),
                )
            )
        found = []
        for row in reader:
            try:
                found.append(_query({k: v or "" for k, v in row.items() if k}))
            except Invalid as wrong:
                raise Invalid(
                    Sentence("Line {line}: {why}", line=str(reader.line_num), why=wrong.sentence)
                ) from None
    return found


def _query(given: dict[str, str]) -> _Query:
    from spean.kernel.dates import PartialDate
    from spean.people.rules import Traits

    asked = {key: value.strip() for key, value in given.items() if value and value.strip()}
    both = f"{asked.get('family_name', '')} {asked.get('given_name', '')}".strip()
    forms = [both, *(asked.get(column, "") for column in _NAME_COLUMNS)]
    born, sex = asked.get("born", ""), asked.get("sex", "unknown")
    if sex not in _SEXES:
        raise Invalid(
            Sentence("“{sex}” is not a sex here. Write female, male or other", sex=sex[:40])
        )
    return _Query(
        asked=asked,
        wanted=Traits(
            names=tuple(form for form in forms if form),
            born=str(PartialDate.parse(born)) if born else "",
            sex=sex.replace("unknown", ""),
            province=_province(asked),
            phones=(asked["phone"],) if "phone" in asked else (),
        ),
    )


def _province(asked: dict[str, str]) -> str:
    from spean.places import gazetteer

    for column in _PLACE_COLUMNS:
        written = asked.get(column, "")
        if not written:
            continue
        if written[:2] in gazetteer.PROVINCES and written.isdigit():
            return written[:2]
        found = gazetteer.find(written, limit=1)
        if not found:
            raise Invalid(
                Sentence("We know no place called “{text}”. Check its code.", text=written[:40])
            )
        return found[0].code[:2]
    return ""


@people.command("file")
@click.argument("ref")
@_purpose
@_json
@ready
def hand_over(*, ref: str, purpose: str, as_json: bool) -> None:
    """Give all that is held on one person, and who saw it, as JSON.

    \b
    Example: spean people file P-7K3F2M --json --purpose access
    """
    import json

    from spean.journal import actions as journal
    from spean.people.filing import file_of

    person = _person(ref)
    held = file_of(person)
    journal.record(operator(purpose), "people.file_seen", person)
    if as_json:
        say_json(held)
        return
    click.echo(json.dumps(held, ensure_ascii=False, indent=2))


@people.command()
@click.argument("ref")
@click.option(
    "--reason",
    required=True,
    type=click.Choice([reason.value for reason in ErasureReason]),
    help="Why, as a code; it stands in the journal.",
)
@ready
def erase(*, ref: str, reason: str) -> None:
    """Destroy one person's key: what is sealed under it is gone for good; the ledger stays.

    \b
    Example: spean people erase P-7K3F2M --reason asked
    """
    from spean.people import actions

    person = actions.erase(_person(ref), actor=operator(), reason=ErasureReason(reason))
    click.echo(f"{person.ref} is erased. What happened is still counted, without a name.")


def _person(ref: str) -> Person:
    from spean.people.models import Person

    found = Person.objects.filter(ref=ref.strip().upper()).first()
    if found is None:
        raise Invalid(
            Sentence(
                "There is no person with the reference {ref}. Check the letters and digits.",
                ref=ref[:20],
            )
        )
    return found
