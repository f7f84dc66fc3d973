"""How a plea ends, for now: in a case, elsewhere, or closed with a reason; all can be reopened."""

from __future__ import annotations

from django.db import transaction

from spean.agencies.models import Agency
from spean.cases import actions as cases
from spean.cases.models import Case
from spean.cases.states import CaseState, ClockKind, Outcome, PersonRole
from spean.intake import access
from spean.intake.actions import clocks
from spean.intake.actions.moves import expect, move
from spean.intake.events import RequestAccepted, RequestClosed
from spean.intake.models import Request
from spean.intake.queries import persons_of
from spean.intake.states import ClosureReason, ForWhom, RequestState
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import SYSTEM, Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.people import actions as people
from spean.people.queries import groups_of, one_of
from spean.people.states import FIELDS
from spean.shell.publishing import publish
from spean.vault.fields import seal

# What the closing of its case says of a request.
_BECAUSE = {
    Outcome.SAFE_RETURN: ClosureReason.HELPED,
    Outcome.STAYED_BY_CHOICE: ClosureReason.HELPED,
    Outcome.REFERRED_ELSEWHERE: ClosureReason.HELPED,
    Outcome.UNFOUNDED: ClosureReason.UNFOUNDED,
    Outcome.WITHDRAWN: ClosureReason.WITHDRAWN,
    Outcome.LOST_CONTACT: ClosureReason.CANNOT_LOCATE,
    Outcome.DIED: ClosureReason.DIED,
}


@transaction.atomic
def accept(
    request: Request,
    *,
    actor: Actor,
    case: Case | None = None,
    form: str = "",
    country: str = "",
    province: str = "",
    summary: str = "",
    lead_agency: Agency | None = None,
    seen: int | None = None,
) -> Case:
    """Open a case from a plea, or put the plea into a case; return that case.

    Persons decided to be one count as one: a person already in the case is not added again.
    """
    access.accepting.require(actor, request)
    if case is not None and case.state == CaseState.CLOSED:
        raise Invalid(Sentence("This case is closed. Reopen it first."), field="case")
    groups = groups_of(persons_of(request))
    if not groups and request.for_whom != ForWhom.TIP:
        raise Invalid(
            Sentence("Add the person first, even without a name: a case is about somebody.")
        )
    expect(request, "accept", seen=seen)
    if case is None:
        case = cases.open_case(
            actor=actor,
            persons=[group[0] for group in groups],
            form=form,
            country=country or request.country,
            province=province or ("" if country else request.province),
            summary=summary,
            lead_agency=lead_agency,
        )
    else:
        _join(request, case, actor)
    move(request, "accept", seen=seen, case_id=case.pk)
    request.case = case
    clocks.stop(request, ClockKind.TRIAGE, ClockKind.INFORMATION_NEEDED)
    publish(RequestAccepted(request_id=str(request.pk), case_id=str(case.pk)))
    journal.record(actor, "intake.accepted", request, case=str(case.pk))
    return case


def _join(request: Request, case: Case, actor: Actor) -> None:
    held = set(case.participants.values_list("person_id", flat=True))
    for group in groups_of(persons_of(request)):
        rows = one_of(group[0])
        if not held & {row.pk for row in rows}:
            cases.add_person(case, group[0], actor=actor, role=PersonRole.VICTIM)
            continue
        # She stands in the case by another report: its lead may see this one too.
        for person in group:
            people.grant(
                person,
                actor=actor,
                agency=case.lead_agency,
                basis=f"cases.case:{case.pk}",
                fields=FIELDS,
            )


@transaction.atomic
def refer_elsewhere(
    request: Request, *, actor: Actor, to_whom: str, seen: int | None = None
) -> Request:
    """Say that somebody outside helps better, and whom the requester was told to ask."""
    access.triaging.require(actor, request)
    if not to_whom.strip():
        raise Invalid(
            Sentence("Write to whom, and how the requester reaches them."), field="to_whom"
        )
    move(
        request,
        "refer_elsewhere",
        seen=seen,
        sent_elsewhere=seal(request, "sent_elsewhere", to_whom.strip()),
    )
    clocks.stop(request)
    ledger.record("referred", actor=actor, request=request.key, from_=request.country)
    journal.record(actor, "intake.referred_elsewhere", request)
    return request


@transaction.atomic
def close(
    request: Request, *, actor: Actor, reason: ClosureReason, seen: int | None = None
) -> Request:
    """Close a plea, with what it was; it can be reopened at any time."""
    access.closing.require(actor, request, reason)
    move(request, "close", seen=seen, reason=ClosureReason(reason).value, closed=clock.now())
    clocks.stop(request)
    ledger.record(
        "request_closed",
        actor=actor,
        agency=request.owner.code,
        request=request.key,
        from_=request.country,
        outcome=request.reason,
    )
    publish(RequestClosed(request_id=str(request.pk), reason=request.reason))
    journal.record(actor, "intake.closed", request, reason=request.reason)
    return request


@transaction.atomic
def reopen(request: Request, *, actor: Actor, seen: int | None = None) -> Request:
    """Take a plea up again."""
    access.triaging.require(actor, request)
    was_closed = request.state == RequestState.CLOSED
    move(request, "reopen", seen=seen, reason="", closed=None)
    if was_closed:
        ledger.record(
            "request_reopened", actor=actor, agency=request.owner.code, request=request.key
        )
    journal.record(actor, "intake.reopened", request)
    return request


def close_with_case(case_id: str, outcome: str) -> int:
    """Close the requests that stand in a case that was closed; return how many."""
    waiting = Request.objects.filter(case_id=case_id, state=RequestState.ACCEPTED)
    reason = _BECAUSE.get(Outcome(outcome), ClosureReason.HELPED)
    closed = 0
    for request in waiting.select_related("owner", "case"):
        close(request, actor=SYSTEM, reason=reason)
        closed += 1
    return closed
