"""Pages of no room: the language switch, health, and four ways of not finding what one wants."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from spean.shell.doors import ANYONE, ActorRequest, reads, writes
from spean.shell.middleware import LANGUAGE_KEY


@writes(to=ANYONE)
def language(request: ActorRequest) -> HttpResponse:
    """Keep the chosen language for this browser session and go back."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        request.session[LANGUAGE_KEY] = chosen
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)


@reads(to=ANYONE)
def health(request: ActorRequest) -> HttpResponse:
    """Answer 200 when pages and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    where = "shell" if request.path.startswith("/desk/") else "intake/portal"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Without the context every page has: what broke may be the database it would ask.
        return HttpResponse(render_to_string(f"{where}/{name}.html"), status=status)
    return render(request, f"{where}/{name}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "not_found", 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, "broken", 500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "broken", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "again", 403)
