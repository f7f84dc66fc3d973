"""A real installation on loopback: served by the program itself, visited as a browser would."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

PROGRAM = [sys.executable, "-c", "from spean.site.cli import main; main()"]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NUMBERS = re.compile(r"data-receipt>([^<]+)<")
_OURS = ("SPEAN_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


class Installation:
    """One SPEAN_HOME, and the server that may be running on it."""

    def __init__(self, home: Path, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        self._environment = kept | {"SPEAN_HOME": str(home), "SPEAN_TICK": "external"} | environment
        self._server: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def run(self, *words: str) -> str:
        """Run the program with these words and return what it printed."""
        done = subprocess.run(
            [*PROGRAM, *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve, as the leader of a group of its own, and wait until it answers."""
        self._server = subprocess.Popen(
            [*PROGRAM, "serve", "--port", str(self.port)],
            env=self._environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 40
        while time.monotonic() < until:
            try:
                with self.visitor() as visitor:
                    if visitor.get("/health")[0] == 200:
                        return
            except OSError:
                time.sleep(0.1)
        self.pull_the_cord()
        raise AssertionError("the server did not answer within 40 seconds")

    def pull_the_cord(self) -> None:
        """Kill everything it runs, at once; nothing gets to say goodbye."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait(10)
            self._server = None

    def visitor(self) -> Visitor:
        return Visitor(self.port)


class Visitor:
    """A browser that keeps cookies and one connection, until it is left."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        if not self._token:
            self.get("/write/")
        sent = urlencode({"csrfmiddlewaretoken": self._token, **fields})
        return self._ask("POST", path, sent)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        headers["Accept-Language"] = "en"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        text = answer.read().decode()
        if found := _TOKEN.search(text):
            self._token = found[1]
        return answer.status, text

    def write(self, words: str) -> str | None:
        """Send a plea and return its number, if the page that shows it came back whole."""
        status, text = self.post("/write/", words=words)
        found = _NUMBERS.search(text)
        return re.sub(r"\D", "", found[1]) if status == 200 and found else None

    def come_back(self, number: str) -> str | None:
        """Return the conversation behind a number, or None."""
        if self.post("/back/", number=number)[0] != 302:
            return None
        return self.get("/back/")[1]
