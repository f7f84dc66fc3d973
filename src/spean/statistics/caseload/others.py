"""Persons beside the printed tables: other years, other countries, other provinces and agencies,
each with a likely path from the first word to the last follow-up. Made by the seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from spean.kernel import clock
from spean.ledger.states import COLUMNS
from spean.places.gazetteer import PROVINCES
from spean.statistics.caseload.tables import Table

_COUNTRIES = ("KOR", "PHL", "ARE", "TWN", "SAU", "POL", "LKA", "TUR", "NGA", "GEO")
_CHECKPOINTS = ("REP", "BAVET", "POIPET", "CHAM_YEAM")
_AGES = ("0-11", "12-14", "15-17", "18-24", "25-34", "35+")
_FORMS = ("forced_labour", "forced_criminality", "forced_marriage", "sexual_exploitation",
          "domestic_servitude", "")  # fmt: skip
_PLACEMENTS = ("home", "home", "home", "shelter", "social_affairs_department")
_YEARS_BACK = 9

# kind, chance to come so far from the step before, days since it (at most), agency
Step = tuple[str, float, int, str]
_FROM_ABROAD: tuple[Step, ...] = (
    ("request_received", 1.0, 0, "COMMITTEE"),
    ("contacted", 0.85, 6, "COMMITTEE"),
    ("rescued", 0.6, 30, "CONSULAR"),
    ("held_waiting", 0.5, 3, "CONSULAR"),
    ("departed", 0.9, 60, "CONSULAR"),
    ("repatriated", 1.0, 1, "BORDER_POST"),
    ("received", 0.9, 0, "SOCIAL_AFFAIRS"),
    ("placed", 0.9, 3, "SOCIAL_AFFAIRS"),
    ("followed_up", 0.7, 30, "SOCIAL_AFFAIRS"),
)
_AT_HOME: tuple[Step, ...] = (
    ("rescued", 1.0, 0, "POLICE"),
    ("presumed", 0.9, 3, "POLICE"),
    ("identified", 0.7, 20, "POLICE"),
    ("assisted", 0.8, 5, "SOCIAL_AFFAIRS"),
)
_AT_THE_BORDER: tuple[Step, ...] = (
    ("departure_interviewed", 1.0, 0, "BORDER_POST"),
    ("departure_stopped", 0.3, 0, "BORDER_POST"),
)
_ACCUSED: tuple[Step, ...] = (
    ("suspect_detained", 1.0, 0, "POLICE"),
    ("prosecuted", 0.6, 60, "COURT"),
    ("convicted", 0.5, 120, "COURT"),
)
_MIGRANT: tuple[Step, ...] = (("returned_migrant", 1.0, 0, "BORDER_POST"),)
# share of persons, path, role, lies abroad
_PATHS: tuple[tuple[float, tuple[Step, ...], str, bool], ...] = (
    (0.45, _FROM_ABROAD, "victim", True),
    (0.65, _AT_HOME, "victim", False),
    (0.85, _AT_THE_BORDER, "traveller", False),
    (0.93, _MIGRANT, "migrant", True),
    (1.0, _ACCUSED, "suspect", False),
)
_ABROAD_KINDS = frozenset(
    {"request_received", "rescued", "held_waiting", "departed", "repatriated", "returned_migrant"}
)


@dataclass(frozen=True)
class Outside:
    """Where others may be laid: stretches of days and places that no table counts."""

    stretches: tuple[tuple[date, date], ...]
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    checkpoints: tuple[str, ...]


def outside(tables: Sequence[Table]) -> Outside:
    """Return what lies outside the tables' periods and places."""
    counted = {year for t in tables for year in range(t.first.year, t.last.year + 1)}
    this_year = clock.today().year
    free = [y for y in range(this_year - _YEARS_BACK, this_year) if y not in counted]
    if not free:
        free = [min(counted) - 1]
    values = {value for t in tables for f in t.figures for _, value in f.columns}
    values |= {value for t in tables for value in (*t.countries, *t.provinces)}
    return Outside(
        stretches=tuple(_stretches(free)),
        countries=tuple(c for c in _COUNTRIES if c not in values) or _COUNTRIES,
        provinces=tuple(p for p in PROVINCES if p not in values) or tuple(PROVINCES),
        checkpoints=tuple(c for c in _CHECKPOINTS if c not in values) or _CHECKPOINTS,
    )


def _stretches(years: Sequence[int]) -> Iterator[tuple[date, date]]:
    first = None
    for place, year in enumerate(years):
        first = first or year
        if place + 1 == len(years) or years[place + 1] != year + 1:
            yield date(first, 1, 1), date(year, 12, 31)
            first = None


def rows(seed: int, first: int, last: int, where: Outside) -> list[list[str]]:
    """Return the lines of persons number ``first`` up to, not including, ``last``."""
    lines: list[list[str]] = []
    for number in range(first, last):
        lines += _person(random.Random(seed * 1_000_003 + number), number, where)  # noqa: S311
    return lines


def _person(rng: random.Random, number: int, where: Outside) -> list[list[str]]:
    chance = rng.random()
    _, path, role, is_abroad = next(p for p in _PATHS if chance < p[0])
    country = rng.choice(where.countries) if is_abroad else ""
    begins, ends = rng.choice(where.stretches)
    day = begins + timedelta(days=rng.randrange((ends - begins).days + 1))
    group = number // 2  # two persons a case, most of them
    columns = {
        "person": f"other/{number:07}",
        "case": f"other/c{group:07}",
        "sex": rng.choice(("female", "female", "male")),
        "age": rng.choice(_AGES),
        "nationality": "KHM" if is_abroad or rng.random() < 0.8 else rng.choice(where.countries),
        "role": role,
        "province": "" if is_abroad else rng.choice(where.provinces),
        "form": rng.choice(_FORMS) if role == "victim" else "",
    }
    if path is _AT_THE_BORDER:
        columns |= {"checkpoint": rng.choice(where.checkpoints), "interview": f"other/i{number:07}"}
    if path is _ACCUSED:
        columns["proceeding"] = f"other/j{group:07}"
    lines = []
    for kind, goes_on, most, agency in path:
        day += timedelta(days=rng.randint(0, most))
        if day > ends or rng.random() >= goes_on:
            break
        lines.append(_line(columns, kind, agency, day, country, rng))
    return lines


def _line(
    columns: dict[str, str], kind: str, agency: str, day: date, country: str, rng: random.Random
) -> list[str]:
    line = columns | {"kind": kind, "agency": agency, "occurred": day.isoformat()}
    line["from"] = country if country and kind in _ABROAD_KINDS else "KHM"
    if kind == "request_received":
        line["request"] = columns["case"].replace("/c", "/q")
    if kind in {"repatriated", "placed"}:
        line |= {"placement": rng.choice(_PLACEMENTS), "to": "KHM"}
    known = datetime.combine(
        day + timedelta(days=rng.randrange(4)), time(rng.randint(1, 9), 0, tzinfo=UTC)
    )
    line["recorded"] = known.isoformat(timespec="seconds")
    return [line.get(column, "") for column in COLUMNS]
