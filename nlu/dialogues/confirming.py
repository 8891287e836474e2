"""Is this right? A whole yes, a no, a change to what was read, or something else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from nlu.contract import Edit, Heard, Understood, Window
from nlu.dialogues.requesting import wishes_of
from nlu.marks.binding import Event, Mention
from nlu.marks.orderlines import Lines
from nlu.readback.consenting import (
    SAID,
    denies_a_fault,
    is_all_off,
    is_taken_back,
    plainly,
    yes_or_no,
)
from nlu.readback.echoes import echoes, stays_as_read
from nlu.readback.gotalready import drop, got_already, without
from nlu.readback.halfchanged import asks, half_a_change, holds, is_drafted, more_than
from nlu.readback.implied import hurries, implied, is_not_needed
from nlu.readback.moving import is_of_one_line, moved
from nlu.readback.ranks import by_another, by_ranks, names_some
from nlu.readback.refuted import is_undone, without_refused
from nlu.readback.spared import spared
from nlu.readback.together import (
    all_alike,
    all_dropped,
    all_together,
    clear_before,
    drop_called_off,
    keep_only,
    leave_out,
)
from nlu.requests import intents
from nlu.sounds.repaired import Repaired
from nlu.told.scene import Scene, look
from nlu.visits.calledoff import called_off
from nlu.visits.calling import ServiceMention
from nlu.vocabulary import Vocabulary
from nlu.wishes.changes import edits_of
from nlu.wishes.lines import when

REPEAT = SAID["repeat"]
# 不是擦玻璃是洗油烟机.
_IN_ITS_PLACE = re.compile(
    "不是.{1,8}(?:而|应该)?是$|(?:换|改)(?:成|做|为)?(?:个|一个)?$|"
    "(?:要|说|叫|约|订|讲|点)的(?:明明)?是$"
)


def read_confirm(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    """Steps: a person, all of it off, a change, then repeat, question, no and yes."""
    text = said.text
    if said.either(intents.is_agent):
        return Understood("agent")
    scene = look(heard, said, vocabulary)
    named = names_some(text) or any(_is_named(event, heard) for event in scene.events)
    off = said.either(lambda each: called_off(each, heard.draft, vocabulary))
    if is_all_off(plainly(text), named or len(off) < len(heard.draft) > 1 and bool(off)):
        return Understood("no", everything=True)
    if not named and said.either(is_not_needed) and yes_or_no(plainly(text)).intent != "yes":
        return Understood("no", everything=True)
    again = said.either(REPEAT.search)
    if again and not SAID["edits"].search(text) and not is_taken_back(text, again.start()):
        return Understood("repeat")
    if SAID["thought better"].search(text):
        return Understood("yes")
    if SAID["looks first"].search(text):
        return Understood("other")
    if echoes(heard, scene):
        return Understood("yes")
    one = spared(heard, scene)
    if found := SAID["all changed"].search(text) if one is None else None:
        return asks(scene, "product", *found.span())
    change = _change(heard, scene, vocabulary) or half_a_change(heard, scene)
    if one is not None and (change is None or not change.edits):
        return one
    if change is not None and stays_as_read(heard, scene, change):
        return Understood("yes")
    if change is not None and not _only_asks_back(change, said):
        return change
    if again and not is_taken_back(text, again.start()):
        return Understood("repeat")
    if said.either(_asks_us) and not SAID["in the end"].search(text):
        about = [sku for e in scene.events if isinstance(e, Mention) for sku in e.sense.skus]
        return Understood("question", about=tuple(dict.fromkeys(about)))
    if but := SAID["all but"].search(text):
        return asks(scene, "product", *but.span("but"))
    if rest := SAID["others right"].search(text):
        return asks(scene, "product", 0, rest.end())
    answer = _yes_or_no(scene)
    if answer.intent == "other":
        visit = any(vocabulary.products[line.sku].is_service for line in heard.draft)
        answer = implied(said, visit=visit)
    return more_than(answer, heard, scene, vocabulary) or answer


def _yes_or_no(scene: Scene) -> Understood:
    """As it was heard, else as it is read, else what stands behind a time: 明儿上午好啊.

    Where 没错 was misheard (妹错), the fault that is left of it is none.
    """
    said = scene.said
    answer = yes_or_no(plainly(said.heard))
    if answer.intent == "no" and not answer.everything and denies_a_fault(said.text) and (
        not denies_a_fault(said.heard)
    ):
        return yes_or_no(plainly(said.text))
    if answer.intent == "other":
        answer = yes_or_no(plainly(said.text))
    if answer.intent == "other" and scene.wished and SAID["home then"].search(scene.masked):
        return Understood("yes")
    if answer.intent == "other" and scene.masked.startswith("T"):
        answer = yes_or_no(plainly(said.text[len(scene.masked) - len(scene.masked.lstrip("T")) :]))
        return answer if answer.intent == "yes" else Understood("other")
    return answer


def _is_named(event: Event, heard: Heard) -> bool:
    """Whether a thing is named in plain words, or one that was read out in any."""
    if not isinstance(event, Mention):
        return False
    return event.sense.how != "sound" or any(r.sku in event.sense.skus for r in heard.draft)


def _only_asks_back(change: Understood, said: Repaired) -> bool:
    """先讲给我听那袋盐几钿: nothing is to change, and something is asked."""
    if len(change.edits) == 1 and SAID["of one"].search(said.text):
        return True
    if change.edits or SAID["edits"].search(said.text):
        return False
    if change.window:
        return SAID["asks whether"].search(said.text) is not None
    return bool(said.either(_asks_us))


def _asks_us(text: str) -> bool:
    if SAID["either way"].search(text):
        return False
    asked = intents.QUESTION.search(text) or SAID["asks back"].search(text)
    return bool(asked or SAID["of one"].search(text))


def _change(heard: Heard, scene: Scene, vocabulary: Vocabulary) -> Understood | None:
    lines = Lines(vocabulary, heard.draft)
    gone = got_already(scene, heard.draft)
    scene = without(scene, gone)
    all_alike(scene, lines)
    off = scene.said.either(lambda each: called_off(each, heard.draft, vocabulary))
    off = off if len(heard.draft) > 1 else []
    called = [
        m for m in scene.called
        if (off or _is_addition(scene.text, m.start, lines, m.sense.skus))
        and (m.plain or not set(off) & set(m.sense.skus))
    ]
    wishes_of(without_refused(replace_called(scene, called), heard.draft), vocabulary, lines)
    drop_called_off(lines, off)
    drop(lines, gone)
    all_together(scene, lines)
    keep_only(scene, lines)
    leave_out(scene, lines)
    clear_before(scene, lines)
    all_dropped(scene, lines)
    by_ranks(scene, lines)
    by_another(scene, lines)
    edits, asked = edits_of(lines, scene.said)
    undone = not asked and is_undone(scene, edits)
    edits = [] if undone else edits
    time = scene.wished[-1] if scene.wished else None
    window = time.window if time else scene.said.either(lambda each: moved(each, heard.window))
    if len(scene.wished) > 1 and len(heard.draft) > 1:
        window = None  # 理发的改后天按摩的还是明天
    own = {line.window for line in heard.draft if line.window}
    if len(own) > 1 and all(each.window in own for each in scene.wished) and (
        _yes_or_no(scene).intent == "yes"
    ):
        time = None  # 头发礼拜二剪菜明天到分得清清楚楚行了
    if len(own) > 1:
        window = None  # each line has its own, and nobody can say here which of them moves
    if time and not edits and is_of_one_line(scene, heard.draft):
        window = None
    if time and window is None:
        start, end = scene.said.span(time.start, time.end)
        asked.append(when(scene.said.heard[start:end]))
    if window and heard.window and is_drafted(window, heard.window, time):
        window = None
    agrees = SAID["yes"].search(plainly(scene.text)) or hurries(scene.text)
    if time and time.phrase.soon and agrees and (
        not heard.window or SAID["urges"].search(scene.text)
    ):
        window = None  # 对的对的快点送
    if window and heard.window and agrees and holds(window, heard.window, time):
        window = None  # 对头就是明天上午
    window = _not_before(window, heard, scene)
    if not edits and not asked and window is None:
        return Understood("yes") if undone or (
            _is_back(lines) and SAID["swapped"].search(scene.text)
        ) else None
    if window is None and _comes_at_no_time(edits, heard, vocabulary):
        asked.append(when(""))
    numbered = tuple(replace(row, id=f"q{n}") for n, row in enumerate(asked, 1))
    return Understood("change", edits=tuple(edits), clarify=numbered, window=window)


def _not_before(window: Window | None, heard: Heard, scene: Scene) -> Window | None:
    """晚点没关系七点以后也行, where six was read out: seven in the evening."""
    drafted = heard.window
    if window is None or drafted is None or not SAID["later"].search(scene.text):
        return window
    if window.start.hour >= 12 or window.start >= drafted.start:
        return window
    then = window.start + timedelta(hours=12)
    if then.date() != drafted.start.date() or then <= drafted.start:
        return window
    return Window(then, window.end + timedelta(hours=12))


def _comes_at_no_time(edits: list[Edit], heard: Heard, vocabulary: Vocabulary) -> bool:
    """Whether a service was added to goods, and no time was read out that it could take."""
    services = {sku for sku, product in vocabulary.products.items() if product.is_service}
    if heard.window or any(line.window or line.sku in services for line in heard.draft):
        return False
    return any(edit.op == "add" and edit.sku in services for edit in edits)


def _is_back(lines: Lines) -> bool:
    """牛奶换成两箱算了还是一箱吧: what was read out, said again after all."""
    return any(
        line.base and line.mode == "set" and line.amounts
        and line.amounts[-1].value == line.base.quantity
        for line in lines.lines
    )


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
    near = text[max(0, start - 8) : start + 2]
    sent_for = SAID["sends"].search(text, max(0, start - 2))
    return drafted or bool(sent_for or SAID["adds"].search(near))
