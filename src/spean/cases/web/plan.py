"""Verbs on a case beside the file itself: persons, stages, notes, tasks, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from spean.cases import access, actions, queries
from spean.cases.models import Case, Stage, Task
from spean.cases.web.forms import (
    AgencyForm,
    ChangeStageForm,
    NoteForm,
    PersonForm,
    StageForm,
    TaskForm,
)
from spean.people.queries import findable_for
from spean.shell.doors import DONE, ActorRequest, attempt, posted, writes


def _case(request: ActorRequest, case_id: UUID) -> Case:
    return get_object_or_404(queries.cases_for(request.actor), pk=case_id)


def _verb(
    request: ActorRequest,
    case: Case,
    form: forms.Form,
    title: str,
    done: str,
    act: Callable[[], object],
) -> HttpResponse:
    """Run a verb for its form and go back to the case, or show the form with what was typed."""
    status = attempt(form, act)
    if status == DONE:
        messages.success(request, done)
        return redirect("cases:detail", case.pk)
    shown = {"case": case, "form": form, "title": title}
    return render(request, "cases/form.html", shown, status=status)


@writes(to=access.WORKING, shows_form=True)
def add_person(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Add a person to the case by her reference."""
    case = _case(request, case_id)
    access.editing.require(request.actor, case)
    form = PersonForm(posted(request))
    person = None
    if form.is_bound and form.is_valid():
        person = findable_for(request.actor).filter(ref=form.cleaned_data["ref"]).first()
        if person is None:
            form.unknown()
    return _verb(
        request,
        case,
        form,
        _("Add a person"),
        _("The person is in this case now."),
        lambda: (
            person
            and actions.add_person(
                case, person, actor=request.actor, role=form.cleaned_data["role"]
            )
        ),
    )


@writes(to=access.WORKING, shows_form=True)
def grant(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Let another agency see the case."""
    case = _case(request, case_id)
    access.letting_in.require(request.actor, case)
    form = AgencyForm(posted(request))
    return _verb(
        request,
        case,
        form,
        _("Let another agency see this case"),
        _("The agency sees this case now. Names stay closed to it."),
        lambda: actions.let_in(case, actor=request.actor, **form.cleaned_data),
    )


@writes(to=access.WORKING, shows_form=True)
def exclude(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Keep an agency from the case and its persons."""
    case = _case(request, case_id)
    access.excluding.require(request.actor, case)
    form = AgencyForm(posted(request))
    return _verb(
        request,
        case,
        form,
        _("Keep an agency from this case"),
        _("The agency sees neither this case nor its persons."),
        lambda: actions.exclude(case, actor=request.actor, **form.cleaned_data),
    )


@writes(to=access.WORKING, shows_form=True)
def add_note(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Write a note."""
    case = _case(request, case_id)
    access.noting.require(request.actor, case)
    form = NoteForm(posted(request))
    return _verb(
        request,
        case,
        form,
        _("Write a note"),
        _("The note is kept."),
        lambda: actions.add_note(case, actor=request.actor, **form.cleaned_data),
    )


@writes(to=access.WORKING, shows_form=True)
def add_stage(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Add a stage of what happened."""
    case = _case(request, case_id)
    access.editing.require(request.actor, case)
    form = StageForm(posted(request))
    return _verb(
        request,
        case,
        form,
        _("Add what happened"),
        _("What happened is kept."),
        lambda: actions.add_stage(case, actor=request.actor, **form.cleaned_data),
    )


@writes(to=access.WORKING, shows_form=True)
def change_stage(request: ActorRequest, case_id: UUID, stage_id: UUID) -> HttpResponse:
    """Rewrite a stage; the second of two people is told who was first."""
    case = _case(request, case_id)
    access.editing.require(request.actor, case)
    stage = get_object_or_404(Stage.objects.select_related("case"), pk=stage_id, case=case)
    posted = request.method == "POST"
    form = ChangeStageForm(request.POST) if posted else ChangeStageForm.of(stage)
    shown = _verb(
        request,
        case,
        form,
        _("Change what happened"),
        _("What happened is kept."),
        lambda: actions.change_stage(stage, actor=request.actor, **form.cleaned_data),
    )
    if shown.status_code != 409:
        return shown
    form.see_again(case)
    page: dict[str, Any] = {"case": case, "form": form, "title": _("Change what happened")}
    return render(request, "cases/form.html", page, status=409)


@writes(to=access.WORKING, shows_form=True)
def add_task(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Plan a task."""
    case = _case(request, case_id)
    access.planning.require(request.actor, case)
    form = TaskForm(posted(request))
    return _verb(
        request,
        case,
        form,
        _("Plan a task"),
        _("The task is planned."),
        lambda: actions.add_task(case, actor=request.actor, **form.cleaned_data),
    )


@writes(to=access.WORKING)
def finish_task(request: ActorRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Say that a task is done."""
    case = _case(request, case_id)
    actions.finish_task(_task(case, task_id), actor=request.actor)
    messages.success(request, _("The task is done."))
    return redirect("cases:detail", case.pk)


@writes(to=access.WORKING)
def drop_task(request: ActorRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Say that a task is not needed any more."""
    case = _case(request, case_id)
    actions.drop_task(_task(case, task_id), actor=request.actor)
    messages.success(request, _("The task is not needed any more."))
    return redirect("cases:detail", case.pk)


def _task(case: Case, task_id: UUID) -> Task:
    return get_object_or_404(Task.objects.select_related("case", "agency"), pk=task_id, case=case)
