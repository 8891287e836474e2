"""What would you like? From an utterance to an order, a question or another wish."""

from __future__ import annotations

import re

from nlu.contract import Heard, Understood
from nlu.cues import WANT_LEAD
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Line, Lines
from nlu.requests import intents
from nlu.requests.asking import SOMEONE, is_of_others, only_asks
from nlu.requests.ordering import ordered
from nlu.requests.roundabout import grievance, told_of
from nlu.requests.unnamed import broken, called_unheard, unnamed
from nlu.requests.usual import the_usual
from nlu.sounds.repaired import Repaired
from nlu.told.scene import Scene, look
from nlu.visits.calledoff import is_called_off
from nlu.visits.calling import CALLS
from nlu.visits.callouts import things_of
from nlu.vocabulary import Vocabulary
from nlu.wishes.bought import wished_if_held
from nlu.wishes.doubts import is_wish_unheard, unknown_things
from nlu.wishes.wholelist import read_list

# 明天别来打扫了后天上午来
_COMES_THEN = re.compile("(?:再|你们|你们再)?来(?:吧|好了|就行|$)")
_PUT_UP = ("装", "安", "换", "买")
# 豆皮半斤千万莫送成豆腐干: how what is wished for must not come.
_NOT_AGAIN = re.compile(
    "(?:别|莫|不要|甭|勿要|覅|不准|不能)(?:再|又|给我|给俺|跟上[回次]一样)*(?:送|拿|装|搞|弄|发|配|捡|拣)(?:成|错|混|岔|反|坏|烂|碎|给我?[^，]{1,4}了)"
)


