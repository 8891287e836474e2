"""A thing that goes by what it is for or what it is like: 洗碗用的那个水, 上色的那种酱油."""

from __future__ import annotations

import re

from nlu.vocabulary import Sense, Vocabulary

_MOST = 6
_REFUSED = ("不要", "不是", "别要", "别拿", "甭要", "莫要")  # 不要大袋的米就要十斤那个
_DESCRIBED = re.compile(
    "(?P<like>[\u4e00-\u9fff]{1,5}?)(?P<use>用|使|吃|喝|里头|里面|上头|上面|上)?[的哩](?P<that>那个|那种|这种|那)?"
    "(?P<size>[小大])?"
)


def described_at(text: str, pos: int, vocabulary: Vocabulary) -> Sense | None:
    """The product whose words, without the 用 or 那个 between them, stand at `pos`."""
    of = text.find("的", pos + 1, pos + _MOST + 2)
    if of < 0 or text.endswith(_REFUSED, 0, pos):
        return None
    found = _DESCRIBED.match(text, pos, min(len(text), of + 4))
    if found is None:
        return None
    like, end = found["like"], found.end()
    plain = not (found["use"] or found["that"] or found["size"])
    for length in (3, 2, 1):
        name = text[end : end + length]
        if len(name) < length:
            continue
        for word in (f"{like}的{name}", f"{like}{name}", f"{like}用的{name}"):
            sense = vocabulary.words.get(word) if len(like) > 1 and not plain else None
            if sense is not None and sense.held == "held" and not vocabulary.is_service(sense):
                return Sense(text[pos : end + length], "held", sense.skus, sense.how)
        if sku := kind_of(vocabulary, f"{like}的", name):
            return Sense(text[pos : end + length], "held", (sku,))
    return None


def kind_of(vocabulary: Vocabulary, kind: str, family: str) -> str | None:
    """The product that 上色的 makes of 酱油, if it sorts that family."""
    pairs = vocabulary.kinds.get(kind, ())
    return next((sku for name, sku in pairs if family in vocabulary.heads[name]), None)
