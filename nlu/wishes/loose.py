"""An amount that stands alone: it changes the line before it, or is of what was spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import cues
from nlu.amounts.measures import IDLE_UNITS, measure_of
from nlu.marks import droppings
from nlu.marks.binding import Loose
from nlu.marks.orderlines import Around, Line, Lines
from nlu.wishes import others
from nlu.wishes.bought import NAMED_FIRST, NO_THING
from nlu.wishes.doubts import names_another
from nlu.wishes.lastword import is_last_word, is_mine_too, is_there_already, was_meant_once
from nlu.wishes.parts import is_part, shares_out
from nlu.wishes.repeats import less
from nlu.wishes.settled import AT_HOME, OF_ALL, SETTLES_FOR, TAKES_BACK, alike, is_said_again

_NOT_FOR_US = re.compile(
    "(?:(?<!不是)不是|不是说|[一每两几俩]个?人|我|他|她|留|[爸妈爹娘爷奶姐妹哥弟儿女孙俩仨口人家]各(?:自|人|家)?|记成|听成|写成|送成|说成|弟|妹|姐|哥|[爸妈爹娘奶爷姨姑叔婶舅嫂]|孙[子女]|儿子|闺女|女儿|家)$|"
    "(?:家里|冰箱里?|柜子里?)头?(?:还|都|也|就|倒|只)*(?:有|剩|放着)?$|剩$|还有$|(?<!那)就$"
)
# 萝卜两根不是三根: nobody can tell which of the two is meant.
_ISNT = re.compile(rf"(?:{cues.FILLER})*不(?:是|要)")
_REFUTES = re.compile("不是(?:要|说)?$")
_ONLY_SIGHS = re.compile(rf"(?:{cues.FILLER})*")
_SETTLES = re.compile("(?:这[回次](?:就|给我)?|那就|就|[改换变]成|改为)(?:要|来|拿)?$")
_SAID_LAST = re.compile(
    "(?:太?贵(?:了|啊)?(?:那|就|那就)|来|要|给我|给|拿|称|我[讲说](?:的是)?|那就|还是|那就是|(?:那|就|还是|干脆)(?:割|买|订|打|弄|整|搞|捎|带|送|切|秤)|[一总]共|听[我他她]的|依[我他她]的|听我说|按我说的|(?:只|就|光|单)(?:要|买|来|拿|称|订)|凑(?:够|满|个|成|到|个整)?|变成?|就成)$"
)
# 盐也不是两袋是一袋.
_ISNT_BUT = re.compile("(?:不是|[听记写念搞弄算]成).{1,6}(?:我|说的|要的|而|就|应该)*是(?:要)?$")
_VESSELS = frozenset("瓶袋盒箱桶提罐板包")
# 面条一把够了不用两把: the amount refused.
_DENIED = re.compile("(?:不用|用不着|不消|不必|要不了|甭|犯不着)(?:来|拿|买|送|要|给我)?$")
# 不要三斤要五斤的土豆; but 五斤不要三斤 may be a no and a wish.
_NOT_THAT = re.compile("(?:不要|不是|别要|别拿|别来|莫要|莫拿|莫来|勿要|覅|唔要|不要要)$")
# 橘子五斤少一斤吧
_LESS = re.compile("(?<![太嫌点可忒不])(?:少|减|去掉|退|扣)(?:来|拿|要|给|送|称|买|带|掉|去|装)?$")
# What is said of a line before the amount that it should have: 三斤太沉了两斤吧.
_TOO_MUCH = re.compile(
    "(?:太沉|太重|[吃咬嚼拎扛搬提抱拿用]不(?:动|完|了|下)|放不住|放不下)(?:了|啦|咯)?(?:就|那|给我)?$"
)
_FOR_A_TASTE = re.compile("意思意思|意思一下|尝(?:尝|个|一?下|鲜|味)|解解?馋|过过?瘾")
_MINE = re.compile(
    rf"(?:{cues.FILLER}|对|我|俺|额|说的|讲的|要的|刚才|明明|就|那|应该|应当|得|是|改|改成|换成|该|[加减添凑变][到成够]|翻一?番|翻倍)*"
)
_ENDS = re.compile("$|[吧嘛啊呀哦咧呗噻哩哈]|不是|就|才|够|行|好|可以|了")
_SETTLED = re.compile("吧|算了|得了|就(?:行|好|成|够|中|可以)|够了")
_ASKED = re.compile(r"(?:来|要|买|捎|拿|称|割|送|带|添|加)$")


def loose_amount(lines: Lines, event: Loose, around: Around) -> bool:
    """Whether the amount changed a line."""
    lead, trail = around.lead, around.trail
    link = lead[-6:]
    if event.amount.unit in IDLE_UNITS or event.told:
        return False
    if _is_refuted_again(lines.refuted, event, lead):
        return True
    lines.refuted = event if _REFUTES.search(lead) else None
    line = lines.focus or _only(lines)
    if line is not None and line.base and cues.LESS_LINK.search(link):
        lines.say(line, [event.amount], "less")
        return True
    if line is not None and line.amounts and event.amount.unit and _LESS.search(link):
        lines.say(line, [less(line.amounts, event.amount)], "set")
        return True
    if cues.LESS_LINK.search(link) and re.search("减|去", link):
        return True
    if cues.REFUTED_TRAIL.match(trail):
        return False
    denied = _DENIED.search(lead) or _NOT_THAT.search(lead) and (line is None or "的" in lead[-4:])
    if denied or was_meant_once(line, lead) or line is not None and is_part(line, event, around):
        return True
    if _ASKED.search(lead) and names_another(trail):
        return False
    if line is not None and line.base and line.base.quantity == event.amount.value and (
        around.lead in ("那", "这", "那个") and droppings.DROP_TRAIL.match(trail)
    ):
        lines.remove(line)  # 米那一袋不要了
        return True
    if line is not None and line.base is None and _is_of_a_name(line, event, lead):
        return False
    if line is None or _speaks_of_another(lines, around):
        return _of_topic(lines, event, around)
    settled = lead.endswith("就") and cues.MEND.search(lead) or (
        lead.endswith("人") and cues.ENOUGH_TRAIL.match(trail) and not shares_out(line, lead)
    )
    if cues.TOTAL_LEAD.search(lead) and event.amount.unit:
        lines.total(line, [event.amount])
        return True
    chosen = line.amount_is_vague and lead.endswith("就")
    if line.asked and others.SHARE_LEAD.search(lead) and (line.for_one or not line.amounts):
        lines.say(line, [event.amount], "more")  # 买盐她两袋我两袋
        line.for_one = True
        return True
    shared = _NOT_FOR_US.search(lead) and not settled and not chosen
    insisted = lead.endswith(around.said) and trail[:1] not in ("地", "的")
    if event.amount.unit and insisted and line.amounts:
        lines.say(line, [event.amount], "set")  # 两瓶两瓶: insisted upon, whatever was said before
        return True
    unclear = _ISNT.fullmatch(lead) and (shared or lead.endswith("要"))
    if unclear and not _SETTLED.match(trail) and line.amounts and line.base is None:
        lines.say(line, [replace(event.amount, value=None, vague=True)], "set")
        return True
    if _is_said_at_once(line, event, around) or is_last_word(line, event, around):
        lines.say(line, [event.amount], "set")
        return True
    if OF_ALL.fullmatch(lead) and (same := alike(lines, event)):
        for each in same:
            lines.say(each, [event.amount], "set")
        return True
    if line.amounts and TAKES_BACK.fullmatch(lead) and measure_of(event.amount.unit) == (
        measure_of(line.amounts[-1].unit)
    ):
        lines.say(line, [event.amount], "set")
        return True
    if is_mine_too(line, lead):
        lines.say(line, [event.amount], "more")
        return True
    if shared and not _is_for_another(line, lead) or cues.STORY_LEAD.search(lead):
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
        or _SAID_LAST.search(lead) or SETTLES_FOR.match(trail)
        or _is_settled_of_it(lines, line, around)
        or (line.amount_is_vague and event.amount.value is not None)
    ):
        lines.say(line, [event.amount], "set")
    else:
        return is_said_again(line, event, lead)
    return True


def _is_settled_of_it(lines: Lines, line: Line, around: Around) -> bool:
    """三斤吧人多 of the only line that was read out, 苹果吃不动两斤 of the one just named."""
    if line.base is None:
        return False
    if _TOO_MUCH.search(around.lead) and (
        not around.trail or _SETTLED.match(around.trail) or _FOR_A_TASTE.match(around.trail)
    ):
        return True
    alone = line is _only(lines) and _MINE.fullmatch(around.lead) is not None
    return alone and _ENDS.match(around.trail) is not None


def _is_said_at_once(line: Line, event: Loose, around: Around) -> bool:
    """鸡蛋两斤一斤吧: settled for another amount in the same breath."""
    last = line.amounts[-1] if line.amounts else None
    return (
        last is not None and event.amount.value is not None and not around.lead
        and measure_of(last.unit) == measure_of(event.amount.unit)
        and _SETTLED.match(around.trail) is not None
    )


def _is_refuted_again(refuted: Loose | None, event: Loose, lead: str) -> bool:
    """四斤不是十斤哦十斤我要吃到明年去."""
    if refuted is None or refuted.amount.value != event.amount.value:
        return False
    return _ONLY_SIGHS.fullmatch(lead[len(lead) - (event.start - refuted.end) :]) is not None


def _is_of_a_name(line: Line, event: Loose, lead: str) -> bool:
    """鸡蛋要三斤摔炮要两盒: what is named by a word that nobody knows, in a measure of its own."""
    named = NAMED_FIRST.fullmatch(lead) if line.amounts else None
    if named is None or not named["asks"] or NO_THING.search(named["name"]):
        return False
    return measure_of(line.amounts[-1].unit) != measure_of(event.amount.unit)


def _is_for_another(line: Line, lead: str) -> bool:
    """她要两斤我要一斤: each of them wants as many, and both are bought."""
    if not line.amounts or cues.MEND.search(lead):
        return False
    return bool(
        others.OTHER_TOO_LEAD.search(lead)
        or line.for_one and (others.of_one(lead) or others.ITS_OWN_LEAD.search(lead))
    )


def _is_other_measure(line: Line, event: Loose) -> bool:
    """一瓶洗洁精再来一袋…: what comes by the bag is another thing than what comes by the bottle."""
    said = [measure_of(amount.unit) for amount in line.amounts]
    return bool(said) and {*said, measure_of(event.amount.unit)} <= _VESSELS and (
        measure_of(event.amount.unit) not in said
    )


def is_wish_alone(event: Loose, around: Around) -> bool:
    """An amount of shopping beside which nothing was understood."""
    if event.amount.unit in IDLE_UNITS or not event.amount.unit or event.told:
        return False
    if cues.REFUTED_TRAIL.match(around.trail) or cues.STORY_TRAIL.match(around.trail):
        return False
    return not (_NOT_FOR_US.search(around.lead) or cues.STORY_LEAD.search(around.lead))


def _of_topic(lines: Lines, event: Loose, around: Around) -> bool:
    """那回鸡蛋磕破了四个，这回再来三斤: an amount wished of what the talk was about."""
    topic = lines.topic
    asked = (
        cues.WANT_LEAD.search(around.lead) or cues.ASK_TRAIL.match(around.lead)
        or cues.ENOUGH_TRAIL.match(around.trail) or _SETTLES.search(around.lead)
    )
    if topic is None or not event.amount.unit or not asked or AT_HOME.search(around.lead):
        return False
    if is_there_already(around):
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
