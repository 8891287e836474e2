"""Put right what the telephone got wrong: the likeliest words behind the characters heard.

A walk over the characters in which known words compete with ordinary words and with plain
characters, each at a cost; a word whose sound fits pays for every character that differs. An
amount beside a thing makes both likelier, as 两斤几蛋 shows.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from nlu.measures import IDLE_UNITS
from nlu.numerals import numeral_at
from nlu.quantities import amount_at
from nlu.sound import ACCENT, distance, readings
from nlu.sounding import SUBSTITUTED, SoundIndex

PLAIN, FREQUENT, DIGIT = 1.0, 0.62, 0.5
_TALK_PENALTY = 0.3
_WORD, _WORD_CHAR = 0.3, 0.25
_KNOWN, _KNOWN_CHAR = 0.25, 0.12
_UNHELD_PENALTY = 0.5
_THING_PENALTY = 0.2
_AMOUNT_CHAR = 0.15
BESIDE_AMOUNT = -0.9
BEFORE_AMOUNT = -0.5
AFTER_VERB = -0.2
TIME_AFTER_TIME = -0.4
UNJUSTIFIED = 1.6
DOUBT = 0.35
# The characters that carry half of all talk; a mishearing seldom turns out one of them.
_FREQUENT = frozenset(
    "的了我是不你在有人这来个上大到说要去就也他她那得着地和都好看还过没把给吧吗呢啊一下里头天年子们我俺咱您"
    "家会能可以什么怎样多少开关出门吃喝用做打拿放买卖回起走坐站听讲话想知道让叫被从对跟比很太真又再只先后前"
    "点时候早晚今明昨儿呀嘛哦嗯哎哪谁几自己老小孩爱怕住死送钱事情东西啥咋别甭行成中身手脚腿腰眼耳口心头疼病药"
    "二三四五六七八九十两半"
)
_DIGITS = frozenset("零一二两三四五六七八九十百半俩仨几0123456789点号")
_NEVER_A_THING = _FREQUENT | frozenset("哩嘞咧喽哈哟离里汤")
_VERBS = frozenset("要来买拿送捎带称割再给加添个")
_UNITS = "斤 两 个 瓶 袋 包 盒 箱 条 只 块 把 根 颗 头 桶 罐 提 板 卷 杯 朵 节 串 份 片 支".split()
# Only sounds that are no common word of their own: 就 and 是 stay what they are.
_NUMBER_SOUNDS = {
    "一": "衣医依伊壹亿易", "二": "儿耳而尔", "三": "散伞叁山", "四": "死丝思寺肆", "五": "无武午舞伍屋务",
    "六": "流刘留陆溜", "七": "妻漆骑柒欺", "八": "爸巴疤捌", "九": "酒久玖旧", "两": "凉量亮梁良粮俩", "半": "班板伴扮",
}
_NUMBERS = {sound: number for number, sounds in _NUMBER_SOUNDS.items() for sound in sounds}


@dataclass(frozen=True)
class Repaired:
    """The text as it is read, and for each of its characters where it was `heard`.

    `sounded` maps the start of a thing found by sound to its margin over the next best thing,
    and `rivals` to the words that sound as much like it.
    """

    text: str
    heard: str
    origin: tuple[int, ...]
    sounded: dict[int, float] = field(default_factory=dict)
    rivals: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text heard the characters `[start, end)` of the text read come from."""
        if not self.origin or start >= end:
            return (0, 0)
        last = self.origin[min(end, len(self.origin)) - 1]
        return (self.origin[min(start, len(self.origin) - 1)], last + 1)


@dataclass(frozen=True)
class _Piece:
    """One way to read the characters up to an end: `kind` is T(hing), A(mount), …."""

    start: int
    end: int
    word: str
    cost: float
    kind: str
    fuzzy: bool = False


