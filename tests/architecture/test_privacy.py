"""Every model field has a privacy class; an unclassified one fails."""

from __future__ import annotations

import tomllib

from django.apps import apps

from spean.vault.fields import EncryptedField
from tests.architecture.tree import SRC

CLASSES = {"identity", "sensitive", "coded", "public"}


def _models():
    return [m for m in apps.get_models() if m.__module__.startswith("spean.")]


def _classes_of(room: str) -> dict[str, dict[str, str]]:
    path = SRC / room / "privacy.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def test_every_field_of_every_model_has_a_privacy_class():
    missing = [
        f"{model.__module__.split('.')[1]}.{model.__name__}.{field.name}"
        for model in _models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if _classes_of(model.__module__.split(".")[1]).get(model.__name__, {}).get(field.name)
        not in CLASSES
    ]
    assert missing == []


def test_no_class_speaks_of_a_field_that_is_gone():
    known = {
        (m.__module__.split(".")[1], m.__name__, f.name)
        for m in _models()
        for f in (*m._meta.local_fields, *m._meta.local_many_to_many)
    }
    rooms = {m.__module__.split(".")[1] for m in _models()}
    stale = [
        (room, model, field)
        for room in rooms
        for model, fields in _classes_of(room).items()
        for field in fields
        if (room, model, field) not in known
    ]
    assert stale == []


def test_identity_is_always_sealed():
    """A name, an address or a free text about a person stands in no readable column.

    Staff sign in under their own names, and offices have names: those two rooms are of another
    kind, and what they hold of their own people is classed and listed there.
    """
    open_columns = [
        f"{model.__name__}.{field.name}"
        for model in _models()
        for field in model._meta.local_fields
        if model.__module__.split(".")[1] != "agencies"
        and _classes_of(model.__module__.split(".")[1]).get(model.__name__, {}).get(field.name)
        == "identity"
        and not isinstance(field, EncryptedField)
    ]
    assert open_columns == []


def test_models_with_sealed_fields_say_whose_key_seals_them():
    bad = [
        model.__name__
        for model in _models()
        if any(isinstance(f, EncryptedField) for f in model._meta.local_fields)
        and (
            not hasattr(model, "vault_subject") or model._meta.pk.get_internal_type() != "UUIDField"
        )
    ]
    assert bad == []
