"""Taking up an invitation; the administrators' list of agencies and users."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from spean.agencies import actions
from spean.agencies.models import User
from spean.agencies.queries import open_invitation, secret_of, tree, users_for
from spean.agencies.web.forms import ROLE_NAMES, InvitationForm, InviteForm
from spean.kernel.actor import Capability
from spean.kernel.errors import Invalid
from spean.shell.doors import ANYONE, DONE, ActorRequest, attempt, posted, reads, writes


@sensitive_post_parameters()
@writes(to=ANYONE, shows_form=True)
def accept_invitation(request: ActorRequest, token: str) -> HttpResponse:
    """Show the form of a one-time link, or set both factors and show the recovery codes once."""
    try:
        user = open_invitation(token).user
    except Invalid as ended:
        page = {"reason": ended.sentence}
        return render(request, "agencies/no_invitation.html", page, status=404)
    form = InvitationForm(posted(request))
    codes: list[str] = []

    def accept() -> None:
        password, code = form.cleaned_data["password"], form.cleaned_data["code"]
        codes.extend(actions.accept_invitation(token, password=password, code=code)[1])

    status = attempt(form, accept)
    if status == DONE:
        return render(request, "agencies/welcome.html", {"codes": codes, "invited": user})
    shown = {"form": form, "invited": user, **_second_factor(user, token)}
    return render(request, "agencies/invitation.html", shown, status=status)


def _second_factor(user: User, token: str) -> dict[str, str]:
    secret = secret_of(token)
    adapter: Any = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    picture = "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
    return {"secret": secret, "qr": picture}


@reads(to=Capability.ADMINISTER)
def agencies(request: ActorRequest) -> HttpResponse:
    """List the tree of agencies and who works there; no case, no person helped."""
    return render(request, "agencies/list.html", _list(request))


def _list(request: ActorRequest) -> dict[str, Any]:
    users = [
        {"user": user, "roles": [ROLE_NAMES[role] for role in sorted(user.role_set)]}
        for user in users_for(request.actor)
    ]
    return {"tree": tree(), "users": users}


@writes(to=Capability.ADMINISTER, shows_form=True)
def invite(request: ActorRequest) -> HttpResponse:
    """Invite a person and show their one-time link, once."""
    form = InviteForm(posted(request))
    made: list[tuple[User, str]] = []
    status = attempt(
        form, lambda: made.append(actions.invite(actor=request.actor, **form.cleaned_data))
    )
    if made:
        return _link(request, *made[0])
    return render(request, "agencies/invite.html", {"form": form}, status=status)


@writes(to=Capability.ADMINISTER)
def reset(request: ActorRequest, user_id: int) -> HttpResponse:
    """Take a person's factors away and show a new one-time link, once."""
    user = get_object_or_404(users_for(request.actor), pk=user_id)
    return _link(request, user, actions.reset(user, actor=request.actor))


def _link(request: ActorRequest, user: User, token: str) -> HttpResponse:
    path = reverse("agencies:accept_invitation", args=[token])
    host = f"https://{settings.DESK_HOST}" if settings.DESK_HOST else ""
    link = host + path if host else request.build_absolute_uri(path)
    return render(request, "agencies/link.html", {"invited": user, "link": link})
