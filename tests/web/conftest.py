"""One of every record, and everybody signed in: made once a module and taken back at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests import cast, one_of_each
from tests.one_of_each import EVERYBODY, Records, rolled_back


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[tuple[Records, dict[str, Client]]]:
    with django_db_blocker.unblock(), rolled_back():
        yield one_of_each.make(), {name: cast.client_as(name) for name in EVERYBODY}


@pytest.fixture
def records(made) -> Records:
    return made[0]


@pytest.fixture
def signed_in(made) -> dict[str, Client]:
    return made[1]
