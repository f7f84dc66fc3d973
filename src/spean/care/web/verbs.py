"""Each verb of care: find, bind, attempt, show."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from spean.care import access, actions, queries
from spean.care.models import Care
from spean.care.states import VERB_WORDS
from spean.care.web.forms import (
    CareForm,
    CloseForm,
    DayForm,
    FollowUpForm,
    PlaceForm,
    ReceiveForm,
    ReopenForm,
)
from spean.care.web.views import find_care
from spean.kernel.actor import Capability
from spean.shell.doors import DONE, ActorRequest, attempt, posted, writes


def _verb(
    request: ActorRequest,
    care_id: UUID,
    verb: str,
    kind: type[CareForm],
    act: Callable[..., Care],
) -> HttpResponse:
    """Show one verb's form; when it is done, show the person's care."""
    care = find_care(request, care_id)
    access.giving.require(request.actor, care)
    form = kind(posted(request), care=care)
    status = attempt(form, lambda: act(care, actor=request.actor, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("Noted."))
        return redirect(care)
    if status == 409:
        form.see_again(care)
    shown = {"form": form, "care": care, "title": VERB_WORDS[verb]}
    return render(request, "care/verb.html", shown, status=status)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def receive(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "receive", ReceiveForm, actions.receive)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def place(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "place", PlaceForm, actions.place)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def lose(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "lose", DayForm, actions.lose)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def find(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "find", DayForm, actions.find)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def close(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "close", CloseForm, actions.close)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def reopen(request: ActorRequest, care_id: UUID) -> HttpResponse:
    return _verb(request, care_id, "reopen", ReopenForm, actions.reopen)


@writes(to=Capability.GIVE_CARE, shows_form=True)
def follow_up(request: ActorRequest, follow_up_id: UUID) -> HttpResponse:
    """Record a planned contact."""
    planned = get_object_or_404(queries.follow_ups_for(request.actor), pk=follow_up_id)
    access.giving.require(request.actor, planned.care)
    form = FollowUpForm(posted(request))
    status = attempt(
        form,
        lambda: actions.follow_up(planned, actor=request.actor, **form.cleaned_data),
    )
    if status == DONE:
        messages.success(request, _("The follow-up is noted."))
        return redirect(planned.care)
    shown = {"form": form, "follow_up": planned, "care": planned.care}
    return render(request, "care/follow_up.html", shown, status=status)
