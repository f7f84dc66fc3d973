"""From agency to agency: what is asked, what is shown, by when, what came of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from spean.agencies.models import Agency, User
from spean.cases.models import Case
from spean.cases.queries import place_words
from spean.kernel.ids import new_id
from spean.kernel.text import Sentence
from spean.referrals.states import (
    ANSWER_WORDS,
    HOST_ANSWER_WORDS,
    HOST_LIFECYCLE,
    LIFECYCLE,
    PURPOSE_WORDS,
    STATE_WORDS,
    Answer,
    HostAnswer,
    HostState,
    Purpose,
    ReferralState,
)
from spean.vault.fields import EncryptedField


class Referral(models.Model):
    """A case (some of it) shown to another agency for a purpose, with an answer due."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="onward"
    )
    sender = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=[(p.value, p.name) for p in Purpose])
    fields = models.JSONField(default=list)  # disclosed: names, born, home, contacts, story
    words = EncryptedField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.name) for s in ReferralState],
        default=LIFECYCLE.initial,
    )
    sent = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateTimeField()
    taken = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=15, blank=True, choices=[(a.value, a.name) for a in Answer]
    )
    answer_words = EncryptedField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_open_referral_a_case_and_receiver",
                fields=["case", "receiver", "purpose"],
                condition=models.Q(state__in=["sent", "accepted"]),
            ),
            models.CheckConstraint(
                name="referral_goes_to_another",
                condition=~models.Q(sender=models.F("receiver")),
            ),
            models.CheckConstraint(
                name="answered_referral_has_answer",
                condition=~models.Q(state=ReferralState.ANSWERED) | ~models.Q(answer=""),
            ),
        )

    def __str__(self) -> str:
        return f"referral of {self.case_id}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:detail", args=[self.pk])

    @property
    def sender_name(self) -> str:
        return self.sender.name_in(get_language() or "en")

    @property
    def receiver_name(self) -> str:
        return self.receiver.name_in(get_language() or "en")

    @property
    def is_open(self) -> bool:
        return self.state in {ReferralState.SENT, ReferralState.ACCEPTED}

    @property
    def purpose_words(self) -> Sentence:
        return PURPOSE_WORDS[self.purpose]

    @property
    def state_words(self) -> Sentence:
        return STATE_WORDS[self.state]

    @property
    def answer_shown(self) -> Sentence | str:
        return ANSWER_WORDS.get(self.answer, "")

    @property
    def vault_subject(self) -> str:
        return f"case:{self.case_id}"


class HostRequest(models.Model):
    """That a mission asked an authority of the host state, and what it answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="host_requests")
    mission = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=3)
    province = models.CharField(max_length=8, blank=True)
    authority = EncryptedField()
    words = EncryptedField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.name) for s in HostState],
        default=HOST_LIFECYCLE.initial,
    )
    asked = models.DateTimeField()
    due = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=15, blank=True, choices=[(a.value, a.name) for a in HostAnswer]
    )
    answer_words = EncryptedField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="answered_host_request_has_answer",
                condition=~models.Q(state=HostState.ANSWERED)
                | (~models.Q(answer="") & models.Q(answered__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"host request of {self.case_id}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:host_answer", args=[self.pk])

    @property
    def place(self) -> Sentence | str:
        """The country and province asked, in the reader's language."""
        return place_words(self.country, self.province)

    @property
    def answer_shown(self) -> Sentence | str:
        return HOST_ANSWER_WORDS.get(self.answer, "")

    @property
    def vault_subject(self) -> str:
        return f"case:{self.case_id}"
