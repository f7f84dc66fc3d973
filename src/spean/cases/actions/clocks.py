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
    ladder = _Ladder()
    running = Clock.objects.filter(stopped=None).filter(level__lt=rules.MOST_LEVELS)
    for limit in running.select_related("owner", "case__lead_agency").order_by("due", "pk"):
        if limit.reminded is None and moment >= rules.reminds_at(limit.started, limit.due):
            raised += _remind(limit, moment)
        wanted = rules.level_at(limit.started, limit.due, moment, danger=limit.danger)
        while limit.level < wanted and (told := ladder.next(limit)):
            raised += _climb(limit, told, moment)
    return raised


class _Ladder:
    """Who is told of a limit, one after the other; each office's parents are asked for once."""

    def __init__(self) -> None:
        self._parents: dict[int, list[Agency]] = {}

    def of(self, limit: Clock) -> list[Agency]:
        found = self._parents_of(limit.owner)
        if limit.case is None:
            return found
        if not found and limit.case.lead_agency_id != limit.owner_id:
            found = [limit.case.lead_agency]
        kept_from = set(kept_from_of(limit.case).values_list("agency_id", flat=True))
        return [office for office in found if office.pk not in kept_from]

    def next(self, limit: Clock) -> Agency | None:
        """Return who is told next, or None at the top."""
        parents = self._parents_of(limit.owner)
        if parents and limit.level >= len(parents):
            return None
        offices = self.of(limit)
        return offices[limit.level] if limit.level < len(offices) else None

    def _parents_of(self, office: Agency) -> list[Agency]:
        if office.pk not in self._parents:
            found: list[Agency] = []
            parent = above(office)
            while parent is not None and parent not in found:
                found.append(parent)
                parent = above(parent)
            self._parents[office.pk] = found
        return self._parents[office.pk]


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
