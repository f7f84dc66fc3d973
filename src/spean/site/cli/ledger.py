"""``spean ledger …`` and ``spean caseload …``: entries in bulk, the mirror, a made caseload."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from spean.site.cli.door import operator, ready, say_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int], None] | None]:
    """Show how many lines are done, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = Progress(
        SpinnerColumn(),
        TextColumn(words),
        TextColumn("{task.completed:,}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task(words, total=None)
        yield lambda done: shown.update(task, completed=done)


@click.group()
def ledger() -> None:
    """What happened: load entries in bulk, keep the mirror up to date."""


@ledger.command()
@click.argument("file", type=_FILE)
@click.option("--create-codes", is_flag=True, help="Make agencies and checkpoints not yet known.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@ready
def load(file: Path, create_codes: bool, as_json: bool) -> None:
    """Load a CSV file of entries, all or nothing.

    \b
    Example: spean ledger load events-2024.csv --create-codes
    """
    from spean.ledger import actions

    with progress_bar("entries") as progress:
        done = actions.load(
            file, actor=operator(), create_codes=create_codes, progress=progress
        )
    if as_json:
        say_json(
            {
                "file": file.name,
                "entries": done.lines,
                "already": done.already,
                "created": {"agencies": done.agencies, "checkpoints": done.checkpoints},
            }
        )
    elif done.already:
        click.echo(f"{file.name} was loaded before ({done.lines} entries); nothing was added.")
    else:
        made = len(done.agencies) + len(done.checkpoints)
        codes = f" {made} new codes were made." if made else ""
        click.echo(f"{done.lines} entries loaded from {file.name}.{codes}")


@ledger.command()
@click.option("--rebuild", is_flag=True, help="Make the mirror anew from the database.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@ready
def mirror(rebuild: bool, as_json: bool) -> None:
    """Bring the encrypted mirror that statements read up to date.

    \b
    Example: spean ledger mirror --rebuild
    """
    from spean.ledger import mirror as segments

    with progress_bar("entries") as progress:
        held = segments.up_to_date(rebuild=rebuild, progress=progress)
    if as_json:
        say_json({"entries": held.rows, "segments": len(held.segments)})
    else:
        click.echo(f"The mirror holds {held.rows} entries in {len(held.segments)} segments.")
