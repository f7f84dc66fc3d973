"""What every command shares: setting up, refusing in one sentence, printing JSON."""

from __future__ import annotations

import getpass
import json
import logging
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfoNotFoundError

import click

from spean.kernel.actor import Actor, Capability, Kind
from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence

P = ParamSpec("P")
R = TypeVar("R")


def run(root: click.Group) -> int:
    """Run a command and return the exit code: 0 done, 1 refused, 2 wrong usage."""
    try:
        outcome = root.main(standalone_mode=False)
    except click.Abort:
        click.echo("Stopped. What was half done does not count; run it again to finish.", err=True)
        return 1
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except DomainError as refusal:
        click.echo(str(refusal.sentence), err=True)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        return _unexpected(error)
    # Without its own ending, click hands back ctx.exit()'s code or what the command returned.
    return outcome if type(outcome) is int else 0


def _unexpected(error: Exception) -> int:
    if os.environ.get("SPEAN_LOG", "").lower() == "debug":
        raise error
    if sentence := _from_below(error):
        click.echo(str(sentence), err=True)
        return 1
    click.echo(
        f"Something broke that should not ({type(error).__name__}). Nothing more was done. "
        "Run again with SPEAN_LOG=debug to see where, and report it.",
        err=True,
    )
    return 1


def _from_below(error: Exception) -> Sentence | None:
    """Return what to do about a refusal of the disk or the database."""
    from django.db.utils import DatabaseError

    if isinstance(error, DatabaseError):
        return Sentence(
            "The database refuses: {why}. See “spean doctor”, then run this again.", why=str(error)
        )
    if isinstance(error, OSError):
        return Sentence(
            "{file} cannot be used: {why}. Mend that, then run this again.",
            file=str(error.filename or "The disk"),
            why=str(error.strerror),
        )
    return None


def set_up(*, prepare: bool = True) -> None:
    """Set up Django; with ``prepare`` also make or migrate the database, and hold the clock."""
    import django
    from django.db.utils import DatabaseError, OperationalError

    _check_log()
    try:
        django.setup()
    except ValueError as wrong:
        raise DomainError(Sentence("{why}", why=str(wrong))) from None
    except ZoneInfoNotFoundError:
        raise DomainError(
            Sentence(
                "SPEAN_TIME_ZONE names no time zone: {name}. Write one such as Asia/Phnom_Penh.",
                name=os.environ.get("SPEAN_TIME_ZONE", ""),
            )
        ) from None
    if not prepare:
        return
    from spean.site import database, environment
    from spean.site.actions import hold_clock

    try:
        database.prepare()
    except OperationalError:
        raise DomainError(
            Sentence(
                "The database does not answer. Check DATABASE_URL, and that the server runs and "
                "lets this user in."
            )
        ) from None
    except DatabaseError as wrong:
        raise DomainError(
            Sentence(
                "The database of this installation cannot be read ({why}). Restore a backup, or "
                "set SPEAN_HOME to another folder.",
                why=str(wrong),
            )
        ) from None
    if now := environment.text("SPEAN_NOW"):
        hold_clock(now)


def _check_log() -> None:
    level = os.environ.get("SPEAN_LOG", "").strip().upper()
    if level and level not in logging.getLevelNamesMapping():
        raise DomainError(
            Sentence(
                "SPEAN_LOG is one of debug, info, warning, error, critical; not “{level}”.",
                level=level.lower(),
            )
        )


def ready(command: Callable[P, R]) -> Callable[P, R]:
    """Set up Django and, on a missing or older embedded database, make or migrate it first."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        set_up()
        return command(*args, **kwargs)

    return wrapped


def operator(purpose: str = "") -> Actor:
    """Return the built-in actor of the command line: whoever holds the key ring may do all."""
    return Actor(
        kind=Kind.OPERATOR,
        capabilities=frozenset(Capability),
        label=_system_user(),
        purpose=purpose,
    )


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"uid {os.getuid()}"


def say_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
