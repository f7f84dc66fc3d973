"""The case file: participants, the stages of what happened, tasks, notes, clocks, who may see."""

from __future__ import annotations

from django.db import models

from spean.agencies.models import Agency, User
from spean.cases.states import (
    LIFECYCLE,
    TASK_LIFECYCLE,
    CaseState,
    ClockKind,
    Form,
    Outcome,
    PersonRole,
    StageKind,
    TaskState,
)
from spean.kernel.ids import new_id
from spean.people.models import Person
from spean.shell.references import unused_reference
from spean.vault.fields import EncryptedField


def case_ref() -> str:
    return unused_reference(Case, "C")


class Case(models.Model):
    """One file: persons, requests, what happened, what is being done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ref = models.CharField(max_length=10, unique=True, default=case_ref)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in CaseState], default=LIFECYCLE.initial
    )
    version = models.PositiveIntegerField(default=1)  # grows with every change: who was first
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=30, blank=True, choices=[(f.value, f.name) for f in Form])
    country = models.CharField(max_length=3, blank=True)  # where she is or was held
    province = models.CharField(max_length=8, blank=True)
    summary = EncryptedField()
    own_view = EncryptedField()  # what she wants, in her words
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, blank=True, choices=[(o.value, o.name) for o in Outcome]
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="case_state_is_known",
                condition=models.Q(state__in=[s.value for s in CaseState]),
            ),
            models.CheckConstraint(
                name="closed_case_has_outcome",
                condition=~models.Q(state=CaseState.CLOSED)
                | (~models.Q(outcome="") & models.Q(closed__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def vault_subject(self) -> str:
        return f"case:{self.pk}"

    @property
    def key(self) -> str:
        """The opaque key under which the ledger knows this case."""
        return self.pk.hex


class Participant(models.Model):
    """A person in a case, and as what."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(
        max_length=10, choices=[(r.value, r.name) for r in PersonRole], default=PersonRole.VICTIM
    )
    added = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="person_once_a_case", fields=["case", "person"]),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.case_id}"


class Stage(models.Model):
    """One stage of what happened: where, by whom held, passed on to whom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=15, choices=[(k.value, k.name) for k in StageKind])
    country = models.CharField(max_length=3, blank=True)
    province = models.CharField(max_length=8, blank=True)
    place = EncryptedField()
    held_by = EncryptedField()
    words = EncryptedField()
    began = models.CharField(max_length=10, blank=True)  # YYYY[-MM[-DD]]
    ended = models.CharField(max_length=10, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(name="stage_order_once", fields=["case", "order"]),)

    def __str__(self) -> str:
        return f"stage {self.order} of {self.case_id}"

    @property
    def vault_subject(self) -> str:
        return f"case:{self.case_id}"


class Note(models.Model):
    """What a colleague wrote down on the case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"note on {self.case_id}"

    @property
    def vault_subject(self) -> str:
        return f"case:{self.case_id}"


class Task(models.Model):
    """Something somebody has to do by a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    words = EncryptedField()
    code = models.CharField(max_length=30, blank=True)  # a task the house itself asks for
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.name) for s in TaskState],
        default=TASK_LIFECYCLE.initial,
    )
    made = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due",)

    def __str__(self) -> str:
        return f"task of {self.case_id}"

    @property
    def vault_subject(self) -> str:
        return f"case:{self.case_id}"


class Grant(models.Model):
    """That an agency beside the lead may see a case, on what ground; or may not (excluded)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)
    excluded = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["agency", "case"], name="cases_grant_agency"),)

    def __str__(self) -> str:
        return f"{self.agency_id} and {self.case_id}"


class Clock(models.Model):
    """A time limit that runs: for what, who owes, who was told, until it is stopped.

    ``subject`` points like the journal does (``referrals.referral:<id>``), so that every room's
    clocks stand in one table and climb in one way.
    """

    subject = models.CharField(max_length=80)
    reference = models.CharField(max_length=20)  # what people see: R-…, C-…
    url = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(k.value, k.name) for k in ClockKind])
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="clocks")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="clocks")
    danger = models.BooleanField(default=False)
    started = models.DateTimeField()
    due = models.DateTimeField()
    reminded = models.DateTimeField(null=True, blank=True)
    told = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)  # how far it has climbed
    climbed = models.DateTimeField(null=True, blank=True)
    stopped = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["owner", "due"],
                name="cases_clock_running",
                condition=models.Q(stopped=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="one_running_clock_a_kind",
                fields=["subject", "kind"],
                condition=models.Q(stopped=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.reference}"
