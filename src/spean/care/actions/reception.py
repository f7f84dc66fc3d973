"""Reception: whom to expect, what she needs, what she chooses."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from spean.agencies.models import Agency
from spean.care import access
from spean.care.actions._moves import day_after, move, note, owe, owe_next_follow_up
from spean.care.models import Care, FollowUp
from spean.care.queries import is_child, open_care_of, return_of
from spean.care.rules import custody_missing, follow_up_days
from spean.cases.actions.clocks import stop_clock
from spean.cases.models import Case
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people.models import Person
from spean.places.gazetteer import PROVINCES
from spean.returns import actions as returns
from spean.returns.states import Placement


@transaction.atomic
def expect(
    case: Case,
    person: Person,
    *,
    actor: Actor,
    agency: Agency,
    return_id: UUID | str | None = None,
) -> Care:
    """Tell an agency whom to receive; asked twice, it is told once."""
    access.expecting.require(actor)
    if held := open_care_of(person, agency.pk):
        return held
    care = Care(
        case=case,
        person=person,
        agency=agency,
        return_id=UUID(str(return_id)) if return_id else None,
        opened=clock.now(),
    )
    try:
        with transaction.atomic():
            care.save(force_insert=True)
    except IntegrityError:
        return Care.objects.get(person=person, agency=agency, closed_on=None)
    owe(care, ClockKind.RECEPTION, clock.now() + term(ClockKind.RECEPTION))
    journal.record(actor, "care.expected", care, agency=agency.code)
    return care


@transaction.atomic
def receive(
    care: Care, *, actor: Actor, on: date, needs: str = "", seen: int | None = None
) -> Care:
    """Record that the person was received, and what she needs first."""
    access.giving.require(actor, care)
    day = day_after(care, on)
    move(care, "receive", seen, words={"needs": needs}, received_on=day, officer_id=actor.user_id)
    stop_clock(care, ClockKind.RECEPTION)
    note(care, "received", by=actor, on=day, province=care.agency.province)
    journal.record(actor, "care.received", care)
    return care


@transaction.atomic
def place(
    care: Care,
    *,
    actor: Actor,
    seen: int | None = None,
    choice: str,
    province: str = "",
    words: str = "",
    on: date,
    has_custody_paper: bool = False,
) -> Care:
    """Record where the person chose to be, complete her return with it, and plan follow-ups.

    A child goes to a shelter only with the custody document. Raises Invalid.
    """
    access.giving.require(actor, care)
    given = Placement(choice)
    day = day_after(care, on, "received_on")
    if province and province not in PROVINCES:
        raise Invalid(
            Sentence("This province is not in the list. Choose one, or leave it empty."),
            field="province",
        )
    child = is_child(care.person, day)
    if why := custody_missing(given, child=child, has_paper=has_custody_paper):
        raise Invalid(why, field="has_custody_paper")
    move(
        care,
        "place",
        seen,
        words={"choice_words": words},
        choice=given,
        province=province,
        placed_on=day,
        has_custody_paper=has_custody_paper,
    )
    _plan(care, day, child=child)
    note(care, "placed", by=actor, on=day, placement=given, province=province)
    ret = return_of(care)
    if ret is not None and ret.receiver_id == actor.agency_id:
        returns.note_placement(ret, actor=actor, placement=given, province=province)
    journal.record(actor, "care.placed", care, choice=given, province=province)
    return care


def _plan(care: Care, placed: date, *, child: bool) -> None:
    """Plan follow-ups from the day of the placement; a plan that still runs is kept."""
    if not care.follow_ups.filter(done_on=None).exists():
        first = care.follow_ups.count() + 1
        FollowUp.objects.bulk_create(
            FollowUp(care=care, number=number, due=due)
            for number, due in enumerate(follow_up_days(placed, child=child), first)
        )
    owe_next_follow_up(care)
