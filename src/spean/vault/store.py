"""The process's one key store, opened on first use."""

from __future__ import annotations

from spean import vault
from spean.vault.keystore import KeyStore

_held: dict[str, KeyStore] = {}


def keystore() -> KeyStore:
    path = vault.home() / "keys.db"
    if str(path) not in _held:
        _held[str(path)] = KeyStore(path, vault.ring())
    return _held[str(path)]


def erase(subject: str) -> None:
    """Destroy the subject's data key: every text sealed under it is gone, in every copy."""
    keystore().destroy(subject)


def forget() -> None:
    """Delete the whole key store: of a demo that is made anew."""
    path = vault.home() / "keys.db"
    keystore().close()
    _held.pop(str(path), None)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
