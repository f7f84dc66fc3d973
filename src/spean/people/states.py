"""What is known of a person, in codes."""

from __future__ import annotations

from enum import StrEnum

from spean.kernel.text import Sentence


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = ""


class NameKind(StrEnum):
    FULL = "full"
    ALIAS = "alias"
    SOCIAL = "social"  # the name on a social network
    PASSPORT = "passport"


class Channel(StrEnum):
    PHONE = "phone"
    MESSENGER = "messenger"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER = "other"


class ConsentPurpose(StrEnum):
    """What one may agree to, each on its own (guard.md)."""

    ASSIST = "assist"
    CONTACT_FAMILY = "contact_family"
    SHARE_POLICE = "share_police"
    SHARE_HOST_STATE = "share_host_state"
    SHARE_EMBASSY = "share_embassy"
    SHARE_NGO = "share_ngo"
    STATISTICS = "statistics"


class ConsentBasis(StrEnum):
    """How it was given; danger to life and legal duty stand where she cannot be asked."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    GUARDIAN = "guardian"
    DANGER_TO_LIFE = "danger_to_life"
    LEGAL_DUTY = "legal_duty"


# Where she could not be asked, why must be written down, and seconded.
WITHOUT_HER = frozenset({ConsentBasis.DANGER_TO_LIFE, ConsentBasis.LEGAL_DUTY})


class Decision(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"


class OpeningPurpose(StrEnum):
    """Why somebody opens names (the codes of the journal's Purpose)."""

    ASSIST = "assist"
    IDENTIFY = "identify"
    CONTACT = "contact"
    TRAVEL = "travel"
    SUPERVISE = "supervise"
    CORRECT = "correct"


class ErasureReason(StrEnum):
    ASKED = "asked"  # she asked for it
    RETENTION = "retention"
    MISTAKE = "mistake"
    COURT = "court"


# What an agency may be shown of a person, each on its own.
FIELDS = ("names", "born", "home", "contacts")

WORDS: dict[str, Sentence] = {
    "female": Sentence("female"),
    "male": Sentence("male"),
    "other": Sentence("other"),
    "": Sentence("not known"),
    "full": Sentence("full name"),
    "alias": Sentence("alias"),
    "social": Sentence("name on a social network"),
    "passport": Sentence("as in the passport"),
    "phone": Sentence("telephone"),
    "messenger": Sentence("messenger"),
    "email": Sentence("e-mail"),
    "address": Sentence("address"),
    "self": Sentence("her own"),
    "mother": Sentence("mother"),
    "father": Sentence("father"),
    "sibling": Sentence("sister or brother"),
    "friend": Sentence("friend"),
    "assist": Sentence("To assist the person"),
    "identify": Sentence("To find out whether two records are one person"),
    "contact": Sentence("To contact the person or the family"),
    "travel": Sentence("For papers and travel"),
    "supervise": Sentence("To supervise the work"),
    "correct": Sentence("To correct the record"),
    "same": Sentence("the same person"),
    "different": Sentence("two different persons"),
    "not_sure": Sentence("not sure yet"),
}

CONSENT_WORDS: dict[str, Sentence] = {
    "assist": Sentence("to be assisted"),
    "contact_family": Sentence("to contact the family"),
    "share_police": Sentence("to share with the police"),
    "share_host_state": Sentence("to share with the host state"),
    "share_embassy": Sentence("to share with the embassy or foreign ministry"),
    "share_ngo": Sentence("to share with an NGO"),
    "statistics": Sentence("to count in statistics"),
    "spoken": Sentence("spoken"),
    "written": Sentence("written"),
    "guardian": Sentence("given by the guardian"),
    "danger_to_life": Sentence("danger to life: could not be asked"),
    "legal_duty": Sentence("legal duty"),
}


def word(code: str) -> Sentence | str:
    """Return the word for a code, or the code with its underscores as spaces."""
    return WORDS.get(code) or code.replace("_", " ")
