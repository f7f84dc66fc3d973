"""A list asks the database as often for twenty-five rows as for five."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spean.cases import actions as cases
from spean.intake.actions import desk
from spean.intake.actions.desk import Claim
from spean.intake.states import Channel
from spean.people import actions as people
from spean.referrals import actions as referrals
from tests.cast import actor, agency, client_as

pytestmark = pytest.mark.django_db
FEW, MANY = 5, 25


def _references(answer) -> set[str]:
    return set(re.findall(r"\b[CR]-[0-9A-Z]{6}\b", answer.content.decode()))


def _plea(number: int) -> None:
    claims = [Claim(names=[(f"Sok Dara{number}", "full")], home_province="02")]
    desk.record(actor=actor("dara"), channel=Channel.HOTLINE, words="Help.", persons=claims)


def _case(number: int) -> None:
    person = people.register(actor=actor("vanna"), names=[(f"Sok Dara{number}", "full")])
    case = cases.open_case(actor=actor("vanna"), persons=[person], country="CHN")
    referrals.send(case, actor=actor("vanna"), receiver=agency("MFAIC"), purpose="locate")


LISTS = {
    "the queue of pleas": ("dara", "/desk/pleas/", _plea),
    "the cases": ("vanna", "/desk/cases/", _case),
    "my work": ("vanna", "/desk/?all=waiting", _case),
    "what others ask of us": ("chenda", "/desk/referrals/", _case),
}


@pytest.mark.parametrize(("name", "path", "add"), LISTS.values(), ids=LISTS)
def test_more_rows_need_no_more_queries(name, path, add):
    client = client_as(name)
    for number in range(FEW):
        add(number)
    client.get(path)  # what is asked for once in a session is asked for now
    with CaptureQueriesContext(connection) as few:
        shown = _references(client.get(path))
    for number in range(FEW, MANY):
        add(number)
    with CaptureQueriesContext(connection) as many:
        page = _references(client.get(path))
    assert len(page) - len(shown) == MANY - FEW
    assert len(many) == len(few)
