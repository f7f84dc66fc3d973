"""Take and give back leases; hold the clock still where that is allowed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from spean.agencies.models import User
from spean.journal.models import Entry
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.shell.actions import mark_demo
from spean.shell.queries import is_demo
from spean.site.models import Lease


def take_lease(name: str, holder: str, *, lasts: timedelta, now: datetime) -> bool:
    """Take the lease unless another holds it; say whether it was got."""
    Lease.objects.get_or_create(name=name, defaults={"until": now})
    free = Lease.objects.filter(name=name, until__lte=now)
    return bool(free.update(holder=holder, until=now + lasts))


def give_back(name: str, holder: str, *, now: datetime) -> None:
    """Give the lease back, and keep when the work was done."""
    Lease.objects.filter(name=name, holder=holder).update(holder="", until=now, done=now)


@transaction.atomic
def hold_clock(written: str) -> None:
    """Stop the clock at an ISO instant; only for fictional people.

    An empty database becomes a test database for good, with the banner on every page; one that
    holds real work refuses.
    """
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Invalid(
            Sentence(
                "SPEAN_NOW must be an instant with its zone, such as 2025-03-03T09:00:00+07:00."
            )
        )
    if not is_demo():
        if Entry.objects.exists() or User.objects.exists():
            raise Invalid(
                Sentence(
                    "SPEAN_NOW is honoured only on a demo or test database. Take it out of the "
                    "environment."
                )
            )
        clock.set_now(instant)
        mark_demo()
    clock.set_now(instant)
