"""What a browser would make of a page: its forms, and whatever in it could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Each would run, load or leave the page if any page let it: as text, in an attribute, in a
# template, as an address.
HOSTILE = (
    "'\"><script>zq()</script><img src=zq onerror=zq()><svg onload=zq()></svg>"
    '<a href="javascript:zq()">zq</a></textarea></title><base href=//zq>'
    '{{7*191}}{% now "zqY" %}${7*191}<!--zq'
)
_ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data", "poster"}
_SCHEMES = ("javascript:", "vbscript:", "data:text")


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what it would send."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Parse a page as a browser does; ``alive`` lists what in it runs that we did not write."""

    def __init__(self, text: str, path: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.alive: list[str] = []
        self.forms: list[Form] = []
        self._select: tuple[str, bool] | None = None
        self.feed(text)
        self.close()
        if "1337" in text:
            self.alive.append("a template within the template ran")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.alive += [f"<{tag} {name}>" for name in held if name.startswith("on")]
        self.alive += [
            f"<{tag} {name}={value}>"
            for name, value in held.items()
            if name in _ADDRESSES and _runs(value)
        ]
        if tag in {"base", "iframe", "object", "embed"} or "style" in held:
            self.alive.append(f"<{tag}>")
        if tag == "script" and not held.get("src", "").startswith("/static/"):
            self.alive.append("<script> of nobody's")
        self._gather(tag, held)

    def _gather(self, tag: str, held: dict[str, str]) -> None:
        if tag == "form":
            action = held.get("action") or self.path
            self.forms.append(Form(action.partition("?")[0], held.get("method", "get").lower()))
        if not self.forms:
            return
        name, form = held.get("name", ""), self.forms[-1]
        if tag == "select":
            self._select = (name, False)
        elif tag == "option" and self._select:
            chosen, is_set = self._select
            if held.get("value") and (not is_set or "selected" in held):
                form.fields[chosen] = [held["value"]]
                self._select = (chosen, True)
        elif name and tag in {"input", "textarea"}:
            _input(form, name, held, "textarea" if tag == "textarea" else held.get("type", "text"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None

    def handle_comment(self, data: str) -> None:
        if "zq" in data:
            self.alive.append("a comment that we did not write")


def _input(form: Form, name: str, held: dict[str, str], kind: str) -> None:
    if kind in {"radio", "checkbox"}:
        form.fields.setdefault(name, [held.get("value", "on")])
    elif kind in {"hidden", "submit"}:
        form.fields.setdefault(name, [held.get("value", "")])
    else:
        form.texts.append(name)
        form.fields[name] = [held.get("value", "")]


def _runs(value: str) -> bool:
    squeezed = "".join(value.split()).lower()
    return squeezed.startswith(_SCHEMES) or squeezed.startswith("//")
