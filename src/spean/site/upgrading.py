"""Bring an installation up to date: check keys, back up, migrate, verify."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from spean import vault
from spean.journal.queries import verify
from spean.kernel import clock
from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence


def run_upgrade(*, backed_up: bool) -> Iterator[str]:
    """Do each step and say so; stop at the first that fails."""
    vault.ring().derive("upgrade")
    yield "The key ring opens."
    if "journal_entry" in connection.introspection.table_names() and not backed_up:
        yield f"The database is backed up in {_back_up()}."
    call_command("migrate", interactive=False, verbosity=0)
    yield "The tables are up to date."
    verdict = verify()
    if not verdict.holds:
        raise DomainError(
            Sentence(
                "The journal does not hold at entry {bad}. Run “spean journal verify” and restore "
                "the backup if the upgrade did it.",
                bad=verdict.bad or 0,
            )
        )
    yield f"The journal holds: {verdict.entries} entries."


def _back_up() -> Path:
    folder = vault.home() / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder / f"before-upgrade-{stamp}.sqlite3")
    return _dump_postgres(folder / f"before-upgrade-{stamp}.dump")


def _copy_sqlite(path: Path) -> Path:
    _make_private(path)
    target = sqlite3.connect(path)
    connection.ensure_connection()
    connection.connection.backup(target)
    target.close()
    return path


def _dump_postgres(path: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise DomainError(
            Sentence(
                "pg_dump is not installed, so no backup can be made here. Back the database up "
                "yourself, then run “spean upgrade --backed-up”."
            )
        )
    held = connection.settings_dict
    # The password goes by the environment: a command line can be read by everybody on the machine.
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    wanted = {name: str(held[key]) for name, key in named.items() if held.get(key)}
    _make_private(path)
    made = subprocess.run(  # noqa: S603 - a program of the machine, our own words
        [program, "--format=custom", f"--file={path}", str(held["NAME"])],
        env=os.environ | wanted,
        capture_output=True,
        check=False,
    )
    if made.returncode:
        raise DomainError(
            Sentence(
                "pg_dump could not back the database up. Back it up yourself, then run “spean "
                "upgrade --backed-up”."
            )
        )
    return path


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
