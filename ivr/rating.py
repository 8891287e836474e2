"""How was it? One to five, by key or in her words; nobody is pressed for an answer."""

from dataclasses import replace

import nlu
from ivr import script
from ivr.talk import Deed, Move, Scene, Step, Turn, again, ask, end, look_again


def rating(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Ask how it was."""
    return ask(*scene.told, step="rated")


def rated(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """One to five. Words without a mark are kept, and the mark is asked for once more."""
    stars = int(turn.keys) if turn.keys in tuple("12345") else None
    if stars is None and understood is not None:
        stars = understood.rating
    words = "，".join(said for said in (scene.memory.get("said", ""), turn.words) if said)
    if stars is not None:
        deed = Deed("rated", {"stars": stars, "words": words})
        return _forgetting(look_again("rated_next", deeds=(deed,)))
    if not scene.memory.get("asked"):
        once_more = again(ask(script.RATING_KEYS, step="rated"), script.AGAIN)
        return _remembering(once_more, asked=True, said=words)
    if words:
        return end(script.NOTED_PERSON, deeds=(Deed("unrated", {"words": words}),))
    return end(script.UNRATED, deeds=(Deed("unrated", {"words": ""}),))


def rated_next(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Another visit of hers that nobody has asked about yet, on the same call."""
    if scene.fulfilled:
        return end(script.RATED)
    return ask(script.RATED_ONE, *scene.told, step="rated")


def _remembering(move: Move, asked: bool, said: str) -> Move:
    return replace(move, remember={**move.remember, "asked": asked, "said": said})


def _forgetting(move: Move) -> Move:
    return _remembering(move, asked=False, said="")


STEPS: dict[str, Step] = {"rating": rating, "rated": rated, "rated_next": rated_next}
