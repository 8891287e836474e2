"""From mentions to lines: additions, corrections, removals and replacements, the last word winning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from nlu.binding import FILLER, Event, Loose, Mention
from nlu.quantities import Amount
from nlu.vocabulary import Sense, Vocabulary

_LEAD = rf"(?:{FILLER}|就|也|先|还是|都|我|俺|额|统统|全|给我|这个|那个|家里|的)*"
DROP = (
    r"(?:不要|不用|甭|别|莫|免|去掉|划掉|不买|不拿|算了|取消|不消|唔要|唔使|勿要|弗要|不需要|不订|删掉|拿掉|退掉|"
    r"不送|撤了|撤掉|先不|就不|不称|不来了|不捎|不带|减掉|抹掉|刨去|省了|毋要|唔好|不得要|扣掉)"
)
_DROPPED = re.compile(rf"{_LEAD}{DROP}(?!.{{0,5}}的)(?!那么多|这么多|恁多|太|再)")
_DROP_BEFORE = re.compile(r"(?:不要|不是|别拿|别送|甭要|莫要|别要|不买|不拿|甭拿|唔要|勿要|别给我|莫给我|不要给我|不想要|不吃|不用|不用拿|去掉|划掉)(?:那个|那|这个|啥|什么)?$")
_OWNED_AFTER = re.compile(r"(?:家里|家中|屋里|冰箱里?|柜子里?|地里|缸里|我自己|我自家|自己|自家|我家|我这儿?|家|我|俺|屋头|里头|那|上回那\S|供桌上)*(?:还|都|也|倒)*有(?!没|冇|几|啥|什么|多少|卖|货|的卖)")
_OWNED_BEFORE = re.compile(r"(?:家里|冰箱里?|屋里|柜子里?|我自己|自己|地里|缸里|我家|供桌上)(?:头|面)?(?:还|都|也)*(?:有|剩)(?:的是)?$")
SWAP = re.compile(r"(?:换成|改成|换作|改作|变成|换|改要|改拿|改买|改为|改|还是要|还是来|还是拿|不如要|干脆要|干脆来)(?:要|来|拿|买)?(?:了)?(?:那个)?$")
FIX = re.compile(
    r"不对|不是|错了|说错|讲错|记错|不不|算了|等等|等一下|等下|慢着|哎不|口误|搞错|弄错|说岔|记混|不成|不行|不中|改|弄岔|哎[呀哟]?$|哦$|唉$|噢$|哎呦$|换|太多|太少|不够|多了|少了|太重|嘴瓢|说秃噜|说反|瞧我这"
)
_MORE = re.compile(r"再|还要|还得|另外|添|加(?!工)|外加|多来|多拿|多要|追加|补")
_ENOUGH = re.compile(rf"(?:{FILLER})*(?:就)?(?:够|得了|就行|就中|就好|就成|行了|吧|可以了|就可以)")
_WANT = re.compile(
    r"(?:要|来|买|拿|送|捎|带|称|割|搞|弄|整|订|想吃|想喝|想要|需要|加|添|给我|给俺|给额|点|些|喝|上|抓|打|和|跟|还有|换成|换|备)(?:点儿?|些|个|一下|上)?(?:新鲜|好|嫩)?的?(?:那个|那种)?$"
)
_WANT_AFTER = re.compile(rf"(?:{FILLER}|也|给我|给俺|给额|你|你们|多|再|都|得|有没有|有没得|有没|没有|有)*(?:来|送|拿|要|买|捎|带|整|弄|搞|称|秤|割|给)(?:点|些|一点|一些|几|上|来|我|把|得)")
_NEGATED = re.compile(r"(?:不要|不是|别|甭|莫|不买|没有|不|唔|勿)[^，。]{0,2}$")
_PAST = re.compile(r"(?:上回|上次|昨天|昨儿|前天|前儿|那回|上礼拜|上周|上个月|去年|前几天|前些天|刚才|早上|刚)[^，。]{0,8}$")


@dataclass
class Line:
    """One thing wished for. `amounts` add up; none of them means that it must be asked."""

    sense: Sense
    amounts: list[Amount] = field(default_factory=list)
    spec_jin: Decimal | None = None
    start: int = 0
    end: int = 0
    named: tuple[int, int] = (0, 0)
    service: bool = False


class Lines:
    """The lines so far, in the order first named."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.lines: list[Line] = []
        self.removed: list[Sense] = []
        self.focus: Line | None = None
        self.gone: Line | None = None

    def find(self, sense: Sense) -> Line | None:
        for line in reversed(self.lines):
            if line.sense.word == sense.word or (sense.skus and set(sense.skus) & set(line.sense.skus)):
                return line
        if sense.held == "shelf":
            for line in reversed(self.lines):
                if any(self._vocabulary.covered(sense, sku) for sku in line.sense.skus):
                    return line
        return None

    def remove(self, line: Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
            self.removed.append(line.sense)
        self.gone = line
        if self.focus is line:
            self.focus = None

    def put(self, line: Line, at: Line | None = None) -> None:
        if at is not None and at in self.lines:
            self.lines[self.lines.index(at)] = line
        else:
            self.lines.append(line)
        self.focus = line


def read_wishes(text: str, events: list[Event], vocabulary: Vocabulary) -> Lines:
    """The lines that the caller ends up with."""
    lines = Lines(vocabulary)
    for index, event in enumerate(events):
        before = text[events[index - 1].end if index else 0 : event.start].replace("T", "")
        until = events[index + 1].start if index + 1 < len(events) else len(text)
        after = text[event.end : until].replace("T", "")
        if isinstance(event, Loose):
            _loose(lines, event, before, after)
        else:
            _mention(lines, event, before, after, text, index == len(events) - 1)
    return lines


def _loose(lines: Lines, event: Loose, before: str, after: str) -> None:
    line = lines.focus
    if line is None or event.amount.unit in ("", "样", "顿", "次", "回", "趟", "口", "名", "位", "种", "层"):
        return
    if _OWNED_AFTER.search(before[-6:]) or re.search("还有|还剩|剩", before[-6:]):
        return
    if _MORE.search(before) and not re.search("再说", before):
        line.amounts.append(event.amount)
    elif FIX.search(before) or _ENOUGH.match(after) or SWAP.search(before):
        line.amounts = [event.amount]
    elif not line.amounts or re.fullmatch(rf"(?:{FILLER}|就|要|来)*", before):
        line.amounts = [event.amount]


def _mention(lines: Lines, event: Mention, before: str, after: str, text: str, last: bool) -> None:
    known = lines.find(event.sense)
    negated = _DROP_BEFORE.search(before)
    if negated:
        target = known or (lines.focus if re.search("不是(?:那个|那|这个)?$", before) else None)
        if target and not event.amounts:
            lines.remove(target)
            return
        if not event.amounts:
            return
    if _OWNED_BEFORE.search(before) or (_OWNED_AFTER.match(after) and not event.amounts):
        if re.search(DROP, after) and known:
            lines.remove(known)
        return
    if _DROPPED.match(after):
        if known:
            lines.remove(known)
        else:
            lines.removed.append(event.sense)
            lines.gone = _line(event)
        return
    if SWAP.search(before) and (lines.gone or lines.focus):
        _replace(lines, event, lines.focus if lines.focus in lines.lines else lines.gone)
        return
    if known is not None:
        _again(lines, known, event, before, after)
        return
    if lines.gone is not None and re.search(r"(?:是|要)$", before) and not event.amounts:
        _replace(lines, event, lines.gone)
        return
    fixing = re.search("不对|不是|错了|说错|讲错|口误|搞错|弄错|说岔|记混|瞧我这", before)
    if fixing and lines.focus is not None and not _MORE.search(before):
        _replace(lines, event, lines.focus)
        return
    if event.amounts or _is_wanted(event, before, after):
        if event.amounts and re.search(r"(?:上回|上次|昨天|昨儿|前天|前儿|那回|上礼拜)[^来要]*$", before):
            return
        lines.put(_line(event))
    else:
        lines.gone = None


def _is_wanted(event: Mention, before: str, after: str) -> bool:
    if _NEGATED.search(before):
        return False
    return bool(_WANT.search(before) or _WANT_AFTER.match(after))


def _line(event: Mention) -> Line:
    return Line(event.sense, list(event.amounts[-1:]), event.spec_jin, event.start, event.end, event.named)


def _replace(lines: Lines, event: Mention, old: Line | None) -> None:
    new = _line(event)
    if old is not None:
        if not new.amounts:
            new.amounts = list(old.amounts)
        lines.put(new, at=old)
        lines.removed.append(old.sense)
    else:
        lines.put(new)
    lines.gone = None


def _again(lines: Lines, known: Line, event: Mention, before: str, after: str) -> None:
    lines.focus = known
    if event.spec_jin is not None:
        known.spec_jin = event.spec_jin
    if len(event.sense.skus) < len(known.sense.skus) and event.sense.skus:
        known.sense = event.sense
    if not event.amounts:
        return
    said = event.amounts[-1]
    if not known.amounts:
        known.amounts = [said]
    elif _MORE.search(before) and not re.search("再说", before):
        known.amounts.append(said)
    elif FIX.search(before) or _ENOUGH.match(after) or re.search("改|换", text_between(event)):
        known.amounts = [said]
    elif _same(known.amounts[-1], said) and re.fullmatch(rf"(?:{FILLER})*", before):
        return
    else:
        known.amounts.append(said)


def text_between(event: Mention) -> str:
    return ""


def _same(first: Amount, second: Amount) -> bool:
    return first.value == second.value and first.unit == second.unit
