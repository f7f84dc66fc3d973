"""The ground every room stands on."""

from __future__ import annotations

import contextlib
import pickle
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel import clock, ids
from spean.kernel.actor import PUBLIC, Actor, Capability, Kind
from spean.kernel.dates import PartialDate
from spean.kernel.digits import to_ascii, to_khmer
from spean.kernel.errors import Denied, IllegalMove, Invalid
from spean.kernel.events import Event, rebuild, subscribe, subscribers
from spean.kernel.lifecycle import Lifecycle, Move
from spean.kernel.policy import policy
from spean.kernel.text import Sentence


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


LIGHTS = Lifecycle(
    Light.RED,
    Move("go", frozenset({Light.RED}), Light.GREEN),
    Move("stop", frozenset({Light.GREEN}), Light.RED),
)


# --- dates ---


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-04-22", date(2025, 4, 22), date(2025, 4, 22)),
        ("2025/4/2", date(2025, 4, 2), date(2025, 4, 2)),
        ("២០២៥-០៤-២២", date(2025, 4, 22), date(2025, 4, 22)),
        (" ２０２５ ", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_date_is_the_interval_it_may_mean(written, first, last):
    read = PartialDate.parse(written)
    assert (read.first, read.last) == (first, last)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025-02-31", "not in the calendar"),
        ("2025-13", "not in the calendar"),
        ("2568-04-22", "Buddhist-era year. Write it as 2025."),
        ("២៥៦៨", "Buddhist-era year. Write it as 2025."),
        ("1812", "too long ago"),
        ("yesterday", "is not a date"),
        ("22/04/2025", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(written, said):
    with pytest.raises(Invalid, match=said):
        PartialDate.parse(written)


@given(st.dates(date(1900, 1, 1), date(2400, 1, 1)))
def test_a_day_reads_back_as_written(day):
    assert str(PartialDate.parse(day.isoformat())) == day.isoformat()
    assert str(PartialDate.parse(to_khmer(day.isoformat()))) == day.isoformat()


@given(st.text())
def test_reading_a_date_refuses_in_words_or_answers(text):
    read = None
    with contextlib.suppress(Invalid):
        read = PartialDate.parse(text)
    assert read is None or read.first <= read.last


# --- digits ---


@given(st.integers(0, 10**12))
def test_khmer_digits_read_back(number):
    assert int(to_ascii(to_khmer(str(number)))) == number


def test_digits_of_every_script_are_read_and_letters_left_alone():
    assert to_ascii("០៩៦ ๑๒ ٣٤ ５ ក") == "096 12 34 5 ក"


# --- lifecycles ---


def test_a_move_that_is_not_in_the_table_is_refused_in_words():
    assert LIGHTS.after(Light.RED, "go") is Light.GREEN
    with pytest.raises(IllegalMove, match="This cannot be done now"):
        LIGHTS.after(Light.RED, "stop")


def test_a_table_says_what_can_be_done_and_draws_itself():
    assert LIGHTS.verbs(Light.RED) == ("go",)
    assert LIGHTS.reachable() == set(Light)
    assert "red --> green: go" in LIGHTS.mermaid()


def test_a_table_with_two_answers_to_one_verb_is_refused():
    with pytest.raises(ValueError, match="share a verb"):
        Lifecycle(
            Light.RED,
            Move("go", frozenset({Light.RED}), Light.GREEN),
            Move("go", frozenset({Light.RED}), Light.RED),
        )


# --- policies ---


@policy
def crossing(light: Light) -> Sentence | None:
    """Cross at green."""
    return Sentence("Wait for green.") if light is Light.RED else None


def test_one_policy_gives_three_answers_with_one_sentence():
    assert crossing.reason(Light.RED) == "Wait for green."
    assert not crossing.allows(Light.RED)
    assert crossing.allows(Light.GREEN)
    crossing.require(Light.GREEN)
    with pytest.raises(Denied) as refused:
        crossing.require(Light.RED)
    assert refused.value.sentence == "Wait for green."
    assert crossing.__doc__ == "Cross at green."


# --- sentences ---


def test_a_sentence_reads_as_english_and_keeps_what_a_translator_needs():
    said = Sentence("Ask {office} first.", office="MFAIC")
    assert said == "Ask MFAIC first."
    assert (said.msgid, said.params) == ("Ask {office} first.", {"office": "MFAIC"})


def test_a_sentence_survives_being_stored():
    said = Sentence("Ask {office} first.", office=Sentence("the embassy"))
    again = pickle.loads(pickle.dumps(said))
    assert (again, again.msgid, again.params) == (said, said.msgid, said.params)


def test_braces_that_people_type_are_not_read_as_parameters():
    assert Sentence("Odd: {text}", text="{x}") == "Odd: {x}"
    assert Sentence("{x} alone") == "{x} alone"


# --- clock ---


def test_a_day_is_a_day_in_phnom_penh():
    late = datetime(2025, 3, 3, 18, 0, tzinfo=UTC)
    with clock.frozen_at(late):
        assert clock.today() == date(2025, 3, 4)
        clock.advance(timedelta(days=1))
        assert clock.now() == late + timedelta(days=1)
    assert clock.now() > late + timedelta(days=1)


def test_the_clock_is_never_set_without_a_zone():
    with pytest.raises(ValueError, match="aware"):
        clock.set_now(datetime(2025, 3, 3))


# --- actors, references, events ---


def test_an_actor_can_what_its_roles_allow_and_the_public_nothing():
    actor = Actor(kind=Kind.USER, capabilities=frozenset({Capability.REFER}))
    assert actor.can(Capability.REFER)
    assert not any(PUBLIC.can(c) for c in Capability)


def test_a_reference_has_no_letter_that_is_misread():
    made = {ids.reference("P") for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(m[2:] for m in made)) & set("ILOU")


@dataclass(frozen=True)
class Lit(Event):
    lamp: str
    by: int | None


def test_an_event_is_rebuilt_from_its_codes_and_finds_its_subscribers():
    seen = []
    subscribe(Lit, "tests.see")(seen.append)
    event = Lit("A", None)
    assert rebuild("Lit", event.payload()) == event
    for handler in subscribers("Lit").values():
        handler(event)
    assert seen == [event]
    assert subscribers("Unheard") == {}
