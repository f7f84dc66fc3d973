"""Settings from the environment, read once; an unknown SPEAN_ name is an error, not a typo lost."""

from __future__ import annotations

import os
from pathlib import Path

KNOWN = frozenset(
    {
        "SPEAN_HOME",
        "SPEAN_KEYS",
        "SPEAN_KEYS_PASSPHRASE",
        "SPEAN_TIME_ZONE",
        "SPEAN_ALLOWED_HOSTS",
        "SPEAN_PORTAL_HOST",
        "SPEAN_DESK_HOST",
        "SPEAN_HTTPS",
        "SPEAN_BEHIND_PROXY",
        "SPEAN_TRUSTED_PROXIES",
        "SPEAN_EMAIL_URL",
        "SPEAN_EXIT_URL",
        "SPEAN_LOG",
        "SPEAN_TICK",
        "SPEAN_CHROMIUM",
        "SPEAN_NOW",
    }
)


def unknown() -> list[str]:
    """Return the SPEAN_ names in the environment that mean nothing here."""
    return sorted(n for n in os.environ if n.startswith("SPEAN_") and n not in KNOWN)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not “{value}”.")


def names(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def home() -> Path:
    return Path(text("SPEAN_HOME", "var")).absolute()


def keys() -> Path:
    return Path(text("SPEAN_KEYS", str(home() / "keys"))).absolute()
