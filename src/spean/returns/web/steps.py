"""Each step of the way home: find, bind, attempt, show."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from spean.cases.queries import cases_for
from spean.kernel.actor import Capability
from spean.returns import access, actions
from spean.returns.models import Return
from spean.returns.states import VERB_WORDS
from spean.returns.web.forms import (
    DayForm,
    DepartForm,
    FallOutForm,
    PapersForm,
    PlanForm,
    StayForm,
    StepForm,
    TakeUpForm,
    WaitForm,
)
from spean.returns.web.views import find
from spean.shell.doors import DONE, ActorRequest, attempt, posted, writes


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Begin somebody's return."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    access.planning.require(request.actor, case)
    first = {"country": request.GET.get("country", case.country), "province": case.province}
    form = PlanForm(posted(request), case=case, initial=first)
    status = attempt(form, lambda: actions.plan(case, actor=request.actor, **form.columns()))
    if status == DONE:
        messages.success(request, _("The return is planned. Its steps are below."))
        return redirect("cases:detail", case.pk)
    return render(request, "returns/plan.html", {"form": form, "case": case}, status=status)


def _step(
    request: ActorRequest,
    return_id: UUID,
    verb: str,
    kind: type[StepForm],
    act: Callable[..., Return],
    *,
    to: str = "returns:detail",
) -> HttpResponse:
    """Show one step's form; when it is done, show where that leads."""
    ret = find(request, return_id)
    access.BY_VERB[verb].require(request.actor, ret)
    form = kind(posted(request), ret=ret)
    status = attempt(form, lambda: act(ret, actor=request.actor, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("Noted."))
        return redirect(to, ret.pk)
    if status == 409:
        form.see_again(ret)
    shown = {"form": form, "ret": ret, "title": VERB_WORDS[verb]}
    return render(request, "returns/step.html", shown, status=status)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def locate(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "locate", DayForm, actions.locate)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def rescue(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "rescue", DayForm, actions.rescue)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def wait(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "wait", WaitForm, actions.wait)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def give_papers(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "give_papers", PapersForm, actions.give_papers)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def depart(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "depart", DepartForm, actions.depart)


@writes(to=(Capability.ARRANGE_RETURNS, Capability.RECEIVE_ARRIVALS), shows_form=True)
def arrive(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "arrive", DayForm, actions.arrive)


@writes(to=(Capability.ARRANGE_RETURNS, Capability.RECEIVE_ARRIVALS), shows_form=True)
def hand_over(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "hand_over", DayForm, actions.hand_over, to="returns:slip")


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def fall_out(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "fall_out", FallOutForm, actions.fall_out)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def take_up(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "take_up", TakeUpForm, actions.take_up)


@writes(to=Capability.ARRANGE_RETURNS, shows_form=True)
def stay(request: ActorRequest, return_id: UUID) -> HttpResponse:
    return _step(request, return_id, "stay", StayForm, actions.stay)
