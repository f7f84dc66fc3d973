"""Everything that changes agencies, users and the ways in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from spean.agencies import access
from spean.agencies.models import Agency, Invitation, User
from spean.agencies.queries import actor_for, open_invitation, secret_of
from spean.agencies.rules import (
    INVITATION_LASTS,
    check_agency,
    check_roles,
    check_username,
    digest_of,
)
from spean.agencies.states import AgencyKind
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import SYSTEM, Actor
from spean.kernel.digits import to_ascii
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence

_TAKEN = "taken"  # of an authenticator: the step of the last code that was taken
ATTEMPTS_LAST = timedelta(hours=1)
_STORED = ("name_en", "name_km", "kind", "country", "covers", "province")


@dataclass
class Loaded:
    """What loading a tree did: codes made, codes changed, and how many stood as they were."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: int = 0


@transaction.atomic
def load(rows: Iterable[dict[str, Any]], *, actor: Actor) -> Loaded:
    """Make or correct the agencies of a tree; a parent stands before its children."""
    access.administering.require(actor)
    loaded = Loaded()
    for row in rows:
        check_agency(row)
        _place(row, loaded)
    journal.record(
        actor, "agencies.tree_loaded", made=len(loaded.made), changed=len(loaded.changed)
    )
    return loaded


@transaction.atomic
def add(
    code: str,
    *,
    actor: Actor,
    name_en: str,
    kind: str,
    name_km: str = "",
    parent: str = "",
    country: str = "KHM",
    covers: str = "",
    province: str = "",
) -> Agency:
    """Add one agency under its parent's code."""
    access.administering.require(actor)
    if Agency.objects.filter(code=code).exists():
        raise Invalid(Sentence("There is already an agency {code}.", code=code), "code")
    row: dict[str, Any] = {"code": code, "name_en": name_en, "name_km": name_km, "kind": kind}
    row |= {"parent": parent, "country": country, "covers": covers, "province": province}
    check_agency(row)
    made = _place(row, Loaded())
    journal.record(actor, "agencies.agency_added", made, code=code)
    return made


def _place(row: dict[str, Any], loaded: Loaded) -> Agency:
    parent = _parent(row)
    wanted = {k: row[k] for k in _STORED if k in row}
    held = Agency.objects.filter(code=row["code"]).first()
    if held is None:
        loaded.made.append(row["code"])
        return Agency.objects.create(code=row["code"], parent=parent, **wanted)
    differs = held.parent_id != (parent.pk if parent else None)
    differs = differs or any(getattr(held, k) != v for k, v in wanted.items())
    if not differs:
        loaded.kept += 1
        return held
    for name, value in wanted.items():
        setattr(held, name, value)
    held.parent = parent
    held.save()
    loaded.changed.append(held.code)
    return held


def _parent(row: dict[str, Any]) -> Agency | None:
    code = row.get("parent")
    if not code:
        return None
    parent = Agency.objects.filter(code=code).first()
    if parent is None:
        raise Invalid(
            Sentence(
                "{code} stands under {parent}, which is not known. Add {parent} first.",
                code=row["code"],
                parent=code,
            ),
            "parent",
        )
    return parent


@transaction.atomic
def ensure_front_desk() -> Agency:
    """Return the agency that reads new requests, making INTAKE where there is none at all."""
    for kind in (AgencyKind.HOTLINE, AgencyKind.COMMITTEE):
        if held := Agency.objects.filter(kind=kind).order_by("pk").first():
            return held
    if held := Agency.objects.order_by("pk").first():
        return held
    made = Agency.objects.create(code="INTAKE", name_en="Intake", kind=AgencyKind.HOTLINE)
    journal.record(SYSTEM, "agencies.agency_added", made, code=made.code)
    return made


@transaction.atomic
def invite(
    *,
    actor: Actor,
    username: str,
    label: str,
    agency: Agency,
    roles: list[str],
    email: str = "",
    language: str = "km",
) -> tuple[User, str]:
    """Make a user who cannot sign in yet; return them and the token of their one-time link."""
    access.administering.require(actor)
    check_username(username)
    if User.objects.filter(username=username).exists():
        raise Invalid(
            Sentence(
                "There is already a user {name}. To let them in again, reset them instead.",
                name=username,
            ),
            "username",
        )
    user = User(
        username=username,
        label=label.strip() or username,
        agency=agency,
        roles=check_roles(roles),
        email=email,
        language=language,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    token = _invitation(user)
    journal.record(actor, "agencies.user_invited", user, agency=agency.code, roles=user.roles)
    return user, token


@transaction.atomic
def reset(user: User, *, actor: Actor) -> str:
    """Take both factors and all sessions away; return the token of a new one-time link."""
    access.administering.require(actor)
    Authenticator.objects.filter(user=user).delete()
    # A new unusable password changes the session's seal, so open sessions end at once.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    token = _invitation(user)
    journal.record(actor, "agencies.user_reset", user)
    return token


def _invitation(user: User) -> str:
    now = clock.now()
    Invitation.objects.filter(user=user, used=None).update(expires=now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=digest_of(token), expires=now + INVITATION_LASTS)
    return token


@transaction.atomic
def accept_invitation(token: str, *, password: str, code: str) -> tuple[User, list[str]]:
    """Set both factors of an invited person; return them and their recovery codes, once."""
    invitation = open_invitation(token)
    user = invitation.user
    _check_password(password, user)
    secret = secret_of(token)
    if not validate_totp_code(secret, to_ascii(code).replace(" ", "")):
        raise Invalid(
            Sentence("This code is not right. Type the six digits your app shows now."), "code"
        )
    taken = Invitation.objects.filter(pk=invitation.pk, used=None).update(used=clock.now())
    if not taken:
        open_invitation(token)  # says that it was used
    user.set_password(password)
    user.save(update_fields=["password"])
    TOTP.activate(user, secret)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    journal.record(actor_for(user), "agencies.invitation_accepted", user)
    return user, codes


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        raise Invalid(Sentence(" ".join(wrong.messages)), "password") from None


@transaction.atomic
def spend_code(held: Authenticator, code: str) -> bool:
    """Take a code of the app; False if it, or a later one, was taken before.

    The library remembers a code for 30 seconds, in one process; it opens for 90, in each.
    """
    if held.type != Authenticator.Type.TOTP:
        return True  # a recovery code is crossed out by the library, in the database
    row = Authenticator.objects.select_for_update().get(pk=held.pk)
    secret = decrypt(row.data["secret"])
    fits = (s for s in yield_hotp_counters_from_time() if _code_at(secret, s) == code)
    step = max(fits, default=0)
    if step <= row.data.get(_TAKEN, 0):
        return False
    row.data[_TAKEN] = step
    row.save(update_fields=["data"])
    return True


def _code_at(secret: str, step: int) -> str:
    shown: str = format_hotp_value(hotp_value(secret, step))
    return shown


def note_sign_in(user: User) -> None:
    """Record that a person came in with both factors."""
    journal.record(actor_for(user), "agencies.signed_in", user)


def forget_attempts(now: datetime) -> int:
    """Delete what the lockout kept of wrong passwords (names, addresses) once it has run out."""
    old = AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS_LAST)
    return int(old.delete()[0])


def forget_invitations(now: datetime) -> int:
    """Delete invitations that were used or ran out; return how many."""
    return Invitation.objects.exclude(used=None, expires__gt=now).delete()[0]
