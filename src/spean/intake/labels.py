"""What the codes of a request are called on the desk."""

from __future__ import annotations

from spean.intake.states import Channel, ClosureReason, ForWhom, RequestState, Urgency
from spean.kernel.text import Sentence

STATES = {
    RequestState.RECEIVED: Sentence("New"),
    RequestState.TRIAGED: Sentence("Triaged"),
    RequestState.INFO_NEEDED: Sentence("Waiting for an answer"),
    RequestState.ACCEPTED: Sentence("In a case"),
    RequestState.REFERRED_ELSEWHERE: Sentence("Referred elsewhere"),
    RequestState.CLOSED: Sentence("Closed"),
}
CHANNELS = {
    Channel.PORTAL: Sentence("Written on the web"),
    Channel.HOTLINE: Sentence("Telephone"),
    Channel.WALK_IN: Sentence("Came in person"),
    Channel.LETTER: Sentence("Letter"),
    Channel.POST: Sentence("Post or message on a social network"),
    Channel.NGO: Sentence("From an NGO"),
    Channel.MISSION: Sentence("From a foreign mission"),
}
URGENCIES = {
    Urgency.DANGER: Sentence("Life in danger"),
    Urgency.CONFINED: Sentence("Held, cannot leave"),
    Urgency.OTHER: Sentence("Neither"),
}
FOR_WHOM = {
    ForWhom.ME: Sentence("The writer"),
    ForWhom.SOMEBODY: Sentence("Somebody else"),
    ForWhom.GROUP: Sentence("A group"),
    ForWhom.TIP: Sentence("A place or a broker, no victim named"),
}
RELATIONS = {
    "self": Sentence("The person herself or himself"),
    "mother": Sentence("Mother"),
    "father": Sentence("Father"),
    "spouse": Sentence("Wife or husband"),
    "child": Sentence("Daughter or son"),
    "sibling": Sentence("Sister or brother"),
    "relative": Sentence("Another relative"),
    "friend": Sentence("Friend"),
    "neighbour": Sentence("Neighbour"),
    "ngo": Sentence("NGO"),
    "mission": Sentence("Foreign mission"),
    "official": Sentence("Official"),
    "other": Sentence("Other"),
}
REASONS = {
    ClosureReason.HELPED: Sentence("Helped: its case is closed"),
    ClosureReason.LABOUR_DISPUTE: Sentence("A labour dispute"),
    ClosureReason.MIGRATION_HELP: Sentence("Help with migration or papers"),
    ClosureReason.DOMESTIC_VIOLENCE: Sentence("Violence at home"),
    ClosureReason.FRAUD: Sentence("Fraud"),
    ClosureReason.OTHER_CRIME: Sentence("Another crime"),
    ClosureReason.UNFOUNDED: Sentence("Unfounded, after speaking with the person"),
    ClosureReason.CANNOT_LOCATE: Sentence("The person cannot be found"),
    ClosureReason.INSUFFICIENT: Sentence("Too vague, after asking three times"),
    ClosureReason.WITHDRAWN: Sentence("Withdrawn, and checked that the person is safe"),
    ClosureReason.ALREADY_HOME: Sentence("Already home"),
    ClosureReason.DUPLICATE: Sentence("The same plea stands elsewhere"),
    ClosureReason.DIED: Sentence("The person has died"),
    ClosureReason.JUNK: Sentence("Junk, from quarantine"),
}
