"""Words for a person's codes, for who looked and why."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from spean.agencies.queries import label_of
from spean.kernel.text import Sentence
from spean.people.queries import PersonView
from spean.people.states import CONSENT_WORDS, WORDS
from spean.people.states import word as word_of
from spean.places import gazetteer
from spean.shell.text import say

register = template.Library()

_UNKNOWN = Sentence("not known")
_MINOR = {True: Sentence("child"), False: Sentence("adult"), None: _UNKNOWN}
_DEEDS: dict[str, Sentence] = {
    "people.registered": Sentence("registered the person"),
    "people.names_opened": Sentence("opened the name"),
    "people.names_seen": Sentence("saw the name"),
    "people.name_added": Sentence("added a form of the name"),
    "people.corrected": Sentence("corrected the record"),
    "people.contact_noted": Sentence("noted a contact"),
    "people.consent_given": Sentence("recorded a consent"),
    "people.consent_seconded": Sentence("seconded a consent"),
    "people.consent_withdrawn": Sentence("recorded that a consent was taken back"),
    "people.granted": Sentence("let an agency see the record"),
    "people.grant_withdrawn": Sentence("ended an agency's sight of the record"),
    "people.excluded": Sentence("kept an agency from the record"),
    "people.decided": Sentence("decided whether two records are one person"),
    "people.decision_undone": Sentence("undid such a decision"),
    "people.erased": Sentence("erased the record"),
}


@register.filter
def codes(view: PersonView) -> list[tuple[Sentence, object]]:
    """Return what is known of a person without her identity, as label and value."""
    person, language = view.person, get_language() or "en"
    office = person.source_agency
    return [
        (Sentence("Sex"), WORDS[person.sex]),
        (Sentence("Child or adult"), _MINOR[person.is_minor]),
        (
            Sentence("Nationality"),
            gazetteer.country_name(person.nationality, language)
            if person.nationality
            else _UNKNOWN,
        ),
        (
            Sentence("Home province"),
            gazetteer.province_name(person.home_province, language)
            if person.home_province
            else _UNKNOWN,
        ),
        (Sentence("Reported by"), office.name_in(language) if office else _UNKNOWN),
    ]


@register.filter
def colleague(user_id: int | None) -> str:
    return label_of(user_id) if user_id else "—"


@register.filter
def deed(fact: str) -> str:
    """Say what somebody did, in words."""
    known = _DEEDS.get(fact)
    return say(known) if known else fact.partition(".")[2].replace("_", " ")


@register.filter
def person_word(code: str) -> object:
    return word_of(code)


@register.filter
def purpose_word(code: str) -> object:
    return word_of(code)


@register.filter
def consent_word(code: str) -> object:
    return CONSENT_WORDS.get(code) or word_of(code)
