"""A flood goes to the slow lane; nobody is refused.

Held in memory only, and keyed by a hash under a secret that dies with the process: no address is
kept anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

from django.conf import settings
from django.http import HttpRequest

from spean.kernel import clock

BURST = 60  # a shelter, a compound or a whole network may share one address
PER_SECOND = 0.5
MOST = 10_000  # addresses remembered


class Buckets:
    """Token buckets, one an address."""

    def __init__(self, *, burst: float, per_second: float) -> None:
        self._burst, self._rate = burst, per_second
        self._left: dict[bytes, tuple[float, float]] = {}
        self._salt, self._lock = secrets.token_bytes(32), threading.Lock()

    def spend(self, address: str) -> bool:
        """Take a token; False when the address has used up its own."""
        key = hmac.new(self._salt, address.encode(), hashlib.sha256).digest()
        now = clock.now().timestamp()
        with self._lock:
            left, then = self._left.pop(key, (self._burst, now))
            left = min(self._burst, left + max(0.0, now - then) * self._rate)
            self._left[key] = (max(0.0, left - 1), now)
            if len(self._left) > MOST:
                self._left.pop(next(iter(self._left)))
        return left >= 1


pleas = Buckets(burst=BURST, per_second=PER_SECOND)


def is_flood(request: HttpRequest) -> bool:
    return not pleas.spend(_address(request))


def _address(request: HttpRequest) -> str:
    if settings.BEHIND_PROXY:
        # The last entry is the one our own proxy wrote; those before it can be made up.
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
