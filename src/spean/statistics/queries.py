"""Statements: made when asked for, or kept."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import mirror
from spean.statistics import access, counting, statement
from spean.statistics.models import Statement
from spean.statistics.rules import Asked


def statement_for(actor: Actor, asked: Asked, *, number: str | None = None) -> statement.Document:
    """Make a statement: bring the mirror up to date, count, write it down."""
    access.making.require(actor)
    manifest = mirror.up_to_date()
    return statement.write(asked, counting.count(asked, manifest), number=number)


def statements_for(actor: Actor) -> QuerySet[Statement]:
    """Return the kept statements, the newest first."""
    if not access.making.allows(actor):
        return Statement.objects.none()
    return Statement.objects.order_by("-pk")


def kept(actor: Actor, number: str) -> Statement:
    """Return a kept statement, or refuse with how to see the list."""
    found = statements_for(actor).filter(number=number.strip().upper()).first()
    if found is None:
        raise Invalid(
            Sentence(
                "No statement {number} is kept here. A statement is kept with --keep.",
                number=number[:20],
            )
        )
    return found


def remade(actor: Actor, held: Statement) -> statement.Document:
    """Make a kept statement again from what was in the ledger when it was made."""
    asked = dataclasses.replace(question(held), before=held.made)
    return statement_for(actor, asked, number=held.number)


def question(held: Statement) -> Asked:
    """Return what the kept statement was asked for."""
    asked: dict[str, Any] = dict(held.asked)
    for name in ("first", "last", "as_of"):
        asked[name] = date.fromisoformat(asked[name])
    asked["measures"] = tuple(asked["measures"])
    asked["keys"] = tuple(asked["keys"])
    asked["by"] = tuple(tuple(by) for by in asked["by"])
    asked["where"] = tuple((column, value) for column, value in asked["where"])
    return Asked(**asked)


def as_kept(asked: Asked) -> dict[str, Any]:
    """Return the question as JSON can hold it."""
    held = dataclasses.asdict(asked)
    held.pop("before")
    return {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in held.items()}
