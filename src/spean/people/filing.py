"""All that is held on one person, and who saw it: what "spean people file" hands over."""

from __future__ import annotations

from typing import Any

from spean.journal.queries import seen_by
from spean.ledger.queries import timeline_of
from spean.people.models import Person
from spean.people.queries import consents_of, names_of, one_of, standing_pairings


def file_of(person: Person) -> dict[str, Any]:
    """Return everything held on a person, opened, as plain values."""
    return {
        "ref": person.ref,
        "same_as": [row.ref for row in one_of(person)[1:]],
        "sex": person.sex,
        "born": str(person.born),
        "is_minor": person.is_minor,
        "nationality": person.nationality,
        "home_province": person.home_province,
        "home_place": str(person.home_place),
        "reported_by": person.source_agency.code if person.source_agency else None,
        "registered": person.made.isoformat(),
        "erased": person.erased.isoformat() if person.erased else None,
        "names": [
            {"written": str(n.written), "script": n.script, "kind": n.kind, "source": n.source}
            for n in names_of(person)
        ],
        "contacts": [
            {
                "whose": c.whose,
                "channel": c.channel,
                "address": str(c.address),
                "hours": str(c.hours),
                "may_leave_message": c.may_leave_message,
            }
            for c in person.contacts.order_by("noted")
        ],
        "consents": [
            {
                "purpose": c.purpose,
                "recipient": c.recipient.code if c.recipient else None,
                "basis": c.basis,
                "given": c.given.isoformat(),
                "withdrawn": c.withdrawn.isoformat() if c.withdrawn else None,
            }
            for c in consents_of(person)
        ],
        "shown_to": [
            {
                "agency": g.agency.code,
                "basis": g.basis,
                "fields": g.fields,
                "excluded": g.excluded,
                "since": g.since.isoformat(),
                "withdrawn": g.withdrawn.isoformat() if g.withdrawn else None,
            }
            for g in person.grants.select_related("agency").order_by("since")
        ],
        "decisions": [
            {"decision": p.decision, "decided": p.decided.isoformat()}
            for p in standing_pairings(person)
        ],
        "happened": [
            {"kind": e.counts_as, "occurred": e.occurred, "agency": e.agency}
            for e in timeline_of(person=person.key)
        ],
        "seen": [
            {
                "at": f.at.isoformat(),
                "user": f.user_id,
                "agency": f.agency,
                "fact": f.fact,
                "purpose": f.purpose,
            }
            for f in seen_by(person)
        ],
    }
