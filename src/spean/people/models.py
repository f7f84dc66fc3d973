"""Persons: each report's person is a row of its own; a decision says which rows are one.

A join moves nothing, so it can be undone; names are sealed under the person's own key.
"""

from __future__ import annotations

from django.db import models

from spean.agencies.models import Agency, User
from spean.kernel.ids import new_id
from spean.people.states import (
    WITHOUT_HER,
    Channel,
    ConsentBasis,
    ConsentPurpose,
    Decision,
    NameKind,
    Sex,
)
from spean.shell.references import unused_reference
from spean.vault.fields import EncryptedField


def person_ref() -> str:
    return unused_reference(Person, "P")


class Person(models.Model):
    """A human being as one report knows her; shown by reference until names are opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ref = models.CharField(max_length=10, unique=True, default=person_ref)
    sex = models.CharField(
        max_length=6, blank=True, choices=[(s.value, s.name) for s in Sex], default=Sex.UNKNOWN
    )
    born = EncryptedField()  # YYYY[-MM[-DD]]
    is_minor = models.BooleanField(null=True)  # as reported; a child if in doubt
    nationality = models.CharField(max_length=3, blank=True)
    home_province = models.CharField(max_length=8, blank=True)
    home_place = EncryptedField()  # commune, village, as said
    source_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True)
    version = models.PositiveIntegerField(default=1)  # grows with every correction
    made = models.DateTimeField()
    erased = models.DateTimeField(null=True, blank=True)  # her key is destroyed since

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="person_sex_is_known", condition=models.Q(sex__in=[s.value for s in Sex])
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def vault_subject(self) -> str:
        return f"person:{self.pk}"

    @property
    def key(self) -> str:
        """The opaque key under which the ledger knows this person."""
        return self.pk.hex


class Name(models.Model):
    """One written form of a name: every form ever seen is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    written = EncryptedField()
    script = models.CharField(max_length=5)
    kind = models.CharField(
        max_length=10, choices=[(k.value, k.name) for k in NameKind], default=NameKind.FULL
    )
    source = models.CharField(max_length=40, blank=True)  # request channel or agency code
    noted = models.DateTimeField()

    class Meta:
        ordering = ("noted",)

    def __str__(self) -> str:
        return f"name of {self.person_id}"

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"


class Token(models.Model):
    """A keyed token of a name, birth or place: what the search asks (people.md)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=4)
    value = models.BigIntegerField()
    key_version = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["value", "person"], name="people_token_value"),)
        constraints = (
            models.UniqueConstraint(
                name="token_once_a_person", fields=["person", "kind", "value", "key_version"]
            ),
        )

    def __str__(self) -> str:
        return f"token of {self.person_id}"


class Contact(models.Model):
    """How to reach somebody safely: nothing may be left or said unless this says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    whose = models.CharField(max_length=20, default="self")  # self, mother, sibling, other …
    channel = models.CharField(max_length=10, choices=[(c.value, c.name) for c in Channel])
    address = EncryptedField()
    hours = EncryptedField()
    code_word = EncryptedField()
    may_leave_message = models.BooleanField(default=False)
    noted = models.DateTimeField()

    def __str__(self) -> str:
        return f"contact of {self.person_id}"

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"


class Consent(models.Model):
    """What a person agreed to: one row a purpose (and recipient), dated, revocable."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=[(p.value, p.name) for p in ConsentPurpose])
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    basis = models.CharField(max_length=20, choices=[(b.value, b.name) for b in ConsentBasis])
    note = EncryptedField()
    given = models.DateTimeField()
    given_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_standing_consent_a_purpose",
                fields=["person", "purpose"],
                condition=models.Q(withdrawn=None, recipient=None),
            ),
            models.UniqueConstraint(
                name="one_standing_consent_a_recipient",
                fields=["person", "purpose", "recipient"],
                condition=models.Q(withdrawn=None, recipient__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=models.Q(withdrawn=None) | models.Q(withdrawn__gte=models.F("given")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person_id}"

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"

    @property
    def is_without_her(self) -> bool:
        """Whether it was written down because she could not be asked."""
        return self.basis in WITHOUT_HER

    @property
    def needs_second(self) -> bool:
        """Whether another person still has to say that sharing without asking her is right."""
        return self.is_without_her and self.seconded_by_id is None and not self.withdrawn


class Grant(models.Model):
    """That an agency may see a person, which fields, on what ground; or may not (excluded)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)  # such as referrals.referral:<id>, cases.case:<id>
    fields = models.JSONField(default=list)  # names, born, home, contacts
    excluded = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["agency", "person"], name="people_grant_agency"),)

    def __str__(self) -> str:
        return f"{self.agency_id} sees {self.person_id}"


class Opening(models.Model):
    """That a user opened a person's names for a purpose; lasts to the end of the shift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20)
    note = EncryptedField()
    counted = models.BooleanField(default=False)  # a stranger's record: of the day's budget
    at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"opening of {self.person_id}"

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"


class Pairing(models.Model):
    """What somebody decided of two rows: same, different, not sure; a later row undoes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=10, choices=[(d.value, d.name) for d in Decision])
    reason = EncryptedField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField()
    undone = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="pairing_is_of_two", condition=~models.Q(one=models.F("other"))
            ),
            models.UniqueConstraint(
                name="one_standing_decision_a_pair",
                fields=["one", "other"],
                condition=models.Q(undone=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.one_id} {self.decision} {self.other_id}"

    @property
    def vault_subject(self) -> str:
        return f"person:{self.one_id}"
