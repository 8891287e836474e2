"""A name within a longer one: 苹果醋 is no 苹果, 腊肉 no 肉, and 鸡蛋面条 are two things."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.amounts.measures import amount_said
from nlu.marks.fillings import filled_otherwise
from nlu.vocabulary import Sense, Vocabulary

# What turns a product's name into a thing of another kind: 苹果醋, 鸡蛋糕, 牛肉丸.
_TAIL = re.compile(
    "豆渣|牙膏味|罐头|丸子|干儿|蜜饯|片儿|粉条|粉丝|串儿|手机|电视|电脑|汽车|沙拉|蛋糕|月饼|"
    "饮料|冰棍|雪糕|瓶子|袋子|箱子|盒子|杯子|篮子|叶子|奶糖|公司|饺子|包子|馒头|盖饭|炒饭|"
    "炒蛋|精华|精油|面膜|香精|灌饼|夹馍|泡馍|火锅|糕|饼|汤|醋|酱|汁|粥|丸|脯|酒|糖|茶|籽|"
    "机|味|馅|皮|泥|丝|圈|饭|罐|筐|园|树|地|花|苗|叶|秧|皂|奶|锅|碗|刀|架|盆|铺|店|摊|厂|"
    "馆|车|面|串|卷|酥|露|膏|羹|浆|冻|霜|灯"
)
# What a thing was in: where that is empty, the thing is what is spoken of.
_VESSEL = re.compile(
    "(?:瓶|袋|罐|盒|桶|壶|缸|坛)(?:子|儿)?(?:里头?)?(?:都|也|就|早|又|已经)*(?:是|成)?(?:空|干净|见(?:了)?底|朝天|底儿?朝[天上]|"
    "(?:抖搂|控|刮|倒|挤|舀|磕|空|晃)[^，来要买给拿送]{0,4}(?:干净|光|不出|了|半天|没|空)|[没干完光净]了)"
)
# Tails that begin a clause as often as they end a name.
_SOFT_TAILS = frozenset("地花面干味汤皮茶粉糖机奶锅刀车店盆酒串卷罐冻灯皂饭丝泥")
# What is said of a thing that need not be bought.
_IS_THERE = re.compile(
    "(?:我|俺|咱)?(?:家里?|屋里|自己|自个儿?|街坊|邻居|对门|隔壁|闺女|儿子|儿媳妇?|老伴|亲家)[^来要买，]{0,4}"
    "(?:还?有|给|做|腌|送|够|剩|酿|熬|晒)"
)
# 杨梅干半斤
_MADE_OF_IT = re.compile("[干酱粉汁糕饼片皮丝仁脯]")
_HEADS = re.compile(r"(腊|熏|卤|烤|炸|臭|油炸|红烧|清蒸|鹌鹑|凉拌|卤水|风干)$")
# 俺给他炸带鱼, 我要卤鸡翅: what is done with it, and no dish that is bought.
_COOKS = re.compile(
    "(?:(?:给|替|为)[^，来要买拿送称的]{1,4}|(?:^|[^给替让叫帮])[我俺额咱]们?(?:要|想|得|来|还|就|再|好|去|准备|打算)*|"
    "(?:准备|打算|寻思|琢磨|回头|拿来|拿去|用来|拿回[来去]|想着|好)|[他她]们?(?:要|会|想)|"
    "(?:老伴儿?|老头子?|闺女|儿子|媳妇|姑娘|女婿)(?:要|想|说要|会|准备))$"
)
_BEFORE = 8
_COOKED = ("腊", "熏", "卤", "烤", "炸", "油炸", "红烧", "清蒸", "凉拌")


def whole_name(
    text: str, pos: int, sense: Sense, vocabulary: Vocabulary
) -> tuple[int, int, Sense]:
    """Where the name that `sense` was found by begins and ends as a whole, and what it is of."""
    end = pos + len(sense.word)
    if sense.held == "unheld" and (cooked := _cooked_at_home(text, pos, sense, vocabulary)):
        return end - len(cooked.word), end, cooked
    if sense.held == "unheld" and _MADE_OF_IT.match(text, end) and amount_said(text, end + 1):
        return pos, end + 1, replace(sense, word=text[pos : end + 1])
    if sense.held != "held" or len(sense.word) < 2:
        return pos, end, sense
    if head := _HEADS.search(text, max(0, pos - 2), pos):
        word = text[head.start() : end]
        cooks = head[1] in _COOKED and _is_cooked(text, head.start())
        if vocabulary.words.get(word) is None and not cooks:
            return head.start(), end, Sense(word, "unheld")
    if (start := filled_otherwise(text, pos, sense, vocabulary)) is not None:
        return start, end, Sense(text[start:end], "unheld")
    tail = None if _VESSEL.match(text, end) else _TAIL.match(text, end)
    following = vocabulary.sense_at(text, end) if tail else None
    if following and following.held == "held" and following.skus == sense.skus:
        return pos, end, sense  # 炒花菜花菜一个
    if tail and (whole := _same_by_its_end(text, pos, tail.end(), sense, vocabulary)):
        return pos, tail.end(), whole
    if tail and not _begins_word(text, end, tail[0], vocabulary):
        return pos, tail.end(), Sense(text[pos : tail.end()], "unheld")
    return pos, end, sense


def _cooked_at_home(text: str, pos: int, dish: Sense, vocabulary: Vocabulary) -> Sense | None:
    """我想红烧排骨: what a dish is cooked of, where the caller is the cook."""
    head = next((head for head in _COOKED if dish.word.startswith(head)), "")
    named = vocabulary.words.get(dish.word[len(head) :]) if head else None
    return named if named and named.held == "held" and _is_cooked(text, pos) else None


def _is_cooked(text: str, pos: int) -> bool:
    return _COOKS.search(text, max(0, pos - _BEFORE), pos) is not None


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
