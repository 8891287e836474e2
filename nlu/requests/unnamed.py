"""What is wished for without a name: somebody to come, a thing that does not work, half a word."""

from __future__ import annotations

import re

from nlu.marks.orderlines import Line, Lines
from nlu.requests import intents
from nlu.requests.asking import SOMEONE
from nlu.told.scene import Scene
from nlu.visits.callouts import by_thing
from nlu.visits.failing import failing
from nlu.vocabulary import Sense, Vocabulary
from nlu.wishes.bought import bought_as_heard, bought_unknown
from nlu.wishes.doubts import half_heard

_SENT_FOR = re.compile(
    "(?:派|叫|找|请|喊|寻|搵|要|再来)[一两]?[个位名](?:人|师[傅付]|阿姨|小伙子|后生|护士|大夫|电工|水工)(?:来|上门|过来|给|帮|替)*[换修看瞧装弄通洗擦扫陪搬量]|(?:派|叫|找|请|喊)个?人(?:来)?(?:给|替|帮)(?:我|俺|额)?(?:拧|装|换|安)[上好]|"
    "(?:派|叫|找|请|喊|寻|揾)[一两]?[个位名](?:人|师[傅付]|修理工)(?:过来|上门|来)(?:一趟|一下)?"
    "(?:的时候|再|给我)*(?:顺便|顺带|顺手|顺路|捎带|带上|带来|带个)"
)


def called_unheard(scene: Scene, lines: Lines, vocabulary: Vocabulary) -> list[Line]:
    """灯泡送两个来再派个师傅换上: somebody is sent for, and no line says what for."""
    found = _SENT_FOR.search(scene.text)
    if found is None or scene.called or any(
        lines.is_service(line.sense) or line.start < found.end() and found.start() < line.end
        for line in lines.lines
    ):
        return []
    sense = by_thing(scene.text, found.start(), vocabulary) or Sense("", "unheld")
    return [Line(sense, [], None, *found.span())]


def broken(scene: Scene, lines: Lines, vocabulary: Vocabulary) -> Line | None:
    """洗衣机脱水的时候咣咣响: a thing of the house does not work, and nothing else was heard."""
    if lines.lines or scene.called or scene.told or not intents.is_own_trouble(scene.text):
        return None
    if intents.CUT_OFF.search(scene.text) or scene.said.either(intents.QUESTION.search):
        return None
    failed = failing(scene.text, vocabulary)
    return Line(failed[0], [], None, *failed[1:]) if failed else None


def unnamed(scene: Scene, lines: Lines, vocabulary: Vocabulary, wished: bool) -> list[Line]:
    """Lines to be asked about where none was heard: what somebody is to come for, what is bought
    by a word that nobody knows, or what was heard of one."""
    text = scene.text
    if found := SOMEONE.search(text):
        sense = by_thing(text, found.start(), vocabulary) or Sense("", "unheld")
        return [Line(sense, [], None, found.start(), len(text))]
    if unknown := bought_unknown(scene.masked) or bought_as_heard(scene.said, vocabulary):
        return [unknown]
    return half_heard(scene.events, wished, lines, len(text))
