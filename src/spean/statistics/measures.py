"""What is counted. Each measure is written once: which entries, which key, in words and in Ibis.

``docs/reference/measures.md`` is made from this table. A change of meaning is a new version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What may be counted once; every measure is given under each, its own first.
KEYS = (
    "person", "case", "request", "return", "operation", "proceeding", "interview", "nationality",
    "agency",
)  # fmt: skip
ENTRY = "entry"  # each entry by itself: complaints and facilities have no key of their own


@dataclass(frozen=True)
class Measure:
    """A definition: kinds of entries, roles if they matter, the key it is first of all."""

    id: str
    kinds: tuple[str, ...]
    key: str
    name_en: str
    name_km: str
    en: str
    km: str
    roles: tuple[str, ...] = ()  # "" stands for a role not stated
    still: bool = False  # counts only who has not departed by the end of the period
    only_key: bool = False
    version: int = 1

    @property
    def keys(self) -> tuple[str, ...]:
        if self.only_key:
            return (self.key,)
        return (self.key, *(key for key in KEYS if key != self.key))

    def filter(self, entry: Any) -> Any:
        """Return which rows of the Ibis table ``entry`` it counts."""
        found = entry.counts_as.isin(self.kinds)
        if self.roles:
            found &= entry.role.fill_null("").isin(self.roles)
        return found

    def name(self, language: str) -> str:
        return self.name_km if language == "km" else self.name_en

    def definition(self, language: str) -> str:
        return self.km if language == "km" else self.en


_DEFINED = (
    Measure(
        "victims_reported", ("request_received",), "person",
        "Victims reported", "ជនរងគ្រោះដែលបានរាយការណ៍",
        "Persons about whom a request for help was received on a day of the period, as victims or "
        "with no role stated.",
        "បុគ្គលដែលមានសំណើសុំជំនួយអំពីពួកគេបានទទួលក្នុងរយៈពេលនេះ ជាជនរងគ្រោះ ឬមិនបានបញ្ជាក់តួនាទី។",
        roles=("victim", ""),
    ),
    Measure(
        "requests", ("request_received",), "request",
        "Requests for help", "សំណើសុំជំនួយ",
        "Requests for help received on a day of the period; messages joined into one request count "
        "once.",
        "សំណើសុំជំនួយដែលបានទទួលក្នុងរយៈពេលនេះ។ សារដែលបញ្ចូលជាសំណើតែមួយ រាប់តែម្ដង។",
    ),
    Measure(
        "requests_closed", ("request_closed",), "request",
        "Requests closed", "សំណើដែលបានបិទ",
        "Requests for help closed on a day of the period.",
        "សំណើសុំជំនួយដែលបានបិទក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "referrals", ("referred",), "case",
        "Cases referred", "សំណុំរឿងដែលបានបញ្ជូនបន្ត",
        "Cases referred from one agency to another on a day of the period.",
        "សំណុំរឿងដែលស្ថាប័នមួយបានបញ្ជូនទៅស្ថាប័នមួយទៀតក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_contacted", ("contacted",), "person",
        "Persons contacted", "បុគ្គលដែលបានទាក់ទង",
        "Persons with whom contact was first or again made on a day of the period.",
        "បុគ្គលដែលបានទាក់ទងក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_located", ("located",), "person",
        "Persons located", "បុគ្គលដែលបានរកឃើញទីតាំង",
        "Persons whose whereabouts were found on a day of the period.",
        "បុគ្គលដែលបានរកឃើញទីកន្លែងស្នាក់នៅក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "victims_rescued", ("rescued",), "person",
        "Victims rescued", "ជនរងគ្រោះដែលបានសង្គ្រោះ",
        "Persons removed from the control of those who held them on a day of the period.",
        "បុគ្គលដែលបានរួចផុតពីការគ្រប់គ្រងរបស់អ្នកឃុំឃាំងក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "victims_awaiting", ("held_waiting",), "person",
        "Victims awaiting return", "ជនរងគ្រោះដែលកំពុងរង់ចាំវិលត្រឡប់",
        "Persons who began to wait for their journey home on a day of the period and had not "
        "departed by its end.",
        "បុគ្គលដែលចាប់ផ្ដើមរង់ចាំធ្វើដំណើរទៅផ្ទះក្នុងរយៈពេលនេះ ហើយមិនទាន់ចេញដំណើរនៅចុងរយៈពេល។",
        still=True,
    ),
    Measure(
        "persons_presumed", ("presumed",), "person",
        "Persons presumed victims", "បុគ្គលដែលសន្មតថាជាជនរងគ្រោះ",
        "Persons for whom reasonable grounds were found on a day of the period.",
        "បុគ្គលដែលមានមូលហេតុសមស្របគួរឱ្យជឿថាជាជនរងគ្រោះក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "victims_identified", ("identified",), "person",
        "Victims identified", "ជនរងគ្រោះដែលបានកំណត់អត្តសញ្ញាណ",
        "Persons formally identified as victims on a day of the period.",
        "បុគ្គលដែលបានកំណត់ជាផ្លូវការថាជាជនរងគ្រោះក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_not_identified", ("not_identified",), "person",
        "Persons not identified as victims", "បុគ្គលដែលមិនត្រូវបានកំណត់ថាជាជនរងគ្រោះ",
        "Persons for whom it was decided on a day of the period that they are not victims.",
        "បុគ្គលដែលបានសម្រេចក្នុងរយៈពេលនេះថាមិនមែនជាជនរងគ្រោះ។",
    ),
    Measure(
        "victims_repatriated", ("repatriated",), "person",
        "Victims repatriated", "ជនរងគ្រោះដែលបានធ្វើមាតុភូមិនិវត្តន៍",
        "Persons returned home with help, as victims, who arrived on a day of the period.",
        "ជនរងគ្រោះដែលបានវិលមកមាតុភូមិដោយមានជំនួយ ហើយមកដល់ក្នុងរយៈពេលនេះ។",
        roles=("victim",),
    ),
    Measure(
        "persons_repatriated", ("repatriated", "returned_migrant"), "person",
        "Persons repatriated", "បុគ្គលដែលបានធ្វើមាតុភូមិនិវត្តន៍",
        "Persons returned home with help, victims and others, and migrants returned, who arrived "
        "on a day of the period.",
        "បុគ្គលដែលបានវិលមកមាតុភូមិដោយមានជំនួយ ទាំងជនរងគ្រោះ អ្នកដទៃ និងពលករវិលត្រឡប់ "
        "ដែលមកដល់ក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_deported", ("deported",), "person",
        "Persons deported", "បុគ្គលដែលត្រូវបាននិរទេស",
        "Persons removed from a country by its authorities on a day of the period.",
        "បុគ្គលដែលត្រូវអាជ្ញាធរប្រទេសណាមួយបណ្ដេញចេញក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_received", ("received",), "person",
        "Persons received", "បុគ្គលដែលបានទទួល",
        "Persons received by a post or office at home on a day of the period.",
        "បុគ្គលដែលប៉ុស្តិ៍ ឬការិយាល័យក្នុងប្រទេសបានទទួលក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_placed", ("placed",), "person",
        "Persons placed", "បុគ្គលដែលបានដាក់ឱ្យស្នាក់នៅ",
        "Persons placed at home, in a shelter or with an office on a day of the period.",
        "បុគ្គលដែលបានដាក់ឱ្យនៅផ្ទះ មណ្ឌល ឬការិយាល័យក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "victims_assisted", ("assisted", "received", "placed"), "person",
        "Victims assisted", "ជនរងគ្រោះដែលបានទទួលជំនួយ",
        "Persons given a service, received or placed on a day of the period.",
        "បុគ្គលដែលបានទទួលសេវា បានទទួលស្វាគមន៍ ឬបានដាក់ឱ្យស្នាក់នៅក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_followed_up", ("followed_up",), "person",
        "Persons followed up", "បុគ្គលដែលបានតាមដាន",
        "Persons visited or called after their return on a day of the period.",
        "បុគ្គលដែលបានសួរសុខទុក្ខក្រោយវិលត្រឡប់ក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "victims_missing", ("lost_contact",), "person",
        "Victims out of contact", "ជនរងគ្រោះដែលបាត់ទំនាក់ទំនង",
        "Persons with whom contact was lost on a day of the period.",
        "បុគ្គលដែលបាត់ទំនាក់ទំនងក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "cases_closed", ("closed",), "case",
        "Cases closed", "សំណុំរឿងដែលបានបិទ",
        "Cases closed on a day of the period.",
        "សំណុំរឿងដែលបានបិទក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "departures_interviewed", ("departure_interviewed",), "person",
        "Departures interviewed", "អ្នកចេញដំណើរដែលបានសម្ភាស",
        "Persons interviewed before they left the country on a day of the period.",
        "បុគ្គលដែលបានសម្ភាសមុនចេញពីប្រទេសក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "departures_stopped", ("departure_stopped",), "person",
        "Departures stopped", "អ្នកចេញដំណើរដែលត្រូវបានបញ្ឈប់",
        "Persons who were kept from leaving at a border post on a day of the period.",
        "បុគ្គលដែលត្រូវបានបញ្ឈប់មិនឱ្យចេញនៅច្រកព្រំដែនក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "cases", ("case_opened",), "case",
        "Cases opened", "សំណុំរឿងដែលបានបើក",
        "Cases opened on a day of the period; the country is where the fact lies.",
        "សំណុំរឿងដែលបានបើកក្នុងរយៈពេលនេះ។ ប្រទេសគឺជាកន្លែងដែលរឿងបានកើតឡើង។",
    ),
    Measure(
        "operations", ("operation_executed",), "operation",
        "Operations", "ប្រតិបត្តិការ",
        "Operations carried out on a day of the period.",
        "ប្រតិបត្តិការដែលបានអនុវត្តក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_found", ("person_found",), "person",
        "Persons found in operations", "បុគ្គលដែលបានរកឃើញក្នុងប្រតិបត្តិការ",
        "Persons found in an operation on a day of the period, whatever they turned out to be.",
        "បុគ្គលដែលបានរកឃើញក្នុងប្រតិបត្តិការក្នុងរយៈពេលនេះ ទោះជាក្នុងឋានៈណាក៏ដោយ។",
    ),
    Measure(
        "facilities_closed", ("facility_closed",), ENTRY,
        "Facilities closed", "ទីតាំងដែលបានបិទ",
        "Places closed by the authorities on a day of the period.",
        "ទីតាំងដែលអាជ្ញាធរបានបិទក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "suspects_identified", ("suspect_identified",), "person",
        "Suspects identified", "ជនសង្ស័យដែលបានកំណត់អត្តសញ្ញាណ",
        "Suspects identified on a day of the period.",
        "ជនសង្ស័យដែលបានកំណត់អត្តសញ្ញាណក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "suspects_detained", ("suspect_detained",), "person",
        "Suspects detained", "ជនសង្ស័យដែលបានឃាត់ខ្លួន",
        "Suspects detained on a day of the period.",
        "ជនសង្ស័យដែលបានឃាត់ខ្លួនក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "suspects_at_large", ("suspect_at_large",), "person",
        "Suspects at large", "ជនសង្ស័យដែលកំពុងគេចខ្លួន",
        "Suspects recorded as at large on a day of the period.",
        "ជនសង្ស័យដែលបានកត់ត្រាថាកំពុងគេចខ្លួនក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_prosecuted", ("prosecuted",), "person",
        "Persons prosecuted", "បុគ្គលដែលត្រូវបានបញ្ជូនទៅតុលាការ",
        "Persons brought before a court on a day of the period.",
        "បុគ្គលដែលត្រូវបានបញ្ជូនទៅតុលាការក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "court_cases", ("prosecuted",), "proceeding",
        "Court cases", "សំណុំរឿងតុលាការ",
        "Proceedings in which a person was brought before a court on a day of the period.",
        "នីតិវិធីតុលាការដែលមានបុគ្គលត្រូវបានបញ្ជូនទៅក្នុងរយៈពេលនេះ។",
        only_key=True,
    ),
    Measure(
        "persons_convicted", ("convicted",), "person",
        "Persons convicted", "បុគ្គលដែលត្រូវបានកាត់ទោស",
        "Persons convicted on a day of the period.",
        "បុគ្គលដែលត្រូវបានកាត់ទោសក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "persons_acquitted", ("acquitted",), "person",
        "Persons acquitted", "បុគ្គលដែលត្រូវបានដោះលែងឱ្យរួចខ្លួន",
        "Persons acquitted on a day of the period.",
        "បុគ្គលដែលត្រូវបានតុលាការដោះលែងឱ្យរួចខ្លួនក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "complaints", ("complaint_received",), ENTRY,
        "Complaints", "ពាក្យបណ្ដឹង",
        "Complaints received on a day of the period.",
        "ពាក្យបណ្ដឹងដែលបានទទួលក្នុងរយៈពេលនេះ។",
    ),
    Measure(
        "fines_waived", ("fine_waived",), "person",
        "Persons whose fine was waived", "បុគ្គលដែលបានលើកលែងការផាកពិន័យ",
        "Persons whose fine for overstaying was waived on a day of the period.",
        "បុគ្គលដែលបានលើកលែងការផាកពិន័យលើការស្នាក់នៅហួសកំណត់ក្នុងរយៈពេលនេះ។",
    ),
)  # fmt: skip

MEASURES: dict[str, Measure] = {measure.id: measure for measure in _DEFINED}

# Named choices of measures and breakdowns.
_LADDER = (
    "requests", "victims_reported", "persons_contacted", "victims_rescued", "persons_presumed",
    "victims_identified", "victims_awaiting", "victims_repatriated", "persons_repatriated",
    "persons_received", "persons_placed", "persons_followed_up", "cases_closed",
)  # fmt: skip
TEMPLATES: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "monthly": (_LADDER, (("sex",), ("from",))),
    "annual": (tuple(MEASURES), (("sex",), ("from",), ("nationality",), ("agency",))),
    "border": (
        ("departures_interviewed", "departures_stopped"),
        (("sex",), ("nationality",), ("checkpoint",)),
    ),
    "justice": (
        ("cases", "operations", "suspects_detained", "persons_prosecuted", "court_cases",
         "persons_convicted", "persons_acquitted"),
        (("sex",), ("nationality",), ("province",)),
    ),
}  # fmt: skip
