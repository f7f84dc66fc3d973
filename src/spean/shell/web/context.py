"""What every page knows: the navigation, the demo banner, the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from spean.kernel.text import Sentence
from spean.shell.navigation import places_for
from spean.shell.queries import is_demo


@dataclass(frozen=True)
class Link:
    label: Sentence
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    if not request.path.startswith("/desk/"):
        return {"exit_url": settings.EXIT_URL}
    actor = getattr(request, "actor", None)
    return {
        "demo": is_demo(),
        "language_now": get_language(),
        "navigation": [
            Link(p.label, url, current=_is_current(request.path, url))
            for p in (places_for(actor) if actor else [])
            for url in [reverse(p.url)]
        ],
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/desk/" else path.startswith(url)
