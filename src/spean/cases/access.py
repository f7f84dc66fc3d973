"""Who may see a case, and who may do what to it."""

from __future__ import annotations

from django.db.models import Q

from spean.cases.models import Case, Grant, Task
from spean.cases.states import CaseState
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.policy import policy
from spean.kernel.text import Sentence

# Whoever does one of these works with people, and may write on a case that the agency sees.
WORKING = (
    Capability.WORK_CASES,
    Capability.TRIAGE_REQUESTS,
    Capability.ANSWER_REFERRALS,
    Capability.ARRANGE_RETURNS,
    Capability.RECEIVE_ARRIVALS,
    Capability.GIVE_CARE,
)
_HOUSE = frozenset({Kind.OPERATOR, Kind.SYSTEM})


def _granted(agency_id: int | None, *, excluded: bool) -> Q:
    standing = Q(until=None) | Q(until__gt=clock.now())
    held = Grant.objects.filter(
        standing, agency_id=agency_id or 0, withdrawn=None, excluded=excluded
    )
    return Q(pk__in=held.values("case_id"))


def shared(actor: Actor) -> Q:
    """Cases the actor's agency leads or was let into, and is not kept from: words and all."""
    if actor.kind in _HOUSE:
        return Q()
    if actor.agency_id is None or not any(actor.can(c) for c in WORKING):
        return Q(pk__in=[])
    own = Q(lead_agency_id=actor.agency_id) | _granted(actor.agency_id, excluded=False)
    return own & ~_granted(actor.agency_id, excluded=True)


def kept_from(actor: Actor) -> Q:
    """Cases that the actor's agency is kept from, whatever else would show them."""
    return _granted(actor.agency_id, excluded=True)


def visible(actor: Actor) -> Q:
    """Cases on whose page the actor may be; coordinators see all, by reference only."""
    if actor.can(Capability.SEE_PSEUDONYMOUS_CASES):
        return Q()
    return shared(actor)


def _works_on(actor: Actor, case: Case) -> bool:
    return Case.objects.filter(shared(actor), pk=case.pk).exists()


def _leads(actor: Actor, case: Case) -> bool:
    return actor.kind in _HOUSE or case.lead_agency_id == actor.agency_id


def _opened(actor: Actor, case: Case) -> bool:
    """Tell whether the actor's agency opened the case and handed it to another to lead."""
    basis = f"cases.opened:{case.pk}"
    held = Grant.objects.filter(case=case, agency_id=actor.agency_id or 0, basis=basis)
    return held.filter(withdrawn=None).exists() and _works_on(actor, case)


@policy
def opening(actor: Actor) -> Sentence | None:
    """Whoever works cases or triages pleas opens a case."""
    if not (actor.can(Capability.WORK_CASES) or actor.can(Capability.TRIAGE_REQUESTS)):
        return Sentence("Your role does not open cases.")
    return None


@policy
def seeing_story(actor: Actor, case: Case) -> Sentence | None:
    """The agencies that work on a case read its words; coordinators see codes only."""
    if not _works_on(actor, case):
        return Sentence("You see this case by its reference only, without words or names.")
    return None


@policy
def editing(actor: Actor, case: Case) -> Sentence | None:
    """The lead agency keeps the case file."""
    if not _leads(actor, case):
        return Sentence("Only the lead agency changes the case file. Write a note instead.")
    if not any(actor.can(c) for c in (Capability.WORK_CASES, Capability.TRIAGE_REQUESTS)):
        return Sentence("Your role does not change case files.")
    return _while_open(case)


@policy
def adding(actor: Actor, case: Case) -> Sentence | None:
    """The lead agency adds persons, and so does the desk that opened the case for it."""
    if _opened(actor, case) and actor.can(Capability.TRIAGE_REQUESTS):
        return _while_open(case)
    return editing.reason(actor, case)


@policy
def noting(actor: Actor, case: Case) -> Sentence | None:
    """Every agency that works on a case writes notes and tasks on it."""
    return seeing_story.reason(actor, case)


@policy
def planning(actor: Actor, case: Case) -> Sentence | None:
    """Every agency that works on an open case plans tasks."""
    return seeing_story.reason(actor, case) or _while_open(case)


@policy
def finishing(actor: Actor, task: Task) -> Sentence | None:
    """The agency that has a task, or the one that leads the case, ends it."""
    if why := noting.reason(actor, task.case):
        return why
    if task.agency_id != actor.agency_id and not _leads(actor, task.case):
        return Sentence("This task is another agency's. Write a note to it instead.")
    return None


@policy
def closing(actor: Actor, case: Case) -> Sentence | None:
    """A supervisor of the lead agency closes a case."""
    if not _leads(actor, case):
        return Sentence("Only the lead agency can close this case.")
    if not actor.can(Capability.CLOSE_CASES):
        return Sentence("Closing a case needs a supervisor.")
    return None


@policy
def reopening(actor: Actor, case: Case) -> Sentence | None:
    """The lead agency opens a closed case again: every closure can be reopened."""
    if not _leads(actor, case):
        return Sentence("Only the lead agency can open this case again.")
    if not actor.can(Capability.WORK_CASES):
        return Sentence("Your role does not open cases again.")
    return None


@policy
def granting(actor: Actor, case: Case) -> Sentence | None:
    """An agency that works on a case lets another one in, when it refers or shares."""
    if not _works_on(actor, case):
        return Sentence("Your agency does not work on this case.")
    return None


@policy
def letting_in(actor: Actor, case: Case) -> Sentence | None:
    """The lead agency lets another one in without a referral; others refer, which can be ended."""
    if not _leads(actor, case):
        return Sentence("Only the lead agency lets another one see this case. Refer it instead.")
    return granting.reason(actor, case)


@policy
def excluding(actor: Actor, case: Case) -> Sentence | None:
    """A supervisor of the lead agency keeps another agency from a case."""
    if not _leads(actor, case):
        return Sentence("Only the lead agency keeps another agency from a case.")
    if not actor.can(Capability.CLOSE_CASES):
        return Sentence("Keeping an agency from a case needs a supervisor.")
    return None


def _while_open(case: Case) -> Sentence | None:
    if case.state == CaseState.CLOSED:
        return Sentence("This case is closed. Open it again to change it.")
    return None
