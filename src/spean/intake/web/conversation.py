"""Speaking with who wrote: ask, answer, note what was said, look up how to reach them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from spean.intake import access
from spean.intake.actions import desk
from spean.intake.web.forms import AskForm, NoteForm, ReplyForm
from spean.intake.web.plea import find, perform, show
from spean.kernel.actor import Capability
from spean.shell.doors import ActorRequest, writes


@writes(to=Capability.TRIAGE_REQUESTS)
def ask(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Put one of the approved questions."""
    plea, form = find(request, request_id), AskForm(request.POST)
    return perform(
        request,
        plea,
        "ask_form",
        form,
        lambda: desk.ask(plea, actor=request.actor, **form.cleaned_data),
        _("The question waits where the writer comes back."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def reply(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Answer the writer; what gives something away is refused."""
    plea = find(request, request_id)
    may_override = access.overriding.allows(request.actor)
    form = ReplyForm(request.POST, may_override=may_override, auto_id="reply_%s")
    return perform(
        request,
        plea,
        "reply_form",
        form,
        lambda: desk.reply(plea, actor=request.actor, **form.cleaned_data),
        _("Your answer waits where the writer comes back."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def note(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Note what was said by another road."""
    plea, form = find(request, request_id), NoteForm(request.POST, auto_id="note_%s")
    return perform(
        request,
        plea,
        "note_form",
        form,
        lambda: desk.note_contact(plea, actor=request.actor, **form.cleaned_data),
        _("Noted."),
    )


@writes(to=Capability.TRIAGE_REQUESTS)
def read(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Say that what the writer added has been read."""
    plea = find(request, request_id)
    desk.read_messages(plea, actor=request.actor)
    messages.success(request, _("Marked as read."))
    return redirect("requests:detail", plea.pk)


@writes(to=Capability.OPEN_NAMES)
def contact(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Show how to reach the requester, and keep in the journal that it was looked up."""
    plea = find(request, request_id)
    desk.open_contact(plea, actor=request.actor)
    return show(request, plea, contact=True)
