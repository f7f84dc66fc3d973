"""The stages of what happened: where, by whom held, passed on to whom."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from spean.agencies.queries import stale
from spean.cases import access
from spean.cases.models import Case, Stage
from spean.cases.states import StageKind
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.dates import past
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence


@transaction.atomic
def add_stage(
    case: Case,
    *,
    actor: Actor,
    kind: StageKind,
    country: str = "",
    province: str = "",
    place: str = "",
    held_by: str = "",
    words: str = "",
    began: str = "",
    ended: str = "",
) -> Stage:
    """Add what happened next."""
    access.editing.require(actor, case)
    began, ended = _span(began, ended)
    last = Stage.objects.filter(case=case).aggregate(last=Max("order"))["last"] or 0
    stage = Stage(
        case=case,
        kind=StageKind(kind),
        country=country,
        province=province,
        place=place,
        held_by=held_by,
        words=words,
        began=began,
        ended=ended,
        order=last + 1,
    )
    try:
        with transaction.atomic():
            stage.save(force_insert=True)
    except IntegrityError:
        raise stale(case) from None
    journal.record(actor, "cases.stage_added", case, kind=stage.kind, order=stage.order)
    return stage


@transaction.atomic
def change_stage(
    stage: Stage,
    *,
    actor: Actor,
    seen: int,
    kind: StageKind,
    country: str = "",
    province: str = "",
    place: str = "",
    held_by: str = "",
    words: str = "",
    began: str = "",
    ended: str = "",
) -> Stage:
    """Rewrite one stage, if nobody changed the case since version ``seen``."""
    case = stage.case
    access.editing.require(actor, case)
    began, ended = _span(began, ended)
    if not Case.objects.filter(pk=case.pk, version=seen).update(version=seen + 1):
        raise stale(case)
    stage.kind, stage.country, stage.province = StageKind(kind), country, province
    stage.place, stage.held_by, stage.words = place, held_by, words
    stage.began, stage.ended = began, ended
    stage.save()
    journal.record(actor, "cases.stage_changed", case, kind=stage.kind, order=stage.order)
    return stage


def _span(began: str, ended: str) -> tuple[str, str]:
    first = past(began, clock.today(), field="began")
    last = past(ended, clock.today(), field="ended")
    if first and last and last.last < first.first:
        raise Invalid(Sentence("It ended before it began. Check the two dates."), field="ended")
    return (str(first) if first else "", str(last) if last else "")
