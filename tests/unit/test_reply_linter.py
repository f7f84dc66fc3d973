"""Whoever holds the phone may read the reply: it carries no plan, time, place, officer, agency."""

from __future__ import annotations

import pytest

from spean.intake.linter import reveals
from spean.intake.questions import AGAIN, TO_ANOTHER, TO_HER

AGENCIES = ("Hotline", "AHTJP", "Anti-trafficking department", "នាយកដ្ឋានប្រឆាំងការជួញដូរ")
OFFICERS = ("Dara", "Sophal")


@pytest.mark.parametrize(
    "words",
    [
        "We are there at 5 pm.",
        "Be at the gate at 17:30",
        "ម៉ោង ៥",
        "2025-04-22",
        "On 22 April",
        "ថ្ងៃទី ២២",
        "tomorrow",
        "明天",
        "Call +855 12 345 678",
        "០១២ ៣៤៥ ៦៧៨",
        "You will go to Battambang",
        "បាត់ដំបង",
        "You are in China, we know",
        "ចិន",
        "The AHTJP has your words",
        "នាយកដ្ឋានប្រឆាំងការជួញដូរ",
        "Dara reads this",
        "We will come and get you",
        "The embassy knows",
        "police",
        "នគរបាល",
        "大使馆",
        "đại sứ quán",
    ],
)
def test_a_reply_that_tells_too_much_is_refused_with_what_was_found(words):
    found = reveals(words, AGENCIES, OFFICERS)
    assert found
    assert all("“" in sentence for sentence in found)


@pytest.mark.parametrize(
    "words",
    [
        "We have read your words. Thank you for writing.",
        "You did nothing wrong. Write when it is safe.",
        "Is the door locked? Do you have food and water?",
        "You can come back here whenever you like.",
        "អរគុណដែលបានសរសេរ។ សូមសរសេរពេលដែលមានសុវត្ថិភាព។",
        "我们看到了你写的话。",
        "Cảm ơn anh đã viết.",
        "Your dark hair",
    ],
)
def test_a_kind_reply_passes(words):
    assert reveals(words, AGENCIES, OFFICERS) == []


def test_a_name_inside_another_word_is_no_name():
    assert reveals("How dara-like: thank you, Adara.", (), ("Dar",)) == []


def test_provinces_of_the_country_in_question_can_be_added():
    assert reveals("You are in Henan", (), (), ("Henan",))
    assert not reveals("You are in Henan", (), ())


def test_the_approved_questions_pass_their_own_linter():
    for sentence in (*TO_HER.values(), *TO_ANOTHER.values(), AGAIN):
        assert reveals(sentence, AGENCIES, OFFICERS) == [], sentence
