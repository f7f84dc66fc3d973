"""Referral pages: what is typed is kept, what may not be shown says why, wrong roles are told."""

from __future__ import annotations

import re

import pytest

from spean.people import actions as people
from spean.people.states import ConsentPurpose
from spean.referrals import actions
from spean.referrals.models import HostRequest, Referral
from tests.cast import actor, agency, client_as
from tests.homeward import a_case, at_the_embassy, her, sent

pytestmark = pytest.mark.django_db


def _send(who, case, **typed):
    given = {"receiver": "MFAIC", "purpose": "ask_host", "words": "She is held there."}
    return client_as(who).post(f"/desk/referrals/of/{case.pk}/send/", given | typed)


def test_a_case_is_referred_with_a_form(client):
    agency("MFAIC")
    case = a_case()
    page = client_as("vanna").get(f"/desk/referrals/of/{case.pk}/send/?receiver=MFAIC")
    assert page.status_code == 200
    assert "may be shared with such an agency is on record" in page.content.decode()
    answer = _send("vanna", case, fields_shown=["names"], due="")
    assert answer.status_code == 302
    assert Referral.objects.get().fields == ["names"]


def test_a_field_that_may_not_be_shown_is_closed_and_says_why():
    agency("MFAIC")
    case = a_case(agreed=(ConsentPurpose.ASSIST,))
    page = client_as("vanna").get(f"/desk/referrals/of/{case.pk}/send/?receiver=MFAIC")
    text = page.content.decode()
    assert "There is no consent to share" in text
    assert re.search(r'<input[^>]*value="names"[^>]* disabled', text)
    answer = _send("vanna", case, fields_shown=["names"])
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "There is no consent to share" in text
    assert "She is held there." in text
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2568-04-22", "Buddhist-era"),
        ("2025-02-31", "not in the calendar"),
        ("2025-04", "Write the full day"),
        ("soon", "is not a date"),
        ("2020-01-01", "already passed"),
        ("២០២០-០១-០១", "already passed"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_lost(typed, told):
    agency("MFAIC")
    case = a_case()
    answer = _send("vanna", case, due=typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "She is held there." in text
    assert typed in text


def test_an_empty_form_says_what_is_missing():
    answer = client_as("vanna").post(f"/desk/referrals/of/{a_case().pk}/send/", {})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the agency you want to ask." in text
    assert "Say what you ask the agency to do." in text


def test_wrong_roles_are_refused_with_a_sentence_and_strangers_find_nothing():
    agency("MFAIC")
    case = a_case()
    assert _send("bopha", case).status_code == 403
    assert "Your role does not include this" in _send("bopha", case).content.decode()
    assert _send("stranger", case).status_code == 404
    first = sent(case)
    assert client_as("stranger").get(first.get_absolute_url()).status_code == 404
    told = client_as("vanna").post(f"/desk/referrals/{first.pk}/accept/")
    assert told.status_code == 403
    assert "Only the agency that was asked" in told.content.decode()


def test_the_receiver_reads_accepts_and_answers():
    case = a_case()
    first = sent(case)
    chenda = client_as("chenda")
    assert case.ref in chenda.get("/desk/referrals/").content.decode()
    page = chenda.get(first.get_absolute_url()).content.decode()
    assert "She is held in a village." in page
    assert "Chan Sreymom" not in page
    people.open_names(her(case), actor=actor("chenda"), purpose="assist")
    assert "Chan Sreymom" in chenda.get(first.get_absolute_url()).content.decode()
    assert chenda.post(f"/desk/referrals/{first.pk}/accept/").status_code == 302
    assert chenda.get(f"/desk/referrals/{first.pk}/answer/").status_code == 200
    bad = chenda.post(f"/desk/referrals/{first.pk}/answer/", {"answer": "not_ours", "words": ""})
    assert bad.status_code == 422
    assert "Say why" in bad.content.decode()
    done = chenda.post(f"/desk/referrals/{first.pk}/answer/", {"answer": "done", "words": "Yes."})
    assert done.status_code == 302
    assert "Yes." in client_as("vanna").get(first.get_absolute_url()).content.decode()
    assert case.ref in chenda.get("/desk/referrals/?ended=1").content.decode()


def test_declining_on_the_page_needs_a_reason():
    first = sent(a_case())
    chenda = client_as("chenda")
    assert chenda.get(f"/desk/referrals/{first.pk}/decline/").status_code == 200
    url = f"/desk/referrals/{first.pk}/decline/"
    assert chenda.post(url, {"words": ""}).status_code == 422
    assert chenda.post(url, {"words": "Another ministry."}).status_code == 302
    assert chenda.get(first.get_absolute_url()).status_code == 200


def test_taking_back_is_the_sender_s():
    first = sent(a_case())
    assert client_as("chenda").post(f"/desk/referrals/{first.pk}/withdraw/").status_code == 403
    assert client_as("vanna").post(f"/desk/referrals/{first.pk}/withdraw/").status_code == 302
    page = client_as("chenda").get(first.get_absolute_url()).content.decode()
    assert "held in a village" not in page
    assert "shown no longer" in page


def test_the_second_of_two_people_is_told_who_was_first():
    first = sent(a_case())
    actions.answer(first, actor=actor("chenda"), answer="done")
    late = client_as("chenda").post(
        f"/desk/referrals/{first.pk}/answer/", {"answer": "partly", "words": "My long words."}
    )
    assert late.status_code == 409
    assert "My long words." in late.content.decode()


def test_the_onward_referral_continues_what_was_taken_on():
    case = a_case()
    first = sent(case)
    agency("EMB-CHN")
    actions.accept(first, actor=actor("chenda"))
    answer = _send("chenda", case, receiver="EMB-CHN", purpose="rescue")
    assert answer.status_code == 302
    assert Referral.objects.get(receiver__code="EMB-CHN").parent == first


def test_the_panel_is_a_fragment_to_htmx_and_a_page_without():
    case = a_case()
    sent(case)
    url = f"/desk/referrals/of/{case.pk}/"
    fragment = client_as("vanna").get(url, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Foreign ministry" in fragment
    assert "<html" in client_as("vanna").get(url).content.decode()
    assert client_as("stranger").get(url).status_code == 404
    pseudonymous = client_as("nary").get(url).content.decode()
    assert "Foreign ministry" in pseudonymous
    assert "village" not in pseudonymous


def test_a_closed_button_says_why():
    case = a_case()
    sent(case)
    page = client_as("chenda").get(f"/desk/referrals/of/{case.pk}/").content.decode()
    assert "Accept the referral first." in page


def test_the_embassy_notes_what_it_asked_and_what_it_was_answered():
    case = a_case()
    at_the_embassy(case)
    lim = client_as("lim")
    url = f"/desk/referrals/of/{case.pk}/ask-host/"
    page = lim.get(url).content.decode()
    assert "Henan" in page
    assert "Hunan" in page
    wrong = lim.post(url, {"country": "CHN", "province": "TH-10", "authority": "P", "words": "W"})
    assert wrong.status_code == 422
    assert "not in the country you chose" in wrong.content.decode()
    given = {"country": "CHN", "province": "CN-HA", "authority": "County police", "words": "W"}
    assert lim.post(url, given).status_code == 302
    asked = HostRequest.objects.get()
    held = f"/desk/referrals/host/{asked.pk}/"
    assert "County police" in lim.get(held).content.decode()
    assert client_as("vanna").post(held, {"answer": "located", "on": "2025-01-01"}).status_code in {
        403,
        422,
    }
    late = lim.post(held, {"answer": "located", "words": "Found her", "on": "2099-01-01"})
    assert late.status_code == 422
    assert "Found her" in late.content.decode()
    from spean.kernel import clock

    on = clock.today().isoformat()
    assert lim.post(held, {"answer": "located", "words": "Found", "on": on}).status_code == 302
    assert "Found" in client_as("vanna").get(held).content.decode()


def test_asking_abroad_without_consent_says_why_and_keeps_the_words():
    case = a_case(agreed=(ConsentPurpose.SHARE_EMBASSY, ConsentPurpose.ASSIST))
    at_the_embassy(case)
    url = f"/desk/referrals/of/{case.pk}/ask-host/"
    given = {"country": "CHN", "authority": "County police", "words": "Please look for her."}
    answer = client_as("lim").post(url, given)
    assert answer.status_code == 422
    assert "with another state" in answer.content.decode()
    assert "Please look for her." in answer.content.decode()
    assert not HostRequest.objects.exists()


def test_the_pages_are_whole_in_khmer():
    first = sent(a_case())
    chenda = client_as("chenda")
    for url in ("/desk/referrals/", first.get_absolute_url()):
        assert chenda.get(url, headers={"accept-language": "km"}).status_code == 200
