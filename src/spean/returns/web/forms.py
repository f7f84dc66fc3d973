"""One form for each step of the way home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.referrals.web.fields import AbroadForm, AgencyChoice
from spean.returns.models import Return
from spean.returns.queries import checkpoints, persons_to_return, receivers
from spean.returns.states import PAPERS_WORDS, WAITING_WORDS
from spean.shell.web.fields import DayField, SeenForm, choices_of, today, words


class StepForm(SeenForm):
    """What every step carries along: the version of the return that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ret: Return, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("seen", ret.version)
        super().__init__(*args, **kwargs)
        self.ret = ret


class PlanForm(AbroadForm):
    person = forms.ChoiceField(
        label=_("Who is to return?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the person.")},
    )
    own_wish = words(
        _("What does the person want?"),
        _("To come home or to stay, in her own words, as far as she could be asked."),
    )
    field_order = ("person", "country", "province", "own_wish")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in persons_to_return(case)}
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(pk, person.ref) for pk, person in self.people.items()]
        if len(self.people) == 1:
            self.initial.setdefault("person", next(iter(self.people)))

    def columns(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["person"] = self.people[given["person"]]
        return given


class DayForm(StepForm):
    on = DayField(label=_("On which day?"), initial=today)


class WaitForm(StepForm):
    place = forms.ChoiceField(
        label=_("Where does the person wait?"),
        choices=choices_of(WAITING_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say where the person waits.")},
    )
    where = forms.CharField(
        label=_("Which one, where"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = DayField(label=_("Since which day?"), initial=today)


class PapersForm(StepForm):
    papers = forms.ChoiceField(
        label=_("Which paper?"),
        choices=choices_of(PAPERS_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which paper it is.")},
    )
    number = forms.CharField(
        label=_("Number of the paper"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = DayField(label=_("Given on which day?"), initial=today)


class DepartForm(StepForm):
    on = DayField(label=_("On which day did the person leave?"), initial=today)
    checkpoint = AgencyChoice(
        label=_("To which checkpoint?"),
        queryset=Agency.objects.none(),
        to_field_name="code",
        empty_label=_("Choose a checkpoint"),
        error_messages={
            "required": _("Choose the checkpoint the person travels to."),
            "invalid_choice": _("This checkpoint is not in the list. Choose one that is."),
        },
    )
    receiver = AgencyChoice(
        label=_("Who receives the person?"),
        help_text=_("Name it at least 48 hours before the arrival: it sees the case from now on."),
        queryset=Agency.objects.none(),
        to_field_name="code",
        empty_label=_("Choose an agency"),
        error_messages={
            "required": _("Choose the agency that receives the person."),
            "invalid_choice": _("This agency is not in the list. Choose one that is."),
        },
    )
    words = words(
        _("The journey"), _("Flight or crossing, escort, what the checkpoint must know."), rows=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("checkpoint", checkpoints()), ("receiver", receivers())):
            choice = self.fields[name]
            assert isinstance(choice, AgencyChoice)
            choice.queryset = offered

    def clean_checkpoint(self) -> str:
        gate: Agency = self.cleaned_data["checkpoint"]
        return gate.code


class FallOutForm(DayForm):
    words = words(_("What is known"), rows=3)


class TakeUpForm(StepForm):
    pass


class StayForm(StepForm):
    words = words(
        _("What does the person want?"),
        _("In her own words, asked in safety and alone, with an interpreter if she needs one."),
        required=_("Write what the person wants, in her own words."),
    )
