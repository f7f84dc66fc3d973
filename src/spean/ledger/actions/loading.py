"""Load many entries at once: all are checked, then all are written, then one row shows them.

The lines are read again for each pass, so a file of any length needs little memory; they are
written in batches, so that a plea never waits behind a load. A load that was broken off is
invisible, and the next one removes it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from spean import vault
from spean.agencies.models import Agency
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import access
from spean.ledger.lines import CsvLines, Lines
from spean.ledger.models import Load
from spean.ledger.queries import held_by_refs, load_of_file, written_now
from spean.ledger.rules import FIELDS, KIND, Codes, LineReader, header_places, stored
from spean.ledger.superseding import Superseding
from spean.places import actions as places
from spean.places.models import Checkpoint

BATCH = 5000
FAULTS_SHOWN = 20
Progress = Callable[[int], None]
Row = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Loaded:
    """What a load did."""

    lines: int
    already: bool = False
    agencies: list[str] = field(default_factory=list)
    checkpoints: list[str] = field(default_factory=list)


class Faults:
    """Gather what is wrong, by line; the first few are told, all are counted."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Sentence]] = []
        self._lines: set[int] = set()

    def add(self, line: int, sentence: Sentence) -> None:
        self._lines.add(line)
        if len(self._found) < FAULTS_SHOWN * 50:
            self._found.append((line, sentence))

    def refuse(self) -> None:
        """Raise Invalid with the faults found, if any."""
        if not self._lines:
            return
        told = [
            str(Sentence("Line {line}: {why}.", line=line, why=str(why).rstrip(".")))
            for line, why in sorted(self._found)[:FAULTS_SHOWN]
        ]
        if len(self._lines) > 1:
            told.append(
                str(
                    Sentence(
                        "{count} lines are wrong; none was loaded. Mend them and load again.",
                        count=len(self._lines),
                    )
                )
            )
        else:
            told.append(str(Sentence("Nothing was loaded. Mend the line and load again.")))
        raise Invalid(Sentence("{faults}", faults="\n".join(told)))


def load(
    path: Path, *, actor: Actor, create_codes: bool = False, progress: Progress | None = None
) -> Loaded:
    """Load a CSV file of entries, all or nothing; a file loaded before is not loaded again."""
    access.loading.require(actor)
    lines = CsvLines(path)
    digest = lines.digest()
    if before := load_of_file(digest):
        return Loaded(lines=before.lines, already=True)
    return load_lines(
        lines,
        actor=actor,
        source=f"file:{path.name}"[:200],
        digest=digest,
        create_codes=create_codes,
        progress=progress,
    )


