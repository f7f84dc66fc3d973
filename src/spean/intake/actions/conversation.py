"""Speaking with who wrote: approved questions, replies that give nothing away, contacts noted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation

from spean.agencies.models import Agency, User
from spean.cases.models import Clock
from spean.cases.states import ClockKind
from spean.intake import access
from spean.intake.actions import clocks
from spean.intake.actions.moves import move
from spean.intake.linter import reveals
from spean.intake.models import Message, Request
from spean.intake.questions import AGAIN, question
from spean.intake.states import Missing, RequestState
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import SYSTEM, Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.places.gazetteer import province_choices
from spean.shell.text import say


@transaction.atomic
def ask(request: Request, *, actor: Actor, missing: Missing, seen: int | None = None) -> Message:
    """Put the approved question for what is missing, in the writer's language.

    A plea that stands in a case stays there: its case's clocks run, not those of asking.
    """
    access.replying.require(actor, request)
    code = Missing(missing)
    asked = [*request.missing, *([] if code.value in request.missing else [code.value])]
    in_case = request.state == RequestState.ACCEPTED
    move(request, "" if in_case else "ask", seen=seen, missing=asked)
    words = in_language_of(request, question(code, request.for_whom))
    message = _write(request, actor, words, code.value)
    if not in_case:
        clocks.start_information(request)
    if request.urgency:
        clocks.stop(request, ClockKind.TRIAGE)
    journal.record(actor, "intake.asked", request, missing=code.value)
    return message


def in_language_of(request: Request, sentence: Sentence) -> str:
    """Return the sentence in the language the plea was written in, Khmer where that is unknown."""
    with translation.override(request.language or "km"):
        return say(sentence)


@transaction.atomic
def reply(
    request: Request,
    *,
    actor: Actor,
    words: str,
    override: bool = False,
    seen: int | None = None,
) -> Message:
    """Write to who holds the number: no plan, time, place, office or colleague may stand in it."""
    access.replying.require(actor, request)
    if not words.strip():
        raise Invalid(Sentence("Write an answer first."), field="words")
    found = _revealed(request, words)
    if override:
        access.overriding.require(actor)
    elif found:
        raise Invalid(
            Sentence(
                "Somebody else may hold the phone. {reasons}",
                reasons=" ".join(say(sentence) for sentence in found),
            ),
            field="words",
        )
    move(request, seen=seen)
    message = _write(request, actor, words)
    journal.record(
        actor, "intake.replied", request, overridden=override and bool(found), found=len(found)
    )
    return message


def _revealed(request: Request, words: str) -> list[Sentence]:
    offices = Agency.objects.values_list("code", "name_en", "name_km")
    there = [name for _, name in province_choices(request.country, "en")]
    return reveals(
        words,
        [name for names in offices for name in names if name],
        list(User.objects.values_list("label", flat=True)),
        # "Henan Sheng": what people write is the first word.
        [*there, *(name.split()[0] for name in there if len(name.split()[0]) > 3)],
    )


def _write(request: Request, actor: Actor, words: str, asks: str = "") -> Message:
    message = Message(
        request=request,
        incoming=False,
        question=asks,
        words=words,
        author_id=actor.user_id,
        at=clock.now(),
    )
    message.save(force_insert=True)
    _in_touch(request, actor)
    return message


def _in_touch(request: Request, actor: Actor) -> None:
    """Stop the clock of first contact, and say in the ledger, once, that there was one."""
    Message.objects.filter(request=request, incoming=True, read=None).update(read=clock.now())
    clocks.stop(request, ClockKind.FIRST_CONTACT)
    first = Request.objects.filter(pk=request.pk, first_answered=None)
    if first.update(first_answered=clock.now()):
        request.first_answered = clock.now()
        ledger.record("contacted", actor=actor, request=request.key, from_=request.country)


@transaction.atomic
def note_contact(
    request: Request, *, actor: Actor, words: str, is_safe: bool = False, seen: int | None = None
) -> Message:
    """Keep what was said by telephone or in person; ``is_safe`` ends a check on her safety."""
    access.triaging.require(actor, request)
    if not words.strip():
        raise Invalid(Sentence("Write what was said, or that nobody answered."), field="words")
    move(request, seen=seen)
    message = Message(
        request=request, incoming=True, words=words, author_id=actor.user_id, at=clock.now()
    )
    message.read = message.at
    message.save(force_insert=True)
    _in_touch(request, actor)
    if is_safe:
        clocks.stop(request, ClockKind.SAFETY_CHECK)
    journal.record(actor, "intake.contact_noted", request, safe=is_safe)
    return message


@transaction.atomic
def open_contact(request: Request, *, actor: Actor) -> None:
    """Leave a trace that somebody looked up how to reach the requester."""
    access.opening_contact.require(actor, request)
    journal.record(actor, "intake.contact_opened", request, purpose="contact")


def remind_information(now: datetime | None = None) -> list[str]:
    """Put the standing questions again where nobody answered; return the references.

    Called by the clock. After the fourth time nothing is put again: the limit climbs instead, and
    a supervisor looks at it. A second call at the same instant finds nothing to do.
    """
    due = Clock.objects.filter(
        kind=ClockKind.INFORMATION_NEEDED, stopped=None, due__lte=now or clock.now()
    ).values_list("subject", flat=True)
    reminded = []
    for subject in list(due):
        request = Request.objects.filter(
            pk=subject.rpartition(":")[2], state=RequestState.INFO_NEEDED
        ).first()
        if request and request.reminders + 1 < len(clocks.RETRIES):
            _remind(request)
            reminded.append(request.ref)
    return reminded


@transaction.atomic
def _remind(request: Request) -> None:
    move(request, reminders=request.reminders + 1)
    if request.may_reply and request.receipts.filter(revoked=None).exists():
        words = in_language_of(request, AGAIN)
        message = Message(request=request, incoming=False, words=words, at=clock.now())
        message.save(force_insert=True)
    clocks.start_information(request)
    journal.record(SYSTEM, "intake.asked_again", request, times=request.reminders)
