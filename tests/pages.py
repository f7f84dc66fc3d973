"""Fill a page's own forms through the test client: every field there is, not those we remember."""

from __future__ import annotations

import random
from html.parser import HTMLParser
from typing import Any

from django.test import Client

# Days, places of the gazetteer, references, numbers: neither a name nor a free text.
CODED = {"born", "home_province", "province", "on", "since", "due", "received", "case", "ref"}
CODED |= {"number", "persons_claimed", "people", "seen", "ended", "began", "go"}
_LETTERS = {
    "Khmer": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ",
    "Latin": "abcdefghijklmnopqrstuvwxyz",
    "Chinese": "的一是不了人我在有他这中大来上国个到说们为子和你地出道也",
    "Thai": "กขคฆงจฉชซญดตถทธนบปผพฟภมยรลวสหอฮ",
    "Vietnamese": "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵbcdghklmnpqrstvx",
}


class Canaries:
    """Words that stand nowhere else, in five scripts by turns; ``sung`` remembers them all."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.sung: list[str] = []

    def sing(self, name: str) -> str:
        """Return a new one for a field: digits for a telephone, letters for all else."""
        if name.endswith(("phone", "contact")) and name != "safe_contact":
            made = "0" + "".join(self._chance.choices("123456789", k=10))
        else:
            letters = list(_LETTERS.values())[len(self.sung) % len(_LETTERS)]
            made = "".join(self._chance.choices(letters, k=14))
        self.sung.append(made)
        return made


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self._form: dict[str, Any] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {"action": given.get("action", ""), "kept": {}, "free": set()}
            self.found.append(self._form)
        elif self._form is not None:
            self._field(tag, given, self._form)

    def _field(self, tag: str, given: dict[str, str], form: dict[str, Any]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in {"text", "tel", "search"}):
            form["free"].add(name)
            if "value" in given:
                form["kept"][name] = given["value"]
        elif tag == "input" and (kind == "hidden" or "checked" in given):
            form["kept"][name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            form["kept"][self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def forms_of(html: str) -> list[dict[str, Any]]:
    parser = _Forms()
    parser.feed(html)
    return parser.found


def send(
    client: Client, canaries: Canaries, url: str, ending: str = "", **given: Any
) -> tuple[int, str]:
    """Open a page, fill one of its forms and send it; return the status and where that leads.

    What is not given is filled: free fields with a new canary, coded ones left as they were.
    """
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    target = [f for f in forms_of(page.content.decode()) if f["action"].endswith(ending or url)]
    own = [f for f in forms_of(page.content.decode()) if not f["action"]]
    form = (target or own)[0]
    filled = {name: canaries.sing(name) for name in sorted(form["free"]) if _is_free(name, given)}
    answer = client.post(form["action"] or url, form["kept"] | filled | given)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def _is_free(name: str, given: dict[str, Any]) -> bool:
    return name not in given and name.rpartition("-")[2] not in CODED