def read_request(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Steps: a person, then wishes; what is left over is a question or chatter."""
    text = said.text
    if said.either(intents.is_agent):
        return Understood("agent")
    scene = look(heard, said, vocabulary)
    lines = wishes_of(scene, vocabulary)
    complaint = said.either(intents.is_complaint)
    goods = [line for line in lines.lines if not lines.is_service(line.sense)]
    if not goods and (tried := wished_if_held(scene.masked, scene.events)):
        lines.lines.append(tried)
        goods.append(tried)
    if scene.called and not goods and intents.is_own_trouble(text):
        complaint = False
    if not goods and intents.NEVER_CAME.search(text):
        return Understood("complaint")
    asked = said.either(intents.status)
    off = said.either(intents.CANCEL.search)
    if _is_all_of_it(asked, goods) and not (asked and off and off.end() > asked.start()):
        return Understood("order_status")
    if _is_all_of_it(off, goods) and not (
        _is_of_the_usual(scene, off)
        or off and scene.called
        and any(time.start >= off.end() and time.phrase.hours for time in scene.wished)
    ):
        return Understood("cancel_order")
    if _is_called_off(scene, lines):
        return Understood("cancel_order")
    awaited = bool(scene.called and scene.wished)
    warned = any(line.amounts and _NOT_AGAIN.search(text, line.end) for line in goods)
    if not (_is_list(goods) or awaited or warned) and said.either(intents.is_missent):
        return Understood("complaint")
    if usual := the_usual(scene, lines, vocabulary):
        return usual
    whole = said.either(intents.ASKS_OF_IT.search)
    if whole and all(whole.start() <= line.start < whole.end() for line in lines.lines):
        return _question(scene)
    asked_for = any(_is_asked_for(line, text) for line in goods)
    if complaint and goods and not asked_for:
        return Understood("complaint")
    if found := broken(scene, lines, vocabulary):
        lines.lines.append(found)
        return ordered(scene, lines, vocabulary, complaint=False)
    if not _is_list(goods) and _is_all_of_it(said.either(grievance), goods):
        return Understood("complaint")
    if not asked_for and (kind := _told(scene, goods, vocabulary)):
        return kind
    wish = bool(CALLS.search(text)) or not complaint or awaited
    if complaint and intents.is_of_staff(text) and not (scene.wished or SOMEONE.search(text)):
        wish = False
    if said.either(intents.CHAT.search) and not asked_for and not CALLS.search(text):
        return Understood("other")
    if intents.PRAISE.search(text) and not asked_for and not scene.wished and not scene.called:
        return Understood("other")
    if lines.lines and not goods and is_of_others(scene) and not SOMEONE.search(text):
        return Understood("other")
    if lines.lines and (goods or wish):
        asks = only_asks(text, goods=bool(goods))
        bare = not any(line.amounts for line in goods) and not asked_for
        if asks and bare and not scene.wished:
            return _question(scene)
        lines.lines += called_unheard(scene, lines, vocabulary)
        complaint = complaint or said.either(intents.is_grieved)
        return ordered(scene, lines, vocabulary, complaint)
    return _without_lines(scene, lines, vocabulary, complaint)


def read_order(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """The same where it is known that something is wished for, if anything is found of it."""
    scene = look(heard, said, vocabulary)
    lines = wishes_of(scene, vocabulary)
    goods = any(not lines.is_service(line.sense) for line in lines.lines)
    if not goods and (tried := wished_if_held(scene.masked, scene.events)):
        lines.lines.append(tried)
    if lines.lines:
        lines.lines += called_unheard(scene, lines, vocabulary)
    elif found := broken(scene, lines, vocabulary):
        lines.lines.append(found)
    elif scene.told:
        mention = scene.told[-1]
        lines.lines.append(Line(mention.sense, [], None, mention.start, mention.end))
    else:
        lines.lines += unnamed(scene, lines, vocabulary, wished=True)
    if not lines.lines:
        return Understood("other")
    return ordered(scene, lines, vocabulary, complaint=said.either(intents.is_grieved))


def wishes_of(scene: Scene, vocabulary: Vocabulary, lines: Lines | None = None) -> Lines:
    """Goods and services wished for, the described services beside those named."""
    lines = read_list(scene.masked, scene.events, lines or Lines(vocabulary))
    for mention in scene.called:
        if not mention.plain and lines.find(mention.sense) is None:
            lines.lines.append(Line(mention.sense, [], None, mention.start, mention.end))
    lines.lines += unknown_things(scene.masked, scene.said, scene.events, lines)
    done_to = [things_of(mention.sense.word) for mention in scene.called]
    lines.lines = [
        line for line in lines.lines
        if line.sense.held != "unheld" or scene.text[: line.start].endswith(_PUT_UP)
        or not any(things.search(scene.text, line.start, line.end) for things in done_to)
    ]  # 六床被子拿去洗: what is to be washed is not bought; a lamp to be put up may be
    return lines


def _is_called_off(scene: Scene, lines: Lines) -> bool:
    """明天的打扫先不做了: a visit is not to come, and nothing is wished for in its place."""
    off = [m for m in (*scene.called, *scene.told) if is_called_off(scene.text, m)]
    skus = {sku for mention in off for sku in mention.sense.skus}
    if not off or any(not skus.intersection(line.sense.skus) for line in lines.lines):
        return False
    return all(time.start < off[-1].end for time in scene.wished)


def _is_all_of_it(found: re.Match[str] | None, goods: list[Line]) -> bool:
    """早上要的那两斤韭菜啥时候到: nothing is wished for after the order that was asked about."""
    return found is not None and all(
        line.start < found.end() and not _is_counted_after(line, found.end()) for line in goods
    )


def _is_counted_after(line: Line, end: int) -> bool:
    """网上买的牛奶还没到，先给我来六袋."""
    return line.asked and bool(line.amounts) and line.amounts[-1].start >= end


def _is_of_the_usual(scene: Scene, off: re.Match[str] | None) -> bool:
    """照上礼拜那单送，苹果不要了: one thing of the usual is not to come, and the rest is."""
    usual = intents.REORDER.search(scene.text)
    return usual is not None and off is not None and any(
        isinstance(event, Mention) and usual.end() <= event.start < off.end()
        for event in scene.events
    )


def _is_asked_for(line: Line, text: str) -> bool:
    """那箱牛奶有两盒胀包了, 青菜里有泥: an amount of what nobody knows is no wish beside a
    grievance, nor is a thing without an amount."""
    known = line.sense.held != "unheld" and bool(line.amounts)
    return known or bool(WANT_LEAD.search(text, 0, line.start))


def _is_list(goods: list[Line]) -> bool:
    """红豆要三斤江米二斤…去年就给我送错了: an order all the same."""
    return sum(bool(line.amounts) for line in goods) > 1 and any(line.asked for line in goods)


def _without_lines(
    scene: Scene, lines: Lines, vocabulary: Vocabulary, complaint: bool
) -> Understood:
    text = scene.text
    if scene.told and scene.wished and (
        CALLS.search(text) or _COMES_THEN.match(text, scene.wished[-1].end)
    ):
        mention = scene.told[-1]
        lines.lines.append(Line(mention.sense, [], None, mention.start, mention.end))
        return ordered(scene, lines, vocabulary, complaint)
    if complaint:
        return Understood("complaint")
    if intents.PUBLIC.search(text) and is_of_others(scene):
        return Understood("other")
    if scene.said.either(intents.QUESTION.search):
        return _question(scene)
    if intents.MISDIALLED.search(text) and not scene.wished:
        return Understood("other")
    if intents.PRAISE.search(text) and not scene.wished:
        return Understood("other")
    wished = bool(scene.wished) or is_wish_unheard(scene.said)
    lines.lines += unnamed(scene, lines, vocabulary, wished)
    if lines.lines:
        return ordered(scene, lines, vocabulary, complaint)
    return Understood("other")


def _told(scene: Scene, goods: list[Line], vocabulary: Vocabulary) -> Understood | None:
    """What is said of an order, a thing or our people where nothing is asked for."""
    named = bool(goods) or any(
        isinstance(event, Mention) and not vocabulary.is_service(event.sense)
        for event in scene.events
    )
    timed, bare = bool(scene.wished), not (goods or scene.called)
    named = named and not scene.called
    kind = scene.said.either(lambda t: told_of(t, named=named, bare=bare, timed=timed))
    if kind == "question":
        return None if SOMEONE.search(scene.text) else _question(scene)
    if kind == "reorder":
        return Understood(kind, window=scene.wished[-1].window if timed else None)
    return Understood(kind) if kind else None


def _question(scene: Scene) -> Understood:
    about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
    return Understood("question", about=tuple(dict.fromkeys(about)))
