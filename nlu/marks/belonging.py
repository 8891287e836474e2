"""What it costs to take an amount as one of a thing, said after it or before, or to leave a thing
without any."""

from __future__ import annotations

import re

from nlu.amounts.measures import IDLE_UNITS, amount_said, fit
from nlu.cues import FILLER, OWNED_TRAIL
from nlu.lexing import ends_in
from nlu.marks.droppings import (
    DROP_LEAD,
    DROP_TRAIL,
    KEPT_TRAIL,
    LATE_DROP_TRAIL,
    SOFT_DROP_TRAIL,
)
from nlu.marks.reading import Mark
from nlu.vocabulary import Vocabulary

NEVER = 9.0
_NOT_RENEWED = re.compile("(?:就|先|可)?不(?:换|买|带)(?:了|啦)")
# 鸡蛋糕三块梨倒是爱吃就是咬不动不要了
_EATEN_NO_MORE = re.compile(f"(?:倒是|我|俺|也|可|爱吃|好吃|是好){LATE_DROP_TRAIL.pattern}")
# 花茶我喝不惯, 鸡翅没肉不要, 素的我家老头不吃: what is not for them, whatever is counted beside it.
NOT_FOR_THEM = re.compile(
    "(?:(?:我们?|俺们?|咱们?|额|他们?|她们?)?(?:家里?)?(?:老伴|老头子?|老太太|孩子|孙[子女]|[他她])?(?:可|也|就|又|都|实在)*"
    "(?:[吃喝用咬嚼啃]不(?:惯|来|动|得|下|上(?!钱)|服)|[吃喝用](?:够|腻|伤|怕)了|(?:不|没法|不能|不敢|不爱|不喜欢|不愿意?)[吃喝用](?:那|这|$|了|的?[啊呀哦嘛啦呢]))|"
    "(?:可|那|就)*(?:不(?:行|中|成)(?:$|[啊呀哦的]))|"
    "[^，来要买再换送给拿一二两三四五六七八九十半TH就也可都我你他她]{1,3}(?:不要|别拿|不拿|甭要|别送|不买)(?:了|啊|吧|$))"
)
_LET_BE = (
    DROP_TRAIL, OWNED_TRAIL, KEPT_TRAIL, SOFT_DROP_TRAIL, _NOT_RENEWED, _EATEN_NO_MORE,
    NOT_FOR_THEM,
)
_SERVICE_UNITS = frozenset({"份", "次", "套", "餐"})
_FORWARD = re.compile(
    rf"(?:{FILLER}|的|儿|那种|新鲜|鲜|好|大|小|嫩|老|活|热乎|热|干净|便宜|普通|纯|散装|软|甜|粗|细|"
    rf"红心|本地|无糖|[一二两三四五六七八九十]+斤装?|整|土|肥|瘦|野生|冷冻)*"
)
_BACKWARD = re.compile(
    rf"(?:{FILLER}|儿|么|嚜|[也都](?:行|好|成|中|可以|要得|将就|凑合)|(?:啥|什么|哪个|哪种)(?:牌子|牌|样子?|种|产地)(?:的)?|那种|总有的?|也|都|就|先|只|随便|看着|(?:没有?|用完|使完|吃完|喝完|见底|断顿)[了咧啦]|贵贱|高低|好歹|说啥|咋[也着]|怎么也|务必|一定|得|给我|给俺|给额|给咱|给|帮我|再?给|我|俺|额|要买|想要|得要|要|"
    rf"来上|(?:来|拿|称|秤|割|买|装|捎|送|打|带|弄|整|搞|要|订)个|来|拿上|拿|称上|称|秤|割|买上|买|装上|装|"
    rf"捎上|捎|"
    r"送上|送|打|切|砍|剁|斩|带上|带|弄上|弄|整上|整|搞|上|订|取|抓|挑|拎|扛|搬|我要的是|我说的是|我讲的是|要的是|说的是|讲的是|是|多|少|要多|你给我|你给|你们|你|该是|应该是|应当是|得是|要的就是|"
    r"您给我|您|数|点|给[他她佢]|给孩子|给娃|(?:自己|自家|自个儿?)(?:要|来|留|吃|用|喝)?|留|搭|匀|补|送(?:人|礼|亲戚|朋友)|给老伴|给老头|"
    r"有没有|有没得|有没|有|没有|得|的|改成|改要|改拿|改|减成|减到|减|只要|就要|再加|再添|再来|"
    r"变成|变为|不错|新鲜|便宜|好|再要|再拿|再|加|添|用|不拿|要不了|大概|差不多|最多|顶多|至多|至少|最少|起码|总共|一共|统共|"
    r"Q{2,4}(?=大概|差不多|约莫|也就|估计|$)|要?Q{2,12}$|也就|约莫|估计|去掉|拿掉|减掉|划掉|退掉|一样|各|每样|每种|加成|加到|添到|凑成|凑够|"
    r"补足|补到|补成|加够|加足|要到|要够|额外|砍掉|砍|扣掉|扣|抹掉|只留|就留|留)*"
)
# 那就买两斤嘛，牛奶要一箱: who says it is done with the amount.
_THE_REST = re.compile("剩下|其余|余下|其他")  # 改成两斤吧剩下的蒜头照送
_CLOSES = frozenset("吧嘛哈啦咯喽")
_COOKED = tuple("炒炖烧煮焖蒸拌煲涮熬")
_EATEN = (*_COOKED, "吃", "喝")
# 面粉改两袋馒头不要了: the amount puts the thing before it right.
_PUT_RIGHT = re.compile(
    "(?:改成?|改为|改到|换成|减到|减成|加到|加成|凑成|[斤两袋瓶盒箱个只条块包桶]是)$"
)
# 生抽有老抽也有就少一瓶醋: what is there has no part in what is wanting.
_WANTING = re.compile("(?:有|不缺|够).{0,3}(?:就|只|单|还|光)?(?:少|缺|差|欠)$")
_ISNT_TRAIL = re.compile("[也又]?不是")
# 鸡蛋三斤不不四斤豆腐一块: what puts the amount before right, where the thing has its own.
_MENDED = re.compile("(?:不不|不对|不是|错了|哦不|改成?)$")
# 鸡翅鸡腿拢共三斤鸡翅一斤: a total is of what was named before it.
_OF_THE_LAST = re.compile("(?:拢共|统共|加起来|合起来|加一起|凑够|凑成|凑个整?)(?:是|要|来|拿)?$")
_AND_ANOTHER = re.compile("[和跟同与]|还有")
_SWAPPED = re.compile(
    "(?:那个|那份|那样|这个|那|就|也|都|给我|还是|干脆)*[改换](?:成|作|为|要|拿|来)?"
)
_COUNTED = re.compile("(?:来|要|称|拿|割|买)")
_OWN_CLAUSE = re.compile("[换改呢来要给我再有是在了不还他她您你和跟都没去买拿送吃TH]")
_ASKS = re.compile("[来要给我再有在了还他你跟都没去买拿送TH]")
_ASKED_OF_IT = re.compile("(?:[来要拿给称买送装割捎带打上弄整搞]|(?<!有)的|[要来拿买称][点些])$")
# 不要苹果要三斤梨
_ANEW = ("要", "了要", "来", "了来")
# 来一板收音机使的: what the thing is for, and no thing that is counted.
_USED_IN = re.compile("(?:里头?|里面|上头?|上面)?[用使][的哩嘞]")
# 不是苹果是三斤梨
_BUT_IS = ("是", "而是", "应该是", "该是")
_IS_NOT = re.compile("不是$")
_NOT_OF_IT = re.compile("不要|不[买给听理依]|别要|不用|还有|家里|自己有")
# 馒头不要五个要三个: the amount that is refuted for the next.
_REFUTED = re.compile(
    "(?:不是|[不别甭莫勿](?:用|给我|给俺)*[要来拿买送称用带]?(?:给我)?)Q+的?(?:而|应该)?"
)
_NOT_SO_MANY = re.compile("^(?:啊|哦)?Q+")
_HIDDEN = str.maketrans("", "", "TH")  # a time and for whom (nlu.scene)
_OF_OTHERS = ("别的", "其他", "旁的")
_THINGS_APART = re.compile("另外|还有|其他|别的|然后|不要|不用|算了|甭|"
    # 香蕉别太生称三斤 is still of the bananas.
    "别(?!(?:给我|给俺|要|拿|挑|选|弄)*(?:太|忒|那么|这么|老|蔫|坏|烂|破|碎|肥|瘦|大|小|软|硬|生|熟|酸))")


