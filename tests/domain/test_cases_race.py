"""Many close one case at the same moment: one wins, the others are told who was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from spean.cases import actions
from spean.cases.models import Case
from spean.journal.models import Entry as Fact
from spean.journal.queries import verify
from spean.kernel.errors import Stale
from spean.ledger.models import Entry
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

CASES, CLOSERS = 20, 3


def test_of_twenty_cases_closed_by_three_at_once_each_is_closed_once():
    supervisor = cast.actor("sokha")
    ready = [_ready_case() for _ in range(CASES)]
    started = Barrier(CLOSERS)

    def close_all(_: int) -> list[str]:
        mine = [Case.objects.get(pk=case.pk) for case in ready]
        results = []
        for case in mine:
            started.wait()
            results.append(_close(case, supervisor))
        connection.close()
        return results

    with ThreadPoolExecutor(CLOSERS) as pool:
        results = [result for told in pool.map(close_all, range(CLOSERS)) for result in told]

    assert results.count("won") == CASES
    assert results.count("told") == CASES * (CLOSERS - 1)
    assert Case.objects.filter(state="closed").count() == CASES
    assert Entry.objects.filter(kind="closed").count() == CASES
    assert Fact.objects.filter(fact="cases.closed").count() == CASES
    assert verify().holds


def _ready_case() -> Case:
    case = actions.open_case(actor=cast.actor("vanna"), persons=[])
    return actions.describe(
        case,
        actor=cast.actor("vanna"),
        seen=1,
        form="",
        country="",
        province="",
        summary="",
        own_view="she wants to come home",
    )


def _close(case: Case, supervisor) -> str:
    try:
        actions.close(case, actor=supervisor, seen=case.version, outcome="safe_return")
    except Stale as refusal:
        return "told" if "Sokha changed this" in refusal.sentence else "told wrongly"
    return "won"
