"""The envelope of a sealed text: version, key id, nonce, AES-256-GCM ciphertext.

Associated data binds it to its key, room, table, column and row: moved anywhere else, trimmed,
flipped or stripped of its key id, it does not open. Plaintext is padded so that its length tells
little (to 64 bytes, above 1 kB to a quarter of a kilobyte).
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spean.vault.keystore import DataKey

VERSION = b"\x01"
_HEAD = 1 + 8 + 12


class Tampered(Exception):
    """A sealed text does not belong where it stands, or was changed."""


def seal(key: DataKey, place: str, text: str) -> bytes:
    nonce = secrets.token_bytes(12)
    body = AESGCM(key.secret).encrypt(nonce, _pad(text.encode()), _bind(key, place))
    return VERSION + key.kid + nonce + body


def unseal(key: DataKey, place: str, envelope: bytes) -> str:
    """Return the text, or raise Tampered."""
    if len(envelope) < _HEAD + 16 or envelope[:1] != VERSION or envelope[1:9] != key.kid:
        raise Tampered(place)
    try:
        padded = AESGCM(key.secret).decrypt(envelope[9:_HEAD], envelope[_HEAD:], _bind(key, place))
    except InvalidTag:
        raise Tampered(place) from None
    return padded[: int.from_bytes(padded[-4:], "big")].decode()


def _bind(key: DataKey, place: str) -> bytes:
    return VERSION + key.kid + b"|" + place.encode()


def _pad(plain: bytes) -> bytes:
    step = 64 if len(plain) < 1024 else 256
    size = -(-(len(plain) + 4) // step) * step
    return plain.ljust(size - 4, b"\0") + len(plain).to_bytes(4, "big")
