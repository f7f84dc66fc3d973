"""The vocabulary of the ledger: what can happen, to whom, how. Pure; labels are Sentences."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.text import Sentence


class Kind(StrEnum):
    """What happened. One entry records one of these, of one person at most."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_CLOSED = "request_closed"
    REQUEST_REOPENED = "request_reopened"
    REFERRED = "referred"
    ANSWERED = "answered"
    CONTACTED = "contacted"
    LOCATED = "located"
    RESCUED = "rescued"
    HELD_WAITING = "held_waiting"
    PRESUMED = "presumed"
    IDENTIFIED = "identified"
    NOT_IDENTIFIED = "not_identified"
    DEPARTED = "departed"
    REPATRIATED = "repatriated"
    RECEIVED = "received"
    PLACED = "placed"
    ASSISTED = "assisted"
    FOLLOWED_UP = "followed_up"
    LOST_CONTACT = "lost_contact"
    CLOSED = "closed"
    RETURNED_MIGRANT = "returned_migrant"
    DEPORTED = "deported"
    DEPARTURE_INTERVIEWED = "departure_interviewed"
    DEPARTURE_STOPPED = "departure_stopped"
    CASE_OPENED = "case_opened"
    OPERATION_EXECUTED = "operation_executed"
    PERSON_FOUND = "person_found"
    FACILITY_CLOSED = "facility_closed"
    SUSPECT_IDENTIFIED = "suspect_identified"
    SUSPECT_DETAINED = "suspect_detained"
    SUSPECT_AT_LARGE = "suspect_at_large"
    PROSECUTED = "prosecuted"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    COMPLAINT_RECEIVED = "complaint_received"
    FINE_WAIVED = "fine_waived"
    PERSONS_JOINED = "persons_joined"
    PERSONS_PARTED = "persons_parted"
    CORRECTED = "corrected"  # of an entry: counts as what that entry was
    WITHDRAWN = "withdrawn"  # of an entry: takes it out


KINDS = frozenset(k.value for k in Kind)
# They name the entry they are about, and may leave the day to it.
OF_AN_ENTRY = frozenset({Kind.CORRECTED.value, Kind.WITHDRAWN.value})
OF_TWO_PERSONS = frozenset({Kind.PERSONS_JOINED.value, Kind.PERSONS_PARTED.value})

SEXES = frozenset({"female", "male", "other"})
ROLES = frozenset({"victim", "suspect", "traveller", "companion", "migrant", "other"})

# The columns of the CSV, in the order Spean writes them; read in any order.
COLUMNS = (
    "kind", "occurred", "recorded", "person", "case", "request", "return", "operation",
    "proceeding", "interview", "agency", "supporting", "from", "to", "province", "checkpoint",
    "sex", "age", "nationality", "role", "form", "cause", "placement", "outcome", "id",
    "supersedes", "other",
)  # fmt: skip
KEYS = ("person", "case", "request", "return", "operation", "proceeding", "interview")
SLUGS = ("form", "cause", "placement", "outcome")
COUNTRIES = ("from", "to", "nationality")

# A column of the CSV whose name is taken in Python or SQL, and its field in the table.
FIELDS = {"return": "return_key", "from": "from_country", "to": "to_country", "id": "ref"}


def field_of(column: str) -> str:
    return FIELDS.get(column, column)


KIND_LABELS: dict[str, Sentence] = {
    "request_received": Sentence("Request received"),
    "request_closed": Sentence("Request closed"),
    "request_reopened": Sentence("Request reopened"),
    "referred": Sentence("Referred to another agency"),
    "answered": Sentence("Referral answered"),
    "contacted": Sentence("Contact made"),
    "located": Sentence("Located"),
    "rescued": Sentence("Rescued"),
    "held_waiting": Sentence("Held, waiting to travel"),
    "presumed": Sentence("Presumed a victim"),
    "identified": Sentence("Identified as a victim"),
    "not_identified": Sentence("Not identified as a victim"),
    "departed": Sentence("Departed for home"),
    "repatriated": Sentence("Arrived home"),
    "received": Sentence("Received"),
    "placed": Sentence("Placed"),
    "assisted": Sentence("Assisted"),
    "followed_up": Sentence("Followed up"),
    "lost_contact": Sentence("Contact lost"),
    "closed": Sentence("Closed"),
    "returned_migrant": Sentence("Returned as a migrant"),
    "deported": Sentence("Deported"),
    "departure_interviewed": Sentence("Interviewed at departure"),
    "departure_stopped": Sentence("Stopped at departure"),
    "case_opened": Sentence("Case opened"),
    "operation_executed": Sentence("Operation executed"),
    "person_found": Sentence("Found in an operation"),
    "facility_closed": Sentence("Facility closed"),
    "suspect_identified": Sentence("Suspect identified"),
    "suspect_detained": Sentence("Suspect detained"),
    "suspect_at_large": Sentence("Suspect at large"),
    "prosecuted": Sentence("Brought before a court"),
    "convicted": Sentence("Convicted"),
    "acquitted": Sentence("Acquitted"),
    "complaint_received": Sentence("Complaint received"),
    "fine_waived": Sentence("Fine waived"),
    "persons_joined": Sentence("Two records found to be one person"),
    "persons_parted": Sentence("Two records found to be two persons"),
    "corrected": Sentence("Entry corrected"),
    "withdrawn": Sentence("Entry withdrawn"),
}

# Words for the codes people meet most. The lists of form, cause, placement and outcome are open:
# a code without a word here is shown as it is written.
WORDS: dict[str, Sentence] = {
    "female": Sentence("female"),
    "male": Sentence("male"),
    "other": Sentence("other"),
    "unknown": Sentence("unknown"),
    "victim": Sentence("victim"),
    "suspect": Sentence("suspect"),
    "traveller": Sentence("traveller"),
    "companion": Sentence("companion"),
    "migrant": Sentence("migrant"),
    "forced_marriage": Sentence("forced marriage"),
    "trafficking": Sentence("trafficking in persons"),
    "rights_abuse": Sentence("abuse of rights"),
    "forced_labour": Sentence("forced labour"),
    "sexual_exploitation": Sentence("sexual exploitation"),
    "forced_criminality": Sentence("forced criminality"),
    "domestic_servitude": Sentence("domestic servitude"),
    "begging": Sentence("forced begging"),
    "deception": Sentence("deception"),
    "debt": Sentence("debt"),
    "sale": Sentence("sale"),
    "abduction": Sentence("abduction"),
    "home": Sentence("returned home"),
    "social_affairs_department": Sentence("department of victim protection"),
    "social_affairs_office": Sentence("provincial office of social affairs"),
    "shelter": Sentence("shelter"),
    "foster_care": Sentence("foster care"),
    "went_home": Sentence("allowed to return home"),
    "suspected": Sentence("suspected"),
    "accepted": Sentence("accepted"),
    "declined": Sentence("declined"),
    "reached": Sentence("reached"),
    "not_reached": Sentence("not reached"),
}


def word(code: str) -> Sentence | str:
    """Return the word for a code, or the code with its underscores as spaces."""
    return WORDS.get(code) or code.replace("_", " ")
