"""The sign-in library's own doors, at our paths and under the names it looks up."""

from __future__ import annotations

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.urls import path

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("sign-out/", logout, name="account_logout"),
]
