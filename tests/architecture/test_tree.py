"""The tree itself: names that say something, files one can read, nothing of one machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.architecture.tree import ROOT, SRC, python_files

EMPTY_NAMES = {
    "utils",
    "helpers",
    "manager",
    "service",
    "services",
    "handle",
    "process",
    "data",
    "info",
}
# Files over 400 lines, each with its argument.
LONG: dict[str, str] = {}


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        return [str(p.relative_to(ROOT)) for p in (ROOT / "src").rglob("*") if p.is_file()]
    return [p for p in listed.stdout.splitlines() if (ROOT / p).is_file()]


def test_no_file_has_a_name_that_says_nothing():
    assert [str(p) for p in python_files() if p.stem in EMPTY_NAMES] == []


def test_no_file_is_longer_than_one_can_hold_in_mind():
    long = {
        str(p.relative_to(SRC)): n for p in python_files() if (n := p.read_text().count("\n")) > 400
    }
    assert {p: n for p, n in long.items() if p not in LONG} == {}


def test_the_tree_names_no_registry_and_no_path_of_one_machine():
    host = re.compile(r"(pypi\.|npmjs\.|registry\.|deb\.debian)")
    path = re.compile(r"(^|[^A-Za-z0-9_}>.-])/(work|farm|root)/")
    bad = []
    for name in _tracked():
        if (
            name.endswith((".woff2", ".png", ".ico", ".mo"))
            or name == "tests/architecture/test_tree.py"
        ):
            continue
        text = (ROOT / name).read_text(errors="replace")
        bad += [name for _ in host.finditer(text) if not name.endswith(".md")]
        bad += [name for _ in path.finditer(text)]
    assert bad == []


TEMPLATES = sorted(p for p in SRC.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_holds_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)


def test_every_template_is_used():
    sources = "\n".join(p.read_text() for p in (*python_files(), *TEMPLATES))
    sources += (SRC / "site" / "settings.py").read_text()
    # Templates that the sign-in library asks for by name.
    by_library = {"account", "mfa"}
    unused = [
        str(p.relative_to(SRC))
        for p in TEMPLATES
        if (name := str(p).split("/templates/")[1]).split("/")[0] not in by_library
        and name not in sources
        and p.stem not in {"not_found", "broken", "again"}
    ]
    assert unused == []


def test_the_index_of_the_documentation_lists_every_page():
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text()
    pages = sorted(str(p.relative_to(docs)) for p in docs.rglob("*.md") if p.parent != docs)
    assert [page for page in pages if f"({page})" not in index] == []
