"""``spean demo``: fictional people at every stage, in a database that holds nothing else."""

from __future__ import annotations

import click

from spean.kernel.errors import Denied
from spean.kernel.text import Sentence
from spean.site.cli.door import operator, ready, say_json


@click.command()
@click.option("--reset", is_flag=True, help="Empty the demo database and make it again.")
@click.option("--accounts", is_flag=True, help="Show the demo's accounts and their secrets.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@ready
def demo(*, reset: bool, accounts: bool, as_json: bool) -> None:
    """Make the demo caseload, or show its accounts.

    Refused unless the database is empty or holds only demo data.

    Example: spean demo --accounts --json
    """
    from spean.shell.queries import is_demo, is_empty

    if not is_demo() and not is_empty():
        raise Denied(
            Sentence(
                "This database holds records that are not the demo's. Use another one for the "
                "demo: set SPEAN_HOME to a new folder."
            )
        )
    if reset and is_demo():
        _empty()
    if is_empty():
        _make(as_json=as_json and not accounts)
    if accounts:
        _show(as_json=as_json)


def _empty() -> None:
    from spean.site.database import empty

    empty()


def _make(*, as_json: bool) -> None:
    from spean.site.demo.making import make

    made = make(actor=operator("demo"))
    if as_json:
        say_json({"accounts": made.accounts, "persons": made.persons, "entries": made.entries})
    else:
        click.echo(
            f"The demo stands: {made.persons} fictional persons, {made.entries} entries of the "
            f"printed tables, {made.accounts} accounts (spean demo --accounts).",
            err=True,
        )


def _show(*, as_json: bool) -> None:
    from spean.site.demo.accounts import listed

    if as_json:
        say_json(listed())
        return
    for held in listed():
        click.echo(
            "  ".join(held[k] for k in ("name", "role", "agency", "password", "totp_secret"))
        )
