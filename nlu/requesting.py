"""What would you like? From an utterance to an order, a question or another wish."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu import intents
from nlu.binding import Event, Mention, bind
from nlu.calling import CALLS, ServiceMention, is_called, only_called
from nlu.callouts import by_thing, services
from nlu.contract import Clarify, Heard, Item, Understood, Window
from nlu.cues import WANT_LEAD
from nlu.doubts import bought_as_heard, bought_unknown, half_heard, is_wish_unheard, unknown_things
from nlu.emergency import is_emergency
from nlu.lines import settle, when
from nlu.orderlines import Line, Lines
from nlu.reading import Mark, marks, prices, unmeant
from nlu.repaired import Repaired
from nlu.telling import told
from nlu.vocabulary import Sense, Vocabulary
from nlu.windows import WishedTime, wished_times
from nlu.wishes import read_wishes

_SOMEONE = re.compile(
    r"要(?:个|一个)?人(?:来|给|帮)|(?:来|派|找|叫|喊|请|约)(?:一|两)?(?:个|位|名)?(?:人|师傅|阿姨|小伙子|老师|护士|大夫|会|懂)|上门(?:来|给|帮)"
)
# 灯胆又烧了要两个灯胆: the second is bought.
_COUNTED = re.compile("(?:要|来|拿|买|送|带|捎)[一二两三四五六七八九十俩仨][个只支]?$")
_ONCE_MORE = re.compile("(?:你们?|给我|就|的时候)*(?:再|又|也|还(?:要|得))(?!别|不|没)")


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
    """Mark the times, then services, then things and amounts in what is left."""
    text = said.text
    windows = [heard.window, *(line.window for line in heard.draft)]
    drafted = next((window.start.date() for window in windows if window), None)
    wished, phrases = wished_times(text, heard.now, drafted)
    blocked = frozenset(at for phrase in phrases for at in range(phrase.start, phrase.end))
    masked = "".join("T" if at in blocked else char for at, char in enumerate(text))
    priced, unsaid = prices(text), unmeant(text)
    masked = "".join(
        "P" if at in priced else "Q" if at in unsaid else char for at, char in enumerate(masked)
    )
    blocked |= unsaid | priced
    spans = [(phrase.start, phrase.end) for phrase in phrases]
    found = [m for m in services(text, vocabulary) if not m.is_within(spans)]
    loose = marks(masked, vocabulary, blocked)
    goods = any(m.amount for m in loose) and any(_is_goods(m, found, vocabulary) for m in loose)
    called = [mention for mention in found if is_called(text, mention, goods)]
    read_out = {line.sku for line in heard.draft}
    asked = only_called(text, called)
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
    found_marks = marks(masked, vocabulary, frozenset(taken), known, said.strange)
    named = [_by_sound(mark, said, vocabulary) for mark in found_marks]
    events = told(text, bind(masked, named, vocabulary, said.pauses))
    return Scene(said, masked, wished, events, called, spoken)


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


def read_request(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Steps: danger, a person, then wishes; what is left over is a question or chatter."""
    text = said.text
    if is_emergency(text) or is_emergency(said.heard):
        return Understood("emergency")
    if intents.is_agent(text) or intents.is_agent(said.heard):
        return Understood("agent")
    scene = look(heard, said, vocabulary)
    lines = wishes_of(scene, vocabulary)
    complaint = intents.is_complaint(text) or intents.is_complaint(said.heard)
    goods = [line for line in lines.lines if not _is_service(line, vocabulary)]
    if not goods and intents.NEVER_CAME.search(text):
        return Understood("complaint")
    if _is_all_of_it(intents.status(text) or intents.status(said.heard), goods):
        return Understood("order_status")
    if _is_all_of_it(intents.CANCEL.search(text), goods):
        return Understood("cancel_order")
    if intents.is_missent(text) or intents.is_missent(said.heard):
        return Understood("complaint")
    if intents.REORDER.search(text) and not goods:
        wished = scene.wished[-1].window if scene.wished else None
        return Understood("reorder", window=wished)
    if complaint and goods and not any(_is_asked_for(line, text) for line in goods):
        return Understood("complaint")
    wish = bool(CALLS.search(text)) or not complaint
    if lines.lines and (goods or wish):
        asks = intents.QUESTION.search(text) and not _SOMEONE.search(text)
        if asks and not goods and not scene.wished:
            return _question(scene, lines)
        return _order(heard, scene, lines, vocabulary, complaint)
    return _without_lines(heard, scene, lines, vocabulary, complaint)


def wishes_of(scene: Scene, vocabulary: Vocabulary, lines: Lines | None = None) -> Lines:
    """Goods and services wished for, the described services beside those named."""
    lines = read_wishes(scene.masked, scene.events, lines or Lines(vocabulary))
    for mention in scene.called:
        if not mention.plain and lines.find(mention.sense) is None:
            lines.lines.append(Line(mention.sense, [], None, mention.start, mention.end))
    lines.lines += unknown_things(scene.masked, scene.said, scene.events, lines)
    return lines


