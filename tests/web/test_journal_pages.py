"""The auditor's page: codes only, a filter, and a button that verifies the whole chain."""

from __future__ import annotations

import pytest
from django.db import connection

from spean.journal import actions, append_only
from spean.journal.models import Entry
from spean.journal.queries import checkpoint_folder
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    for path in checkpoint_folder().glob("*.json"):
        path.unlink()
    actions.record(cast.actor("dara"), "people.names_opened", "people.person:1", purpose="assist")
    actions.record(cast.actor("dara"), "cases.closed", "cases.case:7")
    return cast.client_as("oun")


def test_the_page_says_who_what_when_about_and_why(client):
    page = client.get("/desk/journal/").content.decode()
    for shown in ("dara", "HOTLINE", "people.names_opened", "people.person:1", "Assist"):
        assert shown in page


def test_the_filter_narrows_and_looking_for_one_record_leaves_a_trace(client):
    page = client.get("/desk/journal/", {"about": "cases.case:7"}).content.decode()
    assert "cases.closed" in page
    assert "people.names_opened" not in page
    assert Entry.objects.filter(fact="journal.searched", subject="cases.case:7").count() == 1


def test_a_name_that_an_auditor_looks_for_does_not_go_into_the_journal(client):
    client.get("/desk/journal/", {"about": "Keo Sokha"})
    assert Entry.objects.get(fact="journal.searched").subject == ""


def test_a_bad_day_is_told_and_nothing_is_lost(client):
    answer = client.get("/desk/journal/", {"since": "31/02/2025", "who": "dara"})
    assert answer.status_code == 200
    assert 'value="dara"' in answer.content.decode()


def test_verifying_says_that_it_holds(client):
    page = client.post("/desk/journal/verify/").content.decode()
    assert "The journal holds" in page
    assert Entry.objects.filter(fact="journal.verified").count() == 1


def test_verifying_names_the_first_bad_entry(client):
    with connection.cursor() as cursor:
        for statement in append_only.removal(connection.vendor):
            cursor.execute(statement)
    Entry.objects.filter(pk=1).update(purpose="travel")
    page = client.post("/desk/journal/verify/").content.decode()
    assert "Entry 1 was changed after it was written." in page


@pytest.mark.parametrize("name", ["sophal", "samnang", "nary"])
def test_nobody_else_sees_it(name):
    assert cast.client_as(name).get("/desk/journal/").status_code == 403
    assert cast.client_as(name).post("/desk/journal/verify/").status_code == 403
