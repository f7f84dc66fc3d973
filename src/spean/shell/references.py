"""References that stand for one row for good."""

from __future__ import annotations

from django.db import models

from spean.kernel.ids import reference


def unused_reference(model: type[models.Model], prefix: str) -> str:
    """Return a reference that no row bears: of a hundred thousand drawn, some come up twice."""
    drawn = reference(prefix)
    while model._default_manager.filter(ref=drawn).exists():
        drawn = reference(prefix)
    return drawn
