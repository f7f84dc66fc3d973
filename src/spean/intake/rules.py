"""The number a writer keeps: sixteen digits that pass for two telephone numbers. Pure.

The first half is four digits of a bucket and four of the secret, the second eight of the secret.
No half begins with 0, so a 0 or +855 that somebody (or a telephone's address book) put in front
can be told from the number itself. What is typed back may be grouped in any way.
"""

from __future__ import annotations

from itertools import product

from spean.intake.states import RequestState
from spean.kernel.digits import to_ascii

LENGTH = 16
HALF = 8
BUCKET = 4
LONGEST_WORDS = 400_000  # bytes of UTF-8
# Read as one another on a small screen or in a hurried hand.
_LOOKALIKE = str.maketrans("OoQlI|", "000111")
_PREFIXES = ("", "0", "855")


def read_number(typed: str) -> str:
    """Return the sixteen digits in ``typed``, or "" if they cannot be made out."""
    digits = "".join(
        c for c in to_ascii(typed[:400]).translate(_LOOKALIKE) if c.isascii() and c.isdigit()
    )
    for first, second in product(_PREFIXES, _PREFIXES):
        halves = _without(digits, first, second)
        if halves and not any(half.startswith("0") for half in halves):
            return "".join(halves)
    return ""


def _without(digits: str, first: str, second: str) -> tuple[str, str] | None:
    if len(digits) != LENGTH + len(first) + len(second) or not digits.startswith(first):
        return None
    rest = digits[len(first) + HALF :]
    if not rest.startswith(second):
        return None
    return digits[len(first) : len(first) + HALF], rest[len(second) :]


def swapped(number: str) -> str:
    """Return the halves the other way round: two contacts come back in any order."""
    return number[HALF:] + number[:HALF]


def as_telephones(number: str) -> tuple[str, str]:
    """Write the number as two of eight digits each: ``12 345 678``.

    Eight digits in 2-3-3 are a Cambodian mobile number without its leading 0 (and as many digits
    as a number has in Hong Kong or Singapore).
    """
    return _telephone(number[:HALF]), _telephone(number[HALF:])


def _telephone(half: str) -> str:
    return f"{half[:2]} {half[2:5]} {half[5:]}"


def standing(state: RequestState, *, in_touch: bool) -> str:
    """Say in one of four plain codes where a request stands, never more than that.

    A closed request looks like one that is being checked: whoever holds the phone may not learn
    that nobody is looking any more.
    """
    if state is RequestState.RECEIVED:
        return "have"
    if state in {RequestState.ACCEPTED, RequestState.REFERRED_ELSEWHERE}:
        return "in_touch" if in_touch else "working"
    return "checking"
