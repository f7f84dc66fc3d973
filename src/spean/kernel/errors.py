"""The few ways an action can refuse. The web, the API and the command line translate each once."""

from __future__ import annotations

from spean.kernel.text import Sentence


class DomainError(Exception):
    """A refusal worth showing to the person who asked."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Denied(DomainError):
    """The actor may see the record but not do this to it."""


class IllegalMove(DomainError):
    """The lifecycle has no such move from the present state."""


class Stale(DomainError):
    """Somebody else moved the record first."""


class Invalid(DomainError):
    """What was given cannot be true; ``field`` names the form field it belongs to, if any."""

    def __init__(self, sentence: Sentence, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
