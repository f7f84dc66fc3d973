"""What somebody without an account does: write, come back, write more, stop.

Nobody is signed in here; whoever holds the number speaks for the request, and that may be the
wrong person. So nothing done with a number ever closes a request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from spean.agencies.models import Agency
from spean.agencies.states import AgencyKind
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.intake import receipts
from spean.intake.actions import clocks
from spean.intake.models import Message, Receipt, Request
from spean.intake.queries import front_desk, is_danger, running_clocks
from spean.intake.rules import read_number
from spean.intake.states import LIFECYCLE, Channel, ForWhom, RequestState, Urgency
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import PUBLIC
from spean.kernel.ids import new_id
from spean.ledger import actions as ledger
from spean.vault.fields import Sealed, seal
from spean.vault.store import keystore

FIRST_DESK = "INTAKE"
# Junk of a flood is read too, but later: its clocks must not bury the others'.
QUARANTINE = timedelta(days=7)
_EMPTY = Sealed(b"")
_turn = threading.Lock()


def receive(
    *,
    words: str,
    language: str,
    for_whom: str = "",
    where: str = "",
    held_by: str = "",
    may_reply: bool = True,
    may_contact_elsewhere: bool = False,
    danger_now: bool | None = None,
    watched: bool | None = None,
    quarantined: bool = False,
) -> tuple[Request, str]:
    """Keep a plea and return it with its number, which nobody can find out again.

    When this returns, plea, receipt, clock, ledger entry and journal fact are on the disk.
    """
    number = receipts.new_number()
    kept = receipts.hashed(number)
    owner = front_desk() or _first_desk()
    now = clock.now()
    request = Request(
        channel=Channel.PORTAL,
        language=language,
        for_whom=for_whom,
        danger_now=danger_now,
        watched=watched,
        may_reply=may_reply,
        may_contact_elsewhere=may_contact_elsewhere,
        quarantined=quarantined,
        owner=owner,
        received=now,
    )
    # All that needs no database is done before its one writer is taken: key first, then texts.
    keystore().make(request.vault_subject)
    for column, text in (("words", words), ("where", where), ("held_by", held_by)):
        setattr(request, column, seal(request, column, text) if text else "")
    urgency = Urgency.DANGER if danger_now else Urgency.OTHER
    due = now + (QUARANTINE if quarantined else term(ClockKind.TRIAGE, urgency))
    with _writing():
        request.save(force_insert=True)
        _keep(request, kept)
        # The clock of first contact is longer, and starts when the plea has been sorted.
        clocks.start(request, ClockKind.TRIAGE, due)
        ledger.record(
            "request_received",
            actor=PUBLIC,
            agency=owner.code,
            request=request.key,
            role="" if for_whom == ForWhom.TIP else "victim",
            recorded=now,
        )
        journal.record(PUBLIC, "intake.received", request, quarantined=quarantined)
    return request, number


def find(typed: str) -> Request | None:
    """Return the request behind a number, however it is grouped, or None.

    The same work is done for a known, an unknown, a revoked and an impossible number.
    """
    tried = receipts.guesses(read_number(typed))
    found = None
    rows = Receipt.objects.filter(
        bucket__in=[guess.bucket for guess in tried], parameters=receipts.PARAMETERS
    ).values_list("bucket", "digest", "request_id", "revoked")
    for bucket, digest, request_id, revoked in rows:
        if receipts.matches(tried, bucket, bytes(digest)) and revoked is None:
            found = request_id
    return Request.objects.select_related("owner", "case").filter(pk=found or new_id()).first()


def write_more(request: Request, words: str) -> Message:
    """Keep another message; a request that was closed is open again."""
    return _say(request, words, "")


def answer(request: Request, question: str, words: str) -> Message:
    """Keep the answer to one of our questions."""
    return _say(request, words, question)


@transaction.atomic
def withdraw(request: Request) -> None:
    """Note that somebody with the number asked to stop: it closes nothing, it starts a check.

    Whoever holds the phone may have asked. The desk finds out by another road whether she is safe.
    """
    _await(request, ClockKind.SAFETY_CHECK)
    journal.record(PUBLIC, "intake.withdrawal_asked", request)


def change_number(request: Request) -> str:
    """Return a new number; every earlier one is dead, and looks as if it had never been."""
    number = receipts.new_number()
    kept = receipts.hashed(number)
    with transaction.atomic():
        Receipt.objects.filter(request=request, revoked=None).update(revoked=clock.now())
        _keep(request, kept)
        journal.record(PUBLIC, "intake.number_changed", request)
    return number


@transaction.atomic
def delete_words(request: Request) -> None:
    """Empty what was written here. The request stays, and somebody checks on her.

    What a colleague wrote down (a call, a visit) is not touched.
    """
    if request.channel == Channel.PORTAL:
        Request.objects.filter(pk=request.pk).update(
            words=_EMPTY, where=_EMPTY, held_by=_EMPTY, version=F("version") + 1
        )
    written = Message.objects.filter(request=request, incoming=True, author=None)
    emptied = written.update(words=_EMPTY)
    _await(request, ClockKind.SAFETY_CHECK)
    journal.record(PUBLIC, "intake.words_deleted", request, messages=emptied)


def _say(request: Request, words: str, question: str) -> Message:
    message = Message(request=request, incoming=True, question=question, at=clock.now())
    setattr(message, "words", seal(message, "words", words))  # noqa: B010 - sealed before BEGIN
    with _writing():
        message.save(force_insert=True)
        request.refresh_from_db(fields=["state", "urgency"])
        _wake(request)
        journal.record(PUBLIC, "intake.wrote_more", request, question=question)
    return message


def _wake(request: Request) -> None:
    """See that somebody owes a look at what was just written, whatever the state."""
    state = RequestState(request.state)
    if state is RequestState.CLOSED:
        _reopen(request, state)
    if state is RequestState.INFO_NEEDED:
        clocks.stop(request, ClockKind.INFORMATION_NEEDED)
    is_new = state in {RequestState.RECEIVED, RequestState.INFO_NEEDED}
    _await(request, ClockKind.TRIAGE if is_new else ClockKind.FIRST_CONTACT)


def _reopen(request: Request, state: RequestState) -> None:
    target = LIFECYCLE.after(state, "reopen")
    moved = Request.objects.filter(pk=request.pk, state=state).update(
        state=target, closed=None, reason="", version=F("version") + 1
    )
    if moved:
        ledger.record(
            "request_reopened", actor=PUBLIC, agency=request.owner.code, request=request.key
        )


def _keep(request: Request, kept: receipts.Hashed) -> None:
    Receipt.objects.create(
        request=request,
        bucket=kept.bucket,
        digest=kept.digest,
        parameters=receipts.PARAMETERS,
        made=clock.now(),
    )


def _await(request: Request, kind: ClockKind) -> None:
    """Start a clock for the owner; one that runs is left alone, or each message would delay it."""
    if any(held.kind == kind for held in running_clocks(request)):
        return
    urgency = Urgency.DANGER if is_danger(request) else Urgency.OTHER
    clocks.start(request, kind, clock.now() + term(kind, urgency))


def _first_desk() -> Agency:
    """Make the agency that takes pleas where none was set up: nothing may be lost for that."""
    return Agency.objects.get_or_create(
        code=FIRST_DESK, defaults={"name_en": "Intake desk", "kind": AgencyKind.HOTLINE}
    )[0]


@contextmanager
def _writing() -> Iterator[None]:
    """Open the transaction; on SQLite in turn: a queue is fairer than the polling of its lock."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _turn, transaction.atomic():
        yield
