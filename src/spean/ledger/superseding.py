"""Which entry each correcting line of a load takes the place of, and what it then counts as."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger.rules import FIRST, KIND, LAST, OCCURRED, REF, Values
from spean.ledger.states import Kind

Day = tuple[str, str, str]


@dataclass(frozen=True)
class Held:
    """An entry already in the ledger: its row, what it counts as, its day."""

    id: int
    counts_as: str
    day: Day


# Given the refs that name no line of the file: the entries of the ledger with each of them.
Lookup = Callable[[Iterable[str]], dict[str, list[Held]]]
Complaint = Callable[[int, Sentence], None]


@dataclass
class Superseding:
    """Gather lines one by one (by their order), then ``settle`` who supersedes whom."""

    targets: dict[int, int] = field(default_factory=dict)  # order -> order
    held: dict[int, Held] = field(default_factory=dict)  # order -> entry of the ledger
    levels: dict[int, int] = field(default_factory=dict)  # order -> how deep in a chain
    counts: dict[int, str] = field(default_factory=dict)  # order -> kind, of corrections
    days: dict[int, Day] = field(default_factory=dict)  # order -> day taken from the target
    _orders: dict[str, int] = field(default_factory=dict)
    _named: list[tuple[int, int, str]] = field(default_factory=list)  # order, line, ref
    _kinds: array[int] = field(default_factory=lambda: array("B"))
    _days: array[int] = field(default_factory=lambda: array("L"))
    _kind_list: list[str] = field(default_factory=lambda: [k.value for k in Kind])
    _day_list: list[Day] = field(default_factory=list)
    _day_index: dict[Day, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._kind_index = {kind: place for place, kind in enumerate(self._kind_list)}

    def __len__(self) -> int:
        return len(self._kinds)

    def gather(self, line: int, values: Values, named: str) -> None:
        """Remember a line; raise Invalid if its id was there before."""
        order, ref = len(self._kinds), values[REF]
        if ref:
            if ref in self._orders:
                raise Invalid(Sentence("the id “{ref}” stands twice in the file", ref=ref))
            self._orders[ref] = order
        if named:
            self._named.append((order, line, named))
        day = (values[OCCURRED], values[FIRST], values[LAST])
        index = self._day_index.get(day)
        if index is None:
            index = self._day_index[day] = len(self._day_list)
            self._day_list.append(day)
        self._kinds.append(self._kind_index[values[KIND]])
        self._days.append(index)

    def settle(self, lookup: Lookup, complain: Complaint) -> None:
        """Find every target; complain of those missing, in a circle, or of another kind or day."""
        strangers = {ref for _, _, ref in self._named if ref not in self._orders}
        known = lookup(strangers) if strangers else {}
        for order, line, ref in self._named:
            if ref in self._orders:
                self.targets[order] = self._orders[ref]
            elif len(known.get(ref, ())) == 1:
                self.held[order] = known[ref][0]
            elif ref in known:
                complain(line, Sentence("the ledger holds several entries “{ref}”", ref=ref))
            else:
                complain(
                    line,
                    Sentence("“{ref}” is the id of no entry in the file or the ledger", ref=ref),
                )
        for order, line, ref in self._named:
            if order in self.targets or order in self.held:
                self._settle_one(order, line, ref, complain)

    def _settle_one(self, order: int, line: int, ref: str, complain: Complaint) -> None:
        chain = self._chain(order)
        if chain is None:
            complain(line, Sentence("“{ref}” leads back to this line in a circle", ref=ref))
            return
        self.levels[order] = len(chain)
        kind = self._kind_of(order)
        replaced, day = self._what(order)
        if replaced == Kind.WITHDRAWN:
            complain(line, Sentence("“{ref}” is a withdrawal. Record again what happened", ref=ref))
        if kind in (Kind.CORRECTED, Kind.WITHDRAWN):
            self.counts[order] = replaced if kind == Kind.CORRECTED else kind
            if not self._day_of(order)[0]:
                self.days[order] = day
        elif kind != replaced or self._day_of(order) != day:
            complain(
                line,
                Sentence(
                    "it supersedes “{ref}”, which is another kind or another day. Use the kind "
                    "“corrected” to change either",
                    ref=ref,
                ),
            )

    def _chain(self, order: int) -> list[int] | None:
        """Return the lines of the file below this one, or None if they go in a circle."""
        below: list[int] = []
        seen = {order}
        while order in self.targets:
            order = self.targets[order]
            if order in seen:
                return None
            seen.add(order)
            below.append(order)
        return below

    def _what(self, order: int) -> tuple[str, Day]:
        """Return what the target counts as, and its day, through any chain of corrections."""
        day: Day | None = None
        while True:
            if order in self.held:
                held = self.held[order]
                return held.counts_as, day or held.day
            if order not in self.targets:
                return self._kind_of(order), day or self._day_of(order)
            target = self.targets[order]
            if day is None and self._day_of(target)[0]:
                day = self._day_of(target)
            kind = self._kind_of(target)
            if kind != Kind.CORRECTED:
                return kind, day or self._day_of(target)
            order = target

    def _kind_of(self, order: int) -> str:
        return self._kind_list[self._kinds[order]]

    def _day_of(self, order: int) -> Day:
        return self._day_list[self._days[order]]
