"""The journal's only writer."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from spean import vault
from spean.journal.models import Entry, name_of
from spean.journal.queries import checkpoint_folder, signed_checkpoint
from spean.journal.rules import START, link
from spean.journal.states import FACT
from spean.kernel import clock
from spean.kernel.actor import Actor, Kind
from spean.shell.reading import journal_door

_LOCK = 0x5350454A  # "SPEJ": the advisory lock of the append, PostgreSQL only


def record(
    actor: Actor, fact: str, subject: models.Model | str = "", *, purpose: str = "", **codes: Any
) -> Entry:
    """Append a fact, sealed to the one before, in the caller's transaction.

    ``codes`` are codes, counts and ids (str, int, bool, None): never a name or a free text.
    Call it as the last act of an action: on PostgreSQL it holds the append's lock until commit.
    """
    if not FACT.fullmatch(fact):
        raise ValueError(f"{fact} is not a fact's name")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Entry.objects.order_by("-seq").values_list("seq", "mac").first()
        seq, before = (last[0], bytes(last[1])) if last else (0, START)
        version = vault.ring().current
        entry = Entry(
            seq=seq + 1,
            at=clock.now(),
            kind=actor.kind.value,
            user_id=actor.user_id,
            agency=_office(actor),
            fact=fact,
            subject=subject if isinstance(subject, str) else name_of(subject),
            purpose=purpose or actor.purpose,
            codes=codes,
            key_version=version,
        )
        entry.mac = link(vault.ring().derive("journal", version), before, entry.sealed_values())
        entry.save(force_insert=True)
    return entry


def _office(actor: Actor) -> str:
    """Return the actor's agency; for the command line the operating system's user instead."""
    if actor.kind is Kind.OPERATOR:
        return f"os:{actor.label}"[:40]
    return actor.agency_code


def saw(actor: Actor, fact: str, subject: models.Model | str, *, purpose: str = "") -> None:
    """Append that something was seen, from a page that may not write anything else."""
    with journal_door():
        record(actor, fact, subject, purpose=purpose)


def write_checkpoint() -> Path | None:
    """Write the chain's head, signed, into SPEAN_HOME/checkpoints; None if nothing is new.

    Kept elsewhere (a printer, another office's disk), it proves later that no tail was cut.
    """
    last = Entry.objects.order_by("-seq").first()
    if last is None:
        return None
    path = checkpoint_folder() / f"{last.seq:012}.json"
    if path.exists():
        return None
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(signed_checkpoint(last))
    return path


def thin_checkpoints() -> int:
    """Keep all of today's checkpoints and the last of every day before; return how many went."""
    today = _day(time.time())
    last: dict[date, Path] = {}
    gone = 0
    for path in sorted(checkpoint_folder().glob("*.json")):
        day = _day(path.stat().st_mtime)
        if day < today and (earlier := last.get(day)):
            earlier.unlink()
            gone += 1
        last[day] = path
    return gone


def _day(stamp: float) -> date:
    return clock.day_of(datetime.fromtimestamp(stamp, UTC))
