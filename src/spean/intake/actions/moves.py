"""How every verb moves a request: by compare-and-swap, never by a lock."""

from __future__ import annotations

from typing import Any

from spean.agencies.queries import stale
from spean.intake.models import Request
from spean.intake.states import LIFECYCLE, RequestState


def expect(request: Request, verb: str = "", *, seen: int | None = None) -> None:
    """Raise Stale or IllegalMove if ``verb`` cannot be done now, before anything else is."""
    if seen is not None and seen != request.version:
        raise stale(request)
    if verb:
        LIFECYCLE.after(RequestState(request.state), verb)


def move(request: Request, verb: str = "", *, seen: int | None = None, **changes: Any) -> None:
    """Carry ``request`` along ``verb`` (or only change columns); raise Stale if it moved before.

    ``seen`` is the version the form was shown with. Sealed columns are given sealed.
    """
    expect(request, verb, seen=seen)
    if verb:
        changes["state"] = LIFECYCLE.after(RequestState(request.state), verb).value
    changes["version"] = request.version + 1
    moved = Request.objects.filter(
        pk=request.pk, state=request.state, version=request.version
    ).update(**changes)
    if not moved:
        raise stale(request)
    for column, value in changes.items():
        setattr(request, column, value)
