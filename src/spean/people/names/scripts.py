"""Which script a name is written in, cleaning of any text, and scripts other than ours."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from spean.kernel import digits
from spean.people.names import khmer

Script = Literal["km", "latin", "zh", "th", "other"]

# Nobody is called longer; the rest is cut before any work.
LONGEST = 10_000
# Control, format (zero width, bidi) and surrogate characters carry nothing in a name.
_IGNORED = frozenset({"Cc", "Cf", "Cs"})
_INVISIBLE_VOWELS = "\u17b4\u17b5"

_LETTERS: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("km", re.compile("[\u1780-\u17b3\u17dc]")),
    (
        "latin",
        re.compile(
            "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]"
        ),
    ),
    (
        "zh",
        re.compile("[\u3005\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"),
    ),
    ("th", re.compile("[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46]")),
)
_FOREIGN = re.compile("[^\u0000-\u024f\u0300-\u036f\u1e00-\u1eff]+")

# Chinese family names of two characters; all others have one.
_TWO_CHARACTERS = frozenset(
    re.findall(
        "..",
        "欧阳歐陽司马司馬诸葛諸葛上官夏侯东方東方皇甫尉迟尉遲公孙公孫慕容令狐司徒司空端木",
    )
)
# Characters read in their own way as a family name.
_FAMILY_READING = {
    "曾": "Zeng", "单": "Shan", "單": "Shan", "解": "Xie", "仇": "Qiu", "任": "Ren", "查": "Zha",
    "盖": "Ge", "区": "Ou", "區": "Ou", "洗": "Xian", "冼": "Xian",
}  # fmt: skip

_THAI_LEADING = re.compile("([เแโใไ])([ก-ฮ])")
_THAI_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_THAI_SILENT_H = re.compile("ห(?=[งญนมยรลว])")
_THAI_LAST_R = re.compile("(?<=[ก-ฮ\u0e30-\u0e4e])ร(?![\u0e01-\u0e4e])")


def script_of(text: str) -> Script:
    """Name the script most letters of a text are in; Vietnamese is Latin, no letters is other."""
    counts: dict[Script, int] = {script: len(letter.findall(text)) for script, letter in _LETTERS}
    counts["other"] = sum(c.isalpha() for c in text) - sum(counts.values())
    most = max(counts, key=lambda script: counts[script])
    return most if counts[most] else "other"


def normalise(text: str) -> str:
    """Clean a text and write it in canonical order, so that equal writing is equal text.

    Drops control, zero-width and direction characters, writes digits of any script in ASCII,
    collapses spaces, composes accents (NFC) and orders Khmer syllables, which NFC leaves as
    typed. Cuts after ``LONGEST`` characters; never raises; linear in the length of the text.
    """
    text = text[:LONGEST]
    # Every character dropped below is unprintable or an invisible vowel; most names have none.
    if not text.isprintable() or "\u17b4" in text or "\u17b5" in text:
        text = "".join(c for c in text if _kept(c))
    ordered = khmer.canonical(unicodedata.normalize("NFC", text))
    return " ".join(digits.to_ascii(ordered).split())


def _kept(c: str) -> bool:
    if c.isspace():
        return True
    return unicodedata.category(c) not in _IGNORED and c not in _INVISIBLE_VOWELS


def to_latin(word: str) -> str:
    """Write letters of other scripts in Latin letters; pictures and signs fall away."""
    return _FOREIGN.sub(lambda run: _sounded(run[0]), word)


def _sounded(run: str) -> str:
    # Here and not above: most processes never meet a name in these scripts.
    from anyascii import anyascii

    spoken = "".join(c for c in _spoken(run) if unicodedata.category(c)[0] in "LM")
    return anyascii(spoken).lower()


def _spoken(run: str) -> str:
    """Put Thai letters in the order they are said, and read Chinese family names as names."""
    run = _THAI_SILENT_H.sub("", _THAI_LEADING.sub(r"\2\1", _THAI_SILENT.sub("", run)))
    run = _THAI_LAST_R.sub("น", run)
    return _FAMILY_READING.get(run, run)


def chinese_parts(name: str) -> list[str]:
    """Split a Chinese name without spaces into family name and given name."""
    family = 2 if name[:2] in _TWO_CHARACTERS and len(name) > 2 else 1
    return [part for part in (name[:family], name[family:]) if part]
