"""The forms of care: reception, her choice, follow-up, closure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.care.models import Care
from spean.care.queries import is_child
from spean.care.states import MODE_WORDS, RESULT_WORDS
from spean.kernel import clock
from spean.referrals.web.fields import home_provinces
from spean.returns.states import PLACEMENT_WORDS
from spean.shell.web.fields import DayField, SeenForm, choices_of, today, words


class CareForm(SeenForm):
    """What every verb carries along: the version of the care that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, care: Care, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("seen", care.version)
        super().__init__(*args, **kwargs)
        self.care = care


class ReceiveForm(CareForm):
    on = DayField(label=_("On which day was the person received?"), initial=today)
    needs = words(
        _("What does the person need first?"),
        _("Health, rest, safety, somebody to call. Only your agency's social workers read it."),
    )


class PlaceForm(CareForm):
    choice = forms.ChoiceField(
        label=_("Where does the person want to be?"),
        help_text=_("It is her choice, made after she heard what each place offers."),
        choices=choices_of(PLACEMENT_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the person chose.")},
    )
    words = words(
        _("Why, in her own words"),
        required=_("Write why the person chose this, in her own words."),
    )
    province = forms.ChoiceField(
        label=_("In which province?"), choices=home_provinces, required=False
    )
    on = DayField(label=_("From which day?"), initial=today)
    has_custody_paper = forms.BooleanField(
        label=_("The custody document for this child is in the file"),
        help_text=_("A child is placed in a shelter only with it."),
        required=False,
    )

    def __init__(self, *args: Any, care: Care, **kwargs: Any) -> None:
        super().__init__(*args, care=care, **kwargs)
        self.initial.setdefault("province", care.province)
        self.initial.setdefault("has_custody_paper", care.has_custody_paper)
        if not is_child(care.person, clock.today()):
            del self.fields["has_custody_paper"]


class FollowUpForm(forms.Form):
    on = DayField(label=_("On which day?"), initial=today)
    mode = forms.ChoiceField(
        label=_("How?"),
        help_text=_("As the person wished it: the village need not notice."),
        choices=choices_of(MODE_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you were in touch.")},
    )
    result = forms.ChoiceField(
        label=_("How is the person?"),
        choices=choices_of(RESULT_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the person is.")},
    )
    words = words(
        _("What was said and agreed"), _("Safety, income, health, debt, contact with a broker.")
    )


class DayForm(CareForm):
    on = DayField(label=_("On which day?"), initial=today)


class CloseForm(DayForm):
    view = words(
        _("What does the person say about ending the care?"),
        _("In her own words. Tell her how to come back."),
        required=_("Write what the person says about ending the care, in her own words."),
    )


class ReopenForm(CareForm):
    pass
