"""Which agencies beside the lead see a case, and which are kept from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spean.agencies.models import Agency
from spean.cases import access
from spean.cases.models import Case, Grant, Participant
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.people import actions as people


@transaction.atomic
def grant(
    case: Case, *, actor: Actor, agency: Agency, basis: str, until: datetime | None = None
) -> Grant:
    """Let an agency see a case, on a ground such as a referral."""
    access.granting.require(actor, case)
    held = write_grant(case, agency_id=agency.pk, basis=basis, until=until)
    journal.record(actor, "cases.granted", case, to=agency.code, basis=basis)
    return held


@transaction.atomic
def let_in(case: Case, *, actor: Actor, agency: Agency) -> Grant:
    """Let an agency see a case that the actor's own leads, without a referral."""
    access.letting_in.require(actor, case)
    return grant(case, actor=actor, agency=agency, basis=f"cases.let_in:{case.pk}")


def write_grant(case: Case, *, agency_id: int, basis: str, until: datetime | None = None) -> Grant:
    """Write a grant once a ground; the caller has judged that it may be."""
    held, _ = Grant.objects.get_or_create(
        case=case,
        agency_id=agency_id,
        basis=basis,
        excluded=False,
        withdrawn=None,
        defaults={"since": clock.now(), "until": until},
    )
    return held


@transaction.atomic
def withdraw_grants(basis: str, *, actor: Actor) -> int:
    """End every grant on one ground; return how many ended."""
    standing = list(
        Grant.objects.filter(basis=basis, withdrawn=None, excluded=False).select_related(
            "case", "agency"
        )
    )
    for held in standing:
        access.granting.require(actor, held.case)
    Grant.objects.filter(pk__in=[held.pk for held in standing]).update(withdrawn=clock.now())
    for held in standing:
        journal.record(actor, "cases.grant_withdrawn", held.case, to=held.agency.code, basis=basis)
    return len(standing)


@transaction.atomic
def exclude(case: Case, *, actor: Actor, agency: Agency) -> Grant:
    """Keep an agency from a case and its persons, whatever else would let it in."""
    access.excluding.require(actor, case)
    if agency.pk == case.lead_agency_id:
        raise Invalid(
            Sentence("This agency leads the case. Hand it over to another one first."),
            field="agency",
        )
    held, _ = Grant.objects.get_or_create(
        case=case,
        agency=agency,
        excluded=True,
        withdrawn=None,
        defaults={"since": clock.now(), "basis": f"cases.case:{case.pk}"},
    )
    for entered in Participant.objects.filter(case=case).select_related("person"):
        people.exclude(entered.person, actor=actor, agency=agency, basis=f"cases.case:{case.pk}")
    journal.record(actor, "cases.excluded", case, kept_from=agency.code)
    return held
