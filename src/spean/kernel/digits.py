"""Digits of every script people type here, to ASCII and back to Khmer."""

from __future__ import annotations

import unicodedata

_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


def to_ascii(text: str) -> str:
    """Turn every decimal digit (Khmer, Arabic, Thai, full-width …) into ASCII; leave the rest."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )


def to_khmer(text: str) -> str:
    return text.translate(_KHMER)
