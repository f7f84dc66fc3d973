"""Statements on the desk: for those whose work it is, in both languages, writing nothing."""

from __future__ import annotations

import json

import pytest

from spean.ledger.actions import record
from tests import cast

pytestmark = pytest.mark.django_db

ASKED = {"first": "2025-01", "last": "2025-12", "measures": "victims_rescued", "by": "from"}


@pytest.fixture(autouse=True)
def rescued():
    rith = cast.actor("rith")
    for number in range(6):
        record(
            "rescued", actor=rith, occurred="2025-03-01", person=f"p{number}", from_="CHN",
            role="victim",
        )  # fmt: skip


def test_the_statistician_asks_and_reads():
    page = cast.client_as("pisey").get("/desk/statements/", ASKED).content.decode()
    assert "From 1 January 2025 to 31 December 2025" in page
    assert "Victims rescued" in page
    assert "China" in page
    assert "Battambang police" in page


def test_the_page_opens_with_this_year():
    answer = cast.client_as("nary").get("/desk/statements/")
    assert answer.status_code == 200
    assert "-01-01" in answer.content.decode()


def test_it_reads_in_khmer():
    client = cast.client_as("pisey")
    page = client.get("/desk/statements/", ASKED, headers={"accept-language": "km"})
    assert "ជនរងគ្រោះដែលបានសង្គ្រោះ" in page.content.decode()
    assert "៦" in page.content.decode()


def test_khmer_digits_are_a_date_and_a_bad_day_is_told_with_nothing_lost():
    client = cast.client_as("pisey")
    assert client.get("/desk/statements/", ASKED | {"first": "២០២៥-០១"}).status_code == 200
    answer = client.get("/desk/statements/", ASKED | {"first": "2025-02-31"})
    assert answer.status_code == 422
    assert "not in the calendar" in answer.content.decode()
    assert 'value="2025-02-31"' in answer.content.decode()
    answer = client.get("/desk/statements/", ASKED | {"last": "2024"})
    assert "ends before it begins" in answer.content.decode()


@pytest.mark.parametrize("name", ["dara", "rith", "samnang"])
def test_others_are_refused_in_a_sentence(name):
    answer = cast.client_as(name).get("/desk/statements/")
    assert answer.status_code == 403
    assert "Your role does not include this" in answer.content.decode()


def test_the_files_are_the_same_statement():
    client = cast.client_as("pisey")
    answer = client.get("/desk/statements/file/", ASKED | {"format": "json"})
    assert json.loads(answer.content)["figures"][0]["quantity"] == 6
    answer = client.get("/desk/statements/file/", ASKED | {"format": "csv"})
    assert answer.content.decode().startswith("measure,key,by,")
    assert client.get("/desk/statements/file/", {"first": "x"}).status_code == 422


def test_a_public_statement_hides_small_numbers():
    record("rescued", actor=cast.actor("rith"), occurred="2025-03-01", person="x", from_="THA")
    page = cast.client_as("pisey").get("/desk/statements/", ASKED | {"public": "on"})
    assert "hidden" in page.content.decode()
