"""The words around a mention that say that somebody else wants it, and what became of it."""

from __future__ import annotations

import re

SOMEONE = (
    r"(?:家|[爹爸妈娘]|姐|妹|哥|弟|嫂|婶|姨|姑|叔|伯|爷|奶|公|婆|儿子?|女儿?|闺女|孙子?|孙女|女婿|媳妇|老伴|老头子?|老太婆?|亲家母?|"
    r"邻居|对门|楼[上下]|隔壁|师傅|老[\u4e00-\u9fff]|[东西南北那后前]屋|那院|那边|[楼队组院班]长|主任|书记|姥姥|姥爷|丈母娘|老丈人|"
    r"[她他佢]|人家|(?:另外|还有)一个|"
    r"[大细满小]崽|伢子?|囡囡?|新抱|舅妈?|姆妈|阿[公婆爷姐哥弟妹伯叔]|老倌子?|堂客|幺[儿女妹]|嗲嗲|娭毑|妹子|细佬)"
)
# 楼上老李家要三十个，我家要十个: each of them wants as many.
ONE_WANTS_LEAD = re.compile(
    rf"(?:{SOMEONE}|[我俺额咱])们?家?(?:[这那](?:院|屋|边|儿))?(?:自己|自个儿?|就|也|还|只)*(?:要|来|买|拿|称|割|订)$|"
    rf"{SOMEONE}们?家?(?:也|还|就)?(?:让|叫|托|央)(?:我|俺)?(?:给[他她])?(?:带|捎|买|订|称|割|要)$|"
    r"(?:我|俺|额)(?:自己|自个儿?|家)(?:就|也|还|只)*$|"
    rf"{SOMEONE}们?家(?:就|也|还|只)*$"
)
# 帮三婶捎一瓶, 阿婆托我带一斤: of one of them; 儿子两条女儿两条 is of each.
_FOR_ONE_LEAD = re.compile(
    rf"(?:(?:帮|替|给)(?:[^，]{{1,3}})??{SOMEONE}们?家?|托[我俺])(?:顺便|帮忙|也)?(?:带|捎|买|拿|称|要|送|来|订|寄)$|"
    rf"{SOMEONE}们?家?$"
)
# 托我买盐她两袋我两袋: whose share an amount is.
SHARE_LEAD = re.compile(
    rf"(?:^|[呀啊嘛哎，])(?:[我俺额咱他她]|{SOMEONE})们?家?(?:自己|自个儿?)?(?:就|也)?$"
)
ITS_OWN_LEAD = re.compile("[我俺额咱阿拉]们?家?自己(?:也|还|再|就)?(?:要|来|买|拿|称)?$")
OTHER_TOO_LEAD = re.compile(rf"{SOMEONE}们?家?(?:说)?(?:也|还)(?:想)?(?:要|来|买|拿|称)$")
# 老头非让买两瓶二锅头我不听他的: what another wanted, and what became of it.
DEMANDED_LEAD = re.compile(
    rf"{SOMEONE}们?[^，]{{0,6}}?(?:非|硬|偏|要|死活|闹着|吵着|嚷嚷?着?|缠着|一个劲儿?|老|总|又|还|想|说|喊|叫|让|逼着?)"
    r"(?:是|得|要|让|叫|想|喊|说|我|俺|咱|给他|给她|买|来|喝|吃|弄|带|称|割|订)*$"
)
TURNED_DOWN_TRAIL = re.compile(
    r".{0,14}?(?:不(?:听|依|给[他她]|让[他她]|许|准|同意|答应|理[他她]|惯|(?:消|用|要|想)?买)|没(?:听|依|给[他她]|让|答应|同意|理)|"
    r"[别甭莫]听[他她]|[别甭莫]给[他她]|[不哪][能敢](?:给|让|喝|吃|碰|沾|由))"
)


def of_one(lead: str) -> bool:
    """Whether one of several people is said to want what comes next."""
    return bool(ONE_WANTS_LEAD.search(lead) or _FOR_ONE_LEAD.search(lead))
