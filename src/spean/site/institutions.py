"""Agencies and checkpoints from one TOML file: the built-in public institutions, or another's."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from spean.agencies import actions as agencies
from spean.agencies.actions import Loaded
from spean.kernel.actor import Actor
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.places.actions import name_checkpoint


def built_in() -> dict[str, Any]:
    """Return the public institutions' structure that comes with Spean."""
    path = resources.files("spean.agencies") / "institutions.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load(read: dict[str, Any], *, actor: Actor) -> tuple[Loaded, int]:
    """Make or correct the agencies and checkpoints; return what was done, and how many."""
    loaded = agencies.load(read.get("agency", []), actor=actor)
    checkpoints: list[dict[str, Any]] = read.get("checkpoint", [])
    for row in checkpoints:
        if not row.get("code") or not row.get("name_en"):
            raise Invalid(Sentence("Every checkpoint needs a code and an English name (name_en)."))
        name_checkpoint(
            row["code"],
            actor=actor,
            name_en=row["name_en"],
            name_km=row.get("name_km", ""),
            province=row.get("province", ""),
        )
    return loaded, len(checkpoints)
