"""What changes the installation's own row."""

from __future__ import annotations

from spean.kernel import clock
from spean.shell.models import Installation


def mark_demo() -> None:
    """Say for good that this database holds only fictional people."""
    Installation.objects.update_or_create(pk=1, defaults={"demo": True, "made": clock.now()})
