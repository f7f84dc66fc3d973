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
BUSY = _("We could not keep this just now. Send it once more.")
LEAVE = '"cookies", "storage"'


@reads(to=ANYONE)
def start(request: ActorRequest) -> HttpResponse:
    """Say what this is, how to leave, and what it cannot hide."""
    return render(request, "intake/portal/start.html")


@writes(to=ANYONE, shows_form=True)
def danger(request: ActorRequest) -> HttpResponse:
    """Ask about danger before anything else; the answers go on in the page, not in the address."""
    if request.method != "POST":
        return render(request, "intake/portal/danger.html")
    return _write_page(request, WriteForm(), DangerForm(request.POST))


@writes(to=ANYONE, shows_form=True)
def write(request: ActorRequest) -> HttpResponse:
    """Keep a plea, and show its number once."""
    if request.method != "POST":
        return _write_page(request, WriteForm(), DangerForm({}))
    form = WriteForm(request.POST)
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            plea, number = portal.receive(
                **said, language=request.LANGUAGE_CODE, quarantined=is_flood(request)
            )
            return _numbers(request, plea, number, said=said["words"] + said["where"])
        except OperationalError:
            form.add_error("words", BUSY)
            status = 503
    return _write_page(request, form, DangerForm(request.POST), status)


def _write_page(
    request: ActorRequest, form: WriteForm, first: DangerForm, status: int = 200
) -> HttpResponse:
    first.is_valid()
    context = {"form": form, "first": first.cleaned_data}
    return render(request, "intake/portal/write.html", context, status=status)


def _numbers(
    request: ActorRequest, plea: Request, number: str, *, said: str | None = None
) -> HttpResponse:
    """Show a number, once; ``said`` is the plea it was made for, if it is the first."""
    first = said is not None
    page = {
        "numbers": "\n".join(as_telephones(number)),
        "plea": plea,
        "first": first,
        "short": said is not None and len(said.strip()) < SHORT,
        "more": visit.pass_for_more(plea) if first else "",
    }
    return render(request, "intake/portal/numbers.html", page)


@writes(to=ANYONE, shows_form=True)
def back(request: ActorRequest) -> HttpResponse:
    """Open the conversation behind a number; every number that opens nothing is answered alike."""
    if request.method != "POST":
        plea = visit.current(request)
        if plea is None:
            return _ask_number(request)
        return render(request, "intake/portal/talk.html", _talk(plea))
    if not _enter(request):
        return _ask_number(request, wrong=True)
    return redirect("intake:back")


def _ask_number(request: ActorRequest, **kept: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/portal/enter.html", kept, status=status)


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
        wrong = "number" in request.POST
        return _ask_number(request, words=form.data["words"], question=question, wrong=wrong)
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            portal.answer(plea, said["question"], said["words"])
            return _said(request)
        except OperationalError:
            form.add_error("words", BUSY)
            status = 503
    page: dict[str, Any] = {"form": form, "more": request.POST.get("more", "")}
    if just_written:
        return render(request, "intake/portal/more.html", page, status=status)
    return render(request, "intake/portal/talk.html", page | _talk(plea), status=status)


def _said(request: ActorRequest) -> HttpResponse:
    if visit.current(request):
        return redirect("intake:back")
    return render(request, "intake/portal/done.html", {"done": "more"})


def _talk(plea: Request) -> dict[str, Any]:
    return {"plea": plea, "talk": talk_of(plea)}


@writes(to=ANYONE, shows_form=True)
def withdraw(request: ActorRequest) -> HttpResponse:
    """Thank whoever asks to stop, and let the desk find out whether she is safe."""
    plea = visit.current(request)
    if plea is None:
        return _ask_number(request)
    if request.method != "POST":
        return render(request, "intake/portal/sure.html", {"verb": "withdraw"})
    portal.withdraw(plea)
    visit.close(request)
    return render(request, "intake/portal/done.html", {"done": "withdraw"})


@writes(to=ANYONE, shows_form=True)
def number(request: ActorRequest) -> HttpResponse:
    """Give a new number and make the old one open nothing."""
    plea = visit.current(request)
    if plea is None:
        return _ask_number(request)
    if request.method != "POST":
        return render(request, "intake/portal/sure.html", {"verb": "number"})
    changed = portal.change_number(plea)
    visit.open_for(request, plea)
    return _numbers(request, plea, changed)


@writes(to=ANYONE, shows_form=True)
def delete(request: ActorRequest) -> HttpResponse:
    """Empty what she wrote."""
    plea = visit.current(request)
    if plea is None:
        return _ask_number(request)
    if request.method != "POST":
        return render(request, "intake/portal/sure.html", {"verb": "delete"})
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
