"""The conversation when somebody rings us: greet, record, hold while we listen."""

import nlu
from ivr import script
from ivr.speech.transcriber import Quality
from ivr.talk import Deed, Move, Reply, Scene, Step, Then, Turn, again, end, look_again

HOLD_SECONDS = 12.0
"""How long a caller is held while we listen; then we say that we ring back."""

UNDO_KEY = "8"
"""Takes back what the family may do. The consent call names it; the greeting does not."""


def greet(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """The notice that cannot be skipped, then the invitation to speak."""
    invitation = script.GREETING_DRAFT if scene.drafted else script.GREETING
    return Move(Reply((invitation,), Then.RECORD, notice=script.NOTICE), "said")


def said(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A recording has come, or a key, or nothing was said at all."""
    if turn.keys == UNDO_KEY and len(scene.people) == 1:
        return end(script.UNDO_NOTED, deeds=(Deed("want_undo"),))
    if turn.keys == UNDO_KEY:
        return _to_person("other_wish")
    if turn.recording:
        return Move(Reply((script.LISTENING,), Then.HOLD), "hold", (kept(turn),))
    return again(record(script.UNHEARD[Quality.SILENT]))


def hold(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """While the recording is being heard; then whatever listening decided."""
    verdict = scene.verdict
    if verdict is None:
        if scene.held < HOLD_SECONDS:
            return Move(Reply((), Then.HOLD), "hold")
        if not scene.shown:
            return _to_person("unknown_caller")
        return end(script.NOTED_LATER if scene.known else script.NOTED_PERSON)
    says, then = tuple(verdict["says"]), verdict["then"]
    if then == "proceed":
        return look_again("proceed", *says)
    if then == "end":
        return end(*says)
    if then == "record":
        heard = (Deed("verdict_said"),)
        return Move(Reply(says, Then.RECORD), "said", heard, missed=bool(verdict.get("missed")))
    return Move(Reply(says, Then(then)), "connected")


def _to_person(reason: str) -> Move:
    wanted = Deed("want_person", {"reason": reason})
    return Move(Reply((script.CONNECTING,), Then.PERSON), "connected", (wanted,))


def nine(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """After one nine: two more are an emergency, anything else goes back to where she was."""
    return look_again(scene.memory["back"])


def connected(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A clerk has hung up, or none could be had: the caller never hears silence."""
    if turn.dialled in ("completed", "answered"):
        return end(script.GOODBYE)
    return end(script.NOBODY_FREE)


def ended(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """A webhook after the end: there is nothing left to say."""
    return end()


def record(*says: str) -> Move:
    """Invite to speak after the beep."""
    return Move(Reply(says, Then.RECORD), "said")


def kept(turn: Turn) -> Deed:
    """What was said is never lost."""
    return Deed("heard_recording", {"sid": turn.recording, "seconds": turn.seconds})


STEPS: dict[str, Step] = {
    "greet": greet,
    "said": said,
    "hold": hold,
    "nine": nine,
    "connected": connected,
    "ended": ended,
}
