"""What an auditor looks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.journal.states import Purpose

PURPOSE_NAMES = {
    Purpose.ASSIST: _("Assist"),
    Purpose.IDENTIFY: _("Identify"),
    Purpose.CONTACT: _("Make contact"),
    Purpose.TRAVEL: _("Arrange travel"),
    Purpose.SUPERVISE: _("Supervise"),
    Purpose.CORRECT: _("Correct"),
}


class FilterForm(forms.Form):
    fact = forms.CharField(label=_("What"), required=False, max_length=60)
    who = forms.CharField(label=_("Who (user name)"), required=False, max_length=60)
    about = forms.CharField(label=_("About"), required=False, max_length=80)
    purpose = forms.ChoiceField(
        label=_("Purpose"), required=False, choices=[("", "—"), *PURPOSE_NAMES.items()]
    )
    since = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
