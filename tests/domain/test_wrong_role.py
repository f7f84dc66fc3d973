"""Each step of the first crossing, tried by a wrong role: one sentence says why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from spean.care import actions as care
from spean.cases import actions as cases
from spean.intake.actions import desk
from spean.kernel import clock
from spean.kernel.actor import Actor
from spean.kernel.errors import Denied
from spean.ledger.models import Entry
from spean.people import actions as people
from spean.people import queries
from spean.referrals import actions as referrals
from spean.returns import actions as returns
from tests import one_of_each
from tests.cast import actor, agency
from tests.homeward import ago
from tests.one_of_each import Records

Step = Callable[[Records, Actor], object]
# What was tried, by whom, and the words that the refusal must hold.
STEPS: list[tuple[str, Step, str, str]] = [
    (
        "record a plea",
        lambda r, who: desk.record(actor=who, channel="hotline", words="Help"),
        "bopha",
        "Your role does not record pleas.",
    ),
    ("take a plea", lambda r, who: desk.take(r.plea, actor=who), "chenda", "not triage pleas"),
    (
        "sort a plea",
        lambda r, who: desk.triage(r.plea, actor=who, seen=r.plea.version, urgency="danger"),
        "stranger",
        "owns this plea",
    ),
    (
        "ask what is missing",
        lambda r, who: desk.ask(r.plea, actor=who, missing="place"),
        "thida",
        "not triage pleas",
    ),
    (
        "search for a person",
        lambda r, who: queries.search(who, name="Zqname"),
        "pisey",
        "does not search",
    ),
    (
        "say that two are one",
        lambda r, who: people.decide(r.person, r.other, actor=who, decision="same", reason="x"),
        "thida",
        "does not decide",
    ),
    (
        "open a case",
        lambda r, who: desk.accept(r.plea, actor=who),
        "rith",
        "owns this plea",
    ),
    (
        "open names",
        lambda r, who: people.open_names(r.person, actor=who, purpose="assist"),
        "nary",
        "works without names",
    ),
    (
        "write down consent",
        lambda r, who: people.give_consent(
            r.person, actor=who, purpose="statistics", basis="spoken"
        ),
        "stranger",
        "another agency's record",
    ),
    (
        "write down what happened",
        lambda r, who: cases.add_stage(r.case, actor=who, kind="held"),
        "chenda",
        "Only the lead agency",
    ),
    (
        "plan a task",
        lambda r, who: cases.add_task(
            r.case, actor=who, words="x", due=clock.now() + timedelta(days=1)
        ),
        "stranger",
        "by its reference only",
    ),
    (
        "refer the case",
        lambda r, who: referrals.send(
            r.case, actor=who, receiver=agency("NGO-A"), purpose="rescue"
        ),
        "stranger",
        "Only the lead agency",
    ),
    (
        "answer the referral",
        lambda r, who: referrals.answer(r.referral, actor=who, answer="done", words="x"),
        "vanna",
        "Only the agency that was asked",
    ),
    (
        "ask the host authority",
        lambda r, who: referrals.ask_host(
            r.case, actor=who, country="CHN", province="", authority="x", words="x"
        ),
        "sokha",
        "Only a consular officer",
    ),
    (
        "plan the return",
        lambda r, who: returns.plan(r.case, r.other, actor=who, country="CHN"),
        "bopha",
        "arranges a return",
    ),
    (
        "locate her",
        lambda r, who: returns.locate(r.ret, actor=who, on=ago(0)),
        "rith",
        "not referred",
    ),
    (
        "rescue her",
        lambda r, who: returns.rescue(r.ret, actor=who, on=ago(0)),
        "vanna",
        "recorded by a consular officer",
    ),
    (
        "say where she waits",
        lambda r, who: returns.wait(r.ret, actor=who, place="other", where="x", since=ago(0)),
        "bopha",
        "arranges a return",
    ),
    (
        "give papers",
        lambda r, who: returns.give_papers(r.ret, actor=who, papers="passport", on=ago(0)),
        "thida",
        "arranges a return",
    ),
    (
        "let her leave",
        lambda r, who: returns.depart(
            r.ret, actor=who, on=ago(0), receiver=agency("MOSVY"), checkpoint="GDI-PNH"
        ),
        "stranger",
        "not referred to your agency",
    ),
    (
        "note the arrival",
        lambda r, who: returns.arrive(r.ret, actor=who, on=ago(0)),
        "lim",
        "noted by a border officer",
    ),
    (
        "hand her over",
        lambda r, who: returns.hand_over(r.ret, actor=who, on=ago(0)),
        "away_border_officer",
        "another checkpoint",
    ),
    (
        "receive her",
        lambda r, who: care.receive(r.care, actor=who, on=ago(0)),
        "vanna",
        "given by social workers",
    ),
    (
        "place her",
        lambda r, who: care.place(r.care, actor=who, choice="home", words="x", on=ago(0)),
        "thida",
        "Another agency takes care",
    ),
    (
        "follow up",
        lambda r, who: care.follow_up(
            r.care.follow_ups.first(), actor=who, on=ago(0), mode="visit", result="well", words="x"
        ),
        "bopha",
        "given by social workers",
    ),
    (
        "close the case",
        lambda r, who: cases.close(r.case, actor=who, seen=1, outcome="safe_return"),
        "vanna",
        "needs a supervisor",
    ),
]


@pytest.mark.django_db
def test_each_step_is_refused_to_a_wrong_role_with_its_sentence_and_changes_nothing():
    records = one_of_each.make()
    before = Entry.objects.count()
    wrong = []
    for what, step, name, words in STEPS:
        with pytest.raises(Denied) as refused:
            step(records, actor(name))
        if words not in refused.value.sentence:
            wrong.append(f"{what}: {refused.value.sentence}")
    assert not wrong, "\n".join(wrong)
    assert Entry.objects.count() == before
