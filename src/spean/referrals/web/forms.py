"""The forms of referrals and of requests to host authorities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.kernel.actor import Actor
from spean.referrals.queries import Sharing, is_in_danger, receivers_for, sharing_with
from spean.referrals.states import (
    ANSWER_WORDS,
    DISCLOSED_WORDS,
    HOST_ANSWER_WORDS,
    PURPOSE_WORDS,
    Disclosed,
)
from spean.referrals.web.fields import AbroadForm, AgencyChoice
from spean.shell.text import say
from spean.shell.web.fields import DayField, DueField, choices_of, today, words

_RELOAD = {"hx-get": "", "hx-target": "#sharing", "hx-select": "#sharing", "hx-swap": "outerHTML"}


class SendForm(forms.Form):
    """To whom, for what, showing what, by when."""

    receiver = AgencyChoice(
        label=_("Which agency do you ask?"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        empty_label=_("Choose an agency"),
        error_messages={
            "required": _("Choose the agency you want to ask."),
            "invalid_choice": _("This agency is not in the list. Choose one that is."),
        },
        widget=forms.Select(attrs=_RELOAD),
    )
    purpose = forms.ChoiceField(
        label=_("What do you ask it to do?"),
        choices=choices_of(PURPOSE_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you ask the agency to do.")},
    )
    fields_shown = forms.MultipleChoiceField(
        label=_("What may it see?"),
        help_text=_("Tick only what it needs. Whatever you tick, each opening of it is recorded."),
        choices=choices_of(DISCLOSED_WORDS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = words(_("What should they know or do?"), _("Facts they need, in plain words."))
    danger = forms.BooleanField(
        label=_("Life is in danger: an answer is due within 24 hours"), required=False
    )
    due = DueField(
        label=_("Answer by"),
        help_text=_("A day such as 2025-04-22. If you leave it empty, the usual limit is set."),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("danger", is_in_danger(case))
        super().__init__(*args, **kwargs)
        self.case, self.actor = case, actor
        self.offered = receivers_for(case, actor)
        choice = self.fields["receiver"]
        assert isinstance(choice, AgencyChoice)
        ids = [office.pk for office in self.offered]
        choice.queryset = Agency.objects.filter(pk__in=ids).order_by("name_en")
        self.sharing = self._sharing()
        shown = self.fields["fields_shown"]
        if any(one.reason for one in self.sharing):
            shown.widget.attrs["disabled"] = True
        else:
            shown.initial = [Disclosed.STORY.value]

    def _sharing(self) -> list[Sharing]:
        code = str(self["receiver"].value() or "")
        receiver = next((office for office in self.offered if office.code == code), None)
        return sharing_with(self.case, receiver, self.actor) if receiver else []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("fields_shown"):
            for one in self.sharing:
                if one.reason:
                    self.add_error("fields_shown", say(one.reason))
        return given

    def columns(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {
            "receiver": given["receiver"],
            "purpose": given["purpose"],
            "fields": given["fields_shown"],
            "words": given["words"],
            "danger": given["danger"],
            "due": given["due"],
        }


class DeclineForm(forms.Form):
    words = words(
        _("Why does your agency decline?"),
        _("The sender reads this and has to find another way."),
        required=_("Say why, in a few words, so that the sender can act."),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What came of it?"),
        choices=choices_of(ANSWER_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what came of it.")},
    )
    words = words(
        _("In words"), _("What was found or done. If it was not possible or not yours: why.")
    )


class AskHostForm(AbroadForm):
    authority = forms.CharField(
        label=_("Which authority was asked?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write which authority was asked.")},
    )
    words = words(_("What was asked"), _("Only what the authority needs to know."))
    due = DueField(
        label=_("Ask again after"),
        help_text=_("A day such as 2025-04-22. If you leave it empty, the usual limit is set."),
        required=False,
    )
    field_order = ("country", "province", "authority", "words", "due")


class HostAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What did the authority answer?"),
        choices=choices_of(HOST_ANSWER_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the authority answered.")},
    )
    words = words(_("In words"))
    on = DayField(label=_("When did the answer come?"), initial=today)
