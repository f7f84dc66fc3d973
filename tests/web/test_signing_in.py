"""Signing in takes two factors, through the pages as a person meets them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client

from spean.agencies import actions
from spean.agencies.models import User
from spean.journal.models import Entry
from spean.kernel import clock
from spean.kernel.digits import to_khmer
from spean.shell.doors import ANYONE
from spean.shell.matrix import doors
from tests import cast

pytestmark = pytest.mark.django_db

SIGN_IN = "/desk/sign-in/"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def code(secret: str = cast.TOTP_SECRET) -> str:
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now))


def give_password(visitor, name="samnang", password=cast.PASSWORD, **more):
    return visitor.post(SIGN_IN, {"login": name, "password": password, **more}, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def is_in(visitor) -> bool:
    return visitor.get("/desk/agencies/").status_code == 200


def test_a_password_and_a_code_let_one_in(visitor):
    cast.user("samnang")
    asked = give_password(visitor)
    assert 'name="code"' in text_of(asked)
    assert not is_in(visitor)
    answer = visitor.post(asked.redirect_chain[-1][0], {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert is_in(visitor)
    assert Entry.objects.filter(fact="agencies.signed_in").count() == 1


def test_the_code_may_be_typed_in_khmer_digits_and_with_a_space(visitor):
    cast.user("samnang")
    asked = give_password(visitor)
    typed = to_khmer(code())
    visitor.post(asked.redirect_chain[-1][0], {"code": f"{typed[:3]} {typed[3:]}"})
    assert is_in(visitor)


def test_one_comes_back_to_the_page_one_wanted(visitor):
    cast.user("samnang")
    sent = visitor.get("/desk/agencies/", follow=True)
    assert 'name="login"' in text_of(sent)
    asked = give_password(visitor, next="/desk/agencies/")
    answer = visitor.post(asked.redirect_chain[-1][0], {"code": code()})
    assert answer["Location"] == "/desk/agencies/"


def test_a_wrong_password_says_one_sentence_and_keeps_the_name(visitor):
    cast.user("samnang")
    said = text_of(give_password(visitor, password="not the password at all"))
    assert "The user name or the password is not right." in said
    assert 'value="samnang"' in said


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(visitor):
    cast.user("samnang")

    def told(name: str) -> str:
        said = text_of(give_password(visitor, name=name, password="wrong wrong wrong"))
        return re.sub(r'(value|content|hx-headers)=("[^"]*"|\'[^\']*\')', "", said)

    assert told("samnang") == told("nobody")


def test_a_wrong_code_does_not_let_in(visitor):
    cast.user("samnang")
    asked = give_password(visitor)
    said = visitor.post(asked.redirect_chain[-1][0], {"code": "000000"})
    assert "This code is not right." in text_of(said)
    assert not is_in(visitor)


def test_a_code_works_once(visitor):
    cast.user("samnang")
    used = code()
    visitor.post(give_password(visitor).redirect_chain[-1][0], {"code": used})
    other = Client(headers={"accept-language": "en"})
    other.post(give_password(other).redirect_chain[-1][0], {"code": used})
    assert is_in(visitor)
    assert not is_in(other)


def test_a_code_works_once_in_every_process_and_as_long_as_it_opens(visitor):
    cast.user("samnang")
    used = code()
    visitor.post(give_password(visitor).redirect_chain[-1][0], {"code": used})
    cache.clear()  # another process, or half a minute later
    other = Client(headers={"accept-language": "en"})
    said = other.post(give_password(other).redirect_chain[-1][0], {"code": used})
    assert "This code is not right." in text_of(said)
    assert not is_in(other)


def test_what_the_lockout_keeps_of_wrong_passwords_is_forgotten(visitor):
    give_password(visitor, password="wrong wrong wrong")
    held = AccessAttempt.objects.all()
    assert held.count() == 1
    assert actions.forget_attempts(datetime.now(UTC)) == 0
    held.update(attempt_time=datetime.now(UTC) - timedelta(hours=2))
    assert actions.forget_attempts(datetime.now(UTC)) == 1


def test_too_many_wrong_passwords_lock_this_name_from_here_only(visitor):
    cast.user("samnang")
    for _ in range(8):
        said = give_password(visitor, password="wrong wrong wrong")
    assert said.status_code == 429
    assert "too many wrong passwords" in text_of(said)
    assert give_password(visitor).status_code == 429
    elsewhere = Client(headers={"accept-language": "en"}, REMOTE_ADDR="192.0.2.7")
    assert 'name="code"' in text_of(give_password(elsewhere))


def test_signing_out_ends_it(visitor):
    client = cast.client_as("samnang")
    assert is_in(client)
    assert client.post("/desk/sign-out/").status_code == 302
    assert not is_in(client)


def test_left_alone_for_a_quarter_of_an_hour_one_is_signed_out():
    client = cast.client_as("samnang")
    start = clock.now()
    clock.set_now(start)
    assert is_in(client)
    clock.set_now(start + timedelta(minutes=14))
    assert is_in(client)
    clock.set_now(start + timedelta(minutes=28))
    assert is_in(client)
    clock.set_now(start + timedelta(minutes=44))
    sent = client.get("/desk/agencies/", follow=True)
    assert "You were signed out to keep the records safe." in text_of(sent)


def test_after_eight_hours_one_signs_in_again_however_busy():
    client = cast.client_as("samnang")
    start = clock.now()
    for minutes in range(0, 8 * 60 + 1, 10):
        clock.set_now(start + timedelta(minutes=minutes))
        assert is_in(client)
    clock.set_now(start + timedelta(hours=8, minutes=5))
    assert not is_in(client)


# All but the page of a one-time link, which is open to whoever holds the link.
CLOSED = [d.path for d in doors() if d.path.startswith("/desk/") and d.rule and d.who != ANYONE]


def test_only_the_one_time_link_is_open():
    opened = {d.name for d in doors() if d.path.startswith("/desk/") and d.who == ANYONE}
    assert opened == {"agencies:accept_invitation"}


@pytest.mark.parametrize("path", sorted(set(CLOSED)))
def test_every_url_of_the_desk_without_a_second_factor_is_refused(path):
    user = cast.user("samnang")
    user.authenticator_set.all().delete()
    client = cast.client_as("samnang")
    url = re.sub(r"<uuid:[^>]*>", "0" * 8 + "-0000-4000-8000-" + "0" * 12, path)
    url = re.sub(r"<int:[^>]*>", "1", url)
    url = re.sub(r"<[^>]*>", "x", url)
    for method in (client.get, client.post):
        answer = method(url)
        refused = answer.status_code == 405
        sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        assert refused or sent_away


def test_an_invited_person_sets_both_factors_and_signs_in(visitor):
    _, token = actions.invite(
        actor=cast.actor("samnang"),
        username="borey",
        label="Borey",
        agency=cast.agency("POL-02"),
        roles=["case_officer"],
        language="en",
    )
    url = f"/desk/invitation/{token}/"
    page = text_of(visitor.get(url))
    secret = re.search(r"data-secret>([A-Z2-7]+)<", page)[1]
    assert 'src="data:image/svg+xml;base64,' in page
    password = "three rivers meet here"
    done = text_of(
        visitor.post(url, {"password": password, "again": password, "code": code(secret)})
    )
    codes = re.findall(r"<li><code>(\d+)</code>", done)
    assert len(codes) == 10
    asked = give_password(visitor, name="borey", password=password)
    answer = visitor.post(asked.redirect_chain[-1][0], {"code": codes[0]})
    assert answer["Location"] == "/desk/"
    assert visitor.get(url).status_code == 404


def test_a_weak_password_is_refused_in_words_and_nothing_is_lost(visitor):
    _, token = actions.invite(
        actor=cast.actor("samnang"),
        username="borey",
        label="Borey",
        agency=cast.agency("POL-02"),
        roles=["case_officer"],
    )
    url = f"/desk/invitation/{token}/"
    answer = visitor.post(url, {"password": "short", "again": "short", "code": "123456"})
    assert answer.status_code == 422
    assert "at least 15 characters" in text_of(answer)
    assert 'value="123456"' in text_of(answer)


def test_a_person_without_a_second_factor_is_told_what_to_do(visitor):
    cast.user("samnang").authenticator_set.all().delete()
    said = text_of(give_password(visitor))
    assert "Ask your administrator for a new invitation." in said
    assert not is_in(visitor)


def test_an_administrator_invites_and_resets_and_sees_each_link_once():
    client = cast.client_as("samnang")
    cast.agency("POL-02")
    form = {
        "username": "borey",
        "label": "Borey",
        "agency": "POL-02",
        "roles": ["case_officer", "supervisor"],
        "language": "km",
    }
    made = text_of(client.post("/desk/agencies/invite/", form))
    assert "/desk/invitation/" in made
    borey = User.objects.get(username="borey")
    again = text_of(client.post(f"/desk/agencies/users/{borey.pk}/reset/"))
    assert "/desk/invitation/" in again
    assert "/desk/invitation/" not in text_of(client.get("/desk/agencies/"))


def test_nobody_else_administers():
    assert cast.client_as("sophal").get("/desk/agencies/").status_code == 403


@pytest.mark.parametrize(
    ("browser", "account", "read"),
    [("en-US,en", "km", "km"), ("km-KH", "en", "km"), ("fr", "en", "en"), ("en", "en", "en")],
)
def test_the_desk_speaks_the_account_s_language_or_that_of_a_khmer_browser(browser, account, read):
    user = cast.user("samnang")
    User.objects.filter(pk=user.pk).update(language=account)
    visitor = Client(headers={"accept-language": browser})
    visitor.post(give_password(visitor).redirect_chain[-1][0], {"code": code()})
    assert visitor.get("/desk/agencies/")["Content-Language"] == read


def test_eight_tries_at_once_do_not_take_the_memory_that_the_portal_lives_on():
    from spean.agencies.passwords import Argon2

    hasher = Argon2()
    kept = hasher.encode(cast.PASSWORD, hasher.salt())
    assert "$m=19456,t=2,p=1$" in kept
    assert hasher.verify(cast.PASSWORD, kept)
