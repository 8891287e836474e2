"""Who pays: 钱我自己付, 别让闺女掏钱. The last word wins; the past and questions say nothing."""

from __future__ import annotations

import re

_ME = r"(?:我们?|俺们?|额|咱|阿拉)(?:老两口|老头子?|老太婆|老婆子)?"
_KIN = (
    r"(?:我|俺|额|咱)?(?:家|那|的)*(?:大|小|二|老)?(?:闺女|女儿|姑娘|儿子|儿媳妇?|媳妇|女婿|孙子|孙女|伢|"
    r"崽|妹子|孩子|娃|他们?|她们?|佢|丫头|老大|老二|囡囡|囡)"
)
_SOFT = r"(?:这[回次]|今天|就|都|还是|来|去|会|能|要|想|得|可以|有钱|自会|肯定|用|拿|给|的)*"
_SELF = r"(?:自己|自个儿?|自家|各人|个人)"
_MEANS = r"(?:现金|现钱|现款|微信|零钱|退休金|养老金)?"
_PAY = (
    rf"{_MEANS}(?:付(?:钱|账|款|现)?|掏(?:钱|腰包)?|出钱|出(?![门去来院发差息汗太不力])|给(?:你们?|他|人家|"
    rf"师傅|小哥|小伙子)?(?:钱|现金|现钱)|开钱|拿钱|结账|结(?=$|吧|啊)|买单|埋单)"
)
_GIVE = r"(?:给(?!我|俺|他|她|你|打|做|买)|来(?=$|吧|啊|哈|嘛|别|不)|拿(?=$|吧|啊))"
_FREE = r"(?!钱?(?:过|了|的(?!话?[吧啊])|不起|不了|不动|不出|不来|清|完)|.{0,4}(?:买|订|修|做)的)"
PAYS_SELF = re.compile(
    rf"(?:{_ME}{_SOFT}|(?<=钱)|^){_SELF}{_SOFT}{_PAY}{_FREE}|"
    rf"(?:钱|账|单|费)(?:呢|嘛|都|全|就)*{_ME}{_SOFT}{_SELF}?{_SOFT}(?:{_PAY}|{_GIVE}){_FREE}|"
    rf"{_ME}(?:就|都|还是|要|可以|会|来|用|拿)*{_PAY}{_FREE}|(?:货到|到货|送到|送来|见货|当面|上门)[就再]?(?:付款|"
    rf"付钱|付现|给钱|给现钱|给现金)|"
    rf"(?:别|甭|不要|莫|不用|不必|不让|不想让|唔使|勿要|不能)(?:再|老|总|又)?(?:让|叫|要|使|给|等|找)?{_KIN}"
    rf"(?:来|去|再|替我|帮我|给我)*(?:{_PAY}|花钱|破费)|"
    rf"记(?:在|到)?{_ME}{_SELF}?的?(?:账|帐)|"
    rf"(?:别|甭|不要|莫|不用|不)(?:走|记|算|挂)(?:在|到)?{_KIN}的?(?:账|帐|头上|卡|单)"
)
PAYS_OTHER = re.compile(
    rf"(?<![别甭莫不使要用])(?:让|叫|由|归|找|问|等|是|还是){_KIN}(?:来|去|再|替我|帮我|给我|们)*{_PAY}{_FREE}|"
    rf"钱{_KIN}(?:来|会|都|就)*{_PAY}{_FREE}"
)
_UNMEANT_LEAD = re.compile(
    r"(?:上[回次]|那[回次]|昨[天儿]|前[天儿]|以前|从前|当年|上个?(?:月|礼拜|星期|周)|去年|刚才?|每[回次月]|"
    r"要是|如果|万一|凭[啥什]么?|怎么|咋|为[啥什]么?|难道|说是|听说|说好|总不能|哪能|他[们]?说|"
    r"她说)[^，。]{0,7}$|(?:不是|不用|别[让叫]?|不要|甭|莫)(?:再)?$"
)
_ASKED_TRAIL = re.compile(r"[钱款账]?(?:还是|吗|么(?!$)|不(?:$|行|成|中|可)|行不|成不|伐|多少|几)")


def pays_self(text: str) -> bool:
    """Whether the caller says that they pay themselves, and takes it back no more."""
    own = [m.start() for m in PAYS_SELF.finditer(text) if _is_meant(text, m)]
    others = [m.start() for m in PAYS_OTHER.finditer(text) if _is_meant(text, m)]
    return bool(own) and max(own) > max(others, default=-1)


def _is_meant(text: str, found: re.Match[str]) -> bool:
    lead = text[max(0, found.start() - 12) : found.start()]
    return not (_UNMEANT_LEAD.search(lead) or _ASKED_TRAIL.match(text, found.end()))
