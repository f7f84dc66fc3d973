"""``spean journal …``: prove that nobody edited it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from spean.kernel.text import Sentence
from spean.site.cli.door import ready, say_json

REASONS = {
    "missing": Sentence("Entry {bad} is missing: it was deleted."),
    "changed": Sentence("Entry {bad} was changed after it was written."),
    "cut": Sentence("The tail is cut: entry {bad} and what followed are gone."),
    "rewritten": Sentence("Entry {bad} is not what the checkpoint signed: the chain was rewritten."),
    "checkpoint_forged": Sentence("The checkpoint's signature is not ours: take another copy."),
}


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

    verdict = walk(checkpoint)
    if as_json:
        say_json(asdict(verdict))
    elif verdict.holds:
        click.echo(f"The journal holds: {verdict.entries} entries.")
    if verdict.holds:
        return
    sentence = REASONS[verdict.reason].msgid.format(bad=verdict.bad)
    click.echo(f"{sentence} Keep the disk as it is and tell the data protection office.", err=True)
    raise click.exceptions.Exit(1)
