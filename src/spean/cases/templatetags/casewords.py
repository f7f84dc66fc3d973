"""Words for a case's codes."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import get_language

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.cases.queries import place_words
from spean.cases.states import OWED
from spean.cases.states import word as word_of
from spean.kernel import clock
from spean.people.states import word as person_word

register = template.Library()


@register.filter
def case_word(code: str) -> object:
    return word_of(code)


@register.filter
def owed(kind: str) -> object:
    return OWED.get(kind, kind)


@register.filter
def office(agency: Agency | None) -> str:
    """Name an agency in the reader's language."""
    return agency.name_in(get_language() or "en") if agency else "—"


@register.filter
def place(row: object) -> object:
    """Name the country and province of a case or a stage."""
    return place_words(getattr(row, "country", ""), getattr(row, "province", ""))


@register.filter
def is_late(due: datetime | None) -> bool:
    return due is not None and due <= clock.now()


@register.filter
def why(code: str) -> object:
    return person_word(code)


@register.filter
def of(held: dict[object, object], case: Case) -> object:
    """Return what a table holds for a case."""
    return held.get(case.pk)
