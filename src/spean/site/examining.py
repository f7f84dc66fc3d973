"""What ``spean doctor`` looks at: each finding says what is wrong and how to mend it."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spean import vault
from spean.journal.models import Entry
from spean.journal.queries import verify
from spean.site import environment
from spean.site.models import Lease
from spean.vault.fields import EncryptedField

CLASSES = frozenset({"identity", "sensitive", "coded", "public"})
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One line: good, warn or wrong."""

    state: str
    what: str
    mend: str = ""


def examine(*, privacy: bool = False) -> list[Finding]:
    """Look at everything; later checks need the tables and are left out without them."""
    found = [f for check in (_environment, _keys, _disk, _hosts) for f in check()]
    tables = list(_migrations())
    found += tables
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (_clock, _jobs, _ticks, _journal)
    if not any(f.state == "wrong" for f in tables):
        found += [f for check in checks for f in check()]
    return found + (list(_privacy()) if privacy else [])


def _environment() -> Iterator[Finding]:
    unknown = environment.unknown()
    for name in unknown:
        yield Finding("wrong", f"{name} means nothing to Spean.", "Correct it or take it out.")
    if not unknown:
        yield Finding("good", "The environment holds no unknown SPEAN_ name.")


def _keys() -> Iterator[Finding]:
    vault.ring()
    open_to_others = [
        path
        for path in (environment.keys(), environment.keys() / "ring.json", _key_store())
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    for path in open_to_others:
        mode = "700" if path.is_dir() else "600"
        yield Finding("wrong", f"{path} is open to other users.", f"Run: chmod {mode} {path}")
    if not open_to_others:
        yield Finding("good", "The key ring and the key store are readable by their owner alone.")


def _key_store() -> Path:
    return vault.home() / "keys.db"


def _disk() -> Iterator[Finding]:
    home, keys = vault.home(), environment.keys()
    if home.exists() and keys.exists() and home.stat().st_dev == keys.stat().st_dev:
        yield Finding(
            "warn",
            "The key ring and the data are on the same disk: whoever takes it has both.",
            "Put the ring on another disk and name it in SPEAN_KEYS.",
        )


def _hosts() -> Iterator[Finding]:
    if settings.PORTAL_HOST and not settings.DESK_HOST:
        yield Finding(
            "wrong", "SPEAN_PORTAL_HOST is set without SPEAN_DESK_HOST.", "Set both or neither."
        )
    if settings.PORTAL_HOST and not settings.HTTPS:
        yield Finding(
            "wrong", "A public portal is served without HTTPS.", "Take SPEAN_HTTPS=0 out."
        )


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "wrong", f"{len(plan)} changes of the tables are not applied.", "Run: spean upgrade"
        )
    else:
        yield Finding("good", "The tables are up to date.")


def _clock() -> Iterator[Finding]:
    newest = Entry.objects.aggregate(newest=Max("at"))["newest"]
    now = _real()
    # A demo or test database may hold entries of a stopped clock: only the future is impossible.
    if newest and newest > now + LATE:
        yield Finding(
            "wrong",
            "The journal holds an entry from the future: this machine's clock was set back.",
            "Set the clock right (timedatectl set-ntp true).",
        )
    else:
        yield Finding("good", "The clock stands after the newest entry of the journal.")


def _jobs() -> Iterator[Finding]:
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    if count := failed.count():
        yield Finding(
            "wrong",
            f"{count} jobs failed for good; the newest: {_newest(failed)}.",
            "Mend the cause (the log names it), then run the jobs again.",
        )
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=_real() - LATE)
    if count := waiting.count():
        yield Finding(
            "wrong", f"{count} jobs wait for more than five minutes.", "Start: spean serve"
        )
    if not failed and not count:
        yield Finding("good", "No job failed and none waits.")


def _newest(failed: object) -> str:
    row = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).latest("enqueued_at")
    args = row.args_kwargs.get("args") or [row.task_path]
    return " ".join(str(a) for a in args[:2])


def _ticks() -> Iterator[Finding]:
    lease = Lease.objects.filter(name="tick").first()
    if lease is None or lease.done is None or lease.done < _real() - LATE:
        yield Finding(
            "warn",
            "Nothing that recurs was done in the last five minutes.",
            "Start “spean serve”, or let cron run “spean tick” each minute.",
        )
    else:
        yield Finding("good", "What recurs was done in the last five minutes.")


def _journal() -> Iterator[Finding]:
    verdict = verify()
    if verdict.holds:
        yield Finding("good", f"The journal holds: {verdict.entries} entries.")
    else:
        yield Finding(
            "wrong",
            f"The journal does not hold at entry {verdict.bad}: {verdict.reason}.",
            "Run “spean journal verify”, keep the disk as it is, tell the data protection office.",
        )


def _privacy() -> Iterator[Finding]:
    counts = dict.fromkeys(sorted(CLASSES), 0)
    wrong = False
    for model in (m for m in apps.get_models() if m.__module__.startswith("spean.")):
        room = model.__module__.split(".")[1]
        classes = _classes(room).get(model.__name__, {})
        for field in model._meta.local_fields:
            kind = classes.get(field.name)
            name = f"{room}.{model.__name__}.{field.name}"
            if kind not in CLASSES:
                wrong = True
                yield Finding("wrong", f"{name} has no privacy class.", "Add it to privacy.toml.")
                continue
            counts[kind] += 1
            sealed = isinstance(field, EncryptedField)
            if kind == "identity" and not sealed and room != "agencies":
                wrong = True
                yield Finding("wrong", f"{name} names people but is not sealed.", "Seal it.")
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    if not wrong:
        yield Finding("good", f"Every field has a privacy class: {told}.")


def _classes(room: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parents[1] / room / "privacy.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def _real() -> datetime:
    return datetime.now(UTC)
