"""Cases as they may be shown: the file, its story, its page, the lines of *my work*."""

from spean.cases.queries.files import (
    agencies_on,
    cases_for,
    kept_from_of,
    next_limits,
    running_clocks,
)
from spean.cases.queries.page import (
    CasePage,
    Involved,
    Look,
    case_page,
    looks_at,
    people_of,
)
from spean.cases.queries.story import (
    Told,
    opened_entry,
    place_words,
    stage_sentence,
    story_of,
)
from spean.cases.queries.work import work_of

__all__ = [
    "CasePage",
    "Involved",
    "Look",
    "Told",
    "agencies_on",
    "case_page",
    "cases_for",
    "kept_from_of",
    "looks_at",
    "next_limits",
    "opened_entry",
    "people_of",
    "place_words",
    "running_clocks",
    "stage_sentence",
    "story_of",
    "work_of",
]
