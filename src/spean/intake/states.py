"""The life of a request for help, and the codes of how it came and what it needs. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move


class RequestState(StrEnum):
    """Request for help, domain page 5.1."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    INFO_NEEDED = "info_needed"  # never an end by itself
    ACCEPTED = "accepted"  # it stands in a case
    REFERRED_ELSEWHERE = "referred_elsewhere"
    CLOSED = "closed"


_R = RequestState
_OPEN = frozenset({_R.RECEIVED, _R.TRIAGED, _R.INFO_NEEDED})
LIFECYCLE = Lifecycle(
    _R.RECEIVED,
    Move("triage", frozenset({_R.RECEIVED, _R.INFO_NEEDED}), _R.TRIAGED),
    Move("ask", _OPEN, _R.INFO_NEEDED),
    Move("accept", _OPEN, _R.ACCEPTED),
    Move("refer_elsewhere", _OPEN, _R.REFERRED_ELSEWHERE),
    Move("close", _OPEN | {_R.ACCEPTED, _R.REFERRED_ELSEWHERE}, _R.CLOSED),
    Move("reopen", frozenset({_R.CLOSED, _R.REFERRED_ELSEWHERE}), _R.TRIAGED),
)


class Channel(StrEnum):
    PORTAL = "portal"
    HOTLINE = "hotline"
    WALK_IN = "walk_in"
    LETTER = "letter"
    POST = "post"  # a public post or message on a social network, pasted
    NGO = "ngo"
    MISSION = "mission"  # a foreign mission's note


class Urgency(StrEnum):
    DANGER = "danger"  # life at risk: 2 hours to first contact, around the clock
    CONFINED = "confined"
    OTHER = "other"
    UNSET = ""


class ForWhom(StrEnum):
    ME = "me"
    SOMEBODY = "somebody"
    GROUP = "group"
    TIP = "tip"  # a place or a broker, without a victim
    UNSET = ""


class Missing(StrEnum):
    """What is still needed, each with a question that can be sent in one key."""

    PLACE = "place"
    NAME = "name"
    PHOTO = "photo"
    HOLDER = "holder"
    SAFE_TIME = "safe_time"
    DOCUMENTS = "documents"
    HOW_MANY = "how_many"
    ORIGIN = "origin"


class ClosureReason(StrEnum):
    """Domain page 5.1: officials say many are not trafficking, so say what they were."""

    HELPED = "helped"  # its case was closed and help was given
    LABOUR_DISPUTE = "labour_dispute"
    MIGRATION_HELP = "migration_help"
    DOMESTIC_VIOLENCE = "domestic_violence"
    FRAUD = "fraud"
    OTHER_CRIME = "other_crime"
    UNFOUNDED = "unfounded"
    CANNOT_LOCATE = "cannot_locate"
    INSUFFICIENT = "insufficient_information"
    WITHDRAWN = "withdrawn"
    ALREADY_HOME = "already_home"
    DUPLICATE = "duplicate"
    DIED = "died"
    JUNK = "junk"
