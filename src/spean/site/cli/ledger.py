"""``spean ledger …`` and ``spean caseload …``: entries in bulk, the mirror, a made caseload."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
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
        done = actions.load(file, actor=operator(), create_codes=create_codes, progress=progress)
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


@click.group()
def caseload() -> None:
    """A synthetic caseload whose true counts are tables in print."""


@caseload.command("make")
@click.option(
    "--tables",
    required=True,
    metavar="published|FILE.toml",
    help="The tables in print that come with Spean, or a file of the same form.",
)
@click.option("--persons", type=click.IntRange(min=0), default=0, help="More persons beside them.")
@click.option("--seed", type=int, default=1, show_default=True, help="What chance does.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@ready
def make_caseload(tables: str, persons: int, seed: int, as_json: bool) -> None:
    """Lay ledger entries whose true counts are the tables' figures.

    \b
    Example: spean caseload make --tables published --persons 1000 --seed 1
    """
    from spean.statistics import actions
    from spean.statistics.caseload import tables as printed

    chosen = printed.published() if tables == "published" else printed.read(_existing(tables))
    with progress_bar("entries") as progress:
        laid = actions.lay_caseload(
            chosen, actor=operator(), persons=persons, seed=seed, progress=progress
        )
    if as_json:
        say_json(asdict(laid))
        return
    for table in laid.tables:
        click.echo(f"{table.id}: {table.entries} entries{' (there already)' * table.already}")
    click.echo(
        f"{laid.entries_added} entries added; {laid.persons} persons beside the tables "
        f"({laid.persons_added} new)."
    )


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise click.BadParameter(
            f"there is no file {name}. Write “published”, or the path of a TOML file.",
            param_hint="--tables",
        )
    return path
