"""Screenshots that the documentation shows, and whether the pages still say what they show.

Each run compares a digest of a page's visible text with docs/how-to/screens/screens.json. With
UPDATE_SCREENS=1 (``make docs``) the pictures and the digests are written anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[2] / "docs" / "how-to" / "screens"
KEPT = FOLDER / "screens.json"
TALLEST = 1600
# Shown in Khmer too; the others differ in their words alone.
IN_KHMER = {"portal-first-page", "portal-two-numbers", "a-plea", "a-case", "the-clock-has-climbed"}
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា|ធ្នូ"
)
# What differs each time although the page says the same.
_CHANGING = (
    (re.compile(r"\b[CRP]-[0-9A-Z]{6}\b"), "REF"),
    (re.compile(r"\b\d{2} \d{3} \d{3}\b"), "NUMBER"),
    (re.compile(r"\b\d{1,2}:\d{2}\b"), "TIME"),
    (re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}\b"), "DAY"),
    (re.compile(r"\b[0-9a-f]{16,}\b"), "DIGEST"),
    (re.compile(r"\s+"), " "),
)
# The browser counts colours quicker than Python would: at most 256, the commonest kept.
_QUANTISE = """async (png) => {
  const blob = await (await fetch("data:image/png;base64," + png)).blob();
  const picture = await createImageBitmap(blob);
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const dots = pen.getImageData(0, 0, width, height).data;
  const counts = new Map();
  const coarse = (i) => ((dots[i] & 248) << 16) | ((dots[i + 1] & 248) << 8) | (dots[i + 2] & 248);
  for (let i = 0; i < dots.length; i += 4) {
    const key = coarse(i);
    const seen = counts.get(key);
    if (seen) seen[0] += 1;
    else counts.set(key, [1, dots[i], dots[i + 1], dots[i + 2]]);
  }
  const chosen = [...counts].sort((a, b) => b[1][0] - a[1][0]).slice(0, 256);
  const palette = chosen.map(([, [, r, g, b]]) => [r, g, b]);
  const place = new Map(chosen.map(([key], index) => [key, index]));
  const nearest = (i) => {
    let best = 0, least = Infinity;
    palette.forEach(([r, g, b], index) => {
      const far = (r - dots[i]) ** 2 + (g - dots[i + 1]) ** 2 + (b - dots[i + 2]) ** 2;
      if (far < least) [best, least] = [index, far];
    });
    return best;
  };
  const indices = new Uint8Array(width * height);
  for (let i = 0, n = 0; i < dots.length; i += 4, n += 1) {
    const key = coarse(i);
    if (!place.has(key)) place.set(key, nearest(i));
    indices[n] = place.get(key);
  }
  let text = "";
  for (let n = 0; n < indices.length; n += 32768) {
    text += String.fromCharCode(...indices.subarray(n, n + 32768));
  }
  return { width, height, palette, indices: btoa(text) };
}"""


def plain(text: str) -> str:
    """Return visible text without what differs each time; Khmer digits as others."""
    text = text.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789"))
    for pattern, name in _CHANGING:
        text = pattern.sub(name, text)
    return text.strip()


class Screens:
    """The screens of one run in one language; ``check`` compares them with those kept."""

    def __init__(self, chromium: Browser, language: str) -> None:
        self._chromium, self._language = chromium, language
        self._taken: dict[str, str] = {}
        self._updates = os.environ.get("UPDATE_SCREENS") == "1"

    def take(self, page: Page, name: str) -> None:
        """Keep what ``page`` says now as ``name``."""
        if self._language == "km" and name not in IN_KHMER:
            return
        page.wait_for_load_state("networkidle")
        name = name if self._language == "en" else f"{name}-{self._language}"
        words = plain(page.locator("body").inner_text())
        self._taken[name] = hashlib.sha256(words.encode()).hexdigest()[:16]
        if self._updates:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / f"{name}.png").write_bytes(self._picture(page))

    def _picture(self, page: Page) -> bytes:
        held = page.viewport_size or {"width": 1280, "height": 900}
        tall = page.evaluate("document.documentElement.scrollHeight")
        # What is fixed to the window's foot then stands at the picture's.
        page.set_viewport_size({"width": held["width"], "height": min(tall, TALLEST)})
        page.mouse.move(0, 0)
        page.evaluate("scrollTo(0, 0)")
        whole = page.screenshot()
        page.set_viewport_size({"width": held["width"], "height": held["height"]})
        bench = self._chromium.new_page()
        drawn = bench.evaluate(_QUANTISE, base64.b64encode(whole).decode())
        bench.close()
        return _png(drawn)

    def check(self) -> None:
        """Say which screens no longer show what the pages say."""
        kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        if self._updates:
            # Whatever this language showed before and shows no more goes away.
            others = {n: d for n, d in kept.items() if self._is_other(n)}
            KEPT.write_text(json.dumps(others | self._taken, indent=1, sort_keys=True) + "\n")
            for gone in set(kept) - set(others) - set(self._taken):
                (FOLDER / f"{gone}.png").unlink(missing_ok=True)
            return
        ours = {n: d for n, d in kept.items() if not self._is_other(n)}
        stale = sorted(
            n for n in ours.keys() | self._taken.keys() if ours.get(n) != self._taken.get(n)
        )
        assert not stale, f"Out of date; take them anew with UPDATE_SCREENS=1: {', '.join(stale)}"

    def _is_other(self, name: str) -> bool:
        return name.endswith("-km") != (self._language == "km")


def _png(drawn: dict[str, object]) -> bytes:
    """Write a picture of at most 256 colours."""
    width, height = int(str(drawn["width"])), int(str(drawn["height"]))
    dots = base64.b64decode(str(drawn["indices"]))
    palette = b"".join(bytes(colour) for colour in drawn["palette"])  # type: ignore[attr-defined]
    rows = b"".join(b"\0" + dots[y * width : (y + 1) * width] for y in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"PLTE", palette),
            chunk(b"IDAT", zlib.compress(rows, 9)),
            chunk(b"IEND", b""),
        ]
    )
