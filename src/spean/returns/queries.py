"""What of returns is shown: the path with its days, who owes what, and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from spean.agencies.models import Agency
from spean.agencies.states import AgencyKind
from spean.cases.models import Case, Clock, Participant
from spean.cases.states import ClockKind, PersonRole
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.people.models import Person
from spean.people.queries import one_of
from spean.returns import access
from spean.returns.models import Return
from spean.returns.rules import alarm
from spean.returns.states import (
    ENDED,
    LIFECYCLE,
    PATH,
    STEP_WORDS,
    VERB_WORDS,
    ReturnState,
)
from spean.shell.navigation import WorkLine

_S = ReturnState
_LEDGER_ROLES = {PersonRole.VICTIM: "victim", PersonRole.SUSPECT: "suspect"}
_DAYS = {
    "locate": "located_on",
    "rescue": "rescued_on",
    "wait": "waiting_since",
    "give_papers": "papers_on",
    "depart": "travel_on",
    "arrive": "arrived_on",
    "hand_over": "handed_over_on",
}
_NEXT = {
    _S.PLANNED: "locate",
    _S.LOCATED: "rescue",
    _S.RESCUED: "wait",
    _S.WAITING: "give_papers",
    _S.PAPERS_READY: "depart",
    _S.TRAVELLING: "arrive",
    _S.ARRIVED: "hand_over",
    _S.FELL_OUT: "take_up",
}


def returns_for(actor: Actor) -> QuerySet[Return]:
    """Return the returns whose page the actor may open."""
    return Return.objects.filter(access.visible(actor)).select_related(
        "case", "person", "lead_agency", "receiver"
    )


def on_the_way_for(actor: Actor) -> QuerySet[Return]:
    """Return those not yet at their end, the longest under way first."""
    return returns_for(actor).exclude(state__in=ENDED).order_by("opened")


def returns_on(case: Case) -> QuerySet[Return]:
    """Return all returns of a case that the caller may see: references, steps, days."""
    return (
        Return.objects.filter(case=case)
        .select_related("person", "receiver", "case")
        .order_by("opened")
    )


def running_return_of(person: Person) -> Return | None:
    """Return the return under way of the human being, on any row decided to be her."""
    return Return.objects.filter(person__in=one_of(person)).exclude(state__in=ENDED).first()


def role_of(case_id: UUID, person: Person) -> str:
    """Return as whom the ledger counts a person: by her role in the case."""
    held = Participant.objects.filter(case_id=case_id, person__in=one_of(person)).first()
    return _LEDGER_ROLES.get(PersonRole(held.role), "other") if held else "victim"


def gate_basis(ret: Return) -> str:
    """Return the ground on which the checkpoint sees the person, until the hand-over."""
    return f"returns.gate:{ret.pk}"


def left_on() -> tuple[str, ...]:
    """Return the columns of the days that lie before an arrival."""
    return ("located_on", "rescued_on", "waiting_since", "papers_on", "travel_on")


def receivers() -> QuerySet[Agency]:
    """Return the agencies that receive people who come home."""
    kinds = (AgencyKind.SOCIAL_AFFAIRS, AgencyKind.SHELTER, AgencyKind.NGO)
    return Agency.objects.filter(kind__in=kinds, country="KHM").order_by("name_en")


def checkpoints() -> QuerySet[Agency]:
    return Agency.objects.filter(kind=AgencyKind.CHECKPOINT).order_by("name_en")


def persons_to_return(case: Case) -> list[Person]:
    """Return one row a human being of the case who has no return under way."""
    rows = [
        row.person
        for row in case.participants.exclude(role=PersonRole.SUSPECT)
        .select_related("person")
        .order_by("added", "pk")
    ]
    found: list[Person] = []
    for person in rows:
        known = {row.pk for row in one_of(person)}
        if not any(other.pk in known for other in found) and not running_return_of(person):
            found.append(person)
    return found


@dataclass(frozen=True)
class Step:
    """One step of the path as the page shows it."""

    verb: str
    label: Sentence
    state: str  # done, now, or later
    on: date | None = None
    owes: str = ""
    due: datetime | None = None


def steps(ret: Return) -> list[Step]:
    """Return the path: what is done and when, what is next, who owes it and by when."""
    reached = _reached(ret)
    nearest = reached + 1
    limits = _running(ret)
    found = []
    for place, (verb, _state) in enumerate(PATH):
        on = clock.day_of(ret.opened) if verb == "plan" else getattr(ret, _DAYS[verb])
        is_next = place == nearest and ret.state not in ENDED
        limit = limits.get(_CLOCK_OF.get(verb, "")) if place > reached else None
        found.append(
            Step(
                verb=verb,
                label=STEP_WORDS[verb],
                state="done" if place <= reached else "now" if is_next else "later",
                on=on if place <= reached else None,
                owes=limit.owner.code if limit else _owes(ret, verb) if is_next else "",
                due=limit.due if limit else None,
            )
        )
    return found


def now_of(ret: Return) -> Step | None:
    """Return the step that is due now, if the return is under way."""
    return next((step for step in steps(ret) if step.state == "now"), None)


_CLOCK_OF = {"give_papers": ClockKind.PAPERS.value, "depart": ClockKind.HELD_WAITING.value}


def _reached(ret: Return) -> int:
    """Return the place on the path that was reached; off the path, the last day that is known."""
    places = {state: place for place, (_, state) in enumerate(PATH)}
    if ret.state in places:
        return places[ReturnState(ret.state)]
    known = [place for place, (verb, _) in enumerate(PATH) if place and getattr(ret, _DAYS[verb])]
    return max(known, default=0)


def _running(ret: Return) -> dict[str, Clock]:
    held = Clock.objects.filter(subject=name_of(ret), stopped=None).select_related("owner")
    return {limit.kind: limit for limit in held}


def _owes(ret: Return, verb: str) -> str:
    if verb == "arrive":
        return ret.checkpoint
    if verb == "hand_over" and ret.receiver:
        return f"{ret.checkpoint} → {ret.receiver.code}"
    return ret.lead_agency.code


@dataclass(frozen=True)
class Choice:
    """Something that can be done now: by this actor, or not, and why."""

    verb: str
    label: Sentence
    reason: Sentence | None


def next_step(ret: Return, actor: Actor) -> Choice | None:
    """Return the one next step of the path, open to the actor or closed with its reason."""
    verb = _NEXT.get(ReturnState(ret.state))
    return _choice(ret, verb, actor) if verb else None


def other_steps(ret: Return, actor: Actor) -> list[Choice]:
    """Return what else can be done now by this actor: other steps and the ways off the path."""
    first = _NEXT.get(ReturnState(ret.state))
    rest = (verb for verb in LIFECYCLE.verbs(ReturnState(ret.state)) if verb != first)
    return [c for c in (_choice(ret, verb, actor) for verb in rest) if c.reason is None]


def _choice(ret: Return, verb: str, actor: Actor) -> Choice:
    return Choice(verb, VERB_WORDS[verb], access.BY_VERB[verb].reason(actor, ret))


def waiting_alarm(ret: Return) -> int:
    """Return the alarm a wait has reached (0, 30, 60, 90 days) while it lasts."""
    if ret.state not in {_S.WAITING, _S.PAPERS_READY} or ret.waiting_since is None:
        return 0
    return alarm(ret.waiting_since, clock.today())


# --- my work ---------------------------------------------------------------------------------


def work(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    """Give *my work* who travels to this checkpoint or agency; what is owed, the clocks give."""
    if actor.can(Capability.RECEIVE_ARRIVALS):
        for ret in _expected(actor):
            yield "today", _line(ret, Sentence("Somebody travels home"), ret.travel_on)
    if actor.can(Capability.ARRANGE_RETURNS):
        mine = on_the_way_for(actor).filter(lead_agency_id=actor.agency_id)
        for ret in mine.filter(state__in=(_S.TRAVELLING, _S.ARRIVED)):
            yield "waiting", _line(ret, Sentence("On the way home"), ret.travel_on)


def _expected(actor: Actor) -> QuerySet[Return]:
    """Return who travels to the actor's gate, or arrived and is not yet handed over."""
    coming = returns_for(actor).filter(state__in=(_S.TRAVELLING, _S.ARRIVED))
    at_gate = coming.filter(checkpoint=actor.agency_code)
    return (at_gate | coming.filter(receiver_id=actor.agency_id)).order_by("travel_on")


def _line(ret: Return, what: Sentence, since: date | None) -> WorkLine:
    began = datetime.combine(since, time(), clock.zone()) if since else ret.opened
    nearest = _NEXT.get(ReturnState(ret.state))
    return WorkLine(
        what=what,
        reference=ret.case.ref,
        url=ret.get_absolute_url(),
        since=began,
        next_step=VERB_WORDS[nearest] if nearest else None,
    )
