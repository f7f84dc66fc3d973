"""Make the demo: institutions, accounts, printed tables, and about sixty persons walked."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db import transaction

from spean.cases import actions as cases
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.people.models import Person
from spean.shell.actions import mark_demo
from spean.site import institutions
from spean.site.demo import accounts, tables
from spean.site.demo.cast import Cast
from spean.site.demo.stage import Walk, play
from spean.site.demo.walks import HENAN, JIANGXI, SVAY_RIENG, THAILAND, plea, unclear, whole
from spean.statistics import actions as statistics
from spean.statistics.caseload import Unit, plan, published, walkable
from spean.vault.store import keystore

SEED = 1
RETURNED, RESCUED = 30, 6


@dataclass(frozen=True)
class Made:
    accounts: int
    persons: int
    entries: int


def make(*, actor: Actor) -> Made:
    """Fill an empty database with the demo; all of the walks or none."""
    mark_demo()
    institutions.load(institutions.built_in(), actor=actor)
    laid = plan.lay(published(), SEED)
    units = {table.id: found for table, _, found in laid}
    returned = walkable(units[tables.RETURNS], RETURNED)
    rescued = tables.rescues(units[tables.RESCUES], RESCUED)
    told = statistics.lay_caseload(
        published(),
        actor=actor,
        seed=SEED,
        without={
            tables.RETURNS: {u.index for u in returned},
            tables.RESCUES: {u.index for u in rescued},
        },
    )
    now = clock.now()
    try:
        with keystore().batch(), transaction.atomic():
            cast = Cast(accounts.make(actor), random.Random(SEED))  # noqa: S311 - made-up people
            play(_walks(cast, returned, rescued), until=now, between=_day_ends)
    finally:
        clock.set_now(None)
    return Made(
        accounts=len(accounts.ACCOUNTS),
        persons=Person.objects.count(),
        entries=told.entries_added,
    )


def _day_ends() -> None:
    cases.tick(clock.now())


def _walks(cast: Cast, returned: list[Unit], rescued: list[Unit]) -> Iterator[Walk]:
    number = 0
    by_case: Callable[[Unit], str] = lambda unit: unit.group  # noqa: E731 - a sort key
    for _, group in groupby(sorted(returned, key=by_case), key=by_case):
        yield tables.returned(cast, list(group), number)
        number += 1
    for unit in rescued:
        yield tables.rescued(cast, unit, number)
        number += 1
    yield from _open_work(cast)


def _open_work(cast: Cast) -> Iterator[Walk]:
    """What lies on the desks today: every stage, some of it late."""
    today = clock.today()
    for number, ago in enumerate((0, 0, 1, 1, 2, 3)):
        yield plea(cast, today - timedelta(days=ago + 1), number)
    for number, ago in enumerate((2, 5)):
        yield unclear(cast, today - timedelta(days=ago), number)
    # How far each has come, and how many days ago the plea was heard.
    for number, (steps, ago) in enumerate(
        (
            (0, 1), (0, 2), (1, 2), (1, 4), (2, 5), (2, 9), (3, 4), (3, 16), (4, 6), (4, 12),
            (5, 9), (5, 15), (6, 11), (7, 14), (7, 36), (7, 80), (8, 44), (9, 46), (9, 45),
            (10, 46), (10, 47), (11, 50), (12, 60), (13, 120),
        )
    ):  # fmt: skip
        route = (HENAN, JIANGXI, THAILAND, SVAY_RIENG)[number % 4]
        yield whole(
            cast, today - timedelta(days=ago), number, route, steps=steps,
            script=("km", "latin")[number % 2],
        )  # fmt: skip
