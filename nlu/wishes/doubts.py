"""What was said and not understood: asked about, since a lost line is worse than a question.

Every amount of shopping must have become part of a line, of a story or of a correction. One that
did not, beside a wish or in the middle of the list, is of a thing that nobody knows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import cues
from nlu.amounts.measures import IDLE_UNITS, measure_of
from nlu.amounts.quantities import Amount
from nlu.marks.binding import Event, Loose, Mention
from nlu.marks.orderlines import Around, Line, Lines
from nlu.sounds.repaired import Repaired
from nlu.vocabulary import Sense
from nlu.wishes import others
from nlu.wishes.bought import NAMED_FIRST, NO_NAME, NO_THING, bought_beside
from nlu.wishes.parts import without_shares
from nlu.wishes.passedover import joined, passed_over

_NAME = re.compile(rf"[^{NO_NAME}一二两三四五六七八九十百半俩几]{{1,5}}")
_NAMED_BEFORE = re.compile(rf"(?:^|(?P<after>[的跟和哦还]))(?P<name>[^{NO_NAME}]{{2,4}})$")
_SETTLES = re.compile("(?:那|那么|行|好|最后)就?(?:要|来|听[我他她的]*|依[我他她的]*)?$")
_SHORT = 4
# 一罐送人一罐自己喝: what each is for.
_SHARED_OUT = re.compile("送人|送[他她]|自[己家个]|[我俺他她你]|老伴|留|做|早|晚|放|拿去|带")
_WANTED = re.compile(
    r"(?:来|要|买|捎|拿|称|秤|割|送|订|添|整|弄|搞|扛|打|抓|取|给我|给俺|带|装|添|加|再)(?:上|回|个)?$"
)
_MORE = re.compile(r"(?:再|还要|另外)(?:来|要|拿|给我|加|称|买|送)?$")
_HAD = re.compile("[了过着]$|(?:[我俺额咱家里头还也都]|这儿)有$")
# 送一份来, 换一把: said of a visit or of an order as often as of a thing.
_ANY_MEASURE = frozenset({"个", "份", "把", "套"})
_FETCH = re.compile(
    "(?:给|帮)(?:我|俺)(?![买送寄带拿办弄装换修订发](?:的|了|过)|听|看看?$|说|讲|唱|回|打电话|妈|爸|家)|拿|[别甭莫]送|送[来点]|"
    "(?:修|(?<![电不])(?<!电话)通|称|捎|派)(?![好完过了得不])"
)


def unknown_things(
    masked: str, said: Repaired, events: list[Event], lines: Lines
) -> list[Line]:
    """Lines of things that nobody knows, and of known ones beside characters not understood."""
    lines.unread = without_shares(lines)
    found = _nameless(masked, events, lines)
    found += _left_over(found, lines)
    found += passed_over(masked, events, lines) + joined(masked, events, lines)
    if lines.lines:
        found += bought_beside(masked, events, lines, found)
    found = _once(found)
    if not said.is_mended:
        return found
    serves = any(lines.is_service(line.sense) for line in lines.lines)
    for loose in lines.unread:
        if serves and measure_of(loose.amount.unit) in _ANY_MEASURE:
            continue
        if any(line.start <= loose.start < line.end for line in found):
            continue
        near = said.strange.intersection(
            (loose.start - 2, loose.start - 1, loose.end, loose.end + 1)
        )
        if near:
            start, end = min(loose.start, *near), max(loose.end, *(at + 1 for at in near))
            found.append(_unknown(loose, start, end))
    named = [each for each in lines.bare if len(each.sense.word) > 1]
    for mention in (each for each in named if each.sense.word not in lines.denied):
        near = said.strange.intersection((mention.start - 1, mention.end, mention.end + 1))
        near = near or _listed(mention, lines)
        if near and lines.find(mention.sense) is None:
            found.append(Line(mention.sense, [], None, mention.start, mention.end))
    return found


def _once(lines: list[Line]) -> list[Line]:
    """A thing known that leaves two doubts is asked about once."""
    return list({line.sense.word or id(line): line for line in lines}.values())


def half_heard(events: list[Event], wished: bool, lines: Lines, length: int) -> list[Line]:
    """What is asked about where nothing else was made of the words: what was named of the shop,
    or, beside an amount of shopping or a time `wished` for, a thing that nobody knows.

    Chatter has none of the three; a wish that no rule knows has nearly always one of them.
    """
    named = [
        Line(event.sense, [], None, event.start, event.end)
        for event in events
        if isinstance(event, Mention) and not (event.told or event.spare)
        and _is_of_the_shop(event, lines)
    ]
    if named:
        return list({line.sense.word: line for line in named}.values())
    if lines.unread:
        return [_unknown(loose, loose.start, loose.end) for loose in lines.unread[:1]]
    return [Line(Sense("", "unheld"), [], None, 0, length)] if wished else []


def is_wish_unheard(said: Repaired) -> bool:
    """给我拿颁电池: something is to be fetched or mended, and not all of it was understood."""
    return bool(said.strange) and _FETCH.search(said.text) is not None


def _is_of_the_shop(mention: Mention, lines: Lines) -> bool:
    sense = mention.sense
    return sense.held == "held" and len(sense.word) > 1 and sense.word not in lines.denied


def is_dropped(event: Mention, around: Around) -> bool:
    """A thing of the shop, said with its amount, of which no line came and no story is plain."""
    if event.sense.held != "held" or event.told or event.amount is None:
        return False
    if others.DEMANDED_LEAD.search(around.lead) and others.TURNED_DOWN_TRAIL.match(around.rest):
        return False
    if cues.ONLY_HAS_LEAD.search(around.lead):
        return False
    if event.start < event.named[0] and cues.LASTS_TRAIL.match(around.rest):
        return False
    if cues.STORY_TRAIL.match(around.trail) or _HAD.search(around.lead):
        return False
    return event.amount.value is not None and event.amount.unit not in IDLE_UNITS


def names_another(text: str) -> bool:
    """Whether the words after an amount begin with a name: 再要一盒取灯儿."""
    name = _NAME.match(text)
    return name is not None and len(name[0]) > 1 and not NO_THING.match(name[0])


def _nameless(masked: str, events: list[Event], lines: Lines) -> list[Line]:
    ends, starts = {line.end for line in lines.lines}, {line.start for line in lines.lines}
    unread = {id(loose) for loose in lines.unread}
    found: list[Line] = []
    for index, event in enumerate(events):
        if not isinstance(event, Loose) or id(event) not in unread:
            continue
        if _is_settled_later(masked, event, events[index + 1 :]):
            continue
        since = events[index - 1].end if index else 0
        until = events[index + 1].start if index + 1 < len(events) else len(masked)
        lead = masked[since : event.start]
        after = _NAME.match(masked, event.end, until)
        named = after is not None and not NO_THING.match(after[0])
        asked = _WANTED.search(lead) is not None
        listed = event.start in ends or until in starts and until - event.end <= _SHORT
        if after and named and (asked or listed and len(after[0]) > 1):
            found.append(_unknown(event, event.start, after.end()))
        elif listed and event.start in ends and 0 < until - event.end <= _SHORT and not (
            cues.RETELL.fullmatch(masked, event.end, until)
            or _SHARED_OUT.match(masked, event.end)
        ):
            found.append(_unknown(event, event.start, until))
        elif (first := NAMED_FIRST.fullmatch(lead)) and not NO_THING.search(first["name"]) and (
            not since and until in starts and until == event.end
            or since in ends and first["asks"]
        ):
            found.append(_unknown(event, since, event.end))
        elif asked and measure_of(event.amount.unit) not in _ANY_MEASURE and (
            not lines.focus or _MORE.search(lead) or 0 < until - event.end <= _SHORT
        ):
            found.append(_unknown(event, event.start, event.end))
        elif before := _NAMED_BEFORE.search(lead):
            listed = before.start() == 0 and since in ends
            if (listed or before["after"]) and not NO_THING.search(before["name"]):
                found.append(_unknown(event, since + before.start("name"), event.end))
    return found


def _is_settled_later(masked: str, event: Loose, following: list[Event]) -> bool:
    """我说三斤闺女说两斤那就两斤排骨: how much of it is settled before it is named."""
    named = next((each for each in following if isinstance(each, Mention)), None)
    if named is None or named.amount is None or named.amount.start > named.named[0]:
        return False
    settled = _SETTLES.search(masked, event.end, named.start)
    return bool(settled) and measure_of(named.amount.unit) == measure_of(event.amount.unit)


def _left_over(found: list[Line], lines: Lines) -> list[Line]:
    """What was said like a wish and became none: the thing, or the line before it, is asked about.

    馒头十个…凑二十个 and a second amount in the same measure may mend the first, or be a story.
    """
    for loose in lines.unread:
        if loose.amount.value in (None, 1) or any(line.start <= loose.start for line in found):
            continue
        before = [line for line in lines.lines if line.base is None and line.end <= loose.start]
        line = max(before, key=lambda each: each.end, default=None)
        if line is not None and _is_rival(loose.amount, line):
            line.amounts = [replace(line.amounts[-1], value=None, vague=True)]
    for line in lines.lines:
        if line.owned and line.amounts:
            line.amounts = [replace(line.amounts[-1], value=None, vague=True)]
    if not lines.lines:
        return []  # 一斤排骨好多钱: where nothing is wished for, it may be a question
    return [
        Line(mention.sense, [], None, mention.start, mention.end)
        for mention in lines.dropped
        if lines.find(mention.sense) is None and mention.sense.word not in lines.denied
    ]


def _is_rival(amount: Amount, line: Line) -> bool:
    if not line.amounts or line.amounts[-1].start > amount.start:
        return False
    same = measure_of(line.amounts[-1].unit) == measure_of(amount.unit)
    return same and amount.value not in [said.value for said in line.amounts]


def _unknown(loose: Loose, start: int, end: int) -> Line:
    return Line(Sense("", "unheld"), [loose.amount], None, start, end)


def _listed(mention: Mention, lines: Lines) -> frozenset[int]:
    """A thing that touches the line before or after it belongs to the list."""
    touches = any(line.end == mention.start or mention.end == line.start for line in lines.lines)
    return frozenset([mention.start]) if touches else frozenset()
