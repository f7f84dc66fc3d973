"""Every door of the house, as the URL resolver knows it: what the permission matrix is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from spean.kernel.actor import Capability
from spean.shell.doors import Rule


@dataclass(frozen=True)
class Door:
    """A URL, its name, and who may knock; a door of the sign-in library has its own lock."""

    path: str
    name: str
    rule: Rule | None
    is_library: bool

    @property
    def who(self) -> str:
        if self.rule is None:
            return "library"
        if isinstance(self.rule.to, str):
            return self.rule.to
        return ", ".join(c.value for c in self.rule.to)

    def opens_to(self, capabilities: frozenset[Capability]) -> bool:
        """Say whether somebody signed in with these capabilities may knock."""
        if self.rule is None or isinstance(self.rule.to, str):
            return True
        return any(c in capabilities for c in self.rule.to)


def doors() -> list[Door]:
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Door]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, inner)
            continue
        view = pattern.callback
        yield Door(
            path=path,
            name=space + (pattern.name or ""),
            rule=getattr(view, "rule", None),
            is_library=view.__module__.startswith("allauth."),
        )
