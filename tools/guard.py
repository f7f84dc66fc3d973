"""Run the tests of every promise in tests/guard.toml and print each promise with its result.

A promise is kept when all its tests passed and nothing of it is still to come. Tests that need
PostgreSQL (DATABASE_URL) or a browser (chromium) are not run where there is none, and the promise
says so. Exit status 1: one is broken.
"""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Results:
    """What became of each test, by file and function: one failed case is a failed test."""

    def __init__(self) -> None:
        self.of: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.partition("[")[0]
        if report.when == "call" or report.outcome != PASSED:
            self.of[name].add(report.outcome)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        for item in items:
            self.of[item.nodeid.partition("[")[0]].add(SKIPPED)


def out_of_reach() -> dict[str, str]:
    """Return the marks of tests that cannot run here, with what is missing."""
    found = {}
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        found["postgres"] = "PostgreSQL in DATABASE_URL"
    if not (os.environ.get("SPEAN_CHROMIUM") or shutil.which("chromium")):
        found["browser"] = "chromium"
    return found


def state(promise: dict[str, Any], results: Results) -> str:
    """Return how a promise stands; with a part still to come it is kept in part at most."""
    tests = promise.get("tests", [])
    if not tests:
        return "later"
    outcomes = [results.of.get(test, set()) for test in tests]
    if any(FAILED in outcome for outcome in outcomes):
        return "BROKEN"
    if not any(PASSED in outcome for outcome in outcomes):
        return "not run"
    whole = "later" not in promise and all(PASSED in outcome for outcome in outcomes)
    return "kept" if whole else "in part"


def main() -> int:
    promises = tomllib.loads((ROOT / "tests" / "guard.toml").read_text())["promise"]
    tests = sorted({test for promise in promises for test in promise.get("tests", [])})
    missing, results = out_of_reach(), Results()
    chosen = " and ".join(f"not {mark}" for mark in missing)
    os.chdir(ROOT)
    status = pytest.main([*tests, "-m", chosen, "-q", "--no-header", "-ra"], plugins=[results])
    print()
    for promise in promises:
        named = promise.get("tests", [])
        print(f"{state(promise, results):8} {promise['says']}")
        for test in named:
            if PASSED not in results.of.get(test, set()):
                print(f"{'':8}   {'/'.join(sorted(results.of.get(test, {'not run'})))}: {test}")
        if "later" in promise:
            print(f"{'':8}   later: {promise['later']}")
    for mark, needed in missing.items():
        print(f"\nTests marked {mark} were not run here: they need {needed}.")
    return int(status != pytest.ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main())
