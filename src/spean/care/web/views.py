"""Care as it is seen: the list, the panel on the case, the page of one person."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from spean.care import access, queries
from spean.care.models import Care
from spean.care.states import CareState
from spean.cases.queries import cases_for
from spean.kernel.actor import Capability
from spean.shell.doors import SIGNED_IN, ActorRequest, reads

SEES_CARE = (Capability.GIVE_CARE, Capability.WORK_CASES, Capability.TRIAGE_REQUESTS)
_ON_A_PAGE = 50


@reads(to=Capability.GIVE_CARE)
def listing(request: ActorRequest) -> HttpResponse:
    """List the people this agency cares for, those expected first; or those no longer."""
    ended = request.GET.get("ended") == "1"
    own = queries.care_for(request.actor).filter(agency_id=request.actor.agency_id or 0)
    closed = own.filter(state=CareState.CLOSED)
    rows = closed if ended else own.exclude(state=CareState.CLOSED)
    page = Paginator(rows.order_by("opened"), _ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(care, queries.next_follow_up(care)) for care in page]
    return render(request, "care/list.html", {"page": page, "lines": lines, "ended": ended})


@reads(to=SIGNED_IN)
def panel(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show who cares for whom on a case: states and days, no words."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    shown = {
        "case": case,
        "lines": [(care, queries.next_follow_up(care)) for care in queries.care_on(case)],
        "openable": set(queries.care_for(request.actor).values_list("pk", flat=True)),
        "may_open": any(request.actor.can(c) for c in SEES_CARE),
    }
    template = "care/_panel.html" if request.htmx else "care/panel.html"
    return render(request, template, shown)


def find_care(request: ActorRequest, care_id: UUID) -> Care:
    return get_object_or_404(queries.care_for(request.actor), pk=care_id)


@reads(to=SEES_CARE)
def detail(request: ActorRequest, care_id: UUID) -> HttpResponse:
    """Show one person's care: reception, her choice, the plan, what came of it."""
    care = find_care(request, care_id)
    actor = request.actor
    return render(
        request,
        "care/detail.html",
        {
            "care": care,
            "follow_ups": care.follow_ups.select_related("done_by"),
            "next_follow_up": queries.next_follow_up(care),
            "next": queries.next_step(care, actor),
            "others": queries.other_steps(care, actor),
            "why_not": access.giving.reason(actor, care),
            "why_no_words": access.reading.reason(actor, care),
            "case_open": cases_for(actor).filter(pk=care.case_id).exists(),
        },
    )
