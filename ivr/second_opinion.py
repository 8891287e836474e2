"""A second opinion on words that the parser does not know, from a model that knows more of them.

It can do one thing: put names before the caller in a question that is asked anyway. Whatever it
says is checked against the sentence and the catalogue; it adds no line, fills in no amount and
settles no question, and where it is silent, late or wrong the question stays as the parser put it.
"""

import logging
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

import nlu
from ivr import scenes
from ivr.calls import Call
from ivr.candidates import candidates
from ivr.choosing import AT_ONCE
from ivr.speech.transcriber import Hearing
from orders import vocabulary
from orders.errands import Work
from orders.lifecycle import State
from orders.order import Order
from orders.recordings import Recording
from voiceapp import clock

log = logging.getLogger(__name__)

MOST_OPTIONS = 3
MOST_CANDIDATES = 80
"""Names that one request holds, over all its questions: what keeps it small."""

LONGEST = 300
"""Characters of a sentence that are sent; a longer one is a story, and is not."""

_DIGITS = re.compile(r"[0-9零〇一二三四五六七八九幺两]{5,}")


class Why(StrEnum):
    """Why an opinion was of no use."""

    SLOW = "slow"
    DOWN = "down"
    UNREADABLE = "unreadable"
    UNTRUE = "untrue"


class NoOpinion(Exception):
    """There is no opinion to be had, or none that can be believed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Doubt:
    """One stretch of a sentence that nobody understood, and the names by sku that it may mean."""

    question: str
    heard: str
    candidates: Mapping[str, str]


@dataclass(frozen=True)
class Guess:
    """What a stretch may mean: its question, the word in it, and skus, the likeliest first."""

    question: str
    word: str
    skus: tuple[str, ...]


class SecondOpinion(Protocol):
    """Knows more words than the parser."""

    def guesses(self, sentence: str, doubts: Sequence[Doubt]) -> Sequence[Guess]:
        """What the doubtful stretches of a sentence may mean. Raises NoOpinion."""
        ...


Options = Mapping[str, tuple[str, ...]]
"""A stretch of what was heard, and the skus to ask about, the likeliest first."""


def sought(
    work: Work, second: SecondOpinion | None, hearing: Hearing, zone: ZoneInfo
) -> Options:
    """What to ask about the stretches of an order's words that the parser has doubts about.

    Outside any transaction, and a stranger's words are sent nowhere.
    """
    if second is None or not hearing.understood:
        return {}
    with work.db.reading() as session:
        order = session.get_one(Order, work.subject)
        recording = session.get_one(Recording, order.recording_id)
        call = session.get_one(Call, recording.call_id)
        if order.state is not State.HEARD or scenes.is_stranger(session, order, call):
            return {}
        words = vocabulary.of_caller(session, order.customer_id)
    heard = nlu.Heard(text=hearing.text, now=clock.now().astimezone(zone))
    return options(second, work.subject, heard, words)


def options(
    second: SecondOpinion, order_id: uuid.UUID, heard: nlu.Heard, words: nlu.Vocabulary
) -> Options:
    """What to ask about a sentence's doubtful stretches; nothing is sent where there are none.

    One untrue guess spoils them all, and one line of the log says why there is no opinion.
    """
    sentence = _DIGITS.sub("…", heard.text)
    doubts = doubts_of(nlu.parse(heard, words), sentence, words)
    if not doubts:
        return {}
    try:
        guesses = second.guesses(sentence, doubts)
        return _proven(guesses, doubts)
    except NoOpinion as error:
        log.warning(
            "a second opinion was of no use", extra={"order": str(order_id), "why": error.why.value}
        )
        return {}


def doubts_of(
    understood: nlu.Understood, sentence: str, words: nlu.Vocabulary
) -> tuple[Doubt, ...]:
    """The questions about which product that have no option to offer, or more than are read out."""
    rows = [row for row in understood.clarify if _is_doubtful(row) and row.heard in sentence]
    if not rows or len(sentence) > LONGEST:
        return ()
    listed = {item.sku for item in understood.items}
    each = MOST_CANDIDATES // len(rows)
    return tuple(
        Doubt(row.id, row.heard, {product.sku: product.name for product in likely[:each]})
        for row in rows
        if (likely := candidates(row, words, listed))
    )


def _is_doubtful(row: nlu.Clarify) -> bool:
    helped = 0 < len(row.options) <= AT_ONCE
    return row.about == "product" and bool(row.heard) and not helped


def _proven(guesses: Sequence[Guess], doubts: Sequence[Doubt]) -> Options:
    """The guesses by the stretch they are about. Raises NoOpinion where one is not true."""
    open_ = {doubt.question: doubt for doubt in doubts}
    found: dict[str, tuple[str, ...]] = {}
    for guess in guesses:
        # Each question once: a second guess about it finds it gone.
        doubt = open_.pop(guess.question, None)
        if (
            doubt is None
            or not guess.word
            or guess.word not in doubt.heard
            or len(guess.skus) > MOST_OPTIONS
            or not doubt.candidates.keys() >= set(guess.skus)
        ):
            raise NoOpinion(Why.UNTRUE)
        found[doubt.heard] = tuple(dict.fromkeys(guess.skus))
    return found


def with_options(
    understood: nlu.Understood, found: Options, words: nlu.Vocabulary
) -> nlu.Understood:
    """The same understanding, its open questions with these options before their own."""
    return replace(
        understood, clarify=tuple(_with_options(row, found, words) for row in understood.clarify)
    )


def _with_options(row: nlu.Clarify, found: Options, words: nlu.Vocabulary) -> nlu.Clarify:
    if not _is_doubtful(row):
        return row
    # The catalogue may have been loaded anew since the question was sent.
    first = (sku for sku in found.get(row.heard, ()) if sku in words.products)
    return replace(row, options=tuple(dict.fromkeys((*first, *row.options))))
