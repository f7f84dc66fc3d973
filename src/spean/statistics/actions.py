"""The only writer of kept statements, and of made caseloads through the ledger's bulk path."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from spean.agencies.models import Agency
from spean.journal.actions import record
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.ledger.lines import MadeLines
from spean.ledger.queries import loads_from, written_now
from spean.places import actions as places
from spean.places.models import Checkpoint
from spean.statistics import access
from spean.statistics.caseload import laying, others, plan
from spean.statistics.caseload.tables import Table
from spean.statistics.models import Statement
from spean.statistics.queries import as_kept, statement_for
from spean.statistics.rules import Asked
from spean.statistics.statement import Document


@transaction.atomic
def keep(asked: Asked, *, actor: Actor) -> Document:
    """Make a statement and keep it as it stands, under a number."""
    access.making.require(actor)
    made = written_now()
    year = clock.today().year
    count = Statement.objects.filter(number__startswith=f"ST-{year}-").count()
    number = f"ST-{year}-{count + 1:04}"
    document = statement_for(actor, asked, number=number)
    held = Statement.objects.create(
        number=number,
        made=made,
        made_by=actor.label or actor.kind.value,
        asked=as_kept(asked),
        content=json.dumps(document, ensure_ascii=False),
        digest=document["digest"],
    )
    record(actor, "statistics.statement_kept", held, number=number)
    return document


# --- a made caseload --------------------------------------------------------------------------

_SOURCE = "caseload"
_CHUNK = 20_000  # persons a load
Progress = Callable[[int], None]


@dataclass(frozen=True)
class LaidTable:
    """A table of the caseload: how many entries it has, and whether it was there before."""

    id: str
    entries: int
    already: bool


@dataclass(frozen=True)
class LaidCaseload:
    tables: list[LaidTable]
    persons: int  # beside the tables, in all
    persons_added: int
    entries_added: int


def lay_caseload(
    tables: Sequence[Table],
    *,
    actor: Actor,
    persons: int = 0,
    seed: int = 1,
    without: Mapping[str, Collection[int]] | None = None,
    progress: Progress | None = None,
) -> LaidCaseload:
    """Lay tables, and persons beside them; what is there already is kept.

    ``without`` names, by table, the units (their index) that come by real actions instead.
    Raises Invalid with the figure that cannot be met; then nothing is laid.
    """
    access.laying.require(actor)
    laid = plan.lay(tables, seed)
    done = [table for table in tables if _is_laid(table)]
    _name_codes(tables, actor)
    told = []
    for table, _, units in laid:
        already = table in done
        lines = list(laying.rows(units, (without or {}).get(table.id, ())))
        if not already:
            _load(lines, f"{_SOURCE}/{table.id}/{table.digest}", actor)
        told.append(LaidTable(table.id, len(lines), already))
    added = sum(table.entries for table in told if not table.already)
    before, others_added = _lay_others(tables, persons, seed, actor, progress)
    return LaidCaseload(
        tables=told,
        persons=max(before, persons),
        persons_added=max(0, persons - before),
        entries_added=added + others_added,
    )


def _is_laid(table: Table) -> bool:
    held = loads_from(f"{_SOURCE}/{table.id}/").first()
    if held is None:
        return False
    if not held.source.endswith(f"/{table.digest}"):
        raise Invalid(
            Sentence(
                "The table {table} was laid in this database with other numbers. Use another "
                "database (SPEAN_HOME), or another id.",
                table=table.id,
            )
        )
    return True


def _name_codes(tables: Sequence[Table], actor: Actor) -> None:
    """Give the tables' agencies and checkpoints their printed names, where they are new."""
    labels = {code: name for table in tables for code, name in table.labels.items()}
    agencies = {code for t in tables for code in (t.agency, *t.supporting) if code}
    for code in sorted(agencies):
        Agency.objects.get_or_create(code=code, defaults={"name_en": labels.get(code, code)})
    columns = {pair for t in tables for f in t.figures for pair in f.columns}
    for code in sorted(value for column, value in columns if column == "checkpoint"):
        if not Checkpoint.objects.filter(code=code).exists():
            places.name_checkpoint(code, actor=actor, name_en=labels.get(code, code))


def _lay_others(
    tables: Sequence[Table], persons: int, seed: int, actor: Actor, progress: Progress | None
) -> tuple[int, int]:
    """Return how many persons there were beside the tables, and how many entries were added."""
    ends = [int(load.source.rsplit("-", 1)[1]) for load in loads_from(f"{_SOURCE}/persons/")]
    before = max(ends, default=0)
    added, where = 0, others.outside(tables)
    for first in range(before, persons, _CHUNK):
        last = min(first + _CHUNK, persons)
        lines = others.rows(seed, first, last, where)
        _load(lines, f"{_SOURCE}/persons/{first}-{last}", actor)
        added += len(lines)
        if progress:
            progress(added)
    return before, added


def _load(lines: list[list[str]], source: str, actor: Actor) -> None:
    ledger.load_lines(MadeLines(lambda: iter(lines)), actor=actor, source=source, create_codes=True)
