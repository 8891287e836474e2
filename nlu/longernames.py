"""A name within a longer one: 苹果醋 is no 苹果, 腊肉 no 肉, and 鸡蛋面条 are two things."""

from __future__ import annotations

import re

from nlu.measures import amount_said
from nlu.vocabulary import Sense, Vocabulary

# What turns a product's name into a thing of another kind: 苹果醋, 鸡蛋糕, 牛肉丸.
_TAIL = re.compile(
    "豆渣|牙膏味|罐头|丸子|干儿|蜜饯|片儿|粉条|粉丝|串儿|手机|电视|电脑|汽车|沙拉|蛋糕|月饼|"
    "饮料|冰棍|雪糕|瓶子|袋子|箱子|盒子|杯子|篮子|叶子|奶糖|公司|饺子|包子|馒头|盖饭|炒饭|"
    "炒蛋|精华|精油|面膜|香精|灌饼|夹馍|泡馍|火锅|糕|饼|汤|醋|酱|汁|粥|丸|脯|酒|糖|茶|籽|"
    "机|味|馅|皮|泥|丝|圈|饭|罐|筐|园|树|地|花|苗|叶|秧|皂|奶|锅|碗|刀|架|盆|铺|店|摊|厂|"
    "馆|车|面|串|卷|酥|露|膏|羹|浆|冻|霜|灯"
)
# Tails that begin a clause as often as they end a name.
_SOFT_TAILS = frozenset("地花面干味汤皮茶粉糖机奶锅刀车店盆酒串卷罐冻灯皂饭丝泥")
# What is said of a thing that need not be bought.
_IS_THERE = re.compile(
    "(?:我|俺|咱)?(?:家里?|屋里|自己|自个儿?|街坊|邻居|对门|隔壁|闺女|儿子|儿媳妇?|老伴|亲家)[^来要买，]{0,4}"
    "(?:还?有|给|做|腌|送|够|剩|酿|熬|晒)"
)
_HEADS = re.compile(r"(腊|熏|卤|烤|炸|臭|油炸|红烧|清蒸|鹌鹑|凉拌|卤水|风干)$")


def whole_name(
    text: str, pos: int, sense: Sense, vocabulary: Vocabulary
) -> tuple[int, int, Sense]:
    """Where the name that `sense` was found by begins and ends as a whole, and what it is of."""
    end = pos + len(sense.word)
    if sense.held != "held" or len(sense.word) < 2:
        return pos, end, sense
    if head := _HEADS.search(text, max(0, pos - 2), pos):
        word = text[head.start() : end]
        if vocabulary.words.get(word) is None:
            return head.start(), end, Sense(word, "unheld")
    tail = _TAIL.match(text, end)
    if tail and (whole := _same_by_its_end(text, pos, tail.end(), sense, vocabulary)):
        return pos, tail.end(), whole
    if tail and not _begins_word(text, end, tail[0], vocabulary):
        return pos, tail.end(), Sense(text[pos : tail.end()], "unheld")
    return pos, end, sense


def _same_by_its_end(
    text: str, pos: int, end: int, sense: Sense, vocabulary: Vocabulary
) -> Sense | None:
    """绞好的肉 is minced meat by another name, and 绞好的肉馅 is so by its own."""
    for start in range(pos + 1, end - 1):
        named = vocabulary.words.get(text[start:end])
        if named and named.held == "held" and set(named.skus) & set(sense.skus):
            return named
    return None


def _begins_word(text: str, pos: int, tail: str, vocabulary: Vocabulary) -> bool:
    """Whether what looks like a tail is the next thing named (鸡蛋面条, 苹果梨)."""
    following = vocabulary.sense_at(text, pos)
    if following and following.held == "held" and len(following.word) >= len(tail):
        return True
    if tail in vocabulary.words and _IS_THERE.match(text, pos + len(tail)):
        return True  # 一把豆芽酱街坊给了一碗
    return tail in _SOFT_TAILS and not _ends_name(text, pos + len(tail))


def _ends_name(text: str, pos: int) -> bool:
    """Whether a name may end here: an amount, a particle or the end follows."""
    if pos >= len(text) or amount_said(text, pos) is not None:
        return True
    return text[pos] in "来有给的了，。吗没多呢要再和跟还吧"
