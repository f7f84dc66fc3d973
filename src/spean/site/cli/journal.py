"""``spean journal …``: prove that nobody edited it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.site.cli.door import ready, say_json


@click.group()
def journal() -> None:
    """Who did or saw what in Spean."""


@journal.command("verify")
@click.option(
    "--checkpoint",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint kept elsewhere; default the newest in SPEAN_HOME/checkpoints.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@ready
def verify(checkpoint: Path | None, *, as_json: bool) -> None:
    """Verify the chain; name the first bad entry and exit 1 if there is one.

    Example: spean journal verify --checkpoint kept-elsewhere.json
    """
    from spean.journal.queries import verify as walk

    try:
        verdict = walk(checkpoint)
    except (ValueError, KeyError, TypeError):
        if checkpoint is None:
            raise
        raise Invalid(
            Sentence("{file} is not a checkpoint of a journal.", file=checkpoint.name)
        ) from None
    if as_json:
        say_json(asdict(verdict))
    elif verdict.holds:
        click.echo(f"The journal holds: {verdict.entries} entries.")
    if verdict.holds:
        return
    click.echo(
        f"{verdict.sentence} Keep the disk as it is and tell the data protection office.", err=True
    )
    raise click.exceptions.Exit(1)
