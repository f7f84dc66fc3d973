"""Statements on the desk: asked for in a form, answered by the same code as on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from spean.kernel.actor import Capability
from spean.shell.doors import ActorRequest, reads
from spean.statistics import queries
from spean.statistics.web import papers, printing
from spean.statistics.web.forms import StatementForm, usual

_FILES = {
    "json": ("application/json", papers.as_json),
    "csv": ("text/csv; charset=utf-8", papers.as_csv),
}


@reads(to=Capability.MAKE_STATEMENTS)
def statements(request: ActorRequest) -> HttpResponse:
    """Show the form, and the statement it asks for."""
    form = StatementForm(request.GET) if "first" in request.GET else StatementForm(initial=usual())
    shown: dict[str, object] = {"form": form, "kept": queries.statements_for(request.actor)[:20]}
    if form.is_bound and form.is_valid():
        document = queries.statement_for(request.actor, form.cleaned_data["asked"])
        shown |= printing.context(document, translation.get_language() or "en")
        shown["query"] = request.GET.urlencode()
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "statistics/statements.html", shown, status=status)


@reads(to=Capability.MAKE_STATEMENTS)
def statement_file(request: ActorRequest) -> HttpResponse:
    """Give the statement as a file, JSON or CSV."""
    form = StatementForm(request.GET)
    if not form.is_valid():
        shown = {"form": form}
        return render(request, "statistics/statements.html", shown, status=422)
    kind = "csv" if request.GET.get("format") == "csv" else "json"
    content_type, write = _FILES[kind]
    document = queries.statement_for(request.actor, form.cleaned_data["asked"])
    answer = HttpResponse(write(document, "en"), content_type=content_type)
    name = f"statement-{document['from']}-{document['to']}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
