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
    look_again,
    said_no,
    said_yes,
)

AGREES = re.compile(r"(我|那就)?(同意|愿意|是|对|好|行|可以)(的|了|啊|吧|呀)?，?(我?同意)?")
"""A consent is to personal data: only these whole answers give it."""


def tell(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Say what there is to say."""
    return end(*scene.told, script.TOLD, deeds=(Deed("told"),))


def placed(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """What a child ordered, and how to object."""
    return ask(*scene.told, script.OBJECT, step="objecting", deeds=(Deed("told"),))


def objecting(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """She objects, or is content: silence is no objection."""
    if said_no(turn, understood):
        return end(script.OBJECTED, deeds=(Deed("objected"),))
    return end(script.TOLD)


def rating(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Ask how it was."""
    return ask(*scene.told, step="rated")


def rated(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """One to five, by key or in her words."""
    stars = int(turn.keys) if turn.keys in tuple("12345") else None
    if stars is None and understood is not None:
        stars = understood.rating
    if stars is None:
        return again(ask(*scene.told, step="rated"), script.AGAIN)
    return end(script.RATED, deeds=(Deed("rated", {"stars": stars, "words": turn.words}),))


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
        words = turn.words or f"按键{turn.keys}"
        data = {"code": scene.memory["code"], "words": words, "yes": True}
        return end(script.CONSENT_YES, deeds=(Deed("consented", data),))
    if said_no(turn, understood):
        data = {"code": scene.memory["code"], "words": turn.words, "yes": False}
        return end(script.CONSENT_NO, deeds=(Deed("consented", data),))
    return again(ask(sure, step="consenting"), script.AGAIN)


def which(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Which of at most four orders is to be cancelled."""
    if not scene.choices:
        return end(script.CANCEL_NONE, script.GOODBYE, deeds=(Deed("told"),))
    if len(scene.choices) == 1:
        return _sure_cancel(scene, 0)
    return ask(_which_words(scene), step="which_one")


def _which_words(scene: Scene) -> str:
    names = tuple(what for _, what in scene.choices)
    return script.WHICH_CANCEL.format(choices=script.choices(names))


def which_one(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """The number of the order."""
    if turn.keys.isdigit() and 1 <= int(turn.keys) <= len(scene.choices):
        return _sure_cancel(scene, int(turn.keys) - 1)
    return again(ask(_which_words(scene), step="which_one"), script.AGAIN)


def _sure_cancel(scene: Scene, index: int) -> Move:
    order, what = scene.choices[index]
    words = script.SURE_CANCEL.format(what=what)
    reply = Reply((words,), Then.ASK)
    return Move(reply, "cancelling", remember={"order": order, "what": what})


def cancelling(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A yes on our call cancels; anything else does not."""
    if said_yes(turn, understood):
        deeds = (Deed("withdraw", {"order": scene.memory["order"]}),)
        return look_again("cancelled", deeds=deeds)
    if said_no(turn, understood):
        return end(script.NOT_CANCELLED, deeds=(Deed("told"),))
    words = script.SURE_CANCEL.format(what=scene.memory["what"])
    return again(ask(words, step="cancelling"), script.AGAIN)


def cancelled(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Whether it could still be cancelled."""
    done = scene.memory["order"] not in {order for order, _ in scene.choices}
    return end(script.CANCELLED if done else script.TOO_LATE_TO_CANCEL)


def supplement(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """More is to be paid than she confirmed."""
    return ask(*scene.told, step="supplementing")


def supplementing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A confirmed total is a ceiling: more needs her yes."""
    if said_yes(turn, understood):
        said = turn.words or f"按键{turn.keys}"
        return end(script.SUPPLEMENT_YES, deeds=(Deed("agreed", {"words": said}),))
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


STEPS: dict[str, Step] = {
    "tell": tell,
    "placed": placed,
    "objecting": objecting,
    "rating": rating,
    "rated": rated,
    "consent": consent,
    "code": code,
    "consenting": consenting,
    "which": which,
    "which_one": which_one,
    "cancelling": cancelling,
    "cancelled": cancelled,
    "supplement": supplement,
    "supplementing": supplementing,
    "promised": promised,
    "line_lost": line_lost,
    "alarm": alarm,
}
