"""The case's page: everything on it, as the actor may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from spean.agencies.models import Agency
from spean.agencies.queries import label_of
from spean.cases import access, rules
from spean.cases.models import Case, Clock, Note, Participant, Stage, Task
from spean.cases.queries.files import agencies_on, kept_from_of, running_clocks
from spean.cases.queries.story import Told, place_words, stage_sentence, story_of
from spean.cases.states import TaskState, word
from spean.journal.models import Entry as Fact
from spean.journal.queries import seen_by
from spean.kernel.actor import Actor
from spean.kernel.text import Sentence
from spean.people import queries as people
from spean.people.models import Consent
from spean.people.queries import PersonView

SHOWN_LOOKS = 40


@dataclass(frozen=True)
class Involved:
    """A person of a case, the rows decided to be one with her, and as what she is in it."""

    view: PersonView
    role: Sentence | str
    same: list[PersonView]


@dataclass(frozen=True)
class Look:
    """That somebody saw or changed the case."""

    at: datetime
    who: str
    agency: str
    fact: Sentence | str
    purpose: str


@dataclass(frozen=True)
class CasePage:
    """A case as the actor may see it."""

    case: Case
    stage: Sentence
    place: Sentence | str
    clocks: list[Clock]
    also_seen_by: list[Agency]
    kept_from: list[Agency]
    reads_words: bool
    story: list[Told]
    people: list[Involved]
    stages: list[Stage]
    tasks: list[Task]
    notes: list[Note]
    consents: list[Consent]
    looks: list[Look]
    unfinished: Sentence | None

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.state == TaskState.OPEN]

    @property
    def ended_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.state != TaskState.OPEN]


def case_page(case: Case, actor: Actor) -> CasePage:
    """Return everything the case's page shows; words only to those who work on it."""
    reads = access.seeing_story.allows(actor, case)
    tasks = list(case.tasks.select_related("agency", "assignee", "case"))
    clocks = list(running_clocks(case))
    involved = people_of(case, actor)
    return CasePage(
        case=case,
        stage=stage_sentence(case),
        place=place_words(case.country, case.province),
        clocks=clocks,
        also_seen_by=agencies_on(case),
        kept_from=[held.agency for held in kept_from_of(case)] if reads else [],
        reads_words=reads,
        story=story_of(case),
        people=involved,
        stages=list(case.stages.all()) if reads else [],
        tasks=tasks if reads else [],
        notes=list(case.notes.select_related("author__agency")) if reads else [],
        consents=_consents(involved) if reads else [],
        looks=looks_at(case) if reads else [],
        unfinished=rules.unfinished(
            open_tasks=sum(task.state == TaskState.OPEN for task in tasks),
            running=[limit.kind for limit in clocks],
            has_own_view=bool(case.own_view.strip()),
        ),
    )


def people_of(case: Case, actor: Actor) -> list[Involved]:
    """Return the case's persons, each human being once, by reference or by opened name."""
    held = Participant.objects.filter(case=case).select_related("person__source_agency")
    roles = {entered.person_id: entered.role for entered in held.order_by("added")}
    groups = people.groups_of(entered.person for entered in held.order_by("added"))
    return [
        Involved(
            view=people.shown(group[0], actor),
            role=word(roles[group[0].pk]),
            same=[people.shown(row, actor) for row in group[1:]],
        )
        for group in groups
    ]


def _consents(involved: list[Involved]) -> list[Consent]:
    return [consent for one in involved for consent in people.consents_of(one.view.person)]


_FACTS: dict[str, Sentence] = {
    "cases.opened": Sentence("opened the case"),
    "cases.case_seen": Sentence("looked at it"),
    "cases.described": Sentence("rewrote the description"),
    "cases.started": Sentence("began work"),
    "cases.closed": Sentence("closed it"),
    "cases.reopened": Sentence("opened it again"),
    "cases.person_added": Sentence("added a person"),
    "cases.stage_added": Sentence("added a stage of what happened"),
    "cases.stage_changed": Sentence("changed a stage of what happened"),
    "cases.note_added": Sentence("wrote a note"),
    "cases.task_added": Sentence("planned a task"),
    "cases.task_finished": Sentence("finished a task"),
    "cases.task_dropped": Sentence("dropped a task"),
    "cases.granted": Sentence("let another agency in"),
    "cases.grant_withdrawn": Sentence("ended another agency's sight of it"),
    "cases.excluded": Sentence("kept an agency from it"),
}


def looks_at(case: Case) -> list[Look]:
    """Return who saw or changed the case, the latest first."""
    return [_look(fact) for fact in seen_by(case)[:SHOWN_LOOKS]]


def _look(fact: Fact) -> Look:
    return Look(
        at=fact.at,
        who=label_of(fact.user_id) if fact.user_id else "—",
        agency=fact.agency,
        fact=_FACTS.get(fact.fact) or fact.fact.partition(".")[2].replace("_", " "),
        purpose=fact.purpose,
    )
