"""Receipts: made once, kept only as a hash, looked up with the same work whatever is typed.

Argon2id(HMAC(pepper, secret), salt of the bucket). The pepper comes from the key ring, outside
the database, and so do the 10,000 salts, used or not: a stolen database alone is not enough to
try numbers against. docs/explanation/receipts.md tells why.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from spean import vault
from spean.intake.rules import BUCKET, HALF, LENGTH, swapped

MEMORY_KIB = 8192
PARAMETERS = f"argon2id/{MEMORY_KIB}/1/1"  # kept with each receipt: kind, KiB, passes, lanes
# One hash at a time a core: a flood of guesses queues here instead of taking all memory.
_cores = threading.BoundedSemaphore(os.cpu_count() or 1)


@dataclass(frozen=True)
class Hashed:
    """What is kept of a number."""

    bucket: int
    digest: bytes


def new_number() -> str:
    """Return sixteen random digits, neither half beginning with 0."""
    return _half() + _half()


def _half() -> str:
    return str(secrets.randbelow(9 * 10 ** (HALF - 1)) + 10 ** (HALF - 1))


def hashed(number: str) -> Hashed:
    """Hash a number: some milliseconds and 8 MiB, and never more of them at once than cores."""
    bucket, secret = number[:BUCKET], number[BUCKET:]
    peppered = _mac(secret)
    with _cores:
        digest = hash_secret_raw(
            peppered,
            _mac(f"salt/{bucket}")[:16],
            time_cost=1,
            memory_cost=MEMORY_KIB,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
    return Hashed(int(bucket), digest)


def guesses(number: str) -> tuple[Hashed, Hashed]:
    """Hash what was typed, in both orders of its halves; what is no number costs the same."""
    tried = number if len(number) == LENGTH else "0" * LENGTH
    return hashed(tried), hashed(swapped(tried))


def matches(tried: Iterable[Hashed], bucket: int, digest: bytes) -> bool:
    """Compare one kept hash with all that were tried, in the same time whether it is one."""
    found = False
    for guess in tried:
        is_same = hmac.compare_digest(guess.digest, digest)
        found = found | (is_same & (guess.bucket == bucket))
    return found


def _mac(text: str) -> bytes:
    # The pepper is bound to the first root: it outlives a rotation of the ring.
    return hmac.new(vault.ring().derive("receipts", 1), text.encode(), hashlib.sha256).digest()
