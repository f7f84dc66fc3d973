"""Consent is per purpose and recipient, dated, revocable; sharing checks it when it sends."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from spean.kernel import clock
from spean.kernel.actor import SYSTEM
from spean.kernel.errors import Denied, Invalid, Stale
from spean.people import access, actions, queries
from spean.people.models import Consent, Grant
from spean.people.states import ConsentBasis, ConsentPurpose, NameKind
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return actions.register(actor=cast.actor("maly"), names=[("Keo Sokha", NameKind.FULL)])


@pytest.fixture
def maly():
    return cast.actor("maly")


def consent(her, by, purpose=ConsentPurpose.SHARE_POLICE, basis=ConsentBasis.SPOKEN, **more):
    return actions.give_consent(her, actor=by, purpose=purpose, basis=basis, **more)


@pytest.mark.parametrize(
    ("receiver", "purpose", "says"),
    [
        ("POL-02", ConsentPurpose.SHARE_POLICE, "the police"),
        ("EMB-CHN", ConsentPurpose.SHARE_EMBASSY, "the embassy"),
        ("MFAIC", ConsentPurpose.SHARE_EMBASSY, "the embassy"),
        ("NGO-B", ConsentPurpose.SHARE_NGO, "an NGO"),
        ("MOSVY", ConsentPurpose.ASSIST, "to be assisted"),
        ("GDI-PNH", ConsentPurpose.ASSIST, "to be assisted"),
    ],
)
def test_each_kind_of_recipient_needs_its_own_consent(her, maly, receiver, purpose, says):
    office = cast.agency(receiver)
    assert says in access.sharing.reason(maly, her, office, ["names"])
    consent(her, maly, purpose)
    assert access.sharing.allows(maly, her, office, ["names"])


def test_sharing_nothing_of_her_identity_needs_none(her, maly):
    assert access.sharing.allows(maly, her, cast.agency("POL-02"), [])


def test_who_reported_her_may_be_told_of_her(her):
    assert access.sharing.allows(cast.actor("rith"), her, cast.agency("NGO-A"), ["names"])


def test_consent_for_one_recipient_is_not_consent_for_another(her, maly):
    consent(her, maly, recipient=cast.agency("POL-02"))
    assert access.sharing.allows(maly, her, cast.agency("POL-02"), ["names"])
    assert not access.sharing.allows(maly, her, cast.agency("POL-17"), ["names"])


def test_danger_to_life_stands_where_she_cannot_be_asked_and_must_say_why(her, maly):
    with pytest.raises(Invalid, match="why she cannot be asked"):
        consent(her, maly, basis=ConsentBasis.DANGER_TO_LIFE)
    consent(
        her,
        maly,
        basis=ConsentBasis.DANGER_TO_LIFE,
        note="locked in; names and place to the police",
        seconded_by=cast.user("sokha"),
    )
    assert access.sharing.allows(maly, her, cast.agency("POL-02"), ["names"])


def test_nobody_seconds_herself(her, maly):
    with pytest.raises(Invalid, match="somebody else"):
        consent(her, maly, basis=ConsentBasis.LEGAL_DUTY, note="x", seconded_by=cast.user("maly"))


def test_another_person_seconds_it_once(her, maly):
    cast.user("sokha")
    written = consent(her, maly, basis=ConsentBasis.DANGER_TO_LIFE, note="locked in")
    actions.grant(her, actor=maly, agency=cast.agency("AHTJP"), basis="test", fields=["names"])
    assert written.needs_second
    with pytest.raises(Denied, match="Ask a colleague"):
        actions.second_consent(written, actor=maly)
    seconded = actions.second_consent(written, actor=cast.actor("sokha"))
    assert seconded.seconded_by == cast.user("sokha")
    assert not seconded.needs_second
    with pytest.raises(Stale):
        actions.second_consent(written, actor=cast.actor("vanna"))


def test_what_she_agreed_to_herself_is_not_seconded(her, maly):
    actions.grant(her, actor=maly, agency=cast.agency("AHTJP"), basis="test", fields=["names"])
    with pytest.raises(Denied, match="She agreed herself"):
        actions.second_consent(consent(her, maly), actor=cast.actor("sokha"))


def test_withdrawal_ends_sharing_at_once_and_happens_once(her, maly):
    given = consent(her, maly)
    actions.withdraw_consent(given, actor=maly)
    assert not access.sharing.allows(maly, her, cast.agency("POL-02"), ["names"])
    with pytest.raises(Stale):
        actions.withdraw_consent(given, actor=maly)
    assert [c.withdrawn is not None for c in queries.consents_of(her)] == [True]


def test_the_same_consent_twice_is_told(her, maly):
    consent(her, maly)
    with pytest.raises(Invalid, match="already recorded"):
        consent(her, maly)


def test_consent_on_one_row_holds_for_the_person(her, maly):
    other = actions.register(actor=maly, names=[("Kev Sokha", NameKind.FULL)])
    actions.join(her, other, actor=maly, reason="same")
    consent(other, maly)
    assert access.sharing.allows(maly, her, cast.agency("POL-02"), ["names"])


def test_another_agency_does_not_record_her_consent(her):
    with pytest.raises(Denied, match="another agency's record"):
        consent(her, cast.actor("stranger"))


def test_a_grant_makes_a_record_theirs_until_it_ends(her, maly, stopped_clock):
    stranger, office = cast.actor("stranger"), cast.agency("NGO-B")
    assert her not in queries.people_for(stranger)
    actions.grant(
        her,
        actor=maly,
        agency=office,
        basis="referrals.referral:1",
        fields=["names"],
        until=clock.now() + cast.days(2),
    )
    assert her in queries.people_for(stranger)
    clock.advance(cast.days(3))
    assert her not in queries.people_for(stranger)


def test_withdrawing_a_ground_ends_every_grant_on_it(her, maly):
    office = cast.agency("NGO-B")
    for fields in (["names"], ["born"]):
        actions.grant(her, actor=maly, agency=office, basis="b:1", fields=fields)
    assert Grant.objects.get().fields == ["names", "born"]
    assert actions.withdraw_grants("b:1", actor=SYSTEM) == 1
    assert her not in queries.people_for(cast.actor("stranger"))


def test_the_database_holds_one_standing_consent_a_purpose(her, maly):
    consent(her, maly)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            person=her, purpose="share_police", basis="spoken", given=clock.now()
        )
