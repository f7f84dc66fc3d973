"""The way home: a path of steps, and the ways off it. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move


class ReturnState(StrEnum):
    PLANNED = "planned"
    LOCATED = "located"
    RESCUED = "rescued"
    WAITING = "waiting"  # held somewhere until papers and travel are ready
    PAPERS_READY = "papers_ready"
    TRAVELLING = "travelling"
    ARRIVED = "arrived"
    HANDED_OVER = "handed_over"
    FELL_OUT = "fell_out"  # lost on the way: counted, and can be taken up again
    STAYED = "stayed"  # by her choice


_S = ReturnState
_ON_THE_WAY = frozenset(
    {_S.PLANNED, _S.LOCATED, _S.RESCUED, _S.WAITING, _S.PAPERS_READY, _S.TRAVELLING}
)
LIFECYCLE = Lifecycle(
    _S.PLANNED,
    Move("locate", frozenset({_S.PLANNED}), _S.LOCATED),
    Move("rescue", frozenset({_S.PLANNED, _S.LOCATED}), _S.RESCUED),
    Move("wait", frozenset({_S.PLANNED, _S.RESCUED}), _S.WAITING),
    Move("give_papers", frozenset({_S.RESCUED, _S.WAITING}), _S.PAPERS_READY),
    Move("depart", frozenset({_S.PAPERS_READY}), _S.TRAVELLING),
    Move("arrive", frozenset({_S.TRAVELLING}), _S.ARRIVED),
    Move("hand_over", frozenset({_S.ARRIVED}), _S.HANDED_OVER),
    Move("fall_out", _ON_THE_WAY, _S.FELL_OUT),
    Move("take_up", frozenset({_S.FELL_OUT}), _S.PLANNED),
    Move("stay", frozenset({_S.RESCUED, _S.WAITING, _S.PAPERS_READY}), _S.STAYED),
)


class WaitingPlace(StrEnum):
    POLICE_GUEST_HOUSE = "police_guest_house"
    SHELTER = "shelter"
    EMBASSY = "embassy"
    DETENTION = "detention"
    HOSPITAL = "hospital"
    OTHER = "other"


class Papers(StrEnum):
    PASSPORT = "passport"
    TEMPORARY_TRAVEL_DOCUMENT = "temporary_travel_document"
    EMERGENCY_CERTIFICATE = "emergency_certificate"


class Placement(StrEnum):
    """Where she was first taken in (ledger column ``placement``)."""

    HOME = "home"
    SOCIAL_AFFAIRS_DEPARTMENT = "social_affairs_department"
    SOCIAL_AFFAIRS_OFFICE = "social_affairs_office"
    SHELTER = "shelter"
    RELATIVE = "relative"
    NGO = "ngo"
