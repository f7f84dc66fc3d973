"""The kinds of facts. A fact is named room.what_happened, in the past tense."""

from __future__ import annotations

import re

from spean.kernel.text import Sentence

FACT = re.compile(r"[a-z]+\.[a-z_]+")


# What an auditor may look for that goes into the journal itself: a row, a reference; no name.
ABOUT = re.compile(r"[a-z]+\.[a-z]+(:[0-9a-f-]{0,36})?|[0-9a-f-]{8,36}|[A-Z]-[0-9A-HJKMNP-TV-Z]{6}")


class Purpose:
    """Why somebody opens names: a code in the journal (the words stay sealed elsewhere)."""

    ASSIST = "assist"
    IDENTIFY = "identify"
    CONTACT = "contact"
    TRAVEL = "travel"
    SUPERVISE = "supervise"
    CORRECT = "correct"
    ALL = (ASSIST, IDENTIFY, CONTACT, TRAVEL, SUPERVISE, CORRECT)


# What verifying may find wrong, by its code; {bad} is the number of the first bad entry.
REASONS = {
    "missing": Sentence("Entry {bad} is missing: it was deleted."),
    "changed": Sentence("Entry {bad} was changed after it was written."),
    "cut": Sentence("The tail is cut: entry {bad} and what followed are gone."),
    "rewritten": Sentence("Entry {bad} is not what a checkpoint signed: the chain was rewritten."),
    "checkpoint_forged": Sentence("The checkpoint's signature is not ours: take another copy."),
}
