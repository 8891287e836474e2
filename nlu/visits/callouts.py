"""Services by what the caller says is wrong or wanted: 水池子不下水了, 找个师傅来推推头."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from nlu.marks.described import described_at
from nlu.visits.calling import DEED, ServiceMention, as_told
from nlu.visits.mealtimes import meals
from nlu.vocabulary import Sense, Vocabulary

_TIDIES = re.compile("收拾|打扫|拾掇|归置|打整|清扫|执拾")
_OTHER_DEED = re.compile("[搬抬抓挪扔贴缝砍钉拆刷灭](?!开|下来洗|了洗|洗)|装(?!修)")
_FOR_ANYTHING = ("家庭保洁", "上门取洗衣物")
# How far a trouble may stand from its thing; of what is not held, only what is plain is asked.
_REACH, _CLOSE = 14, 5
_DOCTOR = re.compile(
    "(?:去|到|上|看|做|要|得)[^，。]{0,8}(?:医院|门诊|卫生院|卫生所|诊所|复查|复诊|检查|透析|拍片|拆线|体检|牙|化疗|放疗|胃镜|"
    "肠镜|手术|专家|B超|CT|核磁|抽血|输液|报告|[骨眼内外牙皮耳神心胃肠肾]{1,2}科)|看病|看医生|看大夫"
)
_ACHES = re.compile("[肩腰背颈腿筋胯]|脖子|膀子|胳膊|骨头")
_TALK = re.compile("聊|唠|说说|讲讲|闷|下棋|打牌|闲|呱|门阵|摆摆|解乏")
_LEAKS = re.compile("[漏滴渗]水")
_AND_LEAKS = re.compile(
    "(?:了|还|又|也|就|老|直|一直|底下|后面|下面|里头|在|往下|往外|得|不停地?)*"
)
_NOT_DONE = re.compile("(?:不用|不要|别|甭|莫|不消|先不|不)$")
# 床单我自己洗: the caller does it.
_MYSELF = re.compile(
    "(?:我|俺|额|咱|老伴|老头子?|儿子|闺女|女儿|女婿|孙子|媳妇)们?(?:自己|自个儿?|自家|各人)(?:就|来|会|能|慢慢|可以|也|都|在家)*"
)
_WAY = re.compile("跑一?趟|跑个腿|跑腿|跑一下")
_MEDICINE = re.compile(
    "(?:点儿?|些|一点|[一两二三四五几]?[盒瓶副服板])?[^，。来要给买拿送捎带再还和跟]{0,4}"
    "(?:药[水膏片丸]?|胰岛素|阿司匹林|丹参|救心丸|地平|双胍)"
)

@dataclass(frozen=True)
class _Rule:
    name: str
    said: re.Pattern[str] | None
    things: re.Pattern[str] | None
    troubles: re.Pattern[str] | None


def _rules() -> tuple[_Rule, ...]:
    text = (files("nlu") / "data" / "services.tsv").read_text(encoding="utf-8")
    rules = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *columns = [*line.split("\t"), "", ""][:4]
            rules.append(_Rule(name, *(_any(column) for column in columns)))
    return tuple(rules)


@lru_cache(maxsize=100)
def things_of(name: str) -> re.Pattern[str]:
    """The things that a service is done to: 窗户, 水龙头."""
    patterns = [rule.things.pattern for rule in _RULES if rule.name == name and rule.things]
    return re.compile("|".join(patterns) or re.escape(name))


def _any(words: str) -> re.Pattern[str] | None:
    longest_first = sorted(set(words.split()), key=lambda w: (w.isalpha(), len(w), w), reverse=True)
    # Those that begin alike stand together: the rest of them is only looked at where that is met.
    alike = {word[0]: list[str]() for word in longest_first if word.isalpha()}
    for word in longest_first:
        if word.isalpha():
            alike[word[0]].append(_in_parts(word)[1:])
    either = [f"{first}(?:{'|'.join(rest)})" for first, rest in alike.items()]
    either += [word for word in longest_first if not word.isalpha()]
    return re.compile("|".join(either)) if either else None


def _in_parts(word: str) -> str:
    """换一回药, 擦一擦窗 for 换药, 擦窗: how often a deed is to be done stands within it."""
    if len(word) < 2 or not DEED.match(word) or not word.isalpha() or word[0] == word[1]:
        return word
    return f"{word[0]}(?:一?[下次回趟遍个]|一?{word[0]}|点儿?)?{word[1:]}"


_RULES = _rules()


def services(text: str, vocabulary: Vocabulary) -> list[ServiceMention]:
    """All services said, left to right; of two that overlap the plainer and longer stays."""
    found: list[ServiceMention] = []
    for rule in _RULES:
        sense = _sense(rule, vocabulary)
        if rule.said:
            plain = bool(sense.skus)
            found += [
                as_told(text, ServiceMention(sense, *m.span(), plain, words=(m.span(),)))
                for m in rule.said.finditer(text)
            ]
        if rule.things and rule.troubles:
            found += [as_told(text, mention) for mention in _troubles(text, rule, sense)]
    found += meals(text, vocabulary)
    found = [_in_company(text, m, vocabulary) for m in found if not _is_goods(text, m, vocabulary)]
    found.sort(key=_rank)
    kept: list[ServiceMention] = []
    taken: set[int] = set()
    for mention in found:
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    kept = _but_for_the_way(text, kept)
    return _as_one(text, sorted(kept, key=lambda mention: mention.start))


def _is_goods(text: str, mention: ServiceMention, vocabulary: Vocabulary) -> bool:
    """洗衣服的粉, 洗衣服用的那个粉: what it is done with, and not the deed."""
    named = described_at(text, mention.start, vocabulary)
    named = named or vocabulary.sense_at(text, mention.start)
    return named is not None and named.held == "held" and not vocabulary.is_service(named) and (
        mention.start + len(named.word) > mention.end
    )


def _but_for_the_way(text: str, kept: list[ServiceMention]) -> list[ServiceMention]:
    """今天替我跑一趟取药回来: who goes for the medicine runs no other errand."""
    if not any(m.sense.word == "代取药" and not m.told for m in kept):
        return kept
    return [m for m in kept if not _WAY.fullmatch(text, m.start, m.end)]


def _as_one(text: str, mentions: list[ServiceMention]) -> list[ServiceMention]:
    """A trouble, a purpose or a thing that belongs to the service named before is none of its own:
    空调不制冷了还滴水, 陪我去医院拿药, 药房拿点降压药."""
    found: list[ServiceMention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if last is not None and not last.told and mention.plain:
            between = text[last.end : mention.start]
            leaks = last.sense.word == "家电维修" and _AND_LEAKS.fullmatch(between) and (
                _LEAKS.fullmatch(text, mention.start, mention.end)
            )
            if leaks or last.sense.word == "陪诊" and not between and last.plain:
                span = (mention.start, mention.end)
                found[-1] = replace(last, end=mention.end, words=(*last.words, span))
                continue
        medicine = _MEDICINE.match(text, mention.end)
        if medicine and mention.sense.word == "代取药" and mention.plain:
            span = (mention.start, medicine.end())
            mention = replace(mention, end=medicine.end(), words=(span,))
        found.append(mention)
    return found


def _in_company(
    text: str, mention: ServiceMention, vocabulary: Vocabulary
) -> ServiceMention:
    """去看骨科想寻个人陪陪我: who goes along to the doctor is no company for talking."""
    name = None
    if mention.sense.word == "陪伴聊天" and _DOCTOR.search(text) and not _TALK.search(text):
        name = "陪诊"
    elif mention.sense.word == "上门理发" and text.startswith("推推", mention.start) and (
        _ACHES.search(text) and "头发" not in text
    ):
        name = "推拿按摩"
    elif mention.sense.word == "推拿按摩" and "轮椅" in text and text[mention.start] == "推":
        name = "轮椅出行陪护"
    sense = vocabulary.words.get(name) if name else None
    return replace(mention, sense=sense) if sense and sense.skus else mention


def _sense(rule: _Rule, vocabulary: Vocabulary) -> Sense:
    """The service of the catalogue, or one that it does not hold and that is asked about."""
    sense = vocabulary.words.get(rule.name)
    return sense if sense and sense.skus else Sense(rule.name, "unheld")


def things_held(
    names: Container[str], vocabulary: Vocabulary
) -> Iterator[tuple[Sense, re.Pattern[str]]]:
    """The services of these names, each with the things that it is done to."""
    for rule in _RULES:
        if rule.things and rule.name in names:
            yield _sense(rule, vocabulary), rule.things


def by_thing(text: str, asked: int, vocabulary: Vocabulary) -> Sense | None:
    """叫个人来看看, and somewhere before the washing machine: the service for what was named.

    What a curtain or a room is to be seen to for, nobody knows, unless it is said from `asked` on.
    """
    tidied = vocabulary.words.get("家庭保洁")
    if tidied and tidied.skus and _TIDIES.search(text, asked):
        return tidied
    found: list[tuple[int, Sense]] = []
    for rule in () if _OTHER_DEED.search(text, asked) else _RULES:
        if rule.things and rule.name not in _FOR_ANYTHING:
            sense = _sense(rule, vocabulary)
            found += [(len(m[0]), sense) for m in rule.things.finditer(text) if len(m[0]) > 1]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _rank(mention: ServiceMention) -> tuple[bool, bool, int, int]:
    length = mention.end - mention.start
    return (mention.told, not mention.plain, -length if mention.plain else length, mention.start)


def _troubles(text: str, rule: _Rule, sense: Sense) -> list[ServiceMention]:
    assert rule.things and rule.troubles
    things = [match.span() for match in rule.things.finditer(text)]
    if not things:
        return []
    troubles = [match.span() for match in rule.troubles.finditer(text)]
    pairs = []
    for thing in things:
        first = bisect_left(troubles, (thing[0] - 2 * _REACH, 0))
        last = bisect_left(troubles, (thing[1] + _REACH + 1, 0))
        near = [
            (max(thing[0], trouble[0]) - min(thing[1], trouble[1]), thing, trouble)
            for trouble in troubles[first:last]
            if trouble[0] >= thing[1]
            or thing[0] - (_REACH if DEED.search(text, *trouble) else _CLOSE) <= trouble[1]
            and trouble[1] <= thing[0]
        ]
        # 刚修的水管又漏了: by what was done it is only known which one.
        near = [p for p in near if text[p[2][1] : thing[0]] != "的"] or near
        if any(
            _MYSELF.fullmatch(text, thing[1], p[2][0]) and not text.startswith("不", p[2][1])
            for p in near
        ):
            continue
        if near and min(near)[0] <= (_REACH if sense.skus else _CLOSE):
            # 水龙头漏水空调也不冷: what stands before it may be of another thing.
            nearest = min(near)
            fails = not DEED.search(text, *nearest[2])
            denied = _NOT_DONE.search(text, 0, nearest[2][0])  # 油烟机不用洗了玻璃擦一下
            later = [pair for pair in near if (fails or denied) and pair[2][0] >= thing[1]]
            for _, one, other in dict.fromkeys([nearest, min(later, default=nearest)]):
                start, end = min(one[0], other[0]), max(one[1], other[1])
                pairs.append(ServiceMention(sense, start, end, False, words=(one, other)))
    return pairs
