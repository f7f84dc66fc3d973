"""The ways off the path: contact lost, taken up again, a wish to stay."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from spean.cases import actions as cases
from spean.cases.actions.clocks import stop_clock
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people import actions as people
from spean.returns import access
from spean.returns.actions._moves import credit, day_after, move, note
from spean.returns.models import Return
from spean.returns.queries import gate_basis, left_on, running_return_of


@transaction.atomic
def fall_out(
    ret: Return, *, actor: Actor, on: date, words: str = "", seen: int | None = None
) -> Return:
    """Record that contact was lost on the way: counted, and it can be taken up again."""
    access.arranging.require(actor, ret)
    day = day_after(ret, on, *left_on())
    move(ret, "fall_out", seen, words={"travel_words": words})
    _end(ret, actor)
    note(ret, "lost_contact", by=actor, on=day, province=ret.province)
    journal.record(actor, "returns.fell_out", ret)
    return ret


@transaction.atomic
def take_up(ret: Return, *, actor: Actor, seen: int | None = None) -> Return:
    """Begin the path anew for somebody found again."""
    access.arranging.require(actor, ret)
    if running_return_of(ret.person):
        raise Invalid(Sentence("Another return of this person is under way. Go on with that one."))
    move(ret, "take_up", seen)
    credit(ret, actor)
    journal.record(actor, "returns.taken_up", ret)
    return ret


@transaction.atomic
def stay(ret: Return, *, actor: Actor, words: str, seen: int | None = None) -> Return:
    """Record that the person, asked in safety, wishes to stay; her words are kept."""
    access.arranging.require(actor, ret)
    if not words.strip():
        raise Invalid(Sentence("Write what the person wants, in her own words."), field="words")
    move(ret, "stay", seen, words={"own_wish": words})
    _end(ret, actor)
    journal.record(actor, "returns.stayed", ret)
    return ret


def _end(ret: Return, actor: Actor) -> None:
    """Stop what is owed, and show the person no longer to who was to receive her."""
    credit(ret, actor)
    stop_clock(ret, ClockKind.HELD_WAITING)
    stop_clock(ret, ClockKind.PAPERS)
    for basis in (gate_basis(ret), name_of(ret)):
        people.withdraw_grants(basis, actor=actor)
    cases.withdraw_grants(name_of(ret), actor=actor)
