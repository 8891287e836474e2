"""Is this right? A whole yes, a no, a change to what was read, or something else."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu import intents
from nlu.binding import Mention
from nlu.changes import edits_of
from nlu.contract import Heard, Understood
from nlu.emergency import is_emergency
from nlu.lines import when
from nlu.orderlines import Line, Lines
from nlu.repaired import Repaired
from nlu.requesting import Scene, look, wishes_of
from nlu.services import ServiceMention
from nlu.vocabulary import Vocabulary

_NOT = r"(?:不|甭|别|莫|唔|勿|弗|冇|覅)"
# 没啥不对的呀, 哪能不对呢, 我没说不行: two noes are a yes.
_DOUBLE_NO = re.compile(
    r"(?:没(?:有)?(?:啥|什么|说|哪样|得|一样|有)?|莫得(?:哪样)?|冇(?:得)?(?:么子)?|哪能|哪会|咋能|"
    r"咋会|怎么会|怎会|不会|无)(?:啥|什么|哪里|"
    r"是)?(?:不对|不行|不好|记错|记岔|搞错|听错|错|差错|毛病|问题|意见|猫病|二话|漏)(?:了|的|哒|儿|"
    r"额|晒)?"
)
_ALL_OFF = re.compile(
    rf"(?:都|全部?|统统|通通|一样|啥|什么|一概|一起)(?:也|都|给我)?{_NOT}(?:要|送|买|用|订|使|得要|"
    rf"消|需要)(?!紧)|{_NOT}(?:用|"
    rf"要)?送(?:了|啦|咯|哒)|取消|拉倒|不整了|"
    rf"{_NOT}(?:买|订|要|用)(?:了|啦|咯|哒|嘞|咧)|算了|算哒|算咯|算啦|作罢|退了吧|免了|唔使送|唔要|"
    rf"勿要|弗要|甭送|别送|覅"
)
_WRONG = re.compile(
    r"没要(?:过)?(?:这|那)|先别送|我没(?:订|定|买)|"
    r"不对|不是这|错|岔|唔啱|没(?:有)?一样(?:是)?对|不成|不行|不中|不可以|不好|不是我|不是的|谁家|"
    r"弄拧|拧了|不要得|要不得|瞎|不系|勿对|弗对|哪有|哪里对"
)
REPEAT = re.compile(
    r"重说|重讲|重念|^(?:啊|哎)*什么什么|啥啥啥|^(?:啊|嗯|哎)*(?:什么|啥)(?:呀|啊)?$|"
    r"没(?:有)?听(?:清|见|着|到|明|真|懂|仔细|全)|(?:再|重新?|从头)(?:给我|跟我|跟她|跟他|给她|"
    r"给他|帮我|又)?(?:说|念|讲|报|来|"
    r"读)(?:一)?(?:遍|回|次|下|哈|一|下子|道|趟)|再(?:说|念|讲|报|读)|听唔|听不(?:清|见|到|真|太清|"
    r"大清|明)|啥来着|什么来着|"
    r"你说啥|说的(?:啥|什么)|(?:刚才|刚刚|方才)?(?:说|讲|念)(?:的)?(?:啥|么子|什么|咩)|咩话|"
    r"从头(?:再)?|(?:念|说|讲|"
    r"报).{0,3}(?:太)?快|慢点|慢一点|重复|没懂|啥子哟|大点声|大声|响一点|你讲咩|冇听|没听|未听"
)
_YES = re.compile(
    r"^(?:嗯+|哦+|噢|啊|哎|好|那|呃|侬|你|咱|我|就|都|系|额|阿弥陀佛|哦哟|谢谢|唉|行|中)*(?:对|是|"
    r"没错|行|好|可以|中|成|要得|得|就这|就按|就恁|"
    r"没问题|冇错|啱|管|能行|妥|正确|系|照|按|OK|ok|当然|恁|没毛病|冇问题|无错|着|美|可|阔以|"
    r"没得错|莫得错)"
)
_YES_WITHIN = re.compile(
    r"没(?:啥|什么)要改|一点(?:不|没)差|清楚了对|就是这些|好好|不用改|"
    r"就这(?:些|样|个|几样|么|点|行|哇)|都对|全对|对[对头着了啦滴额哩呀的]|没错|冇错|冇得错|"
    r"照(?:你|着|这)|你念的|按(?:这|你|单)|送来吧|送就是|送吧|"
    r"没漏|不改了|行的|行吧|行了|可以可以|一模一样|挺清楚|(?:记|念|讲|说)得?.{0,4}(?:清|准|好|对|"
    r"牢|全)|蛮好|就得|中中|要得|妥了|冇问题|能好|就好了|"
    r"没意见|就恁|就个能|好嘞|好咧|好的|单子对|是呢|是的"
)
_WAIT = re.compile(
    r"^(?:哎|喂|诶|嗯|哦)*(?:你)?(?:等(?:我)?(?:一)?(?:下|会)|等等|稍等|先别)(?!.{0,6}(?:不要|改|"
    r"换|再))"
)
_ADDS = re.compile(r"再|添|加|另外|还要|还想|顺便|顺带|叫个|来个|找个|派")
_ONLY_THESE = re.compile(r"(?:只|就|光|单|仅)(?:留|要|剩|保留|买|送)")
_REST_OFF = re.compile(
    rf"(?:剩下|其他|其余|别的|旁的|余下|另外)(?:的)?(?:东西|那些|几样|那几样)?(?:统统|全部?|都|就|"
    rf"先)*(?:{_NOT}(?:要|用|送|买|使)|去掉|"
    rf"划掉|取消|免了|算了|唔要)"
)
_ORDINAL = re.compile(
    r"(?:第(?P<nth>[一二三四五六])|(?P<last>末了|最后|末尾|最末|最后头)|(?P<first>头|打头|"
    r"最前))(?:一)?(?:那)?(?:个|样|项|种|"
    r"样儿|件)"
)
_ORDINAL_OFF = re.compile(rf"(?:{_NOT}(?:要|用|送|买)|去掉|划掉|取消|免了|划了|删|拿掉)")


def read_confirm(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Steps: danger, a person, all of it off, a change, then repeat, question, no and yes."""
    text = said.text
    if is_emergency(text) or is_emergency(said.heard):
        return Understood("emergency")
    if intents.is_agent(text):
        return Understood("agent")
    scene = look(heard, said, vocabulary)
    named = any(isinstance(event, Mention) for event in scene.events)
    plainly = _DOUBLE_NO.sub("没错", text)
    if _is_all_off(plainly, named):
        return Understood("no", everything=True)
    if change := _change(heard, scene, vocabulary):
        return change
    if REPEAT.search(text):
        return Understood("repeat")
    if intents.QUESTION.search(text):
        about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
        return Understood("question", about=tuple(dict.fromkeys(about)))
    return _yes_or_no(plainly)


