"""What the caller had thought would be read out, and was not: 我还当你要说礼拜六呢."""

from __future__ import annotations

import re

_EXPECTED = re.compile(
    "(?:我|俺|额|咱|阿拉)?(?:原来?|原先|本来|还|就|都|刚才?|心里|只|倒)*"
    "(?:以为|当是|当(?=[你恁他她要是今明后礼下])|怕(?=[你恁今明后礼下要])|担心|寻思着?(?=[你恁是]))"
    "(?!家里|屋里|冰箱|柜|[我俺]家)[^，。]{1,14}?(?:呢|哩|咧|嘞)(?![吗不]|[^，。]{0,2}$)"
)


def but_the_expected(text: str) -> str:
    """What is left to be said of what was read out, where anything is."""
    return _EXPECTED.sub("", text) or text
