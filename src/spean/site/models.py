"""What the running processes agree on."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """Who does a thing that only one process may do at a time, and until when."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()
    done = models.DateTimeField(null=True)  # when it was last done to the end

    def __str__(self) -> str:
        return self.name