class Repairer:
    """Knows the words that may be meant; `things` are those of the vocabulary."""

    def __init__(self, things: Iterable[str], held: frozenset[str]) -> None:
        self._things = frozenset(things)
        self._held = held
        self._talk = _talk()
        self._common = _common()
        longer = {word for word in self._things | self._talk if len(word) > 1}
        self._index = SoundIndex(sorted(longer))
        self._single = tuple(sorted(word for word in held if len(word) == 1))

    def repair(self, text: str) -> Repaired:
        """The likeliest reading. Text in which every word is known comes back as it is."""
        heard = [readings(char) for char in text]
        pieces = self._pieces(text, heard)
        chosen = _walk(len(text), pieces)
        return self._write(text, chosen, pieces)

    def _pieces(self, text: str, heard: list[tuple[str, ...]]) -> list[list[_Piece]]:
        """For each end, the pieces that end there."""
        ends: list[list[_Piece]] = [[] for _ in range(len(text) + 1)]
        amount_ends: set[int] = set()
        for start, char in enumerate(text):
            kind = "V" if char in _VERBS else "O"
            cost = DIGIT if char in _DIGITS else FREQUENT if char in _FREQUENT else PLAIN
            ends[start + 1].append(_Piece(start, start + 1, char, cost, kind))
            for end in range(start + 2, min(start + 4, len(text)) + 1):
                if text[start:end] in self._common:
                    cost = _WORD + _WORD_CHAR * (end - start)
                    ends[end].append(_Piece(start, end, text[start:end], cost, "O"))
            for piece in self._amounts(text, heard, start):
                ends[piece.end].append(piece)
                amount_ends.add(piece.end)
            for piece in self._words(text, heard, start, start in amount_ends):
                ends[piece.end].append(piece)
        return ends

    def _words(
        self, text: str, heard: list[tuple[str, ...]], start: int, wide: bool
    ) -> list[_Piece]:
        pieces = []
        for match in self._index.at(text, heard, start, wide):
            thing = match.word in self._things
            cost = _KNOWN + _KNOWN_CHAR * len(match.word) + match.cost
            if match.cost and thing:
                cost += _THING_PENALTY if match.word in self._held else _UNHELD_PENALTY
            if match.cost and not thing:
                cost += _TALK_PENALTY
                if match.end - start != len(match.word):
                    continue
            kind = "T" if thing else "C"
            pieces.append(_Piece(start, match.end, match.word, cost, kind, match.cost > 0))
        if text[start] in self._things:
            pieces.append(_Piece(start, start + 1, text[start], 0.55, "T"))
            return pieces
        for word in self._single:
            if heard[start] and text[start] not in _NEVER_A_THING:
                gap = min(distance(r, s) for r in heard[start] for s in readings(word))
                if gap <= ACCENT:
                    cost = 0.5 + SUBSTITUTED + gap
                    pieces.append(_Piece(start, start + 1, word, cost, "S", True))
        return pieces

    def _amounts(self, text: str, heard: list[tuple[str, ...]], start: int) -> list[_Piece]:
        amount = amount_at(text, start)
        if amount and amount.unit and amount.unit not in IDLE_UNITS:
            cost = _AMOUNT_CHAR * (amount.end - start)
            return [_Piece(start, amount.end, text[start : amount.end], cost, "A")]
        pieces = []
        number = numeral_at(text, start)
        if number is not None and number.end < len(text) and heard[number.end]:
            at = number.end
            for unit in _UNITS:
                gap = min(distance(r, s) for r in heard[at] for s in readings(unit)[:1])
                if gap <= ACCENT:
                    cost = _AMOUNT_CHAR * (at + 1 - start) + SUBSTITUTED + gap
                    word = text[start:at] + unit
                    pieces.append(_Piece(start, at + 1, word, cost, "F", True))
        number_char = _NUMBERS.get(text[start])
        if number_char and start + 1 < len(text) and text[start + 1] in _UNITS:
            cost = 2 * _AMOUNT_CHAR + SUBSTITUTED
            pieces.append(_Piece(start, start + 2, number_char + text[start + 1], cost, "F", True))
        return pieces

    def _write(self, text: str, chosen: list[_Piece], ends: list[list[_Piece]]) -> Repaired:
        out: list[str] = []
        origin: list[int] = []
        sounded: dict[int, float] = {}
        rivals: dict[int, tuple[str, ...]] = {}
        for piece in chosen:
            at = len(origin)
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
        return Repaired("".join(out), text, tuple(origin), sounded, rivals)


def _walk(length: int, ends: list[list[_Piece]]) -> list[_Piece]:
    """The cheapest chain of pieces over the text."""
    best: list[dict[str, tuple[float, _Piece | None, str]]] = [{} for _ in range(length + 1)]
    best[0]["O"] = (0.0, None, "")
    for end in range(1, length + 1):
        here = best[end]
        for piece in ends[end]:
            for kind, (cost, _, _) in best[piece.start].items():
                total = cost + piece.cost + _step(kind, piece)
                state = _state(kind, piece)
                if state not in here or total < here[state][0]:
                    here[state] = (total, piece, kind)
    final = {
        kind: cost + (UNJUSTIFIED if kind in "FS" else 0.0)
        for kind, (cost, _, _) in best[length].items()
    }
    state = min(final, key=lambda kind: final[kind])
    chain: list[_Piece] = []
    at = length
    while at > 0:
        _, piece, before = best[at][state]
        assert piece is not None  # noqa: S101 - only position 0 has none
        chain.append(piece)
        at, state = piece.start, before
    return chain[::-1]


def _state(before: str, piece: _Piece) -> str:
    if piece.kind == "F" and before in "TS":
        return "A"
    if piece.kind == "S" and before in "AF":
        return "T"
    return piece.kind


def _step(before: str, piece: _Piece) -> float:
    """What it costs, or saves, that this piece follows that kind of piece."""
    kind = piece.kind
    if before in "AF" and kind in "TS":
        return BESIDE_AMOUNT
    if before == "F":
        return UNJUSTIFIED
    if before in "TS" and kind in "AF":
        return BEFORE_AMOUNT
    if before == "S":
        return UNJUSTIFIED
    if before == "V" and kind in "TAF":
        return AFTER_VERB
    if before == "C" and kind == "C":
        return TIME_AFTER_TIME if piece.fuzzy else 0.0
    return 0.0


def _read(name: str) -> str:
    return (files("nlu") / "data" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _talk() -> frozenset[str]:
    """Words of ordering, and those of the services' signs."""
    words: set[str] = set()
    for line in _read("talk.txt").splitlines():
        if not line.startswith("#"):
            words.update(line.split())
    for line in _read("services.tsv").splitlines():
        if not line.startswith("#"):
            words.update(w for w in " ".join(line.split("\t")[1:3]).split() if "(" not in w)
    return frozenset(words)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    packed = (files("nlu") / "data" / "common.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())
