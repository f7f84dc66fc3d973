"""References that people read aloud, and new ids of rows."""

from __future__ import annotations

import secrets
import uuid

# Crockford's base 32: no I, L, O, U, so nothing is misread over a bad line.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference(prefix: str, length: int = 6) -> str:
    """Return a random reference such as ``P-7K3F2M``."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_id() -> uuid.UUID:
    return uuid.uuid4()
