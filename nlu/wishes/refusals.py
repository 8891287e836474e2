"""What is not to come after all: dropped, owned already or denied."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import cues
from nlu.marks import droppings
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Around, Line, Lines, line_of, take_place
from nlu.wishes import unneeded
from nlu.wishes.runningout import runs_out

# 太贵了，买点瘦肉算了: what is settled for.
_SETTLES_FOR = re.compile(
    "(?:就|干脆|那)(?:给我|给俺)?(?:来|要|买|拿|吃|称|送|割)(?:个|点儿?|些)?$"
)
_NOTHING_MORE = re.compile(rf"(?:{cues.FILLER}|了|的)*")
_ADDS = re.compile("[加添多]$")
_HAS_SOME = re.compile(
    "(?:上[回次]|上个?礼拜|前[天些]|早先|原来)?(?:买|订|送|要)?的?(?:那[^，]{0,3})?(?:还没|没)(?:用|吃|喝|使)完|"
    "(?:我?[家屋]里?头?|冰箱里?|柜子?里?|我?自己|自个儿?|我)(?:可|倒|都|也)?(?:还|就)?(?:有|剩|[腌种晒蒸做囤熬][了着])"
)
# What is said between a thing and its new amount.
_CHANGES = re.compile("^(?:就|也|倒|给我|得|再)*(?:改|换|添|加|凑|减|少|多|来|要|补|称)")
_TAKES_BACK = re.compile(
    "(?:不|不对|不是|不行|等等|慢着|[想记]起来?了?|忘了|算了|[哦哎噢诶唉]呀?)$"
)
# 燕麦两袋别给我拿带糖的
_WITH = re.compile("(?:成|错成?)|[我俺]?[拿送来放买要带]?(?:那个|那种)?[带有加含放]?")
# 鲈鱼贵来两条鲫鱼: what is wrong with it, and something else is asked for.
_FAULT = re.compile(
    "(?:太|忒|有点儿?|可|怪|嫌|又|刺|味儿?|那么|这么|实在)*(?:贵|腥|刺多|膻|老得|柴|硬|酸|不新鲜|不好|不划算)"
    "(?:了|得很|嘞|咧|哩|啦|呢)?(?:吃不动|咬不动|嚼不动)?(?:就|那|给我|还是|干脆|你)*(?:来|换|要|改|拿|买)"
)
# 豆腐我昨天刚买了两块就不要了: told first, and then dropped.
_SO_NOT = re.compile(
    r"(?:我|俺|额|家里|屋里|老伴|儿子|闺女)[^，换改]{0,14}?(?:就|所以|那)(?:也|先|都)*"
    r"(?:不要|不买|别送|不用|别要|不拿|莫要|甭要)(?:送|拿|买)?(?:了|啦|吧|哒)"
)
# 白酒不喝了就啤酒
_NO_MORE_OF_IT = re.compile("(?:我|俺|也|都|就|先|还是|干脆)*不[吃喝使]了(?!的|多少)")
# 洗发水一瓶我女说她有那就不要了
_HAS_SO_NOT = re.compile(
    r"(?:[^，来要买送换改]{0,10}有(?:了|的)?|[^，来要换改给]{0,8}[买带拿送捎称](?:过|好|来|回来)*了)(?:啊|呀|哦)?(?:那|那么|所以)?就(?:不要|不用|不买|莫要|别送|不拿)(?:送|拿|买)?(?:了|啦|哒)"
)
_AND_ALSO = re.compile(f"(?:{cues.FILLER})*还有(?:{cues.FILLER})*")
WITH = re.compile("(?:和|同埋|跟|还有|同|与|连|连同)(?:那个?|这个?)?")
ALL_OF_THEM = re.compile("(?:就|也|给我)*(?:都|全|统统|俩|各|每样|一样)")
# 我说的馄饨你听成饺子了: what was said, and what was made of it.
_TAKEN_FOR_LEAD = re.compile("(?:听|记|写|念|说|搞|弄|当)成(?:了|是)?$")
# 理发不擦玻璃: another service is refused by its deed.
_DEEDS = frozenset("擦洗修通剪理做推按换装")
_OF_ANOTHER = re.compile("[^了啦咯哒吧嘛啊呀咧嘞，。我就先都也]")
# 哪是饺子是馄饨, 什么饺子我说的是馄饨
_NO_SUCH_LEAD = re.compile(
    "(?:哪|哪里|哪儿|咋|怎么)(?:会|能)?是$|(?:^|[哎啊哦哟呀])(?:什么|啥|哪来的?)$"
)
_IS_ANOTHER = re.compile("(?:[啊呀哦嘛哟]|我|明明|应该)*(?:(?:说|要|讲|点|订)的)?是")


def refused(
    lines: Lines, event: Mention, known: Line | None, around: Around, before: Mention | None
) -> bool:
    """Whether the thing is not to come: dropped, owned already, or merely denied."""
    lead, trail = around.lead, around.trail
    if droppings.KEPT_TRAIL.match(trail) and not event.amounts and known is not None:
        return True
    if not event.amounts and known is None and droppings.SOFT_DROP_TRAIL.match(trail) and not (
        cues.SWAP_LEAD.search(lead) or _SETTLES_FOR.search(lead)
    ):
        return True
    if _leaves_the_other(lines, event, lead):
        return True
    if known is not None and known.amounts and event.amounts and (
        lead.endswith("不是") and droppings.MAKE_NO_MISTAKE.match(trail)
    ):
        return True
    if known is not None and known.base and not event.amounts and _TAKEN_FOR_LEAD.search(lead):
        if before is not None and lines.find(before.sense) is None:
            take_place(lines, before, known)  # 馄饨说成饺子了
        else:
            lines.remove(known)
        return True
    drop = droppings.drop(trail, let_go=around.next_counted and bool(event.amounts))
    if not drop and not event.amounts and (known is None or event.sense.kind) and (
        unneeded.is_not_for_them(event, around) or unneeded.is_got_by_others(event, around)
    ):
        return True  # 洗衣粉两袋洗衣液用不惯
    if known is not None and known.base and not event.amounts and (
        droppings.NEVER_TRAIL.match(trail) or droppings.NEVER_LEAD.search(lead)
        or _NO_SUCH_LEAD.search(lead) and _IS_ANOTHER.match(around.rest)
        or droppings.WHO_WANTS_LEAD.search(lead) and (
            droppings.MEANT.search(around.rest) or _NOTHING_MORE.fullmatch(around.rest)
        )
    ):
        lines.remove(known)
        return True
    if drop and lines.is_service(event.sense) and drop[0][-1] in _DEEDS and (
        _OF_ANOTHER.match(trail[drop.end() :])
    ):
        drop = None
    if drop and (event.amounts or event.sense.kind) and not (
        around.last or around.next_counted
    ) and _drops_the_next(drop[0], trail):
        drop = None
    added = before.link + lead if before else lead
    if drop and known and known.amounts and _ADDS.search(drop[0]) and cues.MORE.search(added):
        return True  # 香菇再加半斤，木耳不加
    if drop and not event.amounts and unneeded.is_told_apart(event, known, drop[0]):
        return True
    if drop or (
        not event.amounts and known is not None
        and (droppings.SOFT_DROP_TRAIL.match(trail) or droppings.LATE_DROP_TRAIL.match(trail))
    ):
        for line in lines.matching(event.sense) or [line_of(event)]:
            lines.remove(line)
        _and_the_one_before(lines, before, around)
        if drop and not droppings.DROP_LEAD.search(lead):
            lines.spent = drop.end()  # 头一个不要第二个要三袋
        return True
    if not event.amounts and known is not None and (
        _NO_MORE_OF_IT.match(trail)
        or not known.base and unneeded.is_not_for_now(lines, event, trail)
    ):
        lines.remove(known)
        return True
    if not event.amounts and known is not None and not known.base and _FAULT.match(trail):
        lines.remove(known)
        return True
    if known is not None and known.base and _SO_NOT.match(around.rest) and not around.last:
        lines.remove(known)
        return True
    if known is None and event.amounts and _HAS_SO_NOT.match(around.rest) and not around.last:
        return True
    said_of = event.link or trail
    counted = event.amount is not None and event.amount.unit
    owned = not lines.is_service(event.sense) and (not counted or event.link) and (
        cues.OWNED_TRAIL.match(said_of) or cues.OWNED_LATER_TRAIL.match(said_of)
    )
    owned_before = before is not None and not before.amounts and not event.sense.kind and (
        cues.OWNED_TRAIL.match(lead)
    )
    if owned and runs_out(event.link):
        owned = None  # 盐还剩一袋了再来两袋
    if owned and not around.last and (known or event.amounts) and _AND_ALSO.fullmatch(trail):
        owned = None
    if cues.OWNED_LEAD.search(lead) and not owned_before or owned:
        lines.owned = True
        if known and (
            re.search("不要|别|甭|不用|不拿|不买|去掉|莫|划掉|减", around.rest)
            or unneeded.is_not_needed(known, event, around)
        ):
            lines.remove(known)
        elif known:
            lines.focus = known
            if not (known.base or event.amounts) and _HAS_SOME.match(trail):
                _owned_after_all(lines, known, lead)
        return True
    if _was_of_the_one_before(lines, event, known, lead, before):
        return False
    uneaten = known is not None and not known.base and droppings.is_uneaten(lead, trail)
    if droppings.ISNT_LEAD.search(lead) or droppings.DROP_LEAD.search(lead) or uneaten:
        return _denied(lines, event, known, lead, before)
    return False


def only_this(lines: Lines, known: Line, before: Mention) -> None:
    """味精一袋鸡精一袋味精不健康光要鸡精: of what was named again, only this one is to come."""
    other = None if before.amounts else lines.find(before.sense)
    if other is not None and other is not known:
        lines.remove(other)


def _leaves_the_other(lines: Lines, event: Mention, lead: str) -> bool:
    """鸡蛋三十个不要整板的: of what the name may mean, the other kind is left."""
    focus = lines.focus
    if focus is None or not event.sense.kind or event.amounts or not (
        droppings.DROP_LEAD.search(lead) or droppings.ISNT_LEAD.search(lead)
    ):
        return False
    left = tuple(sku for sku in focus.sense.skus if sku not in event.sense.skus)
    if not left:
        return False
    focus.sense = replace(focus.sense, skus=left)
    return True


def _owned_after_all(lines: Lines, known: Line, lead: str) -> None:
    """馄饨两袋，不，馄饨家里还有: taken back, or else asked about."""
    if _TAKES_BACK.search(lead):
        lines.remove(known)
    else:
        known.owned = True


def _drops_the_next(drop: str, trail: str) -> bool:
    """三黄鸡一只不要老鸭: what is not wanted is named right after."""
    rest = trail[len(drop) :]
    return drop[-1] not in "了啦咯" and (not rest or _WITH.fullmatch(rest) is not None)


def _and_the_one_before(lines: Lines, before: Mention | None, around: Around) -> None:
    """葱跟姜都不要了 drops both; of what was read out 葱跟姜拿掉 too."""
    if before is None or not WITH.fullmatch(around.lead):
        return
    if lines.drafted and not before.amounts or ALL_OF_THEM.match(around.trail):
        for line in lines.matching(before.sense):
            lines.remove(line)


def _was_of_the_one_before(
    lines: Lines, event: Mention, known: Line | None, lead: str, before: Mention | None
) -> bool:
    """苹果太凉了不要鸡蛋添到三斤: what is changed here is not what was refused."""
    if known is None or known.base is None or before is None or before.amounts or not (
        droppings.DROP_LEAD.search(lead) and _CHANGES.search(event.link)
    ):
        return False
    dropped = [line for line in lines.matching(before.sense) if line.base and line.mode == "kept"]
    for line in dropped:
        lines.remove(line)
    return bool(dropped)


def _denied(
    lines: Lines, event: Mention, known: Line | None, lead: str, before: Mention | None
) -> bool:
    """不是花生油, 不要挂面; and 是卫生纸不是抽纸, which names the right thing first."""
    if known is None or not event.amounts and unneeded.is_told_apart(event, known, lead):
        return not event.amounts
    if event.amounts and known.amounts:
        if re.fullmatch(rf"(?:{cues.FILLER})*(?:不对)?(?:不是)+", lead) and before and (
            before.sense.word == event.sense.word
        ):
            lines.say(known, event.amounts, "set")
            lines.mending = event.end
            return True
        if not droppings.ISNT_LEAD.search(lead):
            return False
    if known.base and known.mode != "kept":
        known.mode, known.amounts = "kept", []
        lines.removed.append(known)
    elif re.fullmatch("(?:可)?不是", lead) and before and lines.find(before.sense) is None:
        take_place(lines, before, known)
    else:
        lines.remove(known)
    return True
