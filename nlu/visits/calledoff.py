"""Services not wanted after all: those read out (水管不用修了), or a visit that was to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nlu.catalogue import Product
from nlu.contract import DraftLine
from nlu.visits.calling import ServiceMention
from nlu.visits.callouts import things_of
from nlu.vocabulary import Vocabulary

_NOT = (
    "(?<![不对])(?:不|甭|别|莫|唔|勿|弗|覅|冇)(?:要|用|消|使|得|想|去|再|来|给我|麻烦|必|需要|需|急着|先|让人|叫人|派人|喊人|人)*"
)
_OFF = "(?:了|啦|咯|咧|哒|喽|吧|啊|先|只|光|单|$|，|。| )"
_BESIDE = (
    "(?:先放(?:一)?放|先搁着|太贵了?|嫌贵|的?师傅|阿姨|人|那个|我|就|也|先|都|暂时|今天|这回|可以|现在|还是|的|你们?)*"
)
_DEEDS = "修擦洗通剪剃理推按捏换打扫做烧煮拿取挂陪教搓揉量训练开"
_DONE_BY = (
    "(?:(?:我|俺|额|家里|自己|自个儿?|儿子|闺女|女儿|女婿|老伴|老头子?|侄子|外甥|孙子|邻居|隔壁|物业|社区|"
    "昨[天晚儿]|今早|早上|上午|前[天儿]|刚才)+)"
)
_NOBODY_COMES = re.compile(f"{_NOT}(?:来|派人?|上门)(?:人|师傅)?{_OFF}")
# 礼拜三按摩的师傅不用来了, 打扫先不做了.
_CALLED_OFF = re.compile(
    "(?:的|那个|师傅|阿姨|护士|老师|人|事儿?|我|俺|就|先|都|也|可以|麻烦|你们?|叫他|让他|跟他说|今天|"
    "明天)*"
    "(?:不(?:想|打算)?(?:要|用|做|弄|来|修|洗|擦|通|剪|理|按|去|送|订)|别|甭|莫|不消|唔使|勿要|取消|撤|退|"
    "免|推掉)"
    "(?:再)?(?:来|做|弄|修|洗|擦|麻烦|去|要|送|订)*(?:了|掉|吧|哈|啦|咯)(?!.{0,4}(?:送|端)(?:来|过来|一?[份盒]))"
)


# 老伴说不要按摩要修脚
_DENIED = re.compile(
    "(?:不要|不用|甭|别|莫|不是|不消|勿要|覅|唔要|(?<=说)不)(?:叫|找|请|来|做|给我|什么|人|个)*$"
)
_HINT = re.compile("[不甭别莫唔勿覅]")


def without_called_off(
    text: str, found: Sequence[ServiceMention], vocabulary: Vocabulary
) -> list[ServiceMention]:
    """Of several services those refused after all are told of: 想擦窗户算了窗户不擦了洗油烟机吧."""
    asked = {mention.sense.skus for mention in found if not mention.told and mention.sense.skus}
    if len(asked) < 2 or not _HINT.search(text):
        return list(found)
    off = {skus for skus in asked if _is_off(text, skus, found, vocabulary)}
    if off == asked:
        return list(found)
    return [replace(m, told=True) if m.sense.skus in off else m for m in found]


def _is_off(
    text: str, skus: tuple[str, ...], found: Sequence[ServiceMention], vocabulary: Vocabulary
) -> bool:
    """Whether the service is refused where it is named last, or by its thing from there on."""
    named = [mention for mention in found if mention.sense.skus == skus]
    last = max(named, key=lambda mention: mention.start)
    if len(named) > 1 and last.plain and _DENIED.search(text, 0, last.start):
        return True
    off = [_refused(vocabulary.products[sku]).search(text, last.start) for sku in skus]
    return all(off)


@lru_cache(maxsize=100)
def _refused(service: Product) -> re.Pattern[str]:
    said = f"{service.name}{''.join(service.aliases)}"
    deeds = "".join(char for char in _DEEDS if char in said) or "弄搞"
    return re.compile(f"(?:{_thing(service)}){_BESIDE}{_NOT}(?:[{deeds}]+|要){_OFF}")


def is_called_off(text: str, mention: ServiceMention) -> bool:
    """礼拜三按摩的师傅不用来了: said right after the service was."""
    return _CALLED_OFF.match(text, mention.end) is not None


def called_off(text: str, draft: tuple[DraftLine, ...], vocabulary: Vocabulary) -> list[str]:
    """The services of the draft that are refused by their thing or their deed."""
    products = [vocabulary.products.get(line.sku) for line in draft]
    services = [product for product in products if product is not None and product.is_service]
    found: list[str] = []
    for service in services:
        said = f"{service.name}{''.join(service.aliases)}"
        deeds = "".join(char for char in _DEEDS if char in said)
        others = "".join(f"{o.name}{''.join(o.aliases)}" for o in services if o is not service)
        own = "".join(char for char in deeds if char not in others)
        thing = _thing(service)
        apart = not any(re.search(_thing(o), text) for o in services if o is not service)
        if _is_refused(text, thing, deeds) or own and _by_deed(text, own):
            found.append(service.sku)
            continue
        if apart and _NOBODY_COMES.search(text) and re.search(thing, text):
            found.append(service.sku)
    return found


def _thing(service: Product) -> str:
    named = [name.lstrip(_DEEDS + "送上门") for name in (service.name, *service.aliases)]
    return "|".join([things_of(service.name).pattern, *filter(None, named)])


def _is_refused(text: str, thing: str, deeds: str) -> bool:
    deed = f"[{deeds}]" if deeds else "(?:弄|搞)"
    refused = f"{_NOT}(?:{deed}+|要|用|弄|搞|做|整|叫|派|喊|请|来){_OFF}"
    own = "(?:我|俺|儿子|闺女|老头子?|女婿|孙子|邻居|自己|自个儿?|老伴|他)+"
    return re.search(
        f"(?:{thing}){_BESIDE}{refused}|{_NOT}{deed}+(?:{thing}){_OFF}|"
        f"不是(?:{thing})[^，]{{0,4}}?是|(?:{thing}){own}(?:就|都|给|已经)*{deed}好(?:了|啦|咯)|"
        f"(?:{thing}){own}(?:就|来|会|能)*{deed}(?:$|了|吧|就)|"
        f"(?:{thing})(?:的事)?(?:就|先)?等[^，]{{1,4}}再{deed}|"
        f"(?:{thing}){_DONE_BY}(?:给我|给|帮我|都|已经|刚|才)*{deed}(?:好|完|过|上)?(?:了|啦|咯|的)|"
        f"(?:{thing})[^，要来派]{{0,6}}(?:自己|又|都|已经|现在)(?:好了|不漏了|不堵了|通了|亮了|能用了)|"
        f"(?:{thing})(?:先)?凑合|(?:{thing})(?:已经|现在|又|也)?不(?:漏|堵|滴|响)了|"
        f"(?:{thing})(?:的事)?(?:就|先|等)?(?:下次|下回|改天|以后|回头|过阵子)(?:再说|再{deed}|吧|$)|"
        f"(?:{thing})(?:我|俺|他|上[^，]{{1,3}}|昨[天儿]|前[天儿]|刚刚?|才|已经)+{deed}(?:过|完)了?",
        text,
    ) is not None


def _by_deed(text: str, deeds: str) -> bool:
    """那就不剃了, where nothing else that was read out is done so."""
    deed = f"(?:^|就|先|也|，|今天|我|都|好了|亮了|通了){_NOT}[{deeds}]+头?(?:了|啦|咯|咧|哒)"
    return re.search(deed, text) is not None
