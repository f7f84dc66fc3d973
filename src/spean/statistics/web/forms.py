"""What a statement is asked for, on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.shell.text import say
from spean.statistics import rules
from spean.statistics.measures import MEASURES
from spean.statistics.web.printing import COLUMN_LABELS

BREAKDOWNS = (
    "sex", "age", "nationality", "from", "province", "placement", "checkpoint", "form", "agency",
)  # fmt: skip


def _measures() -> list[tuple[str, str]]:
    language = translation.get_language() or "en"
    return [(measure.id, measure.name(language)) for measure in MEASURES.values()]


def _breakdowns() -> list[tuple[str, str]]:
    return [(column, say(COLUMN_LABELS[column])) for column in BREAKDOWNS]


class StatementForm(forms.Form):
    """A period, a day of knowledge, measures and breakdowns; dates in any digits."""

    first = forms.CharField(label=_("First day"), max_length=20)
    last = forms.CharField(label=_("Last day"), max_length=20)
    as_of = forms.CharField(
        label=_("As known on"),
        max_length=20,
        required=False,
        help_text=_("Empty: today. What was recorded later is left out."),
    )
    measures = forms.MultipleChoiceField(
        label=_("What to count"), required=False, help_text=_("None chosen: everything.")
    )
    by = forms.MultipleChoiceField(
        label=_("Broken down by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(
        label=_("Where it happened"),
        required=False,
        choices=[("", _("anywhere")), ("abroad", _("abroad")), ("home", _("at home"))],
    )
    public = forms.BooleanField(label=_("Hide small numbers (for giving out)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices_of("measures", _measures())
        self._choices_of("by", _breakdowns())

    def _choices_of(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Add ``asked``, what the statement is asked for."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        place = cleaned["place"]
        try:
            cleaned["asked"] = rules.ask(
                first=cleaned["first"],
                last=cleaned["last"],
                as_of=cleaned["as_of"],
                today=clock.today(),
                measures=",".join(cleaned["measures"]),
                by=",".join(cleaned["by"]),
                where=f"where={place}" if place else "",
                public=cleaned["public"],
            )
        except Invalid as wrong:
            field = {"to": "last"}.get(wrong.field or "", wrong.field)
            self.add_error(field if field in self.fields else None, say(wrong.sentence))
        return cleaned


def usual() -> dict[str, str]:
    """Return what the form holds when it is opened: this year so far."""
    today = clock.today()
    return {"first": f"{today.year}-01-01", "last": today.isoformat()}
