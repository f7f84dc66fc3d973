"""What the installation knows of itself."""

from __future__ import annotations

from spean.shell.models import Installation


def is_demo() -> bool:
    """Say whether this database holds only the demo's or a test's fictional people."""
    return Installation.objects.filter(pk=1, demo=True).exists()
