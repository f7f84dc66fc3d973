"""What happened in a case, from the ledger, in words; and where it stands as one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.cases.queries.files import running_clocks
from spean.cases.states import OWED, CaseState, word
from spean.kernel import clock
from spean.kernel.text import Sentence
from spean.ledger.models import Entry
from spean.ledger.queries import timeline_of
from spean.ledger.states import KIND_LABELS
from spean.ledger.states import word as ledger_word
from spean.places import gazetteer
from spean.places.countries import HOME
from spean.shell.templatetags.words import day


def opened_entry(case: Case) -> Entry | None:
    """Return the ledger's entry of the case's opening that is in effect."""
    return timeline_of(case=case.key).filter(kind="case_opened").order_by("-pk").first()


def place_words(country: str, province: str) -> Sentence | str:
    """Return "Henan, China" in the reader's language, or as much of it as is known."""
    language = get_language() or "en"
    names = []
    if province:
        names.append(gazetteer.province_name(province, language))
    if country and not (country == HOME and province):
        names.append(gazetteer.country_name(country, language))
    if len(names) == 2:
        return Sentence("{province}, {country}", province=names[0], country=names[1])
    return names[0] if names else ""


@dataclass(frozen=True)
class Told:
    """One line of the story, in words."""

    when: date
    label: Sentence
    text: Sentence | str
    icon: str


_ICONS = {
    "case_opened": "document",
    "request_received": "message",
    "request_reopened": "message",
    "referred": "send",
    "answered": "message",
    "contacted": "call",
    "located": "place",
    "rescued": "check",
    "held_waiting": "clock",
    "departed": "travel",
    "repatriated": "home",
    "received": "care",
    "placed": "home",
    "assisted": "care",
    "followed_up": "call",
    "lost_contact": "warning",
    "closed": "lock",
    "prosecuted": "scales",
    "convicted": "scales",
    "acquitted": "scales",
}


def story_of(case: Case) -> list[Told]:
    """Return what happened, from the ledger, the latest first."""
    entries = timeline_of(case=case.key)
    return [_told(entry) for entry in reversed(list(entries))]


def _told(entry: Entry) -> Told:
    return Told(
        when=entry.occurred_first,
        label=KIND_LABELS[entry.counts_as],
        text=_details(entry),
        icon=_ICONS.get(entry.counts_as, "dot"),
    )


def _details(entry: Entry) -> Sentence | str:
    pieces: list[Sentence | str] = []
    if entry.occurred_first != entry.occurred_last:
        pieces.append(Sentence("known only as {date}", date=entry.occurred))
    if place := _place(entry):
        pieces.append(place)
    pieces += [ledger_word(code) for code in (entry.placement, entry.outcome) if code]
    if entry.agency:
        pieces.append(Sentence("by {agency}", agency=_agency_name(entry.agency)))
    text: Sentence | str = ""
    for piece in pieces:
        text = Sentence("{one} · {other}", one=text, other=piece) if text else piece
    return text


def _place(entry: Entry) -> Sentence | str:
    """Say where it happened; of an arrival from where, and to which province if that is known."""
    abroad = entry.from_country not in {"", HOME}
    if not abroad or entry.to_country != HOME or "-" in entry.province:
        return place_words(entry.from_country or entry.to_country, entry.province)
    origin = gazetteer.country_name(entry.from_country, get_language() or "en")
    if not entry.province:
        return Sentence("from {country}", country=origin)
    return Sentence(
        "from {country} to {province}", country=origin, province=place_words(HOME, entry.province)
    )


def _agency_name(code: str) -> str:
    office = Agency.objects.filter(code=code).first()
    return office.name_in(get_language() or "en") if office else code


# The stage a case has reached, by the latest thing that tells where the person is.
_STAGES: dict[str, Sentence] = {
    "case_opened": Sentence("Opened {ago}; where she is has not been confirmed"),
    "located": Sentence("Located in {place} {ago}, not yet safe"),
    "rescued": Sentence("Safe in {place}, rescued {ago}, not yet on the way home"),
    "held_waiting": Sentence("Waiting in {place} {span}"),
    "departed": Sentence("On the way home, departed {ago}"),
    "repatriated": Sentence("Home, arrived {ago}"),
    "received": Sentence("Home, received {ago}"),
    "placed": Sentence("Home, placed {ago}"),
    "followed_up": Sentence("Home, followed up {ago}"),
    "lost_contact": Sentence("Contact lost {ago}"),
}


def _ago(days: int) -> Sentence:
    if days <= 0:
        return Sentence("today")
    return Sentence("yesterday") if days == 1 else Sentence("{days} days ago", days=str(days))


def _span(days: int) -> Sentence:
    if days <= 0:
        return Sentence("since today")
    return Sentence("for one day") if days == 1 else Sentence("for {days} days", days=str(days))


def stage_sentence(case: Case) -> Sentence:
    """Return where the case stands, and who owes what by when, as one plain sentence."""
    if case.state == CaseState.CLOSED:
        return Sentence("Closed: {outcome}.", outcome=word(case.outcome))
    standing = _standing(case)
    owed = running_clocks(case).first()
    if owed is None:
        return Sentence("{standing}.", standing=standing)
    late = owed.due <= clock.now()
    text = (
        "{standing}; {agency} owed this by {day}: {owed}."
        if late
        else "{standing}; {agency} owes this by {day}: {owed}."
    )
    return Sentence(
        text,
        standing=standing,
        agency=owed.owner.name_in(get_language() or "en"),
        day=day(owed.due),
        owed=OWED[owed.kind],
    )


def _standing(case: Case) -> Sentence:
    told = set(_STAGES) - {"case_opened"}  # a case is often opened after what it is about
    last = timeline_of(case=case.key).filter(counts_as__in=told).last()
    kind = last.counts_as if last else "case_opened"
    since = last.occurred_first if last else clock.day_of(case.opened)
    country = last.from_country if last else case.country
    province = last.province if last else case.province
    days = (clock.today() - since).days
    return Sentence(
        _STAGES[kind].msgid,
        ago=_ago(days),
        span=_span(days),
        place=place_words(country or case.country, province or case.province)
        or Sentence("a place not yet known"),
    )
