"""What the characters heard may have been: known words, by their sound too, and amounts.

Each is a piece for the walk (nlu.lattice), at a cost in characters heard wrong. A word whose sound
fits pays for every character that differs; ordinary words and plain characters compete with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from nlu.sounds.amountsheard import TWICE, amounts_heard
from nlu.sounds.everyday import common, talk
from nlu.sounds.lattice import PLAIN, Piece
from nlu.sounds.sound import ACCENT, distance, readings
from nlu.sounds.sounding import SUBSTITUTED, Match, SoundIndex

# What a reading costs, in characters heard wrong (see nlu.lattice); tuned on the fresh lines.
FREQUENT, DIGIT, SINGLE, SHELF_SINGLE = 0.62, 0.5, 0.75, 0.9
_REGIONAL_PENALTY, _TALK_PENALTY = 0.6, 0.7
_KNOWN, _KNOWN_CHAR = 0.25, 0.12
_UNHELD_PENALTY = 0.8
_THING_PENALTY = 0.5
FREQUENT_LOST = 0.35
READ_OUT, ANSWERING = 0.6, 0.4
# How far from a doubted character words are looked for, and how long a word may be.
_BEHIND, _AHEAD, _LONG = 6, 10, 6
# The characters that carry half of all talk; a mishearing seldom turns out one of them.
_FREQUENT = frozenset(
    "的了我是不你在有人这来个上大到说要去就也他她那得着地和都好看还过没把给吧吗呢啊一下里头天年子们"
    "我俺咱您家会能可以什么怎样多少开关出门吃喝用做打拿放买卖回起走坐站听讲话想知道让叫被从对跟比太真又再只先后前"
    "点时候早晚今明昨儿呀嘛哦嗯哎哪谁几自己老小孩爱怕住死送钱事情啥咋别甭行成中身手脚腿腰眼耳口心头"
    "疼病药"
    "二三四五六七八九十两半各每些块样啦咯喽嘞咧哩嗨减称秤才添数"
)
_DIGITS = frozenset("零一二两三四五六七八九十百半俩仨几0123456789点号")
_NEVER_A_THING = _FREQUENT | frozenset("哩嘞咧喽哈哟离里汤莫重拣煎拌炸炒炖煮蒸煲熬焖卤腌晒煨烧烙涮")
_VERBS = frozenset("是改成要来买拿送捎带称割再给加添个")
_CLOCK = ("点", "号", "月", "楼")


class Candidates:
    """Knows the words that may be meant; `things` are those of the vocabulary, and `ordinary`
    words are what they are and never guessed by sound."""

    def __init__(
        self,
        things: Iterable[str],
        held: frozenset[str],
        regional: frozenset[str],
        ordinary: Iterable[str] = (),
    ) -> None:
        self._things = frozenset(things)
        self._held = held
        self._regional = regional
        self._talk = talk()
        self._common = {**common(), **dict.fromkeys(ordinary, _KNOWN)}
        longer = {word for word in self._things | self._talk.keys() if len(word) > 1}
        self._index = SoundIndex(sorted(longer))
        self._single = tuple(sorted(word for word in held if len(word) == 1))

    def is_word(self, run: str) -> bool:
        """Whether these characters are a word as they stand."""
        return run in self._common or run in self._things or run in self._talk

    def is_whole(self, run: str) -> bool:
        """Whether these characters are a phrase of ordering, or a thing held, as they stand."""
        return run in self._talk or run in self._held

    def held_end(self, text: str, start: int) -> int:
        """Where the longest thing held that is written at `start` ends; `start` for none."""
        for end in range(min(start + _LONG, len(text)), start + 1, -1):
            if text[start:end] in self._things:
                return end if text[start:end] in self._held else start
        return start

    def name_end(self, text: str, start: int) -> int:
        """Where the longest name of a thing held, or word of ordering, ends that is written at
        `start`; `start` for none."""
        ends = range(min(start + _LONG, len(text)), start + 1, -1)
        return next((end for end in ends if self.is_whole(text[start:end])), start)

    def alike(
        self, text: str, heard: list[tuple[str, ...]], start: int, end: int
    ) -> dict[str, float]:
        """The things that these characters sound like, each with its cost."""
        return {
            match.word: match.cost
            for match in self._index.at(text, heard, start, 2)
            if match.end == end and match.word in self._things
        }

    def pieces(
        self,
        text: str,
        heard: list[tuple[str, ...]],
        doubted: list[bool],
        likely: frozenset[str] | None,
    ) -> list[list[Piece]]:
        """For each end, the pieces that end there; words only where something is in doubt."""
        ends: list[list[Piece]] = [[] for _ in range(len(text) + 1)]
        amount_ends: set[int] = set()
        for start, char in enumerate(text):
            kind = "V" if char in _VERBS else "O"
            cost = DIGIT if char in _DIGITS else FREQUENT if char in _FREQUENT else PLAIN
            ends[start + 1].append(Piece(start, start + 1, char, cost, kind))
            if True not in doubted[max(0, start - _BEHIND) : start + _AHEAD]:
                continue
            for end in range(start + 2, min(start + 4, len(text)) + 1):
                if price := self._common.get(text[start:end]):
                    ends[end].append(Piece(start, end, text[start:end], price, "O"))
            if TWICE.match(text, start) and text[start + 2 : start + 3] in _CLOCK:
                ends[start + 2].append(Piece(start, start + 2, char, DIGIT, "O"))
            by_sound = True in doubted[start : start + _LONG]
            for piece in amounts_heard(text, heard, start, by_sound):
                ends[piece.end].append(piece)
                amount_ends.add(piece.end)
            if by_sound:
                found = self._words(text, heard, start, start in amount_ends, likely)
            else:
                found = self._written_words(text, start)
            for piece in found:
                ends[piece.end].append(piece)
        return ends

    def _written_words(self, text: str, start: int) -> list[Piece]:
        """The words that stand there as they are written."""
        pieces = []
        for end in range(start + 2, min(start + _LONG, len(text)) + 1):
            word = text[start:end]
            kind = "T" if word in self._things else self._talk.get(word)
            if kind:
                cost = _KNOWN + _KNOWN_CHAR * len(word)
                pieces.append(Piece(start, end, word, cost, kind))
        if text[start] in self._things:
            cost = SINGLE if text[start] in self._held else SHELF_SINGLE
            pieces.append(Piece(start, start + 1, text[start], cost, "T"))
        return pieces

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

def _is_far(match: Match) -> bool:
    """A day or an hour is taken for another only where it sounds the same, accents aside."""
    return match.cost - int(match.cost / SUBSTITUTED) * SUBSTITUTED > 2 * ACCENT
