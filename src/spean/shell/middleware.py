"""Language by choice, headers that keep pages from being turned, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from spean.kernel.errors import Denied, DomainError, Invalid
from spean.shell.doors import refused

Next = Callable[[HttpRequest], HttpResponse]
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'{out}; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
_OFF = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
LANGUAGE_KEY = "language"


class LanguageMiddleware:
    """Speak the language chosen (kept in the session), else the browser's, else Khmer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = dict(settings.LANGUAGES)
        is_desk = request.path.startswith("/desk/")
        chosen = request.session.get(LANGUAGE_KEY) or _browser_language(request)
        if chosen not in offered or (is_desk and chosen not in settings.DESK_LANGUAGES):
            chosen = "en" if is_desk and chosen else "km"
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def _browser_language(request: HttpRequest) -> str:
    wanted = request.headers.get("Accept-Language", "")
    return translation.get_language_from_request(request) if wanted else ""


def _policy(request: HttpRequest) -> str:
    """Return the policy: the portal's exit, without JavaScript, is a form that ends elsewhere."""
    if request.path.startswith("/desk/"):
        return _CSP.format(out="")
    exit_page = urlsplit(settings.EXIT_URL)
    return _CSP.format(out=f" {exit_page.scheme}://{exit_page.netloc}")


class HeadersMiddleware:
    """No framing, no inline, no store: on every answer that is not a static file."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request))
        response.headers.setdefault("Permissions-Policy", _OFF)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """Turn a refusal that no view caught into its page: 403, 409 or 422, in the reader's words."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        status = 403 if isinstance(error, Denied) else 422 if isinstance(error, Invalid) else 409
        return refused(request, error, status=status)
