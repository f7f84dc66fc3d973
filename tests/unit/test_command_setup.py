"""What cannot be used, a folder, a database, a setting, is told in a sentence by a real process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"SPEAN_TIME_ZONE": "Mars/Olympus"}, "SPEAN_TIME_ZONE names no time zone"),
        ({"SPEAN_LOG": "shout"}, "SPEAN_LOG is one of"),
        ({"SPEAN_HOME": "{here}/file/below"}, "cannot be used"),
        ({"DATABASE_URL": "sqlite:///{here}/file"}, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path, given, says):
    (tmp_path / "file").write_bytes(b"this is no database" * 100)
    settings = {name: value.format(here=tmp_path) for name, value in given.items()}
    place = {"PATH": os.environ["PATH"], "SPEAN_HOME": str(tmp_path / "home")}
    program = "from spean.site.cli import main; main()"
    words = [sys.executable, "-c", program, "agency", "list"]
    done = subprocess.run(words, env=place | settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
