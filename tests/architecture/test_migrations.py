"""Migrations stand in the rooms' line too: a room's tables need no room above it."""

from __future__ import annotations

import tomllib

import pytest
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import ROOT

_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LINE = next(c for c in _CONTRACTS["contracts"] if c["type"] == "layers" and c.get("exhaustive"))
HEIGHT = {room: place for place, room in enumerate(reversed(LINE["layers"]))}


def _ours():
    loader = MigrationLoader(None)
    return {key: m for key, m in loader.disk_migrations.items() if key[0] in HEIGHT}


def test_a_migration_depends_on_no_room_above_its_own():
    upward = [
        (key, needed)
        for key, migration in _ours().items()
        for needed in migration.dependencies
        if HEIGHT.get(needed[0], 0) > HEIGHT[key[0]]
    ]
    assert upward == []


# Goes with the first release: from then on a change is a migration of its own.
@pytest.mark.parametrize("room", sorted({key[0] for key in _ours()}))
def test_until_the_first_release_one_migration_makes_a_room_s_tables(room):
    making = sorted(
        key[1]
        for key, migration in _ours().items()
        if key[0] == room and not all(isinstance(o, RunPython) for o in migration.operations)
    )
    assert making == ["0001_initial"]
