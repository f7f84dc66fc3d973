"""Who acts: an explicit value, built once at the door and handed down by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person does at an agency (product.md, "Who uses it")."""

    INTAKE_OFFICER = "intake_officer"
    CASE_OFFICER = "case_officer"
    SUPERVISOR = "supervisor"
    CONSULAR_OFFICER = "consular_officer"
    BORDER_OFFICER = "border_officer"
    SOCIAL_WORKER = "social_worker"
    COORDINATOR = "coordinator"
    STATISTICIAN = "statistician"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Capability(StrEnum):
    """What a role may try; a policy still decides about the record in hand."""

    RECORD_REQUESTS = "record_requests"
    TRIAGE_REQUESTS = "triage_requests"
    OPEN_NAMES = "open_names"
    SEARCH_PEOPLE = "search_people"
    DECIDE_SAME_PERSON = "decide_same_person"
    WORK_CASES = "work_cases"
    CLOSE_CASES = "close_cases"
    REFER = "refer"
    ANSWER_REFERRALS = "answer_referrals"
    ASK_HOST_AUTHORITY = "ask_host_authority"
    ARRANGE_RETURNS = "arrange_returns"
    RECEIVE_ARRIVALS = "receive_arrivals"
    GIVE_CARE = "give_care"
    SEE_PSEUDONYMOUS_CASES = "see_pseudonymous_cases"
    MAKE_STATEMENTS = "make_statements"
    READ_JOURNAL = "read_journal"
    ADMINISTER = "administer"


class Kind(StrEnum):
    USER = "user"
    OPERATOR = "operator"  # the command line
    PUBLIC = "public"  # the portal: nobody is signed in
    SYSTEM = "system"  # the clock


@dataclass(frozen=True)
class Actor:
    """Carry who acts: ids of user and agency, roles, and what the roles allow."""

    kind: Kind
    user_id: int | None = None
    agency_id: int | None = None
    agency_code: str = ""
    roles: frozenset[Role] = frozenset()
    capabilities: frozenset[Capability] = frozenset()
    label: str = field(default="", compare=False)
    purpose: str = ""

    def can(self, capability: Capability) -> bool:
        return capability in self.capabilities


PUBLIC = Actor(kind=Kind.PUBLIC)
SYSTEM = Actor(kind=Kind.SYSTEM, label="system")
