"""The life of a case, and the codes of what happened in it. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move
from spean.kernel.text import Sentence


class CaseState(StrEnum):
    OPEN = "open"
    ACTIVE = "active"
    CLOSED = "closed"


LIFECYCLE = Lifecycle(
    CaseState.OPEN,
    Move("start", frozenset({CaseState.OPEN}), CaseState.ACTIVE),
    Move("close", frozenset({CaseState.OPEN, CaseState.ACTIVE}), CaseState.CLOSED),
    Move("reopen", frozenset({CaseState.CLOSED}), CaseState.ACTIVE),
)


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


TASK_LIFECYCLE = Lifecycle(
    TaskState.OPEN,
    Move("finish", frozenset({TaskState.OPEN}), TaskState.DONE),
    Move("drop", frozenset({TaskState.OPEN}), TaskState.DROPPED),
)


class PersonRole(StrEnum):
    VICTIM = "victim"  # potential victim until a decision: see the words shown
    RELATIVE = "relative"
    WITNESS = "witness"
    SUSPECT = "suspect"


class Form(StrEnum):
    """Form of exploitation (HTCDS vic_TypeOfExploitation; forced criminality added)."""

    FORCED_MARRIAGE = "forced_marriage"
    FORCED_LABOUR = "forced_labour"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    FORCED_CRIMINALITY = "forced_criminality"
    DOMESTIC_SERVITUDE = "domestic_servitude"
    FORCED_BEGGING = "forced_begging"
    TRAFFICKING = "trafficking"
    OTHER = "other"
    UNKNOWN = ""


class StageKind(StrEnum):
    """What happened in a stage of the story (Palermo: act; HTCDS hte_Type)."""

    RECRUITED = "recruited"
    TRANSPORTED = "transported"
    HELD = "held"
    PASSED_ON = "passed_on"
    EXPLOITED = "exploited"
    ESCAPED = "escaped"


class Outcome(StrEnum):
    SAFE_RETURN = "safe_return"
    STAYED_BY_CHOICE = "stayed_by_choice"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    UNFOUNDED = "unfounded"
    WITHDRAWN = "withdrawn"
    LOST_CONTACT = "lost_contact"
    DIED = "died"


class ClockKind(StrEnum):
    TRIAGE = "triage"
    FIRST_CONTACT = "first_contact"
    INFORMATION_NEEDED = "information_needed"
    REFERRAL_ANSWER = "referral_answer"
    HOST_ANSWER = "host_answer"
    HELD_WAITING = "held_waiting"
    PAPERS = "papers"
    RECEPTION = "reception"
    FOLLOW_UP = "follow_up"
    SAFETY_CHECK = "safety_check"
    TASK = "task"


WORDS: dict[str, Sentence] = {
    "open": Sentence("open"),
    "active": Sentence("being worked on"),
    "closed": Sentence("closed"),
    "done": Sentence("done"),
    "dropped": Sentence("not needed any more"),
    # A victim only after a decision (glossary: potential victim).
    "victim": Sentence("person to be helped"),
    "relative": Sentence("relative"),
    "witness": Sentence("witness"),
    "suspect": Sentence("suspect"),
    "forced_marriage": Sentence("forced marriage"),
    "forced_labour": Sentence("forced labour"),
    "sexual_exploitation": Sentence("sexual exploitation"),
    "forced_criminality": Sentence("forced criminality"),
    "domestic_servitude": Sentence("domestic servitude"),
    "forced_begging": Sentence("forced begging"),
    "trafficking": Sentence("trafficking in persons"),
    "other": Sentence("other"),
    "": Sentence("not known"),
    "recruited": Sentence("Recruited or deceived"),
    "transported": Sentence("Taken across or within countries"),
    "held": Sentence("Held"),
    "passed_on": Sentence("Passed on to others"),
    "exploited": Sentence("Exploited"),
    "escaped": Sentence("Got away"),
    "safe_return": Sentence("safe return"),
    "stayed_by_choice": Sentence("stayed by her own choice"),
    "referred_elsewhere": Sentence("referred elsewhere"),
    "unfounded": Sentence("unfounded after contact"),
    "withdrawn": Sentence("withdrawn by the person"),
    "lost_contact": Sentence("contact lost"),
    "died": Sentence("died"),
}

# What is owed while a clock runs, as the owner reads it.
OWED: dict[str, Sentence] = {
    "triage": Sentence("Triage a plea"),
    "first_contact": Sentence("Make first contact"),
    "information_needed": Sentence("Ask again for what is missing"),
    "referral_answer": Sentence("Answer a referral"),
    "host_answer": Sentence("Ask the host authority again"),
    "held_waiting": Sentence("Look again at a person held waiting"),
    "papers": Sentence("Get travel papers"),
    "reception": Sentence("Receive an arrival"),
    "follow_up": Sentence("Follow up"),
    "safety_check": Sentence("Check by another road that she is safe"),
    "task": Sentence("Finish a task"),
}


def word(code: str) -> Sentence | str:
    """Return the word for a code, or the code with its underscores as spaces."""
    return WORDS.get(code) or code.replace("_", " ")
