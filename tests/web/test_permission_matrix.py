"""Every URL, knocked on by everybody: who is sent away, refused with a sentence, told of nothing.

The doors come from the resolver. What is expected is written here by hand, apart from the code
that decides: who may know of each record, and for a verb that not all of them may do, who may.
"""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from django.test import Client

from spean.kernel.actor import PUBLIC, Actor
from spean.shell.doors import ANYONE, SIGNED_IN
from spean.shell.matrix import Door, doors
from tests import cast
from tests.one_of_each import EVERYBODY, IDENTITY, WORDS, Records, rolled_back

pytestmark = pytest.mark.django_db

SIGN_IN = "/desk/sign-in/"
LET_IN = {200, 302, 303, 409, 422}
ROLE = "Your role does not include this."

# The front desk opened it for the lead; two agencies took a referral on, one receives her.
CASE = {"dara", "vanna", "sokha", "chenda", "lim", "kunthea"}
LEAD = {"vanna", "sokha"}
FRONT = LEAD | {"dara"}
# Who may know of a record; to everybody else it is not there.
KNOWN_TO = {
    "person_id": set(EVERYBODY),  # found by reference by whoever may search
    "one_id": set(EVERYBODY),
    "other_id": set(EVERYBODY),
    "case_id": CASE | {"nary"},
    "requests request_id": CASE | {"nary"},
    "referrals request_id": CASE,
    "referral_id": LEAD | {"chenda"},
    "return_id": CASE | {"bopha"},
    "care_id": CASE,
    "follow_up_id": CASE,
    "user_id": {"samnang"},
}
# Of those, who may do it; the others read a sentence.
ONLY = {
    # Those two were shown names and birth only: they do not rewrite what they may not see.
    "people:correct": CASE - {"chenda", "lim"},
    "people:add_name": CASE,
    "people:note_contact": CASE,
    "people:consent": CASE,
    "people:withdraw_consent": CASE,
    "people:second_consent": set(),  # she agreed herself
    "cases:describe": LEAD,
    "cases:start": LEAD,
    "cases:close": {"sokha"},
    "cases:reopen": LEAD,
    "cases:add_person": LEAD,
    "cases:grant": LEAD,
    "cases:exclude": {"sokha"},
    "cases:add_stage": LEAD,
    "cases:change_stage": LEAD,
    "cases:finish_task": LEAD,
    "cases:drop_task": LEAD,
    "requests:take": FRONT,
    "requests:triage": FRONT,
    "requests:send": FRONT,
    "requests:add_person": FRONT,
    "requests:ask": set(),
    "requests:reply": set(),  # both: a call has no number to come back with
    "requests:note": FRONT,
    "requests:read": FRONT,
    "requests:contact": FRONT,
    "requests:link": FRONT,
    "requests:open_case": FRONT,
    "requests:refer_elsewhere": FRONT,
    "requests:close": set(),  # it stands in an open case, and closes with it
    "requests:reopen": FRONT,
    "referrals:send": LEAD | {"chenda", "lim"},
    "referrals:accept": {"chenda"},
    "referrals:decline": {"chenda"},
    "referrals:answer": {"chenda"},
    "referrals:withdraw": LEAD,
    "returns:rescue": {"chenda", "lim"},
    "returns:arrive": {"bopha", "kunthea"},
    "returns:hand_over": {"bopha", "kunthea"},
    "care:receive": {"kunthea"},
    "care:place": {"kunthea"},
    "care:lose": {"kunthea"},
    "care:find": {"kunthea"},
    "care:close": {"kunthea"},
    "care:reopen": {"kunthea"},
    "care:follow_up": {"kunthea"},
}
# The form is a page for all who see the record; sending it is not.
ONLY_SENDING = {"referrals:host_answer": {"lim"}}
# Forms that are judged before the policy is asked: filled in, so that the policy is what answers.
_MIRROR = {"name": "Zqnaame Zqfamili", "born": "1987"}
FILLED = {
    "people:search": _MIRROR,
    "people:open_names": {"purpose": "nothing"},  # refused: names stay closed to everybody
    "people:open_both": {"purpose": "nothing"},
    "requests:likely": {"p0-name": "Zqnaame Zqfamili", "p0-born": "1987"},
    "requests:triage": {"urgency": "other"},
    "requests:ask": {"missing": "place"},
    "requests:reply": {"words": "We read your words."},
    "requests:note": {"words": "Nobody answered."},
    "requests:refer_elsewhere": {"to_whom": "The court."},
    "requests:close": {"reason": "fraud"},
    "referrals:host_answer": {"answer": "refused", "on": "2025-01-01"},
}
# Roads that every signed-in person has whatever the record: refused only by what they may see.
DESK = [d for d in doors() if d.path.startswith("/desk/") and d.rule and d.who != ANYONE]
PORTAL = [d for d in doors() if d.who == ANYONE]


