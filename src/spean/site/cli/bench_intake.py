"""``spean bench intake``: how many pleas are kept a second, beside a bare insert of one row.

Ours: a number made and hashed, three texts sealed under a new key, request, receipt, clocks, ledger
entry and journal fact, on the disk before the answer. The peer: one row of the same bytes, on the
disk before the answer. Same threads, same disk, same run, an empty installation of its own.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence
from spean.site import environment
from spean.site.cli.door import say_json, set_up

WORDS = "ខ្ញុំត្រូវបានឃុំនៅក្នុងផ្ទះ។ I cannot go out, no SIM card, only text. 我在河南。 Giúp tôi với. " * 2
WARM_UP = 16
Work = Callable[[int], object]


@dataclass(frozen=True)
class Measured:
    """How one side did; milliseconds are of one call, waiting included."""

    per_second: float
    p50_ms: float
    p95_ms: float
    errors: int


@click.command()
@click.option("--size", type=click.IntRange(8), default=2000, show_default=True, help="Pleas.")
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option("--http", "over_http", is_flag=True, help="Through the page server on loopback too.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def intake(*, size: int, threads: int, over_http: bool, as_json: bool) -> None:
    """Measure how pleas are kept, beside a bare insert.

    Example: spean bench intake --size 2000 --json
    """
    with _own_home() as home:
        set_up()
        found: dict[str, Any] = {"bench": "intake", "size": size, "threads": threads}
        peer = measure(_bare_insert(home / "peer.sqlite3"), size, threads)
        ours = measure(_plea(), size, threads)
        found |= {"ours": asdict(ours), "peer": asdict(peer), "verified": _verified(size)}
        found["ratio"] = round(ours.per_second / peer.per_second, 3)
        if over_http:
            from spean.site.cli.bench_pages import served

            with served(home) as plead:
                found["http"] = asdict(measure(plead, size, threads))
    if as_json:
        say_json(found)
    else:
        _tell(found)


def measure(work: Work, size: int, threads: int) -> Measured:
    """Run ``work`` ``size`` times from ``threads`` threads, after a short warming up."""
    taken: list[float] = []
    errors = 0

    def one(number: int) -> float:
        began = time.perf_counter()
        work(number)
        return time.perf_counter() - began

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(WARM_UP)))
        gc.collect()
        gc.freeze()  # as the page server does
        began = time.perf_counter()
        for future in [pool.submit(one, WARM_UP + n) for n in range(size)]:
            if future.exception() is None:
                taken.append(future.result())
            else:
                errors += 1
        seconds = time.perf_counter() - began
        # Each thread gives its own connections back.
        list(pool.map(lambda _: _close(), range(threads * 4)))
    parts = statistics.quantiles([t * 1000 for t in taken] or [0.0, 0.0], n=100)
    return Measured(
        per_second=round(len(taken) / seconds, 1),
        p50_ms=round(parts[49], 1),
        p95_ms=round(parts[94], 1),
        errors=errors,
    )


def _close() -> None:
    from django.db import connections

    from spean.vault.store import keystore

    connections.close_all()
    keystore().close()


@contextmanager
def _own_home() -> Iterator[Path]:
    """Make an empty installation on the disk where the real one stands, and remove it after."""
    from django.conf import settings

    if settings.configured:
        raise DomainError(Sentence("Run this measurement as a command of its own."))
    place = environment.home()
    place.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("SPEAN_KEYS", None)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as held:
        os.environ |= {"SPEAN_HOME": held, "SPEAN_HTTPS": "0"}
        yield Path(held)


def _bare_insert(path: Path) -> Work:
    local = threading.local()
    row = WORDS.encode()

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(path, timeout=30, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        return made

    with closing(connect()) as first:
        first.execute("CREATE TABLE plea (id INTEGER PRIMARY KEY, words BLOB)")

    def insert(_: int) -> object:
        if not hasattr(local, "held"):
            local.held = connect()
        held: sqlite3.Connection = local.held
        held.execute("BEGIN IMMEDIATE")
        held.execute("INSERT INTO plea (words) VALUES (?)", (row,))
        return held.execute("COMMIT")

    return insert


def _plea() -> Work:
    from spean.intake.actions import portal

    def receive(number: int) -> object:
        return portal.receive(
            words=f"{number} {WORDS}", language="km", for_whom="me", where="Henan", danger_now=True
        )

    return receive


def _verified(size: int) -> bool:
    """Say whether all that was written is there and can be read, and the journal holds."""
    from spean.intake.models import Request
    from spean.journal.queries import verify
    from spean.ledger.models import Entry

    wanted = size + WARM_UP
    texts = {r.words.partition(" ")[0] for r in Request.objects.iterator()}
    return len(texts) == Entry.objects.count() == wanted and verify().holds


def _tell(found: dict[str, Any]) -> None:
    for name, key in (("ours", "ours"), ("bare insert", "peer"), ("over HTTP", "http")):
        if side := found.get(key):
            click.echo(
                f"{name:12} {side['per_second']:>8} a second  "
                f"p50 {side['p50_ms']} ms  p95 {side['p95_ms']} ms  errors {side['errors']}"
            )
    click.echo(f"{'ratio':12} {found['ratio']:>8}  verified: {found['verified']}")
