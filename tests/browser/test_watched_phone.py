"""Somebody may take the phone at any moment: leaving is quick, and nothing stays behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page

from spean.intake.actions import portal
from spean.kernel import clock
from tests.browser import steps

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "They lock the door by day"
TELLING = ("traffick", "police", "ministry", "victim", "help", "rescue", "hotline", "spean", "plea")
PAGES = ("/", "/first/", "/write/", "/back/")
STORED = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title><h1>Sunny</h1>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def weather(settings) -> Iterator[str]:
    """Serve the page that one lands on, on another origin as in the world."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.EXIT_URL = f"http://127.0.0.1:{server.server_port}/weather"
    yield settings.EXIT_URL
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def phone(request, chromium) -> Iterator[BrowserContext]:
    held = phone_of(chromium, javascript=request.param)
    yield held
    held.close()


@pytest.fixture
def scripted(chromium) -> Iterator[BrowserContext]:
    held = phone_of(chromium, javascript=True)
    yield held
    held.close()


def phone_of(chromium, *, javascript: bool) -> BrowserContext:
    held: BrowserContext = chromium.new_context(
        locale="en-GB", viewport={"width": 320, "height": 640}, java_script_enabled=javascript
    )
    held.set_default_timeout(10_000)
    return held


def come_back(phone: BrowserContext, address: str) -> Page:
    """Write, and come back with the number: her words stand on the page."""
    _plea, number = portal.receive(words=WORDS, language="en")
    page = phone.new_page()
    page.goto(address + "/back/")
    steps.send(page, "/back/", number=number)
    assert WORDS in page.inner_text("main")
    return page


def shows_nothing(page: Page) -> None:
    """Press Back as often as there is a page to go back to; her words stand on none."""
    pages = 0
    while page.go_back() is not None:
        pages += 1
        assert WORDS not in page.content()
    assert pages


def test_leaving_lands_on_the_weather_and_back_shows_nothing(phone, live_server, weather):
    page = come_back(phone, live_server.url)
    page.locator("form.out button").click()
    page.wait_for_url(weather)
    assert page.title() == "Weather"
    assert [c for c in phone.cookies(live_server.url) if c["name"] == "sessionid"] == []
    shows_nothing(page)
    page.goto(live_server.url + "/back/")
    assert page.locator("#number").count() == 1


def test_shift_three_times_leaves_too(scripted, live_server, weather):
    page = come_back(scripted, live_server.url)
    page.locator("#words").fill("half a sentence")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(weather)
    shows_nothing(page)


def test_capital_letters_do_not_leave(scripted, live_server, weather):
    page = scripted.new_page()
    page.goto(live_server.url + "/write/")
    page.locator("#words").press_sequentially("ABC")
    for letter in "DEF":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/write/")
    assert page.locator("#words").input_value() == "ABCDEF"


def test_what_was_typed_is_cleared_after_ten_minutes(scripted, live_server):
    page = scripted.new_page()
    page.clock.install()
    page.goto(live_server.url + "/write/")
    page.locator("#words").fill(WORDS)
    page.clock.fast_forward("09:30")
    assert page.locator("#words").input_value() == WORDS
    page.clock.fast_forward("01:00")
    assert page.locator("#words").input_value() == ""
    assert page.locator("[data-cleared]").is_visible()


def test_after_half_an_hour_the_number_is_asked_again(phone, live_server):
    page = come_back(phone, live_server.url)
    clock.advance(timedelta(minutes=31))
    page.reload()
    assert WORDS not in page.content()
    assert page.locator("#number").count() == 1


def test_nothing_is_kept_in_the_browser(scripted, live_server):
    page = come_back(scripted, live_server.url)
    assert page.evaluate(STORED) == [0, 0, 0, 0, 0]
    held = scripted.cookies(live_server.url)
    assert held
    assert {cookie["expires"] for cookie in held} == {-1}  # they go when the browser closes
    assert all(WORDS not in str(cookie) for cookie in held)


@pytest.mark.parametrize("language", ["en-GB", "km-KH"])
def test_titles_and_addresses_say_nothing(chromium, live_server, language):
    context = chromium.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    seen = []
    for path in PAGES:
        page.goto(live_server.url + path)
        seen += [page.title(), path]
    page.goto(live_server.url + "/write/")
    steps.send(page, "/write/", words=WORDS)
    seen += [page.title(), page.url]
    page.goto(live_server.url + "/no-such-page/")
    seen.append(page.title())
    context.close()
    assert all(seen)
    told = " ".join(seen).lower()
    assert [word for word in (*TELLING, "ជួញដូរ", "ប៉ូលិស", "នគរបាល", "ក្រសួង") if word in told] == []
