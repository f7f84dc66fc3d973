"""``spean agency …`` and ``spean user …``: the tree of agencies, and ways in for people."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.site.cli.door import operator, ready, say_json

if TYPE_CHECKING:
    from spean.agencies.models import Agency, User

BUILT_IN = "institutions"
as_json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@click.group()
def agency() -> None:
    """The tree of agencies."""


@agency.command("load")
@click.argument("file", metavar="FILE.toml")
@as_json_option
@ready
def load(file: str, *, as_json: bool) -> None:
    """Make or correct the agencies and checkpoints of FILE.toml.

    The name “institutions” stands for the public institutions that come with Spean.

    Example: spean agency load institutions
    """
    from spean.site import institutions

    given = _read(file)
    _check_shape(given, file)
    loaded, checkpoints = institutions.load(given, actor=operator())
    if as_json:
        say_json(
            {
                "made": loaded.made,
                "changed": loaded.changed,
                "kept": loaded.kept,
                "checkpoints": checkpoints,
            }
        )
        return
    click.echo(
        f"{len(loaded.made)} agencies made, {len(loaded.changed)} changed, {loaded.kept} as they "
        f"were; {checkpoints} checkpoints."
    )


def _read(file: str) -> dict[str, Any]:
    path = Path(file)
    if file == BUILT_IN and not path.exists():
        from spean.site import institutions

        return institutions.built_in()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Invalid(Sentence("{file} cannot be read. Check its name.", file=file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid(
            Sentence("{file} is not TOML: {why}. Mend it there.", file=file, why=str(wrong))
        ) from None


def _check_shape(given: dict[str, Any], file: str) -> None:
    rows = [given.get(name, []) for name in ("agency", "checkpoint")]
    tables = all(isinstance(some, list) and all(isinstance(r, dict) for r in some) for some in rows)
    if not tables or not any(rows):
        raise Invalid(
            Sentence("{file} holds no [[agency]] and no [[checkpoint]]. Add one.", file=file)
        )


@agency.command("add")
@click.argument("code")
@click.option("--name", "name_en", required=True, help="English name.")
@click.option("--name-km", default="", help="Khmer name.")
@click.option("--kind", required=True, help="Such as police, embassy, ngo, shelter.")
@click.option("--under", "parent", default="", help="Code of the agency it answers to.")
@click.option("--country", default="KHM", show_default=True, help="Where it stands (alpha-3).")
@click.option("--covers", default="", help="A mission's country of work, if another.")
@click.option("--province", default="", help="Two digits.")
@ready
def add(**given: str) -> None:
    """Add one agency.

    Example: spean agency add NGO-C --name "NGO C" --kind ngo
    """
    from spean.agencies import actions

    _check_places(given)
    made = actions.add(given.pop("code"), actor=operator(), **given)
    click.echo(f"{made.code} added.")


def _check_places(given: dict[str, str]) -> None:
    from spean.places import gazetteer

    for name in ("country", "covers"):
        if given[name] and not gazetteer.is_country(given[name]):
            raise Invalid(
                Sentence(
                    "“{code}” is not a country. Write ISO alpha-3, such as KHM", code=given[name]
                ),
                name,
            )
    if given["province"] and not gazetteer.is_province(given["province"]):
        raise Invalid(
            Sentence(
                "“{code}” is not a province. Write 01 to 25, or an ISO 3166-2 code abroad, "
                "such as CN-GD",
                code=given["province"],
            ),
            "province",
        )


@agency.command("list")
@as_json_option
@ready
def list_agencies(*, as_json: bool) -> None:
    """List the tree.

    Example: spean agency list
    """
    from spean.agencies.queries import tree

    offices = tree()
    if as_json:
        codes = {office.pk: office.code for _, office in offices}
        say_json([_agency_row(office, codes) for _, office in offices])
        return
    for depth, office in offices:
        click.echo(f"{'  ' * depth}{office.code}  {office.name_en}")


def _agency_row(office: Agency, codes: dict[int, str]) -> dict[str, Any]:
    names = ("code", "name_en", "name_km", "kind", "country", "covers", "province")
    row = {name: getattr(office, name) for name in names}
    return row | {"parent": codes.get(office.parent_id or 0, "")}


@click.group()
def user() -> None:
    """The people who work here."""


@user.command("invite")
@click.argument("username")
@click.option("--agency", "code", required=True, help="Code of their agency.")
@click.option("--role", "roles", multiple=True, required=True, help="Repeat for several roles.")
@click.option("--label", default="", help="The name colleagues see.")
@click.option("--language", type=click.Choice(["km", "en"]), default="km", show_default=True)
@as_json_option
@ready
def invite(
    username: str, code: str, roles: tuple[str, ...], label: str, language: str, *, as_json: bool
) -> None:
    """Make a user and print the one-time link that lets them set their two factors.

    Example: spean user invite dara --agency HOTLINE --role intake_officer --label Dara
    """
    from spean.agencies import actions

    made, token = actions.invite(
        actor=operator(),
        username=username,
        label=label,
        agency=_agency(code),
        roles=list(roles),
        language=language,
    )
    _say_link(made, token, as_json=as_json)


def _agency(code: str) -> Agency:
    from spean.agencies.models import Agency

    held = Agency.objects.filter(code=code).first()
    if held is None:
        raise Invalid(
            Sentence("There is no agency {code}. See “spean agency list”.", code=code), "agency"
        )
    return held


def _say_link(made: User, token: str, *, as_json: bool) -> None:
    from django.conf import settings
    from django.urls import reverse

    host = f"https://{settings.DESK_HOST}"
    if not settings.DESK_HOST:
        host = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    link = host + reverse("agencies:accept_invitation", args=[token])
    if as_json:
        say_json({"username": made.username, "link": link})
        return
    click.echo(link)
    click.echo("It works once, for seven days. Give it in person or over a trusted line.", err=True)


@user.command("reset")
@click.argument("username")
@as_json_option
@ready
def reset(username: str, *, as_json: bool) -> None:
    """Take both factors and all sessions away, and print a new one-time link.

    Example: spean user reset dara
    """
    from spean.agencies import actions
    from spean.agencies.models import User

    held = User.objects.filter(username=username).first()
    if held is None:
        raise Invalid(
            Sentence("There is no user {name}. See “spean user list”.", name=username), "username"
        )
    _say_link(held, actions.reset(held, actor=operator()), as_json=as_json)


@user.command("list")
@as_json_option
@ready
def list_users(*, as_json: bool) -> None:
    """List who works here, with agency and roles.

    Example: spean user list --json
    """
    from spean.agencies.queries import users_for

    rows = [
        {
            "username": held.username,
            "label": held.label,
            "agency": held.agency.code,
            "roles": held.roles,
            "active": held.is_active,
        }
        for held in users_for(operator())
    ]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        click.echo(f"{row['agency']:12} {row['username']:20} {', '.join(row['roles'])}")
