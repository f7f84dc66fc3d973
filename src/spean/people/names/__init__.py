"""Names in every script: one normal form, a romanisation to show, a key that sounds alike.

Pure functions, no database. The rules stand in docs/reference/names.md.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import permutations

from spean.kernel.digits import to_ascii
from spean.people.names import khmer, latin
from spean.people.names.scripts import Script, script_of, to_latin

__all__ = ["key", "normalise", "pair_keys", "parts", "romanise", "script_of", "similarity"]
LONGEST = 10_000  # nobody is called longer; the rest is cut before any work
MOST_PARTS = 6
_SEPARATORS = re.compile(r"[\s,.;:·•・_/|()\[\]\"“”]+")


def normalise(text: str) -> str:
    """Return the one form of a written name: NFC, Khmer marks in order, nothing invisible."""
    plain = unicodedata.normalize("NFC", text[:LONGEST])
    plain = "".join(
        c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\t\n\r"
    )
    return khmer.canonical(" ".join(to_ascii(plain).split()))


def parts(name: str) -> list[str]:
    """Return the parts of a full name; a Chinese name is family (first sign) and given."""
    found: list[str] = []
    for word in _SEPARATORS.split(normalise(name)):
        if script_of(word) == "zh" and len(word) > 1:
            found += [word[0], word[1:]]
        elif any(c.isalpha() for c in word):
            found.append(word)
    return found[:MOST_PARTS]


def romanise(text: str) -> str:
    """Write a name in Latin letters to show it; Latin is returned as it is."""
    return " ".join(_roman(word) for word in normalise(text).split(" "))


def _roman(word: str) -> str:
    script: Script = script_of(word)
    if script == "km":
        return khmer.romanise(word)
    return word if script == "latin" else to_latin(word).strip().title()


def key(word: str) -> str:
    """Return the phonetic key of one part of a name, in any script; empty if nothing sounds."""
    plain = normalise(word)
    script = script_of(plain)
    if script == "km":
        heard = khmer.consonant_classes(plain)
    else:
        heard = latin.consonant_classes(plain if script == "latin" else to_latin(plain))
    return _skeleton(heard)


def _skeleton(heard: str) -> str:
    inner = heard[:1] + heard[1:].replace("h", "").replace("y", "")
    inner = re.sub(r"(.)\1+", r"\1", inner)
    if len(inner) > 1 and inner.endswith("v"):
        inner = inner[:-1]  # Keo, Kev
    if len(inner) > 1 and inner.endswith("c"):
        inner = inner[:-1] + "t"  # a closing ch sounds t
    return re.sub(r"(.)\1+", r"\1", inner)


def pair_keys(name: str) -> tuple[str, ...]:
    """Return the sorted keys of a name's parts: the order they were written in does not matter."""
    return tuple(sorted(k for k in map(key, parts(name)) if k))


def similarity(one: str, other: str) -> float:
    """Return 0 to 1: how alike two names are, in the best order of their parts."""
    a, b = parts(one)[:4], parts(other)[:4]
    if not a or not b:
        return 0.0
    few, many = sorted((a, b), key=len)
    best = max(
        sum(_alike(x, y) for x, y in zip(few, order, strict=False))
        for order in permutations(many, len(few))
    )
    return best / (len(few) + 0.5 * (len(many) - len(few)))


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    a, b = latin.letters(_roman(one)), latin.letters(_roman(other))
    near = SequenceMatcher(None, a, b, autojunk=False).ratio()
    same_key = key(one) == key(other) != ""
    return 0.75 + 0.25 * near if same_key else 0.7 * near
