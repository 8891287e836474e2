"""From mentions to lines: additions, corrections, removals, replacements; the last word wins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu import cues
from nlu.binding import Event, Loose, Mention
from nlu.measures import IDLE_UNITS, measure_of, pick
from nlu.orderlines import Line, Lines
from nlu.quantities import Amount

# 我一桶我老弟一桶 shares out what was said, 不是三斤 denies it, 家里三斤 is there already.
_AND = re.compile(r"(?:和|跟|还有|呢|、)?")
_NOT_FOR_US = re.compile(
    "(?:不是|不是说|我|他|她|记成|听成|写成|送成|说成|弟|妹|姐|哥|儿子|闺女|女儿|家)$|家里|冰箱|柜子|剩$|还有$|就$"
)

@dataclass(frozen=True)
class Around:
    """The words about a mention: before it, after it, and on to the next thing named."""

    lead: str
    trail: str
    rest: str
    last: bool


def read_wishes(text: str, events: list[Event], lines: Lines) -> Lines:
    """Apply every mention and loose amount, left to right, to the lines."""
    since = 0
    for index, event in enumerate(events):
        lead = text[min(since, event.start) : event.start].replace("T", "")
        until = events[index + 1].start if index + 1 < len(events) else len(text)
        rest = next((e.start for e in events[index + 1 :] if isinstance(e, Mention)), len(text))
        around = Around(
            lead, text[event.end : until].replace("T", ""), text[event.end : rest].replace("T", ""),
            until == len(text),
        )
        acted = (
            _loose(lines, event, around)
            if isinstance(event, Loose)
            else _mention(lines, event, around)
        )
        if not acted and isinstance(event, Loose) and _is_wish_alone(event, around):
            lines.unread.append(event)
        if not acted and isinstance(event, Mention) and _may_be_wished(event):
            lines.bare.append(event)
        told = not acted and isinstance(event, Mention) and bool(event.amounts)
        lines.telling, lines.owned = told or lines.owned, False
        if acted or (isinstance(event, Mention) and event.sense.held == "held"):
            since = event.end
    return lines


def _loose(lines: Lines, event: Loose, around: Around) -> bool:
    """Whether the amount changed a line."""
    lead, trail = around.lead, around.trail
    link = lead[-6:]
    if event.amount.unit in IDLE_UNITS:
        return False
    line = lines.focus or _only(lines)
    if line is not None and line.base and cues.LESS_LINK.search(link):
        lines.say(line, [event.amount], "less")
        return True
    if cues.LESS_LINK.search(link) and re.search("减|去", link):
        return True
    if cues.REFUTED_TRAIL.match(trail):
        return False
    if line is None:
        return _of_topic(lines, event, around)
    if _NOT_FOR_US.search(lead) or cues.STORY_LEAD.search(lead):
        return False
    if not event.amount.unit and line.amounts:
        return False
    if lines.is_service(line.sense) and measure_of(event.amount.unit) not in ("份", "次"):
        return False
    if cues.MORE.search(lead[-8:]) and not re.search("不要再|别再", lead):
        lines.say(line, [event.amount], "more")
    elif (
        cues.MEND.search(lead) or cues.ENOUGH_TRAIL.match(trail) or cues.SIGH.search(lead)
        or not (line.amounts or line.base) or (lead and cues.ONLY_FILLER.fullmatch(lead))
        or re.search(r"(?:来|要|给我|拿)$", lead)
    ):
        lines.say(line, [event.amount], "set")
    else:
        return False
    return True


def _is_wish_alone(event: Loose, around: Around) -> bool:
    """An amount of shopping beside which nothing was understood."""
    if event.amount.unit in IDLE_UNITS or not event.amount.unit:
        return False
    if cues.REFUTED_TRAIL.match(around.trail) or cues.STORY_TRAIL.match(around.trail):
        return False
    return not (_NOT_FOR_US.search(around.lead) or cues.STORY_LEAD.search(around.lead))


def _may_be_wished(event: Mention) -> bool:
    sense = event.sense
    return (
        sense.held == "held" and sense.how != "sound" and len(sense.word) > 1 and not event.amounts
    )


def _of_topic(lines: Lines, event: Loose, around: Around) -> bool:
    """那回鸡蛋磕破了四个，这回再来三斤: an amount wished of what the talk was about."""
    topic = lines.topic
    asked = cues.WANT_LEAD.search(around.lead) or cues.ASK_TRAIL.match(around.lead)
    if topic is None or not event.amount.unit or not asked or cues.MADE_OF.search(around.lead):
        return False
    lines.put(Line(topic.sense, [event.amount], topic.spec_jin, topic.start, event.end))
    lines.topic = None
    return True


def _only(lines: Lines) -> Line | None:
    drafted = [line for line in lines.lines if line.base]
    return drafted[0] if len(drafted) == 1 and len(lines.lines) == 1 else None


def _mention(lines: Lines, event: Mention, around: Around) -> bool:
    """Whether the thing named changed or confirmed a line."""
    known = lines.find(event.sense)
    before, lines.previous = lines.previous, event
    if _refused(lines, event, known, around, before):
        return True
    if event.sense.held == "held" or lines.topic is None or cues.ASK_TRAIL.match(around.trail):
        lines.topic = event
    replaced = _replaced(lines, event, known, around)
    if replaced is not None:
        _replace(lines, event, replaced)
    elif known is not None and _is_another_pack(lines, known, event):
        lines.put(_line(event))
    elif known is not None:
        _again(lines, known, event, around)
    elif _refines(lines, event):
        assert lines.focus is not None
        lines.focus.sense = event.sense
        if event.amounts:
            lines.focus.amounts = list(event.amounts)
    elif lines.is_service(event.sense) or (
        not _is_story(lines, event, around) if event.amounts else _is_wanted(event, around)
    ):
        lines.put(_line(event))
    else:
        return False
    return True


def _refused(
    lines: Lines, event: Mention, known: Line | None, around: Around, before: Mention | None
) -> bool:
    """Whether the thing is not to come: dropped, owned already, or merely denied."""
    lead, trail = around.lead, around.trail
    if cues.KEPT_TRAIL.match(trail) and not event.amounts and known is not None:
        return True
    if cues.DROP_TRAIL.match(trail) or (
        not event.amounts and known is not None
        and (cues.SOFT_DROP_TRAIL.match(trail) or cues.LATE_DROP_TRAIL.match(trail))
    ):
        for line in lines.matching(event.sense) or [_line(event)]:
            lines.remove(line)
        _and_the_one_before(lines, before, around)
        return True
    said_of = event.link or trail
    owned = (not event.amounts or event.link) and (
        cues.OWNED_TRAIL.match(said_of) or cues.OWNED_LATER_TRAIL.match(said_of)
    )
    if cues.OWNED_LEAD.search(lead) or owned:
        lines.owned = True
        if known and re.search("不要|别|甭|不用|不拿|不买|去掉|莫|划掉|减", around.rest):
            lines.remove(known)
        elif known:
            lines.focus = known
        return True
    if cues.ISNT_LEAD.search(lead) or cues.DROP_LEAD.search(lead):
        return _denied(lines, event, known, lead, before)
    return False


def _and_the_one_before(lines: Lines, before: Mention | None, around: Around) -> None:
    """葱跟姜都不要了 drops both."""
    if before is None or not re.fullmatch("(?:和|跟|还有|同|与)", around.lead):
        return
    if re.match("(?:就|也)?(?:都|全|统统|俩)", around.trail):
        for line in lines.matching(before.sense):
            lines.remove(line)


def _denied(
    lines: Lines, event: Mention, known: Line | None, lead: str, before: Mention | None
) -> bool:
    """不是花生油, 不要挂面; and 是卫生纸不是抽纸, which names the right thing first."""
    if known is None:
        return not event.amounts
    if event.amounts and known.amounts and not cues.ISNT_LEAD.search(lead):
        return False
    if known.base and known.mode != "kept":
        known.mode, known.amounts = "kept", []
        lines.removed.append(known)
    elif re.fullmatch("(?:可)?不是", lead) and before and lines.find(before.sense) is None:
        _replace(lines, before, known)
    else:
        lines.remove(known)
    return True


def _replaced(
    lines: Lines, event: Mention, known: Line | None, around: Around
) -> Line | None:
    """The line that this mention takes the place of: 换成…, 不是…是…, 说错了是…."""
    lead = around.lead
    last = lines.removed[-1] if lines.removed else None
    if cues.SWAP_LEAD.search(lead):
        if known is not None and known.base is None and known is not lines.focus:
            return None
        old = lines.focus if lines.focus in lines.lines and lines.focus is not known else last
        return old if old is not known else None
    if last is not None and lines.focus is None and cues.IS_LEAD.search(lead) and known is None:
        return last if re.fullmatch(
            rf"(?:{cues.FILLER}|是|要|系|我要的?是|我|说的|的|了|来|讲|瞧我这嘴|"
            rf"记错|说错|错了|给我)*", lead) else None
    focus = lines.focus
    if focus is None or focus is known or cues.MORE.search(lead):
        return None
    named = event.amounts or cues.IS_LEAD.search(lead)
    if cues.WRONG.search(lead) and named:
        return focus
    alike = event.sense.word[-2:] == focus.sense.word[-2:]
    return focus if alike and cues.SWAP_SOFTLY_LEAD.search(lead) else None


def _refines(lines: Lines, event: Mention) -> bool:
    """电池八节五号的: a product named after its shelf says which one."""
    focus = lines.focus
    if focus is None or focus.sense.held != "shelf":
        return False
    return any(lines.vocabulary.covered(focus.sense, sku) for sku in event.sense.skus)


def _is_story(lines: Lines, event: Mention, around: Around) -> bool:
    if event.amount is None or event.amount.unit in IDLE_UNITS:
        return True
    if cues.STORY_TRAIL.match(around.trail):
        return True
    if lines.telling and _AND.fullmatch(around.lead):
        return True
    amount_first = event.amount.start < event.named[0]
    return amount_first and bool(cues.STORY_LEAD.search(around.lead))


def _is_wanted(event: Mention, around: Around) -> bool:
    lead, trail = around.lead, around.trail
    asked = cues.WANT_TRAIL.match(trail)
    if asked and (around.last or asked.end() < len(trail) or asked[0][-1] in "点些"):
        return True
    if cues.UNWANTED_LEAD.search(lead) or cues.RELATIVE_TRAIL.match(trail):
        return False
    if event.sense.held == "held" and len(event.sense.word) > 1:
        return bool(cues.WANT_LEAD.search(lead))
    return bool(cues.CLEAR_WANT_LEAD.search(lead))


def _line(event: Mention) -> Line:
    return Line(event.sense, list(event.amounts[-1:]), event.spec_jin, event.start, event.end)


def _replace(lines: Lines, event: Mention, old: Line) -> None:
    new = _line(event)
    if not new.amounts:
        new.amounts, new.inherited, new.taken_over = list(old.amounts), old.inherited, True
        if not new.amounts and old.base:
            new.inherited = old.base.quantity
    known = lines.find(event.sense)
    if old.base and old.mode != "kept" and old in lines.lines:
        old.mode, old.amounts = "kept", []
        if known:
            lines.say(known, new.amounts, "set")
            return
        lines.put(new)
        return
    if known is not None and known is not old:
        if old in lines.lines:
            lines.remove(old)
        lines.say(known, new.amounts, "set")
        return
    lines.put(new, at=old)
    if old not in lines.removed:
        lines.removed.append(old)


def _is_another_pack(lines: Lines, known: Line, event: Mention) -> bool:
    """一箱牛奶 and then 三袋牛奶: one name, two products, each by its own measure."""
    if known.base or len(event.sense.skus) < 2 or not (known.amounts and event.amount):
        return False
    products = [lines.vocabulary.products[sku] for sku in event.sense.skus]
    first = {product.sku for product, _ in pick(products, known.amounts[-1], known.spec_jin)}
    second = {product.sku for product, _ in pick(products, event.amount, event.spec_jin)}
    return len(first) == len(second) == 1 and first != second


def _again(lines: Lines, known: Line, event: Mention, around: Around) -> None:
    """A thing that has a line is named again."""
    lines.focus = known
    if event.spec_jin is not None:
        known.spec_jin = event.spec_jin
        if known.base is not None:
            known.sense, known.mode = event.sense, "set"
            known.inherited = known.base.quantity
    if len(event.sense.skus) < len(known.sense.skus) and event.sense.skus:
        known.sense = event.sense
    if known.sense.held == "shelf" and event.sense.held == "held":
        known.sense = event.sense
    if not event.amounts:
        return
    if event.amount and event.amount.unit in IDLE_UNITS:
        return
    _amount_again(lines, known, event, around)


def _amount_again(lines: Lines, known: Line, event: Mention, around: Around) -> None:
    said, link, lead, trail = list(event.amounts[-1:]), event.link, around.lead, around.trail
    if known.base and cues.LESS_LINK.search(link):
        lines.say(known, said, "less")
        return
    if cues.REFUTED_TRAIL.match(trail) or cues.STORY_LEAD.search(lead) and (
        not known.base or re.search("上回|上次|昨", lead[-10:])
    ):
        return
    if known.taken_over:
        lines.say(known, said, "set")
    elif cues.MORE_LINK.search(link) or cues.MORE_LAST_LEAD.search(lead):
        lines.say(known, said, "more")
    elif (
        cues.SET_LINK.search(link)
        or cues.MEND.search(lead)
        or not (known.amounts or known.base)
    ):
        lines.say(known, said, "set")
    elif cues.MORE.search(lead[-8:]):
        lines.say(known, said, "more")
    elif known.base or cues.SIGH.search(lead) and not _same(known.amounts[-1], said[0]):
        lines.say(known, said, "set")
    elif known.amounts and _same(known.amounts[-1], said[0]) and cues.RETELL.fullmatch(lead):
        return
    elif cues.ENOUGH_TRAIL.match(trail) and cues.MEND.search(lead + trail):
        lines.say(known, said, "set")
    else:
        lines.say(known, said, "more")


def _same(first: Amount, second: Amount) -> bool:
    return first.value == second.value and first.unit == second.unit
