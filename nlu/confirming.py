"""Is this right? A whole yes, a no, a change to what was read, or something else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nlu import intents
from nlu.binding import Event, Loose, Mention
from nlu.calling import ServiceMention
from nlu.changes import edits_of
from nlu.contract import Clarify, Heard, Understood, Window
from nlu.echoes import echoes
from nlu.emergency import is_emergency
from nlu.lines import when
from nlu.measures import IDLE_UNITS
from nlu.moving import moved
from nlu.orderlines import Line, Lines
from nlu.patterns import patterns
from nlu.places import names_a_place
from nlu.repaired import Repaired
from nlu.requesting import wishes_of
from nlu.scene import Scene, look
from nlu.together import all_together
from nlu.vocabulary import Vocabulary
from nlu.windows import WishedTime

_SAID = patterns("consent.tsv")
REPEAT = _SAID["repeat"]
# 不是擦玻璃是洗油烟机.
_IN_ITS_PLACE = re.compile("不是.{1,8}(?:而|应该)?是$|(?:换|改)(?:成|做|为)?(?:个|一个)?$")
_ANOTHER_AMOUNT = re.compile(
    "(?:再|给我|要|来|拿|就|还|得)*[多少](?:来|要|拿|给我|送)?(?:一?[点些]|几[个斤袋]?)"
)
_OTHERS_GO = re.compile(
    "(?:别的|其他|其余|剩下)(?!(?:的)?(?:都|也|就|一样|全)*(?:对|[莫别不甭没]动|照|没错|不变|不改|行|好|没问题|可以))"
)
_ALIKE = re.compile(
    "(?:都|全部?|统统|一律|每样|各样|各)(?:给我)?(?:改|改成|改为|改到|换成|要|来|变成|加到|减到|按|算)?$"
)


def read_confirm(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Steps: danger, a person, all of it off, a change, then repeat, question, no and yes."""
    text = said.text
    if is_emergency(text) or is_emergency(said.heard):
        return Understood("emergency")
    if intents.is_agent(text) or intents.is_agent(said.heard):
        return Understood("agent")
    scene = look(heard, said, vocabulary)
    named = any(isinstance(event, Mention) for event in scene.events)
    if _is_all_off(_plainly(text), named):
        return Understood("no", everything=True)
    if REPEAT.search(text) and not _SAID["edits"].search(text):
        return Understood("repeat")
    if echoes(heard, scene):
        return Understood("yes")
    if found := _SAID["all changed"].search(text):
        return _asks(scene, "product", *found.span())
    change = _change(heard, scene, vocabulary) or _half_a_change(text)
    if change is not None:
        return change
    if REPEAT.search(text):
        return Understood("repeat")
    if any(_asks_us(words) for words in (text, said.heard)):
        about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
        return Understood("question", about=tuple(dict.fromkeys(about)))
    if but := _SAID["all but"].search(text):
        return _asks(scene, "product", *but.span("but"))
    if rest := _SAID["others right"].search(text):
        return _asks(scene, "product", 0, rest.end())
    answer = _yes_or_no(_plainly(said.heard))
    if answer.intent == "other":
        answer = _yes_or_no(_plainly(text))
    return _more_than(answer, heard, scene) or answer


def _asks_us(text: str) -> bool:
    return bool(intents.QUESTION.search(text) or _SAID["asks back"].search(text))


def _more_than(answer: Understood, heard: Heard, scene: Scene) -> Understood | None:
    """What is asked where more was said than a yes or a no, and nothing was made of it.

    A yes beside another time than the drafted one, all refused beside one of the lines, an amount
    or a line beside neither.
    """
    other = [
        t for t in scene.wished
        if heard.window and t.window and not _is_drafted(t.window, heard.window, t)
    ]
    if other and answer.intent != "no":
        return _asks(scene, "time", other[0].start, other[0].end)
    if answer.intent == "yes":
        return None
    if answer.intent == "no" and not answer.everything:
        return None
    skus, text = {line.sku for line in heard.draft}, scene.text
    said = [
        event for event in scene.events
        if isinstance(event, Mention) and skus & set(event.sense.skus)
        or answer.intent == "other" and _is_of_shopping(event)
    ]
    if len(said) == 1 and isinstance(said[0], Mention) and _ANOTHER_AMOUNT.match(text, said[0].end):
        return _asks(scene, "quantity", said[0].start, said[0].end)
    return _asks(scene, "product", said[0].start, said[-1].end) if said else None


def _is_of_shopping(event: Event) -> bool:
    if not isinstance(event, Loose) or event.told:
        return False
    return bool(event.amount.unit) and event.amount.unit not in IDLE_UNITS


