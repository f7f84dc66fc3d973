"""A real browser: Debian's chromium, driven by Playwright, against a live server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

# Playwright's loop runs in the test's own thread; the tests' queries are plain and blocking.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("SPEAN_CHROMIUM") or shutil.which("chromium")
    assert path, "These tests need Debian's chromium (apt-get install chromium)."
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    held = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield held
    held.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an empty installation the way ``spean serve`` does; return its address."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPEAN_", "DJANGO_"))}
    environment |= {"SPEAN_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    program = [str(Path(sys.executable).parent / "spean"), "serve", "--port", str(port)]
    server = subprocess.Popen(program, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + "/health")
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{url} did not answer within a minute")
