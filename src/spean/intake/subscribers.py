"""What intake does when a case is closed: the pleas that stand in it are closed with it."""

from __future__ import annotations

from spean.cases.events import CaseClosed
from spean.intake.actions import desk
from spean.kernel.events import subscribe


@subscribe(CaseClosed, "intake.close_with_case")
def close_requests(event: CaseClosed) -> None:
    """Close the pleas of a case with the outcome of the case; twice does nothing more."""
    desk.close_with_case(event.case_id, event.outcome)
