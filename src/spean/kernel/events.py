"""What a room tells the rooms above it: frozen values, named in the past tense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

_types: dict[str, type[Event]] = {}
_subscribers: dict[str, dict[str, Callable[[Any], None]]] = {}
E_ = TypeVar("E_", bound="Event")


@dataclass(frozen=True)
class Event:
    """Base of all events. Fields are codes and ids (str, int, None): never names or texts."""

    def __init_subclass__(cls) -> None:
        _types[cls.__name__] = cls

    def payload(self) -> dict[str, Any]:
        return asdict(self)


def subscribe(event: type[E_], name: str) -> Callable[[Callable[[E_], None]], Callable[[E_], None]]:
    """Register a function under ``name`` (room.verb) to run once for each ``event``."""

    def register(handler: Callable[[E_], None]) -> Callable[[E_], None]:
        _subscribers.setdefault(event.__name__, {})[name] = handler
        return handler

    return register


def subscribers(event: str) -> dict[str, Callable[[Any], None]]:
    return _subscribers.get(event, {})


def rebuild(event: str, payload: dict[str, Any]) -> Event:
    kind = _types[event]
    return kind(**{f.name: payload[f.name] for f in fields(kind)})
