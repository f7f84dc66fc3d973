"""One person's way home."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from spean.agencies.models import Agency
from spean.cases.models import Case
from spean.cases.queries import place_words
from spean.kernel.ids import new_id
from spean.kernel.text import Sentence
from spean.people.models import Person
from spean.returns.states import (
    LIFECYCLE,
    PAPERS_WORDS,
    PLACEMENT_WORDS,
    STATE_WORDS,
    WAITING_WORDS,
    Papers,
    Placement,
    ReturnState,
    WaitingPlace,
)
from spean.vault.fields import EncryptedField


class Return(models.Model):
    """A person's return from abroad: each step with its day; one return is one arrival."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="returns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="returns")
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    supporting = models.ManyToManyField(Agency, related_name="+", blank=True)
    state = models.CharField(
        max_length=15, choices=[(s.value, s.name) for s in ReturnState], default=LIFECYCLE.initial
    )
    version = models.PositiveIntegerField(default=1)
    country = models.CharField(max_length=3)  # she returns from
    province = models.CharField(max_length=8, blank=True)  # abroad, where she was found
    own_wish = EncryptedField()  # to come home or to stay, in her words
    opened = models.DateTimeField()
    located_on = models.DateField(null=True, blank=True)
    rescued_on = models.DateField(null=True, blank=True)
    waiting_place = models.CharField(
        max_length=20, blank=True, choices=[(w.value, w.name) for w in WaitingPlace]
    )
    waiting_where = EncryptedField()
    waiting_since = models.DateField(null=True, blank=True)
    papers = models.CharField(
        max_length=30, blank=True, choices=[(p.value, p.name) for p in Papers]
    )
    papers_number = EncryptedField()
    papers_on = models.DateField(null=True, blank=True)
    travel_on = models.DateField(null=True, blank=True)
    travel_words = EncryptedField()  # flight, crossing, escort
    receiver = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checkpoint = models.CharField(max_length=40, blank=True)  # code of the agency at the gate
    arrived_on = models.DateField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    placement = models.CharField(
        max_length=30, blank=True, choices=[(p.value, p.name) for p in Placement]
    )
    home_province = models.CharField(max_length=8, blank=True)  # where she was first taken in
    repatriated_entry = models.BigIntegerField(null=True, blank=True)  # the ledger's row

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="return_state_is_known",
                condition=models.Q(state__in=[s.value for s in ReturnState]),
            ),
            models.CheckConstraint(
                name="handed_over_return_has_receiver",
                condition=~models.Q(state=ReturnState.HANDED_OVER)
                | (models.Q(receiver__isnull=False) & models.Q(arrived_on__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_return_at_a_time",
                fields=["person"],
                condition=~models.Q(state__in=["handed_over", "fell_out", "stayed"]),
            ),
        )

    def __str__(self) -> str:
        return f"return of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("returns:detail", args=[self.pk])

    @property
    def state_words(self) -> Sentence:
        return STATE_WORDS[self.state]

    @property
    def place(self) -> Sentence | str:
        """Where she returns from, in the reader's language."""
        return place_words(self.country, self.province)

    @property
    def waiting_words(self) -> Sentence | str:
        return WAITING_WORDS.get(self.waiting_place, "")

    @property
    def papers_words(self) -> Sentence | str:
        return PAPERS_WORDS.get(self.papers, "")

    @property
    def placement_words(self) -> Sentence | str:
        return PLACEMENT_WORDS.get(self.placement, "")

    @property
    def vault_subject(self) -> str:
        return f"person:{self.person_id}"

    @property
    def key(self) -> str:
        """The opaque key under which the ledger knows this return."""
        return self.pk.hex
