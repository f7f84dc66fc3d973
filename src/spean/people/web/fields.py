"""Form fields for places and agencies, as people choose or write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.agencies.queries import agencies
from spean.kernel.text import Sentence
from spean.places import gazetteer
from spean.places.countries import HOME
from spean.shell.text import say

# Where people are most often taken, first in the list.
NEAR = (HOME, "CHN", "THA", "VNM", "LAO", "MMR", "MYS", "IDN", "PHL", "SGP", "KOR", "SAU")


def countries(*but: str) -> list[tuple[str, str]]:
    """Return all countries, those nearby first, without those in ``but``."""
    language = get_language() or "en"
    near = [(code, gazetteer.country_name(code, language)) for code in NEAR]
    rest = [pair for pair in gazetteer.country_choices(language) if pair[0] not in NEAR]
    return [("", say(Sentence("not known"))), *(c for c in (*near, *rest) if c[0] not in but)]


class CountryField(forms.ChoiceField):
    """A country from the list of all, those nearby first."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=countries, **more)


class ProvinceField(forms.CharField):
    """A province as people write it; ``settle`` turns it into its code."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("help_text", _("In Cambodia a district or commune does as well."))
        super().__init__(max_length=120, **more)

    def prepare_value(self, value: Any) -> Any:
        written = str(value or "")
        if gazetteer.is_province(written):
            return gazetteer.province_name(written, get_language() or "en")
        return value


class AgencyField(forms.ModelChoiceField[Agency]):
    """An agency, by its name in the reader's language."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **more)

    def __deepcopy__(self, memo: Any) -> AgencyField:
        copied: AgencyField = super().__deepcopy__(memo)
        copied.queryset = agencies()
        return copied

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name_in(get_language() or "en")


def settle(form: forms.Form, country: str, field: str = "province") -> None:
    """Replace what was typed in ``field`` by the province's code, or say what is wrong with it."""
    typed = form.cleaned_data.get(field) or ""
    if not typed:
        return
    code = province_of(country, typed)
    if code is None:
        unknown = Sentence(
            "We know no place called “{text}” there. Check the spelling, choose another country, "
            "or leave it empty and write it in words.",
            text=typed[:40],
        )
        form.add_error(field, say(unknown))
        return
    form.cleaned_data[field] = code


def province_of(country: str, typed: str) -> str | None:
    """Return the code of the province that was typed, or None if there is none like it."""
    if country in {"", HOME}:
        found = gazetteer.find(typed, limit=1)
        if found:
            return found[0].code[:2]
        if country:
            return None
    return _abroad(country, typed)


def _abroad(country: str, typed: str) -> str | None:
    if gazetteer.is_province(typed.upper()):
        return typed.upper()
    wanted = typed.casefold().strip()
    choices = gazetteer.province_choices(country, get_language() or "en")
    exact = [code for code, name in choices if name.casefold() == wanted]
    begins = [code for code, name in choices if name.casefold().startswith(wanted + " ")]
    found = exact or begins
    return found[0] if found else None
