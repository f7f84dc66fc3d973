"""What rooms hang up in the shell: places in the navigation, panels on lower pages, work lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from spean.kernel.actor import Actor, Capability
from spean.kernel.text import Sentence


@dataclass(frozen=True)
class Place:
    """One entry of the desk's navigation: shown to holders of one of the capabilities."""

    order: int
    label: Sentence
    url: str  # url name
    to: tuple[Capability, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A fragment of an upper room shown on a lower room's page, loaded by URL."""

    order: int
    page: str  # such as "case" or "person"
    label: Sentence
    url: str  # url name taking the page's id
    to: tuple[Capability, ...] = ()


@dataclass(frozen=True)
class WorkLine:
    """One line of *my work*: what, for whom (a reference), since when, what is next."""

    what: Sentence
    reference: str
    url: str
    since: datetime
    due: datetime | None = None
    next_step: Sentence | None = None


# overdue, today, new, waiting: the four lists of *my work*
LISTS = ("overdue", "today", "new", "waiting")
WorkProvider = Callable[[Actor], Iterable[tuple[str, WorkLine]]]

_places: list[Place] = []
_panels: list[Panel] = []
_work: list[WorkProvider] = []


def hang_place(place: Place) -> None:
    if place not in _places:
        _places.append(place)


def hang_panel(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def hang_work(provider: WorkProvider) -> None:
    if provider not in _work:
        _work.append(provider)


def places_for(actor: Actor) -> list[Place]:
    return sorted((p for p in _places if _open_to(p.to, actor)), key=lambda p: p.order)


def panels_for(actor: Actor, page: str) -> list[Panel]:
    shown = (p for p in _panels if p.page == page and _open_to(p.to, actor))
    return sorted(shown, key=lambda p: p.order)


def work_for(actor: Actor) -> dict[str, list[WorkLine]]:
    """Return the four lists, each with the longest waiting first."""
    lists: dict[str, list[WorkLine]] = {name: [] for name in LISTS}
    for provider in _work:
        for name, line in provider(actor):
            lists[name].append(line)
    for lines in lists.values():
        lines.sort(key=lambda line: line.due or line.since)
    return lists


def _open_to(capabilities: tuple[Capability, ...], actor: Actor) -> bool:
    return not capabilities or any(actor.can(c) for c in capabilities)
