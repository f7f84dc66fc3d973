"""The kinds of facts. A fact is named room.what_happened, in the past tense."""

from __future__ import annotations

import re

FACT = re.compile(r"[a-z]+\.[a-z_]+")


class Purpose:
    """Why somebody opens names: a code in the journal (the words stay sealed elsewhere)."""

    ASSIST = "assist"
    IDENTIFY = "identify"
    CONTACT = "contact"
    TRAVEL = "travel"
    SUPERVISE = "supervise"
    CORRECT = "correct"
    ALL = (ASSIST, IDENTIFY, CONTACT, TRAVEL, SUPERVISE, CORRECT)
