"""What kinds of agencies there are, and what each role may try."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.actor import Capability, Role


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


_DESK = frozenset({Capability.SEARCH_PEOPLE, Capability.OPEN_NAMES})
_CASEWORK = _DESK | {
    Capability.WORK_CASES,
    Capability.DECIDE_SAME_PERSON,
    Capability.REFER,
    Capability.ANSWER_REFERRALS,
}

# The capability catalogue (docs/reference/permissions.md is made from it).
CATALOGUE: dict[Role, frozenset[Capability]] = {
    Role.INTAKE_OFFICER: _DESK
    | {
        Capability.RECORD_REQUESTS,
        Capability.TRIAGE_REQUESTS,
        Capability.DECIDE_SAME_PERSON,
        Capability.REFER,
        Capability.ANSWER_REFERRALS,
    },
    Role.CASE_OFFICER: _CASEWORK
    | {Capability.RECORD_REQUESTS, Capability.TRIAGE_REQUESTS, Capability.ARRANGE_RETURNS},
    Role.SUPERVISOR: _CASEWORK
    | {
        Capability.RECORD_REQUESTS,
        Capability.TRIAGE_REQUESTS,
        Capability.ARRANGE_RETURNS,
        Capability.CLOSE_CASES,
    },
    Role.CONSULAR_OFFICER: _CASEWORK
    | {Capability.RECORD_REQUESTS, Capability.ASK_HOST_AUTHORITY, Capability.ARRANGE_RETURNS},
    Role.BORDER_OFFICER: _DESK | {Capability.RECEIVE_ARRIVALS, Capability.ANSWER_REFERRALS},
    Role.SOCIAL_WORKER: _DESK
    | {
        Capability.GIVE_CARE,
        Capability.RECEIVE_ARRIVALS,
        Capability.REFER,
        Capability.ANSWER_REFERRALS,
    },
    Role.COORDINATOR: frozenset(
        {Capability.SEE_PSEUDONYMOUS_CASES, Capability.MAKE_STATEMENTS, Capability.REFER}
    ),
    Role.STATISTICIAN: frozenset({Capability.MAKE_STATEMENTS}),
    Role.AUDITOR: frozenset({Capability.READ_JOURNAL}),
    Role.ADMINISTRATOR: frozenset({Capability.ADMINISTER}),
}


def capabilities_of(roles: frozenset[Role]) -> frozenset[Capability]:
    return frozenset().union(*(CATALOGUE[r] for r in roles)) if roles else frozenset()