def _space(door: Door) -> str:
    return door.name.partition(":")[0]


def _url(door: Door, records: Records) -> str:
    return records.url(door.path, _space(door))


def _parameters(door: Door) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", door.path)


def _methods(door: Door) -> list[str]:
    """Return by which methods the door answers: a verb that shows its form answers both."""
    assert door.rule is not None
    return ["get", "post"] if door.rule.writes else ["get"]


def _filled(door: Door, records: Records) -> dict[str, str]:
    made = {
        "seen": str(records.plea.version),
        "agency": str(cast.agency("AHTJP").pk),
        "case": records.case.ref,
    }
    return made | FILLED.get(door.name, {})


def _knows(door: Door, name: str) -> bool:
    """Say whether a person may know of every record in the URL."""
    known = [
        KNOWN_TO[key]
        for parameter in _parameters(door)
        for key in (f"{_space(door)} {parameter}", parameter)
        if key in KNOWN_TO
    ]
    return all(name in names for names in known)


def expected(door: Door, name: str, who: Actor, method: str) -> set[int]:
    if not door.opens_to(who.capabilities):
        return {403}
    if not _knows(door, name):
        return {404}
    only = (ONLY_SENDING | ONLY if method == "post" else ONLY).get(door.name)
    return {403} if only is not None and name not in only else LET_IN


def test_the_table_speaks_of_doors_that_stand():
    assert {*ONLY, *ONLY_SENDING, *FILLED} <= {door.name for door in DESK}


def test_every_parameter_of_a_url_is_one_the_table_knows(records):
    told = {"consent_id", "stage_id", "task_id"}  # found through the record before them
    for door in DESK:
        assert _url(door, records).count("<") == 0
        for parameter in _parameters(door):
            keys = {parameter, f"{_space(door)} {parameter}"}
            assert keys & (KNOWN_TO.keys() | told), f"{door.path}: {parameter}"


@pytest.mark.parametrize("door", DESK, ids=lambda door: door.name)
def test_each_door_opens_to_those_whose_work_it_is_and_to_nobody_else(door, records, signed_in):
    url, wrong = _url(door, records), []
    actors = {name: cast.actor(name) for name in EVERYBODY}
    for method in _methods(door):
        anonymous = getattr(Client(), method)(url)
        if anonymous.status_code != 405:
            assert anonymous.status_code == 302
            assert anonymous["Location"].startswith(SIGN_IN)
        for name in EVERYBODY:
            with rolled_back():
                answer = getattr(signed_in[name], method)(url, _filled(door, records))
            if answer.status_code == 405:
                assert method == "get"  # a verb without a form
                break
            wanted = expected(door, name, actors[name], method)
            body = answer.content.decode()
            if answer.status_code not in wanted:
                wrong.append(f"{method} {name}: {answer.status_code}, not {sorted(wanted)}")
            if answer.status_code == 403:
                assert _sentence(body), f"{name} is refused without a sentence"
            wrong += [f"{method} {name} reads {leak}" for leak in _leaks(door, name, method, body)]
    assert not wrong, "\n".join(wrong)


def _sentence(body: str) -> str:
    said = re.search(r'role="alert">\s*<p class="govuk-body">([^<]+\.)</p>', body)
    return said[1] if said else ""


