"""What a person agreed to, and which agencies may see her on what ground."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from spean.agencies.models import Agency, User
from spean.agencies.queries import stale
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people import access
from spean.people.events import ConsentWithdrawn
from spean.people.models import Consent, Grant, Person
from spean.people.states import FIELDS, WITHOUT_HER, ConsentBasis, ConsentPurpose
from spean.shell.publishing import publish


@transaction.atomic
def give_consent(
    person: Person,
    *,
    actor: Actor,
    purpose: ConsentPurpose,
    basis: ConsentBasis,
    recipient: Agency | None = None,
    note: str = "",
    seconded_by: User | None = None,
) -> Consent:
    """Write down what she agreed to, or why she could not be asked and who seconds it."""
    access.consenting.require(actor, person)
    _check_basis(ConsentBasis(basis), actor, note, seconded_by)
    consent = Consent(
        person=person,
        purpose=ConsentPurpose(purpose),
        recipient=recipient,
        basis=ConsentBasis(basis),
        note=note.strip(),
        given=clock.now(),
        given_to_id=actor.user_id,
        seconded_by=seconded_by,
    )
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError:
        raise Invalid(
            Sentence("This consent is already recorded and stands. Withdraw it to record another."),
            field="purpose",
        ) from None
    journal.record(
        actor,
        "people.consent_given",
        person,
        consent=consent.purpose,
        basis=consent.basis,
        recipient=recipient.code if recipient else "",
    )
    return consent


def _check_basis(basis: ConsentBasis, actor: Actor, note: str, seconded_by: User | None) -> None:
    if basis in WITHOUT_HER and not note.strip():
        raise Invalid(
            Sentence("Write why she cannot be asked, which data are shared, and with whom."),
            field="note",
        )
    if seconded_by is not None and seconded_by.pk == actor.user_id:
        raise Invalid(
            Sentence("The second person must be somebody else than you."), field="seconded_by"
        )


@transaction.atomic
def second_consent(consent: Consent, *, actor: Actor) -> Consent:
    """Say, as another person, that sharing is right although she could not be asked."""
    access.seconding.require(actor, consent)
    standing = Consent.objects.filter(pk=consent.pk, seconded_by=None, withdrawn=None)
    if not standing.update(seconded_by_id=actor.user_id):
        raise stale(consent.person)
    consent.seconded_by_id = actor.user_id
    journal.record(actor, "people.consent_seconded", consent.person, consent=consent.purpose)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: Actor) -> Consent:
    """Write down that she took it back; whoever received anything on it is told."""
    access.consenting.require(actor, consent.person)
    now = clock.now()
    if not Consent.objects.filter(pk=consent.pk, withdrawn=None).update(withdrawn=now):
        raise stale(consent.person)
    consent.withdrawn = now
    publish(
        ConsentWithdrawn(
            person_id=str(consent.person_id),
            purpose=consent.purpose,
            recipient_id=consent.recipient_id,
        )
    )
    journal.record(actor, "people.consent_withdrawn", consent.person, consent=consent.purpose)
    return consent


@transaction.atomic
def grant(
    person: Person,
    *,
    actor: Actor,
    agency: Agency,
    basis: str,
    fields: Collection[str],
    until: datetime | None = None,
) -> Grant:
    """Let an agency see a person, and which of her fields, on a ground such as a referral.

    The same ground twice widens the first grant instead of making a second.
    """
    access.granting.require(actor, person)
    wanted = [name for name in FIELDS if name in fields]
    held = Grant.objects.filter(
        person=person, agency=agency, basis=basis, withdrawn=None, excluded=False
    ).first()
    if held is None:
        held = Grant(person=person, agency=agency, basis=basis, since=clock.now())
    held.fields = [name for name in FIELDS if name in wanted or name in held.fields]
    held.until = until
    held.save()
    journal.record(actor, "people.granted", person, to=agency.code, basis=basis, fields=held.fields)
    return held


@transaction.atomic
def withdraw_grants(basis: str, *, actor: Actor) -> int:
    """End every grant on one ground; return how many ended."""
    standing = list(
        Grant.objects.filter(basis=basis, withdrawn=None).select_related("person", "agency")
    )
    for held in standing:
        access.ending.require(actor, held.person)
    Grant.objects.filter(pk__in=[held.pk for held in standing]).update(withdrawn=clock.now())
    for held in standing:
        journal.record(
            actor, "people.grant_withdrawn", held.person, to=held.agency.code, basis=basis
        )
    return len(standing)


@transaction.atomic
def exclude(person: Person, *, actor: Actor, agency: Agency, basis: str) -> Grant:
    """Keep an agency from a person: neither its own report nor a search shows her to it."""
    access.ending.require(actor, person)
    if agency.pk == actor.agency_id:
        raise Invalid(Sentence("You cannot keep your own agency from a record."), field="agency")
    held, _ = Grant.objects.get_or_create(
        person=person,
        agency=agency,
        basis=basis,
        excluded=True,
        withdrawn=None,
        defaults={"since": clock.now()},
    )
    journal.record(actor, "people.excluded", person, kept_from=agency.code, basis=basis)
    return held
