"""Persons' pages as they are met: by reference, opened with a purpose, compared, consented."""

from __future__ import annotations

import pytest

from spean.journal.models import Entry as Fact
from spean.people import actions
from spean.people.models import Consent, Opening, Pairing, Person
from spean.people.states import NameKind
from tests import cast

pytestmark = pytest.mark.django_db
SEARCH = "/desk/people/"


def person(name="Keo Sokha", by="rith", **more):
    known = {"born": "2004", "sex": "female", "home_province": "02", **more}
    return actions.register(actor=cast.actor(by), names=[(name, NameKind.FULL)], **known)


def page_of(her):
    return f"/desk/people/{her.pk}/"


def text_of(response) -> str:
    return response.content.decode()


def test_a_search_shows_references_and_reasons_and_no_name():
    her = person("កែវ សុខា", by="maly")
    answer = cast.client_as("dara").post(SEARCH, {"name": "Sokha Kev", "born": "2004"})
    shown = text_of(answer)
    assert answer.status_code == 200
    assert her.ref in shown
    assert "កែវ" not in shown
    assert "Family and given name sound the same." in shown
    assert "another agency's record" in shown
    assert Fact.objects.filter(fact="people.searched").get().codes == {"results": 1}


def test_a_search_with_htmx_returns_the_results_alone():
    person()
    answer = cast.client_as("rith").post(SEARCH, {"name": "Sokha"}, headers={"HX-Request": "true"})
    assert text_of(answer).strip().startswith("<section")


