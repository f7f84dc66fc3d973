"""Statements that are kept: what was asked, what was answered, frozen."""

from __future__ import annotations

from django.db import models

STATES = ("draft", "published", "corrected")


class Statement(models.Model):
    """A kept statement. Its content never changes; a better one is a new row."""

    number = models.CharField(max_length=16, unique=True)  # ST-2025-0007
    made = models.DateTimeField()  # the machine's own time: what was written later is not in it
    made_by = models.CharField(max_length=120)
    asked = models.JSONField()
    content = models.TextField()  # the document as JSON, as it was given out
    digest = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default="draft")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="statement_state_is_known", condition=models.Q(state__in=STATES)
            ),
        )

    def __str__(self) -> str:
        return self.number
