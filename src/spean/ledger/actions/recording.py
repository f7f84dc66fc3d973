"""Record one thing that happened: what every room's verb calls, inside its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import PartialDate
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import access
from spean.ledger.models import Entry
from spean.ledger.queries import written_now
from spean.ledger.states import KINDS, OF_AN_ENTRY, Kind


def record(
    kind: str,
    *,
    actor: Actor,
    occurred: date | PartialDate | str | None = None,
    agency: str = "",
    supporting: Sequence[str] = (),
    person: str = "",
    case: str = "",
    request: str = "",
    return_: str = "",
    operation: str = "",
    proceeding: str = "",
    interview: str = "",
    from_: str = "",
    to: str = "",
    province: str = "",
    checkpoint: str = "",
    sex: str = "",
    age: str = "",
    nationality: str = "",
    role: str = "",
    form: str = "",
    cause: str = "",
    placement: str = "",
    outcome: str = "",
    other: str = "",
    ref: str = "",
    supersedes: Entry | None = None,
    recorded: datetime | None = None,
) -> Entry:
    """Append one entry: one INSERT in the caller's transaction.

    ``occurred`` defaults to today (for a correction or withdrawal, to the day of the entry it
    names), ``agency`` to the actor's. The room that calls has already judged the actor. Keys are
    opaque text, codes are as in docs/reference/measures.md. Raises Invalid.
    """
    access.recording.require(actor)
    day = _day(kind, occurred, supersedes)
    _check(kind, day, supersedes)
    return Entry.objects.create(
        kind=kind,
        counts_as=_counts_as(kind, supersedes),
        occurred=str(day),
        occurred_first=day.first,
        occurred_last=day.last,
        recorded=(recorded or clock.now()).astimezone(UTC),
        loaded=written_now(),
        person=person,
        case=case,
        request=request,
        return_key=return_,
        operation=operation,
        proceeding=proceeding,
        interview=interview,
        agency=agency or actor.agency_code,
        supporting=";".join(dict.fromkeys(supporting)),
        from_country=from_,
        to_country=to,
        province=province,
        checkpoint=checkpoint,
        sex=sex if sex != "unknown" else "",
        age=age,
        nationality=nationality,
        role=role,
        form=form,
        cause=cause,
        placement=placement,
        outcome=outcome,
        other=other,
        ref=ref,
        supersedes=supersedes,
    )


def _day(
    kind: str, occurred: date | PartialDate | str | None, supersedes: Entry | None
) -> PartialDate:
    if isinstance(occurred, PartialDate):
        return occurred
    if isinstance(occurred, str) and occurred:
        return PartialDate.parse(occurred)
    if isinstance(occurred, date):
        return PartialDate(occurred, occurred)
    if supersedes is not None and kind in OF_AN_ENTRY:
        return PartialDate(supersedes.occurred_first, supersedes.occurred_last)
    return PartialDate(clock.today(), clock.today())


def _counts_as(kind: str, supersedes: Entry | None) -> str:
    if kind == Kind.CORRECTED and supersedes is not None:
        return supersedes.counts_as
    return kind


def _check(kind: str, day: PartialDate, supersedes: Entry | None) -> None:
    if kind not in KINDS:
        raise ValueError(f"{kind} is not a kind of ledger entry")
    if day.first > clock.today():
        raise Invalid(
            Sentence("{day} is in the future. Nothing has happened then yet.", day=str(day)),
            field="occurred",
        )
    if supersedes is None:
        if kind in OF_AN_ENTRY:
            raise ValueError(f"{kind} names the entry it is about")
        return
    if supersedes.counts_as == Kind.WITHDRAWN:
        raise Invalid(Sentence("This entry is a withdrawal. Record again what happened."))
    if kind in OF_AN_ENTRY:
        return
    if (kind, str(day)) != (supersedes.counts_as, supersedes.occurred):
        raise Invalid(
            Sentence("An entry that takes another's place has its kind and its day. Correct it.")
        )
