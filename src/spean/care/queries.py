"""What of care is shown, and to whom."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from spean.care import access
from spean.care.models import Care, FollowUp
from spean.care.states import LIFECYCLE, VERB_WORDS, CareState
from spean.cases.models import Case
from spean.kernel.actor import Actor
from spean.people.models import Person
from spean.people.queries import one_of
from spean.returns.models import Return
from spean.returns.queries import Choice
from spean.returns.rules import is_child_on

_NEXT = {
    CareState.EXPECTED: "receive",
    CareState.RECEIVED: "place",
    CareState.LOST_CONTACT: "find",
    CareState.CLOSED: "reopen",
}


def care_for(actor: Actor) -> QuerySet[Care]:
    """Return the care whose page the actor may open."""
    return Care.objects.filter(access.visible(actor)).select_related(
        "case", "person", "agency", "officer"
    )


def follow_ups_for(actor: Actor) -> QuerySet[FollowUp]:
    """Return the follow-ups of care that the actor may see."""
    return FollowUp.objects.filter(care__in=care_for(actor)).select_related(
        "care__case", "care__person", "care__agency"
    )


def care_on(case: Case) -> QuerySet[Care]:
    """Return the care of a case that the caller may see: states and days, no words."""
    return (
        Care.objects.filter(case=case)
        .defer("needs", "choice_words", "closing_view")
        .select_related("agency", "person", "case")
        .order_by("opened")
    )


def open_care_of(person: Person, agency_id: int) -> Care | None:
    """Return the care that this agency gives the human being now, on any row decided to be her."""
    rows = Care.objects.filter(person__in=one_of(person), agency_id=agency_id)
    return rows.exclude(state=CareState.CLOSED).first()


def next_follow_up(care: Care) -> FollowUp | None:
    return care.follow_ups.filter(done_on=None).order_by("due", "number").first()


def return_of(care: Care) -> Return | None:
    """Return the way home that led to this care, if one did."""
    if care.return_id is None:
        return None
    return Return.objects.filter(pk=care.return_id).select_related("case", "person").first()


def is_child(person: Person, on: date) -> bool:
    """Tell whether the person was under 18 on a day; a child if in doubt."""
    born = "" if person.erased else person.born
    return is_child_on(born, person.is_minor, on)


def next_step(care: Care, actor: Actor) -> Choice | None:
    """Return the one next verb, open to the actor or closed with its reason."""
    verb = _NEXT.get(CareState(care.state))
    return Choice(verb, VERB_WORDS[verb], access.giving.reason(actor, care)) if verb else None


def other_steps(care: Care, actor: Actor) -> list[Choice]:
    """Return what else this actor can do now."""
    if not access.giving.allows(actor, care):
        return []
    first = _NEXT.get(CareState(care.state))
    verbs = (verb for verb in LIFECYCLE.verbs(CareState(care.state)) if verb != first)
    return [Choice(verb, VERB_WORDS[verb], None) for verb in verbs]
