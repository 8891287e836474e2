"""Is this right? A whole yes, a no, a change to what was read, or something else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nlu import intents
from nlu.binding import Event, Loose, Mention
from nlu.calling import ServiceMention
from nlu.changes import edits_of
from nlu.contract import Clarify, Heard, Understood
from nlu.emergency import is_emergency
from nlu.lines import when
from nlu.measures import IDLE_UNITS
from nlu.orderlines import Line, Lines
from nlu.patterns import patterns
from nlu.repaired import Repaired
from nlu.requesting import Scene, look, wishes_of
from nlu.vocabulary import Vocabulary

_SAID = patterns("consent.tsv")
REPEAT = _SAID["repeat"]
_ALIKE = re.compile(
    "(?:都|全部?|统统|一律|每样|各样|各)(?:给我)?(?:改|改成|改为|改到|换成|要|来|变成|加到|减到|按|算)?$"
)
_ORDINAL = re.compile(
    r"(?:第(?P<nth>[一二三四五六])|(?P<last>末了|最后|末尾|最末|最后头)|(?P<first>头|打头|"
    r"最前))(?:一)?(?:那)?(?:个|样|项|种|"
    r"样儿|件)"
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
    change = _change(heard, scene, vocabulary) or _half_a_change(text)
    if change is not None:
        return change
    if REPEAT.search(text):
        return Understood("repeat")
    if intents.QUESTION.search(text) or intents.QUESTION.search(said.heard):
        about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
        return Understood("question", about=tuple(dict.fromkeys(about)))
    answer = _yes_or_no(_plainly(said.heard))
    if answer.intent == "other":
        answer = _yes_or_no(_plainly(text))
    return _more_than(answer, heard, scene) or answer


def _more_than(answer: Understood, heard: Heard, scene: Scene) -> Understood | None:
    """What is asked where more was said than a yes or a no, and nothing was made of it.

    A yes beside another time than the drafted one, all refused beside one of the lines, an amount
    or a line beside neither.
    """
    drafted = heard.window.start if heard.window else None
    other = [t for t in scene.wished if drafted and t.window and t.window.start != drafted]
    if other and answer.intent != "no":
        return _asks(scene, "time", other[0].start, other[0].end)
    if answer.intent == "yes":
        return None
    if answer.intent == "no" and not answer.everything:
        return None
    skus = {line.sku for line in heard.draft}
    said = [
        event for event in scene.events
        if isinstance(event, Mention) and skus & set(event.sense.skus)
        or answer.intent == "other" and _is_of_shopping(event)
    ]
    return _asks(scene, "product", said[0].start, said[-1].end) if said else None


def _is_of_shopping(event: Event) -> bool:
    if not isinstance(event, Loose) or event.told:
        return False
    return bool(event.amount.unit) and event.amount.unit not in IDLE_UNITS


def _asks(scene: Scene, about: Literal["product", "time"], start: int, end: int) -> Understood:
    start, end = scene.said.span(start, end)
    return Understood("change", clarify=(Clarify("q1", about, scene.said.heard[start:end]),))


def _plainly(text: str) -> str:
    return _SAID["two noes"].sub("没错", text)


def _is_all_off(text: str, named: bool) -> bool:
    if _SAID["rest off"].search(text) or _ORDINAL.search(text):
        return False
    return bool(_SAID["whole off"].search(text)) and not named


def _yes_or_no(text: str) -> Understood:
    if _SAID["wait"].search(text):
        return Understood("other")
    text = re.sub("不错|打岔", "好", text)
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
    _whole_lines(scene.text, lines)
    _all_alike(scene, lines)
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
    if time and time.phrase.soon and not heard.window and _SAID["yes"].search(_plainly(scene.text)):
        window = None  # 对的对的快点送
    if not edits and not asked and window is None:
        return None
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("change", edits=tuple(edits), clarify=numbered, window=window)


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
    drafted = any(line.base and line.base.sku in skus for line in lines.lines)
    return drafted or bool(_SAID["adds"].search(text[max(0, start - 8) : start + 2]))


def _whole_lines(text: str, lines: Lines) -> None:
    """末了那样划掉: lines dropped by their place in what was read."""
    drafted = [line for line in lines.lines if line.base]
    for found in _ORDINAL.finditer(text):
        if not _SAID["off"].search(text[found.end() : found.end() + 8]):
            continue
        place = -1 if found["last"] else 0 if found["first"] else "一二三四五六".index(found["nth"])
        if -len(drafted) <= place < len(drafted):
            lines.remove(drafted[place])


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
    return bool(alone and re.search("(?:别的|其他|其余|剩下)", scene.text))


def _all(lines: Lines, mention: Mention) -> list[Line]:
    skus = set(mention.sense.skus)
    return [
        line for line in [*lines.lines, *lines.removed] if line.base and line.base.sku in skus
    ]
