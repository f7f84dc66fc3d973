"""The key ring: root secrets in one owner-only file outside the database.

Each purpose (wrapping data keys, search tokens, the journal, receipts …) gets its own key by
HKDF-SHA256 from a versioned root secret, so no key serves two ends.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE = "ring.json"


@dataclass(frozen=True)
class Ring:
    current: int
    roots: tuple[tuple[int, bytes], ...]

    @classmethod
    def open(cls, folder: Path) -> Ring:
        """Read the ring, or make one; two processes starting at once make one ring."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / FILE
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _write(path, {"current": 1, "roots": {"1": _new_root()}})
            held = json.loads(path.read_text())
        finally:
            os.close(lock)
        roots = tuple(sorted((int(v), base64.b64decode(k)) for v, k in held["roots"].items()))
        return cls(current=held["current"], roots=roots)

    def derive(self, purpose: str, version: int | None = None) -> bytes:
        """Return the 32-byte key of ``purpose`` under root ``version`` (default: current)."""
        wanted = version or self.current
        for number, root in self.roots:
            if number == wanted:
                return _derive(root, purpose)
        raise KeyError(f"the key ring has no version {wanted}")


@lru_cache(maxsize=256)
def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"spean/1/" + purpose.encode()).derive(root)


def _new_root() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, held: object) -> None:
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(held, out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(path)
