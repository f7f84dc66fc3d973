"""Recording a plea that came by telephone, in person, by letter, as a post, from an office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from spean.agencies.models import Agency
from spean.agencies.states import AgencyKind
from spean.cases.models import Case
from spean.intake import access
from spean.intake.actions import desk
from spean.intake.models import Request
from spean.intake.states import Channel
from spean.intake.web.forms import PersonForm, RecordForm
from spean.intake.web.plea import own_agency
from spean.journal import actions as journal
from spean.kernel.actor import Capability
from spean.people import queries as people
from spean.shell.doors import ActorRequest, attempt, posted, writes

MOST = 5
_USUAL = {
    AgencyKind.HOTLINE: Channel.HOTLINE,
    AgencyKind.NGO: Channel.NGO,
    AgencyKind.FOREIGN_MISSION: Channel.MISSION,
}


@writes(to=Capability.RECORD_REQUESTS, shows_form=True)
def record(request: ActorRequest) -> HttpResponse:
    """Record a plea on one page; "add another person" only shows it again with one more."""
    own = own_agency(request.actor)
    given = posted(request)
    form = _plea_form(own, given)
    persons = _person_forms(given)
    if given is None or given.get("go") == "more":
        return _show(request, form, persons)
    made: list[Request | Case] = []
    # Every form is asked, so that all that is wrong is said at once.
    if all([form.is_valid(), *(p.is_valid() for p in persons)]):
        status = attempt(form, lambda: made.append(_keep(request, form, persons)))
    else:
        status = 422
    if not made:
        return _show(request, form, persons, status=status)
    messages.success(request, _("Kept. Its time limits run."))
    kept = made[0]
    return redirect("cases:detail" if isinstance(kept, Case) else "requests:detail", kept.pk)


def _plea_form(own: Agency, given: QueryDict | None) -> RecordForm:
    usual = _USUAL.get(AgencyKind(own.kind), Channel.WALK_IN)
    start = {"channel": usual.value, "language": "km"}
    return RecordForm(given, own=own, routes=access.routes(own), initial=start)


def _person_forms(given: QueryDict | None) -> list[PersonForm]:
    asked = given.get("people", "1") if given is not None else "1"
    count = int(asked[:3]) if asked.isascii() and asked.isdigit() else 1
    if given is not None and given.get("go") == "more":
        count += 1
    return [
        PersonForm(given, prefix=f"p{number}", empty_permitted=True, use_required_attribute=False)
        for number in range(max(1, min(count, MOST)))
    ]


def _keep(request: ActorRequest, form: RecordForm, persons: list[PersonForm]) -> Request | Case:
    """Record, and open the case if asked: both or neither, so that nothing is saved twice."""
    claims = [person.claim() for person in persons if not person.is_empty]
    with transaction.atomic():
        kept = desk.record(actor=request.actor, persons=claims, **form.cleaned_data)
        if request.POST.get("go") == "case":
            return desk.accept(kept, actor=request.actor)
    return kept


def _show(
    request: ActorRequest, form: RecordForm, persons: list[PersonForm], *, status: int = 200
) -> HttpResponse:
    if request.POST.get("go") == "more":
        # Nothing is judged while more is being added.
        form = _unjudged(form)
        persons = [_unjudged(person) for person in persons]
    return render(
        request,
        "intake/desk/record.html",
        {"form": form, "persons": persons, "may_add": len(persons) < MOST},
        status=status,
    )


def _unjudged(form: Any) -> Any:
    form._errors = {}
    return form


@writes(to=Capability.SEARCH_PEOPLE)
def likely(request: ActorRequest) -> HttpResponse:
    """Show by reference who is known under what was typed; a POST, so that no address holds it."""
    prefix = request.POST.get("prefix", "p0")
    person = PersonForm(request.POST, prefix=prefix)
    matches = []
    if person.is_valid() and not person.is_empty:
        claim = person.claim()
        matches = people.search(
            request.actor,
            name=next((written for written, _kind in claim.names), ""),
            born=claim.born,
            sex=claim.sex,
            province=claim.home_province,
            phone=claim.phone,
            limit=5,
        )
        journal.record(request.actor, "people.searched", results=len(matches))
    return render(request, "intake/desk/_likely.html", {"matches": matches})
