"""``spean bench …``: data made on the spot, ours and the peer in one run."""

from __future__ import annotations

import importlib
import importlib.util

import click

# benchmark: module in this folder that holds a command of the same name
_BENCHMARKS = {"statement": "bench_statement", "intake": "bench_intake"}


class _Benchmarks(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [
            name for name, module in _BENCHMARKS.items() if importlib.util.find_spec(_in(module))
        ]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(importlib.import_module(_in(_BENCHMARKS[name])), name)
        return command


def _in(module: str) -> str:
    return f"spean.site.cli.{module}"


@click.group(cls=_Benchmarks)
def bench() -> None:
    """Measure against peers, in a temporary home of its own."""
