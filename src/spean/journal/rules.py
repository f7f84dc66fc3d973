"""The chain: each entry's seal covers its words and the seal before it."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

START = b"\0" * 32


def canonical(values: dict[str, Any]) -> bytes:
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text
    ).encode()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in the journal")


def link(key: bytes, before: bytes, values: dict[str, Any]) -> bytes:
    """Return the seal of an entry: HMAC-SHA256 over the seal before and the canonical values."""
    return hmac.new(key, before + canonical(values), hashlib.sha256).digest()
