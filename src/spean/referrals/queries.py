"""What of referrals is shown, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.intake.states import Urgency
from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence
from spean.people.access import sharing
from spean.people.models import Contact, Person
from spean.people.queries import PersonView, shown
from spean.referrals import access
from spean.referrals.models import HostRequest, Referral
from spean.referrals.states import DISCLOSED_WORDS, PURPOSE_WORDS, Disclosed, ReferralState
from spean.shell.navigation import WorkLine
from spean.shell.text import say

OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)
SHOWN_WHILE = (*OPEN, ReferralState.ANSWERED)


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
    others = Agency.objects.exclude(pk=actor.agency_id or 0).order_by("name_en")
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

    @property
    def fields_shown(self) -> str:
        """The fields that were disclosed, in words."""
        return ", ".join(say(w) for f, w in DISCLOSED_WORDS.items() if f in self.fields)

    @property
    def rows(self) -> list[tuple[Sentence, str]]:
        """Label and value of each disclosed field; only while the names are open."""
        values = {
            "names": ", ".join(name.written for name in self.view.names),
            "born": self.view.born,
            "home": self.view.home_place,
            "contacts": "; ".join(_contact(c) for c in self.view.contacts),
        }
        shown_now = self.view.is_open and self.fields
        return [
            (DISCLOSED_WORDS[f], v) for f, v in values.items() if shown_now and f in self.fields
        ]


def _contact(contact: Contact) -> str:
    """Write how somebody is reached, with the hours and whether a message may be left."""
    leave = Sentence("a message may be left") if contact.may_leave_message else _LEAVE_NONE
    return ", ".join(part for part in (contact.address, contact.hours, say(leave)) if part)


_LEAVE_NONE = Sentence("leave no message")


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
    return referral.state in SHOWN_WHILE or referral.receiver_id != actor.agency_id


# --- my work ---------------------------------------------------------------------------------


def work(actor: Actor) -> Iterator[tuple[str, WorkLine]]:
    """Give *my work* what the actor's agency asked of others; what it owes, the clocks give."""
    if not actor.can(Capability.REFER):
        return
    asked = sent_by(actor).filter(state__in=OPEN)
    # A lead agency's waiting stands there already, by the case's clocks.
    for row in asked.exclude(case__lead_agency_id=actor.agency_id):
        line = WorkLine(
            what=Sentence(
                "{agency} was asked: {purpose}",
                agency=row.receiver.code,
                purpose=PURPOSE_WORDS[row.purpose],
            ),
            reference=row.case.ref,
            url=row.get_absolute_url(),
            since=row.sent,
            due=row.due,
        )
        yield "waiting", line
