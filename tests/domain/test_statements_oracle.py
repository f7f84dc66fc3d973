"""Every figure of statements over random ledgers, against a plain count of the same lines."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, datetime, timedelta

import pytest

from spean.kernel import clock
from spean.kernel.dates import PartialDate
from spean.statistics.measures import MEASURES
from tests.domain.command import spean

pytestmark = pytest.mark.django_db

KINDS = sorted({kind for m in MEASURES.values() for kind in m.kinds}) + ["departed"] * 3
COLUMNS = (
    "kind", "occurred", "recorded", "person", "other", "case", "request", "return", "operation",
    "proceeding", "interview", "agency", "supporting", "from", "sex", "nationality", "role",
    "placement", "id", "supersedes",
)  # fmt: skip


def random_lines(seed):
    rng = random.Random(seed)
    lines = []
    for number in range(400):
        day = date(2023, 10, 1) + timedelta(days=rng.randrange(300))
        occurred = day.isoformat()[: rng.choice((4, 7, 10, 10, 10, 10, 10))]
        row = {
            "kind": rng.choice(KINDS),
            "occurred": occurred,
            "recorded": f"{day + timedelta(days=rng.randrange(60))}T{rng.randrange(24):02}:30:00Z",
            "person": rng.choice(["", *(f"p{n}" for n in range(25))]),
            "case": rng.choice(["", *(f"c{n}" for n in range(12))]),
            "request": rng.choice(["", "q1", "q2", "q3"]),
            "return": rng.choice(["", "", "r1", "r2"]),
            "operation": rng.choice(["", "o1"]),
            "proceeding": rng.choice(["", "j1", "j2"]),
            "interview": rng.choice(["", "i1"]),
            "agency": rng.choice(["", "A", "B"]),
            "supporting": rng.choice(["", "A", "B;C"]),
            "from": rng.choice(["", "KHM", "THA", "CHN"]),
            "sex": rng.choice(["", "female", "male"]),
            "nationality": rng.choice(["", "KHM", "VNM"]),
            "role": rng.choice(["", "victim", "suspect"]),
            "placement": rng.choice(["", "home"]),
            "id": f"e{number}",
        }
        lines.append({column: row.get(column, "") for column in COLUMNS})
    lines += [superseding(rng, lines, n) for n in range(60)]
    for number in range(25):
        one, two = rng.sample([f"p{n}" for n in range(25)], 2)
        join = dict.fromkeys(COLUMNS, "")
        join |= {
            "kind": rng.choice(("persons_joined", "persons_joined", "persons_parted")),
            "occurred": "2024-01-01",
            "recorded": f"2024-0{rng.randrange(1, 7)}-1{rng.randrange(10)}T00:{number:02}:00Z",
            "person": one,
            "other": two,
            "id": f"j{number}",
        }
        lines.append(join)
    rng.shuffle(lines)
    return lines


def superseding(rng, lines, number):
    target = rng.choice(lines)
    while target["kind"] == "withdrawn":
        target = rng.choice(lines)
    kind = rng.choice(("same", "corrected", "withdrawn"))
    row = dict(target)
    later = rng.randrange(90)
    row["recorded"] = (datetime.fromisoformat(row["recorded"]) + timedelta(days=later)).isoformat()
    row |= {"id": f"s{number}", "supersedes": target["id"]}
    if kind != "same":
        row["kind"] = kind
    elif target["kind"] == "corrected":
        row["kind"] = "corrected"
    row["sex"] = rng.choice(("female", "male"))
    return row


class Oracle:
    """Count by reading interfaces.md aloud: slowly, with nothing shared with the real code."""

    def __init__(self, lines, first, last, as_of, where):
        self.first, self.last, self.where = first, last, where
        known = [r for r in lines if clock.day_of(datetime.fromisoformat(r["recorded"])) <= as_of]
        gone = {r["supersedes"] for r in known if r["supersedes"]}
        by_id = {r["id"]: r for r in lines}
        self.rows = []
        for row in known:
            if row["id"] in gone or row["kind"] == "withdrawn":
                continue
            kind, target = row["kind"], row
            while kind == "corrected":
                target = by_id[target["supersedes"]]
                kind = target["kind"]
            self.rows.append(row | {"kind": kind})
        self.group = self.groups()

    def groups(self):
        together = {}
        joins = [r for r in self.rows if r["kind"].startswith("persons_")]
        order = lambda r: datetime.fromisoformat(r["recorded"])  # noqa: E731
        for row in sorted(joins, key=order):
            pair = frozenset((row["person"], row["other"]))
            together[pair] = row["kind"] == "persons_joined"
        group = {f"p{n}": {f"p{n}"} for n in range(25)}
        for pair, joined in together.items():
            if joined:
                one, two = pair
                merged = group[one] | group[two]
                for person in merged:
                    group[person] = merged
        return {person: min(members) for person, members in group.items()}

    def person(self, row):
        return self.group.get(row["person"], row["person"])

    def key(self, row, key):
        if key == "entry":
            return row["id"]
        if key == "person":
            return self.person(row)
        if key == "return":
            return row["return"] or (row["person"] and (self.person(row), row["occurred"]))
        return row[key]

    def holds(self, row):
        for column, value in self.where.items():
            if column == "where":
                if not row["from"] or (row["from"] == "KHM") != (value == "home"):
                    return False
            elif column == "supporting":
                if value not in row["supporting"].split(";"):
                    return False
            elif row[column] != value:
                return False
        return True

    def waits(self, row):
        held = PartialDate.parse(row["occurred"])
        for left in self.rows:
            if left["kind"] == "departed" and left["person"]:
                gone = PartialDate.parse(left["occurred"])
                is_hers = self.person(left) == self.person(row)
                if is_hers and gone.last >= held.first and gone.first <= self.last:
                    return False
        return True

    def told(self, measure, first, last):
        for row in self.rows:
            if row["kind"] not in measure.kinds or not self.holds(row):
                continue
            if measure.roles and row["role"] not in measure.roles:
                continue
            if measure.still and not self.waits(row):
                continue
            day = PartialDate.parse(row["occurred"])
            if day.first >= first and day.last <= last:
                yield "in", row
            elif day.last >= first and day.first <= last:
                yield "unsure", row

    def count(self, measure, key, by):
        cells, unsure = {}, set()
        for how, row in self.told(measure, self.first, self.last):
            value = self.key(row, key)
            if not value:
                continue
            if how == "unsure":
                unsure.add(value)
                continue
            for place in self.places(row, by):
                cells.setdefault(place, set()).add(value)
        return {place: len(keys) for place, keys in cells.items()}, len(unsure)

    def places(self, row, by):
        places = [()]
        for column in by:
            values = [row[column] or "unknown"]
            if column == "supporting":
                values = row[column].split(";") if row[column] else ["unknown"]
            places = [(*place, value) for place in places for value in values]
        return places


@pytest.mark.parametrize(
    ("seed", "where"),
    [
        (1, {}),
        (2, {"where": "abroad"}),
        (3, {"where": "home", "agency": "A"}),
        (4, {"supporting": "B", "sex": "female"}),
        (5, {"from": "THA"}),
    ],
)
def test_every_figure_is_the_plain_count(tmp_path, seed, where):
    lines = random_lines(seed)
    path = tmp_path / "ledger.csv"
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
    loaded = spean("ledger", "load", path, "--create-codes")
    assert loaded.err == ""
    rng = random.Random(seed)
    for _ in range(3):
        first = date(2023, 12, 1) + timedelta(days=rng.randrange(60))
        last = first + timedelta(days=rng.randrange(20, 120))
        as_of = date(2024, 3, 1) + timedelta(days=rng.randrange(200))
        words = ["--from", first, "--to", last, "--as-of", as_of]
        words += ["--by", "sex,from*nationality,supporting"]
        if where:
            words += ["--where", ",".join(f"{k}={v}" for k, v in where.items())]
        answer = spean("statement", "make", *words)
        assert answer.err == ""
        compare(json.loads(answer.out), Oracle(lines, first, last, as_of, where))


def compare(document, oracle):
    figures = {
        (f["measure"], f["key"], tuple(f["by"].items())): f["quantity"] for f in document["figures"]
    }
    unsure = {(r["measure"], r["key"]): r["quantity"] for r in document["date_uncertain"]}
    wanted, wanted_unsure = {}, {}
    for measure in MEASURES.values():
        for key in measure.keys:
            for by in ((), ("sex",), ("from", "nationality"), ("supporting",)):
                cells, doubtful = oracle.count(measure, key, by)
                for place, count in cells.items():
                    at = tuple(zip(by, place, strict=True))
                    wanted[measure.id, key, at] = count
                if doubtful and not by:
                    wanted_unsure[measure.id, key] = doubtful
    assert figures == wanted
    assert unsure == wanted_unsure
