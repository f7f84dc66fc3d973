"""Khmer script: one order of marks, a romanisation to show, and the phonetic key.

NFC does not unify the order of subscripts and vowel signs, so ``canonical`` does: base, robat,
subscripts (ro last), register shifter, vowel, other signs. The transducer walks such clusters
once; each rule has its example in docs/reference/names.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COENG = "\u17d2"
_CLUSTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])*")
_MARKS = re.compile("\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd]")
_ROBAT, _SILENT = "\u17cc", "\u17cd"
_SHIFT_TO_FIRST, _SHIFT_TO_SECOND = "\u17c9", "\u17ca"
_VOWELS = "\u17b6-\u17c5"

# consonant: (key class, romanisation, romanisation at the end of a syllable)
CONSONANTS: dict[str, tuple[str, str, str]] = {
    "ក": ("k", "k", "k"), "ខ": ("k", "kh", "k"), "គ": ("k", "k", "k"), "ឃ": ("k", "kh", "k"),
    "ង": ("n", "ng", "ng"), "ច": ("c", "ch", "ch"), "ឆ": ("c", "chh", "ch"),
    "ជ": ("c", "ch", "ch"), "ឈ": ("c", "chh", "ch"), "ញ": ("n", "nh", "nh"),
    "ដ": ("t", "d", "t"), "ឋ": ("t", "th", "t"), "ឌ": ("t", "d", "t"), "ឍ": ("t", "th", "t"),
    "ណ": ("n", "n", "n"), "ត": ("t", "t", "t"), "ថ": ("t", "th", "t"), "ទ": ("t", "t", "t"),
    "ធ": ("t", "th", "t"), "ន": ("n", "n", "n"), "ប": ("p", "b", "p"), "ផ": ("p", "ph", "p"),
    "ព": ("p", "p", "p"), "ភ": ("p", "ph", "p"), "ម": ("m", "m", "m"), "យ": ("y", "y", "y"),
    "រ": ("r", "r", ""), "ល": ("l", "l", "l"), "វ": ("v", "v", "v"), "ស": ("s", "s", "s"),
    "ហ": ("h", "h", ""), "ឡ": ("l", "l", "l"), "អ": ("", "", ""), "ឝ": ("s", "s", "s"),
    "ឞ": ("s", "s", "s"),
}  # fmt: skip
_FIRST_SERIES = set("កខចឆដឋណតថបផសហឡអ")
# vowel sign: (after the first series, after the second)
_VOWEL: dict[str, tuple[str, str]] = {
    "": ("o", "o"), "ា": ("a", "ea"), "ិ": ("e", "i"), "ី": ("ei", "y"), "ឹ": ("oe", "ue"),
    "ឺ": ("eu", "eu"), "ុ": ("o", "u"), "ូ": ("o", "ou"), "ួ": ("uo", "uo"), "ើ": ("aeu", "eu"),
    "ឿ": ("oeu", "oeu"), "ៀ": ("ie", "ie"), "េ": ("e", "e"), "ែ": ("ae", "e"), "ៃ": ("ai", "ey"),
    "ោ": ("ao", "o"), "ៅ": ("au", "ov"), "័": ("a", "oa"),
}  # fmt: skip
# independent vowel: (key, romanisation)
_INDEPENDENT: dict[str, tuple[str, str]] = {
    "ឣ": ("", "a"), "ឤ": ("", "a"), "ឥ": ("", "e"), "ឦ": ("", "ei"), "ឧ": ("", "o"),
    "ឨ": ("", "ok"), "ឩ": ("", "ou"), "ឪ": ("", "ov"), "ឫ": ("r", "rue"), "ឬ": ("r", "rue"),
    "ឭ": ("l", "lue"), "ឮ": ("l", "lue"), "ឯ": ("", "ae"), "ឰ": ("", "ai"), "ឱ": ("", "ao"),
    "ឲ": ("", "ao"), "ឳ": ("", "au"),
}  # fmt: skip
# ហ carries foreign sounds with a subscript: ហ្វ f, ហ្ស z, ហ្គ g.
_FOREIGN = {
    "វ": ("p", "f"), "ស": ("s", "z"), "គ": ("k", "g"),
    "ន": ("n", "n"), "ម": ("m", "m"), "ល": ("l", "l"),
}  # fmt: skip
_COMPOSED = (("េា", "ោ"), ("េី", "ើ"), ("េៅ", "ៅ"), ("ំា", "ាំ"))


@dataclass(frozen=True)
class Cluster:
    base: str
    below: tuple[str, ...]
    vowel: str
    signs: str

    @property
    def is_bare(self) -> bool:
        """Nothing written after the consonant: it may close the syllable before."""
        return not self.vowel and not self.below and "ំ" not in self.signs and "ះ" not in self.signs


def canonical(text: str) -> str:
    """Put the marks of every cluster into one order; other text is left as it is."""
    for split, whole in _COMPOSED:
        text = text.replace(split, whole)
    return _CLUSTER.sub(lambda m: _ordered(m[0]), text)


def _ordered(cluster: str) -> str:
    marks = _MARKS.findall(cluster[1:])
    return cluster[0] + "".join(sorted(marks, key=_rank))


def _rank(mark: str) -> int:
    if mark == _ROBAT:
        return 0
    if mark.startswith(COENG):
        return 2 if mark[1] == "រ" else 1
    if mark in (_SHIFT_TO_FIRST, _SHIFT_TO_SECOND):
        return 3
    return 4 if "\u17b6" <= mark <= "\u17c5" or mark == "័" else 5


def clusters(word: str) -> list[Cluster]:
    found = []
    for match in _CLUSTER.finditer(canonical(word)):
        marks = _MARKS.findall(match[0][1:])
        if _SILENT in marks:
            continue  # ៍ silences the whole cluster: កុមារ៍
        found.append(
            Cluster(
                base=match[0][0],
                below=tuple(m[1] for m in marks if m.startswith(COENG)),
                vowel=next((m for m in marks if m in _VOWEL), ""),
                signs="".join(m for m in marks if not m.startswith(COENG) and m not in _VOWEL),
            )
        )
    return found


def consonant_classes(word: str) -> str:
    """Return the key classes of the consonants that are heard; ``A`` for a vowel at the start."""
    found = clusters(word)
    return "".join(_classes(found, at) for at in range(len(found)))


def _classes(found: list[Cluster], at: int) -> str:
    c = found[at]
    if c.base in _INDEPENDENT:
        heard = _INDEPENDENT[c.base][0]
    elif _closes(found, at) and c.base in "រហ":
        return ""  # a closing ro or ha is not heard: ការ, ធារ
    elif c.base == "ហ" and c.below and c.below[0] in _FOREIGN:
        heard = _FOREIGN[c.below[0]][0]
        c = Cluster(c.base, c.below[1:], c.vowel, c.signs)
    else:
        heard = CONSONANTS.get(c.base, ("", "", ""))[0]
    if at == 0 and not heard:
        heard = "A"
    heard += "".join(_below(found, at, letter) for letter in c.below)
    return heard + ("m" if "ំ" in c.signs else "")


def _below(found: list[Cluster], at: int, letter: str) -> str:
    is_last = at == len(found) - 1
    if is_last and at > 0 and not found[at].vowel and letter in "រយ":
        return ""  # a closing subscript ro or yo is not heard: វិចិត្រ, សត្យ
    return CONSONANTS.get(letter, ("", "", ""))[0]


def _closes(found: list[Cluster], at: int) -> bool:
    """Say whether a bare consonant closes the syllable before it."""
    if at == 0 or not found[at].is_bare:
        return False
    if at == len(found) - 1:
        return True
    has_vowel_before = bool(found[at - 1].vowel)
    return has_vowel_before and not found[at + 1].is_bare


def romanise(word: str) -> str:
    """Write a Khmer word in Latin letters, near to how names are usually spelt."""
    return "".join(_spelt(word)).capitalize()


def _spelt(word: str) -> Iterator[str]:
    found = clusters(word)
    for at, c in enumerate(found):
        if c.base in _INDEPENDENT:
            yield _INDEPENDENT[c.base][1]
        elif _closes(found, at):
            yield CONSONANTS.get(c.base, ("", "", ""))[2]
            continue
        else:
            yield _onset(c)
        closed = at + 1 < len(found) and _closes(found, at + 1)
        yield from _rhyme(c, closed=closed, is_last=at == len(found) - 1)


def _onset(c: Cluster) -> str:
    if c.base == "ហ" and c.below and c.below[0] in _FOREIGN:
        return _FOREIGN[c.below[0]][1]
    below = (
        "" if _is_silent_end(c) else "".join(CONSONANTS.get(b, ("", "", ""))[1] for b in c.below)
    )
    return CONSONANTS.get(c.base, ("", "", ""))[1] + below


def _is_silent_end(c: Cluster) -> bool:
    return not c.vowel and bool(c.below) and c.below[-1] in "រយ"


def _rhyme(c: Cluster, *, closed: bool, is_last: bool) -> Iterator[str]:
    series = 0 if (c.below[-1] if c.below else c.base) in _FIRST_SERIES else 1
    if _SHIFT_TO_FIRST in c.signs:
        series = 0
    if _SHIFT_TO_SECOND in c.signs:
        series = 1
    nasal_alone = "ំ" in c.signs and not c.vowel
    heard = c.vowel or closed or not is_last
    if heard and not nasal_alone and c.base not in _INDEPENDENT:
        yield _VOWEL[c.vowel][series]
    if "ំ" in c.signs:
        yield "m" if c.vowel else ("am", "um")[series]
