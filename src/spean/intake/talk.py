"""What a writer sees when she comes back: where it stands, what we still need, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from spean.intake.models import Message, Request
from spean.intake.rules import standing
from spean.intake.states import Channel, RequestState
from spean.kernel.text import Sentence
from spean.vault.fields import ERASED

SHOWN = 2000  # characters of one message: a slow line need not carry all of a long letter again
STANDING = {
    "have": Sentence("We have it."),
    "checking": Sentence("We are checking."),
    "working": Sentence("Somebody is working on it."),
    "in_touch": Sentence("You are in touch with somebody."),
}


@dataclass(frozen=True)
class Line:
    """One thing that was said, by her (mine) or by us."""

    mine: bool
    words: str
    at: datetime
    is_cut: bool = False


@dataclass(frozen=True)
class Question:
    """Something we asked and she has not answered yet."""

    code: str
    words: str


@dataclass(frozen=True)
class Talk:
    standing: Sentence
    questions: list[Question]
    lines: list[Line]


def talk_of(request: Request) -> Talk:
    """Return the whole page of one request: newest line first, open questions apart.

    What a colleague noted of a call or a visit stands among the messages, and is never shown here.
    """
    notes = Q(incoming=True, author__isnull=False)
    messages = list(request.messages.exclude(notes).order_by("-at"))
    questions = _unanswered(messages)
    asked = {m.pk for m in questions}
    lines = [_line(m.words, m.at, mine=m.incoming) for m in messages if m.pk not in asked]
    lines.append(_line(_first_words(request), request.received, mine=True))
    return Talk(
        standing=STANDING[
            standing(
                RequestState(request.state),
                in_touch=any(m.author_id and not m.question for m in messages),
            )
        ],
        questions=[Question(m.question, m.words) for m in questions],
        lines=[line for line in lines if line.words],
    )


def _first_words(request: Request) -> str:
    if request.channel != Channel.PORTAL:  # a colleague's words, not hers
        return ""
    return "\n".join(t for t in (request.words, request.where, request.held_by) if t)


def _line(words: str, at: datetime, *, mine: bool) -> Line:
    shown = "" if words == ERASED else words
    return Line(mine=mine, words=shown[:SHOWN], at=at, is_cut=len(shown) > SHOWN)


def _unanswered(newest_first: list[Message]) -> list[Message]:
    """Return the last asking of each question after which no answer to it came, oldest first."""
    settled: set[str] = set()
    found: list[Message] = []
    for message in newest_first:
        if not message.question or message.question in settled:
            continue
        settled.add(message.question)
        if not message.incoming:
            found.append(message)
    return found[::-1]
