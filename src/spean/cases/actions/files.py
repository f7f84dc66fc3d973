"""The case file itself: opened, described, started, closed, opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from spean.agencies.models import Agency
from spean.agencies.queries import stale
from spean.cases import access, rules
from spean.cases.actions.seeing import write_grant
from spean.cases.events import CaseClosed, CaseOpened
from spean.cases.models import Case, Grant, Participant, Task
from spean.cases.queries import opened_entry, running_clocks
from spean.cases.states import LIFECYCLE, CaseState, Form, Outcome, PersonRole, TaskState
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.people import actions as people
from spean.people.models import Person
from spean.people.states import FIELDS
from spean.places import gazetteer
from spean.shell.publishing import publish
from spean.vault.fields import seal


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    persons: Iterable[Person],
    form: str = "",
    country: str = "",
    province: str = "",
    summary: str = "",
    lead_agency: Agency | None = None,
    opened_on: date | None = None,
) -> Case:
    """Open a case for persons, led by the actor's agency unless another is named.

    ``opened_on`` is the day it was opened on paper, if earlier; a day to come is Invalid.
    """
    access.opening.require(actor)
    _check_places(country, province)
    day = _day(opened_on)
    lead_id = lead_agency.pk if lead_agency else actor.agency_id
    if lead_id is None:
        raise Invalid(Sentence("Say which agency leads the case."), field="lead_agency")
    case = Case(
        lead_agency_id=lead_id,
        officer_id=actor.user_id if lead_id == actor.agency_id else None,
        form=Form(form),
        country=country,
        province=province,
        summary=summary,
        opened=clock.now(),
    )
    case.save(force_insert=True)
    for person in persons:
        _enter(case, person, actor, PersonRole.VICTIM)
    if lead_id != actor.agency_id and actor.agency_id is not None:
        write_grant(case, agency_id=actor.agency_id, basis=f"cases.opened:{case.pk}")
    _record_opening(case, actor, day)
    publish(CaseOpened(case_id=str(case.pk)))
    journal.record(actor, "cases.opened", case, lead=case.lead_agency.code, form=case.form)
    return case


def _record_opening(case: Case, actor: Actor, day: date | str) -> None:
    before = opened_entry(case)
    helper = actor.agency_code
    ledger.record(
        "case_opened",
        actor=actor,
        occurred=day,
        agency=case.lead_agency.code,
        supporting=(helper,) if helper and helper != case.lead_agency.code else (),
        case=case.key,
        from_=case.country,
        province=case.province,
        form=case.form,
        supersedes=before,
    )


@transaction.atomic
def add_person(case: Case, person: Person, *, actor: Actor, role: PersonRole) -> Participant:
    """Add a person to a case, in a role; the lead agency may then see her record."""
    access.adding.require(actor, case)
    if Participant.objects.filter(case=case, person=person).exists():
        raise Invalid(Sentence("{ref} is already in this case.", ref=person.ref), field="person")
    entered = _enter(case, person, actor, PersonRole(role))
    journal.record(actor, "cases.person_added", case, person=person.ref, role=entered.role)
    return entered


def _enter(case: Case, person: Person, actor: Actor, role: PersonRole) -> Participant:
    entered = Participant.objects.create(case=case, person=person, role=role, added=clock.now())
    people.grant(
        person,
        actor=actor,
        agency=case.lead_agency,
        basis=f"cases.case:{case.pk}",
        fields=FIELDS,
    )
    # Who is kept from the case is kept from whoever comes into it later, too.
    for held in Grant.objects.filter(case=case, excluded=True, withdrawn=None):
        people.exclude(person, actor=actor, agency=held.agency, basis=f"cases.case:{case.pk}")
    return entered


@transaction.atomic
def describe(
    case: Case,
    *,
    actor: Actor,
    seen: int,
    form: str,
    country: str,
    province: str,
    summary: str,
    own_view: str,
) -> Case:
    """Rewrite what is known of a case, if nobody changed it since version ``seen``."""
    access.editing.require(actor, case)
    _check_places(country, province)
    before = (case.form, case.country, case.province)
    changed = Case.objects.filter(pk=case.pk, version=seen).update(
        version=seen + 1,
        form=Form(form),
        country=country,
        province=province,
        summary=seal(case, "summary", summary),
        own_view=seal(case, "own_view", own_view),
    )
    if not changed:
        raise stale(case)
    case.refresh_from_db()
    entry = opened_entry(case)
    if entry is not None and before != (case.form, case.country, case.province):
        _record_opening(case, actor, entry.occurred)
    journal.record(actor, "cases.described", case, version=case.version)
    return case


@transaction.atomic
def start(case: Case, *, actor: Actor) -> Case:
    """Say that work on the case has begun, and who does it."""
    access.editing.require(actor, case)
    target = LIFECYCLE.after(CaseState(case.state), "start")
    moved = Case.objects.filter(pk=case.pk, state=case.state, version=case.version).update(
        state=target, version=case.version + 1, officer_id=actor.user_id
    )
    if not moved:
        raise stale(case)
    case.refresh_from_db()
    journal.record(actor, "cases.started", case)
    return case


@transaction.atomic
def close(case: Case, *, actor: Actor, seen: int, outcome: Outcome) -> Case:
    """Close a case whose tasks are done, whose answers are in, and with her own view."""
    access.closing.require(actor, case)
    target = LIFECYCLE.after(CaseState(case.state), "close")
    if why := rules.unfinished(
        open_tasks=Task.objects.filter(case=case, state=TaskState.OPEN).count(),
        running=[running.kind for running in running_clocks(case)],
        has_own_view=bool(case.own_view.strip()),
        outcome=outcome,
    ):
        raise Invalid(why)
    moved = Case.objects.filter(pk=case.pk, state=case.state, version=seen).update(
        state=target, version=seen + 1, outcome=Outcome(outcome), closed=clock.now()
    )
    if not moved:
        raise stale(case)
    case.refresh_from_db()
    ledger.record(
        "closed",
        actor=actor,
        occurred=clock.today(),
        agency=case.lead_agency.code,
        case=case.key,
        from_=case.country,
        form=case.form,
        outcome=case.outcome,
    )
    publish(CaseClosed(case_id=str(case.pk), outcome=case.outcome))
    journal.record(actor, "cases.closed", case, outcome=case.outcome)
    return case


@transaction.atomic
def reopen(case: Case, *, actor: Actor) -> Case:
    """Open a closed case again; that it was closed stays in the ledger as known then."""
    access.reopening.require(actor, case)
    target = LIFECYCLE.after(CaseState(case.state), "reopen")
    moved = Case.objects.filter(pk=case.pk, state=case.state, version=case.version).update(
        state=target, version=F("version") + 1, outcome="", closed=None
    )
    if not moved:
        raise stale(case)
    case.refresh_from_db()
    journal.record(actor, "cases.reopened", case)
    return case


def _day(opened_on: date | None) -> date:
    if opened_on is not None and opened_on > clock.today():
        raise Invalid(
            Sentence("A case is not opened on a day to come. Check the date."), field="opened_on"
        )
    return opened_on or clock.today()


def _check_places(country: str, province: str) -> None:
    if country and not gazetteer.is_country(country):
        raise Invalid(
            Sentence("“{code}” is not a country's code. Choose one from the list.", code=country),
            field="country",
        )
    if province and not gazetteer.is_province(province):
        raise Invalid(
            Sentence("“{code}” is not a province we know. Choose one.", code=province),
            field="province",
        )
