"""What was shared is taken back when a person no longer agrees."""

from __future__ import annotations

from django.db import transaction

from spean.cases import actions as cases
from spean.cases.models import Case
from spean.journal import actions as journal
from spean.journal.models import name_of
from spean.kernel.actor import Actor
from spean.people import actions as people
from spean.people.access import sharing
from spean.people.models import Person
from spean.referrals import access
from spean.referrals.models import Referral


@transaction.atomic
def recall(person: Person, *, actor: Actor) -> list[Referral]:
    """Take back what referrals show of a person who no longer agrees; return those touched."""
    touched = []
    for case in Case.objects.filter(participants__person=person):
        for referral in case.referrals.select_related("receiver", "case").order_by("sent"):
            if _stands_no_longer(referral, person, actor):
                access.recalling.require(actor)
                _show_only_others(referral, actor)
                journal.record(actor, "referrals.recalled", referral, person=str(person.pk))
                touched.append(referral)
    return touched


def _show_only_others(referral: Referral, actor: Actor) -> None:
    """A ground is withdrawn whole: give back what the others still agree to."""
    basis = name_of(referral)
    people.withdraw_grants(basis, actor=actor)
    agreeing = False
    for other in access.victims_of(referral.case):
        if sharing.allows(actor, other, referral.receiver, referral.fields):
            agreeing = True
            people.grant(
                other,
                actor=actor,
                agency=referral.receiver,
                basis=basis,
                fields=referral.fields,
            )
    if not agreeing:
        cases.withdraw_grants(basis, actor=actor)


def _stands_no_longer(referral: Referral, person: Person, actor: Actor) -> bool:
    shows = referral.fields and person.grants.filter(basis=name_of(referral), withdrawn=None)
    return bool(shows) and not sharing.allows(actor, person, referral.receiver, referral.fields)
