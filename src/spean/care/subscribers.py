"""What care does when something happens below: a hand-over tells whom to expect."""

from __future__ import annotations

from spean.agencies.models import Agency
from spean.care import actions
from spean.kernel.actor import SYSTEM
from spean.kernel.events import subscribe
from spean.returns.events import HandedOver
from spean.returns.models import Return


@subscribe(HandedOver, "care.expect")
def expect(event: HandedOver) -> None:
    """Tell the receiving agency whom to expect."""
    ret = Return.objects.select_related("case", "person").get(pk=event.return_id)
    agency = Agency.objects.get(pk=event.receiver_id)
    actions.expect(ret.case, ret.person, actor=SYSTEM, agency=agency, return_id=ret.pk)
