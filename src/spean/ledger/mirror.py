"""The ledger's mirror: encrypted Parquet segments, kept up to date by appending.

SPEAN_HOME/mirror holds ``manifest.json`` (counts and names of segments, nothing else) and the
segments, each sealed under its own key by Parquet's modular encryption. Persons bear keys of the
mirror's own (docs/adr/0002-ledger-mirror.md). It is made from the database and may be deleted at
any time. pyarrow is imported where used.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from spean import vault
from spean.ledger.models import Entry, Load
from spean.ledger.queries import MIRRORED, entries_for_mirror

FORM = 1
SEGMENT_ROWS = 500_000
OPEN_ROWS = 20_000  # a smaller last segment is written again, together with what is new
_BATCH = 50_000
PERSONS = ("person", "other")
_PLAIN = frozenset({"case", "request", "return_key", "interview", "ref", "occurred"})
_DAYS = ("occurred_first", "occurred_last")
_INSTANTS = ("recorded", "loaded")
_NUMBERS = ("id", "supersedes_id")
Progress = Callable[[int], None]


@dataclass
class Segment:
    name: str
    rows: int
    ring: int  # version of the key ring's root
    load: int | None = None


@dataclass
class Manifest:
    form: int = FORM
    persons: int = 0  # version of the root that keys the persons; one for the whole mirror
    last: int = 0  # the last single entry
    last_loaded: str = ""
    singles: int = 0
    loads: dict[str, str] = field(default_factory=dict)  # load: the instant it was shown
    segments: list[Segment] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(segment.rows for segment in self.segments)


def folder() -> Path:
    return vault.home() / "mirror"


def up_to_date(*, rebuild: bool = False, progress: Progress | None = None) -> Manifest:
    """Append what the ledger has and the mirror has not; make it anew if they disagree."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone():
        manifest = None if rebuild else _held()
        if manifest is None or not _agrees(manifest):
            manifest = _wipe()
        before = manifest.rows
        _append_loads(manifest, progress)
        _append_singles(manifest, progress)
        if manifest.rows != before or not _manifest_path().exists():
            _keep(manifest)
        return manifest


def read(manifest: Manifest, columns: Sequence[str]) -> Any:
    """Return the columns of all segments as one Arrow table."""
    import pyarrow as pa

    schema = pa.schema([(name, _type(name)) for name in columns])
    tables = [_read(segment, columns).cast(schema) for segment in manifest.segments]
    return pa.concat_tables(tables) if tables else schema.empty_table()


def person_key(manifest: Manifest, person: str) -> int:
    """Return the mirror's key of a person."""
    return _person_keys(manifest)(person)


# --- manifest --------------------------------------------------------------------------------


def _manifest_path() -> Path:
    return folder() / "manifest.json"


def _held() -> Manifest | None:
    try:
        held = json.loads(_manifest_path().read_text())
        held["segments"] = [Segment(**s) for s in held["segments"]]
        manifest = Manifest(**held)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    present = all((folder() / s.name).exists() for s in manifest.segments)
    return manifest if present and manifest.form == FORM else None


def _keep(manifest: Manifest) -> None:
    draft = _manifest_path().with_suffix(".new")
    draft.write_text(json.dumps(asdict(manifest)))
    draft.rename(_manifest_path())
    named = {segment.name for segment in manifest.segments}
    for stray in folder().glob("*.parquet"):
        if stray.name not in named:
            stray.unlink()


def _wipe() -> Manifest:
    for held in folder().glob("*.parquet"):
        held.unlink()
    _manifest_path().unlink(missing_ok=True)
    return Manifest(persons=vault.ring().current)


def _agrees(manifest: Manifest) -> bool:
    """Tell whether the mirror was made from this very ledger: a restored or other one differs."""
    shown = {str(pk): at.isoformat() for pk, at in _shown_loads()}
    if any(shown.get(pk) != at for pk, at in manifest.loads.items()):
        return False
    if not manifest.last:
        return True
    last = Entry.objects.filter(pk=manifest.last, load=None).values_list("loaded", flat=True)
    known = [at.isoformat() for at in last]
    # Numbers may be given out in one order and committed in another (PostgreSQL).
    count = Entry.objects.filter(pk__lte=manifest.last, load=None).count()
    return known == [manifest.last_loaded] and count == manifest.singles


def _shown_loads() -> list[tuple[int, Any]]:
    return list(Load.objects.filter(shown__isnull=False).order_by("pk").values_list("pk", "shown"))


