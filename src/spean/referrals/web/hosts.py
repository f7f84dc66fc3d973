"""Authorities abroad: what was asked of them, and what they answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from spean.cases.queries import cases_for
from spean.kernel.actor import Capability
from spean.referrals import access, actions, queries
from spean.referrals.states import HostState
from spean.referrals.web.forms import AskHostForm, HostAnswerForm
from spean.shell.doors import DONE, ActorRequest, attempt, posted, writes


@writes(to=Capability.ASK_HOST_AUTHORITY, shows_form=True)
def ask_host(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Note that an authority of another country was asked."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    access.asking_host.require(request.actor, case)
    first = {"country": request.GET.get("country", case.country), "province": case.province}
    form = AskHostForm(posted(request), initial=first)
    why = access.telling_host.reason(case)
    if why and form.is_bound:
        form.add_error(None, why)
    status = attempt(form, lambda: actions.ask_host(case, actor=request.actor, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("Noted. The clock of the answer runs."))
        return redirect("cases:detail", case.pk)
    shown = {"form": form, "case": case, "why": why}
    return render(request, "referrals/ask_host.html", shown, status=status)


@writes(to=Capability.WORK_CASES, shows_form=True)
def host_answer(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Show what was asked of an authority abroad, and note what it answered."""
    asked = get_object_or_404(queries.host_requests_for(request.actor), pk=request_id)
    form = HostAnswerForm(posted(request))
    status = attempt(
        form,
        lambda: actions.log_host_answer(asked, actor=request.actor, **form.cleaned_data),
    )
    if status == DONE:
        messages.success(request, _("The answer is noted."))
        return redirect("cases:detail", asked.case_id)
    shown = {
        "form": form,
        "asked": asked,
        "is_answered": asked.state == HostState.ANSWERED,
        "why_not": access.noting_host_answer.reason(request.actor, asked),
    }
    return render(request, "referrals/host.html", shown, status=status)
