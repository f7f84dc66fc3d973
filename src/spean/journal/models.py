"""Who did or saw what: append-only, each entry sealed to the one before."""

from __future__ import annotations

from typing import Any

from django.db import models

SEALED = ("seq", "at", "kind", "user_id", "agency", "fact", "subject", "purpose", "codes")


class Entry(models.Model):
    """One fact. Codes and ids only: never a name, never a free text."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)  # user, operator, public, system
    user_id = models.BigIntegerField(null=True)
    agency = models.CharField(max_length=40, blank=True)
    fact = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)  # such as cases.case:<id>
    purpose = models.CharField(max_length=40, blank=True)
    codes = models.JSONField(default=dict)
    key_version = models.PositiveSmallIntegerField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = (
            models.Index(fields=["subject"], name="journal_by_subject"),
            models.Index(fields=["fact", "at"], name="journal_by_fact"),
            models.Index(fields=["user_id", "at"], name="journal_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.fact}"

    def sealed_values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SEALED}


def name_of(row: models.Model) -> str:
    """Return how the journal points at a row: ``cases.case:<id>``, never a foreign key."""
    return f"{row._meta.label_lower}:{row.pk}"
