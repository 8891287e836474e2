"""The conversations of the other calls we place: telling, asking for a rating, a consent."""

import re

import nlu
from ivr import script
from ivr.talk import (
    Deed,
    Move,
    Reply,
    Scene,
    Step,
    Then,
    Turn,
    again,
    ask,
    end,
    said_no,
    said_yes,
)

AGREES = re.compile(r"(我|那就)?(同意|愿意|是|对|好|行|可以)(的|了|啊|吧|呀)?，?(我?同意)?")
"""A consent is to personal data: only these whole answers give it."""


def tell(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Say what there is to say, and once more if she likes."""
    return ask(*scene.told, script.TELL_AGAIN, step="hearing", deeds=(Deed("told"),))


def hearing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """She wants it once more, or has heard it; a new wish has its own number to ring."""
    if turn.keys == "1" or (understood is not None and understood.intent == "repeat"):
        return ask(*scene.told, script.TELL_AGAIN, step="hearing")
    if understood is not None and understood.intent in ("change", "question"):
        return end(script.RING_US)
    return end(script.TOLD)


def placed(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """What a child ordered, and how to object."""
    return ask(*scene.told, script.OBJECT, step="objecting", deeds=(Deed("told"),))


def objecting(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """She objects, or is content: silence is no objection."""
    if said_no(turn, understood):
        return end(script.OBJECTED, deeds=(Deed("objected"),))
    return end(script.TOLD)


def consent(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Somebody says to be her child: the code comes by keys alone."""
    return Move(Reply(scene.told, Then.KEYS, digits=4), "code")


def code(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Four digits, then a whole yes."""
    if len(turn.keys) != 4:
        return again(consent(scene, turn, None), script.AGAIN)
    sure = script.CONSENT_SURE.format(relation=scene.relation)
    return Move(Reply((sure,), Then.ASK), "consenting", remember={"code": turn.keys})


def consenting(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A whole yes, or none."""
    sure = script.CONSENT_SURE.format(relation=scene.relation)
    if turn.keys == "1" or AGREES.fullmatch(turn.words.strip("。，！ ")):
        data = {"code": scene.memory["code"], "words": turn.said, "yes": True}
        return end(script.CONSENT_YES, deeds=(Deed("consented", data),))
    if said_no(turn, understood):
        data = {"code": scene.memory["code"], "words": turn.words, "yes": False}
        return end(script.CONSENT_NO, deeds=(Deed("consented", data),))
    return again(ask(sure, step="consenting"), script.AGAIN)


def supplement(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """More is to be paid than she confirmed."""
    return ask(*scene.told, step="supplementing")


def supplementing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A confirmed total is a ceiling: more needs her yes."""
    if said_yes(turn, understood):
        return end(script.SUPPLEMENT_YES, deeds=(Deed("agreed", {"words": turn.said}),))
    if said_no(turn, understood):
        return end(script.SUPPLEMENT_NO, deeds=(Deed("disagreed"),))
    return again(ask(*scene.told, step="supplementing"), script.AGAIN)


def promised(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """The call back that was promised instead of waiting: straight to a person."""
    if turn.answered_by.startswith(("machine", "fax")):
        return end(script.MACHINE, deeds=(Deed("unanswered", {"why": "machine"}),))
    return Move(Reply((script.PROMISED,), Then.PERSON), "connected", (Deed("told"),))


def line_lost(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """An emergency whose line was lost: connected as soon as anybody picks up."""
    return Move(Reply((script.LINE_LOST,), Then.EMERGENCY), "connected", (Deed("told"),))


def alarm(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A relative is told of an emergency."""
    if turn.answered_by.startswith(("machine", "fax")):
        return end(*scene.told, deeds=(Deed("unanswered", {"why": "machine"}),))
    return end(*scene.told, deeds=(Deed("told"),))


def notice(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A child has not answered a message. What it is about is said only to whoever asks for it."""
    if turn.answered_by.startswith(("machine", "fax")):
        return end(script.MACHINE, deeds=(Deed("unanswered", {"why": "machine"}),))
    return ask(script.FOR_A_CHILD, step="noticing")


def noticing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """She presses one and is told; anything else leaves it to the message."""
    if said_yes(turn, understood):
        return end(*scene.told, script.GOODBYE, deeds=(Deed("told"),))
    return end(script.FOR_A_CHILD_LATER)


STEPS: dict[str, Step] = {
    "notice": notice,
    "noticing": noticing,
    "tell": tell,
    "hearing": hearing,
    "placed": placed,
    "objecting": objecting,
    "consent": consent,
    "code": code,
    "consenting": consenting,
    "supplement": supplement,
    "supplementing": supplementing,
    "promised": promised,
    "line_lost": line_lost,
    "alarm": alarm,
}
