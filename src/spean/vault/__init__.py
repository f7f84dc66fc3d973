"""Keys, encrypted fields, erasure: who she is, sealed.

``locate`` is called once by the settings; everything else asks ``ring()``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from spean.vault.ring import Ring

_places: dict[str, Path] = {}
_ring: Ring | None = None


def locate(*, home: Path, keys: Path) -> None:
    """Say where the data folder and the key ring are; opens nothing yet."""
    global _ring
    _places.update(home=home, keys=keys)
    _ring = None


def home() -> Path:
    return _places["home"]


def ring() -> Ring:
    """Return the key ring, made on first use with owner-only permissions."""
    global _ring
    if _ring is None:
        sealed = (home() / "keys.db", home() / "spean.sqlite3")
        _ring = Ring.open(_places["keys"], needed_by=sealed)
    return _ring


def django_secret() -> str:
    return hashlib.sha256(ring().derive("django")).hexdigest()
