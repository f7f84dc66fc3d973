"""What a line of the ledger's file may say. Plain values in, plain values out; no database."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from spean.kernel import clock
from spean.kernel.dates import BUDDHIST_OFFSET, EARLIEST, PartialDate
from spean.kernel.digits import to_ascii
from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger import states
from spean.places import gazetteer

KEY_LENGTH = 64
SUPPORTING_LENGTH = 400
AGES = range(121)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_BAND = re.compile(r"(\d{1,3})-(\d{1,3})|(\d{1,3})\+|<(\d{1,3})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

# What a line becomes: these fields, in this order.
FIELDS = (
    "kind", "occurred", "occurred_first", "occurred_last", "recorded", "person", "case",
    "request", "return_key", "operation", "proceeding", "interview", "agency", "supporting",
    "from_country", "to_country", "province", "checkpoint", "sex", "age", "nationality", "role",
    "form", "cause", "placement", "outcome", "ref", "other",
)  # fmt: skip
KIND, OCCURRED, FIRST, LAST, RECORDED, REF = (
    FIELDS.index(name)
    for name in ("kind", "occurred", "occurred_first", "occurred_last", "recorded", "ref")
)
Values = tuple[str, ...]


@dataclass
class Codes:
    """The codes a file may use; with ``create``, those it brings are remembered, not refused."""

    agencies: Collection[str]
    checkpoints: Collection[str]
    create: bool = False
    new_agencies: set[str] = field(default_factory=set)
    new_checkpoints: set[str] = field(default_factory=set)


def header_places(header: Sequence[str]) -> dict[str, int]:
    """Return the position of each known column; raise Invalid on an unknown or doubled one."""
    names = [to_ascii(h).strip().lower() for h in header]
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        raise Invalid(Sentence("The columns are not parted by commas. Save the file as CSV."))
    for place, name in enumerate(names, start=1):
        if not name:
            raise Invalid(
                Sentence(
                    "Column {place} has no name in the header. Name it, or take it out.",
                    place=place,
                )
            )
        if name not in states.COLUMNS:
            raise Invalid(
                Sentence(
                    "“{name}” is not a column of the ledger. The columns are: {columns}.",
                    name=name[:40],
                    columns=", ".join(states.COLUMNS),
                )
            )
        if names.count(name) > 1:
            raise Invalid(Sentence("The column “{name}” stands twice in the header.", name=name))
    if "kind" not in names:
        raise Invalid(Sentence("The header has no column “kind”. Every entry needs one."))
    return {name: place for place, name in enumerate(names)}


class LineReader:
    """Turn lines into values for the table, checking each; remembers what it has seen before."""

    def __init__(self, places: dict[str, int], codes: Codes) -> None:
        self.width = len(places)
        self._codes = codes
        self._now = clock.now()
        self._today = clock.today().isoformat()
        self._default_recorded = stored(self._now)
        self._at = places
        self._dates: dict[str, tuple[str, str, str]] = {}
        self._instants: dict[str, str] = {}
        self._supporting: dict[str, str] = {}
        readers: dict[str, Callable[[str], str]] = {
            **_VALUES,
            **dict.fromkeys((*states.KEYS, "id", "other", "supersedes"), self._key),
            "agency": self._agency,
            "supporting": self._supporters,
            "checkpoint": self._checkpoint,
        }
        # One cache a column: the values of a column repeat, and a dictionary is quicker than rules.
        self._plan: list[tuple[str, int, Callable[[str], str], dict[str, str] | None]] = [
            (c, places[c], readers[c], None if reads_keys(c) else {})
            for c in states.COLUMNS
            if c in places and c in readers
        ]
        self._template = dict.fromkeys(states.COLUMNS, "")

    def read(self, row: Sequence[str]) -> tuple[Values, str]:
        """Return the values of FIELDS and the text of ``supersedes``; raise Invalid."""
        if len(row) != self.width:
            raise Invalid(
                Sentence(
                    "it has {count} values where the header has {width} columns",
                    count=len(row),
                    width=self.width,
                )
            )
        values = dict(self._template)
        for column, place, reader, cache in self._plan:
            text = row[place]
            if not text:
                continue
            if cache is None:
                values[column] = reader(text)
                continue
            known = cache.get(text)
            if known is None:
                known = cache[text] = reader(text)
            values[column] = known
        return self._finish(values, row)

    def _finish(self, values: dict[str, str], row: Sequence[str]) -> tuple[Values, str]:
        kind, named = values["kind"], values["supersedes"]
        if not kind:
            raise Invalid(Sentence("it has no kind"))
        if kind in states.OF_AN_ENTRY and not named:
            raise Invalid(
                Sentence("“{kind}” names no entry. Write its id under supersedes.", kind=kind)
            )
        if kind in states.OF_TWO_PERSONS:
            _check_two(values["person"], values["other"])
        occurred, first, last = self._occurred(row, kind)
        return (
            kind, occurred, first, last, self._recorded(row), values["person"], values["case"],
            values["request"], values["return"], values["operation"], values["proceeding"],
            values["interview"], values["agency"], values["supporting"], values["from"],
            values["to"], values["province"], values["checkpoint"], values["sex"], values["age"],
            values["nationality"], values["role"], values["form"], values["cause"],
            values["placement"], values["outcome"], values["id"], values["other"],
        ), named  # fmt: skip

    def _occurred(self, row: Sequence[str], kind: str) -> tuple[str, str, str]:
        place = self._at.get("occurred")
        text = row[place].strip() if place is not None else ""
        if not text:
            if kind in states.OF_AN_ENTRY:
                return "", "", ""  # the day of the entry it names
            raise Invalid(
                Sentence("it says no day in “occurred”. Write at least the year, such as 2025")
            )
        held = self._dates.get(text)
        if held is None:
            held = self._dates[text] = _interval(text, self._today)
        return held

    def _recorded(self, row: Sequence[str]) -> str:
        place = self._at.get("recorded")
        text = row[place].strip() if place is not None else ""
        if not text:
            return self._default_recorded
        held = self._instants.get(text)
        if held is None:
            if len(self._instants) > 200_000:
                self._instants.clear()
            held = self._instants[text] = stored(instant(text, self._now))
        return held

    def _key(self, text: str) -> str:
        key = text.strip()
        if len(key) > KEY_LENGTH or _CONTROL.search(key):
            raise Invalid(
                Sentence(
                    "“{key}” is not a key. A key has at most {length} characters on one line",
                    key=key[:20],
                    length=KEY_LENGTH,
                )
            )
        return key

    def _agency(self, text: str) -> str:
        code = text.strip()
        if code and code not in self._codes.agencies:
            self._bring(code, self._codes.new_agencies, Sentence("agency"))
        return code

    def _checkpoint(self, text: str) -> str:
        code = text.strip()
        if code and code not in self._codes.checkpoints:
            self._bring(code, self._codes.new_checkpoints, Sentence("checkpoint"))
        return code

    def _bring(self, code: str, new: set[str], what: Sentence) -> None:
        if not _CODE.fullmatch(code):
            raise Invalid(
                Sentence(
                    "“{code}” is not a code of any {what}. A code has letters, digits, - and _",
                    code=code[:40],
                    what=what,
                )
            )
        if not self._codes.create:
            raise Invalid(
                Sentence(
                    "there is no {what} with the code “{code}”. Add it first, or use "
                    "--create-codes",
                    what=what,
                    code=code,
                )
            )
        new.add(code)

    def _supporters(self, text: str) -> str:
        codes = [self._agency(part) for part in text.split(";") if part.strip()]
        joined = ";".join(dict.fromkeys(codes))
        if len(joined) > SUPPORTING_LENGTH:
            raise Invalid(Sentence("it names too many supporting agencies"))
        return joined


def reads_keys(column: str) -> bool:
    return column in states.KEYS or column in {"id", "other", "supersedes"}


def _check_two(person: str, other: str) -> None:
    if not person or not other or person == other:
        raise Invalid(Sentence("joining or parting names two persons, under person and other"))


def _kind(text: str) -> str:
    kind = text.strip()
    if kind == "kind":
        raise Invalid(Sentence("the header stands here once more. Take this line out"))
    if kind and kind not in states.KINDS:
        raise Invalid(
            Sentence("“{kind}” is not a kind of entry. See the list of kinds", kind=kind[:40])
        )
    return kind


def _interval(text: str, today: str) -> tuple[str, str, str]:
    day = PartialDate.parse(text)
    first, last = day.first.isoformat(), day.last.isoformat()
    if first > today:
        raise Invalid(Sentence("{day} is in the future. Nothing has happened then yet", day=text))
    return str(day), first, last


def instant(text: str, now: datetime) -> datetime:
    """Read an ISO instant in any digits; one without a zone is UTC. Raise Invalid if later."""
    written = to_ascii(text)
    try:
        when = datetime.fromisoformat(written)
    except ValueError:
        raise Invalid(
            Sentence(
                "“{text}” is not an instant. Write it such as 2025-04-22T09:30:00+07:00",
                text=text[:40],
            )
        ) from None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    if when.year < EARLIEST:
        raise Invalid(Sentence("The year {year} is too long ago. Check it.", year=str(when.year)))
    if when.year >= now.year + BUDDHIST_OFFSET // 2:
        raise Invalid(
            Sentence(
                "{year} looks like a Buddhist-era year. Write it as {gregorian}",
                year=str(when.year),
                gregorian=str(when.year - BUDDHIST_OFFSET),
            )
        )
    if when > now:
        raise Invalid(Sentence("it was recorded in the future, at {text}", text=text))
    return when


def stored(when: datetime) -> str:
    """Return the instant in UTC as the table's text: sortable, to the microsecond."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def value_of(column: str, text: str) -> str:
    """Read what is asked of a column as a line of a file would be read; raise Invalid."""
    if column == "occurred":
        return str(PartialDate.parse(text))
    if column == "recorded":
        return stored(instant(text, clock.now()))
    reader = _VALUES.get(column, str.strip)
    return reader(text)


