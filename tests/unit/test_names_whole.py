"""Whole names, all of them made up."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.people.names import MOST_PARTS, pair_keys, parts, romanise, similarity

FORMS = ["ហួត សុធា", "Sotea Hourt", "Hourt Sothia", "Huot Sothea", "SOTHEA, HUOT", "សុធា\u200b ហួត"]
WORDS = st.lists(
    st.sampled_from(["ហួត", "សុធា", "Huot", "Sothea", "Đặng", "สมชาย", "Chan", "Dara", "x", "7"]),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("form", FORMS)
def test_one_name_in_two_scripts_four_spellings_and_both_orders_has_one_pair(form: str) -> None:
    assert pair_keys(form) == ("ht", "st")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Huot  Sothea", ["Huot", "Sothea"]),
        ("Sok-Chea Dara", ["Sok-Chea", "Dara"]),
        ("ហួតសុធា", ["ហួតសុធា"]),
        ("陈美丽", ["陈", "美丽"]),
        ("陈 美丽", ["陈", "美丽"]),
        ("欧阳小红", ["欧阳", "小红"]),
        ("陈", ["陈"]),
        ("Nguyễn Thị Ánh", ["Nguyễn", "Thị", "Ánh"]),
        (" , ", []),
        ("", []),
    ],
)
def test_a_name_is_split_at_its_spaces(name: str, expected: list[str]) -> None:
    assert parts(name) == expected


def test_romanisation_is_for_reading_and_leaves_latin_alone() -> None:
    assert romanise("ហួត សុធា") == "Huot Sothea"
    assert romanise("陈美丽") == "Chen Meili"
    assert romanise("  de la Cruz ") == "de la Cruz"
    assert romanise("Nguyễn Thị Ánh") == "Nguyễn Thị Ánh"
    assert romanise("ហួត Sothea") == "Huot Sothea"


@given(WORDS, st.randoms())
def test_the_order_of_parts_never_matters(words: list[str], random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pair_keys(" ".join(words)) == pair_keys(" ".join(shuffled))


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_symmetric_and_between_nothing_and_one(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, a) == (1.0 if parts(a) else 0.0)


@given(WORDS, WORDS)
def test_similarity_of_names_is_symmetric_too(a: list[str], b: list[str]) -> None:
    one, other = " ".join(a), " ".join(b)
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert 0.0 <= similarity(one, other) <= 1.0


@pytest.mark.parametrize("form", FORMS)
def test_spellings_of_one_name_are_alike(form: str) -> None:
    assert similarity("Huot Sothea", form) >= 0.95


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Keo Ratana", "Kev Rothana"),
        ("Huot Phearom", "Phearum Hourt"),
        ("Chen Meili", "陈美丽"),
        ("Sam Oeun", "Samoeun"),
    ],
)
def test_what_people_call_one_name_scores_above_near_namesakes(a: str, b: str) -> None:
    assert similarity(a, b) > similarity("Sok Chanthy", "Sok Chantha") + 0.05


def test_unlike_names_are_far_apart() -> None:
    assert similarity("Keo Dara", "Chan Vuthy") < 0.3
    assert similarity("Sothea", "Huot Sothea") < similarity("Huot Sotea", "Huot Sothea")
    assert similarity("", "Huot Sothea") == 0.0
    assert similarity("12", "Huot Sothea") == 0.0


@pytest.mark.parametrize("junk", ["k", "7", "k ", "ក ", "陈", "\u202e", "្", "🙂 ", "ข", "é "])
def test_junk_of_any_length_is_borne(junk: str) -> None:
    for text in (junk, (junk * 10_000)[:10_000]):
        assert len(pair_keys(text)) <= MOST_PARTS
        romanise(text)
        assert 0.0 <= similarity(text, "Huot Sothea") <= 1.0


def test_the_table_of_other_scripts_is_read_only_when_needed() -> None:
    known = sys.modules.pop("anyascii", None)
    try:
        pair_keys("ហួត សុធា")
        pair_keys("Nguyễn Thị Ánh")
        assert "anyascii" not in sys.modules
    finally:
        if known:
            sys.modules["anyascii"] = known