def _leaks(door: Door, name: str, method: str, body: str) -> list[str]:
    """Return what stands on a page that this person, to whom no name is open, may not read."""
    text = unescape(body)
    may_see = set()
    if door.name == "requests:contact" and name in FRONT:
        may_see = {"requester's name", "requester's telephone", "requester's safe contact"}
    if door.name.startswith("people:") and name in CASE:
        may_see = {"consent in her words"}
    if door.name.startswith("returns:") and name in CASE:
        may_see = {"number of the paper"}
    found = [what for what, canary in IDENTITY.items() if canary in text and what not in may_see]
    words = [word for word, readers in WORDS.items() if _holds(text, word) and name not in readers]
    return found + words


def _holds(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text) is not None


def test_a_role_that_lacks_a_capability_is_told_so(records, signed_in):
    answer = signed_in["pisey"].get(f"/desk/cases/{records.case.pk}/")
    assert ROLE in _sentence(answer.content.decode())


def test_those_who_may_read_the_words_do_read_them(records, signed_in):
    """The canaries would prove nothing if nobody could see them."""
    seen: dict[str, set[str]] = {word: set() for word in WORDS}
    pages = [d for d in DESK if "get" in _methods(d) and d.name != "statistics:file"]
    for name in ("dara", "sokha", "chenda", "lim", "bopha", "kunthea"):
        for door in pages:
            text = signed_in[name].get(_url(door, records)).content.decode()
            for word in WORDS:
                if _holds(text, word):
                    seen[word].add(name)
        with rolled_back():
            onward = signed_in[name].get(f"/desk/referrals/{records.onward.pk}/")
            if _holds(onward.content.decode(), "Zqonward"):
                seen["Zqonward"].add(name)
    assert [word for word, readers in seen.items() if not readers] == []


def test_opened_names_are_read_by_the_one_who_opened_them_alone(records, signed_in):
    detail = f"/desk/people/{records.person.pk}/"
    signed_in["vanna"].post(f"{detail}open/", {"purpose": "assist"})
    assert IDENTITY["name"] in signed_in["vanna"].get(detail).content.decode()
    assert IDENTITY["name"] not in signed_in["sokha"].get(detail).content.decode()


@pytest.mark.parametrize(
    "door", [d for d in DESK if _parameters(d) and d.rule.to != SIGNED_IN], ids=lambda d: d.name
)
def test_what_may_not_be_known_is_answered_like_what_is_not_there(door, records, signed_in):
    """The same page for a record of others and for none: an address tells nothing."""
    absent = re.sub(r"<uuid:\w+>", str(uuid.uuid4()), re.sub(r"<int:\w+>", "999999999", door.path))
    for name in ("rith", "away_social_worker"):
        with rolled_back():
            there = signed_in[name].post(_url(door, records), _filled(door, records))
            nowhere = signed_in[name].post(absent, _filled(door, records))
        if there.status_code == 404:
            assert _bare(there, _url(door, records)) == _bare(nowhere, absent)


def _bare(answer, url: str) -> str:
    """Return a page without what differs on each: its own address and the form's token."""
    text = answer.content.decode().replace(url, "")
    return re.sub(r'(value|content|hx-headers)=("[^"]*"|\'[^\']*\')', "", text)


@pytest.mark.parametrize("door", PORTAL, ids=lambda door: door.name)
def test_the_portal_is_open_to_anybody_and_knows_nobody(door, records, signed_in):
    url = _url(door, records)
    for visitor in (Client(), signed_in["sokha"]):
        answer = visitor.get(url)
        assert answer.status_code in {200, 302, 303, 405}
        text = unescape(answer.content.decode())
        assert [c for c in (*IDENTITY.values(), *WORDS) if c in text] == []
        if not door.path.startswith("/desk/"):
            assert answer.wsgi_request.actor == PUBLIC


def test_a_door_of_the_sign_in_library_shows_nothing_of_the_desk(records):
    for door in doors():
        if door.is_library:
            text = unescape(Client().get(door.path).content.decode())
            assert [c for c in (*IDENTITY.values(), *WORDS) if c in text] == []
