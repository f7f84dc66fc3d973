"""Places that the ledger names by a code of our own."""

from __future__ import annotations

from django.db import models


class Checkpoint(models.Model):
    """A border post, airport or port; its code stands in the ledger."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_km = models.CharField(max_length=200, blank=True)
    province = models.CharField(max_length=8, blank=True)
    country = models.CharField(max_length=3, default="KHM")

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> str:
        return (self.name_km if language == "km" else "") or self.name_en or self.code
