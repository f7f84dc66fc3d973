"""Settings of the tests: a throwaway home, a fast password hash, everything else as it is."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="spean-tests-"))
os.environ["SPEAN_HOME"] = str(_home)
os.environ.pop("SPEAN_KEYS", None)
os.environ["SPEAN_HTTPS"] = "0"

from spean.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, so that threads (the live server, races) see one database as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}  # noqa: F405
