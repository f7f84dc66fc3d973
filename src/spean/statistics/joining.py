"""Persons found to be one: from joins and partings, in order, to one root for each."""

from __future__ import annotations

from collections.abc import Iterable


def roots(pairs: Iterable[tuple[bool, int | None, int | None]]) -> dict[int, int]:
    """Return the smallest key of each group for every person in one.

    ``pairs`` are (joined?, one, other) in the order they were recorded; a parting undoes the
    join of the same two, whichever way round. Persons in no group are left out.
    """
    together: dict[tuple[int, int], bool] = {}
    for joined, one, other in pairs:
        if one is None or other is None or one == other:
            continue
        together[min(one, other), max(one, other)] = joined
    above: dict[int, int] = {}

    def root(person: int) -> int:
        path = []
        while (up := above.get(person, person)) != person:
            path.append(person)
            person = up
        for passed in path:
            above[passed] = person
        return person

    for (one, other), joined in together.items():
        if joined:
            low, high = sorted((root(one), root(other)))
            above[high] = low
            above.setdefault(low, low)
    return {person: root(person) for person in above}
