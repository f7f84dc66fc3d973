"""One fictional woman's way home, as far as a test needs it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from spean.care.models import Care
from spean.cases import actions as cases
from spean.cases.models import Case
from spean.kernel import clock
from spean.people import actions as people
from spean.people.models import Person
from spean.people.states import FIELDS, ConsentBasis, ConsentPurpose, NameKind
from spean.referrals import actions as referrals
from spean.referrals.models import Referral
from spean.returns import actions as returns
from spean.returns.models import Return
from spean.shell.jobs import run_due
from tests.cast import actor, agency

AGREED = (
    ConsentPurpose.ASSIST,
    ConsentPurpose.SHARE_POLICE,
    ConsentPurpose.SHARE_EMBASSY,
    ConsentPurpose.SHARE_HOST_STATE,
)


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def woman(**known: Any) -> Person:
    """Register a woman at the hotline."""
    given: dict[str, Any] = {
        "names": [("Chan Sreymom", NameKind.FULL)],
        "sex": "female",
        "born": "2003-05-01",
        "nationality": "KHM",
        "home_province": "02",
    }
    return people.register(actor=actor("dara"), **(given | known))


def a_case(person: Person | None = None, *, agreed: tuple[ConsentPurpose, ...] = AGREED) -> Case:
    """Open a case of hers at the anti-trafficking department, with what she agreed to."""
    person = person or woman()
    for purpose in agreed:
        people.give_consent(person, actor=actor("dara"), purpose=purpose, basis=ConsentBasis.SPOKEN)
    # The hotline handed it on: her record is not a stranger's to the department.
    people.grant(person, actor=actor("dara"), agency=agency("AHTJP"), basis="plea", fields=FIELDS)
    return cases.open_case(
        actor=actor("vanna"),
        persons=[person],
        form="forced_marriage",
        country="CHN",
        province="CN-HA",
    )


def her(case: Case) -> Person:
    return case.participants.get().person


def sent(case: Case, **more: Any) -> Referral:
    """Refer the case to the foreign ministry."""
    given: dict[str, Any] = {
        "receiver": agency("MFAIC"),
        "purpose": "ask_host",
        "fields": ("names", "born", "story"),
        "words": "She is held in a village.",
    }
    return referrals.send(case, actor=actor("vanna"), **(given | more))


def at_the_embassy(case: Case) -> Referral:
    """Let the ministry take the case on and refer it to its embassy."""
    first = sent(case)
    referrals.accept(first, actor=actor("chenda"))
    return referrals.send(
        case,
        actor=actor("chenda"),
        receiver=agency("EMB-CHN"),
        purpose="rescue",
        fields=("names", "born", "story"),
        parent=first,
    )


def planned(case: Case | None = None) -> Return:
    case = case or a_case()
    at_the_embassy(case)
    return returns.plan(case, her(case), actor=actor("lim"), country="CHN", province="CN-HA")


def travelling(case: Case | None = None) -> Return:
    """Bring her as far as the aeroplane: every step on its own day, the last one yesterday."""
    ret = planned(case)
    lim = actor("lim")
    returns.locate(ret, actor=lim, on=ago(40))
    returns.rescue(ret, actor=lim, on=ago(38))
    returns.wait(ret, actor=lim, place="police_guest_house", where="Room 4", since=ago(37))
    returns.give_papers(
        ret, actor=lim, papers="temporary_travel_document", number="T-77", on=ago(3)
    )
    gate = agency("GDI-PNH").code
    return returns.depart(
        ret, actor=lim, on=ago(1), words="By air", receiver=agency("MOSVY"), checkpoint=gate
    )


def handed_over(case: Case | None = None) -> Return:
    ret = travelling(case)
    returns.arrive(ret, actor=actor("bopha"), on=ago(0))
    return returns.hand_over(ret, actor=actor("bopha"), on=ago(0))


def expected(case: Case | None = None) -> Care:
    """Bring her to where social affairs expects her."""
    ret = handed_over(case)
    run_due()
    return Care.objects.get(return_id=ret.pk)
