"""Searching for a person, her page by reference, opening her name, what she agreed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from spean.journal import actions as journal
from spean.journal.queries import seen_by
from spean.kernel.actor import Actor, Capability
from spean.people import access, actions, queries
from spean.people.models import Consent, Person
from spean.people.queries import Match, PersonView
from spean.people.web.forms import (
    ConsentForm,
    ContactForm,
    CorrectForm,
    NameForm,
    OpenForm,
    SearchForm,
)
from spean.shell.doors import DONE, ActorRequest, attempt, posted, reads, writes
from spean.shell.navigation import panels_for

_SEES = (
    Capability.SEARCH_PEOPLE,
    Capability.OPEN_NAMES,
    Capability.SEE_PSEUDONYMOUS_CASES,
)


@sensitive_post_parameters()
@writes(to=Capability.SEARCH_PEOPLE, shows_form=True)
def search(request: ActorRequest) -> HttpResponse:
    """Search by name, birth, sex, province, telephone; a POST, so no name stands in an address."""
    form = SearchForm(posted(request))
    found: list[Match] | None = None
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            found, status = queries.search(request.actor, **form.cleaned_data), 200
            journal.record(request.actor, "people.searched", results=len(found))
    template = "people/_results.html" if request.htmx else "people/search.html"
    shown = {"form": form, "matches": _matches(found, request.actor)}
    return render(request, template, shown, status=status)


def _matches(found: list[Match] | None, actor: Actor) -> list[dict[str, Any]] | None:
    if found is None:
        return None
    return [{"match": match, "view": queries.shown(match.person, actor)} for match in found]


@reads(to=_SEES)
def detail(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Show a person by reference; her identity only to whoever has opened it."""
    person = _person(request, person_id)
    view = queries.shown(person, request.actor)
    if view.is_open:
        journal.saw(request.actor, "people.names_seen", person)
    return render(request, "people/detail.html", _page(person, view, request.actor))


def _page(person: Person, view: PersonView, actor: Actor) -> dict[str, Any]:
    may_search = actor.can(Capability.SEARCH_PEOPLE)
    return {
        "person": person,
        "view": view,
        "consents": queries.consents_of(person) if view.is_theirs else [],
        "looks": seen_by(person)[:20] if view.is_theirs else [],
        "similar": _matches(queries.similar_to(person, actor=actor), actor)
        if may_search and view.is_theirs
        else [],
        "panels": [
            (panel, reverse(panel.url, args=[person.pk])) for panel in panels_for(actor, "person")
        ],
        "why_not_open": access.opening.reason(actor, person),
        "why_not_correct": access.correcting.reason(actor, person),
        "why_not_rewrite": access.rewriting.reason(actor, person),
        "why_not_consent": access.consenting.reason(actor, person),
    }


@writes(to=Capability.OPEN_NAMES, shows_form=True)
def open_names(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Ask for a purpose, open the names for a shift, and go back to where one was."""
    person = _person(request, person_id)
    form = OpenForm(posted(request))
    back = _back(request, person)
    status = attempt(
        form, lambda: actions.open_names(person, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        return redirect(back)
    return render(
        request, "people/open.html", {"person": person, "form": form, "back": back}, status=status
    )


def _back(request: ActorRequest, person: Person) -> str:
    asked = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("people:detail", args=[person.pk])


@sensitive_post_parameters()
@writes(to=access.RECORDING, shows_form=True)
def correct(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Correct what is known of a person; needs her names open, since it shows them."""
    person = _person(request, person_id)
    access.rewriting.require(request.actor, person)
    if not queries.is_open(person, request.actor):
        return redirect(_to_open(person, "people:correct"))
    form = CorrectForm(request.POST) if request.method == "POST" else CorrectForm.of(person)
    status = attempt(
        form, lambda: actions.correct(person, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        messages.success(request, _("The record is corrected."))
        return redirect("people:detail", person.pk)
    if status == 409:
        form.see_again(person)
    return _form(request, person, form, _("Correct the record"), status)


def _to_open(person: Person, name: str) -> str:
    back = reverse(name, args=[person.pk])
    return f"{reverse('people:open_names', args=[person.pk])}?back={back}"


@sensitive_post_parameters()
@writes(to=access.RECORDING, shows_form=True)
def add_name(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Keep another written form of the name."""
    person = _person(request, person_id)
    access.correcting.require(request.actor, person)
    form = NameForm(posted(request))
    source = request.actor.agency_code
    status = attempt(
        form,
        lambda: actions.add_name(person, actor=request.actor, source=source, **form.cleaned_data),
    )
    if status == DONE:
        messages.success(request, _("The name is kept beside the others."))
        return redirect("people:detail", person.pk)
    return _form(request, person, form, _("Add a form of the name"), status)


@sensitive_post_parameters()
@writes(to=access.RECORDING, shows_form=True)
def note_contact(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Write down how to reach the person, or somebody close to her, without danger."""
    person = _person(request, person_id)
    access.correcting.require(request.actor, person)
    form = ContactForm(posted(request))
    status = attempt(
        form, lambda: actions.note_contact(person, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        messages.success(request, _("The contact is kept."))
        return redirect("people:detail", person.pk)
    return _form(request, person, form, _("Note a safe contact"), status)


@writes(to=access.RECORDING, shows_form=True)
def consent(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Write down what the person agreed to."""
    person = _person(request, person_id)
    access.consenting.require(request.actor, person)
    form = ConsentForm(posted(request))
    status = attempt(
        form, lambda: actions.give_consent(person, actor=request.actor, **form.cleaned_data)
    )
    if status == DONE:
        messages.success(request, _("The consent is recorded."))
        return redirect("people:detail", person.pk)
    return _form(request, person, form, _("Record consent"), status)


@writes(to=access.RECORDING)
def second_consent(request: ActorRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """Second a consent that was written down where she could not be asked."""
    person = _person(request, person_id)
    held = get_object_or_404(Consent, pk=consent_id, person__in=queries.one_of(person))
    actions.second_consent(held, actor=request.actor)
    messages.success(request, _("You have seconded it. Your name stands beside it."))
    return redirect("people:detail", person.pk)


@writes(to=access.RECORDING)
def withdraw_consent(request: ActorRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """Write down that she took a consent back."""
    person = _person(request, person_id)
    held = get_object_or_404(Consent, pk=consent_id, person__in=queries.one_of(person))
    actions.withdraw_consent(held, actor=request.actor)
    messages.success(request, _("The consent is withdrawn; whoever received anything is told."))
    return redirect("people:detail", person.pk)


def _person(request: ActorRequest, person_id: UUID) -> Person:
    return get_object_or_404(queries.findable_for(request.actor), pk=person_id)


def _form(
    request: ActorRequest, person: Person, form: Any, title: str, status: int
) -> HttpResponse:
    shown = {"person": person, "form": form, "title": title}
    if status == 409:
        shown["now"] = queries.shown(person, request.actor)
    return render(request, "people/form.html", shown, status=status)
