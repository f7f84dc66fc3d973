"""The queue, a plea's page, and what sorts a plea: take, triage, send, add a person."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from spean.cases.queries import cases_for
from spean.intake import access
from spean.intake.actions import desk
from spean.intake.hangings import TO_PANEL, TO_QUEUE
from spean.intake.queries import Filters, lines_of, persons_of, queue_for, requests_for
from spean.intake.web.forms import (
    CompareForm,
    PersonForm,
    QueueForm,
    SendForm,
    TriageForm,
)
from spean.intake.web.plea import find, perform, show
from spean.journal import actions as journal
from spean.kernel.actor import Capability
from spean.people.queries import findable_for
from spean.shell.doors import ActorRequest, reads, writes
from spean.shell.web.fields import SeenForm

PAGE = 25


@reads(to=TO_QUEUE)
def queue(request: ActorRequest) -> HttpResponse:
    """Show the pleas of the office, danger first."""
    form = QueueForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sees_all = request.actor.can(Capability.SEE_PSEUDONYMOUS_CASES)
    start = {"office": "all" if sees_all else "mine", "state": "open"}
    wanted = Filters(**(start | {name: value for name, value in chosen.items() if value}))
    page = Paginator(queue_for(request.actor, wanted), PAGE).get_page(request.GET.get("page"))
    filters = QueueForm(initial={name: getattr(wanted, name) for name in QueueForm.base_fields})
    return render(
        request,
        "intake/desk/queue.html",
        {
            "page": page,
            "lines": lines_of(page.object_list, request.actor),
            "filters": filters,
            "may_record": access.recording.allows(request.actor),
        },
    )


@reads(to=TO_QUEUE)
def detail(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Show one plea; that its words were read is kept in the journal."""
    plea = find(request, request_id)
    if access.reading.allows(request.actor, plea):
        journal.saw(request.actor, "intake.request_seen", plea)
    return show(request, plea)


@reads(to=Capability.DECIDE_SAME_PERSON)
def compare(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Go to the comparison of a person of the plea with one named by reference."""
    plea = find(request, request_id)
    form = CompareForm(request.GET, persons=persons_of(plea), auto_id="compare_%s")
    if form.is_valid():
        ref = form.cleaned_data["ref"].strip()
        if other := findable_for(request.actor).filter(ref__iexact=ref).first():
            both = reverse("people:compare", args=[form.cleaned_data["person"], other.pk])
            back = reverse("requests:detail", args=[plea.pk])
            return redirect(f"{both}?{urlencode({'back': back})}")
        form.add_error("ref", _("Nobody has this reference. Check it."))
    return show(request, plea, status=422, bound={"compare_form": form})


@reads(to=TO_PANEL)
def panel(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show the pleas that stand in a case: a panel on its page, or a page of its own."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    pleas = requests_for(request.actor).filter(case=case).order_by("received")
    lines = [
        {"line": line, "reads": access.reading.allows(request.actor, line.request)}
        for line in lines_of(pleas, request.actor)
    ]
    template = "intake/desk/_panel.html" if request.htmx else "intake/desk/panel.html"
    return render(request, template, {"case": case, "lines": lines})


@writes(to=Capability.TRIAGE_REQUESTS)
def take(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Look after a plea."""
    plea, form = find(request, request_id), SeenForm(request.POST)
    return perform(
        request,
        plea,
        "seen_form",
        form,
        lambda: desk.take(plea, actor=request.actor, seen=form.cleaned_data["seen"]),
        _("You look after this plea now."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def triage(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Sort a plea."""
    plea, form = find(request, request_id), TriageForm(request.POST, auto_id="triage_%s")
    return perform(
        request,
        plea,
        "triage_form",
        form,
        lambda: desk.triage(plea, actor=request.actor, **form.cleaned_data),
        _("Sorted. The time limits follow it."),
    )


@writes(to=(Capability.RECORD_REQUESTS, Capability.TRIAGE_REQUESTS))
def send(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Send a plea to the office that will answer it."""
    plea = find(request, request_id)
    form = SendForm(request.POST, routes=access.routes(plea.owner), auto_id="send_%s")
    return perform(
        request,
        plea,
        "send_form",
        form,
        lambda: desk.hand_to(plea, actor=request.actor, **form.cleaned_data),
        _("Sent. You still see this plea."),
    )


@writes(to=(Capability.RECORD_REQUESTS, Capability.TRIAGE_REQUESTS))
def add_person(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Add a person whom the plea speaks of, even without a name."""
    plea, form = find(request, request_id), PersonForm(request.POST, auto_id="person_%s")
    return perform(
        request,
        plea,
        "person_form",
        form,
        lambda: desk.add_person(plea, actor=request.actor, claim=form.claim()),
        _("The person is added. Look below whether she or he is known already."),
    )
