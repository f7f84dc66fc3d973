"""What the demo writes beside what its people do: accounts with known secrets."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from spean.agencies import access
from spean.agencies.models import Agency, User
from spean.journal import actions as journal
from spean.kernel.actor import Actor
from spean.kernel.errors import Denied
from spean.kernel.text import Sentence
from spean.shell.queries import is_demo


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    username: str,
    label: str,
    agency: Agency,
    roles: list[str],
    language: str,
    password: str,
    totp_secret: str,
) -> User:
    """Make an account whose secrets are known to everybody: in a demo database alone."""
    access.administering.require(actor)
    if not is_demo():
        raise Denied(Sentence("Accounts with known secrets are made in a demo database only."))
    user = User(username=username, label=label, agency=agency, roles=roles, language=language)
    user.set_password(password)
    user.save()
    TOTP.activate(user, totp_secret)
    journal.record(actor, "demo.account_made", user)
    return user
