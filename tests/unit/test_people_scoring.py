"""Points for each agreement and disagreement, each with its sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spean.people.rules import Traits, asked, model, probability, stored, weigh

MOTHER_SAYS = Traits(names=("Keo Sokha",), born="2004", sex="female", province="02")


def score(one, other):
    return probability(weigh(one, other))


def level(field, one, other):
    return next((r.level for r in weigh(one, other) if r.field == field), "")


def test_the_same_report_twice_is_almost_surely_one_person():
    assert score(MOTHER_SAYS, MOTHER_SAYS) > 0.99


def test_the_order_of_family_and_given_name_does_not_matter():
    assert level("name", MOTHER_SAYS, Traits(names=("Sokha Keo",))) == "same"


def test_spellings_that_sound_the_same_agree():
    assert level("name", Traits(names=("Keo Sokha",)), Traits(names=("Kev Sokkha",))) == "sounds"


def test_khmer_script_and_latin_letters_agree():
    assert level("name", Traits(names=("សុខ សុខា",)), Traits(names=("Sok Sokha",))) == "sounds"


def test_the_best_of_all_written_forms_counts():
    several = Traits(names=("Srey Pich", "Sokha Keo"))
    assert level("name", MOTHER_SAYS, several) == "same"


def test_another_name_and_another_year_is_hardly_the_same():
    other = Traits(names=("Chan Dara",), born="1971", sex="male", province="17")
    assert score(MOTHER_SAYS, other) < 0.001


def test_birth_agrees_by_day_month_year_or_nearly():
    def birth(one, other):
        return level("born", Traits(born=one), Traits(born=other))

    assert birth("2004-06-03", "2004-06-03") == "day"
    assert birth("2004-06-03", "2004-03-06") == "swapped"
    assert birth("2004-06-03", "2004-06") == "month"
    assert birth("2004-06-03", "2004-09-11") == "year"
    assert birth("2004", "2006") == "near"
    assert birth("2004", "2010") == "differs"
    assert birth("2004", "") == ""


def test_what_is_not_known_says_nothing():
    assert weigh(Traits(), MOTHER_SAYS) == []


def test_a_telephone_number_agrees_by_its_end_in_any_digits():
    one, other = Traits(phones=("+855 12 345 678",)), Traits(phones=("០១២ ៣៤៥ ៦៧៨",))
    assert level("phone", one, other) == "same"


def test_every_point_has_a_sentence_and_the_model_is_readable():
    for reason in weigh(MOTHER_SAYS, MOTHER_SAYS):
        assert reason.sentence.endswith(".")
        assert reason.points == model()[reason.field][reason.level]


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(["", "2004", "2004-06", "2004-06-03"]),
)
def test_any_text_is_weighed_and_tokenised_without_failing(one, other, born):
    a, b = Traits(names=(one,), born=born), Traits(names=(other,), born="1999")
    assert 0 <= score(a, b) <= 1
    assert score(a, b) == score(b, a)
    assert all(len(kind) <= 4 for kind, _ in stored(a))


def test_a_question_shares_tokens_with_the_report_it_should_find():
    question = Traits(names=("Sokha Kev",), born="2005")
    tokens = set().union(*asked(question))
    assert tokens & stored(MOTHER_SAYS)
