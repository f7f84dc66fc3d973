"""``spean bench statement``: twenty figures, against SQL written by hand on two stores."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from spean.site.cli.door import operator, ready, say_json
from spean.site.cli.ledger import progress_bar

MEASURES = (
    "victims_reported", "persons_contacted", "victims_rescued", "persons_presumed",
    "victims_identified", "victims_repatriated", "persons_repatriated", "departures_stopped",
    "suspects_detained", "persons_convicted",
)  # fmt: skip
KEYS = ("person", "case")
_RUNS = 3
_PER_PERSON = 2.7  # entries
_CHUNK = 20_000  # persons a load
Answers = dict[tuple[str, str], tuple[int, int]]


@click.command()
@click.option("--size", type=click.IntRange(min=1000), default=100_000, help="Entries, about.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def statement(size: int, as_json: bool) -> None:
    """Count 20 figures over SIZE entries: ours, SQL on the row store, SQL on DuckDB.

    \b
    Example: spean bench statement --size 1000000 --json
    """
    with tempfile.TemporaryDirectory(prefix="spean-bench-") as home:
        for name in ("DATABASE_URL", "SPEAN_KEYS", "SPEAN_KEYS_PASSPHRASE", "SPEAN_NOW"):
            os.environ.pop(name, None)
        os.environ["SPEAN_HOME"] = home
        found = _measure(size, Path(home))
    if as_json:
        say_json(found)
    else:
        for name, value in found.items():
            click.echo(f"{name}: {value}")
    if not found["equal"]:
        raise click.exceptions.Exit(1)


@ready
def _measure(size: int, home: Path) -> dict[str, Any]:
    from spean.ledger import mirror

    with progress_bar("entries made and loaded") as progress:
        loading = _timed(lambda: _load(size, progress), runs=1)
    mirroring = _timed(lambda: mirror.up_to_date(rebuild=True), runs=1)
    manifest = mirror.up_to_date()
    plain = home / "plain.parquet"
    _write_plain(manifest, plain)
    ours, by_ours = _best(_ours)
    row_store, by_row_store = _best(_row_store)
    duck, by_duck = _best(lambda: _duck(plain))
    return {
        "name": "statement",
        "entries": manifest.rows,
        "figures": len(MEASURES) * len(KEYS),
        "equal": by_ours == by_row_store == by_duck,
        "ours_seconds": round(ours, 4),
        "row_store_sql_seconds": round(row_store, 4),
        "duckdb_sql_seconds": round(duck, 4),
        "ratio_to_row_store_sql": round(ours / row_store, 4),
        "ratio_to_duckdb_sql": round(ours / duck, 3),
        "load_entries_per_second": round(manifest.rows / loading),
        "mirror_entries_per_second": round(manifest.rows / mirroring),
    }


def _timed(act: Callable[[], Any], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - begin)
    return best


def _best(answer: Callable[[], Answers]) -> tuple[float, Answers]:
    """Run once to warm up, then take the best of some runs."""
    answers = answer()
    return _timed(answer, _RUNS), answers


def _load(size: int, progress: Callable[[int], None] | None) -> None:
    """Load about ``size`` entries: one in fifty corrected, one person in a hundred joined."""
    from spean.ledger import actions
    from spean.ledger.lines import MadeLines
    from spean.ledger.states import COLUMNS
    from spean.statistics.caseload import others

    where = others.outside([])
    place = {column: COLUMNS.index(column) for column in COLUMNS}
    persons, done = int(size / _PER_PERSON), 0
    for first in range(0, persons, _CHUNK):
        last = min(first + _CHUNK, persons)
        lines = others.rows(1, first, last, where)
        for number, line in enumerate(lines[::50]):
            line[place["id"]] = f"{first}/{number}"
            later = list(line)
            later[place["id"]], later[place["supersedes"]] = "", f"{first}/{number}"
            later[place["outcome"]] = "learnt_later"
            later[place["recorded"]] = ""
            lines.append(later)
        for number in range(first, last - 1, 100):
            joined = [""] * len(COLUMNS)
            joined[place["kind"]], joined[place["occurred"]] = "persons_joined", "2025-01-01"
            joined[place["person"]] = f"other/{number:07}"
            joined[place["other"]] = f"other/{number + 1:07}"
            joined[place["recorded"]] = "2025-01-02T00:00:00Z"
            lines.append(joined)
        actions.load_lines(
            MadeLines(lambda made=lines: iter(made)),  # type: ignore[misc]
            actor=operator(),
            source=f"bench/{first}",
            create_codes=True,
        )
        done += len(lines)
        if progress:
            progress(done)


def _period() -> tuple[date, date]:
    from spean.kernel import clock

    year = clock.today().year - 2
    return date(year, 1, 1), date(year, 12, 31)


def _ours() -> Answers:
    from spean.kernel import clock
    from spean.statistics import queries, rules

    first, last = _period()
    asked = rules.Asked(first=first, last=last, as_of=clock.today(), measures=MEASURES, keys=KEYS)
    document = queries.statement_for(operator(), asked)
    return {
        (f["measure"], f["key"]): (f["quantity"], f["previous"])
        for f in document["figures"]
        if not f["by"]
    }


def _answers(row: Any) -> Answers:
    """Read the row of the hand-written SQL: quantity and previous, key by key, by measure."""
    pairs = list(zip(row[::2], row[1::2], strict=True))
    names = [(measure, key) for measure in MEASURES for key in KEYS]
    return {name: pair for name, pair in zip(names, pairs, strict=True) if pair[0]}


def _sql(entry: str) -> str:
    from spean.kernel import clock
    from spean.statistics import counting, rules

    first, last = _period()
    asked = rules.Asked(first=first, last=last, as_of=clock.today())
    before_first, before_last = asked.previous
    text = (files("spean.site.cli") / "bench_statement.sql").read_text(encoding="utf-8")
    return text.format(
        entry=entry,
        cut=counting.end_of(clock.today()).isoformat(sep=" "),
        first=first,
        last=last,
        before_first=before_first,
        before_last=before_last,
    )


def _row_store() -> Answers:
    from django.db import connection

    seen = (
        "(SELECT * FROM ledger_entry WHERE load_id IS NULL OR load_id IN "
        "(SELECT id FROM ledger_load WHERE shown IS NOT NULL))"
    )
    with connection.cursor() as cursor:
        cursor.execute(_sql(seen))
        return _answers(cursor.fetchone())


def _duck(plain: Path) -> Answers:
    import duckdb

    with duckdb.connect() as connection:
        return _answers(connection.execute(_sql(f"read_parquet('{plain}')")).fetchone())


def _write_plain(manifest: Any, path: Path) -> None:
    """Give the peer the same rows in a Parquet file that it need not decrypt."""
    import pyarrow.parquet as pq

    from spean.ledger import mirror
    from spean.ledger.queries import MIRRORED

    pq.write_table(mirror.read(manifest, MIRRORED), path, compression="zstd")
