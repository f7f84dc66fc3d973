"""At home: arrival, hand-over, and where she was first taken in."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from spean.journal import actions as journal
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import actions as ledger
from spean.ledger.models import Entry
from spean.people import actions as people
from spean.places.countries import HOME
from spean.places.gazetteer import PROVINCES
from spean.returns import access
from spean.returns.actions._moves import credit, day_after, move, note
from spean.returns.events import HandedOver
from spean.returns.models import Return
from spean.returns.queries import gate_basis, left_on
from spean.returns.states import Placement
from spean.shell.publishing import publish


@transaction.atomic
def arrive(
    ret: Return, *, actor: Actor, on: date, checkpoint: str = "", seen: int | None = None
) -> Return:
    """Record that the person came home: from this one entry every count of returns is made."""
    access.arriving.require(actor, ret)
    gate = checkpoint or ret.checkpoint
    if gate != ret.checkpoint:
        raise Invalid(
            Sentence(
                "This return was announced to {checkpoint}. Ask the mission to correct it.",
                checkpoint=ret.checkpoint,
            ),
            field="checkpoint",
        )
    move(ret, "arrive", seen, arrived_on=day_after(ret, on, *left_on()))
    credit(ret, actor)
    entry = note(ret, "repatriated", by=actor, on=on, to=HOME, checkpoint=gate)
    Return.objects.filter(pk=ret.pk).update(repatriated_entry=entry.pk)
    ret.repatriated_entry = entry.pk
    journal.record(actor, "returns.arrived", ret, checkpoint=gate)
    return ret


@transaction.atomic
def hand_over(ret: Return, *, actor: Actor, on: date, seen: int | None = None) -> Return:
    """Record the hand-over to the agency that receives her; the checkpoint sees no more of her."""
    access.handing_over.require(actor, ret)
    move(ret, "hand_over", seen, handed_over_on=day_after(ret, on, "arrived_on"))
    credit(ret, actor)
    people.withdraw_grants(gate_basis(ret), actor=actor)
    assert ret.receiver is not None  # the policy asked
    publish(
        HandedOver(
            return_id=str(ret.pk),
            case_id=str(ret.case_id),
            person_id=str(ret.person_id),
            receiver_id=ret.receiver.pk,
        )
    )
    journal.record(actor, "returns.handed_over", ret, receiver=ret.receiver.code)
    return ret


@transaction.atomic
def note_placement(ret: Return, *, actor: Actor, placement: str, province: str = "") -> Return:
    """Complete the arrival's entry with where she was first taken in; a later move changes none."""
    access.noting_placement.require(actor, ret)
    before = Entry.objects.filter(pk=ret.repatriated_entry or 0).first()
    if ret.placement or before is None:
        return ret
    given = Placement(placement)
    home = province if province in PROVINCES else ""
    entry = ledger.record(
        before.counts_as,
        actor=actor,
        occurred=before.occurred,
        agency=before.agency,
        supporting=[code for code in before.supporting.split(";") if code],
        person=before.person,
        case=before.case,
        return_=before.return_key,
        from_=before.from_country,
        to=before.to_country,
        province=home,
        checkpoint=before.checkpoint,
        sex=before.sex,
        age=before.age,
        nationality=before.nationality,
        role=before.role,
        form=before.form,
        placement=given,
        supersedes=before,
    )
    Return.objects.filter(pk=ret.pk, placement="").update(
        placement=given, home_province=home, repatriated_entry=entry.pk
    )
    ret.placement, ret.home_province, ret.repatriated_entry = given, home, entry.pk
    journal.record(actor, "returns.placement_noted", ret, placement=given)
    return ret
