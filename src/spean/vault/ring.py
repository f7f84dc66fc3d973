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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spean.kernel.errors import Denied
from spean.kernel.text import Sentence

FILE = "ring.json"


@dataclass(frozen=True)
class Ring:
    current: int
    roots: tuple[tuple[int, bytes], ...]

    @classmethod
    def open(cls, folder: Path, *, needed_by: Sequence[Path] = ()) -> Ring:
        """Read the ring, or make one; two processes starting at once make one ring.

        Where one of ``needed_by`` stands already, what is in it was sealed under a ring that is
        lost: a new one would hide that, so it is refused.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / FILE
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _refuse_if_lost(path, needed_by)
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


def _refuse_if_lost(path: Path, needed_by: Sequence[Path]) -> None:
    for file in needed_by:
        if file.exists():
            raise Denied(
                Sentence(
                    "The key ring {ring} is missing, and {file} was sealed under it. Put the ring "
                    "back (SPEAN_KEYS says where it is looked for); nothing was changed.",
                    ring=str(path),
                    file=str(file),
                )
            )


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
