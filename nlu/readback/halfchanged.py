"""What is asked at the read-back where a change is plain, and to what is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nlu.amounts.measures import IDLE_UNITS
from nlu.contract import Clarify, Heard, Understood, Window
from nlu.marks.binding import Event, Loose, Mention
from nlu.readback.consenting import SAID
from nlu.times.windows import WishedTime
from nlu.told.scene import Scene
from nlu.vocabulary import Vocabulary
from nlu.wishes.lines import when

_COMPANY = "陪护"  # the category of what goes with the caller: who wants it tells where they go
_MEANT = re.compile("(?:我|俺|额|咱|阿拉)们?(?:刚才|明明)?(?:要|说|讲|点|订|想要)的(?:可|明明)?是$")
_ANOTHER_AMOUNT = re.compile(
    "(?:再|给我|要|来|拿|就|还|得)*[多少](?:来|要|拿|给我|送)?(?:一?[点些]|几[个斤袋]?)"
)


def asks(
    scene: Scene, about: Literal["product", "quantity", "time"], start: int, end: int
) -> Understood:
    start, end = scene.said.span(start, end)
    return Understood("change", clarify=(Clarify("q1", about, scene.said.heard[start:end]),))


def more_than(
    answer: Understood, heard: Heard, scene: Scene, vocabulary: Vocabulary
) -> Understood | None:
    """What is asked where more was said than a yes or a no, and nothing was made of it.

    A yes beside another time than the drafted one, all refused beside one of the lines, an amount
    or a line beside neither.
    """
    other = [
        t for t in scene.wished
        if heard.window and t.window and not is_drafted(t.window, heard.window, t)
        and not (t.phrase.soon and SAID["urges"].search(scene.text))
        and not (answer.intent == "yes" and holds(t.window, heard.window, t))
    ]
    if other and answer.intent != "no":
        return asks(scene, "time", other[0].start, other[0].end)
    if answer.intent == "yes":
        return _another_was_meant(heard, scene)
    if answer.intent == "other" and (another := _another_was_meant(heard, scene)):
        return another
    if answer.intent == "no" and not answer.everything:
        return None
    busy = SAID["busy then"].search(scene.masked) if heard.window else None
    drafted = [vocabulary.products.get(line.sku) for line in heard.draft]
    if busy and answer.intent == "other" and not any(
        product and product.category == _COMPANY for product in drafted
    ):
        return asks(scene, "time", busy.start(), busy.end())
    skus, text = {line.sku for line in heard.draft}, scene.text
    said = [
        event for event in scene.events
        if isinstance(event, Mention) and skus & set(event.sense.skus)
        or answer.intent == "other" and _is_of_shopping(event)
    ]
    if len(said) == 1 and isinstance(said[0], Mention) and _ANOTHER_AMOUNT.match(text, said[0].end):
        return asks(scene, "quantity", said[0].start, said[0].end)
    return asks(scene, "product", said[0].start, said[-1].end) if said else None


def _another_was_meant(heard: Heard, scene: Scene) -> Understood | None:
    """我要的是馄饨, where none was read out: no yes, whatever it was taken for."""
    read_out = {line.sku for line in heard.draft}
    for event in scene.events:
        if isinstance(event, Mention) and event.sense.held == "held" and not event.told and (
            not read_out.intersection(event.sense.skus)
            and _MEANT.search(scene.text, 0, event.start)
        ):
            return asks(scene, "product", event.start, event.end)
    return None


def half_a_change(heard: Heard, scene: Scene) -> Understood | None:
    """换成局子, 改到后添, 明天上午不行: that something is to change is plain, to what is asked."""
    text = scene.text
    timed = heard.window is not None or any(line.window for line in heard.draft)
    if timed and (refused := SAID["not then"].search(scene.masked)):
        return asks(scene, "time", refused.start(), refused.end())
    if found := scene.said.either(SAID["put off"].search):
        put_off = when(found.string[found.start() :])
        return Understood("change", clarify=(replace(put_off, id="q1"),))
    if found := SAID["some more"].search(text):
        return Understood("change", clarify=(Clarify("q1", "product", found[0]),))
    if found := SAID["some less"].search(text):
        return Understood("change", clarify=(Clarify("q1", "quantity", found[0]),))
    if found := SAID["swapped"].search(text):
        return Understood("change", clarify=(Clarify("q1", "product", text[found.end() :]),))
    return None


def is_drafted(said: Window, drafted: Window, time: WishedTime | None) -> bool:
    """The drafted time said again, or its day alone."""
    if said.start == drafted.start:
        return True
    days = time.phrase.days if time and time.phrase.hourless else None
    return days is not None and days[0] == days[1] == drafted.start.date()


def holds(said: Window, drafted: Window, time: WishedTime | None) -> bool:
    """Whether the drafted hour lies in the part of the day that was said."""
    return (
        time is not None and bool(time.phrase.hours)
        and said.start.date() == said.end.date()
        and said.start <= drafted.start and drafted.end <= said.end
    )


def _is_of_shopping(event: Event) -> bool:
    if not isinstance(event, Loose) or event.told:
        return False
    return bool(event.amount.unit) and event.amount.unit not in IDLE_UNITS
