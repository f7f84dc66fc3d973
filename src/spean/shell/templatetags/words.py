"""How words, dates and numbers read: in the reader's language and digits."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from spean.kernel import clock
from spean.kernel.digits import to_khmer
from spean.shell.text import say

register = template.Library()

_KHMER_MONTHS = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា",
    "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# CLDR writes Khmer dates with other digits than people here do, so these two are ours.
_WRITTEN = {"km": _KHMER_MONTHS, "en": _MONTHS}

register.filter("say", say)


@register.filter
def digits(value: object) -> str:
    """Write a number in the reader's digits."""
    return to_khmer(str(value)) if translation.get_language() == "km" else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as 22 April 2025 or ២២ មេសា ២០២៥."""
    if value is None:
        return ""
    when = clock.day_of(value) if isinstance(value, datetime) else value
    language = translation.get_language()
    if language not in _WRITTEN:
        from babel.dates import format_date  # for the portal's other languages alone

        return format_date(when, "long", locale=(language or "en").replace("-", "_"))
    return digits(f"{when.day} {_WRITTEN[language][when.month - 1]} {when.year}")


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write an instant as day and time, in SPEAN_TIME_ZONE."""
    if value is None:
        return ""
    local = value.astimezone(clock.zone())
    written = f"{day(value)} {digits(local.strftime('%H:%M'))}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


@register.filter
def days_since(value: datetime | date | None) -> int:
    """Return whole days from ``value`` to today."""
    if value is None:
        return 0
    then = clock.day_of(value) if isinstance(value, datetime) else value
    return (clock.today() - then).days


@register.filter
def days_until(value: datetime | date | None) -> int:
    return -days_since(value)


@register.simple_tag(takes_context=True)
def language(context: template.Context) -> str:
    return translation.get_language() or "en"
