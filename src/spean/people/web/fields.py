"""Form fields for what people write: a date known in part, a country, a province, an agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.agencies.queries import agencies
from spean.kernel import clock
from spean.kernel.dates import PartialDate
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.places import gazetteer
from spean.places.countries import HOME
from spean.shell.text import say

# Where people are most often taken, first in the list.
NEAR = ("KHM", "CHN", "THA", "VNM", "MYS", "LAO", "MMR", "KOR")


class PartialDateField(forms.CharField):
    """A year, a month or a day, in any digits; kept as YYYY[-MM[-DD]]; not in the future."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("help_text", _("A year, a month or a day: 2004, 2004-06 or 2004-06-21."))
        super().__init__(max_length=60, **more)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        if not written:
            return ""
        try:
            when = PartialDate.parse(written)
        except Invalid as wrong:
            raise forms.ValidationError(say(wrong.sentence)) from None
        if when.first > clock.today():
            future = Sentence("{day} is in the future. Check the date.", day=str(when))
            raise forms.ValidationError(say(future))
        return str(when)


def _countries() -> Iterator[tuple[str, str]]:
    language = get_language() or "en"
    yield "", say(Sentence("not known"))
    for code in NEAR:
        yield code, gazetteer.country_name(code, language)
    for code, name in gazetteer.country_choices(language):
        if code not in NEAR:
            yield code, name


class CountryField(forms.ChoiceField):
    """A country from the list of all, those nearby first."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=lambda: list(_countries()), **more)


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


class SeenForm(forms.Form):
    """A form that knows which version of a row its writer has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def see_again(self, version: int) -> None:
        """Carry the version just read, so that saving again means: I have seen what changed."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen": str(version)}


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
