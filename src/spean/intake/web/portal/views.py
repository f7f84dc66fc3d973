"""The public doors: write, come back, leave. Every page works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from spean.intake.actions import portal
from spean.intake.models import Request
from spean.intake.rules import as_telephones
from spean.intake.talk import talk_of
from spean.intake.web.portal import visit
from spean.intake.web.portal.forms import DangerForm, MoreForm, WriteForm
from spean.intake.web.portal.limits import is_flood
from spean.shell.doors import ANYONE, ActorRequest, reads, writes

SHORT = 20  # characters of a plea too short to act on: Khmer and Chinese have no spaces to count
LEAVE = '"cookies", "storage"'


def _show(
    request: ActorRequest, name: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = {"exit_url": settings.EXIT_URL, **(context or {})}
    return render(request, f"intake/portal/{name}.html", page, status=status)


@reads(to=ANYONE)
def start(request: ActorRequest) -> HttpResponse:
    """Say what this is, how to leave, and what it cannot hide."""
    return _show(request, "start")


@writes(to=ANYONE, shows_form=True)
def danger(request: ActorRequest) -> HttpResponse:
    """Ask about danger before anything else; the answers go on in the page, not in the address."""
    if request.method != "POST":
        return _show(request, "danger")
    answers = DangerForm(request.POST)
    answers.is_valid()
    return _show(request, "write", {"form": WriteForm(), "first": answers.cleaned_data})


@writes(to=ANYONE, shows_form=True)
def write(request: ActorRequest) -> HttpResponse:
    """Keep a plea, and show its number once."""
    if request.method != "POST":
        return _show(request, "write", {"form": WriteForm(), "first": {}})
    form = WriteForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            plea, number = portal.receive(
                **form.cleaned_data,
                language=request.LANGUAGE_CODE,
                quarantined=is_flood(request),
            )
            return _numbers(request, plea, number, first=True)
        except OperationalError:
            form.add_error(None, _("We could not keep this just now. Send it once more."))
            status = 503
    first = DangerForm(request.POST)
    first.is_valid()
    return _show(request, "write", {"form": form, "first": first.cleaned_data}, status)


def _numbers(request: ActorRequest, plea: Request, number: str, *, first: bool) -> HttpResponse:
    said = "" if not first else plea.words + plea.where
    return _show(
        request,
        "numbers",
        {
            "numbers": as_telephones(number),
            "plea": plea,
            "first": first,
            "short": first and len(said.strip()) < SHORT,
            "more": visit.pass_for_more(plea) if first else "",
        },
    )


@writes(to=ANYONE, shows_form=True)
def back(request: ActorRequest) -> HttpResponse:
    """Open the conversation behind a number; every number that opens nothing is answered alike."""
    if request.method != "POST":
        plea = visit.current(request)
        if plea is None:
            return _show(request, "enter")
        return _show(request, "talk", {"plea": plea, "talk": talk_of(plea)})
    if not _enter(request):
        return _show(request, "enter", {"wrong": True}, 422)
    return redirect("intake:back")


def _enter(request: ActorRequest) -> Request | None:
    plea = portal.find(request.POST.get("number", ""))
    if plea is not None:
        visit.open_for(request, plea)
    return plea


@writes(to=ANYONE)
def messages(request: ActorRequest) -> HttpResponse:
    """Keep more words of somebody who came back, or who has just written."""
    return _say(request, question="")


@writes(to=ANYONE)
def answer(request: ActorRequest) -> HttpResponse:
    """Keep the answer to one question."""
    return _say(request, question=request.POST.get("question", ""))


def _say(request: ActorRequest, *, question: str) -> HttpResponse:
    form = MoreForm({"words": request.POST.get("words", ""), "question": question})
    just_written = visit.from_pass(request.POST.get("more", ""))
    plea = visit.current(request) or just_written
    if plea is None and "number" in request.POST:
        plea = _enter(request)
    if plea is None:
        kept = {"words": request.POST.get("words", ""), "question": question}
        return _show(request, "enter", {**kept, "wrong": "number" in request.POST}, 422)
    if not form.is_valid():
        if just_written:
            return _show(request, "more", {"form": form, "more": request.POST["more"]}, 422)
        context = {"plea": plea, "talk": talk_of(plea), "form": form}
        return _show(request, "talk", context, 422)
    portal.answer(plea, form.cleaned_data["question"], form.cleaned_data["words"])
    if visit.current(request):
        return redirect("intake:back")
    return _show(request, "done", {"done": "more"})


@writes(to=ANYONE, shows_form=True)
def withdraw(request: ActorRequest) -> HttpResponse:
    """Thank whoever asks to stop, and let the desk find out whether she is safe."""
    plea = visit.current(request)
    if plea is None:
        return _show(request, "enter", status=200 if request.method != "POST" else 422)
    if request.method != "POST":
        return _show(request, "sure", {"verb": "withdraw"})
    portal.withdraw(plea)
    visit.close(request)
    return _show(request, "done", {"done": "withdraw"})


@writes(to=ANYONE, shows_form=True)
def number(request: ActorRequest) -> HttpResponse:
    """Give a new number and make the old one open nothing."""
    plea = visit.current(request)
    if plea is None:
        return _show(request, "enter", status=200 if request.method != "POST" else 422)
    if request.method != "POST":
        return _show(request, "sure", {"verb": "number"})
    return _numbers(request, plea, portal.change_number(plea), first=False)


@writes(to=ANYONE, shows_form=True)
def delete(request: ActorRequest) -> HttpResponse:
    """Empty what she wrote."""
    plea = visit.current(request)
    if plea is None:
        return _show(request, "enter", status=200 if request.method != "POST" else 422)
    if request.method != "POST":
        return _show(request, "sure", {"verb": "delete"})
    portal.delete_words(plea)
    return redirect("intake:back")


@csrf_exempt
@writes(to=ANYONE, shows_form=True)
def out(request: ActorRequest) -> HttpResponse:
    """Forget the visit and go where nothing is to be seen; no old page may stand in the way."""
    request.session.flush()
    response = HttpResponseRedirect(settings.EXIT_URL)
    response.status_code = 303
    response["Clear-Site-Data"] = LEAVE
    return response
