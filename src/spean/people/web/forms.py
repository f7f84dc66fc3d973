"""What people type about persons. Bad input is told beside the field; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.people.models import Person
from spean.people.states import (
    CONSENT_WORDS,
    WORDS,
    Channel,
    ConsentBasis,
    ConsentPurpose,
    Decision,
    NameKind,
    OpeningPurpose,
    Sex,
)
from spean.people.web.fields import (
    AgencyField,
    CountryField,
    ProvinceField,
    settle,
)
from spean.shell.web.fields import PartialDateField, SeenForm

SEXES = [(sex.value, WORDS[sex.value]) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)]
PURPOSES = [(purpose.value, WORDS[purpose.value]) for purpose in OpeningPurpose]
WHOSE = [(code, WORDS[code]) for code in ("self", "mother", "father", "sibling", "friend", "other")]


class SearchForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("In any script and any order. An alias does as well."),
        widget=forms.TextInput(attrs={"data-search": "", "autocomplete": "off"}),
    )
    born = PartialDateField(label=_("Born"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", WORDS[""]), *SEXES[:3]], required=False)
    province = ProvinceField(label=_("Home province"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        settle(self, "KHM")
        if not self.errors and not (
            self.cleaned_data.get("name") or self.cleaned_data.get("phone")
        ):
            raise forms.ValidationError(_("Write a name or a telephone number to search for."))
        return self.cleaned_data


class OpenForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Why do you open the name?"), choices=PURPOSES, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("More about it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept sealed. The purpose and your name stand in the journal."),
    )


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What did she agree to?"), choices=[(p, CONSENT_WORDS[p]) for p in ConsentPurpose]
    )
    recipient = AgencyField(label=_("Only for this agency"), required=False, empty_label=_("any"))
    basis = forms.ChoiceField(
        label=_("How?"),
        choices=[(b, CONSENT_WORDS[b]) for b in ConsentBasis],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Her words, or why she cannot be asked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    written = forms.CharField(label=_("Name as written"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What kind of name"), choices=[(k.value, WORDS[k.value]) for k in NameKind]
    )


class ContactForm(forms.Form):
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE)
    channel = forms.ChoiceField(
        label=_("By what"), choices=[(c.value, WORDS[c.value]) for c in Channel]
    )
    address = forms.CharField(label=_("Number or address"), max_length=300)
    hours = forms.CharField(label=_("When it is safe"), max_length=200, required=False)
    code_word = forms.CharField(
        label=_("Code word"),
        max_length=100,
        required=False,
        help_text=_("Asked before anything is said."),
    )
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)


MINOR = [("", _("not known")), ("yes", _("under 18")), ("no", _("18 or older"))]


class CorrectForm(SeenForm):
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    born = PartialDateField(label=_("Born"), required=False)
    is_minor = forms.ChoiceField(label=_("Child or adult"), choices=MINOR, required=False)
    nationality = CountryField(label=_("Nationality"), required=False)
    home_province = ProvinceField(label=_("Home province"), required=False)
    home_place = forms.CharField(
        label=_("Village or address, as said"), max_length=300, required=False
    )

    def clean_is_minor(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["is_minor"])

    def clean(self) -> dict[str, Any]:
        settle(self, "KHM", "home_province")
        return self.cleaned_data

    @classmethod
    def of(cls, person: Person) -> CorrectForm:
        minor = {True: "yes", False: "no", None: ""}[person.is_minor]
        return cls(
            initial={
                "seen": person.version,
                "sex": person.sex,
                "born": person.born,
                "is_minor": minor,
                "nationality": person.nationality,
                "home_province": person.home_province,
                "home_place": person.home_place,
            }
        )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Is this the same person?"),
        choices=[(d.value, WORDS[d.value]) for d in Decision],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words: others rely on it."),
    )
