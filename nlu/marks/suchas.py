"""What a thing should be like or is for, before its amount: 藕要粉的煨汤的那种四节."""

from __future__ import annotations

import re

from nlu.vocabulary import Vocabulary

_WORDS = "[^，来要给买拿送称换的是不TP一二两三四五六七八九十半俩仨几]"
_LIKE = (
    "(?:不太|不|特别|稍微|又)?(?:粉|面|脆|沙瓤?|糯|水灵|[水汁皮肉筋]多|[皮籽核筋][少薄小细]|顶花带刺|"
    "辣|酸|甜|老|嫩|硬|软|肥|粗|细|宽|窄|紧实|新鲜|[红紫白黄]心|[紫白红黄薄]皮|[大小]粒)(?:一?点儿?|些)?"
)
_FOR = f"[炒炖煮蒸煎炸烧烤焖煨煲熬拌烙涮腌榨泡炼]{_WORDS}{{0,4}}"
_COUNT = "[一二两三四五六七八九十半俩仨几]"
_SUCH = re.compile(
    f"要(?P<like>{_WORDS}{{1,5}})的(?:{_WORDS}{{1,5}}的){{0,2}}那种(?={_COUNT})|"
    f"要(?P<so>{_LIKE})的(?:{_LIKE}的)?(?:{_FOR}的)?(?={_COUNT}+[斤两个根颗棵节块条只把朵])"
)


def such(text: str, vocabulary: Vocabulary) -> frozenset[int]:
    """Where it is said what the thing just named should be like, and not which one it is."""
    return frozenset(
        at for m in _SUCH.finditer(text)
        if not _sorts(m["like"] or m["so"], text[: m.start()], vocabulary)
        for at in range(m.start() + 1, m.end())
    )


def _sorts(like: str, before: str, vocabulary: Vocabulary) -> bool:
    """酱油要老的, 肉要瘦的, 苹果要红富士的: it says which product."""
    named = vocabulary.sense_at(like, 0)
    if named is not None and len(like) > 1 and named.word == like:
        return True
    kinds = vocabulary.kinds.get(f"{like}的", ())
    return any(word in before for name, _ in kinds for word in vocabulary.heads[name])
