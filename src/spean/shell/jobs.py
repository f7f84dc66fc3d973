"""Run the jobs that are due: in the job process, in tests and in the demo alike."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

STUCK = timedelta(minutes=10)


def revive() -> int:
    """Make jobs ready again whose process died in the middle; return how many."""
    before = timezone.now() - STUCK
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    return stuck.update(status=TaskResultStatus.READY)


def run_due(limit: int = 1000) -> int:
    """Run up to ``limit`` due jobs, oldest first; return how many ran.

    A job is taken by compare-and-swap, so two job processes never run the same one.
    """
    ran = 0
    while ran < limit:
        row = DBTaskResult.objects.ready().order_by("-priority", "enqueued_at").first()
        if row is None:
            return ran
        taken = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING,
            started_at=timezone.now(),
        )
        if taken:
            _run(row)
        ran += 1
    return ran


def _run(row: DBTaskResult[..., None]) -> None:
    try:
        with transaction.atomic():
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as error:  # noqa: BLE001 - kept on the row; doctor shows it
        row.set_failed(error)
    else:
        row.set_successful(None)
