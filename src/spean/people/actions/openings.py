"""Opening names: for a purpose, for a shift, written down, within a day's measure."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from spean.agencies.models import User
from spean.journal import actions as journal
from spean.kernel import clock
from spean.kernel.actor import Actor, Kind
from spean.kernel.errors import Denied, Invalid
from spean.kernel.text import Sentence
from spean.people import access
from spean.people.models import Opening, Person
from spean.people.states import OpeningPurpose

SHIFT = timedelta(hours=8)


def open_names(person: Person, *, actor: Actor, purpose: str, note: str = "") -> Opening:
    """Open a person's names to the actor until the end of the shift.

    Records of the actor's own agency, and those it was granted to see, cost nothing; strangers'
    records count against the day's budget, and what goes over it is refused and journalled.
    """
    access.opening.require(actor, person)
    return _open([person], actor, purpose, note)[0]


def open_both(
    one: Person, other: Person, *, actor: Actor, purpose: str, note: str = ""
) -> tuple[Opening, Opening]:
    """Open two persons' names at once, to compare them, for one purpose."""
    access.opening.require(actor, one)
    access.opening.require(actor, other)
    opened = _open([one, other], actor, purpose, note)
    return opened[0], opened[1]


def _open(people: list[Person], actor: Actor, purpose: str, note: str) -> list[Opening]:
    if actor.kind is not Kind.USER:
        raise Denied(Sentence("Only somebody who is signed in opens names."))
    if purpose not in set(OpeningPurpose):
        raise Invalid(Sentence("Say why you open the name: choose a purpose."), field="purpose")
    with transaction.atomic():
        # One at a time a user: many openings at once must not each be the last that is allowed.
        User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
        strangers = {person.pk for person in people if not access.is_theirs(actor, person)}
        fresh = strangers - access.counted_today(actor)
        why = access.opening_strangers.reason(actor, len(fresh))
        if why is None:
            return _write(people, actor, purpose, note, strangers)
    # Outside the transaction that is refused: the alarm stays.
    journal.record(
        actor, "people.budget_exceeded", purpose=purpose, person=people[0].ref, count=len(fresh)
    )
    raise Denied(why)


def _write(
    people: list[Person], actor: Actor, purpose: str, note: str, strangers: set[uuid.UUID]
) -> list[Opening]:
    now = clock.now()
    opened = []
    for person in people:
        opening = Opening(
            person=person,
            user_id=actor.user_id or 0,
            purpose=purpose,
            note=note.strip(),
            counted=person.pk in strangers,
            at=now,
            until=now + SHIFT,
        )
        opening.save(force_insert=True)
        opened.append(opening)
    for person in people:
        journal.record(
            actor,
            "people.names_opened",
            person,
            purpose=purpose,
            stranger=person.pk in strangers,
        )
    return opened
