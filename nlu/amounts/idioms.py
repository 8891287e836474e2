"""Words that are written with a numeral and say no number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

_NUMERALS = frozenset("零一二两三四五六七八九十百千万半几")

# What may follow one digit said alone. Before all else (一看, 三亚, 四川) it is part of a word.
_COUNTED = frozenset(
    "斤两个瓶袋包盒箱条只块把根颗棵头桶罐提板份件支双对打朵枚张节串杯碗升公克千毫钱台位名人口岁年月日号天"
    "时点分秒刻小周星期礼次回趟遍种样米里层楼栋门卷听盘筒瓣捆扎副套粒片滴勺碟盆锅匹尾段顿场间座辆艘架部本"
    "册页封首句字道笔项元角毛成倍度步队班排届级线站路瓦伏安寸尺丈亩吨磅壶坛缸筐篮篓兜挂嘟车床被扇面堵幅顶"
    "身宗桩则味剂针贴抱沓摞叠摊滩股缕丝阵番通声屉笼托刀丛株蔸坨管簇棒砖大"
)
_BREAKS = frozenset(
    "不这那却是和跟与或及到至等吧呢吗啊呀了的又分份之加减乘除"
    "、，,。.！!？?；;：:“”\"'’‘（）()[]【】~+-×÷=%/ \t"
)
_EQUALS = frozenset("是为于即共得加减乘除“\"‘'、，,第选给打")


def _words() -> Iterable[str]:
    for line in files("nlu").joinpath("data", "idioms.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(set(words), key=len, reverse=True)))


_ALL = set(_words()) | {
    head + digit
    for head in ("第", "初", "周", "星期", "礼拜", "下拜", "每周")
    for digit in "一二三四五六七八九十"
}
_HEADED = _any(word for word in _ALL if word[0] in _NUMERALS)
# Words whose numeral comes later, found from it: how many characters before it they may begin.
_TAILED = _any(word for word in _ALL if word[0] not in _NUMERALS)
_REACH = 2


def in_idiom(text: str, pos: int) -> int:
    """How many characters from `pos` belong to a word that says no number; 0 when none do."""
    if found := _HEADED.match(text, pos):
        return found.end() - pos
    for start in range(max(pos - _REACH, 0), pos):
        found = _TAILED.match(text, start)
        if found and found.end() > pos:
            return found.end() - pos
    return 0


def digit_is_word(text: str, pos: int) -> bool:
    """Whether the single numeral at `pos` reads as part of a word and not as a number."""
    following = text[pos + 1 : pos + 2]
    if text[pos] in "俩仨半十两几" or not following:
        return False
    if following in _COUNTED or following in _BREAKS:
        return False
    return text[pos] == "一" or pos == 0 or text[pos - 1] not in _EQUALS
