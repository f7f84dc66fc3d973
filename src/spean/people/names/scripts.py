"""Which script a name is written in, and the way of the other scripts into Latin letters."""

from __future__ import annotations

from typing import Literal

Script = Literal["km", "latin", "zh", "th", "other"]
_RANGES: tuple[tuple[str, str, Script], ...] = (
    ("\u1780", "\u17ff", "km"),
    ("\u19e0", "\u19ff", "km"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u3400", "\u9fff", "zh"),
    ("\uf900", "\ufaff", "zh"),
    ("A", "Z", "latin"),
    ("a", "z", "latin"),
    ("\u00c0", "\u024f", "latin"),
    ("\u1e00", "\u1eff", "latin"),
)


def script_of(text: str) -> Script:
    """Return the script of the first letter that tells."""
    for letter in text:
        for first, last, script in _RANGES:
            if first <= letter <= last:
                return script
    return "other"


def to_latin(text: str) -> str:
    from anyascii import anyascii  # 2 MB of tables: only for who meets another script

    return anyascii(text)
