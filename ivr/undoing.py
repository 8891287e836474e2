"""Taking back, on a call of ours: an order, what a child may see, the alerts about her."""

from dataclasses import dataclass, replace

import nlu
from ivr import choosing, script
from ivr.choosing import Choice
from ivr.talk import (
    Deed,
    Move,
    Scene,
    Step,
    Turn,
    again,
    ask,
    end,
    look_again,
    said_no,
    said_yes,
)


@dataclass(frozen=True)
class Undone:
    """One kind of thing that is taken back: which of several, then a whole yes to its name."""

    which: str
    which_step: str
    sure: str
    sure_step: str

    def begin(self, scene: Scene) -> Move:
        if len(scene.choices) == 1:
            return self.ask_sure(scene.choices[0])
        return choosing.offer(scene.choices, self.ask_which)

    def ask_which(self, names: tuple[str, ...], more: bool) -> Move:
        words = self.which.format(choices=script.choices(names, more))
        return ask(words, step=self.which_step)

    def choose(self, scene: Scene, turn: Turn) -> Move:
        """By key or by name."""
        chosen = choosing.chosen(scene, turn, scene.choices)
        if chosen is not None:
            return self.ask_sure(chosen)
        return choosing.offer_again(scene, turn, scene.choices, self.ask_which)

    def ask_sure(self, choice: Choice) -> Move:
        meant, name = choice
        move = ask(self.sure.format(name=name), step=self.sure_step)
        return replace(move, remember={"meant": meant, "name": name})

    def ask_sure_again(self, scene: Scene) -> Move:
        words = self.sure.format(name=scene.memory["name"])
        return again(ask(words, step=self.sure_step), script.AGAIN)


ORDER = Undone(script.WHICH_CANCEL, "which_one", script.SURE_CANCEL, "cancelling")
LINK = Undone(script.WHICH_UNLINK, "whom", script.SURE_UNLINK, "unlinking")


def which(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Which order is to be cancelled."""
    if not scene.choices:
        return end(script.CANCEL_NONE, script.GOODBYE, deeds=(Deed("told"),))
    return ORDER.begin(scene)


def which_one(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """The number of the order, or what it is."""
    return ORDER.choose(scene, turn)


def cancelling(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A yes on our call cancels; anything else does not."""
    if said_yes(turn, understood):
        deeds = (Deed("withdraw", {"order": scene.memory["meant"]}),)
        return look_again("cancelled", deeds=deeds)
    if said_no(turn, understood):
        return end(script.NOT_CANCELLED, deeds=(Deed("told"),))
    return ORDER.ask_sure_again(scene)


def cancelled(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Whether it could still be cancelled."""
    return end(script.CANCELLED if scene.granted else script.TOO_LATE_TO_CANCEL)


def undo(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """What is to end: that a child sees her orders, or that they are alerted about her."""
    if not scene.choices:
        return end(script.UNDO_NOBODY, script.GOODBYE, deeds=(Deed("told"),))
    if scene.about == "links":
        return LINK.begin(scene)
    if scene.about == "alerts":
        return ask(script.SURE_NO_ALERTS, step="quieting")
    return ask(script.UNDO, step="undoing")


def undoing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """By key, where she has not said it in words."""
    if turn.keys == "1":
        return LINK.begin(scene)
    if turn.keys == "2":
        return ask(script.SURE_NO_ALERTS, step="quieting")
    return again(ask(script.UNDO, step="undoing"), script.AGAIN)


def whom(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Who of the family, by key or by name."""
    return LINK.choose(scene, turn)


def unlinking(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A whole yes, to the name that was said."""
    if said_yes(turn, understood):
        data = {"link": scene.memory["meant"], "words": turn.said}
        said = script.UNLINKED.format(name=scene.memory["name"])
        return end(said, deeds=(Deed("unlinked", data),))
    if said_no(turn, understood):
        return end(script.NOT_UNDONE, deeds=(Deed("told"),))
    return LINK.ask_sure_again(scene)


def quieting(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A whole yes."""
    if said_yes(turn, understood):
        return end(script.NO_ALERTS, deeds=(Deed("quieted", {"words": turn.said}),))
    if said_no(turn, understood):
        return end(script.NOT_UNDONE, deeds=(Deed("told"),))
    return again(ask(script.SURE_NO_ALERTS, step="quieting"), script.AGAIN)


STEPS: dict[str, Step] = {
    "which": which,
    "which_one": which_one,
    "cancelling": cancelling,
    "cancelled": cancelled,
    "undo": undo,
    "undoing": undoing,
    "whom": whom,
    "unlinking": unlinking,
    "quieting": quieting,
}
