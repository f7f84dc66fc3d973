"""Recording, sorting, asking, answering, sending and closing pleas at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from spean.cases import actions as cases
from spean.cases.models import Clock
from spean.intake import access
from spean.intake.actions import desk, portal
from spean.intake.actions.desk import Claim
from spean.intake.models import Message, Request
from spean.intake.queries import Filters, queue_for, quiet_for, requests_for
from spean.intake.states import Channel, ClosureReason, Missing, RequestState, Urgency
from spean.journal.models import Entry as Fact
from spean.journal.models import name_of
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger.models import Entry
from spean.ledger.queries import timeline_of
from tests.cast import actor, agency

pytestmark = pytest.mark.django_db

WORDS = "My daughter was taken to be married and cannot go out."
SOPHEA = Claim(names=[("Chan Sophea", "full")], sex="female", born="2004", home_province="02")


@pytest.fixture(autouse=True)
def _cast(stopped_clock):
    for name in ("sophal", "dara", "sokha"):
        actor(name)


def record(who="dara", **given):
    return desk.record(
        actor=actor(who), **{"channel": Channel.HOTLINE, "words": WORDS, "language": "en"} | given
    )


def written(**given):
    """Return a plea from the portal."""
    return portal.receive(**{"words": "help me", "language": "en", "for_whom": "me"} | given)[0]


def clocks_of(request):
    return set(
        Clock.objects.filter(subject=name_of(request), stopped=None).values_list("kind", flat=True)
    )


def fresh(request):
    return Request.objects.select_related("owner", "case__lead_agency").get(pk=request.pk)


# --- recording -------------------------------------------------------------------------------


def test_a_call_is_kept_with_its_persons_and_counts_as_first_contact():
    request = record(persons=[SOPHEA, Claim(names=[("Dany", "alias")])], country="CHN")
    assert request.words == WORDS
    assert request.first_answered is not None
    assert clocks_of(request) == {"triage"}
    entries = timeline_of(request=request.key)
    assert {e.from_country for e in entries} == {"CHN"}
    received = entries.filter(kind="request_received")
    assert {e.person for e in received} == {r.person.key for r in request.persons.all()}
    assert entries.filter(kind="contacted").count() == 1
    assert Fact.objects.filter(fact="intake.recorded").exists()


def test_a_letter_still_owes_a_first_contact_and_a_child_shortens_the_triage():
    request = record(channel=Channel.LETTER, child=True)
    assert clocks_of(request) == {"triage", "first_contact"}
    triage = Clock.objects.get(subject=name_of(request), kind="triage")
    assert triage.due - clock.now() == timedelta(hours=1)


def test_a_plea_without_words_and_persons_a_future_day_and_a_false_place_are_refused():
    with pytest.raises(Invalid, match="even one word"):
        record(words=" ")
    with pytest.raises(Invalid, match="future"):
        record(received=clock.now() + timedelta(days=1))
    with pytest.raises(Invalid, match="country"):
        record(country="XXX")
    assert not Request.objects.exists()


def test_a_statistician_does_not_record_pleas():
    with pytest.raises(Denied, match="does not record"):
        record("pisey")


def test_the_words_are_sealed_in_the_database(django_assert_num_queries):
    request = record()
    raw = Request.objects.filter(pk=request.pk).values_list("words", flat=True).get()
    assert WORDS.encode() not in bytes(raw)


# --- who sees ---------------------------------------------------------------------------------


def test_what_an_ngo_keeps_is_known_at_the_front_desk_but_its_words_are_not():
    request = record("maly", channel=Channel.NGO)
    assert request in requests_for(actor("dara"))
    assert "keeps the words" in access.reading.reason(actor("dara"), request)
    assert request in requests_for(actor("nary"))
    assert request not in requests_for(actor("stranger"))


def test_the_department_sees_what_its_provinces_record():
    request = record("rith", channel=Channel.WALK_IN)
    assert request in requests_for(actor("vanna"))


def test_sent_to_the_front_desk_it_is_read_there_and_still_seen_by_who_recorded_it():
    request = record("maly", channel=Channel.NGO, persons=[SOPHEA])
    desk.hand_to(request, actor=actor("maly"), agency=agency("HOTLINE"))
    assert access.reading.allows(actor("dara"), fresh(request))
    assert access.reading.allows(actor("maly"), fresh(request))
    assert access.triaging.reason(actor("maly"), fresh(request))
    owners = Clock.objects.filter(subject=name_of(request), stopped=None)
    assert {c.owner.code for c in owners} == {"HOTLINE"}
    person = request.persons.get().person
    assert person.grants.get(withdrawn=None).agency.code == "HOTLINE"


def test_a_plea_is_not_sent_to_an_office_that_needs_consent():
    request = record("maly", channel=Channel.NGO)
    with pytest.raises(Denied, match="open a case and refer"):
        desk.hand_to(request, actor=actor("maly"), agency=agency("NGO-B"))


def test_who_is_let_into_the_case_reads_what_was_disclosed_not_the_plea_s_own_words():
    request = record(persons=[SOPHEA], requester_contact="012 000 111")
    case = desk.accept(request, actor=actor("dara"))
    cases.grant(case, actor=actor("dara"), agency=agency("EMB-CHN"), basis="referrals.referral:1")
    assert not access.reading.allows(actor("lim"), fresh(request))
    with pytest.raises(Denied):
        desk.open_contact(fresh(request), actor=actor("lim"))


# --- sorting ----------------------------------------------------------------------------------


def test_triage_stops_its_clock_and_sets_the_one_of_first_contact():
    request = written(danger_now=None)
    desk.triage(
        request,
        actor=actor("dara"),
        seen=1,
        urgency=Urgency.DANGER,
        country="CHN",
        province="CN-HA",
        missing=[Missing.PLACE],
    )
    held = fresh(request)
    assert (held.state, held.urgency, held.missing) == ("triaged", "danger", ["place"])
    contact = Clock.objects.get(subject=name_of(request), stopped=None)
    assert contact.kind == "first_contact"
    assert contact.due - clock.now() == timedelta(hours=2)
    entry = timeline_of(request=request.key).get(kind="request_received")
    assert (entry.from_country, entry.province) == ("CHN", "CN-HA")


def test_two_people_sort_the_same_plea_and_the_second_is_told_who_was_first():
    request = written()
    same = fresh(request)
    desk.triage(request, actor=actor("sophal"), seen=1, urgency=Urgency.CONFINED)
    with pytest.raises(Stale, match="Sophal"):
        desk.triage(same, actor=actor("dara"), seen=1, urgency=Urgency.OTHER)
    assert fresh(request).urgency == "confined"


def test_triage_takes_a_plea_out_of_quarantine():
    request = written(quarantined=True)
    desk.triage(request, actor=actor("dara"), seen=1, urgency=Urgency.OTHER)
    assert fresh(request).quarantined is False


def test_another_office_does_not_triage():
    with pytest.raises(Denied, match="owns this plea"):
        desk.triage(written(), actor=actor("maly"), seen=1, urgency=Urgency.OTHER)


def test_taken_by_one_the_other_is_told():
    request = written()
    same = fresh(request)
    desk.take(request, actor=actor("dara"), seen=1)
    with pytest.raises(Stale, match="Dara"):
        desk.take(same, actor=actor("sophal"), seen=1)


# --- speaking ---------------------------------------------------------------------------------


def test_a_question_goes_out_in_the_writers_words_and_is_the_first_contact_once():
    request = written()
    desk.ask(request, actor=actor("dara"), missing=Missing.PLACE)
    desk.ask(request, actor=actor("dara"), missing=Missing.NAME)
    questions = Message.objects.filter(request=request).order_by("at")
    assert {m.question for m in questions} == {"place", "name"}
    assert any(m.words.startswith("Where are you now?") for m in questions)
    held = fresh(request)
    assert (held.state, held.missing) == ("info_needed", ["place", "name"])
    assert held.first_answered == clock.now()
    assert Entry.objects.filter(kind="contacted", request=request.key).count() == 1
    assert "information_needed" in clocks_of(request)
    assert "first_contact" not in clocks_of(request)


def test_a_reply_that_gives_something_away_is_refused_and_a_supervisor_may_override():
    request = written()
    words = "The police come tomorrow at 5 pm."
    with pytest.raises(Invalid, match="may hold the phone") as refused:
        desk.reply(request, actor=actor("dara"), words=words)
    assert "tomorrow" in str(refused.value)
    with pytest.raises(Denied, match="supervisor"):
        desk.reply(request, actor=actor("dara"), words=words, override=True)
    desk.reply(request, actor=actor("sophal"), words=words, override=True)
    fact = Fact.objects.filter(fact="intake.replied").get()
    assert fact.codes["overridden"] is True


def test_the_names_of_offices_colleagues_and_provinces_there_are_caught():
    request = written()
    desk.triage(request, actor=actor("dara"), seen=1, urgency=Urgency.OTHER, country="CHN")
    for words in ("HOTLINE has it", "Dara reads this", "You are in Henan"):
        with pytest.raises(Invalid):
            desk.reply(request, actor=actor("dara"), words=words)


def test_a_reply_leaves_after_the_check_and_reads_what_came_before():
    request = written()
    portal.write_more(request, "are you there")
    request = fresh(request)
    desk.reply(request, actor=actor("dara"), words="We have read your words.")
    assert not Message.objects.filter(incoming=True, read=None).exists()


def test_who_has_no_number_is_not_written_to():
    with pytest.raises(Denied, match="no number to come back with"):
        desk.reply(record(), actor=actor("dara"), words="Hello")


def test_what_was_said_on_the_telephone_is_noted_and_stops_the_clock():
    request = record(channel=Channel.LETTER)
    desk.note_contact(request, actor=actor("dara"), words="She answered.")
    assert clocks_of(request) == {"triage"}


def test_questions_are_put_again_four_times_in_all_and_then_it_climbs():
    request = written()
    desk.ask(request, actor=actor("dara"), missing=Missing.PLACE)
    waits = []
    for _ in range(5):
        due = Clock.objects.get(subject=name_of(request), kind="information_needed", stopped=None)
        waits.append(due.due - clock.now())
        clock.set_now(due.due)
        if not desk.remind_information():
            break
        assert desk.remind_information() == []
    assert waits == [timedelta(days=d) for d in (1, 3, 7, 30)]
    assert fresh(request).state == RequestState.INFO_NEEDED


# --- ends -------------------------------------------------------------------------------------


def test_every_closure_has_a_reason_stands_in_the_ledger_and_can_be_reopened():
    request = record()
    desk.close(request, actor=actor("dara"), reason=ClosureReason.LABOUR_DISPUTE)
    assert Entry.objects.get(kind="request_closed").outcome == "labour_dispute"
    assert clocks_of(request) == set()
    desk.reopen(fresh(request), actor=actor("dara"))
    held = fresh(request)
    assert (held.state, held.reason, held.closed) == ("triaged", "", None)
    assert Entry.objects.filter(kind="request_reopened").exists()


def test_junk_is_only_what_lies_in_quarantine():
    with pytest.raises(Denied, match="quarantine"):
        desk.close(written(), actor=actor("dara"), reason=ClosureReason.JUNK)
    junk = written(quarantined=True)
    desk.close(junk, actor=actor("dara"), reason=ClosureReason.JUNK)


def test_too_vague_needs_three_askings_and_a_supervisor():
    request = written()
    with pytest.raises(Denied, match="ask 3 times"):
        desk.close(request, actor=actor("sophal"), reason=ClosureReason.INSUFFICIENT)
    for code in (Missing.PLACE, Missing.NAME, Missing.HOLDER):
        desk.ask(request, actor=actor("dara"), missing=code)
    with pytest.raises(Denied, match="supervisor"):
        desk.close(request, actor=actor("dara"), reason=ClosureReason.INSUFFICIENT)
    desk.close(request, actor=actor("sophal"), reason=ClosureReason.INSUFFICIENT)


def test_a_withdrawal_with_the_number_closes_nothing_until_safety_was_checked():
    request = written()
    portal.withdraw(request)
    request = fresh(request)
    for reason in (ClosureReason.WITHDRAWN, ClosureReason.UNFOUNDED):
        with pytest.raises(Denied, match="another road"):
            desk.close(request, actor=actor("dara"), reason=reason)
    desk.note_contact(request, actor=actor("dara"), words="Her aunt met her.", is_safe=True)
    desk.close(request, actor=actor("dara"), reason=ClosureReason.WITHDRAWN)


def test_referred_elsewhere_says_to_whom_and_can_be_taken_up_again():
    request = record()
    with pytest.raises(Invalid, match="to whom"):
        desk.refer_elsewhere(request, actor=actor("dara"), to_whom=" ")
    desk.refer_elsewhere(request, actor=actor("dara"), to_whom="The labour office")
    assert fresh(request).sent_elsewhere == "The labour office"
    desk.reopen(fresh(request), actor=actor("dara"))


def test_a_closed_plea_is_not_asked():
    request = written()
    desk.close(request, actor=actor("dara"), reason=ClosureReason.FRAUD)
    with pytest.raises(IllegalMove):
        desk.ask(request, actor=actor("dara"), missing=Missing.PLACE)


# --- lists ------------------------------------------------------------------------------------


def test_the_queue_puts_danger_first_then_the_longest_waiting():
    late = written()
    clock.advance(timedelta(minutes=5))
    calm = written()
    clock.advance(timedelta(minutes=5))
    danger = written(danger_now=True)
    assert list(queue_for(actor("dara"))) == [danger, late, calm]


def test_quarantine_and_other_offices_have_their_own_filter():
    junk = written(quarantined=True)
    theirs = record("maly", channel=Channel.NGO)
    assert list(queue_for(actor("dara"))) == []
    assert list(queue_for(actor("dara"), Filters(state="quarantine"))) == [junk]
    assert list(queue_for(actor("dara"), Filters(office="all"))) == [theirs]


def test_a_plea_on_which_no_clock_runs_is_not_forgotten():
    request = written()
    assert quiet_for(actor("dara")) == []
    desk.triage(request, actor=actor("dara"), seen=1, urgency=Urgency.OTHER)
    desk.reply(fresh(request), actor=actor("dara"), words="Thank you for writing.")
    assert quiet_for(actor("dara")) == [request]
