"""The doors' habits: who may knock, reading that cannot write, writing that is always a POST.

Every view wears ``@reads`` or ``@writes``; the permission matrix is made from what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.errors import Denied, DomainError, Invalid
from spean.kernel.text import Sentence
from spean.shell.reading import refuse_writes
from spean.shell.text import say

P = ParamSpec("P")

ANYONE = "anyone"
SIGNED_IN = "signed_in"
DONE = 303  # what was asked is done: see the page it leads to


class ActorRequest(HttpRequest):
    """A request whose actor is known."""

    actor: Actor
    htmx: Any


View = Callable[Concatenate[ActorRequest, P], HttpResponse]


@dataclass(frozen=True)
class Rule:
    """Who may open a door: anyone, anyone signed in, or holders of one of the capabilities."""

    writes: bool
    to: str | tuple[Capability, ...]

    def reason(self, actor: Actor) -> Sentence | None:
        if isinstance(self.to, str) or any(actor.can(c) for c in self.to):
            return None
        return Sentence(
            "Your role does not include this. Ask a supervisor of your agency who may do it."
        )


def _rule(to: str | Capability | tuple[Capability, ...], *, writes: bool) -> Rule:
    return Rule(writes=writes, to=(to,) if isinstance(to, Capability) else to)


def reads(to: str | Capability | tuple[Capability, ...]) -> Callable[[View[P]], View[P]]:
    """Open a page to ``to``; it answers GET (and HEAD), and nothing in it can write."""
    rule = _rule(to, writes=False)

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if refusal := _knock(request, rule):
                return refusal
            with connection.execute_wrapper(refuse_writes):
                return view(request, *args, **kwargs)

        opened.rule = rule  # type: ignore[attr-defined]
        return opened

    return door


def writes(
    to: str | Capability | tuple[Capability, ...], *, shows_form: bool = False
) -> Callable[[View[P]], View[P]]:
    """Open a verb to ``to``; it answers POST, and with ``shows_form`` shows its form on GET."""
    rule = _rule(to, writes=True)

    def door(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            is_form = shows_form and request.method in {"GET", "HEAD"}
            if request.method != "POST" and not is_form:
                return HttpResponseNotAllowed(["POST"])
            if refusal := _knock(request, rule):
                return refusal
            if is_form:
                with connection.execute_wrapper(refuse_writes):
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        opened.rule = rule  # type: ignore[attr-defined]
        return opened

    return door


def _knock(request: ActorRequest, rule: Rule) -> HttpResponse | None:
    if rule.to == ANYONE:
        return None
    if request.actor.kind is not Kind.USER:
        target = f"{settings.LOGIN_URL}?{urlencode({'next': _where_from(request)})}"
        if request.htmx:
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = target
            return answer
        return redirect(target)
    if why := rule.reason(request.actor):
        return refused(request, Denied(why), status=403)
    return None


def _where_from(request: HttpRequest) -> str:
    """Return the page to come back to: the page itself, or for a POST the page it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return settings.LOGIN_REDIRECT_URL
    return sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")


def refused(request: HttpRequest, refusal: DomainError, *, status: int) -> HttpResponse:
    """Show a refusal as a page, or as a fragment to HTMX."""
    template = "shell/_refusal.html" if getattr(request, "htmx", False) else "shell/refusal.html"
    return render(request, template, {"reason": say(refusal.sentence)}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form too; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, act: Callable[[], object]) -> int:
    """Run a form's action: DONE, or the status to show the form again with what is wrong.

    200 for a form that was only asked for. What was typed stays in the form. Denied is not caught:
    it has its own page.
    """
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return 422
    try:
        act()
    except Denied:
        raise
    except Invalid as wrong:
        field = wrong.field if wrong.field in form.fields else None
        form.add_error(field, say(wrong.sentence))
        return 422
    except DomainError as refusal:
        form.add_error(None, say(refusal.sentence))
        return 409
    return DONE
