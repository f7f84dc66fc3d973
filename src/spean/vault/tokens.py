"""Keyed tokens: equal texts give equal 63-bit numbers, and nothing else can be read from them."""

from __future__ import annotations

import hashlib
import hmac

from spean import vault

KEY_VERSION = 1  # names the derivation of the token key; stored beside each token


def token(kind: str, value: str) -> int:
    """Return a non-negative 63-bit HMAC-SHA256 token of ``value`` under its own key a kind."""
    key = vault.ring().derive(f"tokens/{KEY_VERSION}/{kind}", 1)
    digest = hmac.new(key, value.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1
