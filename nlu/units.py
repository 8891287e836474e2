"""The measure words: what each weighs or holds, and those that only count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["weight", "volume", "count"]


@dataclass(frozen=True)
class Unit:
    """A measure word; `grams` or `ml` is what one of a weight or a volume comes to."""

    name: str
    kind: Kind
    grams: Decimal | None = None
    ml: Decimal | None = None


# The market's 斤 is 500 g and has ten 两 of ten 钱 (State Council order of 1959); the imperial
# units are the international ones (1 lb = 453.59237 g, US gallon = 3785.411784 ml).
_GRAMS = {
    "斤": "500", "市斤": "500", "两": "50", "钱": "5", "公斤": "1000", "千克": "1000", "kg": "1000",
    "KG": "1000", "Kg": "1000", "克": "1", "公克": "1", "g": "1", "G": "1", "毫克": "0.001",
    "mg": "0.001", "微克": "0.000001", "吨": "1000000", "公吨": "1000000", "磅": "453.59237",
    "盎司": "28.349523125",
}
_ML = {
    "升": "1000", "公升": "1000", "L": "1000", "l": "1000", "毫升": "1", "ml": "1", "mL": "1",
    "ML": "1", "厘升": "10", "分升": "100", "加仑": "3785.411784", "立方厘米": "1",
    "立方分米": "1000", "立方米": "1000000", "品脱": "473.176473", "cc": "1",
}
# 块 is also money (两块钱) and 分 a mark: whoever reads a price or a rating decides first.
_COUNTING = (
    "个 根 颗 棵 头 只 块 节 条 朵 串 瓶 袋 包 盒 箱 桶 罐 提 板 份 件 支 双 对 打 枚 张 把 卷 杯 碗 听 "
    "筒 捆 扎 副 套 粒 片 滴 勺 碟 盘 盆 锅 顿 次 回 趟 位 名 口 样 种 层 匹 尾 壶 坛 缸 筐 篮 篓 挂 车 "
    "床 扇 面 幅 顶 身 味 剂 针 贴 抱 沓 摞 叠 堆 股 瓣 段 截 牙 角 刀 丛 株 蔸 坨 砣 兜 管 簇 棒 茬 轮 "
    "小袋 大袋 小瓶 大瓶 小包 大包 小盒 大盒 小箱 大箱 小桶 大桶 小把 大把 小块 大块 小罐 大罐 塑料袋 条儿 "
    "个儿 块儿 根儿 把儿 瓶儿 袋儿 包儿 盒儿 串儿 张儿 样儿 份儿 片儿 "
    "蛇皮袋 网兜 整箱 整板 整袋 整桶 整包 整盒 大板 小板 托 屉 笼 封 屯 砖 本 台 辆 间 道 部 架 把子"
).split()

UNITS: dict[str, Unit] = {
    **{name: Unit(name, "weight", grams=Decimal(grams)) for name, grams in _GRAMS.items()},
    **{name: Unit(name, "volume", ml=Decimal(ml)) for name, ml in _ML.items()},
    **{name: Unit(name, "count") for name in _COUNTING},
}
# 一对 and 一打 count pieces: rule 2 of the contract.
GROUPS = {"对": 2, "打": 12}

_LONGEST = max(map(len, UNITS))


def unit_at(text: str, pos: int) -> Unit | None:
    """The longest measure word that starts at `pos`, whether or not a number stands before it."""
    for end in range(min(pos + _LONGEST, len(text)), pos, -1):
        unit = UNITS.get(text[pos:end])
        if unit:
            return unit
    return None
