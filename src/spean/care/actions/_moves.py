"""What every verb of care shares: the swap, the clocks, the ledger's columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from spean.agencies.queries import stale
from spean.care.models import Care, FollowUp
from spean.care.queries import next_follow_up, return_of
from spean.care.states import LIFECYCLE, CareState
from spean.cases.actions.clocks import start_clock, stop_clock
from spean.cases.states import ClockKind
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import checked_day
from spean.ledger import actions as ledger
from spean.people.queries import age_of
from spean.places.countries import HOME
from spean.returns.queries import role_of
from spean.returns.rules import latest
from spean.vault.fields import seal


def move(
    care: Care, verb: str, seen: int | None, *, words: dict[str, str] | None = None, **columns: Any
) -> None:
    """Move by compare-and-swap on state and version; the second person is told who was first."""
    if seen is not None and seen != care.version:
        raise stale(care)
    columns["state"] = LIFECYCLE.after(CareState(care.state), verb)
    columns["version"] = care.version + 1
    texts = {name: text for name, text in (words or {}).items() if text}
    sealed = {name: seal(care, name, text) for name, text in texts.items()}
    rows = Care.objects.filter(pk=care.pk, state=care.state, version=care.version)
    if not rows.update(**columns, **sealed):
        raise stale(care)
    for name, value in (columns | texts).items():
        setattr(care, name, value)


def day_after(care: Care, on: date, *before: str) -> date:
    """Return ``on``; raise Invalid if it is to come, or lies before an earlier step's day."""
    days = [getattr(care, name) for name in before]
    ret = return_of(care)
    return checked_day(
        on, clock.today(), not_before=latest([*days, ret.arrived_on if ret else None])
    )


def owe(care: Care, kind: ClockKind, due: datetime, *, danger: bool = False) -> None:
    """Start a limit that the caring agency owes."""
    start_clock(
        care,
        kind=kind,
        owner=care.agency,
        due=due,
        reference=care.case.ref,
        url=care.get_absolute_url(),
        case=care.case,
        danger=danger,
    )


def owe_next_follow_up(care: Care) -> FollowUp | None:
    """Let the follow-up limit run to the next one of the plan, or stop it if none is left."""
    coming = next_follow_up(care)
    if coming is None:
        stop_clock(care, ClockKind.FOLLOW_UP)
        return None
    end_of_day = datetime.combine(coming.due, time(), clock.zone()) + timedelta(days=1)
    owe(care, ClockKind.FOLLOW_UP, end_of_day.astimezone(UTC))
    return coming


def note(care: Care, kind: str, *, by: Actor, on: date, **columns: Any) -> None:
    """Record a fact of this care, with the codes all its facts share."""
    person, ret = care.person, return_of(care)
    ledger.record(
        kind,
        actor=by,
        occurred=on,
        agency=care.agency.code,
        person=person.key,
        case=care.case.key,
        return_=ret.key if ret else "",
        from_=HOME,
        sex=person.sex,
        age=age_of(person, on),
        nationality=person.nationality,
        role=role_of(care.case_id, person),
        form=care.case.form,
        **columns,
    )
