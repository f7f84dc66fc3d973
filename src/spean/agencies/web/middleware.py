"""Build the actor once, at the door: only a user with both factors is more than the public."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.shortcuts import redirect

from spean.agencies.models import User
from spean.agencies.queries import actor_for
from spean.kernel.actor import PUBLIC
from spean.shell.doors import ActorRequest

Next = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponse:
        request.actor = PUBLIC
        if request.path.startswith(("/desk/", "/api/")):
            user = request.user
            if isinstance(user, User) and user.is_active and _has_second_factor(user):
                request.actor = actor_for(user)
        return self.get_response(request)


def _has_second_factor(user: User) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])
