"""What a request says of a person, before she is registered. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One person as the request speaks of her: names are (written, kind of name)."""

    names: Sequence[tuple[str, str]] = ()
    sex: str = ""
    born: str = ""  # YYYY[-MM[-DD]]
    is_minor: bool | None = None
    nationality: str = ""
    home_province: str = ""
    home_place: str = ""
    phone: str = ""
