"""The words around things and amounts by which they are dropped, refused or kept after all.

Matched as those in `cues` are.
"""

from __future__ import annotations

import re

from nlu.cues import FILLER

_SO_MUCH = (
    "[一二两三四五六七八九十半俩仨0-9]+(?:[斤两袋瓶盒箱个只条块包桶提板把支卷罐]|公斤)半?(?:$|[吧了就啊嘛呀行好哈，。])"
)
_NOT = r"(?:不|别|甭|莫|唔|勿|弗|冇|毋|免|休|嫑|覅|无)"
_TAKE = (
    r"(?:要|用|买|拿|来|送|称|秤|订|给|捎|带|装|割|加|添|补|整|弄|搞|消买?|需要|(?:上|放|搁)(?=了|啦|吧|呀|啊|$)|记(?=$|了|啦|吧|上)|算|使|需|必|"
    r"想要|得要|去|叫|请|做|修|洗|擦|通|剪|理|约|麻烦)"
)
_NOT_TAKEN = rf"{_NOT}{_TAKE}(?:送|买|拿|要|给|来|称|带|装)?"
_TAKEN_OFF = (
    r"(?:去掉|划掉|划了|划去|勾掉|勾了|抹了|砍掉|砍了|删掉|删了|拿掉|退掉|撤了|"
    r"撤掉|减掉|抹掉|刨去|刨掉|省了|省掉|取消|扣掉|不作数|不算数|免了|剔掉|去了|拿下来|免咗|唔使|除掉|罢了|覅了|退了)"
)
DROP_TRAIL = re.compile(
    rf"(?:{FILLER}|么|我[说讲]|就|也|先|(?:可千万|千万|可)(?=[别甭莫不][^，]{{1,3}}(?:[了啦咧来噢哦啊呀哈哩嘞嘛]|$))|还是|都|我|俺|额|咱|统统|全|全部|给我|给俺|你给我|你给|你|帮我|那个|"
    rf"暂时|今天|这回|这次|干脆|的|可以|那|现在|家里|把它|"
    rf"一样|再也|以后|往后|今后|打死|死也|说什么也|永世)*"
    rf"(?:{_TAKEN_OFF}(?![的得]|{_SO_MUCH})|{_NOT_TAKEN}(?!(?:我|俺|咱)?(?:[拿送弄整搞记听装买](?:成|错|混|岔|反|串)|切|掐|剁|斩|剖|宰|砍|拍|敲|捣|刨|洗|削|剥|压|摔|磕|碰|挤|颠|拆|挑|剪|杀|刮|紧|命|脸|钱[^，]{0,2}[的啊]|那么|这么|恁|太|忒|得|空|老|死|烂|坏|破|裂|瘪|馊|臭|陈的|蔫|冻|肥|大的|小的|错|混|反|成|拧|丢|洒|碎|漏|乱|岔|串|忘|压|这|那(?!玩意|东西)|一|两|"
    rf"三|四|五|六|七|八|九|十|Q|"
    rf"半))(?![^了啦咯哒咧嘞喽].{{0,3}}的(?!话|了|吧|啊)))"
)
# 盐我没要过, 盐是谁要的: read out though nobody asked for it.
_ORDERED = r"(?:要|订|买|点|叫|说要|说过要)"
NEVER_TRAIL = re.compile(
    rf"(?:{FILLER}|我|俺|额|咱|可|也|们|压根儿?|根本|从来|都|又|并|就)*(?:没(?:有)?|冇|未){_ORDERED}"
    rf"(?:过(?!别的|其他)|(?!别的|其他)(?=[啊呀的呢嘛哦]|$))|"
    rf"(?:{FILLER}|是|这|那)*(?:谁|哪个|啥人|边个){_ORDERED}(?:的|了)|"
    rf"(?:{FILLER}|这|那|又|可)*不是(?:我|俺|额|咱|阿拉)们?{_ORDERED}的|"
    # 苹果是你们自己加的吧
    rf"(?:{FILLER}|这|那|都|可)*是(?:你们?|您|机器|电脑)(?:自己|自个儿?|那边|瞎|乱|硬|给我|帮我)*(?:加|添|塞|写|记|编)(?:上去?|进去?|出来?)?的"
)
NEVER_LEAD = re.compile(
    rf"(?:^|我|俺|额|咱|们|可|从来|并|压根儿?|根本)(?:没(?:有)?|冇|未){_ORDERED}(?:过)?(?:什么|啥|这个|这|那个|那)?$"
)
# 哪个要鸭子哟我说的是鸭梨.
WHO_WANTS_LEAD = re.compile(rf"(?:谁|哪个|啥人|边个)(?:会|说)?{_ORDERED}(?:过|了|的)?$")
MEANT = re.compile("我?(?:说|要|讲|点)的是")
LATE_DROP_TRAIL = re.compile(
    r"(?:[^要来买再换送给拿TH]|(?<=[起原本看])来){1,12}?(?:划了[吧啊]|免了|不弄了|不整了|拉倒吧|不要了|不要啦|不要咧|别要了|去掉|不拿了|别拿了|不买了|划掉|"
    r"甭要了|别送了|唔要了|勿要了|就算了|不要咯)"
)
KEPT_TRAIL = re.compile(
    r"(?:你|还是|就|都|还)?(?:照送|照常|照样|照给|照拿|留着|别动|不动|不变|照旧|照原|不用动|不改|不用改|甭动|莫动|没错|是对的)"
)
# 灯泡不忙要, 菠菜下回再说: not now.
NOT_YET_TRAIL = re.compile(
    rf"(?:{FILLER}|我|俺|倒|先|就|也|还|那个)*(?:不(?:忙|急)(?:着|于)?(?:要|买|送)?|缓缓|缓一?缓|往后(?:放|推)(?:放|推)?|"
    r"(?:下[回次趟]|改天|改日|回头|过后|过阵子|以后)再(?:说|讲|买|要|订)|等等再[说讲买]|再[说讲](?=$|[吧了啊]))(?!送|的|吃|用|着|到)"
)
# 饺子我自己包: what is made at home.
MADE_AT_HOME_TRAIL = re.compile(
    rf"(?:{FILLER}|就|还是|我|俺|咱|我们)*(?:自己|自个儿?|在家|老伴|家里|闺女)(?:来)?(?:能|会)?(?:Q{{2,4}}[^Q]*|[包蒸做擀烙压发搓])(?:点|吧|了|算了|就行|{FILLER})*"
)
SOFT_DROP_TRAIL = re.compile(rf"(?:{FILLER}|就|也|先|还是|都|我|那)*(?:算了|罢了|拉倒|得了)")
DROP_LEAD = re.compile(
    rf"(?:(?<!要){_NOT}(?:给我|给俺|再|想)?{_TAKE}(?:给我送|给我拿|给我带|给我买)?|{_NOT}(?:给我|给俺|再)?[拿送弄整搞记听装买]错?成了?|去掉|划掉|取消|删掉|退掉|减掉|不是要)(?:那个|那|"
    rf"这个|啥|什么|我的|我|俺|咱|点)?$"
)
# 茄子三个我老头说他不吃茄子那就黄瓜三根
UNEATEN_LEAD = re.compile(
    "(?:说|讲|怕)[^，]{0,4}(?:不|唔|勿|弗)(?:爱|能|想|肯|敢|要|大)?[吃喝]$"
)
SO_ELSE = re.compile("(?:的|了|啊|呀|哦)*(?:那就?|换|改|就换|还是|算了)")
# 苦瓜两根算了太苦丝瓜两根
LET_GO = re.compile(
    "算了(?:吧)?(?:太(?![多少])|吃不[动惯]|咬不动|嫌|怕)[^，要来一二两三四五六七八九十半]{0,4}$"
)
ISNT_LEAD = re.compile(
    r"(?<!不是)(?:(?:不是|不系|唔系|弗是|勿是)(?:[^来要买给是的做，]{1,4}的)?|不要)"
    r"(?:那个|那|这个|说|要|讲)?$"
)
IS_LEAD = re.compile(r"(?:是|要|系|来)(?:的是|那个|的|要)?$")
# 不是两瓶香油可别弄拧了: the amount said before stands.
MAKE_NO_MISTAKE = re.compile(
    "(?:你|可|千万)*(?:别|甭|莫|不要)(?:给我|再)?(?:弄|搞|听|记|写|送|拿)(?:拧|错|混|岔|反)"
)
# 汤圆两袋还是黑芝麻馅的: what it should be like.
STILL_SUCH = re.compile("还是$")
# 茴香你家要是没货我就改韭菜二斤: the place of what is not to be had.
FOR_WANT_OF = re.compile(
    "[^，吧啊的]{2}(?:你们?|你家)?(?:要是|如果|要)?(?:没货|没有|没得|缺货)(?:了|的话)*[^，]{0,3}就[^，]{0,3}$"
)


def drop(trail: str, *, let_go: bool) -> re.Match[str] | None:
    """By what the thing named is dropped; `let_go` where it may be let go for the next."""
    return DROP_TRAIL.match(trail) or (LET_GO.match(trail) if let_go else None)


def is_uneaten(lead: str, trail: str) -> bool:
    """Whether somebody is said not to eat it, and something else is wished for."""
    return UNEATEN_LEAD.search(lead) is not None and SO_ELSE.match(trail) is not None
