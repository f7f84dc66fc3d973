"""The catalogues: collect every string a person reads, check none is missing, compile.

python tools/messages.py update    collect strings into the .po files (needs Django, no gettext)
python tools/messages.py check     exit 1 if a string is not collected or not translated
python tools/messages.py compile   write the .mo files (needs Babel alone)
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "spean"
LOCALE = SRC / "site" / "locale"
# Khmer is whole; the others carry what the portal shows.
WHOLE, PORTAL_ONLY = ("km",), ("zh_Hans", "vi", "th")
PORTAL_PLACES = ("portal", "intake/questions.py", "intake/talk.py")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "Sentence"}
Msgid = str | tuple[str, str]
Found = dict[Msgid, set[str]]


def from_python(source: str) -> Iterator[Msgid]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        if name in CALLS and words:
            yield (words[0], words[1]) if name.startswith("ngettext") else words[0]


def from_template(source: str) -> Iterator[Msgid]:
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodes = engines["django"].from_string(source).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", None)
        if isinstance(literal, str):
            yield literal
        elif isinstance(node.filter_expression.var, str):
            yield node.filter_expression.var
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        singular = node.render_token_list(node.singular)[0]
        if node.plural:
            yield singular, node.render_token_list(node.plural)[0]
        else:
            yield singular
    for match in re.finditer(r"""_\((?:"([^"]+)"|'([^']+)')\)""", source):
        yield match[1] or match[2]


def collect() -> Found:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    found: Found = defaultdict(set)
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" not in path.parts:
            for msgid in from_python(path.read_text()):
                found[msgid].add(str(path.relative_to(SRC)))
    for path in sorted(SRC.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            for msgid in from_template(path.read_text()):
                found[msgid].add(str(path.relative_to(SRC)))
    return {m: places for m, places in found.items() if (m if isinstance(m, str) else m[0])}


def wanted(language: str, found: Found) -> Found:
    if language in WHOLE:
        return found
    return {
        m: places
        for m, places in found.items()
        if any(p in x for x in places for p in PORTAL_PLACES)
    }


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as held:
        return read_po(held, locale=language)


def update() -> int:
    found = collect()
    for language in (*WHOLE, *PORTAL_ONLY):
        before = read(language)
        after = Catalog(
            locale=language, project="Spean", charset="utf-8", header_comment="# Spean, Apache-2.0",
            fuzzy=False,
        )  # fmt: skip
        for msgid, places in sorted(wanted(language, found).items(), key=lambda x: str(x[0])):
            held = before.get(msgid if isinstance(msgid, str) else msgid[0])
            after.add(
                msgid,
                held.string if held else None,
                locations=[(place, None) for place in sorted(places)],
                user_comments=held.user_comments if held else (),
            )
        for header in ("POT-Creation-Date", "PO-Revision-Date", "Generated-By"):
            after.mime_headers = [h for h in after.mime_headers if h[0] != header]
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as out:
            write_po(out, after, width=0, sort_output=True, include_lineno=False)
        lines = path_of(language).read_text().splitlines(keepends=True)
        dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By')
        path_of(language).write_text("".join(x for x in lines if not x.startswith(dated)))
    return 0


def faults(language: str, found: Found) -> Iterator[str]:
    held = read(language)
    for msgid in wanted(language, found):
        first = msgid if isinstance(msgid, str) else msgid[0]
        message = held.get(first)
        if message is None:
            yield f"not collected (make messages): {first[:90]!r}"
        elif not (message.string if isinstance(message.string, str) else all(message.string)):
            yield f"not translated: {first[:90]!r}"
        elif slots(first) != slots(_all(message.string)) and isinstance(msgid, str):
            yield f"other {{names}} than the English: {first[:90]!r}"


def _all(string: str | tuple[str, ...]) -> str:
    return string if isinstance(string, str) else " ".join(string)


def slots(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}|%\(\w+\)[sd]", text))


def check() -> int:
    found, bad = collect(), 0
    for language in (*WHOLE, *PORTAL_ONLY):
        for fault in faults(language, found):
            print(f"{language}: {fault}")
            bad += 1
        review = sum("review" in c for m in read(language) for c in m.user_comments)
        print(f"{language}: {len(wanted(language, found))} strings, {review} marked for review")
    return 1 if bad else 0


def compile_all() -> int:
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as held:
            catalog = read_po(held)
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, catalog)
    return 0


if __name__ == "__main__":
    verbs = {"update": update, "check": check, "compile": compile_all}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        print(__doc__)
        sys.exit(2)
    sys.exit(verbs[sys.argv[1]]())
