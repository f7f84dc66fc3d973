"""Which host serves what: the portal's own host never answers for the desk, and the reverse."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

_DESK = ("/desk/", "/api/")
_BOTH = ("/static/", "/health")


class HostMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PORTAL_HOST and settings.DESK_HOST and not request.path.startswith(_BOTH):
            # A host's name may come in capitals, or with a dot at its end.
            host = request.get_host().lower().partition(":")[0].rstrip(".")
            is_desk = request.path.startswith(_DESK)
            if (host == settings.PORTAL_HOST.lower() and is_desk) or (
                host == settings.DESK_HOST.lower() and not is_desk
            ):
                return HttpResponseNotFound()
        return self.get_response(request)
