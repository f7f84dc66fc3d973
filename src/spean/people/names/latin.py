"""Latin spellings of Khmer names to the same phonetic key as Khmer script.

Everybody spells by ear: ph is p, th is t, chh is ch; r after a vowel and h at the end are mute.
"""

from __future__ import annotations

import re
import unicodedata

_CLASSES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"chh|tch|jh|ch|j", "c"),
        (r"sh", "s"),
        (r"ph|bh|b|f", "p"),
        (r"th|dh|d", "t"),
        (r"ng", "N"),
        (r"gn|nh|ny(?=[aeiou])", "N"),
        (r"kh|gh|ck|g|q|x", "k"),
        (r"w", "v"),
        (r"z", "s"),
        (r"(?<=[aeiouy])r(?![aeiouy])", ""),  # Hourt, Sorphea: not heard
        (r"(?<=[ktpcs])h", ""),
        (r"h$", ""),
    )
)


def letters(text: str) -> str:
    """Return the plain letters of a word: no accents, no marks, lower case."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "d")).lower()
    return "".join(c for c in plain if "a" <= c <= "z")


def consonant_classes(word: str) -> str:
    """Return the key classes of a Latin spelling; ``A`` stands for a vowel at the start."""
    heard = re.sub(r"(.)\1+", r"\1", letters(word))
    for pattern, to in _CLASSES:
        heard = pattern.sub(to, heard)
    start = "A" if heard[:1] and heard[0] in "aeiou" else heard[:1]
    rest = re.sub(r"[aeiouyh]", "", heard[1:])
    return (start + rest).replace("N", "n")
