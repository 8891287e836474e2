"""Put right what the telephone got wrong: the likeliest words behind the characters heard.

A walk over the characters in which known words compete with ordinary words and with plain
characters, each at a cost; a word whose sound fits pays for every character that differs. An
amount beside a thing makes both likelier, as 两斤几蛋 shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from nlu.contexts import contexts
from nlu.everyday import common, talk
from nlu.idioms import in_idiom
from nlu.lattice import PLAIN, Piece, walk
from nlu.measures import IDLE_UNITS, amount_said, counts_no_goods, number_said
from nlu.quantities import unit_at
from nlu.repaired import Repaired
from nlu.sound import ACCENT, distance, readings
from nlu.sounding import DOUBLED, SUBSTITUTED, Match, SoundIndex

# What a reading costs, in characters heard wrong (see nlu.lattice); tuned on the fresh lines.
FREQUENT, DIGIT, SINGLE, SHELF_SINGLE = 0.62, 0.5, 0.75, 0.9
_REGIONAL_PENALTY, _TALK_PENALTY = 0.6, 0.7
_KNOWN, _KNOWN_CHAR = 0.25, 0.12
_UNHELD_PENALTY = 0.8
_THING_PENALTY = 0.5
_AMOUNT_CHAR = 0.15
FREQUENT_LOST = 0.35
READ_OUT, ANSWERING = 0.6, 0.4
DOUBT = 0.22
# Nobody says more in one turn of a minute; a longer text is no telephone call and read as it is.
LONGEST = 400
# The characters that carry half of all talk; a mishearing seldom turns out one of them.
_FREQUENT = frozenset(
    "的了我是不你在有人这来个上大到说要去就也他她那得着地和都好看还过没把给吧吗呢啊一下里头天年子们"
    "我俺咱您家会能可以什么怎样多少开关出门吃喝用做打拿放买卖回起走坐站听讲话想知道让叫被从对跟比太真又再只先后前"
    "点时候早晚今明昨儿呀嘛哦嗯哎哪谁几自己老小孩爱怕住死送钱事情啥咋别甭行成中身手脚腿腰眼耳口心头"
    "疼病药"
    "二三四五六七八九十两半各每些块样啦咯喽嘞咧哩嗨减称秤才添数"
)
_DIGITS = frozenset("零一二两三四五六七八九十百半俩仨几0123456789点号")
_NEVER_A_THING = _FREQUENT | frozenset("哩嘞咧喽哈哟离里汤")
_VERBS = frozenset("是改成要来买拿送捎带称割再给加添个")
_UNITS = tuple("斤两个瓶袋包盒箱条只块把根颗头桶罐提板卷杯朵节串份片支")
# 四四瓶: a character heard twice, for nobody says forty-four so.
_TWICE = re.compile(r"([一二三四五六七八九两])\1")
_CLOCK = ("点", "号", "月", "楼")
# A number said by a character that only sounds like it. 四 and 十 sound alike to half of China: a
# character for either is read as 几, which asks.
_NUMBER_SOUNDS = {
    "yi": "一", "er": "二", "san": "三", "shan": "三", "si": "几", "shi": "几", "wu": "五",
    "liu": "六", "niu": "六", "qi": "七", "ba": "八", "jiu": "九", "liang": "两", "niang": "两",
    "ban": "半",
}
# Common words that sound like a number and stay what they are.
_NO_NUMBER = frozenset(
    "就是把吧起期其时事市师十四一二三五六七八九两半以已意衣吴武屋物无务气奇器期爸久酒量亮办班牛留流"
    "娘拌搬般"
)


class Repairer:
    """Knows the words that may be meant; `things` are those of the vocabulary."""

    def __init__(
        self, things: Iterable[str], held: frozenset[str], regional: frozenset[str]
    ) -> None:
        self._things = frozenset(things)
        self._held = held
        self._regional = regional
        self._talk = talk()
        self._common = common()
        longer = {word for word in self._things | self._talk.keys() if len(word) > 1}
        self._index = SoundIndex(sorted(longer))
        self._single = tuple(sorted(word for word in held if len(word) == 1))

    def repair(self, text: str, likely: frozenset[str] | None = None) -> Repaired:
        """The likeliest reading. Text in which every word is known comes back as it is.

        `likely` are the words for what was just read to the caller; with it, even when empty,
        the talk is taken for an answer, in which words of ordering are likelier than chatter.
        """
        if len(text) > LONGEST:
            return Repaired(text, text, tuple(range(len(text))))
        first = self._once(text, likely)
        again = _said_again(text, first)
        if again != text:
            first = self._once(again, likely)
        at_fault = {first.origin[at] for at in first.strange}
        mended = contexts().mend(again, at_fault)
        read = first if mended == again else self._once(mended, likely)
        strange = frozenset(at for at in read.strange if contexts().is_odd(read.text, at))
        return replace(read, heard=text, strange=strange)

    def _once(self, text: str, likely: frozenset[str] | None) -> Repaired:
        heard = [readings(char) for char in text]
        pieces = self._pieces(text, heard, likely)
        chosen = walk(len(text), pieces)
        return self._write(text, chosen, pieces)

    def _pieces(
        self, text: str, heard: list[tuple[str, ...]], likely: frozenset[str] | None
    ) -> list[list[Piece]]:
        """For each end, the pieces that end there."""
        ends: list[list[Piece]] = [[] for _ in range(len(text) + 1)]
        amount_ends: set[int] = set()
        for start, char in enumerate(text):
            kind = "V" if char in _VERBS else "O"
            cost = DIGIT if char in _DIGITS else FREQUENT if char in _FREQUENT else PLAIN
            ends[start + 1].append(Piece(start, start + 1, char, cost, kind))
            for end in range(start + 2, min(start + 4, len(text)) + 1):
                if price := self._common.get(text[start:end]):
                    ends[end].append(Piece(start, end, text[start:end], price, "O"))
            if _TWICE.match(text, start) and text[start + 2 : start + 3] in _CLOCK:
                ends[start + 2].append(Piece(start, start + 2, char, DIGIT, "O"))
            for piece in self._amounts(text, heard, start):
                ends[piece.end].append(piece)
                amount_ends.add(piece.end)
            for piece in self._words(text, heard, start, start in amount_ends, likely):
                ends[piece.end].append(piece)
        return ends

    def _words(
        self,
        text: str,
        heard: list[tuple[str, ...]],
        start: int,
        wide: bool,
        likely: frozenset[str] | None,
    ) -> list[Piece]:
        pieces = []
        tier = 2 if wide else 0 if text[start] in _FREQUENT else 1
        for match in self._index.at(text, heard, start, tier):
            thing = match.word in self._things
            cost = _KNOWN + _KNOWN_CHAR * len(match.word) + match.cost
            if match.end - start == len(match.word):
                cost += FREQUENT_LOST * sum(
                    char != text[start + at] and text[start + at] in _FREQUENT
                    for at, char in enumerate(match.word)
                )
            if not thing and self._talk[match.word] == "Z" and _is_far(match):
                continue
            if match.cost and likely is not None:
                cost -= READ_OUT if match.word in likely else 0.0 if thing else ANSWERING
            if match.cost and thing:
                cost += self._doubt_of(match.word)
            if match.cost and not thing:
                cost += _TALK_PENALTY if len(match.word) < 3 else _TALK_PENALTY / 2
                if match.end - start != len(match.word):
                    continue
            kind = "T" if thing else self._talk[match.word]
            pieces.append(Piece(start, match.end, match.word, cost, kind, match.cost > 0))
        if text[start] in self._things:
            cost = SINGLE if text[start] in self._held else SHELF_SINGLE
            pieces.append(Piece(start, start + 1, text[start], cost, "T"))
            return pieces
        done = text[start + 1 : start + 2] in tuple("了着过")
        for word in () if done else self._single:
            if heard[start] and text[start] not in _NEVER_A_THING:
                gap = min(distance(r, s) for r in heard[start] for s in readings(word))
                if gap <= ACCENT:
                    cost = 0.5 + SUBSTITUTED + gap
                    pieces.append(Piece(start, start + 1, word, cost, "S", True))
        return pieces

    def _doubt_of(self, word: str) -> float:
        """How much less likely than another a thing is meant when it was not heard exactly."""
        if word not in self._held:
            return _UNHELD_PENALTY
        rare = _REGIONAL_PENALTY if word in self._regional else 0.0
        return rare + (_THING_PENALTY if len(word) < 3 else 0.0)

    def _amounts(self, text: str, heard: list[tuple[str, ...]], start: int) -> list[Piece]:
        amount = amount_said(text, start)
        if amount and amount.unit and amount.unit not in IDLE_UNITS and not (
            counts_no_goods(text, amount.unit, amount.end)
        ):
            end, word = amount.end, text[start : amount.end]
            cost = _AMOUNT_CHAR * (end - start)
            if _TWICE.match(word):
                word = word[1:]
            found = [Piece(start, end, word, cost, "A")]
            if text[end : end + 1] == text[end - 1] and text[end - 1] in _UNITS:
                found.append(Piece(start, end + 1, word, cost + DOUBLED, "A"))
            return found
        pieces = []
        number = number_said(text, start)
        if number is not None and (unit := unit_at(text, number.end)) and (
            unit.kind == "count" and unit.name not in IDLE_UNITS
            and not counts_no_goods(text, unit.name, number.end + len(unit.name))
        ):
            end = number.end + len(unit.name)
            cost = _AMOUNT_CHAR * (end - start) + 0.4
            pieces.append(Piece(start, end, text[start:end], cost, "F", True))
        at = number.end if number is not None else len(text)
        if at < len(text) and heard[at] and (text[start] == "一" or not in_idiom(text, start)):
            for name in _UNITS:
                gap = min(distance(r, s) for r in heard[at] for s in readings(name)[:1])
                if gap <= ACCENT:
                    cost = _AMOUNT_CHAR * (at + 1 - start) + SUBSTITUTED + gap
                    word = text[start:at] + name
                    pieces.append(Piece(start, at + 1, word, cost, "F", True))
        if heard[start] and text[start] not in _NO_NUMBER and text[start + 1 : start + 2] in _UNITS:
            number_char = _NUMBER_SOUNDS.get(heard[start][0])
            if number_char:
                cost = 2 * _AMOUNT_CHAR + SUBSTITUTED
                word = number_char + text[start + 1]
                pieces.append(Piece(start, start + 2, word, cost, "F", True))
        return pieces

    def _write(self, text: str, chosen: list[Piece], ends: list[list[Piece]]) -> Repaired:
        out: list[str] = []
        origin: list[int] = []
        sounded: dict[int, float] = {}
        rivals: dict[int, tuple[str, ...]] = {}
        strange: set[int] = set()
        for piece in chosen:
            at = len(origin)
            if piece.kind == "O" and piece.cost == PLAIN:
                strange.add(at)
            length = piece.end - piece.start
            out.append(piece.word)
            origin += [
                piece.start + min(offset * length // max(len(piece.word), 1), length - 1)
                for offset in range(len(piece.word))
            ]
            if piece.fuzzy and piece.kind in "TS":
                others = [
                    other for other in ends[piece.end]
                    if other.start == piece.start and other.kind == piece.kind
                    and other.word != piece.word
                ]
                nearest = min((other.cost - piece.cost for other in others), default=2.0)
                sounded[at] = nearest
                rivals[at] = tuple(o.word for o in others if o.cost - piece.cost < DOUBT)
        return Repaired("".join(out), text, tuple(origin), sounded, rivals, frozenset(strange))


def _said_again(text: str, read: Repaired) -> str:
    """A word put right once is put right wherever the same was heard: 皮酒两箱…皮酒算了."""
    for start in read.sounded:
        end = start + 1
        while end < len(read.origin) and end - start < 4 and end not in read.sounded:
            end += 1
        for stop in range(min(end, start + 4), start + 1, -1):
            first, last = read.origin[start], read.origin[stop - 1] + 1
            heard, meant = text[first:last], read.text[start:stop]
            if len(heard) == len(meant) > 1 and heard != meant and text.count(heard) > 1:
                text = text.replace(heard, meant)
                break
    return text


def _is_far(match: Match) -> bool:
    """A day or an hour is taken for another only where it sounds the same, accents aside."""
    return match.cost - int(match.cost / SUBSTITUTED) * SUBSTITUTED > 2 * ACCENT
