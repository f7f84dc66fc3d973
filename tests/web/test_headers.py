"""What every answer carries: pages that cannot be framed, sniffed, kept or made to run a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from spean.intake.actions import portal
from spean.shell.matrix import Door, doors
from tests import cast

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
ALL = doors()


def check(answer, path: str) -> None:
    headers = answer.headers
    rules = dict(
        rule.strip().partition(" ")[::2] for rule in headers["Content-Security-Policy"].split(";")
    )
    to = rules.pop("form-action").split()
    assert rules == POLICY, path
    assert to[0] == "'self'", path
    assert len(to) == (1 if path.startswith("/desk/") else 2), path  # the portal's way out
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["X-Frame-Options"] == "DENY", path
    assert headers["Referrer-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    assert "no-store" in headers["Cache-Control"], path
    assert "geolocation=()" in headers["Permissions-Policy"], path
    assert "Server" not in headers, path
    assert "X-Powered-By" not in headers, path


@pytest.mark.parametrize("door", ALL, ids=lambda door: f"{door.path}")
def test_every_answer_of_every_url_carries_the_headers(door: Door, records, signed_in):
    url = records.url(door.path, door.name.partition(":")[0])
    for visitor in (Client(), signed_in["sokha"], signed_in["samnang"], signed_in["oun"]):
        check(visitor.get(url), url)
    check(Client().post(url), url)
    check(Client(enforce_csrf_checks=True).post(url), url)  # the page of a stale form


@pytest.mark.parametrize("path", ["/nowhere/", "/desk/nowhere/", "/desk/cases/not-an-id/"])
def test_what_is_not_there_carries_them_too(path):
    answer = cast.client_as("sokha").get(path)
    assert answer.status_code == 404
    check(answer, path)


@pytest.mark.parametrize(
    ("refusal", "status"), [(RuntimeError("zq"), 500), (SuspiciousOperation("zq"), 400)]
)
@pytest.mark.parametrize("path", ["/write/", "/desk/"])
def test_a_page_that_breaks_carries_them_and_tells_nothing(path, refusal, status, monkeypatch):
    def broken(*_args, **_named):
        raise refusal

    monkeypatch.setattr("spean.cases.web.views.work_for", broken)
    monkeypatch.setattr("spean.intake.web.portal.views.DangerForm", broken)
    visitor = cast.client_as("sokha")
    visitor.raise_request_exception = False
    answer = visitor.get(path)
    assert answer.status_code == status
    assert b"zq" not in answer.content
    check(answer, path)


def test_cookies_are_few_out_of_reach_of_scripts_and_end_with_the_browser():
    cast.agency("HOTLINE")
    phone, desk = Client(), Client()
    _, number = portal.receive(words="Help", language="en")
    phone.get("/back/")
    phone.post("/back/", {"number": number})
    phone.post("/language/", {"language": "km"})
    desk.get("/desk/sign-in/")
    desk.post("/desk/sign-in/", {"login": "x", "password": "y"})
    for visitor in (phone, desk, cast.client_as("sokha")):
        visitor.get("/desk/")
        assert set(visitor.cookies) <= {"s", "c"}
    for cookie in (*phone.cookies.values(), *desk.cookies.values()):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == "/"
        assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")


# Another process, since settings are read once: an installation behind HTTPS.
_BEHIND_HTTPS = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
from spean.site.database import prepare
prepare()
visitor = Client(headers={"host": "localhost"})
visitor.get("/write/", secure=True)
answer = visitor.post("/language/", {"language": "km"}, secure=True)
print(json.dumps({
    "cookies": {name: dict(cookie) for name, cookie in visitor.cookies.items()},
    "sts": answer.headers.get("Strict-Transport-Security"),
    "debug": settings.DEBUG,
    "plain": visitor.get("/write/").headers.get("Strict-Transport-Security"),
}))
"""


@pytest.fixture(scope="module")
def behind_https(tmp_path_factory):
    ours = ("SPEAN_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    run = subprocess.run(
        [sys.executable, "-c", _BEHIND_HTTPS],
        env=bare
        | {
            "SPEAN_HOME": str(tmp_path_factory.mktemp("home")),
            "DJANGO_SETTINGS_MODULE": "spean.site.settings",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_https_is_what_an_installation_has_unless_it_says_otherwise(behind_https):
    assert behind_https["sts"] == "max-age=31536000; includeSubDomains"
    assert behind_https["plain"] is None
    assert behind_https["debug"] is False
    assert settings.HTTPS is False  # these tests themselves run without


def test_behind_https_cookies_are_bound_to_this_host_and_to_https(behind_https):
    assert set(behind_https["cookies"]) == {"__Host-s", "__Host-c"}
    for cookie in behind_https["cookies"].values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Strict")
        assert (cookie["max-age"], cookie["expires"]) == ("", "")
