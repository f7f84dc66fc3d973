"""Requests for help, the conversation behind a receipt, and the persons a request speaks of."""

from __future__ import annotations

from django.db import models

from spean.agencies.models import Agency, User
from spean.cases.models import Case
from spean.intake.states import LIFECYCLE, Channel, ClosureReason, ForWhom, RequestState, Urgency
from spean.kernel.ids import new_id
from spean.people.models import Person
from spean.shell.references import unused_reference
from spean.vault.fields import EncryptedField


def request_ref() -> str:
    return unused_reference(Request, "R")


class Request(models.Model):
    """What somebody asked for, in their words; it may concern nobody named, one or many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ref = models.CharField(max_length=10, unique=True, default=request_ref)
    state = models.CharField(
        max_length=20,
        choices=[(s.value, s.name) for s in RequestState],
        default=LIFECYCLE.initial,
    )
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=[(c.value, c.name) for c in Channel])
    language = models.CharField(max_length=10, blank=True)
    for_whom = models.CharField(
        max_length=10, blank=True, choices=[(f.value, f.name) for f in ForWhom]
    )
    urgency = models.CharField(
        max_length=10, blank=True, choices=[(u.value, u.name) for u in Urgency]
    )
    danger_now = models.BooleanField(null=True)  # as the writer answered
    watched = models.BooleanField(null=True)  # somebody can see the phone
    child = models.BooleanField(null=True)
    persons_claimed = models.PositiveSmallIntegerField(null=True)
    words = EncryptedField()
    where = EncryptedField()
    held_by = EncryptedField()
    requester_relation = models.CharField(max_length=20, blank=True)  # mother, neighbour, ngo …
    requester_name = EncryptedField()
    requester_contact = EncryptedField()
    safe_contact = EncryptedField()  # how and when she may be reached
    post_url = EncryptedField()
    may_reply = models.BooleanField(default=True)
    may_contact_elsewhere = models.BooleanField(default=False)
    country = models.CharField(max_length=3, blank=True)
    province = models.CharField(max_length=8, blank=True)
    missing = models.JSONField(default=list)  # codes of Missing
    quarantined = models.BooleanField(default=False)  # the slow lane of a flood: kept, read later
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="requests")
    received = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)  # questions put again
    sent_elsewhere = EncryptedField()  # to whom, in words, once referred elsewhere
    first_answered = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=30, blank=True, choices=[(r.value, r.name) for r in ClosureReason]
    )

    class Meta:
        indexes = (models.Index(fields=["owner", "state", "received"], name="intake_queue"),)
        constraints = (
            models.CheckConstraint(
                name="request_state_is_known",
                condition=models.Q(state__in=[s.value for s in RequestState]),
            ),
            models.CheckConstraint(
                name="closed_request_has_reason",
                condition=~models.Q(state=RequestState.CLOSED)
                | (~models.Q(reason="") & models.Q(closed__isnull=False)),
            ),
            models.CheckConstraint(
                name="accepted_request_has_case",
                condition=~models.Q(state=RequestState.ACCEPTED) | models.Q(case__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def vault_subject(self) -> str:
        return f"request:{self.pk}"

    @property
    def key(self) -> str:
        return self.pk.hex


class RequestPerson(models.Model):
    """A person a request speaks of (each report makes its own Person row)."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    added = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="person_once_a_request", fields=["request", "person"]),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.request_id}"


class Message(models.Model):
    """One message of the conversation, either way."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    incoming = models.BooleanField()
    question = models.CharField(max_length=20, blank=True)  # code of Missing that it asks
    words = EncryptedField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    read = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"message of {self.request_id}"

    @property
    def vault_subject(self) -> str:
        return f"request:{self.request_id}"


class Receipt(models.Model):
    """What lets a writer come back: a bucket and a hash, never the number itself."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="receipts")
    bucket = models.PositiveSmallIntegerField()
    digest = models.BinaryField(max_length=32)
    parameters = models.CharField(max_length=40)  # of the hash, such as argon2id/8192/1
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["bucket"], name="intake_receipt_bucket"),)

    def __str__(self) -> str:
        return f"receipt of {self.request_id}"
