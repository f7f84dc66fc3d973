"""Everything an installation keeps, and the traces that a text would leave in it."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.contrib.sessions.models import Session
from django.db import connection


def written_as(text: str) -> dict[str, bytes]:
    """Return how a text would look in a file: encodings, base64 at each alignment, escapes."""
    plain = {"utf-8": text.encode(), "utf-16-le": text.encode("utf-16-le")}
    plain["utf-16-be"] = text.encode("utf-16-be")
    found = dict(plain)
    for name, raw in plain.items():
        for alignment in range(3):
            found[f"{name} base64+{alignment}"] = _base64(raw, alignment)
            found[f"{name} base64url+{alignment}"] = _base64(raw, alignment).translate(_URL)
    found["json"] = json.dumps(text)[1:-1].encode()
    found["percent"] = quote(text).encode()
    found["form"] = quote_plus(text).encode()
    found["hex"] = text.encode().hex().encode()
    return found


_URL = bytes.maketrans(b"+/", b"-_")


def _base64(raw: bytes, alignment: int) -> bytes:
    """Return the part of a base64 text that ``raw`` settles, whatever stands before and after."""
    whole = base64.b64encode(b"\0" * alignment + raw)
    return whole[-(-alignment * 8 // 6) : (alignment + len(raw)) * 8 // 6]


def everything_kept() -> dict[str, bytes]:
    """Return all that the database holds, its sessions unpacked, and every file there is."""
    found = {"dump": _dump()}
    found["sessions"] = json.dumps(
        [held.get_decoded() for held in Session.objects.all()], ensure_ascii=False
    ).encode()
    for path in _files():
        found[path.name] = found.get(path.name, b"") + path.read_bytes()
    return found


def _dump() -> bytes:
    """Return the database as SQL; where the server makes no dump, each value of each row."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump()).encode()
    values = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            values += [_raw(value) for row in cursor.fetchall() for value in row]
    return b"\n".join(values)


def _raw(value: object) -> bytes:
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    plain = isinstance(value, dict | list)
    return (json.dumps(value, ensure_ascii=False) if plain else str(value)).encode()


def _files() -> Iterator[Path]:
    for folder, _folders, names in os.walk(os.environ["SPEAN_HOME"]):
        yield from (Path(folder) / name for name in names)


_HEAD = 8  # bytes by which a trace is looked up


def traces_of(texts: Iterable[str], kept: dict[str, bytes]) -> list[str]:
    """Return where any of the texts stands, however it is written."""
    wanted = {text for text in texts if text.strip()}
    heads: dict[bytes, list[tuple[str, bytes]]] = {}
    for text in wanted:
        for form, raw in written_as(text).items():
            heads.setdefault(raw[:_HEAD], []).append((f"{text[:40]!r} as {form}", raw))
    found = set()
    for place, blob in kept.items():
        found |= {f"{name} in {place}" for name in _found(heads, blob)}
    return sorted(found)


def _found(heads: dict[bytes, list[tuple[str, bytes]]], blob: bytes) -> Iterator[str]:
    """Go once through the bytes: with thousands of texts that is quicker than one search each."""
    long = {head for head in heads if len(head) == _HEAD}
    for start in range(len(blob) - _HEAD + 1):
        if (head := blob[start : start + _HEAD]) in long:
            yield from (name for name, raw in heads[head] if blob.startswith(raw, start))
    for head in heads.keys() - long:
        if head in blob:
            yield from (name for name, raw in heads[head])
