"""Fields of forms as people fill them: a day in any digits, a country and its provinces, words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.kernel import clock
from spean.kernel.dates import PartialDate
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.places import gazetteer
from spean.places.countries import HOME
from spean.shell.text import say

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    StrOrPromise = str | _StrPromise
    _ModelChoiceField = forms.ModelChoiceField[Agency]
else:
    _ModelChoiceField = forms.ModelChoiceField

# Where people are brought home from most: they stand first in the list.
_NEAR = ("CHN", "THA", "VNM", "LAO", "MMR", "MYS", "IDN", "PHL", "SGP", "KOR", "SAU")


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


def today() -> str:
    """Return today as a day field shows it."""
    return clock.today().isoformat()


def end_of(day: date) -> datetime:
    """Return the moment a day ends where the house stands."""
    return datetime.combine(day, time(), clock.zone()) + timedelta(days=1, seconds=-1)


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


def choices_of(labels: Mapping[str, Sentence], *, blank: object = None) -> Any:
    """Return a callable that gives (code, label) in the reader's language."""

    def made() -> list[tuple[str, object]]:
        first: list[tuple[str, object]] = [("", blank)] if blank is not None else []
        return first + [(code, say(label)) for code, label in labels.items()]

    return made


def countries() -> list[tuple[str, object]]:
    """Return the countries abroad, the frequent ones first."""
    language = get_language() or "en"
    near: list[tuple[str, object]] = [(c, gazetteer.country_name(c, language)) for c in _NEAR]
    rest = [p for p in gazetteer.country_choices(language) if p[0] not in (*_NEAR, HOME)]
    return [("", _("not known")), *near, *rest]


def provinces(country: str) -> list[tuple[str, object]]:
    language = get_language() or "en"
    return [("", _("not known")), *gazetteer.province_choices(country, language)]


def home_provinces() -> list[tuple[str, object]]:
    return provinces(HOME)


class AgencyChoice(_ModelChoiceField):
    """An agency, by its name in the reader's language."""

    def label_from_instance(self, obj: Agency) -> str:
        return f"{obj.name_in(get_language() or 'en')} ({obj.code})"


class AbroadForm(forms.Form):
    """A country abroad and one of its provinces; the provinces follow the country chosen."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=countries,
        error_messages={"required": _("Choose the country.")},
        widget=forms.Select(
            attrs={
                "hx-get": "",
                "hx-target": "#provinces",
                "hx-select": "#provinces",
                "hx-swap": "outerHTML",
            }
        ),
    )
    province = forms.CharField(
        label=_("Province there"),
        help_text=_("As far as it is known. Choose the country first."),
        required=False,
        widget=forms.Select,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = str(self["country"].value() or "")
        self.fields["province"].widget.choices = provinces(country)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        country, province = given.get("country", ""), given.get("province", "")
        if country and province and province not in dict(provinces(country)):
            self.add_error(
                "province",
                _("This province is not in the country you chose. Choose one of its provinces."),
            )
        return given
