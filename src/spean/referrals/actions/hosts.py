"""Ask an authority of another country, and write down what it answered."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from spean.agencies.models import Agency
from spean.agencies.queries import stale
from spean.cases.actions import clocks
from spean.cases.models import Case
from spean.cases.rules import term
from spean.cases.states import ClockKind
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import checked_day
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.places.countries import HOME
from spean.places.gazetteer import is_country, is_province
from spean.referrals import access
from spean.referrals.models import HostRequest
from spean.referrals.queries import is_in_danger
from spean.referrals.rules import checked_due
from spean.referrals.states import HOST_LIFECYCLE, HostAnswer, HostState
from spean.vault.fields import seal


@transaction.atomic
def ask_host(
    case: Case,
    *,
    actor: Actor,
    country: str,
    province: str = "",
    authority: str = "",
    words: str = "",
    due: datetime | None = None,
) -> HostRequest:
    """Note that an authority abroad was asked, and start the clock of its answer.

    Telling another state of a person needs her consent, or the reason she cannot be asked.
    """
    access.asking_host.require(actor, case)
    access.telling_host.require(case)
    if not is_country(country) or country == HOME:
        raise Invalid(Sentence("Choose the country whose authority was asked."), field="country")
    if province and not is_province(province):
        raise Invalid(
            Sentence("This province is not in the list. Choose one, or leave it empty."),
            field="province",
        )
    mission = Agency.objects.get(pk=actor.agency_id or 0)
    now = clock.now()
    danger = is_in_danger(case)
    usual = now + term(ClockKind.HOST_ANSWER, "danger" if danger else "")
    by = checked_due(due, now) if due else usual
    asked = HostRequest.objects.create(
        case=case,
        mission=mission,
        country=country,
        province=province,
        authority=authority,
        words=words,
        asked=now,
        due=by,
    )
    clocks.start_clock(
        asked,
        kind=ClockKind.HOST_ANSWER,
        owner=mission,
        due=by,
        reference=case.ref,
        url=asked.get_absolute_url(),
        case=case,
        danger=danger,
    )
    journal.record(actor, "referrals.host_asked", asked, country=country, province=province)
    return asked


@transaction.atomic
def log_host_answer(
    host_request: HostRequest,
    *,
    actor: Actor,
    answer: str,
    words: str = "",
    on: date | None = None,
) -> HostRequest:
    """Write down what the authority answered, and on which day (today if not said)."""
    access.noting_host_answer.require(actor, host_request)
    given = HostAnswer(answer)
    target = HOST_LIFECYCLE.after(HostState(host_request.state), "answer")
    at = _instant(on, host_request)
    rows = HostRequest.objects.filter(pk=host_request.pk, state=host_request.state)
    sealed = seal(host_request, "answer_words", words)
    if not rows.update(state=target, answered=at, answer=given, answer_words=sealed):
        raise stale(host_request)
    host_request.state, host_request.answered, host_request.answer = target, at, given
    host_request.answer_words = words
    clocks.stop_clock(host_request, ClockKind.HOST_ANSWER)
    journal.record(actor, "referrals.host_answered", host_request, answer=given)
    return host_request


def _instant(on: date | None, asked: HostRequest) -> datetime:
    """Return the moment of the answer: now, or noon of the day that was written."""
    today = clock.today()
    if on is None or on == today:
        return clock.now()
    checked_day(on, today, not_before=clock.day_of(asked.asked))
    return max(datetime.combine(on, time(12), clock.zone()), asked.asked)
