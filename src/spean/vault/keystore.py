"""Wrapped data keys, one a subject (a person, a request, a case), in their own file keys.db.

The file is backed up apart from the database, so that destroying a key here makes every copy of
the data that a later restore may bring back unreadable.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spean.kernel import clock
from spean.vault.ring import Ring

_SCHEMA = """
CREATE TABLE IF NOT EXISTS data_key (
    subject TEXT PRIMARY KEY,
    kid BLOB NOT NULL UNIQUE,
    ring INTEGER NOT NULL,
    wrapped BLOB,
    made TEXT NOT NULL,
    destroyed TEXT,
    CHECK ((wrapped IS NULL) = (destroyed IS NOT NULL))
) WITHOUT ROWID
"""


class Destroyed(Exception):
    """The key of this subject was destroyed: what it sealed is erased."""


@dataclass(frozen=True)
class DataKey:
    kid: bytes
    secret: bytes


class KeyStore:
    """Open ``path`` for every thread that asks; each write is durable before it returns."""

    def __init__(self, path: Path, ring: Ring) -> None:
        self._path, self._ring, self._local = path, ring, threading.local()

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None:
            if not self._path.exists():
                self._found()
            held = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            held.execute("PRAGMA journal_mode=WAL")
            held.execute("PRAGMA synchronous=FULL")
            held.execute("PRAGMA secure_delete=ON")
            self._local.connection = held
        return held

    def _found(self) -> None:
        """Make the file whole before anybody sees it: turning to WAL does not wait for others."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._path.exists():
                return
            draft = self._path.with_suffix(".new")
            os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            with closing(sqlite3.connect(draft, isolation_level=None)) as made:
                made.execute("PRAGMA journal_mode=WAL")
                made.execute(_SCHEMA)
            draft.rename(self._path)
        finally:
            os.close(lock)

    def close(self) -> None:
        held = getattr(self._local, "connection", None)
        if held is not None:
            held.close()
            self._local.connection = None

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write many keys with one commit (bulk loads, the demo)."""
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def make(self, subject: str) -> DataKey:
        """Return the subject's key, making it on first use; raise Destroyed if it is gone."""
        if held := self._read(subject):
            return held
        kid, secret = secrets.token_bytes(8), secrets.token_bytes(32)
        self._connection().execute(
            "INSERT OR IGNORE INTO data_key (subject, kid, ring, wrapped, made) "
            "VALUES (?, ?, ?, ?, ?)",
            (subject, kid, self._ring.current, self._wrap(subject, kid, secret), _day()),
        )
        return self._read(subject) or DataKey(kid, secret)

    def get(self, subject: str) -> DataKey:
        """Return the subject's key; raise Destroyed if there is none (any more)."""
        if held := self._read(subject):
            return held
        raise Destroyed(subject)

    def destroy(self, subject: str) -> None:
        """Destroy the key for good; that it was destroyed stays on the list, with the day."""
        self._connection().execute(
            "INSERT INTO data_key (subject, kid, ring, wrapped, made, destroyed) "
            "VALUES (?, ?, ?, NULL, ?, ?) "
            "ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed = excluded.destroyed",
            (subject, secrets.token_bytes(8), self._ring.current, _day(), _day()),
        )

    def _read(self, subject: str) -> DataKey | None:
        row = (
            self._connection()
            .execute("SELECT kid, ring, wrapped FROM data_key WHERE subject = ?", (subject,))
            .fetchone()
        )
        if row is None:
            return None
        kid, version, wrapped = row
        if wrapped is None:
            raise Destroyed(subject)
        key = AESGCM(self._ring.derive("wrap", version))
        return DataKey(kid, key.decrypt(wrapped[:12], wrapped[12:], _bind(subject, kid)))

    def _wrap(self, subject: str, kid: bytes, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(12)
        key = AESGCM(self._ring.derive("wrap"))
        return nonce + key.encrypt(nonce, secret, _bind(subject, kid))


def _bind(subject: str, kid: bytes) -> bytes:
    return b"data-key|" + kid + b"|" + subject.encode()


def _day() -> str:
    return clock.now().date().isoformat()
