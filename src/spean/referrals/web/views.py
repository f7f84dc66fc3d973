"""Referrals: what was asked of us, what we asked, and each verb."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from spean.cases.models import Case
from spean.cases.queries import cases_for
from spean.kernel.actor import Capability
from spean.referrals import access, actions, queries
from spean.referrals.models import Referral
from spean.referrals.web.forms import AnswerForm, DeclineForm, SendForm
from spean.shell.doors import DONE, SIGNED_IN, ActorRequest, attempt, posted, reads, writes

_BOXES = ("received", "sent")
_ON_A_PAGE = 50


@reads(to=(Capability.REFER, Capability.ANSWER_REFERRALS))
def queue(request: ActorRequest) -> HttpResponse:
    """List what was asked of this agency, or what it asked; the open ones, or all."""
    box = request.GET.get("box", "")
    box = box if box in _BOXES else "received"
    found = (queries.received_by if box == "received" else queries.sent_by)(request.actor)
    ended = request.GET.get("ended") == "1"
    rows = found.exclude(state__in=queries.OPEN) if ended else found.filter(state__in=queries.OPEN)
    page = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "referrals/queue.html", {"box": box, "ended": ended, "page": page})


@reads(to=SIGNED_IN)
def panel(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Show the referrals of a case, and what was asked of authorities abroad."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    shown = {
        "case": case,
        "referrals": queries.referrals_on(case),
        "hosts": queries.host_requests_on(case),
        "openable": set(queries.referrals_for(request.actor).values_list("pk", flat=True)),
        "why_not_send": access.sending.reason(request.actor, case),
        "asks_hosts": request.actor.can(Capability.ASK_HOST_AUTHORITY),
        "why_not_ask": access.asking_host.reason(request.actor, case),
    }
    template = "referrals/_panel.html" if request.htmx else "referrals/panel.html"
    return render(request, template, shown)


@writes(to=Capability.REFER, shows_form=True)
def send(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Refer a case to another agency, or onward by an agency that took it on."""
    case = get_object_or_404(cases_for(request.actor), pk=case_id)
    access.sending.require(request.actor, case)
    parent = _continued(request, case)
    form = SendForm(
        posted(request),
        case=case,
        actor=request.actor,
        initial={"receiver": request.GET.get("receiver", "")},
    )
    status = attempt(
        form,
        lambda: actions.send(case, actor=request.actor, parent=parent, **form.columns()),
    )
    if status == DONE:
        messages.success(request, _("The referral was sent. Its clock runs."))
        return redirect("cases:detail", case.pk)
    shown = {"form": form, "case": case, "parent": parent}
    return render(request, "referrals/send.html", shown, status=status)


def _continued(request: ActorRequest, case: Case) -> Referral | None:
    """Return the referral that this one continues: the last one our agency took on."""
    if case.lead_agency_id == request.actor.agency_id:
        return None
    taken = queries.received_by(request.actor).filter(case=case, taken__isnull=False)
    return taken.order_by("-taken").first()


@reads(to=SIGNED_IN)
def detail(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral: what is asked, what is shown, by when, what came of it."""
    referral = _find(request, referral_id)
    actor = request.actor
    is_ours = referral.receiver_id == actor.agency_id
    shown = {
        "referral": referral,
        "case_open": cases_for(actor).filter(pk=referral.case_id).exists(),
        "is_ours": is_ours,
        "shows_words": queries.shows_words(referral, actor),
        "told": queries.told(referral, actor) if referral.state in queries.SHOWN_WHILE else [],
        "why_not_answer": access.answering.reason(actor, referral),
        "why_not_withdraw": access.withdrawing.reason(actor, referral),
        "why_not_onward": access.sending.reason(actor, referral.case),
        "onward": queries.referrals_for(actor).filter(parent=referral),
    }
    return render(request, "referrals/detail.html", shown)


def _find(request: ActorRequest, referral_id: UUID) -> Referral:
    return get_object_or_404(queries.referrals_for(request.actor), pk=referral_id)


@writes(to=Capability.ANSWER_REFERRALS)
def accept(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    referral = _find(request, referral_id)
    actions.accept(referral, actor=request.actor)
    messages.success(request, _("Accepted. The answer is still owed by the time shown."))
    return redirect(referral)


@writes(to=Capability.ANSWER_REFERRALS, shows_form=True)
def decline(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    referral = _find(request, referral_id)
    access.answering.require(request.actor, referral)
    form = DeclineForm(posted(request))
    status = attempt(
        form,
        lambda: actions.decline(referral, actor=request.actor, **form.cleaned_data),
    )
    if status == DONE:
        messages.success(request, _("Declined. The sender is told why."))
        return redirect(referral)
    shown = {"form": form, "referral": referral, "verb": "decline"}
    return render(request, "referrals/answer.html", shown, status=status)


@writes(to=Capability.ANSWER_REFERRALS, shows_form=True)
def answer(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    referral = _find(request, referral_id)
    access.answering.require(request.actor, referral)
    form = AnswerForm(posted(request))
    status = attempt(
        form,
        lambda: actions.answer(referral, actor=request.actor, **form.cleaned_data),
    )
    if status == DONE:
        messages.success(request, _("Answered. The sender reads it now."))
        return redirect(referral)
    shown = {"form": form, "referral": referral, "verb": "answer"}
    return render(request, "referrals/answer.html", shown, status=status)


@writes(to=Capability.REFER)
def withdraw(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    referral = _find(request, referral_id)
    actions.withdraw(referral, actor=request.actor)
    messages.success(request, _("Taken back. The other agency sees it no longer."))
    return redirect(referral)
