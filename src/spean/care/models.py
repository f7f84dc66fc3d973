"""One person's reception and what follows it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from spean.agencies.models import Agency, User
from spean.care.states import (
    LIFECYCLE,
    MODE_WORDS,
    RESULT_WORDS,
    STATE_WORDS,
    CareState,
    FollowUpResult,
    Mode,
)
from spean.cases.models import Case
from spean.cases.queries import place_words
from spean.kernel.ids import new_id
from spean.kernel.text import Sentence
from spean.people.models import Person
from spean.places.countries import HOME
from spean.returns.states import PLACEMENT_WORDS, Placement
from spean.vault.fields import EncryptedField


class Care(models.Model):
    """That an agency takes care of a person: reception, the choice she made, the plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="care")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=15, choices=[(s.value, s.name) for s in CareState], default=LIFECYCLE.initial
    )
    version = models.PositiveIntegerField(default=1)
    return_id = models.UUIDField(null=True, blank=True)
    opened = models.DateTimeField()
    received_on = models.DateField(null=True, blank=True)
    needs = EncryptedField()
    choice = models.CharField(
        max_length=30, blank=True, choices=[(p.value, p.name) for p in Placement]
    )
    choice_words = EncryptedField()  # why, in her words
    province = models.CharField(max_length=8, blank=True)
    has_custody_paper = models.BooleanField(default=False)  # without it no child goes to a shelter
    placed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing_view = EncryptedField()  # her voice at closure

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_open_care_a_person_and_agency",
                fields=["person", "agency"],
                condition=~models.Q(state=CareState.CLOSED),
            ),
            models.CheckConstraint(
                name="placed_care_has_choice",
                condition=~models.Q(state__in=[CareState.PLACED, CareState.CLOSED])
                | ~models.Q(choice=""),
            ),
        )

    def __str__(self) -> str:
        return f"care of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("care:detail", args=[self.pk])

    @property
    def state_words(self) -> Sentence:
        return STATE_WORDS[self.state]

    @property
    def choice_shown(self) -> Sentence | str:
        return PLACEMENT_WORDS.get(self.choice, "")

    @property
    def place(self) -> Sentence | str:
        return place_words(HOME, self.province) if self.province else ""

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"


class FollowUp(models.Model):
    """A planned contact after placement, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    care = models.ForeignKey(Care, on_delete=models.CASCADE, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=10, blank=True, choices=[(m.value, m.name) for m in Mode])
    result = models.CharField(
        max_length=15, blank=True, choices=[(r.value, r.name) for r in FollowUpResult]
    )
    words = EncryptedField()

    class Meta:
        ordering = ("due",)
        constraints = (
            models.UniqueConstraint(name="follow_up_number_once", fields=["care", "number"]),
            models.CheckConstraint(
                name="done_follow_up_has_result",
                condition=models.Q(done_on=None) | ~models.Q(result=""),
            ),
        )

    def __str__(self) -> str:
        return f"follow-up {self.number} of {self.care_id}"

    @property
    def mode_words(self) -> Sentence | str:
        return MODE_WORDS.get(self.mode, "")

    @property
    def result_words(self) -> Sentence | str:
        return RESULT_WORDS.get(self.result, "")

    @property
    def vault_subject(self) -> str:
        return f"person:{self.care.person_id}"