def _country(text: str) -> str:
    code = text.strip()
    if code and not gazetteer.is_country(code):
        raise Invalid(
            Sentence("“{code}” is not a country. Write ISO alpha-3, such as KHM", code=code[:40])
        )
    return code


def _province(text: str) -> str:
    code = to_ascii(text).strip()
    if code and not gazetteer.is_province(code):
        raise Invalid(
            Sentence(
                "“{code}” is not a province. Write 01 to 25, or an ISO 3166-2 code abroad, "
                "such as CN-GD",
                code=code[:40],
            )
        )
    return code


def _sex(text: str) -> str:
    sex = text.strip()
    if sex and sex not in states.SEXES:
        raise Invalid(
            Sentence("“{sex}” is not a sex here. Write female, male or other", sex=sex[:40])
        )
    return sex


def _role(text: str) -> str:
    role = text.strip()
    if role and role not in states.ROLES:
        raise Invalid(
            Sentence(
                "“{role}” is not a role. Write one of: {roles}",
                role=role[:40],
                roles=", ".join(sorted(states.ROLES)),
            )
        )
    return role


def _age(text: str) -> str:
    age = to_ascii(text).strip()
    if age.isdigit() and int(age) in AGES:
        return str(int(age))
    band = _BAND.fullmatch(age)
    ends = [int(end) for end in band.groups() if end] if band else []
    if age and (not ends or ends != sorted(ends) or ends[-1] not in AGES):
        raise Invalid(
            Sentence(
                "“{age}” is not an age. Write years, 0 to 120, or a band such as 15-17",
                age=age[:40],
            )
        )
    return age


def _slug(text: str) -> str:
    code = text.strip()
    if code and not _CODE.fullmatch(code):
        raise Invalid(
            Sentence(
                "“{code}” is not a code. Write it with letters, digits and _, such as "
                "forced_marriage",
                code=code[:40],
            )
        )
    return code


# What a value may be, for the columns of which that can be told without looking anything up.
_VALUES: dict[str, Callable[[str], str]] = {
    "kind": _kind,
    **dict.fromkeys(states.COUNTRIES, _country),
    "province": _province,
    "sex": _sex,
    "age": _age,
    "role": _role,
    **dict.fromkeys(states.SLUGS, _slug),
}
