"""An encrypted text field for models: sealed under the key of the person, request or case.

A model with such fields has a UUID primary key (known before the row is written) and a property
``vault_subject`` naming whose key seals it, such as ``person:<uuid>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import models

from spean.kernel.text import Sentence
from spean.vault import envelope
from spean.vault.keystore import Destroyed
from spean.vault.store import keystore

ERASED = Sentence("(erased)")


class Sealed(bytes):
    """Bytes that are an envelope, not yet opened."""


class Subject(Protocol):
    """What a model must offer to hold encrypted fields."""

    pk: UUID

    @property
    def vault_subject(self) -> str: ...


def seal(row: models.Model, column: str, text: str) -> Sealed:
    """Seal ``text`` for ``row.column``: what ``.update(column=…)`` needs in a compare-and-swap."""
    return Sealed(envelope.seal(keystore().make(_subject(row)), _place(row, column), text))


def _subject(row: Any) -> str:
    subject: str = row.vault_subject
    return subject


def _place(row: models.Model, column: str) -> str:
    return f"{row._meta.db_table}.{column}:{row.pk}"


class _Opened:
    """Open the envelope when somebody reads the attribute, never before."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        if self.name not in row.__dict__:
            row.refresh_from_db(fields=[self.name])
        held = row.__dict__[self.name]
        return self._open(row, held) if isinstance(held, Sealed) else held

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[self.name] = value

    def _open(self, row: models.Model, held: Sealed) -> str:
        if not held:
            return ""
        try:
            key = keystore().get(_subject(row))
        except Destroyed:
            return ERASED
        return envelope.unseal(key, _place(row, self.name), bytes(held))


if TYPE_CHECKING:
    _Base = models.Field[str, str]
else:
    _Base = models.Field


class EncryptedField(_Base):
    """Text of any length, sealed at rest; empty text is stored as empty bytes."""

    description = "encrypted text"
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opened(self.attname))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed:
        return Sealed(bytes(value or b""))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.attname, "")
        if isinstance(held, Sealed) or held == "":
            return Sealed(held if isinstance(held, Sealed) else b"")
        return seal(model_instance, self.attname, str(held))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Sealed):
            return connection.Database.Binary(bytes(value))
        raise TypeError(
            f"{self.name} is encrypted: save it through its row, or seal() it for an update; "
            "it cannot be searched."
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs.pop("blank", None)
        return name, path, args, kwargs