def _held(mark: Mark) -> bool:
    return mark.sense is not None and mark.sense.held == "held"


def _reach(thing: Mark) -> int:
    """How many characters may stand between a thing and an amount that is asked of it."""
    if thing.sense is None or thing.sense.held == "shelf":
        return -1
    return 14 if thing.sense.held == "held" else 6


def _apart(amount: Mark, thing: Mark) -> bool:
    """Whether the measure word can never count the thing: 一顿, or 两斤 of a visit."""
    unit = amount.amount.unit if amount.amount else ""
    return unit in IDLE_UNITS or (thing.service and unit not in _SERVICE_UNITS)


def _of_others(text: str, amount: Mark) -> bool:
    """南瓜吃腻了来点别的."""
    some = amount.amount is not None and not amount.amount.unit
    return some and text.startswith(_OF_OTHERS, amount.end)


def _suits(amount: Mark, thing: Mark, vocabulary: Vocabulary) -> bool:
    """Whether the measure is one that the thing is sold or counted by."""
    if amount.amount is None or thing.sense is None or not thing.sense.skus:
        return True
    products = vocabulary.products
    if thing.service:
        return amount.amount.unit in _SERVICE_UNITS
    return any(fit(products[sku], amount.amount).score >= 2 for sku in thing.sense.skus)


