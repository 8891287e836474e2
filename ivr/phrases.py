"""What callers ask for that the NLU's contract has no intent for, by how they say it."""

import re

_NOT = r"(?:别(?!忘)|不要|不让|不想让|不许|不准|不用|甭|莫)"
_FAMILY = (
    r"(?:孩子|儿女|儿子|闺女|女儿|姑娘|儿媳|媳妇|女婿|孙女|孙子|家里人|家里|家人|亲戚|他们|她们|他|她)"
)

SPENT = re.compile(r"(这个?月|本月|月初).{0,8}(花|用|买).{0,6}(多少|几|钱)")
"""What has this month cost?"""

UNLINK = re.compile(
    r"(?:取消|解除|断开|断了|撤了|撤销|不要).{0,6}关联|关联.{0,4}(?:取消|解除|断|撤|不要)"
    rf"|{_NOT}.{{0,4}}{_FAMILY}.{{0,6}}(?:看|查|管)(?!病|医生|孩子)"
)
"""A child is to see her orders no longer."""

NO_ALERTS = re.compile(
    rf"{_NOT}.{{0,4}}(?:提醒|通知|发消息|发短信|打扰).{{0,4}}{_FAMILY}"
    rf"|{_NOT}.{{0,4}}(?:给|跟|向)我?{_FAMILY}.{{0,4}}(?:提醒|发|通知)"
    r"|提醒.{0,3}(?:关了|关掉|停了|停掉|取消)"
)
"""Nobody is to be alerted about her. 别告诉我闺女 is none: that is said of one order."""

RELATIONS: dict[str, tuple[str, ...]] = {
    "孙女": ("孙女",),
    "孙子": ("孙子",),
    "儿媳": ("儿媳", "媳妇"),
    "女婿": ("女婿", "姑爷"),
    "女儿": ("女儿", "闺女", "姑娘", "丫头"),
    "儿子": ("儿子",),
}
"""A relation as a child chose it, and how it is said."""


def relation_in(text: str) -> str:
    """Whom she names, as the child's own word for it; empty where it is nobody or everybody."""
    for relation, said in RELATIONS.items():
        if any(word in text for word in said):
            return relation
    return ""
