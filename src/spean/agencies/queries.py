"""Who works where, and what an agency's parents and children are."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from spean import vault
from spean.agencies.access import administering
from spean.agencies.models import Agency, Invitation, User
from spean.agencies.rules import digest_of, second_factor_secret
from spean.agencies.states import capabilities_of
from spean.journal.queries import last_change
from spean.kernel import clock
from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Invalid, Stale
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
    found = User.objects.filter(pk=user_id or 0)
    return found.values_list("label", flat=True).first() or "—"


def agencies() -> QuerySet[Agency]:
    return Agency.objects.order_by("name_en")


def agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


def tree() -> list[tuple[int, Agency]]:
    """Return every agency with its depth, each followed by those under it."""
    children: dict[int | None, list[Agency]] = {}
    for office in Agency.objects.order_by("code"):
        children.setdefault(office.parent_id, []).append(office)

    def walk(parent: int | None, depth: int) -> list[tuple[int, Agency]]:
        found = []
        for office in children.get(parent, []):
            found += [(depth, office), *walk(office.pk, depth + 1)]
        return found

    return walk(None, 0)


def users_for(actor: Actor) -> QuerySet[User]:
    """Return every user to an administrator; raise Denied to others."""
    administering.require(actor)
    return User.objects.select_related("agency").order_by("agency__code", "username")


def open_invitation(token: str) -> Invitation:
    """Return the invitation of a one-time link, or refuse with what to do instead."""
    held = Invitation.objects.filter(digest=digest_of(token)).select_related("user__agency").first()
    if held is None or held.used or held.expires <= clock.now() or not held.user.is_active:
        raise Invalid(
            Sentence(
                "This link was used already or has run out. Ask the administrator who sent it "
                "for a new one."
            )
        )
    return held


def secret_of(token: str) -> str:
    """Return the TOTP secret that this invitation offers."""
    return second_factor_secret(vault.ring().derive("invitations", 1), token)


def above(office: Agency) -> Agency | None:
    """Return the agency that answers when this one does not: its parent."""
    return office.parent


def under(agency_id: int) -> list[int]:
    """Return the ids of an agency and all below it."""
    found, frontier = [agency_id], [agency_id]
    while frontier:
        frontier = list(Agency.objects.filter(parent_id__in=frontier).values_list("pk", flat=True))
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
