"""What may be typed on the portal: almost anything, kept as it was written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spean.intake.rules import LONGEST_WORDS
from spean.intake.states import ForWhom, Missing

_NO = frozenset({"no", "0", "false", "off"})
_YES = frozenset({"yes", "1", "true", "on"})


class Words(forms.Field):
    """Text to the byte: Django's own text field would strip blanks and refuse NUL."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> str:
        return "" if value is None else str(value)


class Choice(forms.Field):
    """One of a few codes; what is no code is no answer, never an error."""

    def __init__(self, codes: frozenset[str]) -> None:
        super().__init__(required=False)
        self.codes = codes

    def to_python(self, value: object) -> str:
        return str(value) if value in self.codes else ""


class YesNo(forms.Field):
    """Yes, no, or no answer."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> bool | None:
        said = str(value).strip().lower()
        return True if said in _YES else False if said in _NO else None


def _not_too_long(*texts: str) -> None:
    if sum(len(t.encode()) for t in texts) > LONGEST_WORDS:
        raise ValidationError(
            _("This is too long to send at once. Send a part of it; you can write more after.")
        )


class DangerForm(forms.Form):
    danger = YesNo()
    watched = YesNo()


class WriteForm(forms.Form):
    words = Words()
    for_whom = Choice(frozenset(f.value for f in ForWhom if f))
    where = Words()
    held_by = Words()
    may_reply = YesNo()
    elsewhere = YesNo()
    danger = YesNo()
    watched = YesNo()

    def clean(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        texts = [said["words"], said["where"], said["held_by"]]
        if not any(text.strip() for text in texts):
            self.add_error("words", _("Write a few words first. One word is enough."))
        try:
            _not_too_long(*texts)
        except ValidationError as wrong:
            self.add_error("words", wrong)
        said["danger_now"] = said.pop("danger")
        said["may_reply"] = said["may_reply"] is not False
        said["may_contact_elsewhere"] = bool(said.pop("elsewhere"))
        return said


class MoreForm(forms.Form):
    words = Words()
    question = Choice(frozenset(m.value for m in Missing))

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise ValidationError(_("Write a few words first. One word is enough."))
        _not_too_long(words)
        return words
