"""Names of places as people know them."""

from __future__ import annotations

import pytest

from spean.places import gazetteer


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CN-HA", "Henan"),
        ("CN-SH", "Shanghai"),
        ("CN-GX", "Guangxi"),
        ("TH-10", "Bangkok"),
        ("TH-11", "Samut Prakan"),
        ("20", "Svay Rieng"),
    ],
)
def test_a_province_bears_the_name_in_use(code, name):
    assert gazetteer.province_name(code, "en") == name


def test_no_province_of_china_is_called_what_it_is():
    names = {name for _, name in gazetteer.province_choices("CHN", "en")}
    assert {"Yunnan", "Chongqing", "Hong Kong"} <= names
    assert not any(name.endswith((" Sheng", " Shi", "qu")) or "(" in name for name in names)
