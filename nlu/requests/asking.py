"""Whether something is only asked: of us, or of others who have nothing to do with the shop."""

from __future__ import annotations

import re

from nlu.requests import intents
from nlu.told.scene import Scene
from nlu.visits.calling import CALLS

SOMEONE = re.compile(
    r"要(?:个|一个)?人(?:来|给|帮)|(?:来|派|找|叫|喊|请|约)(?:一|两)?(?:个|位|名)?(?:人|师傅|阿姨|小伙子|老师|护士|大夫|会|懂)|上门(?:来|给|帮)"
)


def is_of_others(scene: Scene) -> bool:
    """What the works cut off, or what is asked of the authorities, and nobody is to go there."""
    if intents.CUT_OFF.search(scene.text):
        return True
    asked = intents.PUBLIC.search(scene.text)
    return asked is not None and not (scene.wished or CALLS.search(scene.text))


def only_asks(text: str, *, goods: bool) -> bool:
    """Whether something is asked of what was named, and nobody is sent for."""
    if not intents.QUESTION.search(text):
        return False
    if not SOMEONE.search(text) or intents.ONLY_ASKS.search(text):
        return True
    return not goods and intents.PRICED.search(text) is not None
