"""What of referrals is shown, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.intake.states import Urgency
from spean.kernel import clock
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.people.access import sharing
from spean.people.models import Person
from spean.people.queries import PersonView, shown
from spean.referrals import access
from spean.referrals.models import HostRequest, Referral
from spean.referrals.states import PURPOSE_WORDS, Disclosed, HostState, ReferralState
from spean.shell.navigation import WorkLine

OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)
_SHOWN_WHILE = (*OPEN, ReferralState.ANSWERED)


def referrals_for(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals whose page the actor may open."""
    return Referral.objects.filter(access.visible(actor)).select_related(
        "case", "sender", "receiver", "sent_by", "parent"
    )


def received_by(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor's agency was asked, the earliest due first."""
    return referrals_for(actor).filter(receiver_id=actor.agency_id).order_by("due")


def sent_by(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor's agency asked of others, the earliest due first."""
    return referrals_for(actor).filter(sender_id=actor.agency_id).order_by("due")


def host_requests_for(actor: Actor) -> QuerySet[HostRequest]:
    """Return the requests to host authorities that the actor may see."""
    return HostRequest.objects.filter(access.host_visible(actor)).select_related("case", "mission")


def referrals_on(case: Case) -> QuerySet[Referral]:
    """Return all referrals of a case that the caller may see: who, what for, by when; no words."""
    return (
        Referral.objects.filter(case=case)
        .defer("words", "answer_words")
        .select_related("sender", "receiver")
        .order_by("sent")
    )


def host_requests_on(case: Case) -> QuerySet[HostRequest]:
    return HostRequest.objects.filter(case=case).select_related("mission").order_by("asked")


def receivers_for(case: Case, actor: Actor) -> list[Agency]:
    """Return the agencies that the case may be referred to."""
    others = Agency.objects.exclude(pk=actor.agency_id).order_by("name_en")
    return [office for office in others if access.receiving.allows(case, office)]


def is_in_danger(case: Case) -> bool:
    """Tell whether a request on this case speaks of danger to life."""
    return case.requests.filter(urgency=Urgency.DANGER).exists()


@dataclass(frozen=True)
class Sharing:
    """Whether one person's identity may be shown to a receiver, and if not, why."""

    person: Person
    reason: Sentence | None


def sharing_with(case: Case, receiver: Agency, actor: Actor) -> list[Sharing]:
    """Return for each person of the case whether identity may be shown to the receiver."""
    return [
        Sharing(person, sharing.reason(actor, person, receiver, (Disclosed.NAMES.value,)))
        for person in access.victims_of(case)
    ]


@dataclass(frozen=True)
class Told:
    """A person as a referral shows her: only what was disclosed, and only while it may be."""

    view: PersonView
    fields: frozenset[str]
    recalled: Sentence | None = None

    def shows(self, field: str) -> bool:
        return self.view.is_open and field in self.fields


def told(referral: Referral, actor: Actor) -> list[Told]:
    """Return the persons of a referral with what the actor is shown of each."""
    fields = frozenset(referral.fields)
    found = []
    for person in access.victims_of(referral.case):
        why = sharing.reason(actor, person, referral.receiver, referral.fields)
        found.append(Told(shown(person, actor), frozenset() if why else fields, why))
    return found


def shows_words(referral: Referral, actor: Actor) -> bool:
    """Tell whether the words of a referral are shown: not to whom it was taken back from."""
    return referral.state in _SHOWN_WHILE or referral.receiver_id != actor.agency_id


# --- my work ---------------------------------------------------------------------------------


def list_by_due(due: datetime, otherwise: str) -> str:
    """Return which list of *my work* something due then belongs to."""
    if due < clock.now():
        return "overdue"
    return "today" if clock.day_of(due) == clock.today() else otherwise


def _lines(rows: Iterable[Referral]) -> Iterator[tuple[str, WorkLine]]:
    for row in rows:
        is_new = row.state == ReferralState.SENT
        line = WorkLine(
            what=Sentence(
                "{agency} asks: {purpose}",
                agency=row.sender.code,
                purpose=PURPOSE_WORDS[row.purpose],
            ),
            reference=row.case.ref,
            url=row.get_absolute_url(),
            since=row.sent,
            due=row.due,
            next_step=Sentence("Accept or decline") if is_new else Sentence("Answer"),
        )
        yield list_by_due(row.due, "new"), line


def work(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    """Give *my work* what was asked of the actor's agency and what it waits for."""
    if actor.can(Capability.ANSWER_REFERRALS):
        yield from _lines(received_by(actor).filter(state__in=OPEN))
    if actor.can(Capability.REFER):
        for row in sent_by(actor).filter(state__in=OPEN):
            yield (
                "waiting",
                WorkLine(
                    what=Sentence(
                        "{agency} was asked: {purpose}",
                        agency=row.receiver.code,
                        purpose=PURPOSE_WORDS[row.purpose],
                    ),
                    reference=row.case.ref,
                    url=row.get_absolute_url(),
                    since=row.sent,
                    due=row.due,
                ),
            )
    if actor.can(Capability.ASK_HOST_AUTHORITY):
        asked = host_requests_for(actor).filter(mission_id=actor.agency_id, state=HostState.ASKED)
        for one in asked:
            yield (
                list_by_due(one.due, "waiting"),
                WorkLine(
                    what=Sentence("An authority abroad was asked"),
                    reference=one.case.ref,
                    url=one.get_absolute_url(),
                    since=one.asked,
                    due=one.due,
                    next_step=Sentence("Note the answer, or ask again"),
                ),
            )