def _asks(
    scene: Scene, about: Literal["product", "quantity", "time"], start: int, end: int
) -> Understood:
    start, end = scene.said.span(start, end)
    return Understood("change", clarify=(Clarify("q1", about, scene.said.heard[start:end]),))


def _plainly(text: str) -> str:
    return _SAID["two noes"].sub("对的", text)


def _is_all_off(text: str, named: bool) -> bool:
    if _SAID["rest off"].search(text) or names_a_place(text):
        return False
    return bool(_SAID["whole off"].search(text)) and not named


def _yes_or_no(text: str) -> Understood:
    if _SAID["wait"].search(text):
        return Understood("other")
    text = re.sub("没错", "好的", re.sub("不错|打岔", "好", text))  # 天气不错 is no yes
    wrong, right = _SAID["wrong"].search(text), _SAID["yes within"].search(text)
    if _SAID["yes"].search(text) and not re.match(r"(?:是|对)(?:不|吗)", text):
        unwanted = re.search(r"(?:都|全)?(?:不要了|取消|别送)", text)
        if not unwanted and (not wrong or (right is not None and right.start() < wrong.start())):
            return Understood("yes")
    if right and not wrong:
        return Understood("yes")
    off = _SAID["all off"].search(text)
    if wrong or off:
        return Understood("no", everything=bool(off))
    return Understood("yes") if right else Understood("other")


def _change(heard: Heard, scene: Scene, vocabulary: Vocabulary) -> Understood | None:
    lines = Lines(vocabulary, heard.draft)
    _all_alike(scene, lines)
    called = [m for m in scene.called if _is_addition(scene.text, m.start, lines, m.sense.skus)]
    wishes_of(replace_called(scene, called), vocabulary, lines)
    all_together(scene, lines)
    _keep_only(scene, lines)
    edits, asked = edits_of(lines, scene.said)
    time = scene.wished[-1] if scene.wished else None
    window = time.window if time else moved(scene.text, heard.window)
    if len(scene.wished) > 1 and len(heard.draft) > 1:
        window = None  # 理发的改后天按摩的还是明天
    if time and window is None:
        start, end = scene.said.span(time.start, time.end)
        asked.append(when(scene.said.heard[start:end]))
    if window and heard.window and _is_drafted(window, heard.window, time):
        window = None
    if time and time.phrase.soon and not heard.window and _SAID["yes"].search(_plainly(scene.text)):
        window = None  # 对的对的快点送
    if not edits and not asked and window is None:
        return None
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("change", edits=tuple(edits), clarify=numbered, window=window)


def _is_drafted(said: Window, drafted: Window, time: WishedTime | None) -> bool:
    """The drafted time said again, or its day alone."""
    if said.start == drafted.start:
        return True
    days = time.phrase.days if time and time.phrase.hourless else None
    return days is not None and days[0] == days[1] == drafted.start.date()


def _half_a_change(text: str) -> Understood | None:
    """换成局子, 改到后添: that something is to change is plain, to what is asked."""
    if found := _SAID["put off"].search(text):
        return Understood("change", clarify=(replace(when(text[found.start() :]), id="q1"),))
    if found := _SAID["swapped"].search(text):
        return Understood("change", clarify=(Clarify("q1", "product", text[found.end() :]),))
    return None


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
    if _IN_ITS_PLACE.search(text, 0, start):
        return True
    drafted = any(line.base and line.base.sku in skus for line in lines.lines)
    return drafted or bool(_SAID["adds"].search(text[max(0, start - 8) : start + 2]))


def _all_alike(scene: Scene, lines: Lines) -> None:
    """两样都改成三斤: the same amount for every line that was read out."""
    goods = [line for line in lines.lines if line.base and not lines.is_service(line.sense)]
    if any(isinstance(event, Mention) for event in scene.events):
        return
    for event in scene.events:
        if len(goods) > 1 and event.amount and _ALIKE.search(scene.text, 0, event.start):
            for line in goods:
                lines.say(line, [event.amount], "set")


def _keep_only(scene: Scene, lines: Lines) -> None:
    """就留鸡蛋，剩下的都不要了: every drafted line that was not named goes."""
    if not _SAID["rest off"].search(scene.text) and not _only(scene):
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
    alone = _SAID["only these"].search(scene.text)
    return bool(alone and _OTHERS_GO.search(scene.text))


def _all(lines: Lines, mention: Mention) -> list[Line]:
    skus = set(mention.sense.skus)
    return [
        line for line in [*lines.lines, *lines.removed] if line.base and line.base.sku in skus
    ]
