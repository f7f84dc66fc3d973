"""Ten thousand guesses find nobody's number, and whoever has one still enters in time."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from spean.intake import receipts
from spean.intake.actions import portal
from spean.intake.models import Receipt
from tests import cast
from tests.drills.installation import Installation

pytestmark = pytest.mark.drill

GUESSES = 10_000
KEPT = 300
AT_THE_DOOR = 200
IN_TIME = 2.0


def _wrong(kept: set[str], dice: random.Random) -> str:
    """Return a number that nobody has: half of them like one that somebody has."""
    if dice.random() < 0.5:
        number = f"{dice.randrange(10**15, 10**16)}"
    else:
        near = list(dice.choice(sorted(kept)))
        for place in dice.sample(range(16), dice.choice([1, 1, 2, 8])):
            near[place] = str(dice.randrange(10))
        number = "".join(near)
    swapped = number[8:] + number[:8]
    return _wrong(kept, dice) if {number, swapped} & kept else number


@pytest.mark.django_db
def test_ten_thousand_guesses_find_none(monkeypatch):
    """Through the real index and comparison; only the slow hash is a quick one of equal length."""

    def quick(secret: bytes, salt: bytes, **_costs: object) -> bytes:
        return hashlib.blake2b(secret, key=salt, digest_size=32).digest()

    monkeypatch.setattr(receipts, "hash_secret_raw", quick)
    cast.agency("HOTLINE")
    kept = {portal.receive(words="Help", language="en")[1] for _ in range(KEPT)}
    dice = random.Random(1)
    assert [g for g in (_wrong(kept, dice) for _ in range(GUESSES)) if portal.find(g)] == []
    assert all(portal.find(number) for number in kept)
    assert Receipt.objects.count() == KEPT


def test_whoever_has_the_number_enters_within_two_seconds_while_others_guess(tmp_path):
    """Two hundred guesses with the real hash, from eight sides at once, at the real door."""
    installation = Installation(tmp_path / "home")
    installation.start()
    try:
        with installation.visitor() as victim:
            number = victim.write("I cannot go out.")
        assert number
        dice, left, entered = random.Random(2), threading.Semaphore(AT_THE_DOOR), []
        guesses = iter([_wrong({number}, dice) for _ in range(AT_THE_DOOR)])

        def guess(_: int) -> list[str]:
            found = []
            with installation.visitor() as visitor:
                while left.acquire(blocking=False):
                    tried = next(guesses)
                    if visitor.come_back(tried) is not None:
                        found.append(tried)
            return found

        with ThreadPoolExecutor(8) as pool:
            flood = [pool.submit(guess, side) for side in range(8)]
            while not all(side.done() for side in flood) and len(entered) < 50:
                began = time.monotonic()
                with installation.visitor() as victim:
                    assert "I cannot go out." in (victim.come_back(number) or "")
                entered.append(time.monotonic() - began)
            assert [side.result() for side in flood] == [[]] * 8
        assert entered
        assert max(entered) < IN_TIME
    finally:
        installation.pull_the_cord()
