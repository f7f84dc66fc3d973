"""What a person does on a page: fill a form, press its button, sign in, follow a link."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from playwright.sync_api import Locator, Page

from tests import cast

# Typed, but neither a name nor a free text: days, places of the gazetteer, references, numbers.
CODED = {"born", "home_province", "province", "on", "since", "due", "received", "case", "ref"}
CODED |= {"number", "login", "code", "first", "last", "persons_claimed"}


def fill(form: Locator, typed: list[str] | None = None, /, **given: object) -> None:
    """Fill the named fields of a form, whatever kind they are; note what was typed freely."""
    for name, value in given.items():
        field = form.locator(f'[name="{name}"]')
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.select_option(str(value))
        elif kind in {"radio", "checkbox"}:
            _tick(form, name, value)
        else:
            field.fill(str(value))
            if typed is not None and name.split("-")[-1] not in CODED:
                typed.append(str(value))


def _tick(form: Locator, name: str, value: object) -> None:
    for one in value if isinstance(value, list | tuple) else [value]:
        chosen = "" if one is True else f'[value="{one}"]'
        form.locator(f'[name="{name}"]{chosen}').check()


def form_to(page: Page, ending: str) -> Locator:
    """Return the form whose address ends so, unfolding what it is folded into."""
    form = page.locator(f'form[action$="{ending}"]').first
    folded = form.locator("xpath=ancestor::details[not(@open)]")
    if folded.count():
        folded.first.locator("summary").first.click()
    return form


def own_form(page: Page) -> Locator:
    """Return the one form of a page made of it: it goes back to its own address."""
    return page.locator("main form[method=post]:not([action])").first


def press(form: Locator, button: str = "button[type=submit]:visible") -> None:
    """Press a form's button and wait for the page that follows."""
    with form.page.expect_navigation():
        form.locator(button).last.click()


def send(page: Page, ending: str, typed: list[str] | None = None, /, **given: object) -> None:
    """Fill the form that goes to an address ending so, and send it."""
    form = form_to(page, ending) if ending else own_form(page)
    fill(form, typed, **given)
    press(form)
    assert not wrongs(page), wrongs(page)


def wrongs(page: Page) -> list[str]:
    """Return what the page says is wrong."""
    return page.locator(".govuk-error-summary__list li, .wrong").all_inner_texts()


def follow(page: Page, target: str) -> None:
    """Follow the first link or button whose address contains this."""
    with page.expect_navigation():
        page.locator(f'main a[href*="{target}"]').first.click()


def sign_in(page: Page, name: str) -> None:
    """Sign in through the real pages with password and code."""
    user = cast.user(name)
    # The story's hours are minutes here, and a code opens once: set the second factor anew.
    cache.clear()
    cast.Authenticator.objects.filter(user=user).delete()
    cast.TOTP.activate(user, cast.TOTP_SECRET)
    send(page, "/sign-in/", login=name, password=cast.PASSWORD)
    counter = list(yield_hotp_counters_from_time())[1]
    code = format_hotp_value(hotp_value(cast.TOTP_SECRET, counter))
    send(page, "/sign-in/code/", code=code)


def refused(page: Page, url: str, status: int) -> str:
    """Open a page that must not open; return the sentence it says instead."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == status, (url, answer.status)
    return page.locator("main").inner_text()


def texts(page: Page, where: str) -> str:
    return " ".join(page.locator(where).all_inner_texts())


def names_nobody(text: str, names: Iterable[str]) -> None:
    """Fail if a name stands in the text."""
    found = [name for name in names if name in text]
    assert not found, found
