"""News travels up: one job row a subscriber, written inside the action's transaction."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from spean.kernel.events import Event, rebuild, subscribers

ATTEMPTS = 5
_log = logging.getLogger(__name__)


def publish(event: Event) -> None:
    """Write a job for each subscriber; if the transaction is undone, so are the jobs."""
    name = type(event).__name__
    for subscriber in subscribers(name):
        deliver.enqueue(name, subscriber, event.payload(), 1)


@task()
def deliver(event: str, subscriber: str, payload: dict[str, Any], attempt: int) -> None:
    """Call one subscriber; on failure try again later, five times in all, ever more slowly."""
    handler = subscribers(event).get(subscriber)
    if handler is None:
        return
    try:
        with transaction.atomic():
            handler(rebuild(event, payload))
    except Exception as error:  # noqa: BLE001 - whatever broke, the news is kept and tried again
        if attempt >= ATTEMPTS:
            raise Undelivered(f"{subscriber} on {event}: {type(error).__name__}") from None
        _log.warning("an event's subscriber failed; it will be tried again", exc_info=True)
        later = timezone.now() + timedelta(minutes=4**attempt)
        deliver.using(run_after=later).enqueue(event, subscriber, payload, attempt + 1)


class Undelivered(Exception):
    """A subscriber failed five times; ``spean doctor`` shows it."""
