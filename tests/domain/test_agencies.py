"""The tree of agencies, and the one way in for the people who work there."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib import resources

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import IntegrityError, transaction

from spean.agencies import actions, queries
from spean.agencies.models import Agency, Invitation, User
from spean.agencies.states import CATALOGUE, capabilities_of
from spean.journal.models import Entry
from spean.kernel import clock
from spean.kernel.actor import Capability, Role
from spean.kernel.errors import Denied, Invalid
from tests import cast

pytestmark = pytest.mark.django_db

PASSWORD = "three rivers meet here"


@pytest.fixture
def samnang():
    return cast.actor("samnang")


@pytest.fixture
def institutions():
    file = resources.files("spean.agencies") / "institutions.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def invite(samnang, name="borey", **more):
    given = {"label": "Borey", "agency": cast.agency("POL-02"), "roles": ["case_officer"]}
    return actions.invite(actor=samnang, username=name, **(given | more))


def code_for(token: str) -> str:
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(queries.secret_of(token), counter))


def test_the_institutions_load_and_load_again_without_change(samnang, institutions):
    Agency.objects.exclude(pk=samnang.agency_id).delete()
    rows = institutions["agency"]
    first = actions.load(rows, actor=samnang)
    assert len(first.made) + len(first.changed) == len(rows)
    again = actions.load(rows, actor=samnang)
    assert (again.made, again.changed, again.kept) == ([], [], len(rows))


def test_the_institutions_hold_what_the_chain_needs(institutions):
    codes = {row["code"] for row in institutions["agency"]}
    provinces = [f"{n:02}" for n in range(1, 26)]
    assert codes >= {"NCCT", "HOTLINE", "AHTJP", "MFAIC", "EMB-CHN", "GDI", "GDI-PNH", "MOSVY"}
    assert codes >= {"DVP", "DPO"} | {f"{p}-{n}" for p in ("POL", "DOSVY") for n in provinces}
    assert {c["code"] for c in institutions["checkpoint"]} >= {"PNH", "POIPET", "BAVET"}


def test_the_institutions_hold_no_number_and_all_have_khmer_names(institutions):
    for row in (*institutions["agency"], *institutions["checkpoint"]):
        assert row["name_km"]
        assert not any(c.isdigit() for c in row["name_en"] + row["name_km"])


def test_every_institution_but_the_independent_has_somebody_above(institutions):
    rows = {row["code"]: row for row in institutions["agency"]}
    alone = {code for code, row in rows.items() if not row.get("parent")}
    assert alone == {"NCCT", "CCOS", "DPO", "NGO-A", "NGO-B"}


def test_a_child_before_its_parent_is_refused_with_what_to_do(samnang):
    row = {"code": "X-1", "name_en": "X", "kind": "police", "parent": "X-0"}
    with pytest.raises(Invalid, match="X-1 stands under X-0, which is not known"):
        actions.load([row], actor=samnang)


def test_a_bad_row_leaves_the_tree_as_it_was(samnang):
    before = set(Agency.objects.values_list("code", flat=True))
    good = {"code": "X-1", "name_en": "X", "kind": "police"}
    for bad, said in (
        ({"code": "x y"}, "cannot be an agency's code"),
        ({"code": "X-2", "name_en": "X", "kind": "spaceship"}, "needs a kind"),
        ({"code": "X-2", "kind": "police"}, "has no English name"),
        (good | {"code": "X-2", "phone": "1"}, "“phone” is not known"),
    ):
        with pytest.raises(Invalid, match=said):
            actions.load([good, bad], actor=samnang)
    assert set(Agency.objects.values_list("code", flat=True)) == before


def test_only_an_administrator_changes_agencies_and_users():
    sophal = cast.actor("sophal")
    user = cast.user("dara")
    for act in (
        lambda: actions.load([], actor=sophal),
        lambda: actions.add("X-1", actor=sophal, name_en="X", kind="police"),
        lambda: invite(sophal),
        lambda: actions.reset(user, actor=sophal),
        lambda: list(queries.users_for(sophal)),
    ):
        with pytest.raises(Denied, match="Only an administrator"):
            act()


def test_a_code_is_given_once(samnang):
    actions.add("X-1", actor=samnang, name_en="X", kind="police", parent="NCCT")
    with pytest.raises(Invalid, match="already an agency X-1"):
        actions.add("X-1", actor=samnang, name_en="Y", kind="police")


def test_the_front_desk_is_the_hotline_then_the_committee_then_made():
    assert actions.ensure_front_desk().code == "INTAKE"
    assert actions.ensure_front_desk().code == "INTAKE"
    Agency.objects.all().delete()
    cast.agency("NGO-A")
    assert actions.ensure_front_desk().code == "NGO-A"
    cast.agency("NCCT")
    assert actions.ensure_front_desk().code == "NCCT"
    cast.agency("HOTLINE")
    assert actions.ensure_front_desk().code == "HOTLINE"


def test_an_invited_person_cannot_sign_in_before_accepting(samnang):
    user, token = invite(samnang)
    assert not user.has_usable_password()
    assert not Invitation.objects.filter(digest__contains=token).exists()
    assert Entry.objects.filter(fact="agencies.user_invited").count() == 1


def test_accepting_sets_both_factors_and_gives_recovery_codes(samnang):
    _, token = invite(samnang)
    user, codes = actions.accept_invitation(token, password=PASSWORD, code=code_for(token))
    assert user.check_password(PASSWORD)
    assert len(set(codes)) == 10
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}


def test_the_second_factor_s_secret_is_nowhere_readable(samnang):
    _, token = invite(samnang)
    secret = queries.secret_of(token)
    user, codes = actions.accept_invitation(token, password=PASSWORD, code=code_for(token))
    kept = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_an_invitation_works_once(samnang):
    _, token = invite(samnang)
    actions.accept_invitation(token, password=PASSWORD, code=code_for(token))
    with pytest.raises(Invalid, match="was used already or has run out"):
        actions.accept_invitation(token, password=PASSWORD, code=code_for(token))


def test_an_invitation_runs_out_after_a_week(samnang):
    _, token = invite(samnang)
    clock.set_now(clock.now() + timedelta(days=7, seconds=1))
    with pytest.raises(Invalid, match="has run out"):
        queries.open_invitation(token)
    assert actions.forget_invitations(clock.now()) == 1


def test_a_wrong_code_or_a_weak_password_accepts_nothing(samnang):
    _, token = invite(samnang)
    with pytest.raises(Invalid, match="code is not right"):
        actions.accept_invitation(token, password=PASSWORD, code="000000")
    with pytest.raises(Invalid, match="at least 15 characters"):
        actions.accept_invitation(token, password="short", code=code_for(token))
    assert Invitation.objects.get().used is None
    assert not Authenticator.objects.filter(user__username="borey").exists()


def test_a_reset_takes_factors_sessions_and_older_links_away(samnang):
    _, token = invite(samnang)
    user, _ = actions.accept_invitation(token, password=PASSWORD, code=code_for(token))
    seal = user.get_session_auth_hash()
    first = actions.reset(user, actor=samnang)
    second = actions.reset(user, actor=samnang)
    user.refresh_from_db()
    assert user.get_session_auth_hash() != seal
    assert not Authenticator.objects.filter(user=user).exists()
    with pytest.raises(Invalid):
        queries.open_invitation(first)
    assert queries.open_invitation(second).user == user


@pytest.mark.parametrize("name", ["", "A", "Borey", "bo rey", "x", "ដារា", "a" * 61])
def test_a_user_name_is_plain_latin(samnang, name):
    with pytest.raises(Invalid, match="cannot be a user name"):
        invite(samnang, name=name)


def test_a_user_name_is_given_once_and_roles_are_known(samnang):
    invite(samnang)
    with pytest.raises(Invalid, match="already a user borey"):
        invite(samnang)
    with pytest.raises(Invalid, match="“boss” is not a role"):
        invite(samnang, name="other", roles=["boss"])
    with pytest.raises(Invalid, match="at least one role"):
        invite(samnang, name="other", roles=[])


def test_every_role_has_its_capabilities_and_administrators_no_case():
    assert set(CATALOGUE) == set(Role)
    assert capabilities_of(frozenset({Role.ADMINISTRATOR})) == {Capability.ADMINISTER}
    assert capabilities_of(frozenset({Role.AUDITOR})) == {Capability.READ_JOURNAL}
    assert capabilities_of(frozenset()) == frozenset()


def test_the_database_refuses_an_unknown_kind_and_a_loop():
    office = cast.agency("NGO-A")
    for change in ({"kind": "spaceship"}, {"parent": office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agency.objects.filter(pk=office.pk).update(**change)
    user = cast.user("dara")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(language="xx")


def test_the_tree_lists_each_agency_once_under_its_parent():
    cast.agency("EMB-CHN")
    assert [(d, a.code) for d, a in queries.tree()] == [(0, "NCCT"), (1, "MFAIC"), (2, "EMB-CHN")]
