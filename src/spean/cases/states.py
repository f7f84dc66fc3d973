"""The life of a case, and the codes of what happened in it. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move


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
