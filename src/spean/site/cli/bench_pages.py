"""The page server for ``spean bench intake --http``: started on loopback, stopped after."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_NUMBER = re.compile(rb"data-receipt>([^<]+)<")
_PROGRAM = "from spean.site.cli import main; main()"
PATIENCE = 60


@contextmanager
def served(home: Path) -> Iterator[Callable[[int], object]]:
    """Serve the installation in ``home`` and give what sends one plea as a browser would."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM, "serve", "--port", str(port)],
        env=os.environ | {"SPEAN_HOME": str(home), "SPEAN_TICK": "external"},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield _sender(port)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("GET", "/health")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise DomainError(Sentence("The page server did not start within a minute. Try again."))


def _sender(port: int) -> Callable[[int], object]:
    local = threading.local()

    def open_page() -> None:
        local.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        local.line.request("GET", "/write/")
        answer = local.line.getresponse()
        local.cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
        found = _TOKEN.search(answer.read())
        local.token = found[1].decode() if found else ""

    def send(number: int) -> object:
        if not hasattr(local, "line"):
            open_page()
        fields = {"csrfmiddlewaretoken": local.token, "words": f"{number} I cannot go out."}
        local.line.request(
            "POST",
            "/write/",
            urlencode(fields),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": local.cookie},
        )
        answer = local.line.getresponse()
        body = answer.read()
        if answer.status != 200 or not _NUMBER.search(body):
            raise RuntimeError(f"the page answered {answer.status}")
        return body

    return send
