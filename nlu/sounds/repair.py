"""Put right what the telephone got wrong: the likeliest words behind the characters heard.

First single characters are put right by what they stand among (nlu.hearing). Where that left a
doubt, a walk over the characters finds the words meant (nlu.candidates, nlu.lattice): an amount
beside a thing makes both likelier, as 两斤几蛋 shows.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import replace

from nlu.sounds.candidates import Candidates
from nlu.sounds.hearing import Hearing
from nlu.sounds.lattice import PLAIN, Piece, walk
from nlu.sounds.network import network
from nlu.sounds.repaired import Repaired
from nlu.sounds.sound import readings

# Two things whose costs lie nearer than this are both possible.
DOUBT = 0.22
# So many characters of a phrase do not come about by mishearing; none is longer.
_WHOLE, _LONG = 3, 6
# Nobody says more in one turn of a minute; a longer text is no telephone call and read as it is.
LONGEST = 400


class Repairer:
    """Puts right what was heard; knows the words of `Candidates`, and which two are the `same`."""

    def __init__(
        self,
        things: Iterable[str],
        held: frozenset[str],
        regional: frozenset[str],
        ordinary: Iterable[str] = (),
        same: Callable[[str, str], bool] = operator.eq,
    ) -> None:
        self._same = same
        self._candidates = Candidates(things, held, regional, ordinary)
        self._hearing = Hearing(self._candidates.is_word)
        network()  # its file is read now, and not when somebody waits

    def named(self, text: str) -> frozenset[int]:
        """Where the name of a thing held, or a word of ordering, stands as it is written."""
        ends = ((start, self._candidates.name_end(text, start)) for start in range(len(text)))
        return frozenset(at for start, end in ends for at in range(start, end))

    def repair(self, text: str, likely: frozenset[str] | None = None) -> Repaired:
        """The likeliest reading. Text in which every word is known comes back as it is.

        `likely` are the words for what was just read to the caller; with it, even when empty,
        the talk is taken for an answer, in which words of ordering are likelier than chatter.
        """
        if len(text) > LONGEST:
            return Repaired(text, text, tuple(range(len(text))))
        read = self._read(text, likely)
        again = _said_again(text, read)
        if again != text:
            read = self._by_ear(replace(self._read(again, likely), heard=text))
        return read

    def _read(self, text: str, likely: frozenset[str] | None) -> Repaired:
        doubted = self._standing(text, self._hearing.doubted(text))
        restored, heard_at = self._hearing.restore(text, doubted)
        if restored != text:
            doubted = self._standing(restored, self._hearing.doubted(restored))
        read = self._once(restored, doubted, likely)
        origin = tuple(heard_at[at] for at in read.origin)
        return self._by_ear(replace(read, heard=text, origin=origin))

    def _standing(self, text: str, doubted: list[bool]) -> list[bool]:
        """The characters doubted, less those of a phrase or of a thing's name that stands
        there whole: 缴个水费, 霉豆腐."""
        left = list(doubted)
        for start in range(len(text)) if True in doubted else ():
            for end in range(start + _WHOLE, min(start + _LONG, len(text)) + 1):
                if self._candidates.is_whole(text[start:end]):
                    left[start:end] = [False] * (end - start)
        return left

    def _once(self, text: str, doubted: list[bool], likely: frozenset[str] | None) -> Repaired:
        """Words found by the walk, where some of the characters are `doubted`."""
        if True not in doubted:
            return Repaired(text, text, tuple(range(len(text))))
        heard = [readings(char) for char in text]
        pieces = self._candidates.pieces(text, heard, doubted, likely)
        chosen = walk(len(text), pieces)
        read = self._write(text, chosen, pieces)
        strange = frozenset(at for at in read.strange if doubted[read.origin[at]])
        return replace(read, strange=strange)

    def _by_ear(self, read: Repaired) -> Repaired:
        """The same, where things that were not heard as they are written are known by sound."""
        sounded, rivals = dict(read.sounded), dict(read.rivals)
        heard = [readings(char) for char in read.heard] if read.is_changed else []
        at = 0
        while heard and at < len(read.text):
            end = self._candidates.held_end(read.text, at)
            first, last = read.span(at, end)
            word = read.text[at:end]
            if at not in sounded and read.heard[first:last] != word:
                others = self._candidates.alike(read.heard, heard, first, last)
                own = min(
                    (cost for other, cost in others.items() if self._is_same(word, other)),
                    default=None,
                )
                others = {o: cost for o, cost in others.items() if not self._is_same(word, o)}
                closer = {} if own is None else {o: cost - own for o, cost in others.items()}
                sounded[at] = min(closer.values(), default=0.0 if own is None else 2.0)
                rivals[at] = tuple(other for other, gap in closer.items() if gap < DOUBT)
            at = max(end, at + 1)
        return replace(read, sounded=sounded, rivals=rivals)

    def _is_same(self, word: str, other: str) -> bool:
        return word == other or self._same(word, other)

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
