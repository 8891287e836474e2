"""What reads like an amount or a thing and is none: prices, what is cooked, who pays."""

from __future__ import annotations

import re

from nlu.paying import PAYS_OTHER, PAYS_SELF

_PRICE = re.compile(
    r"(?<=[少几块多]钱)[一二两三四五六七八九十\d]+块[一二三四五六七八九半\d]?(?=[啊哦呀呢嘛吧那行])|"
    r"(?<![来要买拿给称割腐姜皂肉排藕\d])[一二两三四五六七八九十\d]+块[一二三四五六七八九半\d]?(?:还(?:行|可以|好|成|凑合)|不(?:算)?贵|蛮?便宜|啊?(?:那么|这么|太|好)?贵|啊太)|"
    r"(?<=[要卖花收才])(?<!要(?=[一两半]块))[一二三四五六七八九十百\d]+块(?:一[斤条个袋瓶只盒提箱把桶])?(?![豆姜肥香皂毛肉瘦五排生二两抹洗嫩老])|"
    # 豆腐两块三根黄瓜 is no price: the second number counts the next thing.
    r"[一二两三四五六七八九十百零几半\d]+块[一二两三四五六七八九\d](?![斤公根个颗棵只条袋瓶盒箱桶包提把板罐]|花[肉五三]|黄鸡|锅头|号|季豆|层肉|线肉|香干|百叶|张|"
    r"是(?![吧不么吗嘛]))(?:毛|角)?|"
    r"[一二两三四五六七八九十百零几\d]+(?:块|元)(?:多|来)?钱(?:一[斤条个袋瓶只盒提箱把桶])?|"
    r"几(?:钱|钿|文)(?![一子])|"
    r"(?:(?:涨|降|跌)(?:到|了)|(?<=才))[一二两三四五六七八九十]+块(?![一二两三四五六七八九十豆姜肥])|(?:涨|卖|降|跌|要)到?了?快[一二两三四五六七八九十]+块(?:多|几)?|"
    r"[一二三四五六七八九]?十[一二三四五六七八九]一[斤条个袋瓶盒]|"
    r"[一二两三四五六七八九十\d]+(?:毛(?!巾|豆|线)|元(?!旦|宵))(?:一[斤条个袋瓶只盒提箱把桶])?|"
    r"[一二两三四五六七八九十百零\d]+(?:块|元)?一[斤条个袋瓶只盒提箱把桶](?=是|太|贵|我嫌|对|吧|啊|"
    r"呢|了|那|划算|合适|便宜|还|给[我俺]|来[一二两三四五六七八九半\d])|[一每][斤条个袋瓶只盒提箱把桶包板](?:里头?)?(?:是|有|装|装着|合)(?:几|多少|好多)[斤两条个袋瓶只盒提箱把桶包板杯节片卷枚克](?:[啊呀来哦]|着|呢)*|(?:[多好几]少?多?钱|[啥什]么?价钱?|怎么卖|咋卖).?一[斤条个袋瓶只盒提箱把桶次]"
)
_MADE = re.compile(
    "(?:(?<![一二两三四五六七八九十几0-9半])|(?<=[斤两]半))包(?:三鲜|白菜|韭菜)?(?:百叶卷|百叶结|百叶包|饺子|水饺|馄饨|"
    "云吞|包子|粽子|汤圆)|"
    # 二十个馒头分两袋装: how it is packed.
    "分(?:成|开|装)?(?:[一二两三四五六七八九十]+|[两二三四]三)[袋包份盒]装?(?![^的]?[的])|"
    # 瘦肉二斤一半切丝一半剁馅: what becomes of it.
    "一半[^，来要买一]{1,6}一半|"
    # 上一袋没搁好: the one before, which is no amount. 来上一袋 is.
    "(?<![来买要拿称送带装捎整弄搞割订加添打切])上一[袋瓶桶包箱盒板提罐条只块批](?![^，]{0,2}[斤两])|"
    # 三单元二零一两桶水: the number of a room.
    "(?<=[元楼栋幢])[一二三四五六七八九]{1,2}零[一二三四五六七八九]室?|"
    "[张包盘管]奶奶|打(?:过|了)?药的?|"  # 张奶奶 is a neighbour
    # 鸡蛋买一板送一板: what a shop cries.
    "买[一二两三四五六][板袋瓶盒箱提斤包桶个]送[一二两三四五六半][板袋瓶盒箱提斤包桶个]|"
    # 煨个排骨藕汤: what it is cooked into.
    "[煨炖煲熬烧煮](?:一?[个锅碗顿盘]|点儿?|些)?[^来要给买拿送称吃的一二两三四五六七八九十半]{1,5}(?:汤|粥|羹|煲)(?!的)"
)


def prices(text: str) -> frozenset[int]:
    """Where what something costs is told."""
    return frozenset(at for m in _PRICE.finditer(text) for at in range(*m.span()))


def unmeant(text: str) -> frozenset[int]:
    """包饺子 and who pays: no amounts of anything, and 不用我女儿掏钱 drops no line."""
    patterns = (_MADE, PAYS_SELF, PAYS_OTHER)
    spans = [m.span() for pattern in patterns for m in pattern.finditer(text)]
    return frozenset(at for start, end in spans for at in range(start, end))
