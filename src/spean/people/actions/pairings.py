"""Deciding whether two records are one person; every decision can be undone, nothing moves."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from spean.agencies.queries import stale
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import IllegalMove, Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.people import access
from spean.people.events import PersonsJoined, PersonsParted
from spean.people.models import Pairing, Person
from spean.people.queries import pairing_of
from spean.people.states import Decision
from spean.shell.publishing import publish


@transaction.atomic
def decide(one: Person, other: Person, *, actor: Actor, decision: Decision, reason: str) -> Pairing:
    """Write down that two records are the same person, different persons, or not yet clear.

    A new decision ends the one before. Raise Stale if somebody decided at the same moment.
    """
    access.joining.require(actor, one, other)
    if not reason.strip():
        raise Invalid(Sentence("Write why, in a few words: others rely on it."), field="reason")
    before = pairing_of(one, other)
    if before is not None and before.decision == decision:
        raise stale(one)
    _end(before, one)
    pairing = _insert(one, other, actor, Decision(decision), reason)
    was_same = before is not None and before.decision == Decision.SAME
    _tell(one, other, actor, was_same=was_same, is_same=decision == Decision.SAME)
    for person in (one, other):
        journal.record(actor, "people.decided", person, decision=Decision(decision).value)
    return pairing


def join(one: Person, other: Person, *, actor: Actor, reason: str) -> Pairing:
    """Decide that two records are one person: every figure counts her once from now on."""
    access.joining.require(actor, one, other)
    return decide(one, other, actor=actor, decision=Decision.SAME, reason=reason)


@transaction.atomic
def part(one: Person, other: Person, *, actor: Actor, reason: str) -> Pairing:
    """Decide that two records, once joined, are two persons; figures as known before stay."""
    access.joining.require(actor, one, other)
    before = pairing_of(one, other)
    if before is None or before.decision != Decision.SAME:
        raise IllegalMove(Sentence("These two records are not joined."))
    return decide(one, other, actor=actor, decision=Decision.DIFFERENT, reason=reason)


@transaction.atomic
def undo(one: Person, other: Person, *, actor: Actor) -> None:
    """Take back the decision about two records: they are open to decide again."""
    access.joining.require(actor, one, other)
    before = pairing_of(one, other)
    if before is None:
        raise stale(one)
    _end(before, one)
    was_same = before.decision == Decision.SAME
    _tell(one, other, actor, was_same=was_same, is_same=False)
    for person in (one, other):
        journal.record(actor, "people.decision_undone", person, decision=before.decision)


def _end(before: Pairing | None, one: Person) -> None:
    if before is None:
        return
    if not Pairing.objects.filter(pk=before.pk, undone=None).update(undone=clock.now()):
        raise stale(one)


def _insert(one: Person, other: Person, actor: Actor, decision: Decision, reason: str) -> Pairing:
    # Always in one order, so that the constraint of one standing decision a pair holds both ways.
    first, second = sorted((one, other), key=lambda person: person.pk)
    pairing = Pairing(
        one=first,
        other=second,
        decision=decision,
        reason=reason.strip(),
        decided_by_id=actor.user_id,
        decided=clock.now(),
    )
    try:
        with transaction.atomic():
            pairing.save(force_insert=True)
    except IntegrityError:
        raise stale(one) from None
    return pairing


def _tell(one: Person, other: Person, actor: Actor, *, was_same: bool, is_same: bool) -> None:
    if was_same == is_same:
        return
    kind = "persons_joined" if is_same else "persons_parted"
    ledger.record(
        kind,
        actor=actor,
        occurred=clock.today(),
        agency=actor.agency_code,
        person=one.key,
        other=other.key,
    )
    news = PersonsJoined if is_same else PersonsParted
    publish(news(one_id=str(one.pk), other_id=str(other.pk)))
