"""Who works where, and what an agency's parents and children are."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from spean.agencies.models import Agency, User
from spean.agencies.states import capabilities_of
from spean.journal.queries import last_change
from spean.kernel import clock
from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Stale
from spean.kernel.text import Sentence


def actor_for(user: User) -> Actor:
    """Return the actor that a signed-in user is."""
    return Actor(
        kind=Kind.USER,
        user_id=user.pk,
        agency_id=user.agency_id,
        agency_code=user.agency.code,
        roles=user.role_set,
        capabilities=capabilities_of(user.role_set),
        label=user.label,
    )


def label_of(user_id: int | None) -> str:
    """Return what colleagues call a user, such as for "who was first"."""
    return User.objects.filter(pk=user_id).values_list("label", flat=True).first() or "—"


def agencies() -> QuerySet[Agency]:
    return Agency.objects.order_by("name_en")


def agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


def above(office: Agency) -> Agency | None:
    """Return the agency that answers when this one does not: its parent."""
    return office.parent


def under(agency_id: int) -> list[int]:
    """Return the ids of an agency and all below it."""
    found, frontier = [agency_id], [agency_id]
    while frontier:
        frontier = list(
            Agency.objects.filter(parent_id__in=frontier).values_list("pk", flat=True)
        )
        found += frontier
    return found


def stale(row: models.Model) -> Stale:
    """Return the refusal that tells the second person who was first, and when."""
    first = last_change(row)
    return Stale(
        Sentence(
            "{who} changed this at {when}, before you. What you typed is kept below: look at "
            "what changed, then save again.",
            who=label_of(first.user_id) if first and first.user_id else Sentence("Somebody"),
            when=first.at.astimezone(clock.zone()).strftime("%H:%M") if first else "—",
        )
    )
