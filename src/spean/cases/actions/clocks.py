"""Time limits: they run, remind, climb to the agency above, and are stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import F

from spean.agencies.models import Agency
from spean.agencies.queries import above
from spean.cases import rules
from spean.cases.actions.seeing import write_grant
from spean.cases.events import ClockClimbed
from spean.cases.models import Case, Clock
from spean.cases.queries import kept_from_of
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import SYSTEM
from spean.shell.publishing import publish


@dataclass(frozen=True)
class Raised:
    """What one beat of the clock raised: level 0 is a reminder to the owner itself."""

    reference: str
    kind: str
    owner: str
    told: str
    level: int


@transaction.atomic
def start_clock(
    row: models.Model,
    *,
    kind: ClockKind,
    owner: Agency,
    due: datetime,
    reference: str,
    url: str,
    case: Case | None = None,
    danger: bool = False,
) -> Clock:
    """Start a limit on a row of any room; one of the same kind that runs on it is stopped.

    Called by the actions of the rooms, which have judged who may.
    """
    stop_clock(row, kind)
    return Clock.objects.create(
        subject=name_of(row),
        kind=ClockKind(kind),
        owner=owner,
        started=clock.now(),
        due=due,
        reference=reference,
        url=url,
        case=case,
        danger=danger,
    )


def stop_clock(row: models.Model, kind: ClockKind) -> bool:
    """Stop the row's limit of this kind; return whether one ran."""
    running = Clock.objects.filter(subject=name_of(row), kind=kind, stopped=None)
    return bool(running.update(stopped=clock.now()))


def tick(now: datetime | None = None) -> list[Raised]:
    """Remind and climb for every running limit; asking twice raises nothing twice."""
    moment = now or clock.now()
    raised: list[Raised] = []
    running = Clock.objects.filter(stopped=None).filter(level__lt=rules.MOST_LEVELS)
    for limit in running.select_related("owner", "case__lead_agency").order_by("due", "pk"):
        if limit.reminded is None and moment >= rules.reminds_at(limit.started, limit.due):
            raised += _remind(limit, moment)
        wanted = rules.level_at(limit.started, limit.due, moment, danger=limit.danger)
        chain = _chain(limit) if limit.level < wanted else []
        while limit.level < min(wanted, len(chain)):
            raised += _climb(limit, chain[limit.level], moment)
    return raised


def _chain(limit: Clock) -> list[Agency]:
    """Return who is told, one after the other: the owner's parents, else who leads the case."""
    found: list[Agency] = []
    office = above(limit.owner)
    while office is not None and office not in found:
        found.append(office)
        office = above(office)
    if limit.case is None:
        return found
    if not found and limit.case.lead_agency_id != limit.owner_id:
        found.append(limit.case.lead_agency)
    kept_from = set(kept_from_of(limit.case).values_list("agency_id", flat=True))
    return [office for office in found if office.pk not in kept_from]


@transaction.atomic
def _remind(limit: Clock, now: datetime) -> list[Raised]:
    if not Clock.objects.filter(pk=limit.pk, reminded=None, stopped=None).update(reminded=now):
        return []
    limit.reminded = now
    owner = limit.owner.code
    journal.record(
        SYSTEM, "cases.clock_reminded", limit, kind=limit.kind, of=limit.subject, owner=owner
    )
    return [Raised(limit.reference, limit.kind, owner, owner, 0)]


@transaction.atomic
def _climb(limit: Clock, told: Agency, now: datetime) -> list[Raised]:
    moved = Clock.objects.filter(pk=limit.pk, level=limit.level, stopped=None).update(
        level=F("level") + 1, told=told, climbed=now
    )
    limit.level += 1
    if not moved:  # somebody stopped it, or another beat was first
        return []
    if limit.case is not None:
        write_grant(limit.case, agency_id=told.pk, basis=f"clock:{limit.pk}")
    publish(
        ClockClimbed(subject=limit.subject, kind=limit.kind, told_id=told.pk, level=limit.level)
    )
    journal.record(
        SYSTEM,
        "cases.clock_climbed",
        limit,
        kind=limit.kind,
        of=limit.subject,
        owner=limit.owner.code,
        told=told.code,
        level=limit.level,
    )
    return [Raised(limit.reference, limit.kind, limit.owner.code, told.code, limit.level)]
