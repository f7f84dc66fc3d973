"""What a line of the ledger's file may say, value by value; and the gazetteer behind it."""

from __future__ import annotations

from datetime import UTC, datetime

import pycountry
import pytest

from spean.kernel.errors import Invalid
from spean.ledger import rules, states
from spean.places import gazetteer
from spean.places.countries import ALPHA2

NOW = datetime(2025, 3, 3, tzinfo=UTC)


def read(**columns):
    codes = rules.Codes(agencies={"GDI"}, checkpoints={"PNH"})
    names = list(columns)
    places = rules.header_places(names)
    values, named = rules.LineReader(places, codes).read([columns[n] for n in names])
    return dict(zip(rules.FIELDS, values, strict=True)) | {"supersedes": named}


def test_a_line_becomes_the_values_of_the_table():
    values = read(kind="rescued", occurred="2024-04", agency="GDI", supporting="GDI; GDI", age="07")
    assert (values["occurred_first"], values["occurred_last"]) == ("2024-04-01", "2024-04-30")
    assert (values["supporting"], values["age"]) == ("GDI", "7")


@pytest.mark.parametrize("age", ["0", "120", "15-17", "35+", "<15", "១៥-១៧"])
def test_ages_are_years_or_bands(age):
    assert read(kind="rescued", occurred="2024", age=age)["age"]


@pytest.mark.parametrize("province", ["01", "25", "CN-GD", "TH-10", "០៥"])
def test_provinces_are_two_digits_or_codes_abroad(province):
    assert read(kind="rescued", occurred="2024", province=province)["province"]


@pytest.mark.parametrize("province", ["26", "5", "KH-5", "guangdong"])
def test_other_provinces_are_refused(province):
    with pytest.raises(Invalid):
        read(kind="rescued", occurred="2024", province=province)


def test_an_instant_without_a_zone_is_utc():
    assert rules.instant("2025-01-01T00:00:00", NOW).isoformat() == "2025-01-01T00:00:00+00:00"
    assert rules.stored(rules.instant("2025-01-01T07:00:00+07:00", NOW)).startswith(
        "2025-01-01 00:00:00"
    )


def test_a_buddhist_year_in_an_instant_is_told():
    with pytest.raises(Invalid, match="Write it as 2025"):
        rules.instant("2568-01-01T00:00:00Z", NOW)


def test_every_kind_has_a_label():
    assert set(states.KIND_LABELS) == states.KINDS


# --- places -----------------------------------------------------------------------------------


def test_our_table_of_countries_is_the_standards():
    assert {c.alpha_3: c.alpha_2 for c in pycountry.countries} == ALPHA2


def test_countries_and_provinces_have_names_in_both_languages():
    assert gazetteer.country_name("CHN", "en") == "China"
    assert gazetteer.country_name("CHN", "km") == "ចិន"
    assert gazetteer.province_name("20", "en") == "Svay Rieng"
    assert gazetteer.province_name("CN-GD", "en").startswith("Guangdong")
    assert len(gazetteer.province_choices("KHM", "km")) == 25
    assert ("TH-10", "Bangkok") in [
        (code, name.split(" [")[0]) for code, name in gazetteer.province_choices("THA", "en")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("svay rieng", "20"),
        ("ស្វាយរៀង", "20"),
        ("ខេត្តបាត់ដំបង", "02"),
        ("Batambang", "02"),
        ("Preah Sihanouk", "18"),
        ("Chbar Ampov district", "1210"),
        ("150101", "150101"),
    ],
)
def test_a_place_is_found_as_people_write_it(text, code):
    assert gazetteer.find(text)[0].code == code


def test_a_place_that_does_not_exist_is_not_found():
    assert gazetteer.find("Atlantis") == []
    assert gazetteer.find("") == []
