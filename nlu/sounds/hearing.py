"""What was said behind the characters heard: 溺给我送粮斤 is 你给我送两斤.

A search from left to right over the likeliest sentences. A character stands as it was heard or for
another of a same or near sound, at a cost; what follows what (nlu.sequences) decides. A character
that is met in such company as it stands is not doubted at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nlu.sounds import substitutes
from nlu.sounds.sequences import EDGE, Sequences, cost_in, sequences
from nlu.sounds.sound import readings
from nlu.sounds.substitutes import NUMBERS

# Natural logarithms: what it costs that a character was heard twice, that it was lost, and that
# it is no part of a word that it seems to be.
_TWICE, _LOST, _WORD = 7.5, 10.0, 3.5
# A run of three says nothing where its last character is as unlikely as this.
_CHANCE = 7.0
_SELDOM = 6.0
# How many sentences are kept, and how much worse than the best.
_WIDTH, _WORSE = 8, 8.0
_SELDOM_NUMBERS = frozenset("廿卅仨")  # rare in any text, and no mishearing of 两
# Two numbers whose costs lie nearer than this are both possible.
_CERTAIN = 2.0
# 四 and 十 sound alike to half of China: only the plainest place tells them apart.
_FOUR_OR_TEN = 6.0
# 不是六十是十六, 我说的是十个: after these 是 is no number that was misheard.
_BEFORE_IS = frozenset("就该不的也都了对吧嗯啊哦十百斤个袋瓶盒块" + EDGE)
# Runs that are what they are in whatever company: 找个人替我去, 照上礼拜那单, 一斤半咯.
_STANDS = re.compile(
    "[早晚午中夜](?=[饭餐])|(?<=[早晚午中夜])[饭餐]|紫(?=皮|的)|啱|算(?=[一两二三四五六七八九十半]+[斤袋瓶盒个包])|(?<=[不唔])使|[迟晚](?=[一两三几半][天个日])|[拎提扛搬背抱](?=[不得][动起]|[一二两三四五六七八九十半]+[箱袋桶包提])|大(?=家子|帮|伙子)|拌(?=[黄西凉豆馅面饭木菠])|擦(?=丝|成)|空(?=的|了)|听(?=就?[中行成好够吧]|啤|$)|(?<=[那挂座])钟|轻(?=一?[点些])|就(?=[一二两三四五六七八九十半]{1,3}[斤袋瓶盒个包条块桶])|几(?=多)|(?<=几)多|[抹勾](?=[了掉去])|饵(?=[块丝])|[勿弗](?=[要对是错灵])|"
    "重(?=[修弄做擦洗通剪换装打理搞])|(?<=重)[修弄做擦洗通剪换装打理搞]|替(?=[我俺额咱他她])|"
    "上(?=[我俺大小二]?(?:女儿|闺女|儿子|姑娘|女婿|[妹弟姐哥])家)|"
    "灶(?=[火眼头台具])|(?<=[灶炉])火|(?<=一)直(?=[哗滴漏流响冒淌往])|[咣哐嗡吱咔轰咚嗒嘎叽哗]|(?<=[花黑白蓝])屏|(?<=血[压糖])量|(?<=血[压糖]给)量|讲(?=好)|(?<=讲)好|蹲(?=[在楼着])|"
    "照(?=上(?:个|一)?[回次趟月周礼星])|(?<=[斤两]半)[咯哒嘞咧嘛噻哈]|林(?=檬)|[椪脐荽菔枧]|芜(?=荽)|番(?=枧)|杭(?=椒)|莱(?=菔)|眉(?=豆)|菱(?=粉)|[皖鲋](?=鱼)|骏(?=枣)|鳞(?=刀)|碱(?=蛋)|梨(?=就?[一二两三四五六七八九十半]+斤)|"
    # characters that are seldom heard for another: those of kin and of goods in the south
    "红(?=烧[一二两三半]+[斤条个][炖煲煮蒸炒清煎])|(?<=红)烧(?=[一二两三半]+[斤条个][炖煲煮蒸炒清煎])|[搞弄整](?=[一二两三四五六七八九十半几]+[斤两瓶袋包盒箱个只条块把根桶提])|[煮熬炖煲](?=[^来要给，买的]{1,4}[粥汤羹])|[苕涮崽嬢孃囡囝伢嫲嬷鲩靓嗲毑豉倭]|莫(?=[要买拿送来])|炒(?=熟)|(?<=斤)重(?=$|的|左右)|拣(?=[一二两三四五六几个条只])|(?<=[块个条只斤])煎(?=[一二两三四五六半吃着炒煮]|$)|"
    # garlic and bananas by the string
    "(?<=[一两二三四半])(?:挂(?=[大小好]?(?:香蕉|芭蕉|葡萄|龙眼|荔枝|肠|蒜|辣椒))|辫|骨(?=朵))|"
    "(?<=[一两二三四半]骨)朵|(?<=[一两二三四半]辫)子|(?<=[来要][一两二三])挂(?=$|[吧呗啊])|"
    "(?<=[斤两瓶袋包盒个条只把桶块根盘碗板罐箱棵颗])[拌煎炸晒煲腌卤熬炖焖](?=起来?|着|上|一[下个]|[个点](?!儿?[要来买])|好|小?葱|[黄青]瓜|豆腐|糖|皮蛋)|"
    # 芝麻酱两瓶拌面, 番薯五斤晒番薯干, 办两桌: what it is for.
    "(?<=[斤两瓶袋包盒个条只把桶我来好])[拌煎炸晒煲腌卤熬炖焖](?=[^，来要给买拿送称的]{1,4}(?:[吃喝面饭粉菜肉鱼汤干饼丸糕粥]|$))|"
    "办(?=[一两二三四五六七八九十几]{1,2}(?:桌|席|围))|寄(?=[我俺](?:[一两二三四五六七八九十半]))|"
    # 鲤鱼 is not 梨鱼; 老伴把醋洒了; 羊肉斤把, 差点儿把盐当糖
    "鲤(?=鱼)|炒(?=[丝片着鸡肉])|(?<=炒)丝|(?<=老)伴|(?<=斤)把(?=$|[吧就两羊牛猪鸡])|(?<=[点会哪今明昨后前])儿|"
    # 少一斤 is not 捎一斤, 饺子加袋 no 加碘, and 讲慢点 no 姜
    "(?<=^)[多少](?=[来要拿加一两半三])|(?<=[加添来])[袋瓶包盒箱桶块个条](?=$|[吧呗嘛啊呀噻])|通(?=个?(?:马桶|下水|厕所)|了)|"
    "(?<=[落下])雨|晾(?=[着衣了])|[讲说](?=慢)|(?<=讲)慢|还(?=照[你刚原旧着])|照(?=[你刚原旧着])|"
    "(?<=[聚聊看试问想修洗擦])[聚聊看试问想修洗擦]|[聚聊看试问想修洗擦](?=[聚聊看试问想修洗擦])"
)
# A sentence so far: what came before, its last character, and where that was heard.
_Chain = tuple["_Chain | None", str, int]
# Sentences so far by their last three characters, each with its cost.
_Beam = dict[str, tuple[float, "_Chain | None"]]


class Hearing:
    """Puts single characters right; `is_word` knows the words that stand as they are."""

    def __init__(self, is_word: Callable[[str], bool], table: Sequences | None = None) -> None:
        self._table = table or sequences()
        self._is_word = is_word
        for char in self._table.characters:
            substitutes.alike(self._table, readings(char))

    def restore(
        self, text: str, doubted: Sequence[bool] | None = None
    ) -> tuple[str, tuple[int, ...]]:
        """The likeliest sentence, and for each of its characters where it was heard. `doubted`
        may be given where it is known."""
        doubted = self.doubted(text) if doubted is None else doubted
        if True not in doubted:
            return text, tuple(range(len(text)))
        beam: _Beam = {EDGE * 3: (0.0, None)}
        for at, char in enumerate(text):
            if len(beam) == 1 and not doubted[at]:
                [(before, (spent, chain))] = beam.items()
                beam = {before[1:] + char: (spent, (chain, char, at))}
            else:
                beam = _likeliest(self._next(beam, text, at, doubted))
        cost = self._table.cost
        _, last = min(
            ((spent + cost(before, EDGE), chain) for before, (spent, chain) in beam.items()),
            key=lambda found: found[0],
        )
        chars, origin = _written(last)
        self._ask_for_numbers(chars, origin, text)
        return "".join(chars), tuple(origin)

    def doubted(self, text: str) -> list[bool]:
        """Which characters are met in no known run of three."""
        padded = EDGE + text + EDGE
        is_known = self._table.is_known
        joined = [False] * (len(padded) + 1)
        for at in range(len(text)):
            if is_known(padded[at : at + 3], _CHANCE):
                joined[at] = joined[at + 1] = True
        odd = [
            not joined[at] and not is_known(padded[at : at + 2], _SELDOM)
            for at in range(len(text) + 1)
        ]
        stands = {found.start() for found in _STANDS.finditer(text)}
        return [
            "\u4e00" <= char <= "\u9fff"
            and at not in stands
            and char not in _SELDOM_NUMBERS
            and not (char == "是" and padded[at] in _BEFORE_IS and padded[at + 2] in NUMBERS)
            and (odd[at] or odd[at + 1] or not (joined[at] or joined[at + 1]))
            for at, char in enumerate(text)
        ]

    def _next(self, beam: _Beam, text: str, at: int, doubted: Sequence[bool]) -> _Beam:
        """The sentences that go on with what was heard at this place."""
        char = text[at]
        reached: _Beam = {}
        levels = {before: self._table.levels(before) for before in beam}
        # Nothing dearer than this is kept, so it need not be reached.
        most = _WORSE + min(
            spent + cost_in(levels[before], char) for before, (spent, _) in beam.items()
        )

        def reach(state: str, total: float, chain: _Chain | None) -> None:
            if state not in reached or total < reached[state][0]:
                reached[state] = (total, chain)

        others: list[tuple[str, float]] = []
        loyal = 0.0
        if doubted[at]:
            best = min(beam, key=lambda before: beam[before][0])
            others = self._others(text, at, best[-1], doubted)
            loyal = self._loyal(text, at)
        for before, (spent, chain) in beam.items():
            here, tail = levels[before], before[1:]
            reach(tail + char, spent + cost_in(here, char), (chain, char, at))
            for other, price in others:
                if spent + price + loyal < most:
                    total = spent + cost_in(here, other) + price + loyal
                    if total < most:
                        reach(tail + other, total, (chain, other, at))
            if not doubted[at] or not at:
                continue
            if text[at - 1] == char != "下":  # 下下个礼拜二
                reach(before, spent + _TWICE + loyal, chain)
            if spent + _LOST >= most:
                continue
            for other in substitutes.between(self._table, before[-1], char):
                state = tail + other
                total = spent + _LOST + cost_in(here, other)
                if total < most and (total := total + self._table.cost(state, char)) < most:
                    reach(state[1:] + char, total, ((chain, other, at), char, at))
        return reached

    def _loyal(self, text: str, at: int) -> float:
        """What it costs to take a character out of a word that stands there."""
        for start in range(max(0, at - 3), at + 1):
            for end in range(max(start + 2, at + 1), min(start + 4, len(text)) + 1):
                if self._is_word(text[start:end]):
                    return _WORD
        return 0.0

    def _others(
        self, text: str, at: int, last: str, doubted: Sequence[bool]
    ) -> list[tuple[str, float]]:
        """What may have been said instead: by what comes before and after, and where that is in
        doubt too, by the sound alone."""
        after = text[at + 1] if at + 1 < len(text) else EDGE
        found = dict(substitutes.before(self._table, text[at], after))
        found.update(substitutes.after(self._table, text[at], last))
        if at + 1 < len(text) and doubted[at + 1]:
            found.update(substitutes.alone(self._table, text[at]))
        return list(found.items())

    def _ask_for_numbers(self, chars: list[str], origin: list[int], text: str) -> None:
        """A number by sound where another fits as well is 几, which asks."""
        cost = self._table.cost
        for at, char in enumerate(chars):
            if char not in NUMBERS or char == text[origin[at]]:
                continue
            heard = text[origin[at]]
            prices = {**substitutes.alike(self._table, readings(heard)), heard: 0.0}
            padded = EDGE * 3 + "".join(chars) + EDGE

            def spent(
                number: str, at: int = at, padded: str = padded, prices: dict[str, float] = prices
            ) -> float:
                said = padded[: at + 3] + number + padded[at + 4 :]
                ends = range(at + 3, min(at + 7, len(said)))
                return prices.get(number, 0.0) + sum(cost(said[n - 3 : n], said[n]) for n in ends)

            most = spent(char) + _CERTAIN
            beside = NUMBERS.intersection((*chars[at - 1 : at], *chars[at + 1 : at + 2]))
            rivals = (prices.keys() & NUMBERS | ({heard} if beside else set())) - {char}
            if any(
                spent(number) < most + (_FOUR_OR_TEN if {number, char} == {"四", "十"} else 0.0)
                for number in rivals
                if not substitutes.are_the_same(number, char)
            ):
                chars[at] = "几"


def _likeliest(beam: _Beam) -> _Beam:
    most = min(spent for spent, _ in beam.values()) + _WORSE
    kept = [found for found in beam.items() if found[1][0] < most]
    if len(kept) > _WIDTH:
        kept.sort(key=lambda found: found[1][0])
        del kept[_WIDTH:]
    return dict(kept)


def _written(chain: _Chain | None) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    origin: list[int] = []
    while chain is not None:
        chain, char, at = chain
        chars.append(char)
        origin.append(at)
    return chars[::-1], origin[::-1]
