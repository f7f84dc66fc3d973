import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spean.people.names import normalise, script_of

KHMER = st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17FF), max_size=30)
AWKWARD = st.text(
    alphabet="កតដរសហអ្ាិីឹឺុូើេោំះៈ៉៊់័៍៌\u17b4\u17dde\u0301\u0323\u093c\u200b\u200d\u202e 1១\u0e01",
    max_size=30,
)


@given(st.text() | KHMER | AWKWARD)
@example("e\u17b4\u0301")
@example("ក្\u200bខ")
@example("\ud800ក")
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_a_clean_text_holds_no_invisible_character_and_no_double_space(text: str) -> None:
    clean = normalise(text)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cf", "Cs"}
    assert clean == " ".join(clean.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ស្ត្រី", "ស្រ្តី"),  # the letter រ is written last below another
        ("ម៉ៅ", "មៅ៉"),  # shifter before vowel
        ("សុំ", "សំុ"),  # vowel before sign
        ("កោ", "កេា"),  # one vowel typed as its two halves
        ("ហើយ", "ហេីយ"),
        ("ស៊ីណា", "សុីណា"),  # the shifter under a high vowel, typed as it looks
        ("ម៉ឺន", "មុឺន"),
        ("ចិន្តា", "ចិន្ដា"),  # ត and ដ below a letter look the same
        ("ដារ៉ា", "ដារ៉៉ា"),  # a key that bounced
        ("ភក្តី", "ភក្តី\u200b"),
        ("សុខ", "សុ\u200cខ"),
        ("ច័ន្ទ", "ច័ន្ទ្"),  # nothing follows the last coeng
        ("រ័ត្ន", "រ័ត\u17b4្ន"),
    ],
)
def test_two_ways_of_typing_one_khmer_word_become_one(typed: str, meant: str) -> None:
    assert normalise(typed) == normalise(meant)


def test_correct_khmer_stays_as_it_is() -> None:
    for word in ["ស្ត្រី", "ម៉ៅ", "សុំ", "ស៊ីណា", "សុភ័ក្ត្រ", "ពណ៌", "ឫទ្ធិ", "តាំង", "កុម្ភៈ"]:
        assert normalise(word) == word


def test_digits_spaces_and_direction_marks_are_made_plain() -> None:
    assert normalise("  \u202eហួត\u00a0\u2003សុធា\t១២៣\u202c\r\n") == "ហួត សុធា 123"
    assert normalise("Nguye\u0302\u0303n") == "Nguyễn"


@pytest.mark.parametrize("junk", ["ក", "្", "់" * 7, "ក្" * 9, "e\u0301", "\u202e", "ក" + "ាិុ៉ំ"])
@pytest.mark.parametrize("length", [1, 10_000])
def test_any_length_of_junk_is_read_in_no_time(junk: str, length: int) -> None:
    began = time.process_time()
    normalise((junk * length)[:10_000])
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ហួត សុធា", "km"),
        ("ហួត S.", "km"),
        ("Huot Sothea", "latin"),
        ("Nguyễn Thị Ánh", "latin"),
        ("陈美丽", "zh"),
        ("สมชาย ใจดี", "th"),
        ("Иван", "other"),
        ("ひらがな", "other"),
        ("១២៣ 45", "other"),
        ("🙂", "other"),
        ("", "other"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script
