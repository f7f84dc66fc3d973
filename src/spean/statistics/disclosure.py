"""Hide small cells in a public statement, and enough others that they cannot be worked out.

Threshold 5. Within a breakdown, along every line whose total is published, hidden cells are at
least two and one of them is not small itself, so that neither subtraction nor the bounds of what
is small give one away. Where a line offers no such cell, its total is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from spean.statistics.counting import Cell

THRESHOLD = 5
Place = frozenset[tuple[str, str]]  # {(column, value), …}; the total is the empty place
Table = tuple[str, str]  # measure, key


def hidden(cells: Iterable[Cell]) -> set[tuple[str, str, Place]]:
    """Return (measure, key, place) of every cell that may not be shown."""
    tables: dict[Table, dict[Place, int]] = {}
    for cell in cells:
        table = tables.setdefault((cell.measure, cell.key), {})
        table[place_of(cell)] = cell.quantity
    return {
        (measure, key, place)
        for (measure, key), table in tables.items()
        for place in _Mask(table).run()
    }


def place_of(cell: Cell) -> Place:
    return frozenset(zip(cell.by, cell.values, strict=True))


@dataclass
class _Mask:
    counts: dict[Place, int]
    masked: set[Place] = field(default_factory=set)

    def run(self) -> set[Place]:
        self.masked = {place for place, count in self.counts.items() if count < THRESHOLD}
        lines = list(self._lines())
        changed = True
        while changed:
            changed = False
            for whole, parts in lines:
                changed |= self._mend(whole, parts)
        return self.masked

    def _lines(self) -> Iterable[tuple[Place, list[Place]]]:
        """Return each published sum: a place, and the places one breakdown parts it into."""
        groups: dict[frozenset[str], list[Place]] = {}
        for place in self.counts:
            groups.setdefault(frozenset(column for column, _ in place), []).append(place)
        for columns, places in groups.items():
            for size in range(len(columns)):
                for kept in combinations(sorted(columns), size):
                    yield from self._along(frozenset(kept), places)

    def _along(
        self, kept: frozenset[str], places: list[Place]
    ) -> Iterable[tuple[Place, list[Place]]]:
        lines: dict[Place, list[Place]] = {}
        for place in places:
            whole = frozenset(pair for pair in place if pair[0] in kept)
            lines.setdefault(whole, []).append(place)
        return [(whole, parts) for whole, parts in lines.items() if whole in self.counts]

    def _mend(self, whole: Place, parts: list[Place]) -> bool:
        """Hide one more along this line if what is hidden could be worked out."""
        gone = [part for part in parts if part in self.masked]
        if whole in self.masked:
            # The total must not come back by adding up.
            return not gone and self._hide_smallest(parts)
        if not gone or self._is_safe(gone):
            return False
        left = [part for part in parts if part not in self.masked]
        return self._hide_smallest(left) if left else self._hide(whole)

    def _is_safe(self, gone: list[Place]) -> bool:
        return len(gone) > 1 and any(self.counts[place] >= THRESHOLD for place in gone)

    def _hide_smallest(self, places: list[Place]) -> bool:
        return self._hide(min(places, key=lambda p: (self.counts[p], sorted(p))))

    def _hide(self, place: Place) -> bool:
        self.masked.add(place)
        return True
