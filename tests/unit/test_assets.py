"""What the pages are dressed in: complete, unchanged, ours to use, small enough, and silent."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = ROOT / "src/spean/shell/static"
PORTAL = ROOT / "src/spean/intake/static/portal"
VENDOR = SHELL / "vendor"
PORTAL_BASE = ROOT / "src/spean/intake/web/templates/intake/portal/base.html"

SHEETS = sorted([*SHELL.rglob("*.css"), *PORTAL.rglob("*.css")])
TEMPLATES = sorted((ROOT / "src/spean").glob("*/web/templates/**/*.html"))
CLOSED_TO_CSP = re.compile(
    r"""\sstyle\s*=|<style\b|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:|\shx-on""",
    re.IGNORECASE,
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def listed() -> dict[str, str]:
    lines = (VENDOR / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


# --- what was vendored ---


def test_every_vendored_file_and_its_source_is_what_make_assets_wrote() -> None:
    changed = [
        path
        for path, digest in listed().items()
        if hashlib.sha256((ROOT / path).read_bytes()).hexdigest() != digest
    ]
    assert not changed, "Run `make assets` and commit what it writes."


def test_no_vendored_file_is_missing_from_the_checksums() -> None:
    present = {name(f) for f in VENDOR.rglob("*") if f.is_file() and f.name != "CHECKSUMS"}
    assert present == {path for path in listed() if path.startswith(name(VENDOR))}


@pytest.mark.parametrize("folder", sorted(f for f in VENDOR.iterdir() if f.is_dir()), ids=name)
def test_a_vendored_folder_carries_its_licence(folder: Path) -> None:
    assert list(folder.glob("LICENSE*"))


def test_each_font_carries_the_open_font_licence() -> None:
    for font in (VENDOR / "noto").glob("*.woff2"):
        family = "noto-sans-khmer" if font.name.startswith("noto-sans-khmer") else "noto-sans"
        licence = (VENDOR / "noto" / f"LICENSE-{family}.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in licence


def test_nothing_of_the_crown_is_in_the_desks_components() -> None:
    sheet = (VENDOR / "govuk/govuk.css").read_text(encoding="utf-8").lower()
    assert "@font-face" not in sheet
    for of_the_crown in ("gds", "transport", "crown", "crest", "gov.uk"):
        assert of_the_crown not in sheet


def test_no_lock_file_names_where_packages_are_kept() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [at for at, package in lock["packages"].items() if "resolved" in package]
    texts = [ROOT / ".npmrc", *(ROOT / "requirements").glob("*")]
    kept = re.compile(
        r"^\s*(-i|--(extra-)?index-url|--find-links|@?\S*registry)\b.*//", re.MULTILINE
    )
    assert not [name(f) for f in texts if kept.search(f.read_text(encoding="utf-8"))]


# --- style sheets ---


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_style_sheet_reaches_for_nothing_but_files_beside_it(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert "@import" not in text
    for target in re.findall(r"""url\(\s*["']?([^"')]+)""", text):
        assert (sheet.parent / target).is_file(), target


def test_only_the_desk_names_web_fonts() -> None:
    assert [s for s in SHEETS if "woff2" in s.read_text("utf-8")] == [VENDOR / "noto/noto.css"]
    users = [t for t in TEMPLATES if "vendor/noto" in t.read_text("utf-8")]
    assert [t.parent.name for t in users] == ["shell"]


def test_khmer_has_room_and_is_never_stretched() -> None:
    for sheet in (SHELL / "desk/desk.css", PORTAL / "portal.css"):
        text = sheet.read_text(encoding="utf-8")
        assert re.search(r":lang\(km\) \{ line-height: 1\.7;", text)
        assert "justify;" not in text
        assert set(re.findall(r"letter-spacing:\s*([^;}]+)", text)) <= {"normal"}


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        code = colour.lstrip("#")
        code = "".join(c * 2 for c in code) if len(code) == 3 else code
        parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(first), light(second)))
    return (high + 0.05) / (low + 0.05)


def text_on_ground(sheet: Path) -> list[tuple[str, str, str]]:
    """Return (selector, colour, background) of each rule that sets both, variables resolved."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    named: dict[str, str] = {}
    for source in (sheet, SHELL / "desk/desk.css", VENDOR / "govuk/govuk.css"):
        roots = "".join(re.findall(r":root ?\{([^}]*)\}", source.read_text(encoding="utf-8")))
        for variable, written in re.findall(r"(--[\w-]+):\s*(#\w{3,6}|var\(--[\w-]+\))", roots):
            named.setdefault(variable, written)

    def value(written: str) -> str:
        while match := re.match(r"var\((--[\w-]+)\)", written):
            written = named[match.group(1)]
        return written

    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        ink = re.search(r"(?<![\w-])color:\s*(#\w{3,6}|var\(--[\w-]+\))", body)
        ground = re.search(r"background(?:-color)?:\s*(#\w{3,6}|var\(--[\w-]+\))", body)
        if ink and ground:
            found.append((selector.strip(), value(ink.group(1)), value(ground.group(1))))
    return found


@pytest.mark.parametrize(
    "sheet", [SHELL / "desk/desk.css", SHELL / "desk/parts.css", PORTAL / "portal.css"], ids=name
)
def test_every_text_can_be_read_on_its_ground(sheet: Path) -> None:
    pairs = text_on_ground(sheet)
    assert len(pairs) >= 4
    assert not [pair for pair in pairs if contrast(pair[1], pair[2]) < 4.5]


# --- templates and scripts ---


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_page_has_inline_style_or_script(template: Path) -> None:
    assert CLOSED_TO_CSP.findall(template.read_text(encoding="utf-8")) == []


def test_our_scripts_make_no_code_out_of_text() -> None:
    for script in (SHELL / "desk/desk.js", PORTAL / "portal.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\beval\b|new Function|innerHTML|insertAdjacentHTML|\.write\(", text)


# --- the portal: small, and nobody sees at a glance what it is ---


def test_the_portals_sheet_and_script_are_small_over_the_wire() -> None:
    assert len(gzip.compress((PORTAL / "portal.css").read_bytes())) <= 8_000
    assert len(gzip.compress((PORTAL / "portal.js").read_bytes())) <= 3_000


def test_the_portal_asks_for_one_sheet_and_one_script_and_no_picture() -> None:
    text = PORTAL_BASE.read_text(encoding="utf-8")
    assert re.findall(r"static '([^']+)'", text) == ["portal/portal.css", "portal/portal.js"]
    assert '<link rel="icon" href="data:,">' in text


def test_the_portals_script_keeps_nothing_on_the_telephone() -> None:
    text = (PORTAL / "portal.js").read_text(encoding="utf-8")
    for store in ("localStorage", "sessionStorage", "indexedDB", "caches", ".cookie", "register("):
        assert store not in text


def test_no_word_in_the_portals_frame_says_what_it_is() -> None:
    frame = [PORTAL_BASE, *PORTAL.rglob("*")]
    words = " ".join(f"{f.name} {f.read_text(encoding='utf-8')}" for f in frame).lower()
    for telltale in ("traffick", "police", "ministry", "help", "spean", "victim", "rescue"):
        assert telltale not in words
