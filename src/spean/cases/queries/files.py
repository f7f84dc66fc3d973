"""The only way to a case, and what hangs on it: limits, and who sees it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from spean.agencies.models import Agency
from spean.cases import access
from spean.cases.models import Case, Clock, Grant
from spean.kernel import clock
from spean.kernel.actor import Actor


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Return the cases on whose page the actor may be, the newest first."""
    held = Case.objects.filter(access.visible(actor))
    return held.select_related("lead_agency", "officer").order_by("-opened")


def running_clocks(case: Case) -> QuerySet[Clock]:
    """Return the limits that run on a case, the nearest first."""
    held = Clock.objects.filter(case=case, stopped=None)
    return held.select_related("owner", "told").order_by("due")


def next_limits(cases: Iterable[Case]) -> dict[uuid.UUID, Clock]:
    """Return the nearest limit that runs on each of the cases."""
    held = Clock.objects.filter(case__in=list(cases), stopped=None).select_related("owner")
    return {limit.case_id: limit for limit in held.order_by("-due") if limit.case_id}


def kept_from_of(case: Case) -> QuerySet[Grant]:
    """Return which agencies are kept from a case."""
    return Grant.objects.filter(case=case, excluded=True, withdrawn=None).select_related("agency")


def agencies_on(case: Case) -> list[Agency]:
    """Return who else sees the case beside the lead agency."""
    now = clock.now()
    standing = Q(until=None) | Q(until__gt=now)
    granted = Grant.objects.filter(standing, case=case, excluded=False, withdrawn=None)
    shut = kept_from_of(case).values("agency_id")
    return list(
        Agency.objects.filter(pk__in=granted.values("agency_id"))
        .exclude(pk__in=shut)
        .exclude(pk=case.lead_agency_id)
        .order_by("name_en")
    )
