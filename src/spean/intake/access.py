"""Who may see a request for help, read its words, and do what with it."""

from __future__ import annotations

from django.db.models import Q

from spean.agencies.models import Agency
from spean.agencies.queries import under
from spean.agencies.states import AgencyKind
from spean.cases import access as cases
from spean.cases.models import Case, Clock
from spean.cases.states import CaseState, ClockKind
from spean.intake.models import Message, Request
from spean.intake.states import ClosureReason, RequestState
from spean.journal.models import name_of
from spean.kernel.actor import Actor, Capability, Kind, Role
from spean.kernel.policy import policy
from spean.kernel.text import Sentence

ATTEMPTS = 3  # questions put before "too vague" is an answer; domain page 5.1
_READING = (Capability.RECORD_REQUESTS, Capability.TRIAGE_REQUESTS)
_MACHINES = {Kind.OPERATOR, Kind.SYSTEM}
_FRONT = (AgencyKind.HOTLINE, AgencyKind.COMMITTEE)


def front_desk_or_none() -> Agency | None:
    """Return the office that reads the portal: a hotline, else the committee, else any."""
    for kind in _FRONT:
        if found := Agency.objects.filter(kind=kind).order_by("pk").first():
            return found
    return Agency.objects.order_by("pk").first()


def readable(actor: Actor) -> Q:
    """Requests whose words the actor may read: her office's, its branches', those it leads.

    Who sees a case by referral reads what was disclosed, not the plea's own words.
    """
    if actor.kind in _MACHINES:
        return Q()
    if actor.agency_id is None or not any(actor.can(c) for c in _READING):
        return Q(pk__in=[])
    own = (
        Q(owner_id__in=under(actor.agency_id))
        | Q(recorder_id=actor.agency_id)
        | Q(case__lead_agency_id=actor.agency_id)
    )
    return own & ~_kept_from(actor)


def _kept_from(actor: Actor) -> Q:
    """Requests that stand in a case which the actor's agency is kept from."""
    return Q(case__in=Case.objects.filter(cases.kept_from(actor)).values("pk"))


def visible(actor: Actor) -> Q:
    """Requests of which the actor may know: the front desk and coordinators know of all."""
    if actor.can(Capability.SEE_PSEUDONYMOUS_CASES):
        return Q()
    front = front_desk_or_none()
    if front and front.pk == actor.agency_id and any(actor.can(c) for c in _READING):
        return ~_kept_from(actor)
    return readable(actor) | Q(case__in=Case.objects.filter(cases.shared(actor)).values("pk"))


def _works_on(actor: Actor, request: Request) -> bool:
    if actor.kind in _MACHINES:
        return True
    if actor.agency_id is None:
        return False
    offices = under(actor.agency_id)
    leads = request.case is not None and request.case.lead_agency_id in offices
    return request.owner_id in offices or leads


@policy
def recording(actor: Actor) -> Sentence | None:
    """Whoever takes calls, visits and letters records a plea."""
    if not actor.can(Capability.RECORD_REQUESTS) or not actor.agency_code:
        return Sentence("Your role does not record pleas. Ask the front desk to record it.")
    return None


@policy
def reading(actor: Actor, request: Request) -> Sentence | None:
    """The office that owns or recorded a plea, and those of its case, read its words."""
    if not Request.objects.filter(readable(actor), pk=request.pk).exists():
        return Sentence(
            "{office} keeps the words of this plea. Ask that office to send it to you.",
            office=request.owner.name_en,
        )
    return None


@policy
def triaging(actor: Actor, request: Request) -> Sentence | None:
    """An officer of the owning office (or one above it) sorts a plea."""
    if actor.kind in _MACHINES:
        return None
    if not actor.can(Capability.TRIAGE_REQUESTS):
        return Sentence("Your role does not triage pleas. Ask an intake officer.")
    if not _works_on(actor, request):
        return Sentence(
            "{office} owns this plea. Ask that office to send it to you.",
            office=request.owner.name_en,
        )
    return None


@policy
def adding(actor: Actor, request: Request) -> Sentence | None:
    """The owning and the recording office add persons to a plea."""
    if request.recorder_id == actor.agency_id and actor.agency_id is not None:
        return recording.reason(actor)
    return triaging.reason(actor, request)


