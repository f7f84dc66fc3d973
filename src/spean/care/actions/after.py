"""After the placement: follow-ups, contact lost and found, closure with her voice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from spean.agencies.queries import stale
from spean.care import access
from spean.care.actions._moves import day_after, move, note, owe, owe_next_follow_up
from spean.care.models import Care, FollowUp
from spean.care.queries import open_care_of
from spean.care.rules import TRY_AGAIN
from spean.care.states import CareState, FollowUpResult, Mode
from spean.cases.actions.clocks import stop_clock
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import IllegalMove, Invalid
from spean.kernel.text import Sentence
from spean.vault.fields import seal


@transaction.atomic
def follow_up(
    follow_up: FollowUp, *, actor: Actor, on: date, mode: str, result: str, words: str = ""
) -> FollowUp:
    """Record what came of a planned contact; somebody not reached is tried again in a week.

    Somebody found in danger starts a safety check that climbs, and ends when she is found safe.
    """
    care = follow_up.care
    access.giving.require(actor, care)
    if care.state != CareState.PLACED:
        raise IllegalMove(Sentence("This care is not running. Open it again first."))
    day, came = day_after(care, on, "placed_on"), FollowUpResult(result)
    _fill(
        follow_up,
        done_on=day,
        done_by_id=actor.user_id,
        mode=Mode(mode),
        result=came,
        words=seal(follow_up, "words", words),
    )
    follow_up.words = words
    if came == FollowUpResult.NOT_REACHED:
        _try_again(care)
    _watch(care, came)
    owe_next_follow_up(care)
    note(care, "followed_up", by=actor, on=day, outcome=came, province=care.province)
    journal.record(actor, "care.followed_up", care, number=follow_up.number, result=came)
    return follow_up


def _fill(row: FollowUp, **columns: Any) -> None:
    if not FollowUp.objects.filter(pk=row.pk, done_on=None).update(**columns):
        raise stale(row.care)
    for name, value in columns.items():
        setattr(row, name, value)


def _try_again(care: Care) -> None:
    soon = clock.today() + TRY_AGAIN
    if not care.follow_ups.filter(done_on=None, due__lte=soon).exists():
        number = care.follow_ups.count() + 1
        FollowUp.objects.create(care=care, number=number, due=soon)


def _watch(care: Care, came: FollowUpResult) -> None:
    if came == FollowUpResult.IN_DANGER:
        due = clock.now() + term(ClockKind.SAFETY_CHECK, "danger")
        owe(care, ClockKind.SAFETY_CHECK, due, danger=True)
    elif came != FollowUpResult.NOT_REACHED:
        stop_clock(care, ClockKind.SAFETY_CHECK)


@transaction.atomic
def lose(care: Care, *, actor: Actor, on: date, seen: int | None = None) -> Care:
    """Record that contact was lost: counted, never hidden."""
    access.giving.require(actor, care)
    day = day_after(care, on, "received_on", "placed_on")
    move(care, "lose", seen)
    for kind in (ClockKind.RECEPTION, ClockKind.FOLLOW_UP, ClockKind.SAFETY_CHECK):
        stop_clock(care, kind)
    note(care, "lost_contact", by=actor, on=day, province=care.province)
    journal.record(actor, "care.contact_lost", care)
    return care


@transaction.atomic
def find(care: Care, *, actor: Actor, on: date, seen: int | None = None) -> Care:
    """Record that contact was found again; she is asked anew where she wants to be."""
    access.giving.require(actor, care)
    day = day_after(care, on, "placed_on")
    first = care.received_on is None
    move(care, "find", seen, received_on=care.received_on or day)
    if first:
        note(care, "received", by=actor, on=day, province=care.agency.province)
    note(care, "contacted", by=actor, on=day, province=care.province)
    journal.record(actor, "care.contact_found", care)
    return care


@transaction.atomic
def close(care: Care, *, actor: Actor, on: date, view: str, seen: int | None = None) -> Care:
    """Close the care with what the person herself says of it; it can be opened again."""
    access.giving.require(actor, care)
    if not view.strip():
        raise Invalid(
            Sentence("Write what the person says about ending the care, in her own words."),
            field="view",
        )
    day = day_after(care, on, "placed_on")
    move(care, "close", seen, words={"closing_view": view}, closed_on=day)
    for kind in (ClockKind.FOLLOW_UP, ClockKind.SAFETY_CHECK):
        stop_clock(care, kind)
    note(care, "closed", by=actor, on=day, placement=care.choice, province=care.province)
    journal.record(actor, "care.closed", care)
    return care


@transaction.atomic
def reopen(care: Care, *, actor: Actor, seen: int | None = None) -> Care:
    """Open a closed care again; the rest of its plan runs on."""
    access.giving.require(actor, care)
    if open_care_of(care.person, care.agency_id):
        raise Invalid(Sentence("This person is in your care already. Go on with that record."))
    move(care, "reopen", seen, closed_on=None)
    owe_next_follow_up(care)
    journal.record(actor, "care.reopened", care)
    return care
