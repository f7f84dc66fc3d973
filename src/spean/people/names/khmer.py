"""Khmer script: one canonical order of writing, and from written syllables to Latin letters.

The series table and the vowel pairs follow the usual description of Khmer spelling (two series
of consonants, each vowel sign with a value in each); where people's names are customarily
romanised in their own way (Srey, Chhoeun, Vanna, Ratanak), custom wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

COENG = "\u17d2"
ROBAT, BANTOC, MUTE, SHORT_A = "\u17cc", "\u17cb", "\u17cd", "\u17d0"
TO_FIRST, TO_SECOND = "\u17c9", "\u17ca"
NIKAHIT, REAHMUK, YUUKALEAPINTU = "\u17c6", "\u17c7", "\u17c8"

# One line for each consonant of the alphabet: letter, onset, coda, series.
_ALPHABET = """
ក k k 1  ខ kh k 1  គ k k 2  ឃ kh k 2  ង ng ng 2
ច ch ch 1  ឆ chh ch 1  ជ ch ch 2  ឈ chh ch 2  ញ nh nh 2
ដ d t 1  ឋ th th 1  ឌ d t 2  ឍ th th 2  ណ n n 1
ត t t 1  ថ th th 1  ទ t t 2  ធ th th 2  ន n n 2
ប b p 1  ផ ph p 1  ព p p 2  ភ ph p 2  ម m m 2
យ y y 2  រ r r 2  ល l l 2  វ v v 2  ឝ s s 1  ឞ s s 1
ស s s 1  ហ h h 1  ឡ l l 1  អ - - 1
"""
_ROWS = [row.split() for row in re.split(r"\s{2,}|\n", _ALPHABET) if row]
_ONSET = {letter: onset.strip("-") for letter, onset, _, _ in _ROWS}
_CODA = {letter: coda.strip("-") for letter, _, coda, _ in _ROWS}
_SERIES = {letter: int(series) for letter, _, _, series in _ROWS}
_SONORANTS = frozenset("ងញនមយរលវ")
_VELARS = frozenset("កខគឃ")
_ONCE = frozenset({"k", "ch", "nh", "t", "p"})
_ASPIRATES = frozenset("ថធឋឍន")
# Sounds Khmer borrowed: written ហ with a second letter below it.
_BORROWED = {"វ": "f", "គ": "g", "ម": "m", "ន": "n", "ល": "l", "ស": "z", "យ": "y"}

_INDEPENDENT = {
    "ឣ": "a", "ឤ": "a", "ឥ": "i", "ឦ": "ey", "ឧ": "ou", "ឨ": "ok", "ឩ": "ou", "ឪ": "ov",
    "ឫ": "ri", "ឬ": "reu", "ឭ": "li", "ឮ": "leu", "ឯ": "e", "ឰ": "ai", "ឱ": "o", "ឲ": "o",
    "ឳ": "ov",
}  # fmt: skip
# Dependent vowel signs: value in the first series, value in the second.
_VOWELS = {
    "": ("a", "o"), "ា": ("a", "ea"), "ិ": ("e", "i"), "ី": ("ey", "i"), "ឹ": ("oe", "i"),
    "ឺ": ("eu", "eu"), "ុ": ("o", "u"), "ូ": ("o", "ou"), "ួ": ("uo", "uo"), "ើ": ("oeu", "oeu"),
    "ឿ": ("oeu", "oeu"), "ៀ": ("ie", "ie"), "េ": ("e", "e"), "ែ": ("e", "e"), "ៃ": ("ai", "ey"),
    "ោ": ("o", "o"), "ៅ": ("ao", "ov"),
}  # fmt: skip
_SOUND = {**_ONSET, **_INDEPENDENT}
_TAING = "ាំ"  # what _read makes of ាំ before ង
_VOWELS[_TAING] = ("ai", "ea")
_DEPRECATED = str.maketrans({"ឣ": "អ", "ឤ": "អា", "ឨ": "ឧក"})

_STRAY_COENG = re.compile("\u17d2(?![\u1780-\u17b3])")
_MARKED = re.compile("([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])+)")
_MARK = re.compile("\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd]")
_CLUSTER = re.compile(
    "([\u1780-\u17b3])(\u17cc?)((?:\u17d2[\u1780-\u17b3])*)([\u17b6-\u17d1\u17dd]*)"
)
# Above the letter these signs leave no room for a shifter, which is then drawn, and often
# typed, as the vowel u below it: សុី for ស៊ី.
_ABOVE = frozenset("ិីឹឺើ")
_SHIFTS_UP = frozenset("ងញនបមយរលវ")


def canonical(text: str) -> str:
    """Write every Khmer syllable in one order, however it was typed."""
    return _MARKED.sub(_reordered, _STRAY_COENG.sub("", text.translate(_DEPRECATED)))


def _rank(mark: str) -> tuple[int, str]:
    if mark[0] == COENG:
        return (2 if mark[1] == "រ" else 1, "")
    if mark == ROBAT:
        return (0, "")
    if mark in (TO_FIRST, TO_SECOND):
        return (3, "")
    return (4, mark)


def _reordered(found: re.Match[str]) -> str:
    base, tail = found.groups()
    if len(tail) == 1:
        return found[0]
    # ត and ដ look the same below a letter; nobody can tell which was typed.
    marks = dict.fromkeys(_MARK.findall(tail.replace("\u17d2ដ", "\u17d2ត")))
    _compose(marks, "េ", "ា", "ោ")
    _compose(marks, "េ", "ី", "ើ")
    if "ុ" in marks and not _ABOVE.isdisjoint(marks):
        del marks["ុ"]
        if TO_FIRST not in marks:
            marks[TO_FIRST if base in _SHIFTS_UP else TO_SECOND] = None
    return base + "".join(sorted(marks, key=_rank))


def _compose(marks: dict[str, None], left: str, right: str, whole: str) -> None:
    if left in marks and right in marks:
        del marks[left], marks[right]
        marks[whole] = None


@dataclass(slots=True)
class _Cluster:
    """One letter with everything written around it."""

    base: str
    subs: str
    vowel: str
    signs: str
    bare: bool

    @property
    def series(self) -> int:
        if TO_FIRST in self.signs:
            return 1
        if TO_SECOND in self.signs:
            return 2
        ruling = [c for c in self.subs if c not in _SONORANTS] or [self.base]
        return _SERIES.get(ruling[-1], 1)


@dataclass(slots=True)
class _Syllable:
    onset: str
    series: int
    vowel: str | None  # None: an independent vowel, already in the onset
    signs: str
    coda: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return not self.coda and NIKAHIT not in self.signs


def letters(word: str) -> str:
    """Spell one canonical Khmer word in small Latin letters, syllable by syllable."""
    clusters = _read(word)
    syllables: list[_Syllable] = []
    for at, cluster in enumerate(clusters):
        _place(clusters, at, cluster, syllables)
    return "".join(
        _spell(s, syllables[at + 1] if at + 1 < len(syllables) else None)
        for at, s in enumerate(syllables)
    )


def _read(word: str) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for base, robat, below, marks in _CLUSTER.findall(word):
        subs = below.replace(COENG, "")
        vowel = next((m for m in marks if m in _VOWELS), "")
        signs = robat + marks.replace(vowel, "", 1)
        if MUTE in signs:
            if not subs:
                continue
            subs, vowel, signs = "", "", ""
        voiced = vowel or base in _INDEPENDENT or subs[-1:] in _INDEPENDENT
        bare = not voiced and not any(
            s in signs for s in (NIKAHIT, REAHMUK, YUUKALEAPINTU, SHORT_A)
        )
        if bare and base == "ង" and clusters and clusters[-1].vowel == "ា":
            _join_taing(clusters[-1])
        clusters.append(_Cluster(base, subs, vowel, signs, bare))
    _hush_last(clusters)
    return clusters


def _join_taing(before: _Cluster) -> None:
    """Read តាំង as one syllable, Taing: the sign is not an m there."""
    if NIKAHIT in before.signs:
        before.vowel, before.signs = _TAING, before.signs.replace(NIKAHIT, "")


def _hush_last(clusters: list[_Cluster]) -> None:
    """Drop what is written at the end of learned words and not said: ជាតិ, ហេតុ, សួគ៌."""
    if len(clusters) < 2:
        return
    last, before = clusters[-1], clusters[-2]
    short_i = last.vowel == "ិ" and not last.signs and (last.subs or not before.bare)
    if short_i or (last.vowel == "ុ" and last.base == "ត" and not last.signs):
        last.vowel, last.bare = "", True
    if last.bare and ROBAT in last.signs:
        # The syllable stays open; រ says so, and is silent itself.
        last.base, last.subs = "រ", ""


def _place(
    clusters: list[_Cluster], at: int, cluster: _Cluster, syllables: list[_Syllable]
) -> None:
    before = syllables[-1] if syllables else None
    if before is None or not before.open:
        syllables.append(_begin(cluster, cluster.base, cluster.subs))
    elif not cluster.bare or (cluster.subs and _starts(clusters, at)):
        base, subs = cluster.base, cluster.subs
        if subs and _splits(before, base, subs):
            before.coda.append(base)
            base, subs = subs[0], subs[1:]
        syllables.append(_begin(cluster, base, subs, clusters[at - 1]))
    elif cluster.subs or not _starts(clusters, at):
        before.coda.append(cluster.base + cluster.subs)
    else:
        syllables.append(_begin(cluster, cluster.base, ""))


def _starts(clusters: list[_Cluster], at: int) -> bool:
    """Say whether a bare letter after an open syllable begins a syllable of its own."""
    if at + 1 == len(clusters) or BANTOC in clusters[at].signs:
        return False
    following = clusters[at + 1]
    if _closes(following):
        return True  # សុវណ្ណារី
    if following.bare:
        return at + 2 == len(clusters) or not clusters[at].subs
    return at == 1 and clusters[0].bare and not clusters[at].subs


def _closes(pair: _Cluster) -> bool:
    return bool(pair.subs) and pair.base not in "សហ" and pair.subs[0] not in "យរលវ"


def _splits(before: _Syllable, base: str, subs: str) -> bool:
    """Say whether the upper letter of a pair closes the syllable before it."""
    if subs[0] == "រ" or base not in _SERIES or subs[0] not in _SERIES:
        return False
    return base != "ស" or before.vowel == "" or subs[0] == "ស"


def _begin(cluster: _Cluster, base: str, subs: str, after: _Cluster | None = None) -> _Syllable:
    if base in _INDEPENDENT or subs[-1:] in _INDEPENDENT:
        sound = "".join(_SOUND[c] for c in base + subs)
        return _Syllable(sound, 1, None, cluster.signs)
    series = cluster.series
    shifted = TO_FIRST in cluster.signs or TO_SECOND in cluster.signs
    if not shifted and after and after.bare and _soft(after, cluster):
        # រតនា, មករា: a series carries over the soft letters that follow it.
        series = after.series
    return _Syllable(_onset(base, subs, cluster), series, cluster.vowel, cluster.signs)


def _soft(after: _Cluster, cluster: _Cluster) -> bool:
    return BANTOC not in after.signs and _SONORANTS.issuperset(cluster.base + cluster.subs)


def _onset(base: str, subs: str, cluster: _Cluster) -> str:
    if base == "ហ" and subs and subs[0] in _BORROWED:
        return _BORROWED[subs[0]] + "".join(_SOUND[c] for c in subs[1:])
    first = _SOUND[base]
    if base == "ប" and (subs or TO_FIRST in cluster.signs):
        first = "p"
    if base == "ត" and cluster.subs == "ត" and cluster.base != "ត":
        first = "d"  # ភក្តី, ចិន្តា
    return first + "".join(_SOUND[c] for c in subs)


def _spell(syllable: _Syllable, following: _Syllable | None) -> str:
    closing = "".join(_coda(c) for c in syllable.coda)
    if closing in _ONCE and following and following.onset.startswith(closing):
        closing = ""  # វុទ្ធី is Vuthy, កញ្ញា is Kanha; but វណ្ណា keeps Vanna
    if syllable.vowel is None:
        return syllable.onset + ("m" if NIKAHIT in syllable.signs else "") + closing
    vowel = _vowel(syllable, following)
    if vowel == "e" and syllable.vowel == "ែ" and closing == "v":
        return syllable.onset + "eo"  # កែវ
    return syllable.onset + vowel + closing


def _coda(letters_: str) -> str:
    # Of a pair at the end only the upper letter is said; an aspirate below leaves its h.
    upper = _CODA.get(letters_[0], "")
    return "th" if upper == "t" and letters_[1:] and letters_[1] in _ASPIRATES else upper


def _vowel(syllable: _Syllable, following: _Syllable | None) -> str:
    second = syllable.series == 2
    if NIKAHIT in syllable.signs:
        return _nasal(syllable.vowel, second)
    if YUUKALEAPINTU in syllable.signs:
        return "eak" if second else "ak"
    if REAHMUK in syllable.signs:
        return _VOWELS[syllable.vowel or "ា"][second] + "h"
    closing = syllable.coda[0][0] if syllable.coda else ""
    if SHORT_A in syllable.signs:
        return _short_a(closing, second)
    return _plain_vowel(syllable, closing, following)


def _plain_vowel(syllable: _Syllable, closing: str, following: _Syllable | None) -> str:
    second = syllable.series == 2
    if not syllable.vowel:
        return _inherent(closing, syllable, following)
    if syllable.vowel == "ី" and second:
        return "i" if following or closing else "y"
    if syllable.vowel == "ា" and second and following is None and syllable.onset == "y":
        return "a"  # សូរិយា
    return _VOWELS[syllable.vowel][second]


def _nasal(vowel: str | None, second: bool) -> str:
    if vowel == "ា":
        return "eam" if second else "am"
    if not vowel or vowel == "ុ":
        return "um" if second else ("om" if vowel else "am")
    return _VOWELS[vowel][second] + "m"


def _short_a(closing: str, second: bool) -> str:
    if closing == "យ":
        return "e" if second else "a"  # ជ័យ
    if not second:
        return "a"
    return "ea" if closing in _VELARS else "oa"


def _inherent(closing: str, syllable: _Syllable, following: _Syllable | None) -> str:
    if closing == "ស":
        return "o"
    if syllable.series == 1 or not closing or (syllable.onset == "v" and closing == "ណ"):
        return "a"
    if closing in _VELARS and (following or len(syllable.coda[0]) > 1):
        return "ea"  # ភក្តី
    return "o"
