"""An utterance with its times, services, things and amounts marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlu.contract import Heard
from nlu.cues import FILLER
from nlu.marks.binding import Event, bind
from nlu.marks.fillings import fillings
from nlu.marks.places import by_order, by_place
from nlu.marks.reading import Mark, marks
from nlu.marks.suchas import such
from nlu.sounds.repaired import Repaired
from nlu.times.timephrase import TimePhrase
from nlu.times.windows import WishedTime, wished_times
from nlu.times.wishing import REFUSED_LEAD
from nlu.told.denials import not_wished
from nlu.told.meant import meant
from nlu.told.sharing import shared_out, shares
from nlu.told.spent import spent
from nlu.told.summing import summed
from nlu.told.telling import told
from nlu.told.unmeant import prices, unmeant
from nlu.visits.calledfor import is_called, is_trouble, only_called
from nlu.visits.calledoff import without_called_off
from nlu.visits.calling import ServiceMention
from nlu.visits.callouts import services
from nlu.vocabulary import Vocabulary

# 灯胆又烧了要两个灯胆: the second is bought.
_COUNTED = re.compile("(?:要|来|拿|买|送|带|捎)[一二两三四五六七八九十俩仨][个只支]?$")

_FOR = re.compile(rf"(?:{FILLER}|的|要|想|得|做|去|来|给我|帮我|一?[个下次])*")
_NO_MORE = re.compile(
    rf"(?:{FILLER}|的|[一两二三四五六][份次](?:[午晚中夜][饭餐])?|去(?:公园|医院|菜场|江边|湖边)|一?[下次趟个回]|可以|好|行|谢谢|麻烦|你们?|"
    "了)*"
)


@dataclass
class Scene:
    """An utterance with its times, services, things and amounts marked."""

    said: Repaired
    masked: str
    wished: list[WishedTime]
    events: list[Event]
    called: list[ServiceMention]
    told: list[ServiceMention]

    @property
    def text(self) -> str:
        return self.said.text


def look(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Scene:
    """Mark the times, then services, then things and amounts in what is left.

    What was read is masked by a letter: T a time, P a price, Q what is not wished, H for whom.
    """
    text = said.text
    windows = [heard.window, *(line.window for line in heard.draft)]
    drafted = next((window.start.date() for window in windows if window), None)
    wished, phrases = wished_times(text, heard.now, drafted)
    blocked = frozenset(at for phrase in phrases for at in range(phrase.start, phrase.end))
    masked = "".join("T" if at in blocked else char for at, char in enumerate(text))
    priced, unsaid = prices(text), unmeant(text) | not_wished(text, vocabulary) | fillings(text)
    unsaid |= such(text, vocabulary)
    masked = "".join(
        "P" if at in priced else "Q" if at in unsaid else char for at, char in enumerate(masked)
    )
    blocked |= unsaid | priced
    each = shares(masked)
    among = {at for share in each for at in range(share.start, share.end)}
    masked = "".join("H" if at in among and char != "T" else char for at, char in enumerate(masked))
    blocked |= among
    spans = [(phrase.start, phrase.end) for phrase in phrases]
    found = [m for m in services(text, vocabulary) if not m.is_within(spans)]
    if heard.dialogue == "request":
        found = without_called_off(text, found, vocabulary)
    loose = marks(masked, vocabulary, blocked)
    goods = any(m.amount for m in loose) and any(_is_goods(m, found, vocabulary) for m in loose)
    begins = {time.start for time in wished}
    called = [
        m for m in found
        if is_called(text, m, goods)
        or m.plain and not m.told and m.end in begins and _FOR.fullmatch(text, 0, m.start)
    ]
    read_out = {line.sku for line in heard.draft}
    visits = called if heard.dialogue != "confirm" else [
        m for m in called if read_out.intersection(m.sense.skus)
    ]
    wished = _with_those_beside(text, phrases, visits, wished)
    asked = only_called(text, called, [(time.start, time.end) for time in wished])
    called = [m for m in called if m in asked or read_out.intersection(m.sense.skus)]
    spoken = [mention for mention in found if mention.told]
    plain = [mention for mention in found if mention.plain]
    taken = blocked | {at for m in plain for at in range(m.start, m.end)}
    taken |= {
        at
        for m in called for start, end in m.words
        if m.plain or not _COUNTED.search(text, 0, start)
        for at in range(start, end)
    }
    known = [Mark(m.start, m.end, m.sense, service=True) for m in called if m.plain]
    known += [*by_place(masked, heard.draft, vocabulary), *spent(text, vocabulary)]
    known += [] if heard.draft else by_order(masked, loose)
    if taken != blocked or known or said.strange:
        loose = marks(masked, vocabulary, frozenset(taken), known, said.strange)
    named = [_by_sound(m, said, vocabulary) for m in shared_out(masked, loose, each)]
    events = meant(masked, bind(masked, named, vocabulary, said.pauses))
    events = told(text, summed(masked, events))
    return Scene(said, masked, wished, events, called, spoken)


def _with_those_beside(
    text: str,
    phrases: Sequence[TimePhrase],
    called: Sequence[ServiceMention],
    wished: list[WishedTime],
) -> list[WishedTime]:
    """礼拜一上午打针礼拜二下午去拿药: times of visits, where every time said is one."""
    beside = list(_beside(text, phrases, called))
    known = {time.phrase.start for time in wished}
    if known | {time.start for time in beside} != {phrase.start for phrase in phrases}:
        return wished or beside
    last = {after.start: before.end for before, after in pairwise(phrases)}
    beside = [
        time for time in beside
        if time.start not in known
        and any(last.get(time.start, -1) <= m.start < time.start for m in called)
        or time.start not in known | last.keys()
    ]
    return sorted([*wished, *beside], key=lambda time: time.start)


def _beside(
    text: str, phrases: Sequence[TimePhrase], called: Iterable[ServiceMention]
) -> Iterator[WishedTime]:
    """明天上午剃头, 后天下午要打针: the time of a visit that is all the caller says of it."""
    for index, phrase in enumerate(phrases):
        until = phrases[index + 1].start if index + 1 < len(phrases) else len(text)
        refused = REFUSED_LEAD.search(text, max(0, phrase.start - 8), phrase.start)
        plainly = phrase.window and not (phrase.past or refused) and any(
            mention.plain
            and not is_trouble(text, mention)
            and phrase.end <= mention.start
            and _FOR.fullmatch(text, phrase.end, mention.start)
            and _NO_MORE.fullmatch(text, mention.end, until)
            for mention in called
        )
        if plainly:
            yield WishedTime(phrase.start, phrase.end, phrase.window, phrase.dayless, phrase)


def _is_goods(mark: Mark, found: list[ServiceMention], vocabulary: Vocabulary) -> bool:
    if mark.sense is None or mark.sense.held != "held":
        return False
    if vocabulary.is_service(mark.sense):
        return False
    return all(mark.end <= m.start or mark.start >= m.end for m in found)


def _by_sound(mark: Mark, said: Repaired, vocabulary: Vocabulary) -> Mark:
    if mark.sense is None or mark.start not in said.sounded or mark.sense.held != "held":
        return mark
    margin, rivals = said.sounded[mark.start], said.rivals[mark.start]
    return replace(mark, sense=vocabulary.sounded(mark.sense, margin, rivals))
