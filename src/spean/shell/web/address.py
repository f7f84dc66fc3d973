"""Whose address a request came from: a proxy's word counts only if the installation names it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, for limits only; it is never kept with a request."""
    address: str = request.META.get("REMOTE_ADDR", "") or "0.0.0.0"  # noqa: S104 - no socket
    if not settings.BEHIND_PROXY:
        return address
    chain = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    while address in settings.TRUSTED_PROXIES and chain:
        address = chain.pop()
    return address


def name_signing_in(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return the user name being tried, as the lockout counts it."""
    if credentials and credentials.get("username"):
        return str(credentials["username"]).lower()
    return request.POST.get("login", "").strip().lower() if request else ""
