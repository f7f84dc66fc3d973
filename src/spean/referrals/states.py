"""The life of a referral and of a request to a host authority. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move
from spean.kernel.text import Sentence


class ReferralState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ANSWERED = "answered"  # done, with what came of it
    WITHDRAWN = "withdrawn"


_S = ReferralState
LIFECYCLE = Lifecycle(
    _S.SENT,
    Move("accept", frozenset({_S.SENT}), _S.ACCEPTED),
    Move("decline", frozenset({_S.SENT}), _S.DECLINED),
    Move("answer", frozenset({_S.SENT, _S.ACCEPTED}), _S.ANSWERED),
    Move("withdraw", frozenset({_S.SENT, _S.ACCEPTED}), _S.WITHDRAWN),
)


class Purpose(StrEnum):
    """What the other agency is asked to do."""

    LOCATE = "locate"
    VERIFY_NATIONALITY = "verify_nationality"
    ASK_HOST = "ask_host"
    PAPERS = "papers"
    RESCUE = "rescue"
    INVESTIGATE = "investigate"
    RECEIVE = "receive"
    SHELTER = "shelter"
    LEGAL_AID = "legal_aid"
    CONTACT_FAMILY = "contact_family"


class Answer(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    NOT_POSSIBLE = "not_possible"
    NOT_OURS = "not_ours"


class HostState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"


HOST_LIFECYCLE = Lifecycle(
    HostState.ASKED,
    Move("answer", frozenset({HostState.ASKED}), HostState.ANSWERED),
)


class HostAnswer(StrEnum):
    LOCATED = "located"
    RESCUED = "rescued"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    MORE_NEEDED = "more_needed"


class Disclosed(StrEnum):
    """What of a person a referral may show: each box is ticked on its own."""

    NAMES = "names"
    BORN = "born"
    HOME = "home"
    CONTACTS = "contacts"
    STORY = "story"  # the case file itself


# --- the words people read ---
STATE_WORDS: dict[str, Sentence] = {
    "sent": Sentence("sent, waiting for an answer"),
    "accepted": Sentence("accepted, being worked on"),
    "declined": Sentence("declined"),
    "answered": Sentence("answered"),
    "withdrawn": Sentence("taken back"),
}
PURPOSE_WORDS: dict[str, Sentence] = {
    "locate": Sentence("find where the person is"),
    "verify_nationality": Sentence("verify nationality"),
    "ask_host": Sentence("ask the authorities of the other country"),
    "papers": Sentence("prepare travel papers"),
    "rescue": Sentence("bring the person to safety"),
    "investigate": Sentence("investigate"),
    "receive": Sentence("receive the person on arrival"),
    "shelter": Sentence("give shelter"),
    "legal_aid": Sentence("give legal aid"),
    "contact_family": Sentence("contact the family"),
}
ANSWER_WORDS: dict[str, Sentence] = {
    "done": Sentence("done"),
    "partly": Sentence("partly done"),
    "not_possible": Sentence("not possible"),
    "not_ours": Sentence("not ours to do"),
}
HOST_ANSWER_WORDS: dict[str, Sentence] = {
    "located": Sentence("they found the person"),
    "rescued": Sentence("they brought the person to safety"),
    "not_found": Sentence("they did not find the person"),
    "refused": Sentence("they refused"),
    "more_needed": Sentence("they need more facts"),
}
DISCLOSED_WORDS: dict[str, Sentence] = {
    "names": Sentence("names"),
    "born": Sentence("date of birth"),
    "home": Sentence("home place"),
    "contacts": Sentence("how to reach the person safely"),
    "story": Sentence("the case file: what happened, in words"),
}
