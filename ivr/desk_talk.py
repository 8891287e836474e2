"""What a clerk hears when her telephone rings: one key takes the call, so no machine can."""

import nlu
from ivr import desk_script
from ivr.talk import Move, Reply, Scene, Step, Then, Turn, end


def clerk(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Asked once; 1 is put through, anything else leaves the caller to the next clerk."""
    if turn.keys == "1":
        return Move(Reply((), Then.PERSON), "connected")
    if scene.memory.get("asked"):
        return end()
    offer = (
        desk_script.OFFER_OUT
        if scene.memory.get("out")
        else desk_script.OFFER_URGENT
        if scene.memory.get("urgent")
        else desk_script.OFFER
    )
    return Move(Reply((offer,), Then.KEYS), "clerk", remember={"asked": True})


STEPS: dict[str, Step] = {"clerk": clerk}
