"""From mentions to lines: additions, corrections, removals, replacements; the last word wins."""

from __future__ import annotations

import re

from nlu import cues
from nlu.binding import Event, Loose, Mention
from nlu.measures import IDLE_UNITS, measure_of
from nlu.orderlines import Around, Line, Lines, line_of, take_place
from nlu.refusals import refused, replaced_by
from nlu.repeats import again, is_another_pack

# 我一桶我老弟一桶 shares out what was said, 不是三斤 denies it, 家里三斤 is there already.
_AND = re.compile(r"(?:和|跟|还有|呢|、)?")
_NOT_FOR_US = re.compile(
    "(?:不是|不是说|我|他|她|记成|听成|写成|送成|说成|弟|妹|姐|哥|儿子|闺女|女儿|家)$|家里|冰箱|柜子|剩$|还有$|就$"
)

# 豆腐都酸了，这回来两块: what was told of it before does not count against the wish.
_ANEW = re.compile("这[回次]|再|重新")


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
    if refused(lines, event, known, around, before):
        return True
    if event.sense.held == "held" or lines.topic is None or cues.ASK_TRAIL.match(around.trail):
        lines.topic = event
    replaced = replaced_by(lines, event, known, around)
    if replaced is not None:
        take_place(lines, event, replaced)
    elif known is not None and is_another_pack(lines, known, event):
        lines.put(line_of(event))
    elif known is not None:
        again(lines, known, event, around)
    elif _refines(lines, event):
        assert lines.focus is not None
        lines.focus.sense = event.sense
        if event.amounts:
            lines.focus.amounts = list(event.amounts)
    elif lines.is_service(event.sense) or (
        not _is_story(lines, event, around) if event.amounts else _is_wanted(event, around)
    ):
        lines.put(line_of(event))
    else:
        return False
    return True


def _refines(lines: Lines, event: Mention) -> bool:
    """电池八节五号的: a product named after its shelf says which one."""
    focus = lines.focus
    if focus is None or focus.sense.held != "shelf":
        return False
    return any(lines.vocabulary.covered(focus.sense, sku) for sku in event.sense.skus)


def _is_story(lines: Lines, event: Mention, around: Around) -> bool:
    if event.amount is None or event.amount.unit in IDLE_UNITS:
        return True
    if _ANEW.search(event.link) and cues.WANT_LEAD.search(event.link):
        return False
    if cues.STORY_TRAIL.match(around.trail):
        return True
    if cues.SETTLED_TRAIL.match(around.trail):
        return False
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
