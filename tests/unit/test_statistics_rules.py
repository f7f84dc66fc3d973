"""What may be asked of a statement, and what must hold in one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spean.kernel.errors import Invalid
from spean.ledger.states import KINDS
from spean.statistics import rules
from spean.statistics.caseload.solver import solve
from spean.statistics.counting import Cell
from spean.statistics.disclosure import THRESHOLD, hidden, place_of
from spean.statistics.joining import roots
from spean.statistics.measures import MEASURES, TEMPLATES

# The names people script against (design: "Figures in a report", "Measures").
VOCABULARY = (
    "victims_identified", "victims_rescued", "victims_repatriated", "victims_assisted",
    "victims_awaiting", "victims_missing", "victims_reported", "persons_repatriated",
    "persons_deported", "persons_found", "departures_stopped", "suspects_detained",
    "suspects_identified", "suspects_at_large", "persons_prosecuted", "persons_convicted",
    "cases", "court_cases", "complaints", "operations", "facilities_closed",
)  # fmt: skip


def test_every_measure_of_the_vocabulary_is_there():
    assert set(VOCABULARY) <= set(MEASURES)


def test_every_measure_counts_kinds_that_exist_and_is_defined_in_two_languages():
    for measure in MEASURES.values():
        assert set(measure.kinds) <= KINDS
        assert measure.key == measure.keys[0]
        assert any("\u1780" <= letter <= "\u17ff" for letter in measure.km)
        assert any("\u1780" <= letter <= "\u17ff" for letter in measure.name_km)
        assert measure.en.endswith(".")


def test_templates_choose_measures_that_exist():
    for measures, _ in TEMPLATES.values():
        assert set(measures) <= set(MEASURES)


def test_breakdowns_stand_alone_or_crossed():
    assert rules.read_by("sex, from*nationality,sex") == (("sex",), ("from", "nationality"))


@pytest.mark.parametrize("text", ["shoe", "sex*shoe", "sex*sex", "*"])
def test_a_breakdown_by_what_is_no_column_is_refused(text):
    with pytest.raises(Invalid):
        rules.read_by(text)


def test_conditions_name_columns_or_the_place():
    assert rules.read_where("from=THA,where=abroad") == (("from", "THA"), ("where", "abroad"))
    for text in ("from", "shoe=1", "where=moon", "sex=male,sex=female"):
        with pytest.raises(Invalid):
            rules.read_where(text)


def test_the_period_before_is_as_long():
    asked = rules.Asked(date(2025, 1, 1), date(2025, 4, 22), date(2025, 5, 1))
    assert asked.previous == (date(2024, 9, 11), date(2024, 12, 31))


def test_a_month_or_a_year_means_all_its_days():
    asked = rules.ask(first="2024-02", last="2024-02", as_of="", today=date(2025, 1, 1))
    assert (asked.first, asked.last) == (date(2024, 2, 1), date(2024, 2, 29))
    with pytest.raises(Invalid, match="ends before"):
        rules.ask(first="2025", last="2024", as_of="", today=date(2025, 1, 1))


def test_the_digest_is_of_canonical_json():
    figures = [{"b": 1, "a": "ខ្មែរ"}]
    assert rules.canonical(figures) == '[{"a":"ខ្មែរ","b":1}]'.encode()


# --- persons joined ---------------------------------------------------------------------------


def test_joined_persons_share_a_root_until_they_are_parted():
    assert roots([(True, 1, 2), (True, 2, 3)]) == {1: 1, 2: 1, 3: 1}
    assert roots([(True, 1, 2), (True, 3, 2), (False, 2, 3)]) == {1: 1, 2: 1}
    assert roots([(True, 5, 4), (False, 4, 5), (True, 4, 5)]) == {4: 4, 5: 4}
    assert roots([(True, 1, None), (True, 1, 1)]) == {}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30))
def test_roots_are_the_smallest_of_what_is_linked(pairs):
    found = roots([(True, one, two) for one, two in pairs])
    groups = {n: {n} for n in range(13)}
    for one, two in pairs:
        merged = groups[one] | groups[two]
        for person in merged:
            groups[person] = merged
    assert found == {n: min(group) for n, group in groups.items() if len(group) > 1}


# --- hiding small cells -----------------------------------------------------------------------


def cells_of(table):
    """Return total, margins and crossing of a table of sex by country, empty cells left out."""
    cells = [Cell("m", "person", (), (), sum(table.values()), 0)]
    for place, column in enumerate(("sex", "from")):
        sums = {}
        for values, count in table.items():
            sums[values[place]] = sums.get(values[place], 0) + count
        cells += [Cell("m", "person", (column,), (v,), n, 0) for v, n in sums.items()]
    cells += [Cell("m", "person", ("sex", "from"), v, n, 0) for v, n in table.items()]
    return [cell for cell in cells if cell.quantity]


TABLE = st.dictionaries(
    st.tuples(st.sampled_from(["f", "m", "u"]), st.sampled_from("ABCD")),
    st.integers(1, 40),
    min_size=1,
)


@settings(max_examples=200)
@given(TABLE)
def test_no_hidden_cell_comes_back_by_subtracting_along_a_line(table):
    cells = cells_of(table)
    masked = {place for _, _, place in hidden(cells)}
    counts = {place_of(cell): cell.quantity for cell in cells}
    assert all(place in masked for place, count in counts.items() if count < THRESHOLD)
    for whole, parts in lines_of(counts):
        gone = [part for part in parts if part in masked]
        if whole in masked:
            assert gone
        elif gone:
            assert len(gone) >= 2
            assert max(counts[part] for part in gone) >= THRESHOLD


def lines_of(counts):
    for columns in ({"sex"}, {"from"}, {"sex", "from"}):
        group = [place for place in counts if {column for column, _ in place} == columns]
        for kept in ([], ["sex"], ["from"]) if len(columns) == 2 else ([],):
            lines = {}
            for place in group:
                whole = frozenset(pair for pair in place if pair[0] in kept)
                lines.setdefault(whole, []).append(place)
            yield from lines.items()


# --- whole numbers that meet sums -------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.data())
def test_what_comes_from_a_table_can_be_solved(numbers, data):
    lines = st.lists(st.integers(0, 5), unique=True, min_size=1)
    sums = [
        (places, sum(numbers[p] for p in places))
        for places in data.draw(st.lists(lines, min_size=1, max_size=5))
    ]
    found = solve(6, sums, costs=[0, 1, 1, 2, 1, 0])
    assert found is not None
    assert all(number >= 0 for number in found)
    assert all(sum(found[p] for p in places) == number for places, number in sums)


def test_what_cannot_be_met_is_none():
    assert solve(2, [([0, 1], 3), ([0], 4)]) is None
    assert solve(2, [([0, 1], 3)], at_most=[([0], 1), ([1], 1)]) is None
    assert solve(2, [([0, 1], 3)], at_least=[([0], 3)], costs=[5, 0]) == [3, 0]


def test_the_country_is_the_one_the_ledger_calls_from():
    assert rules.read_by("country*sex") == (("from", "sex"),)
    assert rules.read_where("country=THA") == (("from", "THA"),)


def test_a_person_is_no_breakdown():
    with pytest.raises(Invalid, match="not broken down by person"):
        rules.read_by("sex*person")


@pytest.mark.parametrize("text", ["sex=femal", "from=TH", "kind=vanished", "occurred=2024-02-31"])
def test_a_condition_that_no_entry_can_meet_is_refused_and_not_answered_with_nothing(text):
    with pytest.raises(Invalid):
        rules.read_where(text)


def test_conditions_are_read_in_any_digits_and_unknown_is_one():
    assert rules.read_where("province=២០,sex=unknown,age=") == (
        ("province", "20"), ("sex", "unknown"), ("age", ""),
    )  # fmt: skip


FIGURE = {
    "measure": "cases", "key": "case", "by": {}, "quantity": 3, "previous": 1, "change": 2,
    "masked": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"by": {"sex": ["a"]}},
        {"by": []},
        {"measure": None},
        {"change": 5},
        {"masked": True},
        {"quantity": True},
    ],
)
def test_a_figure_that_cannot_be_is_a_fault(changed):
    figures = [FIGURE | changed]
    document = {"form": 1, "figures": figures, "sums": [], "digest": rules.digest(figures)}
    assert rules.faults(document)


@pytest.mark.parametrize(
    "sums",
    [[{"measure": ["x"], "key": 1, "by": {}}], [{"measure": "x", "key": "case", "by": "sex"}]],
)
def test_a_sum_of_no_figures_is_a_fault(sums):
    document = {"form": 1, "figures": [FIGURE], "sums": sums, "digest": rules.digest([FIGURE])}
    assert len(rules.faults(document)) == 1
    assert not rules.faults(document | {"sums": []})
    assert not rules.faults(document | {"sums": 5})
