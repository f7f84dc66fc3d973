"""A lifecycle is a table: which verb carries which states where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from spean.kernel.errors import IllegalMove
from spean.kernel.text import Sentence

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    verb: str
    sources: frozenset[S]
    target: S


class Lifecycle(Generic[S]):
    def __init__(self, initial: S, *moves: Move[S]) -> None:
        self.initial = initial
        self.moves = moves
        self._targets = {(s, m.verb): m.target for m in moves for s in m.sources}
        if len(self._targets) != sum(len(m.sources) for m in moves):
            raise ValueError("two moves share a verb and a source")

    def after(self, state: S, verb: str) -> S:
        """Return the state that ``verb`` leads to from ``state``, or raise IllegalMove."""
        try:
            return self._targets[state, verb]
        except KeyError:
            raise IllegalMove(
                Sentence(
                    "This cannot be done now: it stands at “{state}”. Load the page again to see "
                    "what can be done next.",
                    state=state.value.replace("_", " "),
                )
            ) from None

    def verbs(self, state: S) -> tuple[str, ...]:
        return tuple(m.verb for m in self.moves if state in m.sources)

    def reachable(self) -> set[S]:
        found, frontier = {self.initial}, [self.initial]
        while frontier:
            state = frontier.pop()
            new = {self.after(state, v) for v in self.verbs(state)} - found
            found |= new
            frontier += new
        return found

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram."""
        lines = [f"[*] --> {self.initial}"]
        lines += [f"{s} --> {m.target}: {m.verb}" for m in self.moves for s in sorted(m.sources)]
        return "stateDiagram-v2\n    " + "\n    ".join(lines)
