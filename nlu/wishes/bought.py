"""What is asked for in plain words by a name that nobody knows: 俺要买洋火."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.amounts.measures import fit
from nlu.marks.binding import Event, Loose, Mention
from nlu.marks.orderlines import Line, Lines
from nlu.sounds.repaired import Repaired
from nlu.vocabulary import Sense, Vocabulary

# Where a name cannot go on: particles, pronouns, verbs of asking and of the kitchen.
NO_NAME = (
    "，。、？！TPQH的了是不就够吧啊呢哈嘛哩咧嘞噢哟给送太忒多少行好要来我你他她俺额咱您也还都再那这哎哦嗯唉呃"
    "啥吗呀在有没和跟又才别甭莫放能会可说讲得着过去到拿买称捎带割加改换算够叫让把被比很最上下出起先前后"
)
NO_THING = re.compile(
    "看(?!家)|凑|匀|走|探|拜|串门|女婿|伢|娃|隔壁|邻居|儿子|儿媳|闺女|女儿|孙|老伴|老头|老婆|老太|老两|老姐|老哥|老伙|孩子|亲家|师傅|小伙|姑娘|阿姨|大夫|医生|"
    "家里|屋里|村里|冰箱|柜子?里|橱|牙(?![膏刷签线])|时间|日子|钟点|地址|楼|单元|号|炖|煮|炒|煲|蒸|熬|切|剁|拌|包|做|吃|喝|炸|烧|腌|泡|分开|装|搁|煨|焖|洗|"
    "试试|尝尝|腰(?!果|花|子)|腿|胳膊|膀子|脖子|脑袋|陪|信儿|听[清见到懂好得明]|记[清住好下到得]|晓得|知道|懂|明白|差不多|左右|打|谢谢|麻烦|辛苦|一共|总共|今|明|昨|早|晚|中午|下午|上午|礼拜|星期|周|赶|快|慢|现|马|尽|急|"
    "眼睛|耳朵|脚杆|腿杆|胞胎|试|尝|钱|块|毛|便宜|贵|房|厅|卧室|厨|厕|茅|阳台|台阶|新鲜|嫩|老|甜|酸|肥|瘦|大|小|红|绿|白|青|软|硬|重|轻|干净|散|整|零|各|每|样"
)
# 电棒要一根灯泡要俩: what begins the list goes by a name that nobody knows.
NAMED_FIRST = re.compile(
    rf"(?P<name>[^{NO_NAME}一二两三四五六七八九十百半俩仨几]{{2,4}})(?P<asks>要|来|拿|买|送|捎|称|给我来|给我|给俺)?"
)
_BOUGHT = re.compile(
    rf"(?:想买|要买|给我买|帮我买|捎|称|(?:买|要|来|弄|整|拿|送|带)"
    rf"(?:点儿?|些|[一两二三四五六七八九十半几]?(?:瓶|袋|包|盒|双|把|顶|根|块|条|支|卷|斤|罐|桶|箱|副|床|件|张|盏|捆|台|口|盆|提|套)))"
    rf"(?:点儿?|些)?(?:新鲜的?|好的?)?(?P<name>[^{NO_NAME}一二两三四五六七八九十半]{{2,5}})"
)
_FETCHED = re.compile(
    "(?<![不没别])(?:来|要|买|拿|送|捎|带)[一二两三四五六七八九十半]?[个瓶袋包盒双把根块条支罐桶箱斤]"
)
# 捎三斤中段的, 来一包停电点蜡: of which part, when and what for.
_MANNER = re.compile(
    "[前中后上下]段|去火|[俩仨人停清顺凉体速便当省吉尝试补败垫解压预防备]|自[己家个]"
)
_OWN_MEASURE = 2
_NOT_BOUGHT = re.compile("东西|菜$|^菜|票|房|车|衣|股|彩|单|药")


def bought_unknown(masked: str) -> Line | None:
    """俺要买洋火: a thing that is asked for in plain words, and that nobody knows."""
    return next(map(_line, _names(masked)), None)


def bought_beside(
    masked: str, events: list[Event], lines: Lines, asked: list[Line]
) -> list[Line]:
    """我得买点糖瓜, beside what was understood, and but for what is `asked` about anyway: a name
    that only touches such a line is of it."""
    taken = [(each.start, each.end) for each in [*events, *lines.lines, *lines.removed]]
    taken += [(each.start - 1, each.end + 1) for each in asked]
    return [
        _line(found)
        for found in _names(masked)
        if not (_MANNER.match(found["name"]) or _is_kind(masked, events, found.end("name")))
        and not _is_counted(found, events, lines)
        and all(end <= found.start("name") or start >= found.end("name") for start, end in taken)
    ]


def _is_kind(masked: str, events: list[Event], end: int) -> bool:
    """送点家常的土豆: what a thing known should be like."""
    return masked.startswith("的", end) and any(event.start == end + 1 for event in events)


def _is_counted(found: re.Match[str], events: list[Event], lines: Lines) -> bool:
    """泡面要十包棋牌室那帮人吃: the amount is of what was named before, by its own measure."""
    return any(
        isinstance(event, Mention) and event.amount and event.named[1] <= found.start()
        and found.start() <= event.amount.start < found.start("name") and lines.find(event.sense)
        and any(
            fit(lines.vocabulary.products[sku], event.amount).score >= _OWN_MEASURE
            for sku in event.sense.skus
        )
        for event in events
    )


def _names(masked: str) -> Iterator[re.Match[str]]:
    for found in _BOUGHT.finditer(masked):
        if not NO_THING.match(found["name"]) and not _NOT_BOUGHT.search(found["name"]):
            yield found


def _line(found: re.Match[str]) -> Line:
    return Line(Sense("", "unheld"), [], None, *found.span("name"))


def bought_as_heard(said: Repaired, vocabulary: Vocabulary) -> Line | None:
    """拿个灯泡 that was read as 那个灯泡: what was heard before it was put right is asked about."""
    heard = re.sub(r"[\W_]", "", said.heard)
    if len(heard) != len(said.text):
        return None
    for found in _FETCHED.finditer(heard):
        sense = vocabulary.sense_at(heard, found.end()) if found.end() < len(heard) else None
        if sense is None or sense.held != "held" or len(sense.word) < 2:
            continue
        if not vocabulary.is_service(sense):
            return Line(sense, [], None, found.end(), found.end() + len(sense.word))
    return None


# 带鱼新鲜不新鲜先来一斤, 脐橙有得卖没得十斤: what is wished for where it is to be had.
_TRIED = re.compile("(?:来|要|拿|称|买|割|捎|给我)(?:个|上)?$")
_TO_BE_HAD = re.compile("(?:有没有|有得卖没得|有没得|有冇|有伐|有卖没|卖不卖|有没|有无)$")


def wished_if_held(masked: str, events: list[Event]) -> Line | None:
    """The one thing that is asked about, where an amount of it is wished for in the same breath."""
    named = [e for e in events if isinstance(e, Mention)]
    things = [e for e in named if e.sense.held == "held"] or named
    since = max((thing.end for thing in things), default=0)
    wished = [
        e for e in events
        if isinstance(e, Loose) and e.start >= since and e.amount.unit and not e.told
        and any(said.search(masked, since, e.start) for said in (_TRIED, _TO_BE_HAD))
    ]
    if len({thing.sense.word for thing in things}) != 1 or len(wished) != 1:
        return None
    if things[0].amounts:
        return None
    return Line(things[0].sense, [wished[0].amount], None, things[0].start, wished[0].end)