def _is_all_of_it(found: re.Match[str] | None, goods: list[Line]) -> bool:
    """早上要的那两斤韭菜啥时候到: nothing is wished for after the order that was asked about."""
    return found is not None and all(line.start < found.end() for line in goods)


def _is_asked_for(line: Line, text: str) -> bool:
    """那箱牛奶有两盒胀包了: an amount of what nobody knows is no wish beside a grievance."""
    return line.sense.held != "unheld" or bool(WANT_LEAD.search(text, 0, line.start))


def _is_service(line: Line, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_service(line.sense)


def _without_lines(
    heard: Heard, scene: Scene, lines: Lines, vocabulary: Vocabulary, complaint: bool
) -> Understood:
    text = scene.text
    if scene.told and scene.wished and CALLS.search(text):
        mention = scene.told[-1]
        lines.lines.append(Line(mention.sense, [], None, mention.start, mention.end))
        return _order(heard, scene, lines, vocabulary, complaint)
    if complaint:
        return Understood("complaint")
    if intents.QUESTION.search(text) or intents.QUESTION.search(scene.said.heard):
        return _question(scene, lines)
    if _SOMEONE.search(text):
        sense = by_thing(text, vocabulary) or Sense("", "unheld")
        found = _SOMEONE.search(text)
        assert found
        lines.lines.append(Line(sense, [], None, found.start(), len(text)))
        return _order(heard, scene, lines, vocabulary, complaint)
    if unknown := bought_unknown(scene.masked) or bought_as_heard(scene.said, vocabulary):
        lines.lines.append(unknown)
        return _order(heard, scene, lines, vocabulary, complaint)
    wished = bool(scene.wished) or is_wish_unheard(scene.said)
    lines.lines += half_heard(scene.events, wished, lines, len(text))
    if lines.lines:
        return _order(heard, scene, lines, vocabulary, complaint)
    return Understood("other")


def _question(scene: Scene, lines: Lines) -> Understood:
    about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
    return Understood("question", about=tuple(dict.fromkeys(about)))


def _order(
    heard: Heard, scene: Scene, lines: Lines, vocabulary: Vocabulary, complaint: bool
) -> Understood:
    items: list[Item] = []
    asked: list[Clarify] = []
    for line in sorted(lines.lines, key=lambda entry: entry.start):
        settled = settle(line, scene.said, vocabulary, len(asked) + 1)
        if isinstance(settled, Clarify):
            asked.append(settled)
        elif settled.sku not in {item.sku for item in items}:
            items.append(settled)
    window: Window | None = None
    apart = _apart(items, scene)
    if apart:
        items = apart
    elif len(items) == 1 and _twice(scene, vocabulary.products[items[0].sku].is_service):
        asked.append(when(_heard(scene, scene.wished[-1])))
    elif scene.wished:
        window = None if _is_garbled(scene) else scene.wished[-1].window
        if window is None:
            asked.append(when(_heard(scene, scene.wished[-1])))
    elif any(vocabulary.products[item.sku].is_service for item in items):
        asked.append(when(""))
    also = ("complaint",) if complaint else ()
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("order", tuple(items), window, also, clarify=numbered)


def _is_garbled(scene: Scene) -> bool:
    """Whether a character of which nothing was made touches the time wished for."""
    time = scene.wished[-1]
    if not scene.said.is_mended:
        return False
    lost = scene.text[time.end : time.end + 1] in tuple("上下中早晚")
    touched = {time.end} | ({time.end + 1} if lost else set())
    touched |= {time.start - 1} if time.dayless else set()
    return bool(scene.said.strange & touched)


def _heard(scene: Scene, time: WishedTime) -> str:
    start, end = scene.said.span(time.start, time.end)
    return scene.said.heard[start:end]


def _twice(scene: Scene, service: bool) -> bool:
    """明天上午擦玻璃后天再来擦一次: one service at two times is no single wish."""
    if not service or len(scene.wished) < 2:
        return False
    first, last = scene.wished[-2:]
    days = [time.phrase.days for time in (first, last)]
    return None not in days and days[0] != days[1] and bool(
        _ONCE_MORE.match(scene.text, last.end)
    )


def _apart(items: list[Item], scene: Scene) -> list[Item]:
    """Two wishes at two times: each item with its own window; empty where one time is for all."""
    times = scene.wished
    if len(times) < 2 or len(items) < 2 or any(time.window is None for time in times):
        return []
    first = min(item.span[0] for item in items)
    starts = [scene.said.span(time.start, time.end)[0] for time in times]
    split: list[Item] = []
    for item in items:
        if starts[0] < first:
            own = [t for t, at in zip(times, starts, strict=True) if at <= item.span[0]][-1]
        else:
            later = [t for t, at in zip(times, starts, strict=True) if at >= item.span[0]]
            own = later[0] if later else times[-1]
        split.append(replace(item, window=own.window))
    return split if len({item.window for item in split}) == len(times) else []
