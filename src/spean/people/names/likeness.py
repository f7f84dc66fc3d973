"""How alike two names sound, from their parts in Latin letters."""

from __future__ import annotations

import re
from itertools import permutations

from spean.people.names import latin

# Beyond these a name is junk, and comparing it must stay cheap.
_MOST_PARTS = 4
_MOST_LETTERS = 40
# A part one name has and the other lacks counts half: many people give one name only.
_MISSING = 0.5
# Names read letter by letter share about this much by chance.
_CHANCE = 0.5
_SAME_KEY, _OTHER_KEY, _JOINED = 0.5, 0.85, 0.95
_CONSONANTS = re.compile("[A-Z]+")
# Vowels often written for each other: Vann and Vorn, Chenda and Chinda, Meas and Mas.
_NEAR = dict.fromkeys(("ao", "oa", "ei", "ie", "ae", "ea"), 0.5)


def of_names(one: list[str], other: list[str]) -> float:
    """Compare two names by the best pairing of their parts, from 0 to 1."""
    few, many = sorted((_chief(one), _chief(other)), key=lambda ps: (len(ps), ps))
    if not few:
        return 0.0
    table = [[of_parts(a, b) for b in many] for a in few]
    best = max(
        sum(table[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(len(many)), len(few))
    )
    paired = best / (len(few) + _MISSING * (len(many) - len(few)))
    if len(few) == len(many):
        return paired
    # Sam Oeun and Samoeun are one name, written apart and together.
    return max(paired, _JOINED * of_parts("".join(few), "".join(many)))


def _chief(words: list[str]) -> list[str]:
    if len(words) <= _MOST_PARTS:
        return words
    return sorted(words, key=lambda word: (-len(word), word))[:_MOST_PARTS]


def of_parts(one: str, other: str) -> float:
    """Compare two parts: by their vowels when the keys agree, by their letters when not."""
    one, other = sorted((one[:_MOST_LETTERS], other[:_MOST_LETTERS]))
    if one == other:
        return 1.0
    left, right = latin.rough(one), latin.rough(other)
    if latin.key(one) == latin.key(other):
        return _SAME_KEY + (1 - _SAME_KEY) * _vowels_alike(left, right)
    close = jaro_winkler(left, right)
    return _OTHER_KEY * max(0.0, (close - _CHANCE) / (1 - _CHANCE))


def _vowels_alike(left: str, right: str) -> float:
    # Chanthy and Chantha are two people, with one key: only the vowels tell them apart.
    one, other = (_CONSONANTS.sub("", text) for text in (left, right))
    if len(one) != len(other):
        return jaro_winkler(one, other)
    if not one:
        return 1.0
    pairs = zip(one, other, strict=True)
    return sum(1.0 if a == b else _NEAR.get(a + b, 0.0) for a, b in pairs) / len(one)


def jaro_winkler(one: str, other: str) -> float:
    """Compare two short strings as Winkler did for the census: 1 is equal, 0 nothing shared."""
    if one == other:
        return 1.0
    left, right = _shared(one, other)
    if not left:
        return 0.0
    shared = len(left)
    moved = sum(a != b for a, b in zip(left, right, strict=True)) / 2
    jaro = (shared / len(one) + shared / len(other) + (shared - moved) / shared) / 3
    start = 0
    while start < min(4, len(one), len(other)) and one[start] == other[start]:
        start += 1
    return jaro + start * 0.1 * (1 - jaro)


def _shared(one: str, other: str) -> tuple[list[str], list[str]]:
    """Find the letters both strings hold at about the same place, in the order of each."""
    reach = max(0, max(len(one), len(other)) // 2 - 1)
    taken: set[int] = set()
    left = []
    for at, letter in enumerate(one):
        for there in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if there not in taken and other[there] == letter:
                taken.add(there)
                left.append(letter)
                break
    return left, [other[there] for there in sorted(taken)]
