"""Eight writers at once, on a real installation of their own."""

import json
import os
import subprocess
import sys


def test_pleas_written_at_once_are_all_kept_and_the_journal_holds(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPEAN_", "DJANGO_"))}
    environment |= {"SPEAN_HOME": str(tmp_path)}
    program = "from spean.site.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "bench", "intake", "--size", "40", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["ours"]["errors"] == found["peer"]["errors"] == 0
    assert found["verified"]
    assert {"per_second", "p50_ms", "p95_ms"} <= set(found["ours"])
    assert found["ratio"] > 0
    assert list(tmp_path.iterdir()) == []
