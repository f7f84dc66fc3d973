"""Registering persons, correcting what is known of them, erasing them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from spean.agencies.queries import stale
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import past
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people import access, rules
from spean.people import names as writing
from spean.people.models import Contact, Name, Person, Token
from spean.people.queries import age_on_day, traits_of
from spean.people.states import Channel, ErasureReason, NameKind, Sex
from spean.places import gazetteer
from spean.vault.fields import seal
from spean.vault.store import erase as destroy_key
from spean.vault.tokens import KEY_VERSION, token

LONGEST_NAME = 200
ADULT = 18


@transaction.atomic
def register(
    *,
    actor: Actor,
    names: Sequence[tuple[str, NameKind]] = (),
    sex: str = "",
    born: str = "",
    is_minor: bool | None = None,
    nationality: str = "",
    home_province: str = "",
    home_place: str = "",
    source: str = "",
) -> Person:
    """Write down a person as one report knows her; raise Invalid on a date or place that is not."""
    access.registering.require(actor)
    person = Person(
        sex=Sex(sex),
        born=_birth(born),
        is_minor=is_minor if is_minor is not None else _minor_by(born),
        nationality=_country(nationality),
        home_province=_province(home_province),
        home_place=home_place.strip(),
        source_agency_id=actor.agency_id,
        made=clock.now(),
    )
    person.save(force_insert=True)
    for written, kind in names:
        if written.strip():
            _write_name(person, written, kind, source)
    _write_tokens(person)
    journal.record(actor, "people.registered", person, source=source)
    return person


@transaction.atomic
def add_name(
    person: Person, *, actor: Actor, written: str, kind: NameKind, source: str = ""
) -> Name:
    """Keep another written form of a person's name."""
    access.correcting.require(actor, person)
    if not written.strip():
        raise Invalid(Sentence("Write the name."), field="written")
    held = _write_name(person, written, kind, source)
    _write_tokens(person)
    journal.record(actor, "people.name_added", person, kind=NameKind(kind).value)
    return held


@transaction.atomic
def correct(
    person: Person,
    *,
    actor: Actor,
    seen: int,
    sex: str = "",
    born: str = "",
    is_minor: bool | None = None,
    nationality: str = "",
    home_province: str = "",
    home_place: str = "",
) -> Person:
    """Replace what is known of a person, if nobody changed it since version ``seen``."""
    access.rewriting.require(actor, person)
    born, home_place = _birth(born), home_place.strip()
    changed = Person.objects.filter(pk=person.pk, version=seen).update(
        version=seen + 1,
        sex=Sex(sex),
        born=seal(person, "born", born),
        is_minor=is_minor if is_minor is not None else _minor_by(born),
        nationality=_country(nationality),
        home_province=_province(home_province),
        home_place=seal(person, "home_place", home_place),
    )
    if not changed:
        raise stale(person)
    person.refresh_from_db()
    _write_tokens(person)
    journal.record(actor, "people.corrected", person, version=person.version)
    return person


@transaction.atomic
def note_contact(
    person: Person,
    *,
    actor: Actor,
    whose: str,
    channel: Channel,
    address: str,
    hours: str = "",
    code_word: str = "",
    may_leave_message: bool = False,
) -> Contact:
    """Write down how to reach the person, or somebody close to her, without danger."""
    access.correcting.require(actor, person)
    if not address.strip():
        raise Invalid(Sentence("Write the number or address."), field="address")
    contact = Contact(
        person=person,
        whose=whose,
        channel=Channel(channel),
        address=address.strip(),
        hours=hours.strip(),
        code_word=code_word.strip(),
        may_leave_message=may_leave_message,
        noted=clock.now(),
    )
    contact.save(force_insert=True)
    _write_tokens(person)
    journal.record(actor, "people.contact_noted", person, channel=Channel(channel).value)
    return contact


@transaction.atomic
def erase(person: Person, *, actor: Actor, reason: ErasureReason) -> Person:
    """Destroy the person's key: names, birth, home, contacts are gone; the ledger's counts stay."""
    access.erasing.require(actor, person)
    Token.objects.filter(person=person).delete()
    erased = Person.objects.filter(pk=person.pk, erased=None).update(erased=clock.now())
    if not erased:
        raise stale(person)
    # Should the commit fail after this, the key is gone all the same, and a second try completes.
    destroy_key(person.vault_subject)
    person.refresh_from_db()
    journal.record(actor, "people.erased", person, reason=ErasureReason(reason).value)
    return person


def _write_name(person: Person, written: str, kind: NameKind, source: str) -> Name:
    written = written.strip()
    if len(written) > LONGEST_NAME:
        raise Invalid(
            Sentence("This is longer than a name. Keep the rest for the words of the plea."),
            field="written",
        )
    held = Name(
        person=person,
        written=written,
        script=writing.script_of(written),
        kind=NameKind(kind),
        source=source[:40],
        noted=clock.now(),
    )
    held.save(force_insert=True)
    return held


def _write_tokens(person: Person) -> None:
    fresh = Person.objects.prefetch_related("names", "contacts").get(pk=person.pk)
    wanted = {(kind, token(kind, value)) for kind, value in rules.stored(traits_of(fresh))}
    Token.objects.filter(person=person).delete()
    Token.objects.bulk_create(
        Token(person=person, kind=kind, value=value, key_version=KEY_VERSION)
        for kind, value in sorted(wanted)
    )


def _birth(text: str) -> str:
    when = past(text, clock.today(), field="born")
    return str(when) if when else ""


def _minor_by(born: str) -> bool | None:
    """Tell by the date of birth; a child if in doubt (domain: presumed child)."""
    if not born.strip():
        return None
    return age_on_day(born) < ADULT


def _country(code: str) -> str:
    if code and not gazetteer.is_country(code):
        raise Invalid(
            Sentence("“{code}” is not a country's code. Choose one from the list.", code=code[:20]),
            field="nationality",
        )
    return code


def _province(code: str) -> str:
    if code and not gazetteer.is_province(code):
        raise Invalid(
            Sentence("“{code}” is not a province we know. Choose one.", code=code[:20]),
            field="home_province",
        )
    return code
