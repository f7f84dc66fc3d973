"""The only writers of the ledger."""

from __future__ import annotations

from spean.ledger.actions.loading import Loaded, load, load_lines, remove_broken_off
from spean.ledger.actions.recording import record

__all__ = ["Loaded", "load", "load_lines", "record", "remove_broken_off"]
