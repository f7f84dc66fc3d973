"""The page of one plea: every verb's form on it, each with what was typed if it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from spean.agencies.models import Agency
from spean.agencies.queries import agencies, agency
from spean.agencies.states import AgencyKind
from spean.intake import access
from spean.intake.actions.conversation import in_language_of
from spean.intake.labels import CHANNELS, FOR_WHOM, REASONS, RELATIONS, STATES, URGENCIES
from spean.intake.models import Request
from spean.intake.queries import (
    cases_suggested,
    is_danger,
    known_persons,
    limits_of,
    persons_of,
    requests_for,
    suggestions,
)
from spean.intake.questions import LABELS, question
from spean.intake.states import LIFECYCLE, Missing, RequestState
from spean.intake.web import forms as desk
from spean.kernel.actor import Actor
from spean.kernel.text import Sentence
from spean.places import gazetteer
from spean.shell.doors import DONE, ActorRequest, attempt
from spean.shell.web.fields import SeenForm

_LEADS = (AgencyKind.POLICE, AgencyKind.DEPARTMENT, AgencyKind.NGO)


def find(request: ActorRequest, request_id: UUID) -> Request:
    """Return the plea if the actor may know of it; 404 otherwise."""
    return get_object_or_404(requests_for(request.actor), pk=request_id)


def own_agency(actor: Actor) -> Agency:
    return agency(actor.agency_code)


def perform(
    request: ActorRequest,
    plea: Request,
    name: str,
    form: forms.Form,
    act: Callable[[], object],
    done: object,
) -> HttpResponse:
    """Run a verb: back to the page when it is done, else the page with what was typed."""
    status = attempt(form, act)
    if status == DONE:
        messages.success(request, str(done))
        return redirect("requests:detail", plea.pk)
    return show(request, plea, status=status, bound={name: form})


def show(
    request: ActorRequest,
    plea: Request,
    *,
    status: int = 200,
    contact: bool = False,
    bound: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    """Render the page of a plea; ``bound`` are forms that were refused, by name."""
    bound = bound or {}
    if status == 409:
        plea = find(request, plea.pk)
        for form in bound.values():
            if isinstance(form, SeenForm):
                form.see_again(plea)
    actor = request.actor
    if not access.reading.allows(actor, plea):
        return render(request, "intake/desk/closed.html", _outline(plea, actor), status=status)
    page = _outline(plea, actor) | _page(plea, actor) | _forms(plea, actor) | bound
    return render(
        request,
        "intake/desk/plea.html",
        page | {"contact": contact, "refused": next(iter(bound.values()), None)},
        status=status,
    )


def _outline(plea: Request, actor: Actor) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "plea": plea,
        "state": STATES[RequestState(plea.state)],
        "channel": CHANNELS.get(plea.channel, Sentence("not known")),  # type: ignore[call-overload]
        "urgency": URGENCIES.get(plea.urgency),  # type: ignore[call-overload]
        "in_danger": is_danger(plea),
        "limits": limits_of(plea),
        "owner": plea.owner.name_in(language),
        "country": gazetteer.country_name(plea.country, language) if plea.country else "",
        "province": gazetteer.province_name(plea.province, language) if plea.province else "",
        "why_closed": access.reading.reason(actor, plea),
        "reason_closed": REASONS.get(plea.reason),  # type: ignore[call-overload]
    }


def _page(plea: Request, actor: Actor) -> dict[str, Any]:
    conversation = list(plea.messages.select_related("author").order_by("at"))
    return {
        "for_whom": FOR_WHOM.get(plea.for_whom),  # type: ignore[call-overload]
        "relation": RELATIONS.get(plea.requester_relation),
        "missing": [LABELS[Missing(code)] for code in plea.missing],
        "conversation": conversation,
        "unread": any(m.incoming and not m.read and not m.author_id for m in conversation),
        "persons": known_persons(plea, actor),
        "suggestions": suggestions(plea, actor),
        "cases": cases_suggested(plea, actor) if plea.case is None else [],
        "questions": [
            (code, LABELS[code], in_language_of(plea, question(code, plea.for_whom)))
            for code in Missing
        ],
        "verbs": LIFECYCLE.verbs(RequestState(plea.state)),
        "why": {
            "triage": access.triaging.reason(actor, plea),
            "reply": access.replying.reason(actor, plea),
            "add": access.adding.reason(actor, plea),
            "accept": access.accepting.reason(actor, plea),
            "close": access.closing.reason(actor, plea),
            "contact": access.opening_contact.reason(actor, plea),
        },
    }


def _forms(plea: Request, actor: Actor) -> dict[str, Any]:
    seen = {"seen": plea.version}
    triage = seen | {
        "urgency": plea.urgency or ("danger" if plea.danger_now else ""),
        "child": {True: "yes", False: "no"}.get(plea.child, ""),  # type: ignore[arg-type]
        "country": plea.country,
        "province": plea.province,
        "missing": plea.missing,
    }
    may_override = access.overriding.allows(actor)
    return {
        "seen_form": SeenForm(initial=seen, auto_id="seen_%s"),
        "triage_form": desk.TriageForm(initial=triage, auto_id="triage_%s"),
        "reply_form": desk.ReplyForm(initial=seen, may_override=may_override, auto_id="reply_%s"),
        "note_form": desk.NoteForm(initial=seen, auto_id="note_%s"),
        "send_form": desk.SendForm(
            initial=seen, routes=access.routes(plea.owner), auto_id="send_%s"
        ),
        "link_form": desk.LinkForm(initial=seen, auto_id="link_%s"),
        "open_form": open_case_form(plea, actor, initial=seen),
        "elsewhere_form": desk.ElsewhereForm(initial=seen, auto_id="elsewhere_%s"),
        "close_form": desk.CloseForm(initial=seen, auto_id="close_%s"),
        "compare_form": desk.CompareForm(persons=persons_of(plea), auto_id="compare_%s"),
        "person_form": desk.PersonForm(auto_id="person_%s"),
    }


def open_case_form(plea: Request, actor: Actor, *given: Any, **named: Any) -> desk.OpenCaseForm:
    own = own_agency(actor)
    leads = agencies().filter(kind__in=_LEADS).exclude(pk=own.pk)
    return desk.OpenCaseForm(*given, own=own, leads=leads, auto_id="open_%s", **named)
