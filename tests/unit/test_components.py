"""The desk's components: one way to show a field, a refusal, a story."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string

from spean.kernel.text import Sentence


class Call(forms.Form):
    where = forms.CharField(label="Where", help_text="A town or a street.")
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    danger = forms.ChoiceField(
        label="In danger now?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    country = forms.ChoiceField(label="Country", choices=[("CN", "China"), ("TH", "Thailand")])
    reply = forms.BooleanField(label="We may answer", required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(component: str, **context: object) -> str:
    return render_to_string(f"shell/components/{component}.html", context)


@pytest.fixture
def refused() -> Call:
    form = Call({"where": "", "words": "<script>x</script>", "country": "TH", "reply": "on"})
    assert not form.is_valid()
    return form


def test_a_control_points_at_its_hint_and_at_its_error(refused: Call) -> None:
    html = shown("field", field=refused["where"])
    assert 'id="id_where_helptext"' in html
    assert 'id="id_where_error"' in html
    assert 'aria-describedby="id_where_helptext id_where_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_and_stays_text(refused: Call) -> None:
    html = shown("field", field=refused["words"])
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "<script>" not in html


def test_choices_are_one_group_with_a_legend(refused: Call) -> None:
    html = shown("field", field=refused["danger"])
    assert html.count('type="radio"') == 2
    assert "<legend" in html
    assert 'for="id_danger_0"' in html
    assert 'id="id_danger_0"' in html


def test_what_was_chosen_stays_chosen(refused: Call) -> None:
    assert '<option value="TH" selected>' in shown("field", field=refused["country"])
    assert " checked" in shown("field", field=refused["reply"])


def test_a_select_keeps_one_id_and_one_name(refused: Call) -> None:
    html = shown("field", field=refused["country"])
    assert html.count(' id="id_country"') == 1
    assert html.count(' name="country"') == 1


def test_a_field_one_may_leave_empty_says_so(refused: Call) -> None:
    assert "(optional)" in shown("field", field=refused["words"])
    assert "(optional)" not in shown("field", field=refused["where"])


def test_a_hidden_field_is_only_its_control(refused: Call) -> None:
    assert "govuk-form-group" not in shown("field", field=refused["draft"])


def test_the_summary_leads_to_each_control(refused: Call) -> None:
    html = shown("errors", form=refused)
    assert 'href="#id_where"' in html
    assert 'href="#id_danger_0"' in html


def test_no_errors_no_summary() -> None:
    assert shown("errors", form=Call()).strip() == ""


def test_a_closed_button_says_why() -> None:
    html = shown("button", label="Close", id="close", reason=Sentence("A return is still open."))
    assert 'disabled aria-describedby="why-close"' in html
    assert 'id="why-close"' in html
    assert "A return is still open." in html


def test_an_open_button_is_not_disabled() -> None:
    assert "disabled" not in shown("button", label="Close")


def test_a_story_takes_instants_and_days_and_says_each_in_words() -> None:
    entries = [
        SimpleNamespace(
            when=datetime(2025, 4, 22, 2, 0, tzinfo=UTC), label="Call", text="", icon="call"
        ),
        SimpleNamespace(when=date(2025, 4, 21), label="Left home", text="", icon=""),
    ]
    html = shown("timeline", entries=entries)
    assert 'datetime="2025-04-22T02:00:00+00:00"' in html
    assert "21 April 2025" in html
    assert html.count('aria-hidden="true"') == 2
    assert shown("timeline", entries=[]).count("<li>") == 1


def test_an_unknown_value_says_that_it_is_not_known() -> None:
    html = shown("summary_list", rows=[("Age", None), ("Children", 0)])
    assert "not known" in html
    assert ">0<" in html


def test_a_tag_says_its_word() -> None:
    assert ">high</strong>" in shown("tag", label="high", tone="danger")