def test_the_search_form_never_puts_a_name_in_an_address():
    assert 'method="post"' in text_of(cast.client_as("rith").get(SEARCH))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"born": "2004-02-31"}, "not in the calendar"),
        ({"born": "2547"}, "Buddhist-era year. Write it as 2004."),
        ({"born": "2199"}, "in the future"),
        ({"province": "Atlantis"}, "We know no place called “Atlantis”"),
        ({"name": "", "phone": ""}, "Write a name or a telephone number"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(typed, says):
    given = {"name": "Keo Sokha", "phone": "012345678", **typed}
    answer = cast.client_as("rith").post(SEARCH, given)
    shown = text_of(answer)
    assert answer.status_code == 422
    assert says in shown
    assert all(f'value="{value}"' in shown for value in given.values() if value)


def test_a_district_does_for_a_province_and_khmer_digits_for_a_year():
    her = person()
    given = {"name": "Keo Sokha", "born": "២០០៤", "province": "បាត់ដំបង"}
    shown = text_of(cast.client_as("rith").post(SEARCH, given))
    assert her.ref in shown
    assert "The home province is the same." in shown


def test_a_person_is_shown_by_reference_until_her_name_is_opened():
    her, rith = person(), cast.client_as("rith")
    closed = text_of(rith.get(page_of(her)))
    assert her.ref in closed
    assert "Sokha" not in closed
    answer = rith.post(page_of(her) + "open/", {"purpose": "assist", "back": page_of(her)})
    assert (answer.status_code, answer["Location"]) == (302, page_of(her))
    assert "Keo Sokha" in text_of(rith.get(page_of(her)))
    assert Fact.objects.filter(fact="people.names_seen").count() == 1


def test_opening_without_a_purpose_asks_for_it():
    her = person()
    answer = cast.client_as("rith").post(page_of(her) + "open/", {"note": "because"})
    assert answer.status_code == 422
    assert "because" in text_of(answer)
    assert not Opening.objects.exists()


def test_opening_leads_nowhere_but_home():
    her, rith = person(), cast.client_as("rith")
    answer = rith.post(
        page_of(her) + "open/", {"purpose": "assist", "back": "https://evil.example"}
    )
    assert answer["Location"] == page_of(her)


@pytest.mark.parametrize("name", ["pisey", "oun", "samnang"])
def test_roles_without_persons_are_refused_with_a_sentence(name):
    answer = cast.client_as(name).get(page_of(person()))
    assert answer.status_code == 403
    assert "Your role does not include this." in text_of(answer)


def test_a_coordinator_sees_codes_and_is_not_offered_the_name():
    her = person()
    nary = cast.client_as("nary")
    assert "without names" in text_of(nary.get(page_of(her)))
    assert nary.post(page_of(her) + "open/", {"purpose": "assist"}).status_code == 403


def test_nobody_signed_out_sees_anything(client):
    assert "/desk/sign-in/" in client.get(page_of(person()))["Location"]


def test_consent_is_recorded_withdrawn_and_shown():
    her, rith = person(), cast.client_as("rith")
    given = {"purpose": "share_embassy", "basis": "spoken", "note": "on the telephone"}
    assert rith.post(page_of(her) + "consent/", given).status_code == 302
    held = Consent.objects.get()
    assert "to share with the embassy" in text_of(rith.get(page_of(her)))
    rith.post(f"{page_of(her)}consent/{held.pk}/withdraw/")
    assert "withdrawn" in text_of(rith.get(page_of(her)))


def test_danger_to_life_without_a_why_is_asked_for_it_and_keeps_what_was_typed():
    her = person()
    given = {"purpose": "share_police", "basis": "danger_to_life", "note": " "}
    answer = cast.client_as("rith").post(page_of(her) + "consent/", given)
    assert answer.status_code == 422
    assert "why she cannot be asked" in text_of(answer)


def test_a_correction_needs_the_name_open_first():
    her, rith = person(), cast.client_as("rith")
    assert "/open/?back=" in rith.get(page_of(her) + "correct/")["Location"]
    actions.open_names(her, actor=cast.actor("rith"), purpose="correct")
    form = text_of(rith.get(page_of(her) + "correct/"))
    assert 'value="Battambang"' in form
    given = {"seen": "1", "sex": "female", "born": "2005", "home_province": "Siem Reap"}
    assert rith.post(page_of(her) + "correct/", given).status_code == 302
    fresh = Person.objects.get(pk=her.pk)
    assert (fresh.born, fresh.home_province) == ("2005", "17")


def test_the_second_of_two_correctors_is_told_and_keeps_what_she_typed():
    her = person()
    actions.open_names(her, actor=cast.actor("rith"), purpose="correct")
    actions.correct(her, actor=cast.actor("rith"), seen=1, born="2003")
    given = {"seen": "1", "born": "2005", "home_place": "Phum Thmey"}
    answer = cast.client_as("rith").post(page_of(her) + "correct/", given)
    assert answer.status_code == 409
    assert "Rith changed this at" in text_of(answer)
    assert 'value="Phum Thmey"' in text_of(answer)
    assert 'name="seen" value="2"' in text_of(answer)
    again = cast.client_as("rith").post(page_of(her) + "correct/", {**given, "seen": "2"})
    assert again.status_code == 302


def test_two_records_are_compared_opened_together_joined_and_parted_again():
    one, other = person(), person("Kev Sokkha", by="maly", born="2005", home_province="17")
    rith, both = cast.client_as("rith"), f"/desk/people/{one.pk}/and/{other.pk}/"
    closed = text_of(rith.get(both))
    assert "Sokha" not in closed
    assert "Agrees: Family and given name sound the same." in closed
    assert "Differs: The home provinces are not the same." in closed
    assert rith.post(both + "open/", {"purpose": "identify"}).status_code == 302
    opened = text_of(rith.get(both))
    assert "Keo Sokha" in opened
    assert "Kev Sokkha" in opened
    refused = rith.post(both + "decide/", {"decision": "same", "reason": ""})
    assert refused.status_code == 422
    assert rith.post(both + "decide/", {"decision": "same", "reason": "mother"}).status_code == 302
    assert other.ref in text_of(rith.get(page_of(one)))
    assert "the same person" in text_of(rith.get(both))
    rith.post(both + "undo/")
    assert not Pairing.objects.filter(undone=None).exists()


def test_a_role_that_does_not_decide_cannot_compare():
    one, other = person(), person()
    answer = cast.client_as("bopha").get(f"/desk/people/{one.pk}/and/{other.pk}/")
    assert answer.status_code == 403


def test_what_is_not_there_is_not_found():
    answer = cast.client_as("rith").get("/desk/people/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404


def test_names_are_escaped():
    her, rith = person("<script>alert(1)</script>"), cast.client_as("rith")
    actions.open_names(her, actor=cast.actor("rith"), purpose="assist")
    assert "<script>alert" not in text_of(rith.get(page_of(her)))
