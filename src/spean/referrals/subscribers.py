"""What referrals do when something happens below: a withdrawn consent recalls what was shared."""

from __future__ import annotations

from spean.kernel.actor import SYSTEM
from spean.kernel.events import subscribe
from spean.people.events import ConsentWithdrawn
from spean.people.models import Person
from spean.people.queries import one_of
from spean.referrals import actions


@subscribe(ConsentWithdrawn, "referrals.recall")
def recall(event: ConsentWithdrawn) -> None:
    """Take back, row by row, what referrals show of the person."""
    person = Person.objects.filter(pk=event.person_id).first()
    for row in one_of(person) if person else []:
        actions.recall(row, actor=SYSTEM)
