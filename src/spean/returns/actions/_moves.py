"""What every step shares: the swap, the credit, the ledger's columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from spean.agencies.queries import stale
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import checked_day
from spean.ledger import actions as ledger
from spean.ledger.models import Entry
from spean.people.queries import age_of
from spean.returns.models import Return
from spean.returns.queries import role_of
from spean.returns.rules import latest
from spean.returns.states import LIFECYCLE, ReturnState
from spean.vault.fields import seal


def move(
    ret: Return, verb: str, seen: int | None, *, words: dict[str, str] | None = None, **columns: Any
) -> None:
    """Move by compare-and-swap on state and version; the second person is told who was first.

    ``words`` are texts to seal, by column; what is empty is left as it was.
    """
    if seen is not None and seen != ret.version:
        raise stale(ret)
    columns["state"] = LIFECYCLE.after(ReturnState(ret.state), verb)
    columns["version"] = ret.version + 1
    texts = {name: text for name, text in (words or {}).items() if text}
    sealed = {name: seal(ret, name, text) for name, text in texts.items()}
    rows = Return.objects.filter(pk=ret.pk, state=ret.state, version=ret.version)
    if not rows.update(**columns, **sealed):
        raise stale(ret)
    for name, value in (columns | texts).items():
        setattr(ret, name, value)


def day_after(ret: Return, on: date, *before: str, field: str = "on") -> date:
    """Return ``on``; raise Invalid if it is to come, or lies before an earlier step's day."""
    earlier = latest([getattr(ret, name) for name in before])
    return checked_day(on, clock.today(), not_before=earlier, field=field)


def credit(ret: Return, by: Actor) -> None:
    """Remember whose agency had a part: credited once, beside the lead."""
    if by.agency_id is not None and by.agency_id != ret.lead_agency_id:
        ret.supporting.add(by.agency_id)


def note(ret: Return, kind: str, *, by: Actor, on: date, **columns: Any) -> Entry:
    """Record a fact of this return, with the credit and the codes all its facts share."""
    person = ret.person
    codes: dict[str, Any] = {"from_": ret.country} | columns
    return ledger.record(
        kind,
        actor=by,
        occurred=on,
        agency=ret.lead_agency.code,
        supporting=sorted(ret.supporting.values_list("code", flat=True)),
        person=person.key,
        case=ret.case.key,
        return_=ret.key,
        sex=person.sex,
        age=age_of(person, on),
        nationality=person.nationality,
        role=role_of(ret.case_id, person),
        form=ret.case.form,
        **codes,
    )
