"""Names in every script: cleaned, romanised, keyed by sound, compared.

Pure and without state, so that the desk's search, the batch and the tests share one reading of a
name. Khmer script goes through a small transducer of its own (``khmer``), every other script
through Latin letters (``scripts``), and both end in one phonetic key (``latin``) on which the
many spellings of one Cambodian name agree. A key is as sensitive as the name it was made from:
it leaves this package only into keyed tokens. Nothing is cached, so no name stays in memory.
Rules and examples: docs/reference/names.md.
"""

from __future__ import annotations

import re

from spean.people.names import khmer, latin, likeness, scripts
from spean.people.names.scripts import Script, normalise, script_of

__all__ = [
    "Script",
    "key",
    "normalise",
    "pair_keys",
    "parts",
    "romanise",
    "script_of",
    "similarity",
]

# A name has a few parts; a page pasted into its field must not cost a page of tokens.
MOST_PARTS = 6

_BETWEEN = re.compile(r"[\s,.;:·•・_/|()\[\]\"“”]+")
_KHMER = re.compile("[\u1780-\u17ff]+")


def parts(name: str) -> list[str]:
    """Split a full name at its spaces; a Chinese name also after the family name.

    At most ``MOST_PARTS``; what holds no letter is no part.
    """
    return _words(normalise(name))[:MOST_PARTS]


def _words(normal: str) -> list[str]:
    words = [word for word in _BETWEEN.split(normal) if any(map(str.isalpha, word))]
    if len(words) == 1 and script_of(words[0]) == "zh":
        return scripts.chinese_parts(words[0])
    return words


def romanise(text: str) -> str:
    """Write a name in Latin letters to show beside the original; Latin stays as it is."""
    normal = normalise(text)
    if normal.isascii():
        return normal
    words = _words(normal) if script_of(normal) == "zh" else normal.split()
    return " ".join(filter(None, map(_shown, words)))


def key(word: str) -> str:
    """Key one part of a name, in any script, by its sound; '' when it holds no letter."""
    return latin.key(_latin_letters(normalise(word)))


def pair_keys(name: str) -> tuple[str, ...]:
    """Key every part of a full name, sorted: family and given name may stand in any order."""
    words = _words(normalise(name))
    keys = sorted(filter(None, (latin.key(_latin_letters(word)) for word in words)))
    return tuple(keys[:MOST_PARTS])


def similarity(a: str, b: str) -> float:
    """Compare two full names, in any scripts and order of parts, from 0 to 1."""
    one, other = parts(a), parts(b)
    if one == other:
        return 1.0 if one else 0.0
    return likeness.of_names(_sounding(one), _sounding(other))


def _sounding(words: list[str]) -> list[str]:
    return [spelt for word in words if (spelt := latin.plain(_latin_letters(word)))]


def _shown(word: str) -> str:
    return word if script_of(word) == "latin" else _latin_letters(word).capitalize()


def _latin_letters(normal: str) -> str:
    if normal.isascii():
        return normal
    text = _KHMER.sub(lambda run: khmer.letters(run[0]), normal)
    return text if text.isascii() else scripts.to_latin(text)
