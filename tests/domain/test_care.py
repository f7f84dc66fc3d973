"""Reception, her choice, follow-up, closure with her voice."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from spean.care import actions, queries
from spean.care.models import Care, FollowUp
from spean.cases.models import Clock
from spean.kernel import clock
from spean.kernel.errors import Denied, IllegalMove, Invalid, Stale
from spean.ledger.models import Entry
from spean.ledger.queries import in_effect
from spean.returns.models import Return
from tests.cast import actor, agency, days
from tests.homeward import a_case, ago, expected, her, woman

pytestmark = pytest.mark.django_db


def _placed(care=None, **more):
    care = care or expected()
    actions.receive(care, actor=actor("kunthea"), on=ago(0), needs="Rest.")
    given = {"choice": "home", "province": "02", "words": "My mother waits.", "on": ago(0)}
    return actions.place(care, actor=actor("kunthea"), **(given | more))


def _running(care):
    return set(
        Clock.objects.filter(subject=f"care.care:{care.pk}", stopped=None).values_list(
            "kind", flat=True
        )
    )


def test_reception_is_owed_from_the_hand_over_and_stops_when_she_is_received():
    care = expected()
    assert _running(care) == {"reception"}
    actions.receive(care, actor=actor("kunthea"), on=ago(0), needs="A doctor, today.")
    assert _running(care) == set()
    entry = Entry.objects.get(kind="received")
    assert (entry.agency, entry.from_country, entry.province) == ("MOSVY", "KHM", "12")
    assert Care.objects.get().needs == "A doctor, today."


def test_her_choice_completes_her_return_and_plans_the_follow_ups():
    care = _placed()
    home = in_effect().get(kind="repatriated")
    assert (home.placement, home.province, home.agency) == ("home", "02", "AHTJP")
    assert home.supersedes.placement == ""
    assert (home.occurred, home.return_key) == (
        home.supersedes.occurred,
        home.supersedes.return_key,
    )
    assert in_effect().get(kind="placed").agency == "MOSVY"
    assert [(f.number, (f.due - clock.today()).days) for f in care.follow_ups.all()] == [
        (1, 7),
        (2, 30),
        (3, 91),
        (4, 182),
        (5, 365),
    ]
    assert _running(care) == {"follow_up"}
    assert Return.objects.get().placement == "home"


def test_a_later_move_leaves_the_first_placement_as_it_was():
    care = _placed()
    actions.place(
        care, actor=actor("kunthea"), choice="shelter", province="12", words="x", on=ago(0)
    )
    home = in_effect().get(kind="repatriated")
    assert (home.placement, home.province) == ("home", "02")
    assert care.follow_ups.count() == 5
    assert set(in_effect().filter(kind="placed").values_list("placement", flat=True)) == {
        "home",
        "shelter",
    }


@pytest.mark.parametrize("who", ["thida", "bopha", "vanna", "lim", "maly", "nary", "dara"])
def test_only_social_workers_of_the_receiving_agency_give_care(who):
    care = expected()
    for verb in (
        lambda: actions.receive(care, actor=actor(who), on=ago(0)),
        lambda: actions.place(care, actor=actor(who), choice="home", on=ago(0)),
        lambda: actions.lose(care, actor=actor(who), on=ago(0)),
        lambda: actions.close(care, actor=actor(who), on=ago(0), view="x"),
    ):
        with pytest.raises(Denied, match=r"social workers|takes care"):
            verb()


def test_care_begins_with_a_hand_over_and_only_a_social_worker_begins_it_otherwise():
    case = a_case()
    with pytest.raises(Denied, match="begins with a hand-over"):
        actions.expect(case, her(case), actor=actor("vanna"), agency=agency("MOSVY"))
    first = actions.expect(case, her(case), actor=actor("kunthea"), agency=agency("MOSVY"))
    again = actions.expect(case, her(case), actor=actor("kunthea"), agency=agency("MOSVY"))
    assert first == again


@pytest.mark.parametrize("choice", ["shelter", "ngo"])
def test_a_child_goes_to_a_shelter_only_with_the_custody_document(choice):
    born = (clock.today() - days(365 * 15)).isoformat()
    care = expected(a_case(woman(born=born)))
    with pytest.raises(Invalid, match="custody document") as wrong:
        _placed(care, choice=choice)
    assert wrong.value.field == "has_custody_paper"
    actions.place(
        Care.objects.get(),
        actor=actor("kunthea"),
        choice=choice,
        on=ago(0),
        has_custody_paper=True,
    )
    assert FollowUp.objects.filter(due=clock.today() + days(730)).exists()


def test_a_child_goes_home_without_it():
    born = (clock.today() - days(365 * 15)).isoformat()
    assert _placed(expected(a_case(woman(born=born)))).state == "placed"


def test_a_province_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="not in the list"):
        _placed(province="99")


def test_days_stay_in_order():
    care = expected()
    with pytest.raises(Invalid, match="in the future"):
        actions.receive(care, actor=actor("kunthea"), on=ago(-1))
    with pytest.raises(Invalid, match=f"before {ago(0)}"):
        actions.receive(care, actor=actor("kunthea"), on=ago(2))
    assert Care.objects.get().state == "expected"


def test_a_follow_up_is_counted_and_the_next_one_is_owed():
    care = _placed()
    first = queries.next_follow_up(care)
    clock.set_now(clock.now() + days(7))
    actions.follow_up(
        first, actor=actor("kunthea"), on=clock.today(), mode="phone", result="well", words="Fine."
    )
    assert Entry.objects.get(kind="followed_up").outcome == "well"
    limit = Clock.objects.get(subject=f"care.care:{care.pk}", stopped=None)
    assert (clock.day_of(limit.due) - clock.today()).days == 24
    with pytest.raises(Stale):
        actions.follow_up(
            first, actor=actor("kunthea"), on=clock.today(), mode="visit", result="well"
        )


def test_somebody_not_reached_is_tried_again_in_a_week():
    care = _placed()
    first = queries.next_follow_up(care)
    actions.follow_up(first, actor=actor("kunthea"), on=ago(0), mode="phone", result="not_reached")
    again = FollowUp.objects.filter(done_on=None).order_by("due").first()
    assert (again.due - clock.today()).days == 7


def test_somebody_in_danger_again_starts_a_check_that_ends_when_she_is_found_safe():
    care = _placed()
    first = queries.next_follow_up(care)
    actions.follow_up(first, actor=actor("kunthea"), on=ago(0), mode="phone", result="in_danger")
    assert "safety_check" in _running(care)
    assert Clock.objects.get(kind="safety_check").danger
    second = queries.next_follow_up(care)
    actions.follow_up(second, actor=actor("kunthea"), on=ago(0), mode="visit", result="well")
    assert "safety_check" not in _running(care)


def test_lost_contact_is_counted_and_somebody_found_again_chooses_anew():
    care = _placed()
    actions.lose(care, actor=actor("kunthea"), on=ago(0))
    assert Entry.objects.filter(kind="lost_contact").count() == 1
    assert _running(care) == set()
    with pytest.raises(IllegalMove, match="not running"):
        actions.follow_up(
            queries.next_follow_up(care),
            actor=actor("kunthea"),
            on=ago(0),
            mode="visit",
            result="well",
        )
    actions.find(care, actor=actor("kunthea"), on=ago(0))
    assert Care.objects.get().state == "received"
    assert Entry.objects.filter(kind="received").count() == 1
    actions.place(care, actor=actor("kunthea"), choice="relative", on=ago(0))
    assert _running(care) == {"follow_up"}


def test_somebody_lost_before_the_reception_is_received_when_found():
    care = expected()
    actions.lose(care, actor=actor("kunthea"), on=ago(0))
    actions.find(care, actor=actor("kunthea"), on=ago(0))
    assert Care.objects.get().received_on == ago(0)
    assert Entry.objects.filter(kind="received").count() == 1


def test_care_is_closed_with_her_voice_and_can_be_opened_again():
    care = _placed()
    with pytest.raises(Invalid, match="in her own words"):
        actions.close(care, actor=actor("kunthea"), on=ago(0), view=" ")
    actions.close(care, actor=actor("kunthea"), on=ago(0), view="I manage now.")
    assert Care.objects.get().closing_view == "I manage now."
    assert _running(care) == set()
    assert Entry.objects.get(kind="closed").person == care.person.key
    actions.reopen(care, actor=actor("kunthea"))
    assert _running(care) == {"follow_up"}
    assert Care.objects.get().closed_on is None


def test_two_people_write_at_once_and_the_second_is_told_who_was_first():
    care = expected()
    actions.receive(care, actor=actor("kunthea"), on=ago(0))
    with pytest.raises(Stale, match="Kunthea changed this"):
        actions.place(Care.objects.get(), actor=actor("kunthea"), choice="home", on=ago(0), seen=1)


def test_who_is_not_in_the_case_sees_no_care_and_who_is_reads_no_needs():
    care = _placed()
    for who in ("stranger", "maly", "rith", "bopha", "thida"):
        assert not queries.care_for(actor(who)).exists()
    from spean.care import access

    assert queries.care_for(actor("vanna")).get() == care
    assert not access.reading.allows(actor("vanna"), care)
    assert access.reading.allows(actor("kunthea"), care)


def test_what_she_says_is_sealed():
    care = _placed()
    actions.close(care, actor=actor("kunthea"), on=ago(0), view="I manage now.")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT needs, choice_words, closing_view FROM care_care")
        held = b"".join(bytes(part) for part in cursor.fetchone())
    assert not any(word in held for word in (b"Rest", b"mother", b"manage"))


def test_the_database_refuses_a_placement_without_choice():
    care = expected()
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.filter(pk=care.pk).update(state="placed")


def test_the_database_refuses_a_second_open_care_of_one_agency():
    care = expected()
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.create(
            case=care.case, person=care.person, agency=care.agency, opened=clock.now()
        )


def test_the_database_refuses_a_follow_up_done_without_a_result():
    care = _placed()
    with pytest.raises(IntegrityError), transaction.atomic():
        care.follow_ups.filter(number=1).update(done_on=ago(0))


def test_the_database_refuses_a_follow_up_number_twice():
    care = _placed()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(care=care, number=1, due=ago(0))
