"""Send, accept, decline, answer, take back. One function for each verb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from spean.agencies.models import Agency
from spean.agencies.queries import stale
from spean.cases import actions as cases
from spean.cases.actions import clocks
from spean.cases.models import Case
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import SYSTEM, Actor
from spean.kernel.errors import Invalid, Stale
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.people import actions as people
from spean.people.access import sharing
from spean.referrals import access
from spean.referrals.models import Referral
from spean.referrals.queries import SHOWN_WHILE, is_in_danger
from spean.referrals.rules import (
    ENDS_SHARING,
    NEEDS_REASON,
    answer_due,
    checked_due,
    reached,
)
from spean.referrals.states import LIFECYCLE, Answer, Disclosed, Purpose, ReferralState
from spean.vault.fields import seal

_OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)


@transaction.atomic
def send(
    case: Case,
    *,
    actor: Actor,
    receiver: Agency,
    purpose: str,
    fields: Sequence[str] = (),
    words: str = "",
    due: datetime | None = None,
    parent: Referral | None = None,
    danger: bool | None = None,
) -> Referral:
    """Refer a case to another agency and start the clock of its answer.

    ``fields`` (codes of Disclosed) need each person's consent for that kind of receiver. Without
    "story" the receiver sees this page only, not the case; without any, references and words
    alone. Raises Denied, Invalid.
    """
    access.sending.require(actor, case)
    access.receiving.require(case, receiver)
    _check(case, actor, receiver, purpose, parent)
    disclosed = [Disclosed(f).value for f in fields]
    for person in access.victims_of(case):
        sharing.require(actor, person, receiver, disclosed)
    urgent = is_in_danger(case) if danger is None else danger
    now = clock.now()
    by = checked_due(due, now) if due else answer_due(Purpose(purpose), now, danger=urgent)
    referral = _write(
        case=case,
        parent=parent,
        sender_id=actor.agency_id,
        receiver=receiver,
        purpose=purpose,
        fields=disclosed,
        words=words,
        sent=now,
        sent_by_id=actor.user_id,
        due=by,
    )
    _let_in(referral, actor=actor)
    clocks.start_clock(
        referral,
        kind=ClockKind.REFERRAL_ANSWER,
        owner=receiver,
        due=by,
        reference=case.ref,
        url=referral.get_absolute_url(),
        case=case,
        danger=urgent,
    )
    _note("referred", referral, actor)
    journal.record(
        actor,
        "referrals.sent",
        referral,
        receiver=receiver.code,
        asked=purpose,
        fields=",".join(disclosed),
    )
    return referral


def _check(
    case: Case, actor: Actor, receiver: Agency, purpose: str, parent: Referral | None
) -> None:
    if receiver.pk == actor.agency_id:
        raise Invalid(
            Sentence("This is your own agency. Choose the agency you want to ask."),
            field="receiver",
        )
    if parent is not None and (parent.case_id, parent.receiver_id) != (case.pk, actor.agency_id):
        raise Invalid(Sentence("Your agency did not receive the referral that this continues."))
    running = case.referrals.filter(receiver=receiver, purpose=purpose, state__in=_OPEN).first()
    if running:
        raise Invalid(_already(receiver), field="receiver")


def _already(receiver: Agency) -> Sentence:
    return Sentence(
        "{agency} has already been asked for this and has not answered yet. Wait for the answer, "
        "or take the first referral back.",
        agency=receiver.code,
    )


def _write(**columns: Any) -> Referral:
    """Insert the row; two people who refer at once meet at the constraint."""
    try:
        with transaction.atomic():
            return Referral.objects.create(**columns)
    except IntegrityError:
        raise Stale(_already(columns["receiver"])) from None


@transaction.atomic
def accept(referral: Referral, *, actor: Actor) -> Referral:
    """Take the referral on; the clock runs until it is answered."""
    access.answering.require(actor, referral)
    _move(referral, "accept", taken=clock.now())
    journal.record(actor, "referrals.accepted", referral)
    return referral


@transaction.atomic
def decline(referral: Referral, *, actor: Actor, words: str) -> Referral:
    """Say no, and why; the receiver no longer sees the case."""
    access.answering.require(actor, referral)
    _ask_reason(words)
    _move(referral, "decline", ended=clock.now(), words=words)
    clocks.stop_clock(referral, ClockKind.REFERRAL_ANSWER)
    _shut_out(referral, actor=actor)
    _note("answered", referral, actor, outcome="declined")
    journal.record(actor, "referrals.declined", referral)
    return referral


@transaction.atomic
def answer(referral: Referral, *, actor: Actor, answer: str, words: str = "") -> Referral:
    """Say what came of it; an answer that nothing can be done needs its reason."""
    access.answering.require(actor, referral)
    given = Answer(answer)
    if given in NEEDS_REASON:
        _ask_reason(words)
    _move(referral, "answer", ended=clock.now(), words=words, answer=given)
    clocks.stop_clock(referral, ClockKind.REFERRAL_ANSWER)
    if given in ENDS_SHARING:
        _shut_out(referral, actor=actor)
    _note("answered", referral, actor, outcome=given)
    journal.record(actor, "referrals.answered", referral, answer=given)
    return referral


@transaction.atomic
def withdraw(referral: Referral, *, actor: Actor) -> Referral:
    """Take the referral back; the receiver no longer sees what it showed."""
    access.withdrawing.require(actor, referral)
    _move(referral, "withdraw", ended=clock.now())
    clocks.stop_clock(referral, ClockKind.REFERRAL_ANSWER)
    _shut_out(referral, actor=actor)
    journal.record(actor, "referrals.withdrawn", referral)
    _end_onward(referral.case, actor)
    return referral


def _end_onward(case: Case, actor: Actor) -> None:
    """End what was passed on by an agency that no referral reaches any more, in rings too."""
    running = case.referrals.filter(state__in=SHOWN_WHILE).select_related("receiver", "sender")
    rows = list(running.order_by("sent"))
    taken_on = [
        (row.sender_id, row.receiver_id)
        for row in rows
        if row.state != ReferralState.SENT and row.answer not in ENDS_SHARING
    ]
    on_it = reached(case.lead_agency_id, taken_on)
    for row in rows:
        if row.sender_id in on_it:
            continue
        if row.is_open:
            _move(row, "withdraw", ended=clock.now())
            clocks.stop_clock(row, ClockKind.REFERRAL_ANSWER)
        _shut_out(row, actor=SYSTEM)
        journal.record(SYSTEM, "referrals.ended_onward", row, by=actor.agency_code)


def _ask_reason(words: str) -> None:
    if not words.strip():
        raise Invalid(
            Sentence("Say why, in a few words, so that the sender can act."), field="words"
        )


def _move(referral: Referral, verb: str, *, words: str = "", **columns: Any) -> None:
    """Move by compare-and-swap; the second of two people is told who was first."""
    target = LIFECYCLE.after(ReferralState(referral.state), verb)
    columns |= {"state": target}
    sealed = {"answer_words": seal(referral, "answer_words", words)} if words else {}
    rows = Referral.objects.filter(pk=referral.pk, state=referral.state)
    if not rows.update(**columns, **sealed):
        raise stale(referral)
    for name, value in columns.items():
        setattr(referral, name, value)
    if words:
        referral.answer_words = words


def _let_in(referral: Referral, *, actor: Actor) -> None:
    """Let the receiver see what was ticked: of each person, and the case file."""
    basis = name_of(referral)
    if Disclosed.STORY in referral.fields:
        cases.grant(referral.case, actor=actor, agency=referral.receiver, basis=basis)
    if referral.fields:
        for person in access.victims_of(referral.case):
            people.grant(
                person, actor=actor, agency=referral.receiver, basis=basis, fields=referral.fields
            )


def _shut_out(referral: Referral, *, actor: Actor) -> None:
    """Take back what the referral let the receiver see."""
    basis = name_of(referral)
    people.withdraw_grants(basis, actor=actor)
    cases.withdraw_grants(basis, actor=actor)


def _note(kind: str, referral: Referral, actor: Actor, *, outcome: str = "") -> None:
    """Write into the ledger that the agency at hand asked or answered the other."""
    asked, asking = referral.receiver, referral.sender
    own, other = (asked, asking) if kind == "answered" else (asking, asked)
    ledger.record(
        kind,
        actor=actor,
        agency=own.code,
        supporting=(other.code,),
        case=referral.case.key,
        from_=own.country,
        form=referral.case.form,
        outcome=outcome,
    )
