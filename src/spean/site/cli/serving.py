"""``spean serve | upgrade | tick | doctor``: what an installation runs on."""

from __future__ import annotations

import ipaddress
import os

import click

from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence
from spean.site import environment
from spean.site.cli.door import ready, say_json, set_up


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; default $PORT, else 8000.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
def serve(host: str, port: int | None, workers: int) -> None:
    """Serve pages and run jobs, until stopped.

    Example: spean serve --host 0.0.0.0 --port 8000
    """
    _check_environment()
    port = port or int(os.environ.get("PORT") or 8000)
    if _is_loopback(host):
        os.environ.setdefault("SPEAN_HTTPS", "0")
    set_up()
    from spean.site.serving import Server

    shown = f"[{host}]" if ":" in host else host
    server = Server(host, port, workers)
    click.echo(f"Spean serves http://{shown}:{port}/ (Ctrl-C stops it).", err=True)
    server.run()


def _check_environment() -> None:
    if unknown := environment.unknown():
        raise DomainError(
            Sentence(
                "{name} in the environment means nothing to Spean. Correct its spelling or take "
                "it out; docs/reference lists the names.",
                name=unknown[0],
            )
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@click.command()
@click.option("--backed-up", is_flag=True, help="A backup was made already; make none.")
def upgrade(*, backed_up: bool) -> None:
    """Check keys, back up, bring the tables up to date, verify.

    Example: spean upgrade
    """
    set_up(prepare=False)
    from spean.site.upgrading import run_upgrade

    for line in run_upgrade(backed_up=backed_up):
        click.echo(line)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@ready
def tick(*, as_json: bool) -> None:
    """Do all that recurs, once: clocks, retries, checkpoints, retention.

    Example: spean tick --json
    """
    from spean.site.ticking import tick as run

    done = run()
    if done is None:
        raise DomainError(
            Sentence("Another tick is running and takes long. Run “spean tick” again later.")
        )
    if as_json:
        say_json(done)
    else:
        for verb, things in done.items():
            for thing in things:
                words = [verb, thing["what"], thing["reference"], thing["to"]]
                click.echo(" ".join(w for w in words if w))
    if done["failed"]:
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--privacy", is_flag=True, help="Also check the privacy class of every field.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def doctor(*, privacy: bool, as_json: bool) -> None:
    """Say what is wrong with this installation, and how to mend it.

    Example: spean doctor --privacy
    """
    set_up(prepare=False)
    from spean.site.examining import examine

    found = examine(privacy=privacy)
    if as_json:
        say_json([{"state": f.state, "what": f.what, "mend": f.mend} for f in found])
    else:
        for one in found:
            mend = f" {one.mend}" if one.mend else ""
            click.echo(f"{one.state:5} {one.what}{mend}")
    if any(one.state == "wrong" for one in found):
        raise click.exceptions.Exit(1)
