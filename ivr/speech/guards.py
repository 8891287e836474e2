"""What Whisper writes that nobody said, and how it is told from what somebody did.

Trained on subtitles, Whisper fills silence, noise and music with the phrases that subtitles end in,
repeats itself when it loses its place, and reads its own hints back. Each guard takes a passage
and the stretches where a voice was found, and gives the words that are left to believe.
"""

import re
from collections.abc import Iterable

from ivr.speech.hints import Hints
from ivr.speech.recogniser import Passage
from ivr.speech.transcriber import Word

# Credits and farewells of subtitles: what Whisper's Chinese is known to invent, simplified. None is
# anything that a caller says to a shop.
INVENTED = re.compile(
    "|".join(
        (
            "(请)?(大家)?不吝点赞.*?(栏目|$)",
            "(明镜|点点)(与|和)?(点点|明镜)?栏目",
            "(点赞)?订阅.{0,4}转发.{0,4}(打赏)?",
            "(欢迎|记得|请)(大家)?(点赞|订阅|关注)(我的|我们的|本)?(频道)?",
            "(谢谢|感谢|多谢)(大家|您|你|各位)?(的)?(观看|收看|收听|聆听|订阅)",
            "(本|中文)?字幕(组|志愿者|制作|提供|由|校对|听译|翻译|by).*",
            "优优独播剧场.*",
            "(由)?[Aa]mara\\.?(org)?.*",
            "(词|曲|作词|作曲|编曲|演唱)[:：].*",
            "我们下(期|次|集)(视频|节目)?(再见|见)",
            "(下集|未完)(预告|待续)",
            "[Yy]o[Yy]o ?[Tt]elevision.*",
            "[Mm][Ii][Nn][Gg] ?[Pp][Aa][Oo].*",
            "(优质|精彩)?(短剧|独播).{0,3}剧场",
        )
    )
)

LOOP = re.compile(r"(?P<unit>.{1,12}?)(?P=unit){3,}")  # said four times on end, or more
DIGITS = frozenset("0123456789零一二三四五六七八九十两〇幺")

# Nobody speaks faster: hurried Mandarin has 8 syllables a second, and callers of seventy have 4.
FASTEST = 12.0
SLACK = 0.5  # seconds by which a word's time may be off: alignment by attention is that rough
# Whisper's own rule for a window without speech (Radford et al. 2022, 4.5).
NO_SPEECH = 0.6
LOG_PROBABILITY = -1.0
ECHO = 8  # characters in the prompt's own order that make an echo of it


def believable(
    passage: Passage, voices: Iterable[tuple[float, float]], hints: Hints
) -> tuple[Word, ...]:
    """The words of the passage that were spoken.

    Args:
        passage: with times from the start of the recording.
        voices: where a voice was found, in seconds from there.
        hints: what the recogniser was told before.
    """
    if passage.no_speech > NO_SPEECH and passage.log_probability < LOG_PROBABILITY:
        return ()
    if echoes(passage.text, hints.prompt):
        return ()
    words = without_invented(passage.words)
    words = in_voice(words, tuple(voices))
    return without_loops(words)


def echoes(text: str, prompt: str) -> bool:
    """Whether the text is a stretch of the prompt, read back."""
    return len(text.strip()) >= ECHO and text.strip() in prompt


def without_invented(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words but those of a known invented phrase."""
    return _without(words, [match.span() for match in INVENTED.finditer(_text(words))])


def without_loops(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, what was said four times on end or more left twice: 救命救命救命救命 is a cry and
    means no less said twice. Numerals stand: 8888 is an address.
    """
    cut = [
        (match.start() + 2 * len(match["unit"]), match.end())
        for match in LOOP.finditer(_text(words))
        if not DIGITS.issuperset(match["unit"])
    ]
    return _without(words, cut)


def in_voice(
    words: tuple[Word, ...], voices: tuple[tuple[float, float], ...]
) -> tuple[Word, ...]:
    """The words but those written where nobody spoke."""
    return tuple(
        word
        for word in words
        if any(start - SLACK < word.end and word.start < end + SLACK for start, end in voices)
    )


def too_fast(words: tuple[Word, ...], voices: Iterable[tuple[float, float]]) -> bool:
    """Whether more was written than anybody could have said in the time."""
    spoken = sum(end - start for start, end in voices)
    return len(_text(words)) > FASTEST * spoken


def _text(words: tuple[Word, ...]) -> str:
    return "".join(word.text for word in words)


def _without(words: tuple[Word, ...], spans: list[tuple[int, int]]) -> tuple[Word, ...]:
    """The words but those that touch a span of their joined text."""
    kept = []
    end = 0
    for word in words:
        start, end = end, end + len(word.text)
        if not any(start < last and first < end for first, last in spans):
            kept.append(word)
    return tuple(kept)
