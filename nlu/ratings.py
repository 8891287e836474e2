"""How was it? A number said, or what the words amount to."""

from __future__ import annotations

import re

from nlu import intents
from nlu.contract import Heard, Understood
from nlu.emergency import is_emergency
from nlu.numerals import find_numerals, numeral_at
from nlu.repaired import Repaired
from nlu.vocabulary import Vocabulary

_MARK = r"(?:分|颗星|个星|粒星|星|芬|份|颗)"
_SAID = re.compile(
    rf"(?P<number>[零一二两三四五六七八九十仨俩满0-9]+)(?:个|颗|粒)?{_MARK}(?!钟|之|半)"
)
_NEGATED = re.compile(
    r"(?:少那?|差那?|扣那?|扣掉|扣了|不是|不给|没给|想给|要给|不止|给不了|够不上|够不着|到不了)(?:你|"
    r"您)?$"
)
_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (5, re.compile(
        r"没(?:啥|什么|有|得)?(?:不满意|可挑|挑|毛病|话说|说的|意见)|挑不出|十分满意|非常满意|"
        r"很满意|满意得很|蛮满意|挺满意|相当满意|"
        r"很好|挺好|非常好|特别好|太好了|好得很|好极|(?<!不)蛮好|顶好|真好|老好|最好|好到|棒|"
        r"顶呱呱|没得说|没的说|没话说|巴适|安逸|嫽|老灵|灵光|得劲|好犀利|"
        r"好正|杠杠|"
        r"一级|呱呱叫|完美|周到|贴心|细心|冇得弹|冇得顶|赞|攒劲|美得很|美滴|好慧|好得板|好好|"
        r"好满意|中得很|老嗲|得板|交关好|霸道得很|贼好|可好|老好了|好味|"
        r"一等一|没挑"
    )),
    (2, re.compile(
        r"不太满意|不满意|不满|不太好|不怎么样|不咋|不咋地|不好|不大好|不行|不太行|不中|不灵|"
        r"不得劲|不怎么好|不像话|不大满意|唔满意|唔好|不太行|勿灵|不大行|不够好|"
        r"差点意思|失望|不舒服|次得"
    )),
    (1, re.compile(
        r"一肚子火|一肚子气|火大|太差|很差|差劲|差得|最差|太糟|糟糕|糟透|太烂|烂得|坑人|恶劣|孬|太孬|差远|极差|垃圾|骗子|"
        r"一塌糊涂|乱七八糟|要不得|再也不|气死|非常差|特别差|真差|好差|"
        r"忒差|衰|差到|差透|稀烂|瞎糊弄|糊弄人|离谱"
    )),
    (3, re.compile(
        r"一般|凑合|凑和|马马虎虎|麻麻|马虎|中不溜|普普通通|普通|对付|将就|说不上好|不好不坏|"
        r"不上不下|过得去|就那样|就那么|中等|平平|半斤八两|差不离|么样|也就那样"
    )),
    (4, re.compile(
        r"还行|不错|还可以|可以|不赖|还好|还中|蛮不错|还成|挺不错|满好|不孬|不差|还算|较好|不坏|行|"
        r"中|成"
    )),
    (5, re.compile(r"满意|好|灵|谢谢|喜欢|舒服|赞")),
    (1, re.compile(r"差(?!不多|一点|点|不离)|糟|烂")),
)


def read_rating(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    text = said.text
    if is_emergency(text) or is_emergency(said.heard):
        return Understood("emergency")
    if intents.is_agent(text):
        return Understood("agent")
    rating = _number(text) or _words(text)
    return Understood("rate", rating=rating) if rating else Understood("other")


def _number(text: str) -> int | None:
    """The last number said as a mark, the refused ones aside."""
    said = []
    for match in _SAID.finditer(text):
        if _NEGATED.search(text[: match.start()]):
            continue
        if match["number"] == "满":
            said.append(5)
            continue
        numeral = numeral_at(text, match.start("number"))
        if match["number"][0] in "仨俩":
            said.append(3 if match["number"][0] == "仨" else 2)
        elif numeral and 1 <= numeral.value <= 5:
            said.append(int(numeral.value))
    if said:
        return said[-1]
    only = find_numerals(text)
    bare = re.fullmatch(r"(?:嗯|呃|给|打|就|那)*([一二两三四五1-5])(?:吧|啊|呀|了)*", text)
    return int(only[0].value) if bare and only else None


def _words(text: str) -> int | None:
    for rating, words in _WORDS:
        if words.search(text):
            return rating
    return None