@contextmanager
def _alone() -> Iterator[None]:
    handle = os.open(folder() / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# --- appending -------------------------------------------------------------------------------


def _append_loads(manifest: Manifest, progress: Progress | None) -> None:
    for pk, shown in _shown_loads():
        if str(pk) in manifest.loads:
            continue
        for table in _tables(manifest, "load_id = %s", [pk], progress, shown):
            manifest.segments.append(_write(table, load=pk))
        manifest.loads[str(pk)] = shown.isoformat()


def _append_singles(manifest: Manifest, progress: Progress | None) -> None:
    import pyarrow as pa

    where, params = "load_id IS NULL AND id > %s", [manifest.last]
    tables = list(_tables(manifest, where, params, progress, None))
    if not tables:
        return
    manifest.singles += sum(table.num_rows for table in tables)
    manifest.last = tables[-1]["id"][-1].as_py()
    loaded = Entry.objects.values_list("loaded", flat=True).get(pk=manifest.last)
    manifest.last_loaded = loaded.isoformat()
    open_segment = next(
        (s for s in manifest.segments if s.load is None and s.rows < OPEN_ROWS), None
    )
    if open_segment is not None:
        schema = tables[0].schema
        tables[0] = pa.concat_tables([_read(open_segment, MIRRORED).cast(schema), tables[0]])
        manifest.segments.remove(open_segment)
    manifest.segments += [_write(table) for table in tables]


def _tables(
    manifest: Manifest,
    where: str,
    params: list[Any],
    progress: Progress | None,
    shown: Any,
) -> Iterator[Any]:
    import pyarrow as pa

    key_of, waiting, done = _person_keys(manifest), [], 0
    for rows in entries_for_mirror(where, params, _BATCH):
        waiting.append(_table(rows, key_of, shown))
        done += len(rows)
        if progress:
            progress(done)
        if sum(table.num_rows for table in waiting) >= SEGMENT_ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _person_keys(manifest: Manifest) -> Callable[[str], int]:
    key = vault.ring().derive("mirror/persons", manifest.persons)
    known: dict[str, int] = {}

    def key_of(person: str) -> int:
        held = known.get(person)
        if held is None:
            if len(known) > 1_000_000:
                known.clear()
            digest = hmac.digest(key, person.encode(), hashlib.sha256)
            held = known[person] = int.from_bytes(digest[:8], "big")
        return held

    return key_of


def _type(name: str) -> Any:
    import pyarrow as pa

    if name in _NUMBERS:
        return pa.int64()
    if name in PERSONS:
        return pa.uint64()
    if name in _DAYS:
        return pa.date32()
    if name in _INSTANTS:
        return pa.timestamp("us")
    return pa.string() if name in _PLAIN else pa.dictionary(pa.int32(), pa.string())


def _table(rows: list[tuple[Any, ...]], key_of: Callable[[str], int], shown: Any) -> Any:
    import pyarrow as pa

    columns: list[Any] = []
    for name, values in zip(MIRRORED, zip(*rows, strict=True), strict=True):
        if name == "loaded" and shown is not None:
            values = (shown.replace(tzinfo=None),) * len(rows)
        columns.append(_column(name, values, key_of))
    return pa.table(columns, names=list(MIRRORED))


def _column(name: str, values: Sequence[Any], key_of: Callable[[str], int]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = _type(name)
    if name in PERSONS:
        return pa.array([key_of(v) if v else None for v in values], kind)
    if name in (*_DAYS, *_INSTANTS):
        return _moments(values, kind)
    if name in _NUMBERS:
        return pa.array(values, kind)
    texts = pa.array(values, pa.string())
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    return texts if name in _PLAIN else texts.dictionary_encode()


def _moments(values: Sequence[Any], kind: Any) -> Any:
    """Read days and instants as the database gives them: text from SQLite, else objects."""
    import pyarrow as pa

    if isinstance(values[0], str):
        return pa.array(values, pa.string()).cast(kind)
    if getattr(values[0], "tzinfo", None) is not None:
        return pa.array(values, pa.timestamp("us", "UTC")).cast(kind)
    return pa.array(values, kind)


# --- segments --------------------------------------------------------------------------------


def _write(table: Any, load: int | None = None) -> Segment:
    import pyarrow.parquet as pq
    import pyarrow.parquet.encryption as pe

    name, ring = f"{secrets.token_hex(12)}.parquet", vault.ring().current
    sealing = pe.create_encryption_properties(
        _segment_key(name, ring), aad_prefix=name.encode(), store_aad_prefix=False
    )
    path = folder() / name
    pq.write_table(
        table.unify_dictionaries(), path, compression="zstd", encryption_properties=sealing
    )
    path.chmod(0o600)
    return Segment(name=name, rows=table.num_rows, ring=ring, load=load)


def _read(segment: Segment, columns: Iterable[str]) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import pyarrow.parquet.encryption as pe

    names = list(columns)
    opening = pe.create_decryption_properties(
        _segment_key(segment.name, segment.ring), aad_prefix=segment.name.encode()
    )
    coded = [name for name in names if pa.types.is_dictionary(_type(name))]
    with pq.ParquetFile(
        folder() / segment.name, decryption_properties=opening, read_dictionary=coded
    ) as source:
        return source.read(columns=names)


def _segment_key(name: str, ring: int) -> bytes:
    # One key a segment: the nonces of two segments can never meet under one key.
    key = vault.ring().derive("mirror", ring)
    return hmac.digest(key, name.encode(), hashlib.sha256)
