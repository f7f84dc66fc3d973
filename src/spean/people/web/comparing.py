"""Two records side by side: is this the same person? A person decides, and may undo it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from spean.journal import actions as journal
from spean.kernel.actor import Capability
from spean.people import access, actions, queries
from spean.people.models import Person
from spean.people.web.forms import DecideForm, OpenForm
from spean.shell.doors import DONE, ActorRequest, attempt, reads, writes


@reads(to=Capability.DECIDE_SAME_PERSON)
def compare(request: ActorRequest, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Show both records, what agrees and what differs; names once both are opened."""
    one, other = _both(request, one_id, other_id)
    return _page(request, one, other)


@writes(to=Capability.DECIDE_SAME_PERSON)
def open_both(request: ActorRequest, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Open both persons' names at once, for one purpose."""
    one, other = _both(request, one_id, other_id)
    form = OpenForm(request.POST)
    status = attempt(
        form, lambda: actions.open_both(one, other, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        return _again(request, one, other)
    return _page(request, one, other, status, open_form=form)


@writes(to=Capability.DECIDE_SAME_PERSON)
def decide(request: ActorRequest, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Write down that they are the same person, different persons, or not yet clear."""
    one, other = _both(request, one_id, other_id)
    form = DecideForm(request.POST)
    status = attempt(
        form, lambda: actions.decide(one, other, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        messages.success(request, _("Your decision is kept. It can be undone."))
        return _again(request, one, other)
    return _page(request, one, other, status, decide_form=form)


@writes(to=Capability.DECIDE_SAME_PERSON)
def undo(request: ActorRequest, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Take the decision back."""
    one, other = _both(request, one_id, other_id)
    actions.undo(one, other, actor=request.actor)
    messages.success(request, _("The decision is undone: the two records stand apart again."))
    return _again(request, one, other)


def _back(request: ActorRequest) -> str:
    """Return the page of ours from which the two were compared, or nothing."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def _again(request: ActorRequest, one: Person, other: Person) -> HttpResponse:
    back = _back(request)
    query = f"?{urlencode({'back': back})}" if back else ""
    return redirect(reverse("people:compare", args=[one.pk, other.pk]) + query)


def _both(request: ActorRequest, one_id: UUID, other_id: UUID) -> tuple[Person, Person]:
    found = queries.findable_for(request.actor)
    one, other = get_object_or_404(found, pk=one_id), get_object_or_404(found, pk=other_id)
    access.joining.require(request.actor, one, other)
    return one, other


def _page(
    request: ActorRequest, one: Person, other: Person, status: int = 200, **forms: Any
) -> HttpResponse:
    comparison = queries.compared(one, other, request.actor)
    for view in (comparison.one, comparison.other):
        if view.is_open:
            journal.saw(request.actor, "people.names_seen", view.person)
    shown = {
        "comparison": comparison,
        "agrees": [reason for reason in comparison.reasons if reason.agrees],
        "differs": [reason for reason in comparison.reasons if not reason.agrees],
        "open_form": OpenForm(initial={"purpose": "identify"}),
        "decide_form": DecideForm(),
        "back": _back(request),
        **forms,
    }
    return render(request, "people/compare.html", shown, status=status)
