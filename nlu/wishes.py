"""From mentions to lines: additions, corrections, removals, replacements; the last word wins."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import cues
from nlu.binding import Event, Loose, Mention
from nlu.doubts import is_dropped, names_another
from nlu.measures import IDLE_UNITS, measure_of
from nlu.orderlines import Around, Line, Lines, line_of, take_place
from nlu.refusals import refused, replaced_by
from nlu.repeats import again, is_another_pack
from nlu.wanting import is_asked, is_story, is_wanted

_NOT_FOR_US = re.compile(
    "(?:(?<!不是)不是|不是说|[一每两几俩]个?人|我|他|她|记成|听成|写成|送成|说成|弟|妹|姐|哥|儿子|闺女|女儿|家)$|"
    "(?:家里|冰箱里?|柜子里?)头?(?:还|都|也|就|倒|只)*(?:有|剩|放着)?$|剩$|还有$|(?<!那)就$"
)

# 萝卜两根不是三根: nobody can tell which of the two is meant.
_ISNT = re.compile(rf"(?:{cues.FILLER})*不是")
_AILS = re.compile("有(?:股|点|些|味|怪)")  # 纯净水有股味: what is wrong with it
_SETTLES = re.compile("(?:那就|就|[改换变]成|改为)(?:要|来|拿)?$")
_SAID_LAST = re.compile(
    "(?:来|要|给我|给|拿|称|那就|还是|那就是|(?:那|就|还是|干脆)(?:割|买|订|打|弄|整|搞|捎|带|送|切|秤)|[一总]共|听我的|听我说|按我说的|(?:只|就|光|单)(?:要|买|来|拿|称|订)|凑(?:够|满|个|成|到|个整)?)$"
)
# 理发的改后天按摩的还是明天: nothing takes the place of a thing.
_TO_A_TIME = re.compile("[改换挪推](?:到|成|在)?T+")
# 盐也不是两袋是一袋.
_ISNT_BUT = re.compile("不是.{1,6}(?:而|就|应该)?是(?:要)?$")
_VESSELS = frozenset("瓶袋盒箱桶提罐板包")
_ASKED = re.compile(r"(?:来|要|买|捎|拿|称|割|送|带|添|加)$")
def read_wishes(text: str, events: list[Event], lines: Lines) -> Lines:
    """Apply every mention and loose amount, left to right, to the lines."""
    since = 0
    for index, event in enumerate(events):
        if event.spare:
            since = event.end
            continue
        lead = _TO_A_TIME.sub("", text[min(since, event.start) : event.start]).replace("T", "")
        until = events[index + 1].start if index + 1 < len(events) else len(text)
        rest = next((e.start for e in events[index + 1 :] if isinstance(e, Mention)), len(text))
        around = Around(
            lead, text[event.end : until].replace("T", ""), text[event.end : rest].replace("T", ""),
            until == len(text), text[event.start : event.end],
        )
        lines.spent = 0
        acted = (
            _loose(lines, event, around)
            if isinstance(event, Loose)
            else _mention(lines, event, around)
        )
        if not acted and isinstance(event, Loose) and _is_wish_alone(event, around):
            lines.unread.append(event)
        if not acted and isinstance(event, Mention) and _may_be_wished(event, lines):
            lines.bare.append(event)
        if not acted and isinstance(event, Mention) and is_dropped(event, around):
            lines.dropped.append(event)
        told = not acted and isinstance(event, Mention) and bool(event.amounts)
        lines.telling, lines.owned = told or lines.owned, False
        if acted or (isinstance(event, Mention) and event.sense.held == "held"):
            since = event.end + lines.spent
        if acted and lines.focus and cues.HALF_TRAIL.search(around.trail):
            lines.halve(lines.focus)
    return lines


def _loose(lines: Lines, event: Loose, around: Around) -> bool:
    """Whether the amount changed a line."""
    lead, trail = around.lead, around.trail
    link = lead[-6:]
    if event.amount.unit in IDLE_UNITS or event.told:
        return False
    line = lines.focus or _only(lines)
    if line is not None and line.base and cues.LESS_LINK.search(link):
        lines.say(line, [event.amount], "less")
        return True
    if cues.LESS_LINK.search(link) and re.search("减|去", link):
        return True
    if cues.REFUTED_TRAIL.match(trail):
        return False
    if _ASKED.search(lead) and names_another(trail):
        return False
    if line is None or _speaks_of_another(lines, around):
        return _of_topic(lines, event, around)
    settled = lead.endswith("就") and cues.MEND.search(lead) or (
        lead.endswith("人") and cues.ENOUGH_TRAIL.match(trail)
    )
    if cues.TOTAL_LEAD.search(lead) and event.amount.unit:
        lines.total(line, [event.amount])
        return True
    chosen = line.amount_is_vague and lead.endswith("就")
    shared = _NOT_FOR_US.search(lead) and not settled and not chosen
    insisted = lead.endswith(around.said) and trail[:1] not in ("地", "的")
    if event.amount.unit and insisted and line.amounts:
        lines.say(line, [event.amount], "set")  # 两瓶两瓶: insisted upon, whatever was said before
        return True
    if shared and _ISNT.fullmatch(lead) and line.amounts and line.base is None:
        lines.say(line, [replace(event.amount, value=None, vague=True)], "set")
        return True
    if shared or cues.STORY_LEAD.search(lead):
        return False
    if not event.amount.unit and line.amounts:
        return False
    if lines.is_service(line.sense) and measure_of(event.amount.unit) not in ("份", "次"):
        return False
    if _is_for_another(line, lead):
        lines.say(line, [event.amount], "more")
    elif cues.MORE.search(lead[-8:]) and not re.search("不要再|别再", lead):
        if trail and trail[0] not in "吧啊呢哈" and _is_other_measure(line, event):
            return False
        lines.say(line, [event.amount], "more")
    elif (
        cues.MEND.search(lead) or cues.ENOUGH_TRAIL.match(trail) or cues.SIGH.search(lead)
        or not (line.amounts or line.base) or (lead and cues.ONLY_FILLER.fullmatch(lead))
        or _ISNT_BUT.search(lead)
        or _SAID_LAST.search(lead)
        or (line.amount_is_vague and event.amount.value is not None)
    ):
        lines.say(line, [event.amount], "set")
    else:
        return False
    return True


def _is_for_another(line: Line, lead: str) -> bool:
    """她要两斤我要一斤: each of them wants as many, and both are bought."""
    if not line.amounts or cues.MEND.search(lead):
        return False
    return bool(
        cues.OTHER_TOO_LEAD.search(lead) or line.for_one and cues.ONE_WANTS_LEAD.search(lead)
    )


def _is_other_measure(line: Line, event: Loose) -> bool:
    """一瓶洗洁精再来一袋…: what comes by the bag is another thing than what comes by the bottle."""
    said = [measure_of(amount.unit) for amount in line.amounts]
    return bool(said) and {*said, measure_of(event.amount.unit)} <= _VESSELS and (
        measure_of(event.amount.unit) not in said
    )


def _is_wish_alone(event: Loose, around: Around) -> bool:
    """An amount of shopping beside which nothing was understood."""
    if event.amount.unit in IDLE_UNITS or not event.amount.unit or event.told:
        return False
    if cues.REFUTED_TRAIL.match(around.trail) or cues.STORY_TRAIL.match(around.trail):
        return False
    return not (_NOT_FOR_US.search(around.lead) or cues.STORY_LEAD.search(around.lead))


def _may_be_wished(event: Mention, lines: Lines) -> bool:
    sense = event.sense
    if sense.word in lines.denied:
        return False
    return sense.held == "held" and sense.how != "sound" and not event.amounts


def _of_topic(lines: Lines, event: Loose, around: Around) -> bool:
    """那回鸡蛋磕破了四个，这回再来三斤: an amount wished of what the talk was about."""
    topic = lines.topic
    asked = (
        cues.WANT_LEAD.search(around.lead) or cues.ASK_TRAIL.match(around.lead)
        or cues.ENOUGH_TRAIL.match(around.trail) or _SETTLES.search(around.lead)
    )
    if topic is None or not event.amount.unit or not asked:
        return False
    if cues.MADE_OF.search(around.lead):
        return False
    if cues.STORY_LEAD.search(around.lead) and not cues.ENOUGH_TRAIL.match(around.trail):
        return False
    lines.put(Line(topic.sense, [event.amount], topic.spec_jin, topic.start, event.end))
    lines.topic = None
    return True


def _speaks_of_another(lines: Lines, around: Around) -> bool:
    """橙子五个桔子要双数那就十个: the thing named last has no line yet, and an amount is wished."""
    last = lines.previous
    if last is None or last is not lines.topic or last.amounts or last.told or lines.owned:
        return False
    if last.sense.held != "held" and not cues.ASK_TRAIL.search(around.lead):
        return False
    if lines.find(last.sense) is not None:
        return False
    return bool(cues.WANT_LEAD.search(around.lead) or _SETTLES.search(around.lead))


def _only(lines: Lines) -> Line | None:
    drafted = [line for line in lines.lines if line.base]
    return drafted[0] if len(drafted) == 1 and len(lines.lines) == 1 else None


def _mention(lines: Lines, event: Mention, around: Around) -> bool:
    """Whether the thing named changed or confirmed a line."""
    known = lines.find(event.sense)
    before, lines.previous = lines.previous, event
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
    elif known is not None and is_another_pack(lines, known, event):
        lines.put(line_of(event))
    elif known is not None:
        again(lines, known, event, around)
    elif lines.focus and lines.focus.base and _is_another_kind(lines, event, before):
        take_place(lines, event, lines.focus)
    elif _refines(lines, event):
        assert lines.focus is not None
        lines.focus.sense = event.sense
        if event.amounts:
            lines.focus.amounts = list(event.amounts)
    elif lines.is_service(event.sense) or _was_left_out(lines, around) or (
        not is_story(lines, event, around) if event.amounts else is_wanted(event, around)
    ):
        line = replace(
            line_of(event), asked=is_asked(event, around),
            for_one=cues.ONE_WANTS_LEAD.search(around.lead) is not None,
        )
        lines.put(line)
    else:
        return False
    return True


def _was_left_out(lines: Lines, around: Around) -> bool:
    return lines.drafted and cues.LEFT_OUT_LEAD.search(around.lead) is not None


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


def _refines(lines: Lines, event: Mention) -> bool:
    """电池八节五号的: a product named after its shelf says which one."""
    focus = lines.focus
    if focus is not None and event.sense.kind and not event.amounts:
        return True
    if focus is None or focus.sense.held != "shelf":
        return False
    return any(lines.vocabulary.covered(focus.sense, sku) for sku in event.sense.skus)
