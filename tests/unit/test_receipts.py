import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.intake import receipts
from spean.intake.rules import as_telephones, read_number, standing, swapped
from spean.intake.states import RequestState

NUMBER = "1234567898765432"
KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
numbers = st.builds(
    lambda a, b: f"{a}{b}",
    st.integers(10_000_000, 99_999_999),
    st.integers(10_000_000, 99_999_999),
)


def test_a_new_number_has_sixteen_digits_and_no_half_begins_with_nought():
    for _ in range(200):
        assert re.fullmatch(r"[1-9]\d{7}[1-9]\d{7}", receipts.new_number())


def test_it_is_shown_as_two_telephone_numbers():
    assert as_telephones(NUMBER) == ("12 345 678", "98 765 432")


@given(numbers)
def test_what_is_shown_is_what_is_read_back(number):
    assert read_number("\n".join(as_telephones(number))) == number


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "12 345 678 98 765 432",
        "12-345-678/98-765-432",
        "(12) 345.678\t98.765.432",
        " 12345678,98765432 ",
        "\u200b12\u00a0345\u202f678\n98 765 432",
        "I2 345 678 98 765 432",
        "l2 345 678 98 765 432",
        "012 345 678 098 765 432",
        "12 345 678 098 765 432",
        "+855 12 345 678, +855 98 765 432",
        "+855 12 345 678, 98 765 432",
        NUMBER.translate(KHMER),
        NUMBER.translate(FULL_WIDTH),
        NUMBER.translate(ARABIC),
        NUMBER.translate(THAI),
    ],
)
def test_a_number_is_read_however_it_is_written(typed):
    assert read_number(typed) == NUMBER


def test_a_letter_o_is_read_as_nought():
    assert read_number("1O 3OO OO8 9o oo5 432") == "1030000890005432"


@pytest.mark.parametrize("typed", ["", "hello", "1234", NUMBER + "1", NUMBER[:-1], "9" * 4000])
def test_what_is_no_number_reads_as_nothing(typed):
    assert read_number(typed) == ""


@given(st.text())
def test_reading_never_breaks(typed):
    assert re.fullmatch(r"(\d{16})?", read_number(typed))


def test_the_same_number_hashes_alike_and_every_other_differently():
    kept = receipts.hashed(NUMBER)
    assert receipts.hashed(NUMBER) == kept
    assert receipts.hashed("1234567898765433").digest != kept.digest
    assert receipts.hashed("1235567898765432").digest != kept.digest  # another bucket's salt


def test_either_order_of_the_two_numbers_matches():
    kept = receipts.hashed(NUMBER)
    assert receipts.matches(receipts.guesses(NUMBER), kept.bucket, kept.digest)
    assert receipts.matches(receipts.guesses(swapped(NUMBER)), kept.bucket, kept.digest)
    assert not receipts.matches(receipts.guesses("1234567898765433"), kept.bucket, kept.digest)


def test_what_is_no_number_costs_as_much_as_a_number(monkeypatch):
    calls = []
    real = receipts.hash_secret_raw
    monkeypatch.setattr(
        receipts, "hash_secret_raw", lambda *a, **k: calls.append(k["memory_cost"]) or real(*a, **k)
    )
    receipts.guesses(NUMBER)
    as_number = list(calls)
    calls.clear()
    receipts.guesses("")
    assert calls == as_number == [8192, 8192]


def test_no_more_hashes_run_at_once_than_there_are_cores(monkeypatch):
    running, most, gate = [], [], threading.Lock()
    real = receipts.hash_secret_raw

    def counted(*args, **kwargs):
        with gate:
            running.append(1)
            most.append(len(running))
        try:
            return real(*args, **kwargs)
        finally:
            with gate:
                running.pop()

    monkeypatch.setattr(receipts, "hash_secret_raw", counted)
    monkeypatch.setattr(receipts, "_cores", threading.BoundedSemaphore(2))
    threads = [threading.Thread(target=receipts.hashed, args=(NUMBER,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) <= 2


def test_a_writer_is_told_one_of_four_states_and_never_that_it_is_closed():
    told = {standing(s, in_touch=t) for s in RequestState for t in (True, False)}
    assert told == {"have", "checking", "working", "in_touch"}
    assert standing(RequestState.CLOSED, in_touch=True) == "checking"
