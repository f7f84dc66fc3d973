"""The pictures in docs/how-to: each is shown by a page, and each that is shown is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
SCREENS = HOW_TO / "screens"


def test_every_picture_is_shown_and_every_picture_shown_is_there():
    shown = {
        name
        for page in HOW_TO.glob("*.md")
        for name in re.findall(r"screens/([\w-]+)\.png", page.read_text())
    }
    kept = {picture.stem for picture in SCREENS.glob("*.png")}
    assert shown == kept


def test_every_picture_has_the_digest_of_what_it_shows():
    digests = json.loads((SCREENS / "screens.json").read_text())
    assert set(digests) == {picture.stem for picture in SCREENS.glob("*.png")}


def test_pictures_are_small():
    assert [p.name for p in SCREENS.glob("*.png") if p.stat().st_size > 150_000] == []
