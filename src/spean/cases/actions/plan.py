"""Notes, and the plan: tasks with a day and somebody who owes them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spean.agencies.models import Agency, User
from spean.agencies.queries import stale
from spean.cases import access
from spean.cases.actions.clocks import start_clock, stop_clock
from spean.cases.models import Case, Note, Task
from spean.cases.states import TASK_LIFECYCLE, ClockKind, TaskState
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence


@transaction.atomic
def add_note(case: Case, *, actor: Actor, words: str) -> Note:
    """Write something down on the case, for every agency that works on it."""
    access.noting.require(actor, case)
    if not words.strip():
        raise Invalid(Sentence("Write the note."), field="words")
    note = Note(case=case, author_id=actor.user_id, words=words, at=clock.now())
    note.save(force_insert=True)
    journal.record(actor, "cases.note_added", case)
    return note


@transaction.atomic
def add_task(
    case: Case,
    *,
    actor: Actor,
    words: str,
    due: datetime,
    agency: Agency | None = None,
    assignee: User | None = None,
    code: str = "",
) -> Task:
    """Plan something to be done by a day, by an agency that works on the case."""
    access.planning.require(actor, case)
    owner_id = agency.pk if agency else actor.agency_id or case.lead_agency_id
    _check_task(words, due, actor)
    if assignee is not None and assignee.agency_id != owner_id:
        raise Invalid(
            Sentence("{who} does not work at that agency.", who=assignee.label), field="assignee"
        )
    task = Task(
        case=case,
        words=words.strip(),
        code=code,
        agency_id=owner_id,
        assignee=assignee,
        due=due,
        made=clock.now(),
    )
    task.save(force_insert=True)
    start_clock(
        task,
        kind=ClockKind.TASK,
        owner=task.agency,
        due=due,
        reference=case.ref,
        url=f"/desk/cases/{case.pk}/",
        case=case,
    )
    journal.record(actor, "cases.task_added", case, to=task.agency.code, code=code)
    return task


def _check_task(words: str, due: datetime, actor: Actor) -> None:
    if not words.strip():
        raise Invalid(Sentence("Write what is to be done."), field="words")
    if due < clock.now() and actor.kind is Kind.USER:
        raise Invalid(Sentence("This day is past. Choose today or later."), field="due")


@transaction.atomic
def finish_task(task: Task, *, actor: Actor) -> Task:
    """Say that a task is done."""
    access.finishing.require(actor, task)
    return _end(task, actor, "finish", "cases.task_finished")


@transaction.atomic
def drop_task(task: Task, *, actor: Actor) -> Task:
    """Say that a task is not needed any more."""
    access.finishing.require(actor, task)
    return _end(task, actor, "drop", "cases.task_dropped")


def _end(task: Task, actor: Actor, verb: str, fact: str) -> Task:
    target = TASK_LIFECYCLE.after(TaskState(task.state), verb)
    now = clock.now()
    if not Task.objects.filter(pk=task.pk, state=task.state).update(state=target, ended=now):
        raise stale(task.case)
    task.state, task.ended = target, now
    stop_clock(task, ClockKind.TASK)
    journal.record(actor, fact, task.case, code=task.code)
    return task
