"""The desk's forms: what is typed is kept, and said back with what to do when it cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.agencies.models import Agency
from spean.cases.states import Form as Exploitation
from spean.intake.claims import Claim
from spean.intake.labels import CHANNELS, FOR_WHOM, REASONS, RELATIONS, URGENCIES
from spean.intake.questions import LABELS
from spean.intake.states import Channel, ClosureReason
from spean.kernel import clock
from spean.kernel.digits import to_ascii
from spean.kernel.text import Sentence
from spean.people.models import Person
from spean.people.states import NameKind, Sex
from spean.people.web.fields import CountryField
from spean.places import gazetteer
from spean.places.countries import HOME
from spean.shell.web.fields import DayField, PartialDateField, SeenForm, choices_of

_LANGUAGES = (
    ("km", _("Khmer")),
    ("en", _("English")),
    ("zh-hans", _("Chinese")),
    ("vi", _("Vietnamese")),
    ("th", _("Thai")),
)
_ANSWERS = {"yes": True, "no": False}


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
            coerce=lambda value: _ANSWERS.get(value),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **given,
        )


def _text(label: Any, hint: Any = "", *, rows: int = 0, **given: Any) -> forms.CharField:
    attrs = {"autocomplete": "off"} | ({"rows": rows} if rows else {})
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, help_text=hint, required=given.pop("required", False), widget=widget, **given
    )


def province_code(typed: str, country: str) -> str:
    """Return the code of the province typed in any spelling; raise ValidationError."""
    wanted = to_ascii(typed).strip()
    if not wanted:
        return ""
    if not country:
        raise ValidationError(_("Choose the country first, then write the province."))
    if country == HOME:
        found = gazetteer.find(wanted)
        ranked = [p for p in found if p.level == "province"] or found
        if ranked:
            return ranked[0].code[:2]
    for code, name in gazetteer.province_choices(country, "en"):
        if wanted.casefold() in {code.casefold(), name.casefold()} or (
            len(wanted) > 2 and name.casefold().startswith(wanted.casefold())
        ):
            return code
    raise ValidationError(
        _(
            "We know no province “%(typed)s” in this country. Check the spelling, or write it only "
            "in the words about the place."
        ),
        params={"typed": wanted[:40]},
    )


class _Placed(forms.Form):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        try:
            given["province"] = province_code(given.get("province", ""), given.get("country", ""))
        except ValidationError as wrong:
            self.add_error("province", wrong)
        return given


class PersonForm(forms.Form):
    """One person whom a plea speaks of; every field may be empty."""

    name = _text(_("Name"), _("in any script"), max_length=200)
    alias = _text(_("Other name"), _("alias, or name on a social network"), max_length=200)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[
            ("", _("not known")),
            (Sex.FEMALE.value, _("female")),
            (Sex.MALE.value, _("male")),
            (Sex.OTHER.value, _("other")),
        ],
    )
    born = PartialDateField(
        label=_("Born"), help_text=_("year, month or day, such as 1999 or 1999-04"), required=False
    )
    home_province = _text(_("Home province in Cambodia"), max_length=60)
    home_place = _text(_("Village, commune or district"), max_length=200)
    phone = _text(_("Telephone of the person"), max_length=60)

    def clean_home_province(self) -> str:
        return province_code(self.cleaned_data["home_province"], HOME)

    @property
    def is_empty(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def claim(self) -> Claim:
        """Return what was typed as a claim."""
        given = self.cleaned_data
        names = [(given["name"], NameKind.FULL.value), (given["alias"], NameKind.ALIAS.value)]
        return Claim(
            names=[pair for pair in names if pair[0].strip()],
            sex=given["sex"],
            born=given["born"],
            nationality=HOME if given["home_province"] else "",
            home_province=given["home_province"],
            home_place=given["home_place"],
            phone=given["phone"],
        )


_RECORDED = {code: label for code, label in CHANNELS.items() if code is not Channel.PORTAL}


class RecordForm(_Placed):
    """A plea as somebody says it: danger, where, who, how to reach safely, words."""

    channel = forms.ChoiceField(label=_("How it came"), choices=choices_of(_RECORDED))
    received = DayField(
        label=_("When it came, if not now"),
        help_text=_("a day, such as 2025-04-22"),
        required=False,
    )
    danger_now = YesNo(label=_("Is somebody in danger now?"))
    child = YesNo(label=_("Is a child among them?"))
    country = CountryField(label=_("Country where the person is"), required=False)
    province = _text(_("Province there"), _("in any spelling"), max_length=60)
    where = _text(_("What else is known of the place"), rows=2)
    held_by = _text(_("Who holds the person"), rows=2)
    for_whom = forms.ChoiceField(
        label=_("For whom"),
        choices=choices_of(FOR_WHOM, blank=_("not known")),
        required=False,
    )
    persons_claimed = forms.IntegerField(
        label=_("How many persons"), required=False, min_value=1, max_value=5000
    )
    requester_relation = forms.ChoiceField(
        label=_("Who asks for help"),
        choices=choices_of(RELATIONS, blank=_("not known")),
        required=False,
    )
    requester_name = _text(_("Name of who asks"), max_length=200)
    requester_contact = _text(_("Telephone or address of who asks"), max_length=200)
    safe_contact = _text(
        _("How to reach them safely"),
        _("which telephone, at what hours, who may answer, what not to say"),
        rows=2,
    )
    words = _text(_("What was said, in their words"), rows=6, strip=False)
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES, required=False)
    post_url = _text(_("Address of the post"), _("only for a post on a network"), max_length=500)
    send_to = forms.ChoiceField(label=_("Who answers it"), required=False)

    def __init__(self, *given: Any, own: Agency, routes: Iterable[Agency], **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        keep = _("we do: %(office)s") % {"office": own.name_in(language)}
        self._routes = {str(office.pk): office for office in routes}
        self.fields["send_to"].choices = [  # type: ignore[attr-defined]
            ("", keep),
            *((pk, office.name_in(language)) for pk, office in self._routes.items()),
        ]

    def clean_received(self) -> datetime | None:
        day: date | None = self.cleaned_data["received"]
        if day is None:
            return None
        if day > clock.today():
            raise ValidationError(_("This day is in the future. Write when the plea came."))
        return min(datetime.combine(day, time(12), clock.zone()), clock.now())

    def clean_send_to(self) -> Agency | None:
        return self._routes.get(self.cleaned_data["send_to"])


class TriageForm(_Placed, SeenForm):
    urgency = forms.ChoiceField(
        label=_("How urgent"), choices=choices_of(URGENCIES), widget=forms.RadioSelect
    )
    child = YesNo(label=_("Is a child among them?"))
    country = CountryField(label=_("Country where the person is"), required=False)
    province = _text(_("Province there"), _("in any spelling"), max_length=60)
    missing = forms.MultipleChoiceField(
        label=_("What is missing"),
        choices=choices_of(LABELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AskForm(SeenForm):
    missing = forms.ChoiceField(label=_("Question"), choices=choices_of(LABELS))


class ReplyForm(SeenForm):
    words = _text(_("Answer the writer"), rows=4, required=True)
    override = forms.BooleanField(
        label=_("Send it as it is: I have checked who may read it"), required=False
    )

    def __init__(self, *given: Any, may_override: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        if not may_override:
            del self.fields["override"]


class NoteForm(SeenForm):
    words = _text(
        _("What was said by telephone or in person"),
        _("also when nobody answered"),
        rows=3,
        required=True,
    )
    is_safe = forms.BooleanField(
        label=_("I have checked, not through the number, that the person is safe"), required=False
    )


class SendForm(SeenForm):
    agency = forms.ChoiceField(label=_("Send to"))

    def __init__(self, *given: Any, routes: Iterable[Agency], **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self._routes = {str(office.pk): office for office in routes}
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            (pk, office.name_in(language)) for pk, office in self._routes.items()
        ]

    def clean_agency(self) -> Agency:
        return self._routes[self.cleaned_data["agency"]]


class LinkForm(SeenForm):
    case = _text(_("Reference of the case"), _("such as C-7K3F2M"), max_length=20, required=True)


_FORMS = {
    Exploitation.FORCED_MARRIAGE: Sentence("Forced marriage"),
    Exploitation.FORCED_LABOUR: Sentence("Forced labour"),
    Exploitation.SEXUAL_EXPLOITATION: Sentence("Sexual exploitation"),
    Exploitation.FORCED_CRIMINALITY: Sentence("Forced to commit crimes"),
    Exploitation.DOMESTIC_SERVITUDE: Sentence("Domestic servitude"),
    Exploitation.FORCED_BEGGING: Sentence("Forced begging"),
    Exploitation.TRAFFICKING: Sentence("Trafficking, form not known"),
    Exploitation.OTHER: Sentence("Other"),
}


class OpenCaseForm(SeenForm):
    form = forms.ChoiceField(
        label=_("What seems to have happened"),
        choices=choices_of(_FORMS, blank=_("not known")),
        required=False,
    )
    summary = _text(_("In two sentences"), _("without names"), rows=3)
    lead_agency = forms.ChoiceField(label=_("Who leads the case"), required=False)

    def __init__(self, *given: Any, own: Agency, leads: Iterable[Agency], **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self._leads = {str(office.pk): office for office in leads}
        self.fields["lead_agency"].choices = [  # type: ignore[attr-defined]
            ("", own.name_in(language)),
            *((pk, office.name_in(language)) for pk, office in self._leads.items()),
        ]

    def clean_lead_agency(self) -> Agency | None:
        return self._leads.get(self.cleaned_data["lead_agency"])


class ElsewhereForm(SeenForm):
    to_whom = _text(_("To whom, and how they are reached"), rows=2, required=True)


class CloseForm(SeenForm):
    reason = forms.ChoiceField(
        label=_("What it was"),
        choices=choices_of(
            {code: label for code, label in REASONS.items() if code is not ClosureReason.HELPED},
            blank=_("choose"),
        ),
    )


class CompareForm(forms.Form):
    """A person of the plea beside one that nothing suggested, by reference."""

    person = forms.ChoiceField(label=_("Person of this plea"))
    ref = _text(_("Compare with"), _("a reference such as P-7K3F2M"), max_length=20, required=True)

    def __init__(self, *given: Any, persons: Iterable[Person], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(person.pk), person.ref) for person in persons
        ]


class QueueForm(forms.Form):
    """The filters of the queue, in the address."""

    state = forms.ChoiceField(
        label=_("Pleas"),
        required=False,
        choices=[
            ("open", _("open")),
            ("quarantine", _("in quarantine")),
            ("accepted", _("in a case or elsewhere")),
            ("closed", _("closed")),
            ("all", _("all")),
        ],
    )
    office = forms.ChoiceField(
        label=_("Office"), required=False, choices=[("mine", _("ours")), ("all", _("all we see"))]
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=choices_of({**URGENCIES, "unset": Sentence("Not yet sorted")}, blank=_("any")),
    )
    channel = forms.ChoiceField(
        label=_("How it came"), required=False, choices=choices_of(CHANNELS, blank=_("any"))
    )
    ref = _text(_("Reference"), max_length=20)
