"""Form fields of the rooms that work across a border: a country abroad and its provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.people.web.fields import countries
from spean.places import gazetteer
from spean.places.countries import HOME

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Agency]
else:
    _ModelChoiceField = forms.ModelChoiceField


def countries_abroad() -> list[tuple[str, str]]:
    return countries(HOME)


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
        choices=countries_abroad,
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
