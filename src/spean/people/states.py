"""What is known of a person, in codes."""

from __future__ import annotations

from enum import StrEnum


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


class Decision(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"
