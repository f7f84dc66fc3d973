"""What the ledger shows. Entries of a load not yet shown are in no answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from spean.ledger.models import Entry, Load
from spean.ledger.states import OF_AN_ENTRY
from spean.ledger.superseding import Held


def written_now() -> datetime:
    """Return the machine's own time: when a row is truly written, whatever the clock is set to."""
    return datetime.fromtimestamp(time.time(), UTC)


def entries() -> QuerySet[Entry]:
    """Return every entry that can be seen."""
    return Entry.objects.filter(Q(load=None) | Q(load__shown__isnull=False))


def in_effect() -> QuerySet[Entry]:
    """Return the entries that nothing known by now supersedes, and that are not withdrawals."""
    later = entries().filter(supersedes=OuterRef("pk"))
    return entries().filter(~Exists(later)).exclude(counts_as__in=OF_AN_ENTRY)


def timeline_of(*, case: str = "", person: str = "", request: str = "") -> QuerySet[Entry]:
    """Return what happened, in effect and in order: give the key of one case, person or request.

    The caller has already judged who may see the record this key belongs to.
    """
    asked = {"case": case, "person": person, "request": request}
    given = {name: key for name, key in asked.items() if key}
    if not given:
        return Entry.objects.none()
    return in_effect().filter(**given).order_by("occurred_first", "recorded", "pk")


def load_of_file(digest: str) -> Load | None:
    return Load.objects.filter(digest=digest, shown__isnull=False).first()


def loads_from(prefix: str) -> QuerySet[Load]:
    """Return the loads, shown, whose source begins so."""
    return Load.objects.filter(source__startswith=prefix, shown__isnull=False).order_by("pk")


def held_by_refs(refs: Iterable[str]) -> dict[str, list[Held]]:
    """Return the entries of the ledger that bear each of the ids."""
    found: dict[str, list[Held]] = {}
    waiting = iter(refs)
    while some := list(islice(waiting, 500)):
        rows = entries().filter(ref__in=some)
        for row in rows.only("ref", "counts_as", "occurred", "occurred_first", "occurred_last"):
            day = (row.occurred, row.occurred_first.isoformat(), row.occurred_last.isoformat())
            found.setdefault(row.ref, []).append(Held(row.pk, row.counts_as, day))
    return found


# --- for the mirror --------------------------------------------------------------------------

# In the order of the mirror's columns; the first is the row, the last is when it could be seen.
MIRRORED = (
    "id", "kind", "counts_as", "occurred", "occurred_first", "occurred_last", "recorded",
    "person", "case", "request", "return_key", "operation", "proceeding", "interview", "agency",
    "supporting", "from_country", "to_country", "province", "checkpoint", "sex", "age",
    "nationality", "role", "form", "cause", "placement", "outcome", "ref", "other",
    "supersedes_id", "loaded",
)  # fmt: skip
_SELECT = "SELECT {} FROM ledger_entry WHERE ".format(  # noqa: S608 - names of our own columns
    ", ".join(f'"{column}"' for column in MIRRORED)
)


def entries_for_mirror(where: str, params: list[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield raw rows in the order of MIRRORED, ``size`` at a time, by id."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{_SELECT}{where} ORDER BY id", params)
        while rows := cursor.fetchmany(size):
            yield list(rows)
