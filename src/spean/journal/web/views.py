"""The journal as an auditor reads it: who, what, when, to what purpose."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from spean.journal import access, actions, queries
from spean.journal.states import ABOUT
from spean.journal.web.forms import PURPOSE_NAMES, FilterForm
from spean.kernel.actor import Capability
from spean.shell.doors import ActorRequest, reads, writes


@reads(to=Capability.READ_JOURNAL)
def journal(request: ActorRequest) -> HttpResponse:
    """Show the entries an auditor looks for, newest first."""
    return render(request, "journal/list.html", _page(request))


def _page(request: ActorRequest) -> dict[str, Any]:
    form = FilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if wanted.get("about") or wanted.get("who"):
        about = wanted["about"] if ABOUT.fullmatch(wanted["about"]) else ""
        actions.saw(request.actor, "journal.searched", about)
    page = Paginator(queries.found_for(request.actor, **wanted), 50).get_page(
        request.GET.get("page")
    )
    names = queries.names_of(list(page))
    lines = [
        {
            "entry": e,
            "who": names.get(e.user_id or 0, e.kind),
            "purpose": PURPOSE_NAMES.get(e.purpose, e.purpose),
        }
        for e in page
    ]
    checkpoint = queries.newest_checkpoint()
    return {
        "form": form if form.is_bound else FilterForm(),
        "page": page,
        "lines": lines,
        "checkpoint": int(checkpoint.stem) if checkpoint else None,
    }


@writes(to=Capability.READ_JOURNAL)
def verify(request: ActorRequest) -> HttpResponse:
    """Walk the whole chain and say whether it holds, or which entry is the first that does not."""
    access.reading.require(request.actor)
    verdict = queries.verify()
    actions.record(request.actor, "journal.verified", holds=verdict.holds, bad=verdict.bad)
    return render(request, "journal/verified.html", {"verdict": verdict})
