"""Reading the journal: for auditors, for *who has seen it*, and to tell who was first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet

from spean import vault
from spean.journal.access import reading
from spean.journal.models import Entry, name_of
from spean.journal.rules import START, canonical, link
from spean.journal.states import REASONS
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.text import Sentence


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """Return every entry, newest first, to an auditor; raise Denied to others."""
    reading.require(actor)
    return Entry.objects.order_by("-seq")


def found_for(
    actor: Actor,
    *,
    fact: str = "",
    who: str = "",
    about: str = "",
    purpose: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Return an auditor's entries, narrowed by what is given; days are whole days here."""
    found = entries_for(actor)
    if fact:
        found = found.filter(fact__startswith=fact)
    if who:
        ids = get_user_model().objects.filter(username=who.lower()).values_list("pk", flat=True)
        found = found.filter(user_id__in=list(ids))
    if about:
        found = found.filter(subject__contains=about)
    if purpose:
        found = found.filter(purpose=purpose)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.zone())


def names_of(entries: list[Entry]) -> dict[int, str]:
    """Return the user names of whoever acted in these entries."""
    ids = {e.user_id for e in entries if e.user_id}
    users = get_user_model().objects.filter(pk__in=ids)
    return {user.pk: str(user) for user in users}


def newest_checkpoint() -> Path | None:
    """Return the file of the newest checkpoint kept here, if any was written."""
    return max(checkpoint_folder().glob("*.json"), default=None)


def seen_by(row: models.Model) -> QuerySet[Entry]:
    """Return what was done with or seen of one row, newest first."""
    return Entry.objects.filter(subject=name_of(row)).order_by("-seq")


def last_change(row: models.Model) -> Entry | None:
    """Return the newest fact about a row that was not merely a look at it."""
    return seen_by(row).exclude(fact__endswith="_seen").exclude(fact__endswith="_opened").first()


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many entries hold, and the first that does not."""

    holds: bool
    entries: int
    bad: int | None = None
    reason: str = ""
    checkpoint: int | None = None

    @property
    def sentence(self) -> Sentence | None:
        """Say what is wrong, if anything is."""
        if self.holds:
            return None
        return Sentence(REASONS[self.reason].msgid, bad=self.bad or 0)


def verify(checkpoint: Path | None = None) -> Verdict:
    """Walk the whole chain, then hold it against the newest (or the given) checkpoint."""
    before, expected = START, 1
    for entry in Entry.objects.order_by("seq").iterator(2000):
        if entry.seq != expected:
            return Verdict(holds=False, entries=expected - 1, bad=expected, reason="missing")
        seal = _seal(entry, before)
        if seal is None or seal != bytes(entry.mac):
            return Verdict(holds=False, entries=expected - 1, bad=entry.seq, reason="changed")
        before, expected = seal, expected + 1
    return _against_checkpoint(expected - 1, checkpoint or newest_checkpoint())


def _seal(entry: Entry, before: bytes) -> bytes | None:
    """Return what the entry's seal must be; None if it names a key that never was."""
    try:
        key = vault.ring().derive("journal", entry.key_version)
    except KeyError:
        return None
    return link(key, before, entry.sealed_values())


def _against_checkpoint(count: int, path: Path | None) -> Verdict:
    if path is None:
        return Verdict(holds=True, entries=count)
    held = json.loads(path.read_text())
    try:
        _signer().public_key().verify(bytes.fromhex(held["signature"]), canonical(held["head"]))
    except InvalidSignature:
        return Verdict(holds=False, entries=count, reason="checkpoint_forged")
    seq, mac = held["head"]["seq"], held["head"]["mac"]
    entry = Entry.objects.filter(pk=seq).first()
    if entry is None:
        return Verdict(holds=False, entries=count, bad=count + 1, reason="cut", checkpoint=seq)
    if bytes(entry.mac).hex() != mac:
        return Verdict(holds=False, entries=count, bad=seq, reason="rewritten", checkpoint=seq)
    return Verdict(holds=True, entries=count, checkpoint=seq)


def signed_checkpoint(entry: Entry) -> str:
    """Return the JSON of a checkpoint: the head of the chain and an Ed25519 signature."""
    head = {"seq": entry.seq, "at": entry.at.isoformat(), "mac": bytes(entry.mac).hex()}
    return json.dumps({"head": head, "signature": _signer().sign(canonical(head)).hex()})


def checkpoint_folder() -> Path:
    return vault.home() / "checkpoints"


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(vault.ring().derive("journal/checkpoints", 1))
