"""Words that this caller is likely to say, given to the recogniser before it listens.

Whisper writes on from what it believes was said before. A sentence in the callers' own manner that
names the usual things tips the scale between two words that sound alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# Whisper keeps 223 tokens of what came before (half its window, less one) and spends up to two on a
# Chinese character.
BUDGET = 100  # characters of prompt and hotwords together
OPENING = "喂，你好，我要"

# What a month's callers ask for that they don't in others; only what the catalogue has is hinted.
SEASON: dict[int, tuple[str, ...]] = {
    1: ("腊八", "年货", "饺子", "对联", "大白菜"),
    2: ("元宵", "汤圆", "年糕", "对联"),
    3: ("韭菜", "春笋", "菠菜", "荠菜"),
    4: ("青团", "春笋", "蚕豆", "草莓"),
    5: ("粽子", "樱桃", "蒜薹", "豌豆"),
    6: ("粽子", "绿豆", "西瓜", "桃子", "咸鸭蛋"),
    7: ("西瓜", "绿豆", "黄瓜", "苦瓜", "空调"),
    8: ("西瓜", "冬瓜", "葡萄", "玉米", "空调"),
    9: ("月饼", "莲藕", "板栗", "螃蟹"),
    10: ("月饼", "柿子", "红薯", "石榴"),
    11: ("大白菜", "萝卜", "红薯", "暖气"),
    12: ("饺子", "羊肉", "大白菜", "汤圆", "暖气"),
}


@dataclass(frozen=True)
class Hints:
    """`prompt` goes before the speech as if it had just been said; `hotwords` are single words;
    `own` are the caller's, which the prompt names."""

    prompt: str = ""
    hotwords: str = ""
    own: tuple[str, ...] = ()


NO_HINTS = Hints()


def hints(
    usual: Iterable[str] = (),
    lexicon: Iterable[str] = (),
    catalogue: Iterable[str] = (),
    month: int | None = None,
    budget: int = BUDGET,
) -> Hints:
    """What to tell the recogniser about this caller, most telling first, within the budget.

    Args:
        usual: names of what she orders, most often first.
        lexicon: her own words for things.
        catalogue: names of what can be ordered, best sellers first.
        month: of the call, 1 to 12, for the season.
        budget: characters in all.

    Returns:
        Her own things as a sentence; the season's and the catalogue's as hotwords.
    """
    names = tuple(catalogue)
    known = "\n".join(names)
    season = [word for word in SEASON.get(month or 0, ()) if word in known]
    own = _fitting([*usual, *lexicon], budget - len(OPENING) - 1)
    prompt = f"{OPENING}{'，'.join(own)}。" if own else ""
    hot = _fitting(
        [word for word in [*season, *names] if word not in own], budget - len(prompt)
    )
    return Hints(prompt, "，".join(hot), tuple(own))


def _fitting(words: Iterable[str], budget: int) -> list[str]:
    """The first of the words, each once, that fit with a comma after each."""
    kept: dict[str, None] = {}
    left = budget
    for word in words:
        if not word or word in kept:
            continue
        left -= len(word) + 1
        if left < 0:
            break
        kept[word] = None
    return list(kept)
