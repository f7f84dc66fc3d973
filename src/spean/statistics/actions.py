"""The only writer of kept statements."""

from __future__ import annotations

import json

from django.db import transaction

from spean.journal.actions import record
from spean.kernel.actor import Actor
from spean.ledger.queries import written_now
from spean.statistics import access
from spean.statistics.models import Statement
from spean.statistics.queries import as_kept, statement_for
from spean.statistics.rules import Asked
from spean.statistics.statement import Document


@transaction.atomic
def keep(asked: Asked, *, actor: Actor) -> Document:
    """Make a statement and keep it as it stands, under a number."""
    access.making.require(actor)
    made = written_now()
    year = asked.as_of.year
    count = Statement.objects.filter(number__startswith=f"ST-{year}-").count()
    number = f"ST-{year}-{count + 1:04}"
    document = statement_for(actor, asked, number=number)
    held = Statement.objects.create(
        number=number,
        made=made,
        made_by=actor.label or actor.kind.value,
        asked=as_kept(asked),
        content=json.dumps(document, ensure_ascii=False),
        digest=document["digest"],
    )
    record(actor, "statistics.statement_kept", held, number=number)
    return document
