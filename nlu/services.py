"""Services by what the caller says is wrong or wanted: 水池子不下水了, 找个师傅来推推头."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from nlu.vocabulary import Sense, Vocabulary

_REACH = 14
# Somebody is asked to come and do it.
CALLS = re.compile(
    r"来个?(?:人|师傅|阿姨|护士|大夫|医生|老师|懂|会|修|小伙|手艺|开锁|理发|修脚|剃头|钟点|擦|通|"
    r"洗|陪|推|剪|打扫|按摩|搓|推拿|电工|水工|工人|师付|搞)|"
    r"来一?[个位]|来给|来帮|来(?:修|通|擦|洗|做|烧|剪|理|推|陪|教|收|取|换|看看|瞧瞧|弄|打|搞|量|"
    r"捏|按|帮|拿)|派|找(?:个|人|位|师傅|阿姨|一)|"
    r"叫(?:个|人|师傅|位|钟|修|一)|"
    r"喊(?:个|人|师傅|位|一)|请(?:个|人|师傅|位|一|你们)|约|上门|师傅|帮(?!衬)|(?:给|替)(?:我|俺|"
    r"额|咱|老|他|她|佢|阿拉|修|通|弄|剪|理|做|"
    r"擦|洗|推|烧|看|拾)|陪(?!骨)|教我|推我|换个|安排|预约|要(?:个|一个|人|做|修|洗|理|剪|换)|"
    r"想(?:找|请|要|叫|约|理|剪|洗|按|做|学)|能不能|"
    r"能来|可以来|就来|过来|得(?:找|叫|请|派|有人|修|换|通)|送"
)
_TOLD_LEAD = re.compile(
    r"(?:昨天|昨儿|昨晚|前天|前儿|前日|上回|上次|上礼拜|上周|那回|刚|刚才|以前|当年|年轻时|去年|"
    r"前年|上个月|寻日|头两天|前几天|前些天)[^要想]{0,9}$"
)
_TOLD_TRAIL = re.compile(
    r"(?:完|好)?(?:回来|过了|的时候|那个(?:小伙|师傅|大姐|阿姨|人)|的(?:那个)?(?:小伙|师傅|阿姨|"
    r"大姐|人|姑娘)(?:.{0,3}(?:回|走|请假|手|把|"
    r"没|不|来了|态度|真))|了三天|了半天|了两天|了一(?:天|上午|下午|宿)|的钱|的单子|"
    r"那个[粉液皂水膏]|的?(?:那种|那个)?(?:粉|液|皂|水|膏|刷|药|酒|油|"
    r"袋)|得(?:不|真|干净|乱|一塌))"
)
_DENIED_LEAD = re.compile(
    r"(?:不用|不要|不想|甭|别|没|不会|不能|不敢|会|爱|不|自己|自个儿|我来|勿要|唔使|包|在家|懒得|"
    r"烦)(?:再|给我|来|去|人|帮我)?$"
)
_TROUBLE = re.compile("堵|漏|坏|跳闸|不着|没电|不亮|不转|不制冷")
_CALL_LEAD = re.compile(
    r"(?:顺带|顺便|另外|把|来|帮|给|派|找|叫|喊|请|上门|替|要|再|先|陪|想|得|去|个|去趟|完|送|和|"
    r"跟|约|"
    r"还)[^，。]{0,8}$"
)
_ON_BATTERIES = re.compile("收音机|遥控|手电|闹钟|门铃|手机|血压计|秤|表")
_ALSO_LEAD = re.compile(
    r"(?:再|顺便|顺带|另外|还要|还有|添|加|完了|先)(?:来|给|要|做|个|一个|次|一次|做个)*$"
)
_USE_LEAD = re.compile(r"(?:(?:要|得|想)去|打|用来|用|学人家|等着|等|好|回来|回去|放假)$")


@dataclass(frozen=True)
class _Rule:
    name: str
    said: re.Pattern[str] | None
    things: re.Pattern[str] | None
    troubles: re.Pattern[str] | None


@dataclass(frozen=True)
class ServiceMention:
    """A service named or described at `[start, end)`; `plain` where a phrase says it alone.

    `told` marks one that belongs to a story: done already, or somebody else's business.
    """

    sense: Sense
    start: int
    end: int
    plain: bool
    told: bool = False


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    text = (files("nlu") / "data" / "services.tsv").read_text(encoding="utf-8")
    rules = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *columns = [*line.split("\t"), "", ""][:4]
            rules.append(_Rule(name, *(_any(column) for column in columns)))
    return tuple(rules)


def _any(words: str) -> re.Pattern[str] | None:
    longest_first = sorted(set(words.split()), key=len, reverse=True)
    return re.compile("|".join(longest_first)) if longest_first else None


def services(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """All services said, left to right; of two that overlap the plainer and longer stays."""
    found: list[ServiceMention] = []
    for rule in _rules():
        sense = vocabulary.words.get(rule.name)
        if sense is None or not sense.skus:
            continue
        if rule.said:
            found += [
                _told(text, ServiceMention(sense, *match.span(), True))
                for match in rule.said.finditer(text)
            ]
        if rule.things and rule.troubles:
            found += [_told(text, mention) for mention in _troubles(text, rule, sense)]
    found.sort(key=_rank)
    kept: list[ServiceMention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def by_thing(text: str, vocabulary: Vocabulary) -> Sense | None:
    """叫个人来看看, and somewhere before the washing machine: the service for what was named."""
    found: list[tuple[int, Sense]] = []
    for rule in _rules():
        sense = vocabulary.words.get(rule.name)
        if sense and sense.skus and rule.things:
            found += [(len(m[0]), sense) for m in rule.things.finditer(text) if len(m[0]) > 1]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _rank(mention: ServiceMention) -> tuple[bool, int, int]:
    length = mention.end - mention.start
    return (not mention.plain, -length if mention.plain else length, mention.start)


def _told(text: str, mention: ServiceMention) -> ServiceMention:
    lead, trail = text[max(0, mention.start - 14) : mention.start], text[mention.end :]
    told = bool(_ON_BATTERIES.search(lead) and "电" in text[mention.start : mention.end]) or bool(
        _TOLD_LEAD.search(lead) or _TOLD_TRAIL.match(trail) or _DENIED_LEAD.search(lead)
        or _USE_LEAD.search(lead)
    )
    return ServiceMention(mention.sense, mention.start, mention.end, mention.plain, told)


def only_called(text: str, called: list[ServiceMention]) -> list[ServiceMention]:
    """来修洗衣机，过年洗床单洗坏的: what somebody is called for, not what is told beside it."""
    ends = [0, *(m.end for m in called)]
    sure = [
        m
        for m, since in zip(called, ends, strict=False)
        if text[m.start] in "陪推教帮"
        or _CALL_LEAD.search(text, max(since, m.start - 12), m.start)
    ]
    told = [m for m in called if m not in sure and not _TROUBLE.search(text, m.start, m.end)]
    return [m for m in called if m not in told] if sure else called


def is_called(text: str, mention: ServiceMention, goods: bool) -> bool:
    """Whether the service is asked for, and not a purpose or a habit beside the shopping."""
    if mention.told:
        return False
    if _TROUBLE.search(text, mention.start, mention.end) or not (mention.plain or goods):
        return True
    lead = text[max(0, mention.start - 14) : mention.start]
    near = lead + text[mention.start : mention.end + 5]
    return not goods or bool(CALLS.search(near) or _ALSO_LEAD.search(lead))


def _troubles(text: str, rule: _Rule, sense: Sense) -> list[ServiceMention]:
    assert rule.things and rule.troubles
    things = [match.span() for match in rule.things.finditer(text)]
    if not things:
        return []
    troubles = [match.span() for match in rule.troubles.finditer(text)]
    pairs = []
    for thing in things:
        near = [
            (max(thing[0], trouble[0]) - min(thing[1], trouble[1]), thing, trouble)
            for trouble in troubles
            if trouble[0] >= thing[1] or trouble[1] <= thing[0]
        ]
        if near and min(near)[0] <= _REACH:
            _, first, second = min(near)
            pairs.append(
                ServiceMention(sense, min(first[0], second[0]), max(first[1], second[1]), False)
            )
    return pairs
