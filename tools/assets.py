"""Compile and copy what the pages are dressed in, and write the checksums a test compares.

For developers only (it needs npm): a user of Spean finds the results committed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "assets"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/spean/shell/static/vendor"
CHECKSUMS = VENDOR / "CHECKSUMS"

# family, package, subset: Latin first, so that Vietnamese never borrows glyphs from a Khmer font.
FACES = (
    ("Noto Sans", "noto-sans", "latin"),
    ("Noto Sans", "noto-sans", "latin-ext"),
    ("Noto Sans", "noto-sans", "vietnamese"),
    ("Noto Sans Khmer", "noto-sans-khmer", "khmer"),
)


def main() -> None:
    """Install the pinned packages, build each part anew, and record what came out."""
    _run("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
    shutil.rmtree(VENDOR, ignore_errors=True)
    govuk(VENDOR / "govuk")
    htmx(VENDOR / "htmx")
    noto(VENDOR / "noto")
    CHECKSUMS.write_text(checksums(), encoding="utf-8")
    print(CHECKSUMS.read_text(encoding="utf-8"), end="")


def govuk(folder: Path) -> None:
    folder.mkdir(parents=True)
    _run(
        str(MODULES / ".bin/sass"),
        "--style=compressed",
        "--no-source-map",
        f"--load-path={MODULES / 'govuk-frontend/dist'}",
        str(SOURCES / "govuk.scss"),
        str(folder / "govuk.css"),
    )
    shutil.copy(SOURCES / "licences/govuk-frontend.txt", folder / "LICENSE.txt")


def htmx(folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(MODULES / "htmx.org/dist/htmx.min.js", folder)
    shutil.copy(MODULES / "htmx.org/LICENSE", folder / "LICENSE.txt")


def noto(folder: Path) -> None:
    """Copy the variable faces under the families' own names, each for its range of characters."""
    folder.mkdir(parents=True)
    faces = []
    for family, package, subset in FACES:
        source = MODULES / "@fontsource-variable" / package
        file = f"{package}-{subset}-wght-normal.woff2"
        reach = re.search(
            rf"url\(\./files/{re.escape(file)}\).*?unicode-range: ([^;]+);",
            (source / "wght.css").read_text(encoding="utf-8"),
            re.DOTALL,
        )
        if reach is None:
            raise SystemExit(f"{package} no longer describes {file}: mend FACES in {__file__}.")
        shutil.copy(source / "files" / file, folder)
        shutil.copy(source / "LICENSE", folder / f"LICENSE-{package}.txt")
        faces.append(
            "@font-face {\n"
            f'  font-family: "{family}";\n'
            "  font-style: normal;\n"
            "  font-display: swap;\n"
            "  font-weight: 100 900;\n"
            f'  src: url("{file}") format("woff2");\n'
            f"  unicode-range: {reach.group(1)};\n"
            "}\n"
        )
    (folder / "noto.css").write_text("\n".join(faces), encoding="utf-8")


def checksums() -> str:
    """Return one ``sha256  path`` line per vendored file and per source it was made from."""
    made_from = [ROOT / "package-lock.json", *SOURCES.rglob("*")]
    files = [*made_from, *(f for f in VENDOR.rglob("*") if f != CHECKSUMS)]
    lines = (
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(ROOT).as_posix()}\n"
        for file in sorted(files)
        if file.is_file()
    )
    return "".join(lines)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
