"""From agency to agency: who asks, who sees what, who answers, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from spean.cases import actions as cases
from spean.cases.models import Clock
from spean.cases.queries import cases_for
from spean.journal.models import Entry as Fact
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger.models import Entry
from spean.people import actions as people
from spean.people.models import Consent, Grant
from spean.people.states import ConsentPurpose
from spean.referrals import actions, queries
from spean.referrals.models import Referral
from spean.shell.navigation import work_for
from tests.cast import actor, agency
from tests.homeward import AGREED, a_case, at_the_embassy, her, sent, woman

pytestmark = pytest.mark.django_db


def test_a_referral_lets_the_receiver_see_the_case_and_starts_its_clock(stopped_clock):
    case = a_case()
    referral = sent(case)
    limit = Clock.objects.get(subject=f"referrals.referral:{referral.pk}")
    assert (limit.owner.code, limit.due) == ("MFAIC", stopped_clock + timedelta(days=2))
    assert case in cases_for(actor("chenda"))
    assert Grant.objects.get(agency=agency("MFAIC")).fields == ["names", "born"]
    entry = Entry.objects.get(kind="referred")
    assert (entry.agency, entry.supporting, entry.from_country) == ("AHTJP", "MFAIC", "KHM")
    assert Fact.objects.filter(fact="referrals.sent").get().codes["asked"] == "ask_host"


def test_the_words_are_sealed():
    referral = sent(a_case())
    with transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM referrals_referral")
            held = bytes(cursor.fetchone()[0])
    assert b"village" not in held
    assert Referral.objects.get(pk=referral.pk).words == "She is held in a village."


def test_in_danger_an_answer_is_due_within_a_day(stopped_clock):
    assert sent(a_case(), danger=True).due == stopped_clock + timedelta(hours=24)


def test_nothing_of_a_person_is_shown_without_her_consent():
    case = a_case(agreed=(ConsentPurpose.ASSIST,))
    with pytest.raises(Denied, match="no consent to share"):
        sent(case)
    assert sent(case, fields=()).fields == []
    assert case not in cases_for(actor("chenda"))
    assert not Grant.objects.filter(agency=agency("MFAIC")).exists()


@pytest.mark.parametrize("who", ["stranger", "maly", "rith", "nary", "bopha", "pisey", "samnang"])
def test_who_does_not_work_the_case_does_not_refer_it(who):
    case = a_case()
    with pytest.raises(Denied):
        actions.send(case, actor=actor(who), receiver=agency("MFAIC"), purpose="locate")
    assert not Referral.objects.exists()


def test_only_who_took_a_referral_on_refers_onward():
    case = a_case()
    first = sent(case)
    onward = {
        "receiver": agency("EMB-CHN"),
        "purpose": "rescue",
        "fields": ("story",),
        "parent": first,
    }
    with pytest.raises(Denied, match="Accept the referral first"):
        actions.send(case, actor=actor("chenda"), **onward)
    actions.accept(first, actor=actor("chenda"))
    second = actions.send(case, actor=actor("chenda"), **onward)
    assert second.parent == first
    assert case in cases_for(actor("lim"))


def test_a_referral_continues_only_one_that_one_received():
    case = a_case()
    first = sent(case)
    with pytest.raises(Invalid, match="did not receive"):
        actions.send(
            case, actor=actor("vanna"), receiver=agency("POL-02"), purpose="locate", parent=first
        )


def test_an_agency_is_asked_once_at_a_time_and_never_asks_itself():
    case = a_case()
    sent(case)
    with pytest.raises(Invalid, match="already been asked"):
        sent(case)
    with pytest.raises(Invalid, match="your own agency"):
        sent(case, receiver=agency("AHTJP"))


def test_a_case_is_not_referred_to_an_agency_that_is_kept_from_it():
    case = a_case()
    cases.exclude(case, actor=actor("sokha"), agency=agency("POL-02"))
    with pytest.raises(Denied, match="kept from this case"):
        sent(case, receiver=agency("POL-02"), fields=())


def test_a_time_to_answer_by_that_has_passed_is_refused():
    with pytest.raises(Invalid, match="already passed"):
        sent(a_case(), due=clock.now() - timedelta(hours=1))


@pytest.mark.parametrize("who", ["vanna", "lim", "stranger", "dara"])
def test_only_the_agency_that_was_asked_answers(who):
    referral = sent(a_case())
    for verb in (
        lambda: actions.accept(referral, actor=actor(who)),
        lambda: actions.decline(referral, actor=actor(who), words="no"),
        lambda: actions.answer(referral, actor=actor(who), answer="done"),
    ):
        with pytest.raises(Denied, match="Only the agency that was asked"):
            verb()


def test_an_answer_stops_the_clock_and_stands_in_the_ledger():
    case = a_case()
    referral = sent(case)
    actions.accept(referral, actor=actor("chenda"))
    actions.answer(referral, actor=actor("chenda"), answer="done", words="The host was asked.")
    assert not Clock.objects.filter(case=case, stopped=None).exists()
    entry = Entry.objects.get(kind="answered")
    assert (entry.agency, entry.supporting, entry.outcome) == ("MFAIC", "AHTJP", "done")
    assert Referral.objects.get(pk=referral.pk).answer_words == "The host was asked."
    assert case in cases_for(actor("chenda"))


@pytest.mark.parametrize("answer", ["not_ours", "not_possible"])
def test_whoever_will_not_act_sees_the_case_no_longer_and_says_why(answer):
    case = a_case()
    referral = sent(case)
    with pytest.raises(Invalid, match="Say why"):
        actions.answer(referral, actor=actor("chenda"), answer=answer)
    actions.answer(referral, actor=actor("chenda"), answer=answer, words="Ask the province.")
    assert case not in cases_for(actor("chenda"))
    assert referral in queries.referrals_for(actor("chenda"))


def test_declining_needs_a_reason_and_ends_the_sharing():
    case = a_case()
    referral = sent(case)
    with pytest.raises(Invalid, match="Say why"):
        actions.decline(referral, actor=actor("chenda"), words="  ")
    actions.decline(referral, actor=actor("chenda"), words="Not our country.")
    assert case not in cases_for(actor("chenda"))
    assert Entry.objects.get(kind="answered").outcome == "declined"
    with pytest.raises(IllegalMove):
        actions.accept(referral, actor=actor("chenda"))


def test_what_was_taken_back_is_shown_no_longer():
    case = a_case()
    referral = sent(case)
    with pytest.raises(Denied, match="Only the agency that sent"):
        actions.withdraw(referral, actor=actor("chenda"))
    actions.withdraw(referral, actor=actor("vanna"))
    assert case not in cases_for(actor("chenda"))
    assert not queries.shows_words(referral, actor("chenda"))
    assert queries.shows_words(referral, actor("vanna"))
    assert not Grant.objects.filter(agency=agency("MFAIC"), withdrawn=None).exists()


def test_two_people_answer_at_once_and_the_second_is_told_who_was_first():
    referral = sent(a_case())
    same = Referral.objects.get(pk=referral.pk)
    actions.accept(referral, actor=actor("chenda"))
    with pytest.raises(Stale, match="Chenda changed this"):
        actions.accept(same, actor=actor("chenda"))


def test_withdrawn_consent_recalls_what_a_referral_showed(run_jobs):
    case = a_case()
    referral = sent(case)
    consent = Consent.objects.get(purpose=ConsentPurpose.SHARE_EMBASSY)
    people.withdraw_consent(consent, actor=actor("dara"))
    run_jobs()
    assert not Grant.objects.filter(agency=agency("MFAIC"), withdrawn=None).exists()
    assert Fact.objects.filter(fact="referrals.recalled").count() == 1
    assert case not in cases_for(actor("chenda"))
    (one,) = queries.told(referral, actor("chenda"))
    assert one.recalled
    assert one.rows == []


def test_withdrawn_consent_of_one_leaves_the_other_as_agreed(run_jobs):
    case = a_case()
    other = woman(names=[])
    people.give_consent(
        other, actor=actor("dara"), purpose=ConsentPurpose.SHARE_EMBASSY, basis="spoken"
    )
    people.open_names(other, actor=actor("vanna"), purpose="identify")
    cases.add_person(case, other, actor=actor("vanna"), role="victim")
    sent(case)
    first = Consent.objects.get(purpose=ConsentPurpose.SHARE_EMBASSY, person__names__isnull=False)
    people.withdraw_consent(first, actor=actor("dara"))
    run_jobs()
    standing = Grant.objects.filter(agency=agency("MFAIC"), withdrawn=None)
    assert [held.person for held in standing] == [other]


def test_a_silent_embassy_is_told_on_to_the_ministry_and_to_the_committee(stopped_clock):
    case = a_case()
    referral = at_the_embassy(case)
    assert cases.tick() == []
    clock.set_now(referral.due)
    raised = [r for r in cases.tick() if r.owner == "EMB-CHN" and r.level]
    assert [(r.told, r.level) for r in raised] == [("MFAIC", 1)]
    clock.set_now(referral.due + timedelta(hours=12))
    assert ("NCCT", 2) in [(r.told, r.level) for r in cases.tick() if r.owner == "EMB-CHN"]
    actions.answer(referral, actor=actor("lim"), answer="done")
    clock.set_now(referral.due + timedelta(days=9))
    assert [r for r in cases.tick() if r.owner == "EMB-CHN"] == []


def test_what_is_asked_stands_in_the_work_of_both_sides():
    case = a_case()
    referral = at_the_embassy(case)
    own = [line.url for lines in work_for(actor("lim")).values() for line in lines]
    waiting = [line.url for line in work_for(actor("chenda"))["waiting"]]
    assert own.count(referral.get_absolute_url()) == 1
    assert referral.get_absolute_url() in waiting


def test_strangers_see_no_referral():
    sent(a_case())
    for who in ("stranger", "maly", "rith", "lim", "bopha", "kunthea"):
        assert not queries.referrals_for(actor(who)).exists()


def test_the_database_refuses_an_answered_referral_without_answer():
    referral = sent(a_case())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="answered")


def test_the_database_refuses_a_referral_to_oneself():
    referral = sent(a_case())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(receiver=referral.sender)


def test_the_database_refuses_the_same_open_referral_twice():
    referral = sent(a_case())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            case=referral.case,
            sender=referral.sender,
            receiver=referral.receiver,
            purpose=referral.purpose,
            sent=clock.now(),
            due=clock.now(),
        )


def test_her_own_row_is_the_one_the_referral_speaks_of():
    case = a_case()
    (one,) = queries.told(sent(case), actor("chenda"))
    assert one.view.person == her(case)
    assert one.rows == []  # names are closed until a purpose is said
    people.open_names(her(case), actor=actor("chenda"), purpose="assist")
    (one,) = queries.told(Referral.objects.get(), actor("chenda"))
    assert [value for _, value in one.rows] == ["Chan Sreymom", "2003-05-01"]


def test_what_was_taken_back_takes_with_it_what_it_was_passed_on_to_in_rings_too():
    agreed = (*AGREED, ConsentPurpose.SHARE_NGO)
    case = a_case(agreed=agreed)
    first = actions.accept(sent(case, receiver=agency("NGO-A")), actor=actor("maly"))
    onward = {"purpose": "locate", "fields": ("names", "story")}
    passed = actions.send(case, actor=actor("maly"), receiver=agency("NGO-B"), **onward)
    actions.accept(passed, actor=actor("stranger"))
    ring = actions.send(case, actor=actor("stranger"), receiver=agency("NGO-A"), **onward)
    actions.accept(ring, actor=actor("maly"))
    kept = sent(case)
    actions.withdraw(Referral.objects.get(pk=first.pk), actor=actor("vanna"))
    assert case not in cases_for(actor("maly"))
    assert case not in cases_for(actor("stranger"))
    assert not Grant.objects.filter(agency__code__startswith="NGO", withdrawn=None).exists()
    assert Referral.objects.get(pk=passed.pk).state == "withdrawn"
    assert Referral.objects.get(pk=kept.pk).state == "sent"
    assert case in cases_for(actor("chenda"))
