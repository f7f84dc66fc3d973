"""What a reply must not carry: whoever holds the phone may read it (guard.md).

Plain values in, sentences out. It is strict on purpose: a supervisor may override it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from spean.kernel.digits import to_ascii
from spean.kernel.text import Sentence
from spean.places.countries import CODES
from spean.places.gazetteer import PROVINCES, country_name

_TIME = Sentence("“{found}” tells a time. Leave out when anything will happen.")
_DATE = Sentence("“{found}” tells a day. Leave out when anything will happen.")
_PHONE = Sentence("“{found}” looks like a telephone number. Leave it out.")
_PLACE = Sentence("“{found}” names a place. Leave out where anybody is or will be.")
_AGENCY = Sentence("“{found}” names an office. Leave out who we are.")
_OFFICER = Sentence("“{found}” names a colleague. Leave out who works on this.")
_PLAN = Sentence("“{found}” tells of a plan, or of who is at work. Leave it out.")

_CLOCK_TIMES = re.compile(
    r"\b\d{1,2}\s?[:.h]\s?\d{2}\b(?!\.\d)|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|o’clock)(?!\w)|"
    r"\b(?:midnight|noon|midday)\b|ម៉ោង\s*\d*|\d+\s?[点點时時]|\b\d{1,2}\s?giờ\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATES = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTHS})\b|\b(?:{_MONTHS})\s\d{{1,2}}\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:tomorrow|tonight|next week)\b|"
    r"ថ្ងៃ\s*ទី\s*\d*|ស្អែក|យប់នេះ|ថ្ងៃ(?:ចន្ទ|អង្គារ|ពុធ|ព្រហស្បតិ៍|សុក្រ|សៅរ៍|អាទិត្យ)|សប្ដាហ៍ក្រោយ|"
    r"\d+\s?[月日号號]|明天|今晚|下周|\bngày mai\b|\btối nay\b|\btuần sau\b",
    re.IGNORECASE,
)
_PHONES = re.compile(r"\+?\d(?:[\s().-]?\d){6,}")
_PLANS = re.compile(
    r"\b(?:meet(?:ing|s)?|rescu(?:e|ed|ing)|raid(?:s|ed|ing)?|embass(?:y|ies)|consulate|police|"
    r"officers?|soldiers?|ambassador|escap(?:e|ing)|run away|get ready|be ready|"
    r"wait (?:at|near|by|in|outside)|"
    r"pick (?:you|her|him|them) up|collect (?:you|her|him|them)|on (?:our|the|their) way|airport|"
    r"border|hotline|ministry|plan(?:s|ned|ning)?|arriv(?:e|es|ing)|"
    r"send(?:ing)? (?:a car|somebody|someone))\b|"
    r"\bcom(?:e|es|ing)\b(?!\s+back\s+here)|"
    r"ប៉ូលិស|ប៉ូលីស|នគរបាល|ស្ថានទូត|ស្ថានកុងស៊ុល|កុងស៊ុល|ជួប|មកយក|មកទទួល|ទៅយក|សង្គ្រោះ|រំដោះ|ផែនការ|"
    r"រត់គេច|មន្ត្រី|សមត្ថកិច្ច|ព្រំដែន|អាកាសយានដ្ឋាន|ក្រសួង|រង់ចាំនៅ|មកដល់|"
    r"警察|公安|大使馆|大使館|领事|見面|见面|来接|來接|解救|营救|计划|"
    r"cảnh sát|công an|đại sứ quán|lãnh sự|gặp nhau|đến đón|giải cứu|kế hoạch",
    re.IGNORECASE,
)
# Where people are held and come from. In Vietnamese other countries are everyday words ("anh").
_NEAR = (
    "KHM", "CHN", "THA", "VNM", "LAO", "MMR", "MYS", "SGP", "IDN", "PHL", "TWN", "HKG", "MAC",
    "KOR", "JPN", "IND", "SAU", "ARE", "KWT", "QAT",
)  # fmt: skip
_MARKS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def reveals(
    words: str,
    agency_names: Collection[str],
    officer_labels: Collection[str],
    place_names: Collection[str] = (),
) -> list[Sentence]:
    """Return a sentence for each thing in ``words`` that may not be said; empty if none.

    ``place_names`` adds to the countries and the provinces of Cambodia, which are always known.
    """
    plain = _plain(words)
    found = [
        *_patterns(plain),
        *_names(_AGENCY, agency_names, plain),
        *_names(_OFFICER, officer_labels, plain),
        *_names(_PLACE, (*_known_places(), *place_names), plain),
    ]
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    return to_ascii(unicodedata.normalize("NFC", text).translate(_MARKS))


def _patterns(plain: str) -> Iterator[Sentence]:
    for phone in _PHONES.finditer(plain):
        yield Sentence(_PHONE.msgid, found=phone.group().strip())
    rest = _PHONES.sub(" ", plain)
    for pattern, wording in ((_DATES, _DATE), (_CLOCK_TIMES, _TIME), (_PLANS, _PLAN)):
        for match in pattern.finditer(rest):
            yield Sentence(wording.msgid, found=match.group().strip())
        if pattern is _DATES:
            rest = pattern.sub(" ", rest)


def _names(wording: Sentence, names: Iterable[str], plain: str) -> Iterator[Sentence]:
    folded = plain.casefold()
    for name in names:
        wanted = _plain(name).casefold().strip()
        if len(wanted) < 2 or wanted not in folded:
            continue
        # Khmer and Chinese write no spaces between words; a bound helps Latin letters only.
        is_latin = unicodedata.name(wanted[0], "").startswith("LATIN")
        bound = r"(?<!\w){}(?!\w)" if is_latin else "{}"
        if re.search(bound.format(re.escape(wanted)), folded):
            yield Sentence(wording.msgid, found=name)


@lru_cache(maxsize=1)
def _known_places() -> tuple[str, ...]:
    provinces = [name for pair in PROVINCES.values() for name in pair]
    countries = [country_name(code, language) for language in ("en", "km") for code in CODES]
    near = [country_name(code, language) for language in ("zh", "vi") for code in _NEAR]
    return tuple(sorted({*provinces, *countries, *near}))
