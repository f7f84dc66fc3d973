"""The production server: one arbiter, its page workers, and one job-and-tick process.

All are forked from one process that has the program loaded, so they share its memory.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import time
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from spean.site import environment as env

THREADS = 8
TICK_EVERY = 60.0
CLERK_FINISHES = 10.0
_log = logging.getLogger(__name__)


class Log(Logger):  # type: ignore[misc]
    """Warnings go where the program's own go, as JSON; who asked for which page goes nowhere."""

    def setup(self, cfg: Any) -> None:
        self.error_log.setLevel(logging.WARNING)
        self.error_log.propagate = True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Leave out what cannot be read as a request: it holds an address and a stranger's text."""
        text = str(msg)
        if text.startswith("Invalid request from"):
            text, args = "what was sent is no request", ()
        super().warning(text, *args, **kwargs)

    def access(self, *_: Any) -> None:
        """Write nothing: an access log would say who read what, from where."""


class Server(BaseApplication):  # type: ignore[misc]
    """Serve pages on ``host``:``port`` until told to stop."""

    def __init__(self, host: str, port: int, workers: int) -> None:
        self._wanted = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 15,
            "keepalive": 5,
            "control_socket_disable": True,
            "forwarded_allow_ips": ",".join(env.names("SPEAN_TRUSTED_PROXIES")) or "127.0.0.1",
            "logger_class": Log,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from spean.site.wsgi import application

        return application

    def run(self) -> None:
        House(self).run()


class House(Arbiter):  # type: ignore[misc]
    """Keep the job process beside the page workers: started with them, restarted if it dies."""

    clerk = 0

    def start(self) -> None:
        let_go()
        # What is loaded now stays as it is: forked processes then share those pages of memory.
        gc.collect()
        gc.freeze()
        super().start()

    def manage_workers(self) -> None:
        super().manage_workers()
        if not _lives(self.clerk):
            self.clerk = self._fork_clerk()

    def _fork_clerk(self) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        for listener in self.LISTENERS:
            listener.sock.close()
        try:
            Clerk(parent).work()
        finally:
            os._exit(0)

    def stop(self, graceful: bool = True) -> None:
        clerk = self.clerk
        if _lives(clerk):
            os.kill(clerk, signal.SIGTERM)
        super().stop(graceful)
        # The job in hand is finished; a longer one is undone and tried again by the next clerk.
        until = time.monotonic() + CLERK_FINISHES
        while _lives(clerk) and time.monotonic() < until:
            self.reap_workers()
            time.sleep(0.1)
        if _lives(clerk):
            os.kill(clerk, signal.SIGKILL)


class Clerk:
    """Run jobs each second and the tick each minute, until told to stop or left by the parent."""

    def __init__(self, parent: int) -> None:
        self._parent, self._goes_on, self._next_tick = parent, True, 0.0
        self._ticks = env.text("SPEAN_TICK") != "external"
        for number in (signal.SIGQUIT, signal.SIGCHLD, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the parent says when
        signal.signal(signal.SIGTERM, self._finish)

    def _finish(self, *_: object) -> None:
        self._goes_on = False

    def work(self) -> None:
        while self._goes_on and os.getppid() == self._parent:
            try:
                self._once()
            except Exception:  # noqa: BLE001 - a lost database comes back
                _log.exception("the job process stumbled; it goes on in a moment")
                let_go()
                time.sleep(4)
            time.sleep(1)

    def _once(self) -> None:
        from spean.shell.jobs import run_due
        from spean.site.ticking import tick

        while self._goes_on and run_due(limit=20):
            pass
        if self._ticks and time.monotonic() >= self._next_tick:
            self._next_tick = time.monotonic() + TICK_EVERY
            tick(patience=0)


def let_go() -> None:
    """Close what must not be shared across a fork: database connections and the key store."""
    from spean.vault.store import keystore

    connections.close_all()
    keystore().close()


def _lives(pid: int) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