def unbound(text: str, marks: list[Mark], index: int) -> float:
    """What it costs to leave the thing without an amount: little for one that is named again."""
    mark = marks[index]
    if any(trail.match(text, mark.end) for trail in _LET_BE):
        return 0.0
    if ends_in(DROP_LEAD, text, mark.start):
        return 0.2
    if _makes_way(text, marks, index):
        return 0.0
    if text[mark.end : mark.end + 1] in _EATEN or text[mark.start - 1 : mark.start] in _COOKED:
        return 0.0
    if mark.sense and mark.sense.held == "unheld" or text[mark.end : mark.end + 1] == "P":
        return 0.2
    if mark.sense and mark.sense.kind:
        return 0.2
    if any(after.sense and after.sense.kind for after in marks[index + 1 : index + 3]):
        return 0.1
    if _is_counted(text, marks, index):
        return 0.9
    if _named_again(marks[max(0, index - 6) : index], mark):
        return 0.15
    if _named_again(marks[index + 1 : index + 4], mark):
        return 0.25
    return 0.3 if mark.sense and (len(mark.sense.word) == 1 or mark.sense.held == "shelf") else 0.9


def _makes_way(text: str, marks: list[Mark], index: int) -> bool:
    """苹果那个改两斤梨: what comes in its place is named with the amount."""
    if index + 2 >= len(marks):
        return False
    mark, amount, other = marks[index : index + 3]
    return (
        amount.amount is not None and other.sense is not None and amount.end == other.start
        and _SWAPPED.fullmatch(text, mark.end, amount.start) is not None
        and (index + 3 >= len(marks) or marks[index + 3].amount is None)
        and not any(trail.match(text, other.end) for trail in (*_LET_BE, _AND_ANOTHER))
    )


def _named_again(beside: list[Mark], mark: Mark) -> bool:
    """一桶豆油就是大豆油: the thing beside it is the same one."""
    return any(set(_skus(mark)) & set(_skus(other)) for other in beside)


def _skus(mark: Mark) -> tuple[str, ...]:
    return mark.sense.skus if mark.sense else ()


def _is_counted(text: str, marks: list[Mark], index: int) -> bool:
    """姜来四两: the thing goes first, and an amount is asked of it."""
    mark, after = marks[index], marks[index + 1] if index + 1 < len(marks) else None
    if after is None or after.amount is None or not _held(mark):
        return False
    return _COUNTED.fullmatch(text, mark.end, after.start) is not None


def forward(text: str, amount: Mark, thing: Mark, vocabulary: Vocabulary) -> float:
    gap = _NOT_SO_MANY.sub("", text[amount.end : thing.start])
    if _apart(amount, thing) or _THE_REST.search(gap):
        return NEVER
    if _OF_THE_LAST.search(text, max(0, amount.start - 5), amount.start):
        return 0.6 if not gap and _held(thing) else NEVER
    if not _held(thing) and _USED_IN.match(text, thing.end):
        return NEVER
    if not gap:
        if ends_in(_MENDED, text, amount.start) and amount_said(text, thing.end):
            return NEVER
        if any(trail.match(text, thing.end) for trail in (*_LET_BE[:3], _ISNT_TRAIL, NOT_FOR_THEM)):
            return NEVER if ends_in(_PUT_RIGHT, text, amount.start) else 0.3
        if not _held(thing):
            return 0.16
        return 0.0 if _suits(amount, thing, vocabulary) else 0.2
    if _FORWARD.fullmatch(gap) and (_held(thing) or gap[0] not in _CLOSES):
        return (1.2 if gap in _CLOSES else 0.1) + 0.02 * len(gap)
    if not _held(thing):
        return NEVER
    if gap.endswith(("的", "哩")) and len(gap) <= 8 and not _ASKS.search(gap):
        return 0.25
    if _OWN_CLAUSE.search(gap):
        return NEVER
    return 0.6 if len(gap) <= 4 else NEVER


def touches(marks: list[Mark], index: int) -> bool:
    """Whether a thing is named right after the amount."""
    after = marks[index + 1] if index + 1 < len(marks) else None
    return after is not None and after.sense is not None and after.start <= marks[index].end + 2


def backward(
    text: str, thing: Mark, amount: Mark, vocabulary: Vocabulary, touches: bool
) -> float:
    gap = _REFUTED.sub("", text[thing.end : amount.start].translate(_HIDDEN))
    anew = gap in _ANEW and (touches or gap[0] == "了") and (
        ends_in(DROP_LEAD, text, thing.start)
    ) or (
        gap in _BUT_IS and ends_in(_IS_NOT, text, thing.start)
    )
    if anew or _WANTING.search(gap) or _apart(amount, thing) or _of_others(text, amount):
        return NEVER
    if not gap:
        return 0.02 if _suits(amount, thing, vocabulary) else 0.22
    if _BACKWARD.fullmatch(gap):
        odd = gap in _CLOSES and not _suits(amount, thing, vocabulary)
        return (0.1 if _held(thing) else 0.7) + 0.01 * len(gap) + (0.12 if odd else 0.0)
    if _THINGS_APART.search(gap) or len(gap) > _reach(thing):
        return NEVER
    if _ASKED_OF_IT.search(gap) and not _NOT_OF_IT.search(gap):
        return 0.55 if _held(thing) else 0.85
    return NEVER
