"""What kinds of agencies there are, and what each role may try."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.actor import Capability as C
from spean.kernel.actor import Role


class AgencyKind(StrEnum):
    COMMITTEE = "committee"
    MINISTRY = "ministry"
    DEPARTMENT = "department"
    POLICE = "police"
    HOTLINE = "hotline"
    IMMIGRATION = "immigration"
    CHECKPOINT = "checkpoint"
    FOREIGN_MINISTRY = "foreign_ministry"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    SOCIAL_AFFAIRS = "social_affairs"
    SHELTER = "shelter"
    NGO = "ngo"
    FOREIGN_MISSION = "foreign_mission"
    COURT = "court"
    DATA_PROTECTION = "data_protection"
    OTHER = "other"


_DESK = frozenset({C.SEARCH_PEOPLE, C.OPEN_NAMES})
_CASEWORK = _DESK | {C.WORK_CASES, C.DECIDE_SAME_PERSON, C.REFER, C.ANSWER_REFERRALS}

# The capability catalogue (docs/reference/permissions.md is made from it).
CATALOGUE: dict[Role, frozenset[C]] = {
    Role.INTAKE_OFFICER: _DESK
    | {C.RECORD_REQUESTS, C.TRIAGE_REQUESTS, C.DECIDE_SAME_PERSON, C.REFER, C.ANSWER_REFERRALS},
    Role.CASE_OFFICER: _CASEWORK | {C.RECORD_REQUESTS, C.TRIAGE_REQUESTS, C.ARRANGE_RETURNS},
    Role.SUPERVISOR: _CASEWORK
    | {C.RECORD_REQUESTS, C.TRIAGE_REQUESTS, C.ARRANGE_RETURNS, C.CLOSE_CASES},
    Role.CONSULAR_OFFICER: _CASEWORK | {C.RECORD_REQUESTS, C.ASK_HOST_AUTHORITY, C.ARRANGE_RETURNS},
    Role.BORDER_OFFICER: _DESK | {C.RECEIVE_ARRIVALS, C.ANSWER_REFERRALS},
    Role.SOCIAL_WORKER: _DESK | {C.GIVE_CARE, C.RECEIVE_ARRIVALS, C.REFER, C.ANSWER_REFERRALS},
    Role.COORDINATOR: frozenset({C.SEE_PSEUDONYMOUS_CASES, C.MAKE_STATEMENTS, C.REFER}),
    Role.STATISTICIAN: frozenset({C.MAKE_STATEMENTS}),
    Role.AUDITOR: frozenset({C.READ_JOURNAL}),
    Role.ADMINISTRATOR: frozenset({C.ADMINISTER}),
}


def capabilities_of(roles: frozenset[Role]) -> frozenset[C]:
    return frozenset().union(*(CATALOGUE[r] for r in roles)) if roles else frozenset()
