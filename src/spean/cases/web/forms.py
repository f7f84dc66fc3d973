"""What people type about cases. Bad input is told beside the field; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases.models import Case, Stage
from spean.cases.states import WORDS, CaseState, Form, Outcome, PersonRole, StageKind
from spean.kernel.text import Sentence
from spean.people.web.fields import (
    AgencyField,
    CountryField,
    ProvinceField,
    settle,
)
from spean.shell.text import say
from spean.shell.web.fields import DueField, PartialDateField, SeenForm

FORMS = [(f.value, WORDS[f.value]) for f in sorted(Form, key=lambda f: f is not Form.UNKNOWN)]


class FilterForm(forms.Form):
    ref = forms.CharField(label=_("Reference"), max_length=12, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("all")), *((s.value, WORDS[s.value]) for s in CaseState)],
        required=False,
    )


class DescribeForm(SeenForm):
    form = forms.ChoiceField(label=_("Form of exploitation"), choices=FORMS, required=False)
    country = CountryField(label=_("Country where she is or was held"), required=False)
    province = ProvinceField(
        label=_("Province"),
        required=False,
        help_text=_("Its name or code. In Cambodia a district or commune does as well."),
    )
    summary = forms.CharField(
        label=_("What is known"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    own_view = forms.CharField(
        label=_("Her own view"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the person herself wants, in her words."),
    )

    def clean(self) -> dict[str, Any]:
        settle(self, self.cleaned_data.get("country") or "")
        return self.cleaned_data

    @classmethod
    def of(cls, case: Case) -> DescribeForm:
        return cls(
            initial={
                "seen": case.version,
                "form": case.form,
                "country": case.country,
                "province": case.province,
                "summary": case.summary,
                "own_view": case.own_view,
            }
        )


class CloseForm(SeenForm):
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(o.value, WORDS[o.value]) for o in Outcome],
        widget=forms.RadioSelect,
    )


class StageForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"), choices=[(k.value, WORDS[k.value]) for k in StageKind]
    )
    country = CountryField(label=_("Country"), required=False)
    province = ProvinceField(label=_("Province"), required=False)
    place = forms.CharField(label=_("Place, in words"), max_length=300, required=False)
    held_by = forms.CharField(label=_("By whom"), max_length=300, required=False)
    began = PartialDateField(label=_("From"), required=False)
    ended = PartialDateField(label=_("Until"), required=False)
    words = forms.CharField(
        label=_("In words"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        settle(self, self.cleaned_data.get("country") or "")
        return self.cleaned_data


class ChangeStageForm(StageForm, SeenForm):
    """A stage, and the version of the case its writer has seen."""

    @classmethod
    def of(cls, stage: Stage) -> ChangeStageForm:
        names = ("kind", "country", "province", "place", "held_by", "began", "ended", "words")
        return cls(initial={"seen": stage.case.version, **{n: getattr(stage, n) for n in names}})


class NoteForm(forms.Form):
    words = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))


class TaskForm(forms.Form):
    words = forms.CharField(label=_("What is to be done"), max_length=500)
    due = DueField(label=_("By which day"), max_length=20, help_text=_("Such as 2025-04-22."))
    agency = AgencyField(label=_("By whom"), required=False, empty_label=_("my agency"))


class PersonForm(forms.Form):
    ref = forms.CharField(
        label=_("Reference of the person"), max_length=12, help_text=_("Such as P-7K3F2M.")
    )
    role = forms.ChoiceField(
        label=_("As what"), choices=[(r.value, WORDS[r.value]) for r in PersonRole]
    )

    def clean_ref(self) -> str:
        return str(self.cleaned_data["ref"]).strip().upper()

    def unknown(self) -> None:
        """Say that no person bears the reference."""
        none = Sentence("There is no person with this reference. Check the letters and digits.")
        self.add_error("ref", say(none))


class AgencyForm(forms.Form):
    agency = AgencyField(label=_("Agency"))
