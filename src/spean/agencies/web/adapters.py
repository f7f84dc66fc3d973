"""How the sign-in library keeps to our rules: nobody signs up, secrets are sealed, in our words."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spean import vault
from spean.agencies import actions
from spean.agencies.models import User
from spean.shell.middleware import LANGUAGE_KEY
from spean.shell.web.address import client_address

_LATER = _("Too many tries. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Let in only whoever was invited; say each refusal in one sentence."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both; if you have lost them, ask "
            "your administrator for a new invitation."
        ),
        "too_many_login_attempts": _LATER,
        "rate_limited": _LATER,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # By name and address: whoever knows a name cannot lock its owner out from elsewhere.
        return f"{str(credentials.get('username', '')).lower()}@{client_address(request)}"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows that one is in, or out."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.is_active and self._has_second_factor(user):
            return None
        messages.error(
            request,
            gettext("You cannot sign in yet. Ask your administrator for a new invitation."),
        )
        return redirect("account_login")

    def _has_second_factor(self, user: User) -> bool:
        return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        # Most browsers here say English by default, so the account's language wins over that; a
        # browser set to Khmer was set so by somebody.
        if not request.headers.get("Accept-Language", "").lower().startswith("km"):
            request.session.setdefault(LANGUAGE_KEY, user.language)
        actions.note_sign_in(user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seal second-factor secrets under the key ring."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right. Wait for the next one in your authenticator app and type that."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: a mail would say who works here."""


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(vault.ring().derive("second-factor", 1)))
