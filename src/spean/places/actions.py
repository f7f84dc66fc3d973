"""The only writer of the lists of places."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from spean.kernel.actor import Actor
from spean.places import access
from spean.places.models import Checkpoint


@transaction.atomic
def list_checkpoints(codes: Iterable[str], *, actor: Actor) -> list[str]:
    """Add the codes that are not yet listed, without names; return those added."""
    access.listing.require(actor)
    wanted = sorted(set(codes))
    known = set(Checkpoint.objects.filter(code__in=wanted).values_list("code", flat=True))
    new = [code for code in wanted if code not in known]
    Checkpoint.objects.bulk_create(Checkpoint(code=code) for code in new)
    return new


@transaction.atomic
def name_checkpoint(
    code: str, *, actor: Actor, name_en: str, name_km: str = "", province: str = ""
) -> Checkpoint:
    """Add a checkpoint, or correct its names."""
    access.listing.require(actor)
    held, _ = Checkpoint.objects.update_or_create(
        code=code, defaults={"name_en": name_en, "name_km": name_km, "province": province}
    )
    return held
