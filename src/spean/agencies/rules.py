"""What a user's name, an agency's row and an invitation may be: decisions on plain values."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import timedelta

from spean.agencies.states import AgencyKind
from spean.kernel.actor import Role
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")
INVITATION_LASTS = timedelta(days=7)
# A person who leaves the desk open is signed out; a stolen session ends with the shift.
# NIST SP 800-63B, section 4.2.3 (AAL2) allows 30 minutes and 12 hours; Spean is stricter.
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)

AGENCY_KEYS = frozenset(
    {"code", "name_en", "name_km", "kind", "parent", "country", "covers", "province", "review"}
)


def check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Invalid(
            Sentence(
                "“{name}” cannot be a user name. Use 2 to 60 small Latin letters, digits, dots or "
                "hyphens.",
                name=username[:60],
            ),
            "username",
        )


def check_roles(roles: list[str]) -> list[str]:
    """Return the roles as stored, or refuse the first unknown one and name those there are."""
    known = [role.value for role in Role]
    for role in roles:
        if role not in known:
            raise Invalid(
                Sentence(
                    "“{role}” is not a role. The roles are: {known}.",
                    role=role[:40],
                    known=", ".join(known),
                ),
                "roles",
            )
    if not roles:
        raise Invalid(Sentence("Give at least one role."), "roles")
    return sorted(set(roles))


def check_agency(row: dict[str, object]) -> None:
    """Refuse a row of the tree that could not be stored, in one sentence."""
    code = str(row.get("code", ""))
    if not CODE.fullmatch(code):
        raise Invalid(
            Sentence(
                "“{code}” cannot be an agency's code. Use 2 to 40 capital Latin letters, digits "
                "or hyphens.",
                code=code[:40],
            ),
            "code",
        )
    if unknown := sorted(set(row) - AGENCY_KEYS):
        raise Invalid(
            Sentence("{code}: “{key}” is not known. Take it out.", code=code, key=unknown[0])
        )
    if not row.get("name_en"):
        raise Invalid(Sentence("{code} has no English name. Give name_en.", code=code), "name_en")
    kinds = [kind.value for kind in AgencyKind]
    if str(row.get("kind", "")) not in kinds:
        raise Invalid(
            Sentence("{code} needs a kind, one of: {known}.", code=code, known=", ".join(kinds)),
            "kind",
        )


def digest_of(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def second_factor_secret(key: bytes, token: str) -> str:
    """Return the TOTP secret that an invitation offers: from its token and the key ring.

    So nothing of it is stored before the invitation is accepted, and the token alone is not it.
    """
    return base64.b32encode(hmac.new(key, token.encode(), hashlib.sha1).digest()).decode()
