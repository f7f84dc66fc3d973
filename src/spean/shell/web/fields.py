"""Form fields of no room: days in any digits, codes with their words, the version one has seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.kernel.dates import PartialDate, past
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.shell.text import say

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    StrOrPromise = str | _StrPromise


class PartialDateField(forms.CharField):
    """A year, a month or a day, in any digits; kept as YYYY[-MM[-DD]]; not in the future."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("help_text", _("A year, a month or a day: 2004, 2004-06 or 2004-06-21."))
        given.setdefault("max_length", 60)
        super().__init__(**given)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        try:
            when = past(written, clock.today())
        except Invalid as wrong:
            raise ValidationError(say(wrong.sentence)) from None
        return str(when) if when else ""


class DayField(forms.CharField):
    """A full day, in any digits; a Buddhist-era year or a day not in the calendar is refused."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("help_text", _("Year-month-day, such as 2025-04-22."))
        given.setdefault("max_length", 40)
        given.setdefault("error_messages", {"required": _("Write the day.")})
        given.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(**given)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            known = PartialDate.parse(text)
        except Invalid as wrong:
            raise ValidationError(say(wrong.sentence)) from None
        if not known.is_day:
            raise ValidationError(_("Write the full day, such as 2025-04-22."))
        return known.first


class DueField(DayField):
    """A day by which something is owed: the moment that day ends where the house stands."""

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        return datetime.combine(day, time(), clock.zone()) + timedelta(days=1, seconds=-1)


def today() -> str:
    """Return today as a day field shows it."""
    return clock.today().isoformat()


def words(
    label: StrOrPromise, hint: StrOrPromise = "", *, rows: int = 4, required: StrOrPromise = ""
) -> forms.CharField:
    """Return a box for free words; ``required`` is what to say when it stays empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        error_messages={"required": required} if required else None,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


def choices_of(labels: Mapping[Any, Sentence], *, blank: object = None) -> Any:
    """Return a callable that gives (code, label) in the reader's language."""

    def made() -> list[tuple[str, object]]:
        first: list[tuple[str, object]] = [("", blank)] if blank is not None else []
        return first + [(str(code), say(label)) for code, label in labels.items()]

    return made


class SeenForm(forms.Form):
    """A form that knows which version of a row its writer has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def see_again(self, row: Any) -> None:
        """Read the row anew: saving once more then means "I have seen what changed"."""
        row.refresh_from_db()
        given = cast("QueryDict", self.data).copy()
        given["seen"] = str(row.version)
        self.data = given
