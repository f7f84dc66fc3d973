"""Build the actor once, at the door: only a user with both factors is more than the public."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from spean.agencies.models import User
from spean.agencies.queries import actor_for
from spean.agencies.rules import ABSOLUTE, IDLE
from spean.kernel import clock
from spean.kernel.actor import PUBLIC
from spean.shell.doors import ActorRequest
from spean.shell.middleware import LANGUAGE_KEY

Next = Callable[[HttpRequest], HttpResponse]
ENTERED, ACTIVE = "entered", "active"
_STEP = 60  # seconds: the session is written at most once a minute


class ActorMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponse:
        request.actor = PUBLIC
        if request.path.startswith(("/desk/", "/api/")):
            user = request.user
            if isinstance(user, User) and _may_stay(request, user):
                request.actor = actor_for(user)
        return self.get_response(request)


def _may_stay(request: HttpRequest, user: User) -> bool:
    """Keep the session going, or end it: too long, left alone, or without a second factor."""
    if not (user.is_active and is_mfa_enabled(user, [Authenticator.Type.TOTP])):
        _leave(request)
        return False
    now = clock.now().timestamp()
    entered = request.session.setdefault(ENTERED, now)
    active = request.session.setdefault(ACTIVE, now)
    if now - active > IDLE.total_seconds() or now - entered > ABSOLUTE.total_seconds():
        _leave(request)
        messages.info(
            request, gettext("You were signed out to keep the records safe. Sign in to go on.")
        )
        return False
    if abs(now - active) >= _STEP:
        request.session[ACTIVE] = now
    return True


def _leave(request: HttpRequest) -> None:
    language = request.session.get(LANGUAGE_KEY)
    logout(request)
    if language:
        request.session[LANGUAGE_KEY] = language
