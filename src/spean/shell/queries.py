"""What the installation knows of itself."""

from __future__ import annotations

from django.apps import apps

from spean.shell.models import Installation


def is_demo() -> bool:
    """Say whether this database holds only the demo's or a test's fictional people."""
    return Installation.objects.filter(pk=1, demo=True).exists()


def is_empty() -> bool:
    """Say whether nothing was ever done here: the journal has no entry."""
    return not apps.get_model("journal", "Entry").objects.exists()
