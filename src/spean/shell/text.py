"""Translate a Sentence at the door, in the language of whoever reads it."""

from __future__ import annotations

from django.utils.translation import gettext

from spean.kernel.text import Sentence


def say(text: object) -> str:
    """Return ``text`` in the active language; a Sentence's Sentences are translated too."""
    if not isinstance(text, Sentence):
        return str(text)
    # An empty message is the catalogue's own head, with who translated it.
    translated = gettext(text.msgid) if text.msgid else ""
    if not text.params:
        return translated
    return translated.format(**{name: say(value) for name, value in text.params.items()})
