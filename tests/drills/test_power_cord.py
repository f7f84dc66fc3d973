"""The cord is pulled while pleas are coming in: every number that was shown still opens its plea.

PostgreSQL takes part where DATABASE_URL names a server: a database of its own is made there.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.drills.installation import Installation

pytestmark = pytest.mark.drill

THREADS = 8
CORDS = 2  # how often it is pulled
SECONDS = 2.5  # of load before each
MOST = 300  # looked up afterwards: the real hash takes its time


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(request, tmp_path) -> Iterator[Installation]:
    if request.param == "sqlite":
        made = Installation(tmp_path / "home")
        yield made
        made.pull_the_cord()
        return
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        pytest.skip("needs DATABASE_URL to be a PostgreSQL server")
    import psycopg

    name = f"cord_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    made = Installation(
        tmp_path / "home", DATABASE_URL=urlsplit(server)._replace(path=name).geturl()
    )
    yield made
    made.pull_the_cord()
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")


def plead(installation: Installation, round_: int) -> dict[str, str]:
    """Send pleas from many threads until the cord is pulled; return words by number shown."""
    shown: dict[str, str] = {}
    going = threading.Event()
    going.set()

    def one(thread: int) -> None:
        count = 0
        with installation.visitor() as visitor, suppress(OSError, http.client.HTTPException):
            while going.is_set():
                words = f"plea {round_}-{thread}-{count} I cannot go out."
                if number := visitor.write(words):
                    shown[number] = words
                count += 1

    with ThreadPoolExecutor(THREADS) as pool:
        for thread in range(THREADS):
            pool.submit(one, thread)
        time.sleep(SECONDS)
        installation.pull_the_cord()
        going.clear()
    return shown


def test_every_receipt_that_was_shown_is_found_after_the_cord_was_pulled(installation):
    shown: dict[str, str] = {}
    for round_ in range(CORDS):
        installation.start()
        shown |= plead(installation, round_)
    assert len(shown) > THREADS * CORDS
    installation.start()

    def found(item: tuple[str, str]) -> bool:
        number, words = item
        with installation.visitor() as visitor:
            return words in (visitor.come_back(number) or "")

    # The last shown first: they were nearest to the cord.
    asked = list(reversed(shown.items()))[:MOST]
    with ThreadPoolExecutor(4) as pool:
        lost = [item for item, ok in zip(asked, pool.map(found, asked), strict=True) if not ok]
    assert lost == []
    installation.run("journal", "verify")