def load_lines(
    lines: Lines,
    *,
    actor: Actor,
    source: str,
    digest: str = "",
    create_codes: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Load lines from anywhere, all or nothing. Raises Invalid with every line's fault."""
    access.loading.require(actor)
    codes = Codes(
        agencies=frozenset(Agency.objects.values_list("code", flat=True)),
        checkpoints=frozenset(Checkpoint.objects.values_list("code", flat=True)),
        create=create_codes,
    )
    places_of = header_places(lines.header)
    plan = _check(lines, LineReader(places_of, codes), progress)
    with _alone():
        _remove_broken_off()
        _bring_codes(codes, actor)
        if len(plan):
            _write(lines, LineReader(places_of, codes), plan, source, digest, progress)
    return Loaded(
        lines=len(plan),
        agencies=sorted(codes.new_agencies),
        checkpoints=sorted(codes.new_checkpoints),
    )


def remove_broken_off() -> int:
    """Remove the entries of loads that were broken off; return how many loads.

    While a load is running nothing is removed.
    """
    if not Load.objects.filter(shown=None).exists():
        return 0
    try:
        with _alone():
            return _remove_broken_off()
    except Invalid:
        return 0


def _check(lines: Lines, reader: LineReader, progress: Progress | None) -> Superseding:
    plan, faults = Superseding(), Faults()
    for number, row in lines.rows():
        try:
            values, named = reader.read(row)
            plan.gather(number, values, named)
        except Invalid as wrong:
            faults.add(number, wrong.sentence)
        if progress and not number % BATCH:
            progress(number)
    if not faults._lines:
        plan.settle(held_by_refs, faults.add)
    faults.refuse()
    return plan


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the loader's lock: it falls with the process, so a killed load leaves none behind."""
    handle = os.open(vault.home() / "load.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Invalid(
                Sentence("Another load is running. Wait until it is done, then try again.")
            ) from None
        yield
    finally:
        os.close(handle)


def _remove_broken_off() -> int:
    broken = list(Load.objects.filter(shown=None).values_list("pk", flat=True))
    for pk in broken:
        while _remove_some(pk):
            pass
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_load WHERE id = %s", [pk])
    return len(broken)


def _remove_some(load: int) -> int:
    """Remove a batch of a load's entries, those first that none other supersedes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_entry WHERE id IN (SELECT e.id FROM ledger_entry e "
            "WHERE e.load_id = %s AND NOT EXISTS "
            "(SELECT 1 FROM ledger_entry l WHERE l.supersedes_id = e.id) LIMIT %s)",
            [load, BATCH],
        )
        return int(cursor.rowcount)


def _bring_codes(codes: Codes, actor: Actor) -> None:
    if codes.new_agencies:
        Agency.objects.bulk_create(
            [Agency(code=code, name_en=code) for code in sorted(codes.new_agencies)],
            ignore_conflicts=True,
        )
    if codes.new_checkpoints:
        places.list_checkpoints(codes.new_checkpoints, actor=actor)


def _write(
    lines: Lines,
    reader: LineReader,
    plan: Superseding,
    source: str,
    digest: str,
    progress: Progress | None,
) -> None:
    load_row = Load.objects.create(
        source=source, digest=digest, made=written_now(), lines=len(plan)
    )
    ids = _reserve(len(plan))
    with _roomy():
        _write_rows(lines, reader, plan, ids, load_row.pk, progress)
    if not Load.objects.filter(pk=load_row.pk, shown=None).update(shown=written_now()):
        raise Invalid(Sentence("Another process removed this load. Nothing was loaded; try again."))


def _write_rows(
    lines: Lines,
    reader: LineReader,
    plan: Superseding,
    ids: Sequence[int],
    load: int,
    progress: Progress | None,
) -> None:
    # What supersedes is written after what it supersedes: a pass for each link of a chain.
    for level in range(max(plan.levels.values(), default=0) + 1):
        rows = _rows(lines, reader, plan, level, ids, load)
        _insert(rows, progress if not level else None)


@contextmanager
def _roomy() -> Iterator[None]:
    """Let SQLite keep the indexes in memory while it writes; twice as quick on a large ledger."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA cache_size = -262144")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


def _rows(
    lines: Lines, reader: LineReader, plan: Superseding, level: int, ids: Sequence[int], load: int
) -> Iterator[Row]:
    levels, counts, days = plan.levels, plan.counts, plan.days
    written = stored(written_now()) + _zone_mark()
    for order, (_, row) in enumerate(lines.rows()):
        if levels.get(order, 0) != level:
            continue
        values, _named = reader.read(row)
        if order in days:
            values = (values[0], *days[order], *values[4:])
        target: int | None = None
        if order in plan.targets:
            target = ids[plan.targets[order]]
        elif order in plan.held:
            target = plan.held[order].id
        counts_as = counts.get(order, values[KIND])
        yield (ids[order], load, target, written, counts_as, *values)


_COLUMNS = ("id", "load_id", "supersedes_id", "loaded", "counts_as", *FIELDS)
_INSERT = "INSERT INTO ledger_entry ({}) VALUES ({})".format(  # noqa: S608 - names of our own columns
    ", ".join(f'"{column}"' for column in _COLUMNS), ", ".join(["%s"] * len(_COLUMNS))
)


def _insert(rows: Iterator[Row], progress: Progress | None) -> None:
    done = 0
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, batch)
        done += len(batch)
        if progress:
            progress(done)


def _zone_mark() -> str:
    """Return what marks UTC: SQLite keeps bare text, PostgreSQL would read it as local."""
    return "" if connection.vendor == "sqlite" else "+00"


def _reserve(count: int) -> Sequence[int]:
    """Take ``count`` ids that no other writer will get."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) "
                "FROM generate_series(1, %s)",
                [count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'")
        found = cursor.fetchone()
        last = found[0] if found else 0
        if found:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = 'ledger_entry'", [last + count]
            )
        else:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('ledger_entry', %s)", [count]
            )
        return range(last + 1, last + count + 1)
