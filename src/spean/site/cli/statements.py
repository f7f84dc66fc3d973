"""``spean statement …``: make a statement, make it again, check one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.site.cli.door import operator, ready, say_json

_FORMATS = ("json", "html", "csv", "pdf", "xlsx")


@click.group()
def statement() -> None:
    """Figures that hold: counted from the ledger, as known at a day."""


@statement.command()
@click.option("--from", "first", required=True, metavar="D", help="First day (or month, year).")
@click.option("--to", "last", required=True, metavar="D", help="Last day (or month, year).")
@click.option("--as-of", metavar="D", default="", help="What was known by the end of this day.")
@click.option("--template", metavar="NAME", default="", help="monthly, annual, border, justice.")
@click.option("--measures", multiple=True, metavar="A,B", help="Default: all.")
@click.option("--by", multiple=True, metavar="A,B*C", help="Each alone; with * crossed.")
@click.option("--where", multiple=True, metavar="K=V,…", help="Columns; where=abroad|home.")
@click.option("--keys", multiple=True, metavar="A,B", help="What is counted once. Default: all.")
@click.option("--public", is_flag=True, help="Hide small cells: for giving out.")
@click.option("--keep", is_flag=True, help="Keep it under a number.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True)
@click.option("--language", type=click.Choice(["en", "km"]), default="en", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@ready
def make(
    first: str,
    last: str,
    as_of: str,
    template: str,
    measures: tuple[str, ...],
    by: tuple[str, ...],
    where: tuple[str, ...],
    keys: tuple[str, ...],
    public: bool,
    keep: bool,
    form: str,
    language: str,
    out: Path | None,
) -> None:
    """Make a statement for a period.

    \b
    Example: spean statement make --from 2025-01-01 --to 2025-04-22 \\
               --measures victims_repatriated --by sex,from --format json
    """
    from spean.kernel import clock
    from spean.statistics import actions, queries, rules

    try:
        asked = rules.ask(
            first=first,
            last=last,
            as_of=as_of,
            today=clock.today(),
            measures=",".join(measures),
            by=",".join(by),
            where=",".join(where),
            keys=",".join(keys),
            template=template,
            public=public,
        )
    except Invalid as wrong:
        raise click.UsageError(str(wrong.sentence)) from None
    written = _writer(form)
    _check_out(out)
    if keep:
        document = actions.keep(asked, actor=operator())
    else:
        document = queries.statement_for(operator(), asked)
    _give(written(document, language), out)


def _writer(form: str) -> Any:
    from spean.statistics.web import papers

    writers = {"json": papers.as_json, "csv": papers.as_csv, "html": papers.as_html}
    if form not in writers:
        raise Invalid(papers.NOT_YET)
    return writers[form]


def _give(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        out.write_text(text, encoding="utf-8", newline="")


def _check_out(out: Path | None) -> None:
    """Refuse before the work where the file could not be written after it."""
    if out is not None and not out.absolute().parent.is_dir():
        raise Invalid(
            Sentence("There is no folder {folder}. Make it first.", folder=str(out.parent))
        )


@statement.command()
@click.argument("number", metavar="ID")
@ready
def remake(number: str) -> None:
    """Make a kept statement again; exit 1 if its figures have changed.

    \b
    Example: spean statement remake ST-2025-0007
    """
    from spean.statistics import queries
    from spean.statistics.web import papers

    held = queries.kept(operator(), number)
    document = queries.remade(operator(), held)
    click.echo(papers.as_json(document, "en"))
    if document["digest"] != held.digest:
        click.echo(
            f"{held.number} does not come out the same: it was {held.digest}, it is now "
            f"{document['digest']}. Check the ledger before using either.",
            err=True,
        )
        raise click.exceptions.Exit(1)


@statement.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def check(file: Path, as_json: bool) -> None:
    """Verify a statement's file: its sums and its digest; exit 1 if they do not hold.

    \b
    Example: spean statement check statement.json
    """
    from spean.statistics import rules

    try:
        faults = [str(fault) for fault in rules.faults(json.loads(file.read_bytes()))]
    except (ValueError, RecursionError):
        faults = ["The file is not JSON. Check the file that “--format json” wrote."]
    if as_json:
        say_json({"file": file.name, "holds": not faults, "faults": faults})
    elif not faults:
        click.echo(f"{file.name} holds: digest and sums are right.")
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.exceptions.Exit(1)
