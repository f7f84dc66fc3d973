"""What happened to whom, when, where, by which agencies. Codes only; rows are never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from spean.ledger.states import KINDS, SEXES


class Load(models.Model):
    """A bulk load: its entries are seen by no query until ``shown`` is set, once for all."""

    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)  # of the file, to know it again
    made = models.DateTimeField()
    shown = models.DateTimeField(null=True)
    lines = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["source"], name="ledger_load_source"),)

    def __str__(self) -> str:
        return f"load {self.pk}"


def _text(length: int) -> Any:
    return models.CharField(max_length=length, blank=True, default="")


class Entry(models.Model):
    """One thing that happened. Append-only: a correction is a new entry that supersedes this."""

    kind = models.CharField(max_length=24)
    counts_as = models.CharField(max_length=24)  # a correction counts as what it corrects
    occurred = models.CharField(max_length=10)
    occurred_first = models.DateField()
    occurred_last = models.DateField()
    recorded = models.DateTimeField()  # when it was known; what "as known at" asks
    loaded = models.DateTimeField()  # when this row was truly written
    person = _text(64)
    case = _text(64)
    request = _text(64)
    return_key = _text(64)
    operation = _text(64)
    proceeding = _text(64)
    interview = _text(64)
    agency = _text(40)
    supporting = _text(400)
    from_country = _text(3)
    to_country = _text(3)
    province = _text(8)
    checkpoint = _text(40)
    sex = _text(8)
    age = _text(8)
    nationality = _text(3)
    role = _text(12)
    form = _text(40)
    cause = _text(40)
    placement = _text(40)
    outcome = _text(40)
    ref = _text(64)
    other = _text(64)  # the second person of persons_joined and persons_parted
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    load = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        indexes = (
            models.Index(fields=["counts_as", "occurred_first"], name="ledger_by_kind"),
            models.Index(fields=["person"], name="ledger_by_person", condition=~Q(person="")),
            models.Index(fields=["case"], name="ledger_by_case", condition=~Q(case="")),
            models.Index(fields=["request"], name="ledger_by_request", condition=~Q(request="")),
            models.Index(
                fields=["return_key"], name="ledger_by_return", condition=~Q(return_key="")
            ),
            models.Index(fields=["ref"], name="ledger_by_ref", condition=~Q(ref="")),
        )
        constraints = (
            models.CheckConstraint(
                name="ledger_kind_is_known", condition=Q(kind__in=sorted(KINDS))
            ),
            models.CheckConstraint(
                name="ledger_sex_is_known", condition=Q(sex__in=["", *sorted(SEXES)])
            ),
            models.CheckConstraint(
                name="ledger_interval_is_in_order",
                condition=Q(occurred_first__lte=F("occurred_last")),
            ),
            models.CheckConstraint(
                name="ledger_correction_names_an_entry",
                condition=~Q(kind__in=["corrected", "withdrawn"]) | Q(supersedes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred}"
