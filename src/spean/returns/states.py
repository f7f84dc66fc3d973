"""The way home: a path of steps, and the ways off it. Pure."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.lifecycle import Lifecycle, Move
from spean.kernel.text import Sentence


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


# The straight path, in order: the verb, and the state it leads to.
PATH: tuple[tuple[str, ReturnState], ...] = (
    ("plan", _S.PLANNED),
    ("locate", _S.LOCATED),
    ("rescue", _S.RESCUED),
    ("wait", _S.WAITING),
    ("give_papers", _S.PAPERS_READY),
    ("depart", _S.TRAVELLING),
    ("arrive", _S.ARRIVED),
    ("hand_over", _S.HANDED_OVER),
)
ENDED = frozenset({_S.HANDED_OVER, _S.FELL_OUT, _S.STAYED})

# --- the words people read ---
STATE_WORDS: dict[str, Sentence] = {
    "planned": Sentence("planned"),
    "located": Sentence("found"),
    "rescued": Sentence("in safety"),
    "waiting": Sentence("waiting to travel"),
    "papers_ready": Sentence("papers ready"),
    "travelling": Sentence("travelling"),
    "arrived": Sentence("arrived"),
    "handed_over": Sentence("handed over"),
    "fell_out": Sentence("contact lost on the way"),
    "stayed": Sentence("stayed by choice"),
}
STEP_WORDS: dict[str, Sentence] = {
    "plan": Sentence("Return planned"),
    "locate": Sentence("Found"),
    "rescue": Sentence("Brought to safety"),
    "wait": Sentence("Waiting to travel"),
    "give_papers": Sentence("Papers given"),
    "depart": Sentence("Left for home"),
    "arrive": Sentence("Arrived"),
    "hand_over": Sentence("Handed over"),
}
VERB_WORDS: dict[str, Sentence] = {
    "plan": Sentence("Plan the return"),
    "locate": Sentence("Note that the person was found"),
    "rescue": Sentence("Note the rescue"),
    "wait": Sentence("Note where the person waits"),
    "give_papers": Sentence("Note the papers"),
    "depart": Sentence("Note the departure"),
    "arrive": Sentence("Note the arrival"),
    "hand_over": Sentence("Hand over"),
    "fall_out": Sentence("Contact was lost"),
    "take_up": Sentence("Take the return up again"),
    "stay": Sentence("The person wishes to stay"),
}
WAITING_WORDS: dict[str, Sentence] = {
    "police_guest_house": Sentence("a police guest house"),
    "shelter": Sentence("a shelter"),
    "embassy": Sentence("the embassy or consulate"),
    "detention": Sentence("detention"),
    "hospital": Sentence("a hospital"),
    "other": Sentence("another place"),
}
PAPERS_WORDS: dict[str, Sentence] = {
    "passport": Sentence("passport"),
    "temporary_travel_document": Sentence("temporary travel document"),
    "emergency_certificate": Sentence("emergency certificate"),
}
PLACEMENT_WORDS: dict[str, Sentence] = {
    "home": Sentence("home"),
    "social_affairs_department": Sentence("department of victim protection"),
    "social_affairs_office": Sentence("provincial office of social affairs"),
    "shelter": Sentence("a shelter"),
    "relative": Sentence("a relative"),
    "ngo": Sentence("an NGO"),
}
