"""Common parts of Cambodian names, as letters and as customarily spelt. Nobody's full name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.people.names import key, normalise, romanise

CUSTOMARY = """
ហួត Huot  សុធា Sothea  ដារ៉ា Dara  រតនា Ratana  ចាន់ Chan  សុខ Sok  កែវ Keo  ស្រី Srey
ពៅ Pov  ម៉ៅ Mao  ប៊ុន Bun  សំ Sam  យឹម Yim  លី Ly  អ៊ុំ Um  អ៊ុក Uk  ង៉ែត Nget
ញ៉ែម Nhem  ឆាយ Chhay  ជា Chea  ហេង Heng  គឹម Kim  ហុង Hong  តាំង Taing  ទេព Tep
នី Ny  វណ្ណា Vanna  បុប្ផា Bopha  មករា Makara  ពិសិដ្ឋ Piseth  វិសាល Visal  រដ្ឋ Roth
ភក្តី Pheakdey  សម្ភស្ស Samphos  សុភាព Sopheap  មាស Meas  យស Yos  រស់ Ros
ឃឹម Khim  ខៀវ Khiev  ឈុំ Chhum  ឈឿន Chhoeun  សុជាតា Socheata  កញ្ញា Kanha
ចន្ទ Chan  ចន្ធី Chanthy  ច័ន្ទ Chan  ម៉ាលី Maly  សូរិយា Soriya  ភារុណ Phearun
វុទ្ធី Vuthy  រិទ្ធី Rithy  វិបុល Vibol  ឯក Ek  ធារ៉ា Theara  រចនា Rachana
កល្យាណ Kalyan  កុសល Kosal  គង់ Kong  សំណាង Samnang  សុផល Sophal  ផល្លា Phalla
នារី Neary  ណារី Nary  ពន្លឺ Ponleu  អារុណ Arun  ចំរើន Chamroeun  ប្រាក់ Prak  សៅ Sao
ដួង Duong  លឹម Lim  វង្ស Vong  សុភ័ក្ត្រ Sopheak  ចន្ទ្រា Chantrea  រតនៈ Ratanak
ជ័យ Chey  ជាតិ Cheat  ធន Thon  ចិន្តា Chenda  លាភ Leap  វិជ្ជា Vichea  ស្រស់ Sros
ធី Thy  អឿន Oeun  សួគ៌ Suor  ស៊ីថា Sitha  រាជ Reach  មិត្ត Mit  ប៉ែន Pen  នួន Nuon
ស្វាយ Svay  ឡុង Long  ឌី Dy  ម៉េងលី Mengly  ច័ន្ទដារ៉ា Chandara  ស្រីនាង Sreyneang
"""
# The romanisation differs from custom; the key does not.
SAME_KEY = """
សុវណ្ណ Sovann  ធីតា Thida  បញ្ញា Panha  ពេជ្រ Pich  សិទ្ធិ Sith  ឧត្តម Oudom  ស្រីមុំ Sreymom
មុនី Mony  គន្ធា Kunthea  សារ៉ាត់ Sarath  រស្មី Raksmey  វាសនា Veasna  សម្បត្តិ Sambath
ឫទ្ធិ Rith  តូច Touch  អៀម Eam  វិរៈ Virak  កក្កដា Kakada  ឧសភា Ousaphea  ពុទ្ធ Put
រ័ត្ន Roth  សុគន្ធ Sokun  មួយលាង Muyleang  លីហួរ Lyhour  កុម្ភៈ Kumpheak  ភូមិ Phum
ហ្វូ Fu  សោភ័ណ Sophorn  មណី Mony  សុវណ្ណារី Sovannary  ទេពកោសល្យ Tepkosal  សុខហេង Sokheng
"""


def pairs(table: str) -> list[tuple[str, str]]:
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("written", "spelt"), pairs(CUSTOMARY))
def test_a_common_name_is_romanised_as_people_do(written: str, spelt: str) -> None:
    assert romanise(written) == spelt


@pytest.mark.parametrize(("written", "spelt"), pairs(CUSTOMARY + SAME_KEY))
def test_khmer_letters_and_the_customary_spelling_have_one_key(written: str, spelt: str) -> None:
    assert key(written) == key(spelt) != ""


def test_the_typing_order_of_marks_does_not_reach_the_key() -> None:
    for typed, meant in [("ស្រ្តី", "ស្ត្រី"), ("សុីណា", "ស៊ីណា"), ("មៅ៉", "ម៉ៅ"), ("កេាសល", "កោសល")]:
        assert romanise(typed) == romanise(meant)
        assert key(typed) == key(meant)


def test_silent_endings_are_silent() -> None:
    assert romanise("ជាតិ") == "Cheat"
    assert romanise("ហេតុ") == "Het"
    assert romanise("សប្តាហ៍") == romanise("សប្តា") == "Sapda"
    assert key("ច័ន្ទ") == key("ចាន់")


@given(st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17FF), max_size=40))
def test_any_khmer_characters_are_read_without_complaint(text: str) -> None:
    assert key(text) == key(normalise(text))
    assert not any("\u1780" <= c <= "\u17ff" for c in romanise(text))


@pytest.mark.parametrize("junk", ["ក", "្ក", "កឫ្ឫ្កិ", "័៍៌់", "ស្រ្ត", "អំង"])
def test_a_word_of_ten_thousand_characters_costs_little_and_gives_a_short_key(junk: str) -> None:
    began = time.process_time()
    assert len(key((junk * 10_000)[:10_000])) <= 24
    assert time.process_time() - began < 1


def test_a_khmer_name_is_keyed_in_well_under_a_millisecond() -> None:
    names = [written for written, _ in pairs(CUSTOMARY)]
    began = time.process_time()
    for written in names * 10:
        key(written)
    each = (time.process_time() - began) / (len(names) * 10)
    # Measured at 0.03 ms; the bound leaves room for a busy machine.
    assert each < 0.0005
