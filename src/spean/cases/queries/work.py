"""The lines of *my work* that cases give: limits owed, told of or waited for, and new cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from spean.cases import access
from spean.cases.models import Case, Clock, Grant
from spean.cases.states import OWED, CaseState
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.shell.navigation import WorkLine

NEW_FOR = timedelta(days=3)


def work_of(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    """Yield every limit the actor's agency owes, was told of, or waits for; and new cases."""
    told = (*access.WORKING, Capability.SEE_PSEUDONYMOUS_CASES)
    if not actor.agency_id or not any(actor.can(c) for c in told):
        return
    running = Clock.objects.filter(stopped=None).select_related("owner", "case")
    mine = Q(owner_id=actor.agency_id) | Q(told_id=actor.agency_id)
    for limit in running.filter(mine).order_by("due"):
        yield _list_of(limit, actor), _line(limit, actor)
    waiting = running.filter(case__lead_agency_id=actor.agency_id).exclude(mine)
    for limit in waiting.order_by("due"):
        yield "waiting", _line(limit, actor)
    fresh = Case.objects.filter(
        lead_agency_id=actor.agency_id, state=CaseState.OPEN, opened__gt=clock.now() - NEW_FOR
    )
    for case in fresh.order_by("opened"):
        yield "new", _new_line(case, Sentence("A case was opened"), case.opened)
    yield from _let_in(actor)


def _let_in(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    granted = Grant.objects.filter(
        agency_id=actor.agency_id or 0,
        excluded=False,
        withdrawn=None,
        since__gt=clock.now() - NEW_FOR,
        basis__startswith="clock:",
    )
    for held in granted.select_related("case").order_by("since"):
        told = Sentence("A limit was not met: you are told of it")
        yield "new", _new_line(held.case, told, held.since)


def _new_line(case: Case, what: Sentence, since: datetime) -> WorkLine:
    url = reverse("cases:detail", args=[case.pk])
    return WorkLine(what, case.ref, url, since, next_step=Sentence("Open the case"))


def _list_of(limit: Clock, actor: Actor) -> str:
    if limit.due <= clock.now():
        return "overdue"
    if clock.day_of(limit.due) <= clock.today():
        return "today"
    if limit.owner_id != actor.agency_id:
        return "waiting"
    return "new" if limit.started > clock.now() - NEW_FOR else "waiting"


def _line(limit: Clock, actor: Actor) -> WorkLine:
    is_mine = limit.owner_id == actor.agency_id
    url = limit.url
    if not is_mine and limit.case_id is not None:
        url = reverse("cases:detail", args=[limit.case_id])
    return WorkLine(
        what=OWED[limit.kind],
        reference=limit.reference,
        url=url,
        since=limit.started,
        due=limit.due,
        next_step=None
        if is_mine
        else Sentence("{agency} owes this", agency=limit.owner.name_in(get_language() or "en")),
    )
