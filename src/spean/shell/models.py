"""What the installation knows of itself."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    """One row: whether this database holds only the demo's or a test's fictional people."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField(default=False)
    made = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="installation_is_one_row", condition=models.Q(id=1)),
        )

    def __str__(self) -> str:
        return "demo" if self.demo else "installation"
