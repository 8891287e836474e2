"""From mentions to lines: additions, corrections, removals, replacements; the last word wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu import cues
from nlu.marks import droppings
from nlu.marks.binding import Event, Loose, Mention
from nlu.marks.described import kind_of
from nlu.marks.orderlines import Around, Line, Lines, drafted, line_of, take_place
from nlu.told.sharing import of_each
from nlu.wishes import others
from nlu.wishes.doubts import is_dropped
from nlu.wishes.loose import is_wish_alone, loose_amount
from nlu.wishes.refusals import only_this, refused
from nlu.wishes.repeats import again, is_another_of_the_shelf, is_another_pack
from nlu.wishes.replacing import replaced_by
from nlu.wishes.wanting import is_asked, is_story, is_wanted

_AILS = re.compile("有(?:股|点|些|味|怪)")  # 纯净水有股味: what is wrong with it
# 差点儿把白糖当盐搁了
_DONE_WITH = re.compile(
    "都?(?:[当打洒撒弄摔忘吃喝用扔搁腌晒]|给(?!我|俺)|(?:和|跟)[^，]{1,6}[弄搞记认混])"
)
# 理发的改后天按摩的还是明天: nothing takes the place of a thing.
_TO_A_TIME = re.compile("[改换挪推](?:到|成|在)?T+")
# 两斤鸡蛋明天上午别送下午送, 别上午来: a time is refused, and not the thing.
_NOT_THEN = re.compile(
    rf"T+(?:{cues.FILLER}|就|先|可|你们?)*(?:别|不用|不要|不|甭|莫)(?:再)?(?:送|来|修|弄)+了?"
    r"(?=[^T，]{0,8}T+[^T]{0,6}(?:送|来|修|再|吧))"
    r"|(?:别|不要|不用|不|莫|甭)T+(?:送|来)(?=(?:了|啊|吧)?(?:$|[^T]{0,10}T))"
)

# 后天上午来打扫明天别来, 打扫明天就算了后天吧: of several times, one is refused.
_ONE_REFUSED = re.compile(
    rf"T+(?:{cues.FILLER}|就|先|可|也|你们?)*(?:(?:别|不用|不要|甭|莫)(?:再|上门)?(?:来|送)了?|(?:算了|不行|不成|不方便|罢了)(?=[^，]{{0,4}}T))"
)

# 酱油有了光要醋
_ONLY_THIS = re.compile("(?:光|单|只)(?:给我|给俺)?(?:要|来|拿)$")
_HIDDEN = str.maketrans("", "", "TH")


def read_wishes(text: str, events: Sequence[Event], lines: Lines, since: int = 0) -> Lines:
    """Apply every mention and loose amount from `since` on, left to right, to the lines."""
    lines.text = text
    several = len(re.findall("T+", text)) > 1
    for index, event in enumerate(events):
        if event.spare:
            since = event.end
            continue
        lead = _no_times(text[min(since, event.start) : event.start], several)
        until = events[index + 1].start if index + 1 < len(events) else len(text)
        rest = next((e.start for e in events[index + 1 :] if isinstance(e, Mention)), len(text))
        around = Around(
            lead, _no_times(text[event.end : until], several),
            _no_times(text[event.end : rest], several),
            until == len(text), text[event.start : event.end], _is_counted(events[index + 1 :]),
        )
        lines.spent, telling = 0, lines.telling and not around.lead
        acted = (
            loose_amount(lines, event, around)
            if isinstance(event, Loose)
            else _mention(lines, event, around)
        )
        if not acted and isinstance(event, Loose) and is_wish_alone(event, around):
            lines.unread.append(event)
        if not acted and isinstance(event, Mention) and _may_be_wished(event, lines, around):
            lines.bare.append(event)
        if not acted and isinstance(event, Mention) and not telling and is_dropped(event, around):
            lines.dropped.append(event)
        told = not acted and isinstance(event, Mention) and bool(event.amounts)
        lines.telling, lines.owned = told or lines.owned, False
        if acted or (isinstance(event, Mention) and event.sense.held == "held"):
            since = event.end + lines.spent
        if acted and lines.focus and cues.HALF_TRAIL.search(around.trail):
            lines.halve(lines.focus)
    return lines


def _is_counted(following: Sequence[Event]) -> bool:
    return bool(following) and isinstance(following[0], Mention) and bool(following[0].amounts)


def _no_times(words: str, several: bool) -> str:
    if several:
        words = _ONE_REFUSED.sub("", words)
    return _TO_A_TIME.sub("", _NOT_THEN.sub("", words)).translate(_HIDDEN)


def _may_be_wished(event: Mention, lines: Lines, around: Around) -> bool:
    sense = event.sense
    if around.lead.endswith("把") and _DONE_WITH.match(around.trail):
        return False
    if sense.word in lines.denied:
        return False
    return sense.held == "held" and sense.how != "sound" and not event.amounts


def _mention(lines: Lines, event: Mention, around: Around) -> bool:
    """Whether the thing named changed or confirmed a line."""
    known = lines.find(event.sense) or _after_all(lines, event, around)
    before, lines.previous = lines.previous, event
    if known is not None and before is not None and _ONLY_THIS.search(around.lead):
        only_this(lines, known, before)
    if refused(lines, event, known, around, before):
        lines.denied.add(event.sense.word)
        if lines.owned and known is None and not _AILS.match(around.trail):
            lines.topic = event  # 盐还剩一袋了再来两袋
        return True
    if event.sense.held == "held" or lines.topic is None or cues.ASK_TRAIL.match(around.trail):
        lines.topic = event
    replaced = replaced_by(lines, event, known, around)
    if replaced is not None:
        take_place(lines, event, replaced)
    elif known is not None and event.told:
        return False
    elif known is not None and (
        is_another_pack(lines, known, event) or is_another_of_the_shelf(known, event, around.lead)
    ):
        lines.put(line_of(event))
    elif known is not None:
        again(lines, known, event, around)
    elif lines.focus and lines.focus.base and _is_another_kind(lines, event, before):
        take_place(lines, event, lines.focus)
    elif _refines(lines, event, around.lead):
        assert lines.focus is not None
        lines.denied.add(lines.focus.sense.word)  # 面条二斤湿的: it is no other thing
        lines.focus.sense = event.sense
        if event.amounts:
            lines.focus.amounts = list(event.amounts)
    elif lines.is_service(event.sense) or _was_left_out(lines, around) or (
        not is_story(lines, event, around) if event.amounts else is_wanted(event, around)
    ):
        line = line_of(event)
        if not lines.is_service(event.sense):
            line.amounts = of_each(line.amounts, around.lead + event.link)
        line = replace(
            line, asked=is_asked(event, around),
            for_one=others.of_one(around.lead),
        )
        lines.put(line)
    else:
        return False
    return True


def _after_all(lines: Lines, event: Mention, around: Around) -> Line | None:
    """The line that was read out and dropped, where it is to come after all: 土豆还是留着吧."""
    if not (event.amounts or cues.AFTER_ALL_TRAIL.match(around.trail)):
        return None
    line = next(iter(drafted(lines.removed, event)), None)
    again = droppings.DROP_TRAIL.match(around.trail) or droppings.DROP_LEAD.search(around.lead)
    if line is None or again:
        return None
    lines.removed.remove(line)
    lines.lines.append(line)
    lines.denied.discard(event.sense.word)
    return line


def _was_left_out(lines: Lines, around: Around) -> bool:
    return lines.drafted and bool(
        cues.LEFT_OUT_LEAD.search(around.lead) or cues.LEFT_OUT_TRAIL.match(around.trail)
    )


def _is_another_kind(lines: Lines, event: Mention, before: Mention | None) -> bool:
    """电池要七号的, 茶叶要花茶: of what was read out, another kind than was read."""
    base = lines.focus.base if lines.focus else None
    if base is None or event.amounts or base.sku in event.sense.skus:
        return False
    if event.sense.kind:
        return True
    return before is not None and before.sense.held == "shelf" and any(
        lines.vocabulary.covered(before.sense, sku) for sku in event.sense.skus
    )


def _refines(lines: Lines, event: Mention, lead: str) -> bool:
    """电池八节五号的: a product named after its shelf says which one."""
    focus = lines.focus
    unclear = focus is not None and focus.amount_is_vague and (
        kind_of(lines.vocabulary, event.sense.word, focus.sense.word) is not None
    )  # 来点面条两斤鲜的
    if focus is not None and event.sense.kind and (unclear or not event.amounts):
        return event.sense.word not in lines.denied
    if focus is None or focus.sense.held != "shelf":
        return False
    if focus.amounts and event.amounts and cues.ALSO.search(lead + event.link):
        return False  # 水送一桶矿泉水也来一箱
    return any(lines.vocabulary.covered(focus.sense, sku) for sku in event.sense.skus)
