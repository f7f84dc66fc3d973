"""The life of a referral and of a request to a host authority. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move


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