@policy
def replying(actor: Actor, request: Request) -> Sentence | None:
    """An officer writes to a writer who has a number to come back with and wants an answer."""
    if why := triaging.reason(actor, request):
        return why
    if not request.receipts.filter(revoked=None).exists():
        return Sentence(
            "The requester has no number to come back with. Use the safe contact, then note what "
            "was said."
        )
    if not request.may_reply:
        return Sentence("The writer asked not to be answered here.")
    return None


@policy
def overriding(actor: Actor) -> Sentence | None:
    """A supervisor sends a reply that the check refuses."""
    if Role.SUPERVISOR not in actor.roles:
        return Sentence("Only a supervisor can send this reply as it is.")
    return None


@policy
def accepting(actor: Actor, request: Request) -> Sentence | None:
    """An officer who triages or works cases, at the owning office, puts a plea into a case."""
    if actor.can(Capability.WORK_CASES) and _works_on(actor, request):
        return None
    return triaging.reason(actor, request)


@policy
def sending(actor: Actor, request: Request, agency: Agency) -> Sentence | None:
    """A plea goes to the front desk, to the police, up or down one's own tree; else refer it."""
    if why := adding.reason(actor, request):
        return why
    if agency.pk not in {a.pk for a in routes(request.owner)}:
        return Sentence(
            "A plea is sent to the front desk, to the police or within your own agency. For other "
            "offices open a case and refer it."
        )
    return None


def routes(owner: Agency) -> list[Agency]:
    """Return the offices that ``owner`` may send a plea to, without consent being asked again."""
    front = front_desk_or_none()
    ids = set(under(owner.pk)) | ({front.pk} if front else set())
    above = owner.parent
    while above:
        ids.add(above.pk)
        above = above.parent
    wanted = Q(pk__in=ids) | Q(kind=AgencyKind.POLICE)
    return list(Agency.objects.filter(wanted).exclude(pk=owner.pk).order_by("name_en"))


def attempts(request: Request) -> int:
    """Return how often somebody was asked: questions, replies and contacts by other roads."""
    ours = Message.objects.filter(request=request).exclude(incoming=True, author=None)
    return ours.count() + request.reminders


@policy
def closing(actor: Actor, request: Request, reason: str = "") -> Sentence | None:
    """An officer of the owning office closes a plea, with a reason that the record bears out."""
    if actor.kind in _MACHINES:
        return None
    if why := triaging.reason(actor, request):
        return why
    if request.state == RequestState.ACCEPTED and _case_is_open(request):
        return Sentence("This plea stands in an open case, and closes with it.")
    return _not_borne_out(actor, request, reason)


def _not_borne_out(actor: Actor, request: Request, reason: str) -> Sentence | None:
    if reason == ClosureReason.JUNK:
        if request.quarantined:
            return None
        return Sentence("Only a plea in quarantine is closed as junk. Choose another reason.")
    if _safety_is_unchecked(request):
        return Sentence(
            "Somebody with the number asked to stop, and it may not have been the writer. Check by "
            "another road that the person is safe, note it, then close."
        )
    return _too_vague(actor, request) if reason == ClosureReason.INSUFFICIENT else None


def _too_vague(actor: Actor, request: Request) -> Sentence | None:
    tried = attempts(request)
    if tried < ATTEMPTS:
        return Sentence(
            "Too vague is no answer yet: ask {number} times before closing for that. Asked so far: "
            "{tried}.",
            number=str(ATTEMPTS),
            tried=str(tried),
        )
    if Role.SUPERVISOR not in actor.roles:
        return Sentence("A supervisor closes a plea as too vague. Ask yours to look at it.")
    return None


def _case_is_open(request: Request) -> bool:
    return request.case is not None and request.case.state != CaseState.CLOSED


def _safety_is_unchecked(request: Request) -> bool:
    return Clock.objects.filter(
        subject=name_of(request), kind=ClockKind.SAFETY_CHECK, stopped=None
    ).exists()


@policy
def opening_contact(actor: Actor, request: Request) -> Sentence | None:
    """Who answers a plea, or wrote it down, sees how to reach the requester, and leaves a trace."""
    if not actor.can(Capability.OPEN_NAMES):
        return Sentence("Your role works without names.")
    wrote_it = actor.agency_id is not None and request.recorder_id == actor.agency_id
    if not wrote_it and not _works_on(actor, request):
        return Sentence(
            "{office} is in touch with the requester. Ask that office.",
            office=request.owner.name_en,
        )
    return None
