"""Returns as they are seen: the list, the panel, the path of one, the slip."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from spean.agencies.models import Agency
from spean.cases.queries import cases_for
from spean.kernel.actor import Capability
from spean.people.queries import shown
from spean.returns import access, queries
from spean.returns.models import Return
from spean.returns.states import ENDED
from spean.shell.doors import SIGNED_IN, ActorRequest, reads

SEES_RETURNS = (
    Capability.ARRANGE_RETURNS,
    Capability.RECEIVE_ARRIVALS,
    Capability.TRIAGE_REQUESTS,
)
_ON_A_PAGE = 50


@reads(to=SEES_RETURNS)
def listing(request: ActorRequest) -> HttpResponse:
    """List who is on the way home, or who has come to the end of it."""
    ended = request.GET.get("ended") == "1"
    rows = (
        queries.returns_for(request.actor).filter(state__in=ENDED).order_by("-opened")
        if ended
        else queries.on_the_way_for(request.actor)
    )
    page = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(ret, queries.next_step(ret, request.actor)) for ret in page]
    return render(request, "returns/list.html", {"page": page, "lines": lines, "ended": ended})


@reads(to=SIGNED_IN)
def panel(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show the returns of a case: each with its step and who owes the next."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    returns = list(queries.returns_on(case))
    shown_here = {
        "case": case,
        "lines": [(ret, queries.now_of(ret)) for ret in returns],
        "openable": set(queries.returns_for(request.actor).values_list("pk", flat=True)),
        "why_not": access.planning.reason(request.actor, case),
    }
    template = "returns/_panel.html" if request.htmx else "returns/panel.html"
    return render(request, template, shown_here)


def find(request: ActorRequest, return_id: UUID) -> Return:
    return get_object_or_404(queries.returns_for(request.actor), pk=return_id)


@reads(to=SEES_RETURNS)
def detail(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Show the path of one return: what is done, what is next, who owes it."""
    ret = find(request, return_id)
    actor = request.actor
    return render(
        request,
        "returns/detail.html",
        {
            "ret": ret,
            "steps": queries.steps(ret),
            "next": queries.next_step(ret, actor),
            "others": queries.other_steps(ret, actor),
            "alarm": queries.waiting_alarm(ret),
            "sees_words": access.reading.allows(actor, ret),
            "sees_journey": access.reading_journey.allows(actor, ret),
            "case_open": cases_for(actor).filter(pk=ret.case_id).exists(),
            "has_slip": ret.arrived_on is not None,
        },
    )


@reads(to=SEES_RETURNS)
def slip(request: ActorRequest, return_id: UUID) -> HttpResponse:
    """Show the hand-over slip, to print and sign; names stand on it only while they are open."""
    ret = find(request, return_id)
    return render(
        request,
        "returns/slip.html",
        {
            "ret": ret,
            "view": shown(ret.person, request.actor),
            "gate": Agency.objects.filter(code=ret.checkpoint).first(),
        },
    )
