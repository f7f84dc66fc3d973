"""Everything that changes a case: one function for each verb a caseworker would use."""

from spean.cases.actions.clocks import Raised, start_clock, stop_clock, tick
from spean.cases.actions.files import (
    add_person,
    close,
    describe,
    open_case,
    reopen,
    start,
)
from spean.cases.actions.plan import add_note, add_task, drop_task, finish_task
from spean.cases.actions.seeing import exclude, grant, let_in, withdraw_grants
from spean.cases.actions.stages import add_stage, change_stage

__all__ = [
    "Raised",
    "add_note",
    "add_person",
    "add_stage",
    "add_task",
    "change_stage",
    "close",
    "describe",
    "drop_task",
    "exclude",
    "finish_task",
    "grant",
    "let_in",
    "open_case",
    "reopen",
    "start",
    "start_clock",
    "stop_clock",
    "tick",
    "withdraw_grants",
]
