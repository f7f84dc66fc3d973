"""Latin letters: the phonetic key of a name as Cambodians spell it in many ways.

The key keeps classes of consonants and drops vowels, because it is in the vowels, in aspiration
(ph/p, th/t, chh/ch) and in silent letters that spellings of one name differ. Every rule with
examples: docs/reference/names.md.
"""

from __future__ import annotations

import re
import unicodedata

# The longest key: a page pasted into a name field must not become a page-long key.
LONGEST = 24

_NOT_LETTERS = re.compile("[^a-z]+")
# Letters that are no accented a-z to Unicode.
_BARRED = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_DOUBLED = re.compile(r"(.)\1+")
_CLASSES = {
    "C": "tch dj zh jh j ch",
    "K": "ck kh gh g q k",
    "P": "ph bh p b f",
    "T": "th dh t d",
    "N": "ng gn nh n",
    "S": "sh s z",
    "V": "w v",
    "H": "h", "L": "l", "M": "m", "R": "r",
}  # fmt: skip
_CLASS = {spelt: letter for letter, group in _CLASSES.items() for spelt in group.split()}
_SPELT = re.compile("|".join(sorted(_CLASS, key=len, reverse=True)))

# Applied in this order. Capitals are classes of consonants, small letters still vowels.
_BEFORE = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("ksm|xm", "sm"),  # Raksmey, Raxmey: Rasmey
        ("^x", "s"),  # Xuan: Suan
        ("x$", "k"),  # Vireax: Vireak
        ("x", "ks"),
        ("c(?!h)(?![eiy])", "k"),  # Prac: Prak; but Ceang: Cheang
        ("c(?!h)", "ch"),
    )
)
_AFTER = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("(?<!^)(?<![aeiouyV])(?<![aeiouy]R)H", ""),  # Sokheng, Sambhath
        ("(?<!^)H(?![aeiouy])", ""),  # Sotheah, Sahvy
        ("(?<!^)R(?![aeiouy])", ""),  # Hourt, Sorphea, Mitr
        ("(?<!^)V(?![aeiouy])", "o"),  # Kev: Keo; Sreypov: Sreypoo
        ("N[ST]$", "N"),  # Vongs, Sokunth
        ("C$", "T"),  # Pich, Pith
        (r"([A-Z])\1+", r"\1"),  # Sokkheng, Sokheng
    )
)
_GLIDE = re.compile("^y(?=[aeiou])")
_FIRST_VOWEL = re.compile("[aeiouy]")
_VOWELS = re.compile("[aeiouy]+")


def plain(word: str) -> str:
    """Reduce a word to the small letters a-z in it, without accents."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.lower()).translate(_BARRED)
    return _NOT_LETTERS.sub("", word.lower())


def sounds(word: str) -> str:
    """Write a word as classes of consonants (capitals) with its vowels between (small)."""
    text = plain(word).replace("ee", "i").replace("oo", "u")
    text = _DOUBLED.sub(r"\1", text)
    for pattern, replacement in _BEFORE:
        text = pattern.sub(replacement, text)
    text = _SPELT.sub(lambda found: _CLASS[found[0]], text)
    for pattern, replacement in _AFTER:
        text = pattern.sub(replacement, text)
    return text


def key(word: str) -> str:
    """Key a name part written in Latin letters; '' when it holds no letter."""
    text = _GLIDE.sub("Y", sounds(word))
    begins_with_vowel = _FIRST_VOWEL.match(text)
    consonants = _VOWELS.sub("", text).lower()
    return ("A" + consonants if begins_with_vowel else consonants)[:LONGEST]


def rough(word: str) -> str:
    """Write a word as its sounds with four classes of vowels, to compare two spellings."""
    return _VOWELS.sub(lambda found: _vowel(found[0]), sounds(word))


def _vowel(run: str) -> str:
    if run == "a" or run in ("ai", "ay"):
        return "a"
    if "o" in run or "u" in run:
        return "o"
    if "a" in run or run == "e" or run == "ie":
        return "e"
    return "i"
