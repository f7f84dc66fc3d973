"""One made-up name in many spellings is one; names that are not alike are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.people import names

# Common parts of Cambodian names: Khmer script and spellings seen for it. No row is a person.
PARTS = (
    ("ហួត", "Huot Hourt Houth"), ("សុធា", "Sothea Sotea Sothia"), ("សុខ", "Sok Sokh"),
    ("ចាន់ថា", "Chantha Chanthar"), ("វិចិត្រ", "Vichet Vicheth"), ("សុភ័ក្រ", "Sopheak Sopheark"),
    ("ស្រីនាង", "Sreyneang Sreineang"), ("សំណាង", "Samnang Somnang"), ("កែវ", "Keo Kev"),
    ("បុប្ផា", "Bopha Bupha"), ("អ៊ុំ", "Um Oum"), ("ចំរើន", "Chamroeun Chamreun"),
    ("ដារ៉ា", "Dara Darah"), ("ម៉ាលី", "Maly Malee"), ("រតនា", "Ratana Rothana"),
    ("ធីតា", "Thida Tida"), ("ឈឹម", "Chhim Chim"), ("សុជាតា", "Socheata Sochietha"),
    ("ពិសី", "Pisey Pisei"), ("យឹម", "Yim Yem"), ("សុភា", "Sophea Sorphea"),
    ("គឹម", "Kim Khim"), ("លីដា", "Lida Lyda"), ("ចន្ធី", "Chanthy Chanthi"),
    ("វណ្ណា", "Vanna Wanna"), ("កញ្ញា", "Kanha Kanya"), ("បូរ៉ា", "Bora Borah"),
    ("រិទ្ធី", "Rithy Rithi"), ("វុទ្ធី", "Vuthy Vuthi"), ("ទេព", "Tep Teb"),
    ("ម៉ៅ", "Mao Mau"), ("ប៉ែន", "Pen Pean"), ("ជា", "Chea Chear"), ("លី", "Ly Li"),
)  # fmt: skip


@pytest.mark.parametrize(("khmer", "latin"), PARTS, ids=lambda v: v)
def test_khmer_script_and_its_spellings_share_a_key(khmer, latin):
    assert {names.key(spelling) for spelling in latin.split()} == {names.key(khmer)}


def test_one_made_up_name_is_one_in_five_spellings():
    spellings = ("ហួត សុធា", "Sotea Hourt", "Hourt Sothia", "Huot Sothea", "HUOT, Sothea")
    assert {names.pair_keys(s) for s in spellings} == {("ht", "st")}


def test_the_order_of_subscripts_and_vowels_does_not_matter():
    one, other = "ស្រ្តី", "ស្ត្រី"
    assert one != other
    assert names.normalise(one) == names.normalise(other)


def test_what_cannot_be_seen_is_gone_and_digits_are_read():
    assert names.normalise("\u200bSok\u202e  Chan\u200d ១២\u2066") == "Sok Chan 12"


@pytest.mark.parametrize(
    ("one", "other"), [("Sok Chantha", "Keo Bopha"), ("ហួត សុធា", "លី ម៉ាលី"), ("Sok", "Chan")]
)
def test_different_names_are_not_alike(one, other):
    assert names.similarity(one, other) < 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [("Huot Sothea", "ហួត សុធា"), ("Huot Phearom", "Hourt Phearum"), ("Sothea Huot", "Huot Sothea")],
)
def test_the_same_name_is_alike(one, other):
    assert names.similarity(one, other) > 0.85


@pytest.mark.parametrize(
    "junk", ["", "a", "123", "\u202e\u202d", "ក" * 10_000, "្" * 50, "🙂", "\0"]
)
def test_junk_does_not_crash(junk):
    names.pair_keys(junk)
    names.romanise(junk)
    names.similarity(junk, "Sok Chantha")


@given(st.text(max_size=60))
def test_the_normal_form_is_normal_already(text):
    once = names.normalise(text)
    assert names.normalise(once) == once


@given(st.lists(st.sampled_from([k for k, _ in PARTS]), min_size=1, max_size=4))
def test_the_order_of_parts_does_not_matter(found):
    assert names.pair_keys(" ".join(found)) == names.pair_keys(" ".join(reversed(found)))
