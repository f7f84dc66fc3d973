"""My work, the list of cases, the case's page, and the verbs of the file itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from spean.cases import access, actions, queries
from spean.cases.models import Case
from spean.cases.web.forms import CloseForm, DescribeForm, FilterForm, NoteForm, TaskForm
from spean.journal import actions as journal
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.shell.doors import DONE, SIGNED_IN, ActorRequest, attempt, posted, reads, writes
from spean.shell.navigation import panels_for, work_for

SEES = (*access.WORKING, Capability.SEE_PSEUDONYMOUS_CASES)
_LISTS = {
    "overdue": (Sentence("Overdue"), Sentence("Nothing is overdue.")),
    "today": (Sentence("Due today"), Sentence("Nothing more is due today.")),
    "new": (Sentence("New for me"), Sentence("Nothing new has come.")),
    "waiting": (Sentence("Waiting for others"), Sentence("Nobody owes you an answer.")),
}


SHORT = 10  # lines of a list before the rest is asked for


@reads(to=SIGNED_IN)
def work(request: ActorRequest) -> HttpResponse:
    """Show my work: what is overdue, due today, new, and waited for."""
    found = work_for(request.actor)
    whole = request.GET.get("all")
    lists = [
        {
            "name": name,
            "title": title,
            "empty": empty,
            "count": len(found[name]),
            "lines": found[name] if name == whole else found[name][:SHORT],
            "more": name != whole and len(found[name]) > SHORT,
        }
        for name, (title, empty) in _LISTS.items()
    ]
    return render(request, "cases/work.html", {"lists": lists})


@reads(to=SEES)
def cases(request: ActorRequest) -> HttpResponse:
    """List the cases the actor may see, by reference."""
    form = FilterForm(request.GET or None)
    found = queries.cases_for(request.actor)
    if form.is_bound and form.is_valid():
        if ref := form.cleaned_data["ref"].strip().upper():
            found = found.filter(ref__contains=ref)
        if state := form.cleaned_data["state"]:
            found = found.filter(state=state)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "limits": queries.next_limits(list(page))}
    return render(request, "cases/list.html", shown)


@reads(to=SEES)
def detail(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show a case: where it stands, what happened, who is in it, what is planned."""
    case = _case(request, case_id)
    page = queries.case_page(case, request.actor)
    journal.saw(request.actor, "cases.case_seen", case)
    for one in page.people:
        if one.view.is_open:
            journal.saw(request.actor, "people.names_seen", one.view.person)
    return render(request, "cases/detail.html", {"page": page, **_doors(case, request.actor)})


def _doors(case: Case, actor: Actor) -> dict[str, Any]:
    """Return the page's forms and panels, and why each verb is closed, if it is."""
    return {
        "case": case,
        "panels": [
            (panel, reverse(panel.url, args=[case.pk])) for panel in panels_for(actor, "case")
        ],
        "note_form": NoteForm(),
        "task_form": TaskForm(),
        "why_not": {
            "edit": access.editing.reason(actor, case),
            "note": access.noting.reason(actor, case),
            "plan": access.planning.reason(actor, case),
            "close": access.closing.reason(actor, case),
            "reopen": access.reopening.reason(actor, case),
            "grant": access.letting_in.reason(actor, case),
            "exclude": access.excluding.reason(actor, case),
        },
    }


@writes(to=access.WORKING, shows_form=True)
def describe(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Rewrite the file; the second of two people is told who was first, and keeps her words."""
    case = _case(request, case_id)
    access.editing.require(request.actor, case)
    form = DescribeForm(request.POST) if request.method == "POST" else DescribeForm.of(case)
    status = attempt(form, lambda: actions.describe(case, actor=request.actor, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("The case is saved."))
        return redirect("cases:detail", case.pk)
    if status == 409:
        form.see_again(case)
    shown = {"case": case, "form": form, "is_stale": status == 409}
    return render(request, "cases/describe.html", shown, status=status)


@writes(to=access.WORKING)
def start(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Say that work has begun."""
    case = _case(request, case_id)
    actions.start(case, actor=request.actor)
    messages.success(request, _("You work on this case now."))
    return redirect("cases:detail", case.pk)


@writes(to=access.WORKING, shows_form=True)
def close(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Close the case with its outcome."""
    case = _case(request, case_id)
    access.closing.require(request.actor, case)
    form = CloseForm(posted(request), initial={"seen": case.version})
    status = attempt(form, lambda: actions.close(case, actor=request.actor, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("The case is closed. It can be opened again."))
        return redirect("cases:detail", case.pk)
    if status == 409:
        form.see_again(case)
    return render(request, "cases/close.html", {"case": case, "form": form}, status=status)


@writes(to=access.WORKING)
def reopen(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Open a closed case again."""
    case = _case(request, case_id)
    actions.reopen(case, actor=request.actor)
    messages.success(request, _("The case is open again."))
    return redirect("cases:detail", case.pk)


def _case(request: ActorRequest, case_id: UUID) -> Case:
    return get_object_or_404(queries.cases_for(request.actor), pk=case_id)
