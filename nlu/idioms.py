"""Words that are written with a numeral and say no number."""

from __future__ import annotations

import re

# Each word here was a wrong number in somebody's mouth: adverbs, names of things and places.
IDIOMS = (
    "一点儿都 一点儿也 一点都 一点也 一般 一些 一下 一起 一样 一直 一定 一共 一会儿 一会 一阵 一边 一路 "
    "一切 一向 一辈子 一家子 一家人 一块儿 一股 一旦 一致 一律 一再 一时 一贯 一概 一生 一带 一连 一早 "
    "一同 一道 一发 一准 一方面 一面 一模一样 一五一十 一心 一口气 一来二去 一清二楚 一干二净 一手 一天到晚 "
    "一个劲 一个人 一把年纪 一把手 一言为定 一塌糊涂 一不小心 一抹黑 一拉 一经 一如 一看 一听 一说 一想 "
    "一问 一摸 一按 一动 一开 一冲 一到 一吃 一走 一拧 一跳 一碰 一睡 一喝 "
    "三心二意 三长两短 三番五次 三天两头 三下五除二 三言两语 三更半夜 四面八方 四季豆 四季 四川 四处 四周 "
    "四肢 四通八达 四喜 五花肉 五香 五谷 五仁 五金 五官 五颜六色 五湖四海 五常 五粮液 五台山 五指山 六神 "
    "六必居 七上八下 七嘴八舌 七手八脚 七大姑 七喜 七夕 七匹狼 乱七八糟 八成 八角 八宝 八卦 八仙 八戒 "
    "九江 九寨沟 九牛一毛 十三香 十全 十分好 十分满 十足 十字 十字路口 百合 百事 百货 百姓 百叶 百洁布 "
    "百分百 百年好合 千万别 千万不 千万要 千叶豆腐 千张 千层 千金 千里 万一 万能 万岁 万事 万全 二锅头 "
    "二手 二维码 二胡 二老 二月兰 二话 三明治 三黄鸡 三鲜 三文鱼 三轮 三峡 三亚 三七 三伏 三角 两口子 "
    "两边 两头 两样 两样子 两面针 两回事 半天 半夜 半路 半道 半晌 半死 半身不遂 半边 半信半疑 不三不四 "
    "几乎 几时 几点 老三样 零食 零钱 零花 零件 零碎 丢三落四 低三下四 朝三暮四 接二连三 独一无二 "
    "统一 唯一 同一 万一 单一 专一 星期一 乱七八糟 百里挑一"
).split()


def _tree(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(set(words), key=len, reverse=True)))


_HEADED = _tree([word for word in IDIOMS if word[0] in "零一二两三四五六七八九十百千半几"])
_TAILED = _tree(
    "统一 唯一 同一 万一 单一 专一 第一 初一 周一 周二 周三 周四 周五 周六".split()
    + [f"{week}{day}" for week in ("星期", "礼拜", "拜") for day in "一二三四五六"]
)
_TAIL_HEADS = re.compile("[统唯同万单专第初周星礼拜]")

# What may follow one digit said alone. Anything else (一看, 三亚, 四川) is part of a word.
_AFTER_DIGIT = frozenset(
    "斤两个瓶袋包盒箱条只块把根颗棵头桶罐提板份件支双对打朵枚张节串杯碗升公克千毫钱台位名人口岁年月日号天"
    "时点分秒刻小周星期礼次回趟遍种样米里层楼栋门卷听盘筒瓣捆扎副套粒片滴勺碟盆锅匹头尾段"
    "顿场间栋座辆艘架部本册页封首句字道笔项元角毛成倍度步队班排届级线站路瓦伏安寸尺丈亩吨磅"
    "壶罐坛缸筐篮篓兜挂嘟车床被扇面堵幅顶身宗桩则味副剂针贴包抱沓摞叠摊滩股缕丝阵顿番通声"
)
_BREAK = frozenset("不这那却是和跟与或及到至等吧呢吗啊呀了的、，,。.！!？?；;：:“”\"'’‘（）() ~-+×=又分份之%")
_EQUALS = frozenset("是为于即共得加减乘除“\"‘'、，,第")


def in_idiom(text: str, pos: int) -> int:
    """How many characters from `pos` belong to a word that says no number; 0 when none do."""
    found = _HEADED.match(text, pos)
    if found:
        return found.end() - pos
    for back in (1, 2):
        if pos >= back and _TAIL_HEADS.match(text, pos - back):
            found = _TAILED.match(text, pos - back)
            if found and found.end() > pos:
                return found.end() - pos
    return 0


def digit_is_word(text: str, pos: int) -> bool:
    """Whether the single numeral at `pos` reads as part of a word and not as a number."""
    char, following = text[pos], text[pos + 1 : pos + 2]
    if char in "俩仨半十两":
        return False
    if not following or following in _AFTER_DIGIT or following in _BREAK:
        return following == "元" and False
    return char == "一" or (pos > 0 and text[pos - 1] not in _EQUALS)
