"""What becomes of a plea: a case, another office, the end with a reason, or a new beginning."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from spean.cases.models import Case
from spean.intake.actions import desk
from spean.intake.queries import case_by_ref
from spean.intake.web.forms import CloseForm, ElsewhereForm, LinkForm
from spean.intake.web.plea import find, open_case_form, perform
from spean.kernel.actor import Actor, Capability
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.shell.doors import ActorRequest, writes
from spean.shell.web.fields import SeenForm

_ACCEPTING = (Capability.TRIAGE_REQUESTS, Capability.WORK_CASES)


def _case(ref: str, actor: Actor) -> Case:
    if found := case_by_ref(ref, actor):
        return found
    raise Invalid(
        Sentence("There is no case “{ref}” that you may see. Check the reference.", ref=ref[:20]),
        field="case",
    )


@writes(to=_ACCEPTING)
def link(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Put a plea into a case that exists."""
    plea, form = find(request, request_id), LinkForm(request.POST, auto_id="link_%s")

    def act() -> None:
        given: dict[str, Any] = form.cleaned_data
        case = _case(given["case"], request.actor)
        desk.accept(plea, actor=request.actor, case=case, seen=given["seen"])

    return perform(request, plea, "link_form", form, act, _("The plea now stands in the case."))


@writes(to=_ACCEPTING)
def open_case(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Open a case from a plea and go to it."""
    plea = find(request, request_id)
    form = open_case_form(plea, request.actor, request.POST)
    opened: list[Case] = []
    answer = perform(
        request,
        plea,
        "open_form",
        form,
        lambda: opened.append(desk.accept(plea, actor=request.actor, **form.cleaned_data)),
        _("The case is open."),
    )
    return redirect("cases:detail", opened[0].pk) if opened else answer


@writes(to=Capability.TRIAGE_REQUESTS)
def refer_elsewhere(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Say who outside helps better."""
    plea, form = find(request, request_id), ElsewhereForm(request.POST, auto_id="elsewhere_%s")
    return perform(
        request,
        plea,
        "elsewhere_form",
        form,
        lambda: desk.refer_elsewhere(plea, actor=request.actor, **form.cleaned_data),
        _("Referred elsewhere. It can be taken up again."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def close(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Close a plea with what it was."""
    plea, form = find(request, request_id), CloseForm(request.POST, auto_id="close_%s")
    return perform(
        request,
        plea,
        "close_form",
        form,
        lambda: desk.close(plea, actor=request.actor, **form.cleaned_data),
        _("Closed. It can be taken up again."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def reopen(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Take a plea up again."""
    plea, form = find(request, request_id), SeenForm(request.POST)
    return perform(
        request,
        plea,
        "seen_form",
        form,
        lambda: desk.reopen(plea, actor=request.actor, seen=form.cleaned_data["seen"]),
        _("Taken up again."),
    )
