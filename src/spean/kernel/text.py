"""Sentences that people read, written once in English and translated at the door."""

from __future__ import annotations


class Sentence(str):
    """Hold an English sentence with its parameters until a door translates it.

    ``Sentence("Ask {office} first.", office=name)`` reads as English everywhere and is
    translated by ``spean.shell.text.say``. Parameters that are Sentences are translated too.
    """

    __slots__ = ("msgid", "params")
    msgid: str
    params: dict[str, object]

    def __new__(cls, msgid: str, **params: object) -> Sentence:
        self = super().__new__(cls, msgid.format(**params) if params else msgid)
        self.msgid, self.params = msgid, params
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.msgid, self.params))


def _rebuild(msgid: str, params: dict[str, object]) -> Sentence:
    return Sentence(msgid, **params)