def _is_all_off(text: str, named: bool) -> bool:
    if _REST_OFF.search(text) or _ORDINAL.search(text):
        return False
    whole = re.search(
        rf"(?:都|全部?|统统|通通|啥也|什么也|啥都)(?:给我)?(?:{_NOT}(?:要|送|买|用|订|使)|"
        rf"取消)", text)
    return bool(whole) and not named


def _yes_or_no(text: str) -> Understood:
    if _WAIT.search(text):
        return Understood("other")
    text = re.sub("不错|打岔", "好", text)
    wrong, right = _WRONG.search(text), _YES_WITHIN.search(text)
    if _YES.search(text) and not re.match(r"(?:是|对)(?:不|吗)", text):
        off = re.search(r"(?:都|全)?(?:不要了|取消|别送)", text)
        if not off and (not wrong or (right is not None and right.start() < wrong.start())):
            return Understood("yes")
    if right and not wrong:
        return Understood("yes")
    if wrong or _ALL_OFF.search(text):
        return Understood("no", everything=bool(_ALL_OFF.search(text)))
    return Understood("yes") if right else Understood("other")


def _change(heard: Heard, scene: Scene, vocabulary: Vocabulary) -> Understood | None:
    lines = Lines(vocabulary, heard.draft)
    _whole_lines(scene.text, lines)
    if not lines.removed:
        called = [m for m in scene.called if _is_addition(scene.text, m.start, lines, m.sense.skus)]
        wishes_of(replace_called(scene, called), vocabulary, lines)
        _keep_only(scene, lines)
    edits, asked = edits_of(lines, scene.said)
    time = scene.wished[-1] if scene.wished else None
    window = time.window if time else None
    if time and window is None:
        start, end = scene.said.span(time.start, time.end)
        asked.append(when(scene.said.heard[start:end]))
    if window and heard.window and window.start == heard.window.start:
        window = None
    if not edits and not asked and window is None:
        return None
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("change", edits=tuple(edits), clarify=numbered, window=window)


def replace_called(scene: Scene, called: list[ServiceMention]) -> Scene:
    """The scene without the services that are only spoken of."""
    kept = {(m.start, m.end) for m in scene.called if m in called}
    spoken = {(m.start, m.end) for m in scene.called} - kept
    events = [
        e for e in scene.events if not (isinstance(e, Mention) and e.named in spoken)
    ]
    return replace(scene, called=[m for m in scene.called if m in called], events=events)


def _is_addition(text: str, start: int, lines: Lines, skus: tuple[str, ...]) -> bool:
    """A service is added only where the caller says so; one that was drafted may be named."""
    drafted = any(line.base and line.base.sku in skus for line in lines.lines)
    return drafted or bool(_ADDS.search(text[max(0, start - 8) : start + 2]))


def _whole_lines(text: str, lines: Lines) -> None:
    """末了那样划掉: lines dropped by their place in what was read."""
    drafted = [line for line in lines.lines if line.base]
    for found in _ORDINAL.finditer(text):
        if not _ORDINAL_OFF.search(text[found.end() : found.end() + 8]):
            continue
        place = -1 if found["last"] else 0 if found["first"] else "一二三四五六".index(found["nth"])
        if -len(drafted) <= place < len(drafted):
            lines.remove(drafted[place])


def _keep_only(scene: Scene, lines: Lines) -> None:
    """就留鸡蛋，剩下的都不要了: every drafted line that was not named goes."""
    if not _REST_OFF.search(scene.text) and not _only(scene):
        return
    named: list[Line] = [
        line for e in scene.events if isinstance(e, Mention) for line in _all(lines, e)
    ]
    if not named:
        return
    for line in [*lines.lines]:
        if line.base and line not in named:
            lines.remove(line)
    for line in named:
        if line in lines.removed:
            lines.removed.remove(line)
            lines.lines.append(line)


def _only(scene: Scene) -> bool:
    return bool(_ONLY_THESE.search(scene.text) and re.search("(?:别的|其他|其余|剩下)", scene.text))


def _all(lines: Lines, mention: Mention) -> list[Line]:
    skus = set(mention.sense.skus)
    return [
        line for line in [*lines.lines, *lines.removed] if line.base and line.base.sku in skus
    ]
