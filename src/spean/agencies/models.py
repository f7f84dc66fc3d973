"""Agencies in their tree, the people who work there, and the invitations that let them in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from spean.agencies.states import AgencyKind
from spean.kernel.actor import Role


class Agency(models.Model):
    """An office: its code stands in the ledger, its parent answers when it does not."""

    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=200)
    name_km = models.CharField(max_length=200, blank=True)
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.name) for k in AgencyKind], default=AgencyKind.OTHER
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    country = models.CharField(max_length=3, default="KHM")  # where the office stands, ISO alpha-3
    covers = models.CharField(max_length=3, blank=True)  # a mission's country of work, if another
    province = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="agency_is_not_its_own_parent",
                condition=~models.Q(parent=models.F("id")) | models.Q(parent=None),
            ),
            models.CheckConstraint(
                name="agency_kind_is_known",
                condition=models.Q(kind__in=[k.value for k in AgencyKind]),
            ),
        )

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> str:
        return (self.name_km if language == "km" else "") or self.name_en


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who works at an agency and signs in with a password and a second factor."""

    username = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=120)  # the name colleagues see
    email = models.EmailField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users")
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="km")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="user_language_is_known", condition=models.Q(language__in=["km", "en"])
            ),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(r) for r in self.roles)


class Invitation(models.Model):
    """A one-time link to set a password and a second factor; only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.user_id}"
