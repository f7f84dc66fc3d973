"""``spean …``: the doors of the command line. Each command calls a room's action or query."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from spean import __version__

# command: module in this folder that holds it (imported only when it is asked for)
COMMANDS = {
    "serve": "serving",
    "upgrade": "serving",
    "doctor": "serving",
    "tick": "serving",
    "demo": "demo",
    "agency": "agencies",
    "user": "agencies",
    "ledger": "ledger",
    "caseload": "ledger",
    "statement": "statements",
    "people": "people",
    "journal": "journal",
    "bench": "bench",
}


class Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"spean.site.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, name)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def root() -> None:
    """Spean: from a plea for help to a safe return, and true figures about it."""


def main() -> None:
    """Run a command; a refusal is one sentence on standard error and exit 1, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.site.settings")
    gc.set_threshold(50_000)  # what is imported stays: looking through it again only costs time
    os.umask(0o077)  # what Spean writes is its owner's alone
    from spean.site.cli.door import run

    sys.exit(run(root))
