"""Times told by how long it is until then (两个半钟头以后, 三天内), at once, or not at all."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from nlu.lexing import NOT_IN_NUMBER, alternation
from nlu.numerals import numeral_at

# At once: rule 5 gives them two hours from the call. 而家 一阵间 (Cantonese), 立马 麻溜 (north),
# 眼下 这会儿 (north), 越快越好.
SOON = (
    "马上 现在 赶紧 赶快 尽快 尽早 立刻 立马 即刻 立即 这就 这会儿 眼下 眼目前 越快越好 快点儿 快点 一会儿 "
    "一会 等会儿 等一会儿 等会 待会儿 待会 等下 等一下 稍后 此时 此刻 当下 目前 现时 而家 一阵间 一阵 麻溜 "
    "火速 抓紧 越早越好 即时 立时 从速 马上就 这阵儿 这阵 这时候 该会儿 眼目下 当即 过一会儿 过会儿 过一会 "
    "等阵 等歇 歇歇 等一歇"
)
# Asked about by rule 5: nobody can drive to a 改天.
VAGUE = (
    "过两天 过几天 过些天 过些日子 过几日 过两日 过阵子 过一阵子 过一阵 改天 改日 改明儿 哪天 哪天有空 改天有空 "
    "过段时间 过一段时间 这两天 这几天 近两天 近几天 最近 有空的时候 啥时候有空 什么时候有空 几时有空 "
    "得空 有空 抽空 回头 回头儿 隔两天 隔几天 过几个月 过些时候 早晚哪天 明后天 今明两天 明后两天 这一两天 "
    "一两天 两三天 三两天 过两三天 过一两天 过三五天 过个两三天 近期 不久 随时 什么时候都行 啥时候都行 改天再说 "
    "迟两日 过几个星期 这些天 这阵子"
)
PAST = (
    "刚才 刚刚 方才 前几天 前两天 前些天 前阵子 前一阵子 前一阵 前些日子 前段时间 头两天 头几天 前几日 前两日 "
    "早些时候 上回 上次 上一次 上一回 头前 将才 刚先 先头 头先 啱啱 往年 以往 早先 那天 那年 当年"
)
_SOON = re.compile(
    rf"(?:{alternation(SOON.split())})(?!前|之前|以前)"
)
_VAGUE = re.compile(rf"(?:{alternation(VAGUE.split())})(?:以后|之后|后)?(?![\w]*?[内里](?=$))")
_PAST = re.compile(alternation(PAST.split()))


@dataclass(frozen=True)
class Lapse:
    """A stretch of time from the call: `after` it, `within` it, or as long `ago`."""

    end: int
    kind: Literal["after", "within", "ago"]
    months: int
    delta: timedelta
    vague: bool
    whole_days: bool

    def after(self, now: datetime) -> datetime:
        months = now.year * 12 + now.month - 1 + self.months
        year, month = min(months // 12, 9990), months % 12 + 1
        day = min(now.day, calendar.monthrange(year, month)[1])
        return now.replace(year=year, month=month, day=day) + self.delta


# Seconds of one; months and years are counted on the calendar.
_SECONDS = {
    "秒钟": 1, "秒": 1, "分钟": 60, "分": 60, "刻钟": 900, "刻": 900, "小时": 3600, "钟头": 3600,
    "钟": 3600, "点钟": 3600, "天": 86400, "日": 86400, "晚": 86400, "宿": 86400, "周": 604800,
    "星期": 604800, "礼拜": 604800,
}
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_UNIT = alternation([*_SECONDS, *_MONTHS])
_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百几半俩]+(?:点[一二三四五六七八九五])?)"
_PIECE = re.compile(
    rf"(?P<n>{_NUMBER})(?P<more>[多来])?(?P<ge>个)?(?P<half>半)?(?P<unit>{_UNIT})(?P<tail>半(?![天个夜]))?"
)
_BEFOREHAND = re.compile(r"(?:再过|过个|过|再等|等个|等|隔|再有|大概|大约|约)?(?:个)?")
_KIND = re.compile(
    r"(?:的)?(?:时间)?(?:左右|上下)?(?:(?P<after>以后|之后|过后|后(?![天儿日院门面半晌头])|再)|(?P<within>之内|以内|内)|(?P<ago>之前|以前|前))"
)
_FOLLOWING = re.compile(r"周[一二三四五六日天末]")


def soon_at(text: str, pos: int) -> int | None:
    """Where a word for at once that starts at `pos` ends."""
    found = _SOON.match(text, pos)
    return found.end() if found else None


def vague_at(text: str, pos: int) -> int | None:
    found = _VAGUE.match(text, pos)
    if found is None or re.match(r"(?:以|之)?内", text[found.end() : found.end() + 2]):
        return None
    return found.end()


def past_at(text: str, pos: int) -> int | None:
    found = _PAST.match(text, pos)
    return found.end() if found else None


def lapse_at(text: str, pos: int) -> Lapse | None:
    """两小时以后, 过一个钟头, 五日内, 三天前; a bare duration is none of them."""
    head = _BEFOREHAND.match(text, pos)
    assert head is not None
    at, months, seconds, vague, whole = head.end(), 0, Decimal(0), False, True
    if head[0] == "" and re.search(NOT_IN_NUMBER + r"\Z", text[:pos][-1:] or "") is None:
        return None
    pieces = 0
    while piece := _PIECE.match(text, at):
        numeral = numeral_at(piece["n"], 0)
        if numeral is None or numeral.end != len(piece["n"]) or numeral.value > 10_000:
            return None
        if _FOLLOWING.match(text, piece.start("unit")) and piece["unit"] == "周":
            return None
        vague = vague or (numeral.vague and not numeral.said)
        number = numeral.value
        if piece["half"] or piece["tail"]:
            number += Decimal("0.5")
        if unit := _MONTHS.get(piece["unit"]):
            if not piece["ge"] and piece["unit"] == "月" and not piece["half"] and number != Decimal("0.5"):
                return None
            months += int(number * unit)
            if number * unit != int(number * unit):
                seconds += 15 * 86400
        else:
            seconds += number * _SECONDS[piece["unit"]]
            whole = whole and _SECONDS[piece["unit"]] >= 86400 and number == int(number)
        at, pieces = piece.end(), pieces + 1
        if text.startswith(("零", "又", "加"), at):
            at += 1
    if not pieces:
        return None
    kind = _KIND.match(text, at)
    if kind is None:
        if not head[0] or head[0] in ("个", "大概", "大约", "约"):
            return None
        return Lapse(at, "after", months, timedelta(seconds=float(seconds)), vague, whole)
    if kind["after"] == "再" and not head[0]:
        return None
    which: Literal["after", "within", "ago"]
    which = "after" if kind["after"] else "within" if kind["within"] else "ago"
    if which == "after" and kind["after"] == "再":
        return Lapse(at, "after", months, timedelta(seconds=float(seconds)), vague, whole)
    return Lapse(kind.end(), which, months, timedelta(seconds=float(seconds)), vague, whole)
