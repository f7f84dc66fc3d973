"""Is this the same person? Points for each agreement and disagreement, each with its sentence.

The points stand in ``model.toml``: log-odds to base 2, meant to be read and edited. A score is
advice; a person decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from spean.kernel.digits import to_ascii
from spean.kernel.text import Sentence
from spean.people import names

PHONE_DIGITS = 8  # the end of a number says who; the beginning says only from where one dials


@dataclass(frozen=True)
class Traits:
    """What is known of a person and may be compared: plain values, opened from the vault."""

    names: tuple[str, ...] = ()
    born: str = ""  # YYYY[-MM[-DD]]
    sex: str = ""
    province: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One comparison: how it came out, what it weighs, and why in words."""

    field: str
    level: str
    points: float
    sentence: Sentence

    @property
    def agrees(self) -> bool:
        return self.points > 0


@lru_cache(maxsize=1)
def model() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "model.toml").read_text(encoding="utf-8"))


_SENTENCES = {
    ("name", "same"): Sentence("The name is written the same."),
    ("name", "sounds"): Sentence("Family and given name sound the same."),
    ("name", "alike"): Sentence("The names are alike, but not quite the same."),
    ("name", "part"): Sentence("One part of the name sounds the same."),
    ("name", "differs"): Sentence("The names sound different."),
    ("born", "day"): Sentence("The date of birth is the same."),
    ("born", "swapped"): Sentence("The date of birth is the same with day and month exchanged."),
    ("born", "month"): Sentence("Year and month of birth are the same."),
    ("born", "year"): Sentence("The year of birth is the same."),
    ("born", "near"): Sentence("The years of birth are near each other."),
    ("born", "differs"): Sentence("The years of birth do not agree."),
    ("sex", "same"): Sentence("The sex is the same."),
    ("sex", "differs"): Sentence("The sex is not the same."),
    ("province", "same"): Sentence("The home province is the same."),
    ("province", "differs"): Sentence("The home provinces are not the same."),
    ("phone", "same"): Sentence("The telephone number is the same."),
}


def weigh(one: Traits, other: Traits) -> list[Reason]:
    """Compare two persons field by field; what is not known on either side says nothing."""
    levels = {
        "name": _names(one.names, other.names),
        "born": _born(one.born, other.born),
        "sex": _plain(one.sex, other.sex),
        "province": _plain(one.province, other.province),
        "phone": "same" if set(_ends(one.phones)) & set(_ends(other.phones)) else "",
    }
    return [
        Reason(field, level, float(model()[field][level]), _SENTENCES[field, level])
        for field, level in levels.items()
        if level
    ]


def probability(reasons: Iterable[Reason]) -> float:
    """Turn points into a probability that the two are one person."""
    weight = float(model()["prior"]) + sum(reason.points for reason in reasons)
    return float(1 / (1 + 2.0**-weight))


def _plain(one: str, other: str) -> str:
    if not one or not other:
        return ""
    return "same" if one == other else "differs"


def _ends(phones: Iterable[str]) -> Iterator[str]:
    for phone in phones:
        digits = "".join(c for c in to_ascii(phone) if c.isdigit())
        if len(digits) >= PHONE_DIGITS:
            yield digits[-PHONE_DIGITS:]


_BEST_FIRST = ("same", "sounds", "alike", "part", "differs")


def _names(ours: Iterable[str], theirs: Iterable[str]) -> str:
    found = {_name(one, other) for one in ours for other in theirs}
    return next((level for level in _BEST_FIRST if level in found), "")


def _name(one: str, other: str) -> str:
    if _letters(one) == _letters(other):
        return "same"
    if _pairs(one) & _pairs(other):
        return "sounds"
    if names.similarity(one, other) >= float(model()["limits"]["alike"]):
        return "alike"
    return "part" if _part_keys(one) & _part_keys(other) else "differs"


def _letters(written: str) -> list[str]:
    return sorted(part.casefold() for part in names.parts(written))


def _part_keys(written: str) -> set[str]:
    return set(names.pair_keys(written))


def _pairs(written: str) -> set[str]:
    """Return every two parts' keys together: family and given name, in either order."""
    return {"+".join(pair) for pair in combinations(names.pair_keys(written), 2)}


def _born(one: str, other: str) -> str:
    if not one or not other:
        return ""
    a, b = one.split("-"), other.split("-")
    if len(a) == len(b) == 3:
        if a == b:
            return "day"
        if a[0] == b[0] and (a[1], a[2]) == (b[2], b[1]):
            return "swapped"
    if a[0] == b[0]:
        return "month" if a[1:2] and a[1:2] == b[1:2] else "year"
    is_near = abs(int(a[0]) - int(b[0])) <= int(model()["limits"]["near_years"])
    return "near" if is_near else "differs"


# --- what the search asks by: kinds and values, before they are keyed --------------------------


def stored(traits: Traits) -> set[tuple[str, str]]:
    """Return the (kind, value) tokens under which a person is found."""
    year = traits.born[:4]
    found = {("PH", end) for end in _ends(traits.phones)}
    for written in traits.names:
        found.add(("X", names.normalise(written)))
        found |= set(_combined("N", _pairs(written), year, traits.province))
        found |= set(_combined("G", _part_keys(written), year, traits.province))
    return found


def _combined(
    kind: str, keys: Iterable[str], year: str, province: str
) -> Iterator[tuple[str, str]]:
    for key in keys:
        yield kind, key
        if year:
            yield f"{kind}Y", f"{key}|{year}"
        if province:
            yield f"{kind}P", f"{key}|{province}"


def asked(traits: Traits) -> Iterator[set[tuple[str, str]]]:
    """Yield the tokens to ask for, the selective first: stop once enough are found."""
    years = _years(traits.born)
    found: set[tuple[str, str]] = {("PH", end) for end in _ends(traits.phones)}
    broad: set[tuple[str, str]] = set()
    for written in traits.names:
        found.add(("X", names.normalise(written)))
        pairs, parts = _pairs(written), _part_keys(written)
        found |= {("N", key) for key in pairs}
        found |= {(f"{k}Y", f"{key}|{y}") for k, ks in (("N", pairs), ("G", parts))
                  for key in ks for y in years}  # fmt: skip
        if traits.province:
            found |= {("NP", f"{key}|{traits.province}") for key in pairs}
            found |= {("GP", f"{key}|{traits.province}") for key in parts}
        broad |= {("G", key) for key in parts}
    yield found
    yield broad


def _years(born: str) -> list[str]:
    if not born:
        return []
    return [str(int(born[:4]) + step) for step in (0, -1, 1, -2, 2)]
