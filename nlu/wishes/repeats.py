"""A thing that has a line is named again: more of it, a new amount, or the same words twice."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import cues
from nlu.amounts.measures import IDLE_UNITS, measure_of, pick
from nlu.amounts.quantities import Amount
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Around, Line, Lines
from nlu.marks.reading import is_weight
from nlu.wishes import others
from nlu.wishes.households import household_at

# 那白糖就一袋得了, 土豆就来二斤吧: settled for so much of it, whatever was said before.
_ONLY_SO_MUCH = re.compile("(?:我|俺|你)?(?:就|光|只)(?:给我|给俺)?(?:来|要|拿|称|买|送|捎)?$")
_SETTLED = re.compile("[吧嘛呗哈噻咯啰啵喽哒]|得了|算了|就?(?:够|行|中|成|好)|$")
# 那就半个: the amount that is settled upon, whatever was said before.
_SETTLES = re.compile("(?:那就|还是|干脆|就)(?:要|来|拿|给我|买)?$")

# 她要五斤花生米，我只买一斤.
_ONLY = re.compile("(?<!再)(?:只|就|光|仅)(?:要|买|来|拿|称|订|给我)+$")
# 土豆多了来两斤就行.
_TOO_MUCH = re.compile("多了|太多|少了|太少|不够|吃不完|吃不了|用不完|用不了")
# 一箱牛奶喝不完要不来十袋散的.
_RATHER = re.compile("不完|不了|不动|太|要不|还是|算了|干脆|不如")
# 南瓜一个忒大了吧南瓜那来两斤
_THEN = re.compile(f"(?:{cues.FILLER})*(?:那就|那|还是|干脆)(?:来|要|拿|称|给我|给俺)")
_NEXT = re.compile(f"(?:{cues.FILLER})*")
_AND_THAT = re.compile(f"(?:{cues.FILLER}|和|跟|还有)*")
# For somebody else, or on top: what is named twice adds up.
_ALSO = re.compile(
    "[也还另又]|(?:给|帮|替)(?!我|俺|额|咱|个|送|来|拿)|让我|托我|叫我|"
    "(?:家|[他她]|姐|妹|哥|弟|嫂|婶|姨|叔|伯|爷|奶|儿|女|孙|亲家|邻居)(?:们)?要|"
    "(?:闺女|儿子|女儿|姑娘|[姐妹哥弟嫂婶姨叔伯姑舅]|老[大二三四五]|亲家|邻居|对门|隔壁)家$"
)
# 土豆少来点两斤就行: so many of them altogether.
_SO_MUCH = re.compile("[多少](?:来|要|拿|称|买|给|送)?(?:一?点儿?|些)$")
_SUFFICES = re.compile("(?:就|也就)(?:够|行|好|成|中|可以)|够了|足够|(?:就)?(?:得了|算了|罢了)")
_WANTS = re.compile("[要来]$")  # 茄子一斤…茄子要二斤: one and two, or two
_FEWER = re.compile("少(?:给我|来|要|送|拿)?$")


def is_another_pack(lines: Lines, known: Line, event: Mention) -> bool:
    """一箱牛奶 and then 三袋牛奶: one name, two products, each by its own measure."""
    if known.base or len(event.sense.skus) < 2 or not (known.amounts and event.amount):
        return False
    products = [lines.vocabulary.products[sku] for sku in event.sense.skus]
    first = {product.sku for product, _ in pick(products, known.amounts[-1], known.spec_jin)}
    second = {product.sku for product, _ in pick(products, event.amount, event.spec_jin)}
    return len(first) == len(second) == 1 and first != second


def is_another_of_the_shelf(known: Line, event: Mention, lead: str) -> bool:
    """一瓶香油一桶油: what goes by the name of the whole shelf is listed beside one of it."""
    if known.base or event.sense.held != "shelf" or known.sense.held != "held":
        return False
    if not (known.amounts and event.amount and event.amount.unit) or event.link:
        return False
    said = measure_of(known.amounts[-1].unit)
    return measure_of(event.amount.unit) != said and _AND_THAT.fullmatch(lead) is not None


# 面粉一袋做疙瘩汤…面粉就一袋
_JUST = re.compile("(?:就是?|只|还是|就要|只要)(?:要)?")


def again(lines: Lines, known: Line, event: Mention, around: Around) -> None:
    """A thing that has a line is named again."""
    lines.focus = known
    known.owned = False
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
    if known.base and (cues.LESS_LINK.search(link) or _FEWER.search(lead)):
        lines.say(known, said, "less")
        return
    if known.amounts and cues.LESS_LINK.search(link):
        lines.say(known, [less(known.amounts, said[0])], "set")
        return
    after_name = event.amount is not None and event.amount.start >= event.named[1]
    if cues.REFUTED_TRAIL.match(trail) or not after_name and cues.STORY_LEAD.search(lead) and (
        not known.base or re.search("上回|上次|昨", lead[-10:])
    ):
        return
    if cues.TOTAL_LEAD.search(lead) or cues.TOTAL_LEAD.search(link):
        lines.total(known, said)
    elif known.amounts and _same(known.amounts[-1], said[0]) and _JUST.fullmatch(link):
        return
    elif known.taken_over or _is_settled(known, link, trail) or (
        _THEN.match(link) or _SO_MUCH.search(link) or _SUFFICES.match(trail)
    ) and not (
        _ALSO.search(lead) or _ALSO.search(link) or cues.MORE.search(lead[-8:])
    ):
        lines.say(known, said, "set")
    elif cues.MORE_LINK.search(link) or cues.MORE_LAST_LEAD.search(lead):
        lines.say(known, said, "more")
    elif (
        cues.SET_LINK.search(link)
        or _SETTLES.search(lead)
        or _ONLY.search(lead)
        or cues.MEND.search(lead)
        or _TOO_MUCH.search(link)
        or event.sense.kind and _RATHER.search(lead)
        or not (known.amounts or known.base)
    ):
        lines.say(known, said, "set")
        if cues.MEND.search(lead):
            lines.mending = event.end
    elif known.amounts and (
        known.for_one and others.of_one(lead) or _is_for_another_house(lines, known, event)
    ):
        lines.say(known, said, "more")  # 儿子两条毛巾女儿两条毛巾
        lines.adding = event.end
    elif cues.MORE.search(lead[-8:]):
        lines.say(known, said, "more")
    elif known.base or cues.SIGH.search(lead) and not _same(known.amounts[-1], said[0]):
        lines.say(known, said, "set")
        lines.mending = event.end
    elif lines.mending is not None and _NEXT.fullmatch(lead):
        lines.say(known, said, "set")  # 哦菜包子五个馒头三个: both were the wrong way round
        lines.mending = event.end
    elif _AND_THAT.fullmatch(lead) and lines.adding == event.start - len(lead):
        lines.say(known, said, "more")  # 老二家也来二斤苹果二斤橘子
        lines.adding = event.end
    elif known.amounts and _same(known.amounts[-1], said[0]) and cues.RETELL.fullmatch(lead):
        if not (link or lead) and _of_another_sort(known.sense.word, event.sense.word):
            lines.say(known, said, "more")
    elif cues.ENOUGH_TRAIL.match(trail) and cues.MEND.search(lead + trail):
        lines.say(known, said, "set")
    elif known.amounts and measure_of(known.amounts[-1].unit) != measure_of(said[0].unit) and not (
        is_weight(known.amounts[-1]) and is_weight(said[0])
    ):
        lines.say(known, [replace(said[0], value=None, vague=True)], "set")
    elif _NEXT.fullmatch(lead) and not _WANTS.search(link) or _ALSO.search(lead + link):
        lines.say(known, said, "more")
        lines.adding = event.end
    elif not known.asked and (cues.WANT_LEAD.search(lead) or cues.WANT_LEAD.search(link)):
        lines.say(known, said, "set")  # 一袋饺子分四顿吃，你给来两袋: told first, then wished
    else:
        lines.say(known, [replace(said[0], value=None, vague=True)], "set")


def _is_settled(known: Line, link: str, trail: str) -> bool:
    settled = _ONLY_SO_MUCH.fullmatch(link) and _SETTLED.match(trail)
    return bool(known.amounts and settled)


def _is_for_another_house(lines: Lines, known: Line, event: Mention) -> bool:
    if known.base is not None:
        return False
    houses = [household_at(lines.text, at) for at in (known.start, event.start)]
    return houses[0] != houses[1]


def _of_another_sort(word: str, other: str) -> bool:
    """老姜半斤仔姜半斤: not the same words said twice."""
    return word != other and len(word) == len(other) > 1 and word[-1] == other[-1]


def less(amounts: list[Amount], taken: Amount) -> Amount:
    """两斤豆芽…豆芽也减一斤 leaves one; what cannot be told apart so is asked."""
    last = amounts[-1]
    same = len(amounts) == 1 and last.unit == taken.unit
    if same and last.value is not None and taken.value is not None and last.value > taken.value:
        return replace(last, value=last.value - taken.value)
    return replace(last, value=None, vague=True)


def _same(first: Amount, second: Amount) -> bool:
    return first.value == second.value and first.unit == second.unit
