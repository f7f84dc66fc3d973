"""The generated pages of docs/reference: permissions, lifecycles, policies, commands.

python tools/reference.py          write them
python tools/reference.py --check  exit 1 if one is not current
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "spean"
OUT = ROOT / "docs" / "reference"
MADE = "<!-- Made by tools/reference.py: change the code, then run make docs. -->\n\n"


def permissions() -> str:
    from spean.agencies.states import CATALOGUE
    from spean.kernel.actor import Capability
    from spean.shell.matrix import doors

    roles = list(CATALOGUE)
    lines = ["# Who may do what", "", "## Capabilities of each role", ""]
    lines += ["| capability | " + " | ".join(r.value.replace("_", " ") for r in roles) + " |"]
    lines += ["|---" * (len(roles) + 1) + "|"]
    for c in Capability:
        marks = " | ".join("yes" if c in CATALOGUE[r] else "" for r in roles)
        lines.append(f"| {c.value.replace('_', ' ')} | {marks} |")
    lines += [
        "",
        "## Every URL",
        "",
        "A record that is not yours to see answers 404 all the same.",
        "",
    ]
    lines += ["| URL | name | reads or writes | who may knock |", "|---|---|---|---|"]
    for door in sorted(doors(), key=lambda d: d.path):
        verb = "library" if door.rule is None else "writes" if door.rule.writes else "reads"
        lines.append(f"| `{door.path}` | {door.name} | {verb} | {door.who.replace('_', ' ')} |")
    return "\n".join(lines)


def modules(name: str) -> Iterator[object]:
    for path in sorted(SRC.rglob(name)):
        yield importlib.import_module(".".join(path.relative_to(SRC.parent).with_suffix("").parts))


def lifecycles() -> str:
    from spean.kernel.lifecycle import Lifecycle

    lines = ["# Lifecycles", "", "Every move that exists; all others are refused."]
    for module in modules("states.py"):
        for name, value in sorted(vars(module).items()):
            if isinstance(value, Lifecycle):
                room = module.__name__.split(".")[1]
                lines += ["", f"## {room}: {type(value.initial).__name__} ({name.lower()})", ""]
                lines += ["```mermaid", value.mermaid(), "```"]
    return "\n".join(lines)


def policies() -> str:
    from spean.kernel.policy import Policy

    lines = [
        "# Policies",
        "",
        "One sentence each; the code behind it gives the reason of a refusal.",
        "",
    ]
    lines += ["| room | policy | rule |", "|---|---|---|"]
    for module in modules("access.py"):
        room = module.__name__.split(".")[1]
        for name, value in sorted(vars(module).items()):
            if (
                isinstance(value, Policy)
                and getattr(value.reason, "__module__", "") == module.__name__
            ):
                sentence = " ".join((value.__doc__ or "").split())
                lines.append(f"| {room} | {name} | {sentence} |")
    return "\n".join(lines)


def commands() -> str:
    import click

    from spean.site.cli import root

    lines = ["# Commands", ""]

    def walk(command: click.Command, name: str) -> None:
        context = click.Context(command, info_name=name)
        if isinstance(command, click.Group):
            for sub in command.list_commands(context):
                held = command.get_command(context, sub)
                if held is not None:
                    walk(held, f"{name} {sub}")
            return
        lines.extend([f"## {name}", "", "```", command.get_help(context), "```", ""])

    walk(root, "spean")
    return "\n".join(lines)


def measures() -> str:
    from spean.statistics.reference import page

    return page()


PAGES = {
    "permissions.md": permissions,
    "lifecycles.md": lifecycles,
    "policies.md": policies,
    "commands.md": commands,
    "measures.md": measures,
}


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ["COLUMNS"] = "100"
    import django

    django.setup()
    stale = []
    for name, make in PAGES.items():
        text = MADE + "\n".join(line.rstrip() for line in make().splitlines()) + "\n"
        path = OUT / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != text:
                stale.append(name)
            continue
        path.write_text(text)
    if stale:
        print(f"Not current: {', '.join(stale)}. Run make docs.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
