"""The same again, but for what is not to come or comes on top: 照上回的来苹果不要再加两斤鸡蛋."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from nlu.amounts.measures import pick
from nlu.contract import Clarify, DraftLine, Understood
from nlu.marks.binding import Mention
from nlu.marks.orderlines import Line, Lines
from nlu.readback.together import all_dropped, all_together, leave_out
from nlu.requests import intents
from nlu.told.scene import Scene
from nlu.vocabulary import Vocabulary
from nlu.wishes.changes import edits_of
from nlu.wishes.gathering import read_wishes
from nlu.wishes.lines import when

# 照上回的送再来两斤鸡蛋; 照上回的再来两斤鸡蛋 is as many of such eggs.
_ON_TOP = re.compile(
    "再(?:给我)?(?:加|添|多|带|捎)|另外|外加|额外|(?<!再)(?:加|添)(?:上|个|点)?|(?<!不用)多(?:来|送|拿|要|带)|顺便|顺带|顺手|"
    "少(?:来|送|拿|要)|(?:改|换|变|减|加)[成到为]|(?:送|来|[一两][份回遍趟套次样]|一样|不变|那些|几样|照旧|规矩|样子)[^，来要送]{0,3}"
    "(?:再(?:给我)?(?:来|要|拿|送|买)|还要|也要)"
)
# 除了苹果都照旧, 苹果除外.
_BUT_FOR = re.compile("(?:除了|除开|除去|刨去|抛开|没有|没)(?:那个?)?$")
_LEFT_OUT = re.compile(
    "(?:这[次回]|家里|我家|还|就|也|都|先|们|我|，|了|呢)*(?:除外|免了?|(?:有|剩|多|够)(?:着|呢|了|的是|一|半|好|，|其|别|$))"
)
_INSTEAD = re.compile("[改换变减只]|加[到成]")
_ADDED = re.compile(
    "(?:再|另外|外加|额外|顺便|顺带|顺手)(?:给我)?(?:加|添|来|带|捎|送|要)?(?:一?个|点|些)?$"
)
# 再来一份: of the usual.
_ONE_MORE = ("份", "套", "回", "遍", "次", "趟")
_AND = re.compile("(?:和|跟|同|与|还有|、|，|连)*")


def the_usual(scene: Scene, lines: Lines, vocabulary: Vocabulary) -> Understood | None:
    """The usual with its exceptions, or None where something else is ordered by it."""
    usual = intents.REORDER.search(scene.text)
    if usual is None:
        return None
    named = [event for event in scene.events if isinstance(event, Mention) and event.sense.skus]
    # Nobody can say here how much of each the usual holds.
    skus = dict.fromkeys(
        sku for event in named if not _ADDED.search(scene.text, 0, event.start)
        for sku in _meant(event, vocabulary)
    )
    changed = Lines(vocabulary, tuple(DraftLine(sku, Decimal(0)) for sku in skus))
    events = [
        event for event in scene.events
        if isinstance(event, Mention) or event.amount.unit not in _ONE_MORE
    ]
    start, end = usual.span()
    if any(start < event.end and event.start < end for event in named):
        end = start
    # 跟上回一样顺便捎两块豆腐: what was so the last time is no story beside it.
    masked = scene.masked[:start] + "，" * (end - start) + scene.masked[end:]
    read_wishes(masked, events, changed)
    all_together(scene, changed)
    leave_out(scene, changed)
    all_dropped(scene, changed)
    gone = {line.base.sku for line in changed.removed if line.base}
    left_out = _left_out(scene, named, gone)
    for line in [*changed.lines]:
        if line.base and line.base.sku in left_out:
            changed.remove(line)
    wished = [line for line in lines.lines if line.sense.skus and line.amounts]
    if not changed.removed and any(
        not _ON_TOP.search(scene.text, usual.start(), line.end) for line in wished
    ):
        return None
    less = [line for line in changed.lines if line.mode == "less"]
    changed.lines = [
        line for line in changed.lines
        if line not in less and (line.sense.skus or _ON_TOP.search(scene.text, 0, line.start))
    ]
    edits, asked = edits_of(changed, scene.said)
    instead = {sku for event in named if _INSTEAD.search(event.link) for sku in event.sense.skus}
    edits = [
        replace(edit, op="add") if edit.op == "set" and edit.sku not in instead else edit
        for edit in edits
    ]
    asked += [_how_much(line) for line in less]
    time = scene.wished[-1] if scene.wished else None
    if time is None and any(vocabulary.products[edit.sku].is_service for edit in edits):
        asked.append(when(""))
    return Understood(
        "reorder", edits=tuple(edits), window=time.window if time else None,
        clarify=tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1)),
    )


def _meant(event: Mention, vocabulary: Vocabulary) -> list[str]:
    """The products that a name stands for, by the measure where an amount is said."""
    products = [vocabulary.products[sku] for sku in event.sense.skus]
    picked = pick(products, event.amount, event.spec_jin) if event.amount else []
    return [product.sku for product, _ in picked] if len(picked) == 1 else [*event.sense.skus]


def _left_out(scene: Scene, named: list[Mention], gone: set[str]) -> set[str]:
    """除了苹果, 苹果家里还有: what does not come, with what is named in a row with it."""
    found = set(gone)
    bare = [event for event in named if not event.amounts]
    for event in bare:
        if _LEFT_OUT.match(scene.text, event.end) or _BUT_FOR.search(scene.text, 0, event.start):
            found.update(event.sense.skus)
    pairs = list(pairwise(bare))
    for one, other in [*pairs, *reversed(pairs)]:
        together = found.intersection((*one.sense.skus, *other.sense.skus))
        if together and _AND.fullmatch(scene.text, one.end, other.start):
            found.update((*one.sense.skus, *other.sense.skus))
    return found


def _how_much(line: Line) -> Clarify:
    """鸡蛋少来一斤: less than nobody can say here how much."""
    return Clarify("", "quantity", line.sense.word, sku=line.base.sku if line.base else None)
