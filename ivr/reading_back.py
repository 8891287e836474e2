"""The conversation of the call back: is it herself, what is open, is it right."""

from dataclasses import replace

import nlu
from ivr import choosing, saying, script
from ivr.speech.transcriber import Quality
from ivr.talk import (
    Deed,
    Move,
    OpenQuestion,
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
from orders import questions


def answered(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Somebody, or something, has picked up. A machine gets no order."""
    if turn.answered_by.startswith(("machine", "fax")):
        return end(script.MACHINE, deeds=(Deed("unanswered", {"why": "machine"}),))
    return _who(scene)


def _who(scene: Scene) -> Move:
    if len(scene.people) > 1:
        names = tuple(name for _, name in scene.people[:3])
        none = saying.number_words(len(names) + 1)
        return ask(script.WHO_OF.format(choices=script.choices(names), none=none), step="who")
    return ask(script.WHO.format(name=scene.name), step="who")


def who(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """She says who she is, before anything of an order is said."""
    chosen = _chosen(scene.people, turn)
    if len(scene.people) > 1:
        if chosen is not None:
            return _herself(scene, chosen)
        if turn.keys:
            return end(script.RING_LATER, deeds=(Deed("not_herself"),))
    elif said_yes(turn, understood):
        return _herself(scene, scene.people[0][0] if scene.people else "")
    elif said_no(turn, understood):
        return ask(script.FETCH.format(name=scene.name), step="fetch")
    return again(_who(scene), script.AGAIN)


def _chosen(people: tuple[tuple[str, str], ...], turn: Turn) -> str | None:
    if turn.keys.isdigit() and 1 <= int(turn.keys) <= len(people[:3]):
        return people[int(turn.keys) - 1][0]
    named = [key for key, name in people if turn.words and name in turn.words]
    return named[0] if len(named) == 1 else None


def _herself(scene: Scene, customer: str) -> Move:
    return look_again(scene.memory["start"], deeds=(Deed("herself", {"customer": customer}),))


def fetch(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Somebody else has answered and gets her, or she is not there."""
    if said_yes(turn, understood):
        return _who(scene)
    if said_no(turn, understood):
        return end(script.RING_LATER, deeds=(Deed("not_herself"),))
    return again(ask(script.FETCH.format(name=scene.name), step="fetch"), script.AGAIN)


def proceed(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """The next open question, else the whole order once."""
    if scene.question is not None:
        return _question(scene)
    if not scene.lines:
        return end(script.NOTHING_LEFT, script.GOODBYE, deeds=(Deed("refused"),))
    says = script.read_back(scene.lines, scene.total, scene.now)
    return ask(*says, step="read_back", deeds=(Deed("read"),))


def _question(scene: Scene) -> Move:
    assert scene.question is not None, "there is a question to ask"
    return choosing.offer(scene.question.options, _asks(scene.question))


def _asks(asked: OpenQuestion) -> choosing.Asks:
    def asks(names: tuple[str, ...], more: bool) -> Move:
        row = asked.row
        words = script.question_words(row.about, row.heard, asked.known, names, more)
        return ask(words, step="question", deeds=(Deed("asked", {"question": asked.id}),))

    return asks


def question(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Her answer to one open question, by key or in words."""
    asked = scene.question
    if asked is None:
        return look_again("proceed")
    chosen = choosing.chosen(scene, replace(turn, words=""), asked.options)
    read = choosing.was_read(scene, asked.options)
    if chosen is None and len(read) == 1 and said_yes(turn, understood):
        chosen = read[0]
    if chosen is not None and chosen not in asked.options:
        return look_again("proceed", script.SOLD_OUT.format(name=chosen[1]))
    if chosen is not None:
        sku, _ = chosen
        return look_again("proceed", deeds=(Deed("chosen", {"question": asked.id, "sku": sku}),))
    if understood is not None and understood.intent == "no":
        return look_again("proceed", deeds=(Deed("given_up", {"question": asked.id}),))
    if understood is not None and questions.answers(asked.row, understood):
        data = {"question": asked.id, "answer": understood}
        return look_again("proceed", deeds=(Deed("settled", data),))
    return choosing.offer_again(scene, turn, asked.options, _asks(asked))


def read_back(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """Only a whole yes confirms; 不对 changes nothing and cancels nothing."""
    if said_yes(turn, understood):
        if scene.window_lost:
            return end(script.WINDOW_LOST, deeds=(Deed("window_lost"),))
        if not scene.as_read:
            return look_again("proceed")
        words = script.CONFIRMED_FAMILY if scene.asks_family else script.CONFIRMED
        return end(words, deeds=(Deed("confirmed", {"words": turn.said}),))
    if turn.keys == "2":
        return _options()
    if understood is None:
        return again(proceed(scene, turn, None), script.AGAIN)
    if understood.intent == "no":
        return _sure() if understood.everything else _options()
    if understood.intent == "change":
        return _changed(understood)
    if understood.intent == "question":
        return look_again("proceed", *prices(scene, understood))
    if understood.intent == "repeat":
        return look_again("proceed")
    return again(proceed(scene, turn, None), script.AGAIN)


def _changed(understood: nlu.Understood) -> Move:
    if understood.edits or understood.window or understood.clarify:
        return look_again(
            "proceed", script.CHANGED, deeds=(Deed("revised", {"change": understood}),)
        )
    return _say_again()


def prices(scene: Scene, understood: nlu.Understood) -> tuple[str, ...]:
    """The prices that were asked for."""
    known = [scene.vocabulary.products.get(sku) for sku in understood.about[:3]]
    return tuple(
        script.PRICE.format(
            name=product.short_name, unit=product.unit, money=saying.money_words(product.price_fen)
        )
        for product in known
        if product is not None and product.price_fen is not None
    )


def _options() -> Move:
    return ask(script.OPTIONS, step="options")


def _say_again() -> Move:
    return Move(Reply((script.SAY_AGAIN,), Then.RECORD), "resaid")


def _sure() -> Move:
    return ask(script.SURE_NOTHING, step="sure_nothing")


def options(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """After 不对: a change, nothing at all, or a person."""
    if turn.keys == "1":
        return _say_again()
    if turn.keys == "2":
        return end(script.REFUSED, deeds=(Deed("refused"),))
    if understood is not None and understood.intent == "change":
        return _changed(understood)
    if understood is not None and understood.intent == "no" and understood.everything:
        return end(script.REFUSED, deeds=(Deed("refused"),))
    return again(_options(), script.AGAIN)


def resaid(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """What she said again after the beep; the line is held while it is heard."""
    if not turn.recording:
        return again(_say_again(), script.UNHEARD[Quality.SILENT])
    deed = Deed("resaid", {"sid": turn.recording, "seconds": turn.seconds})
    return Move(Reply((script.LISTENING,), Then.HOLD), "hold", (deed,))


def sure_nothing(scene: Scene, turn: Turn, understood: nlu.Understood | None) -> Move:
    """都不要了 is asked once more, since it cannot be taken back."""
    if said_yes(turn, understood):
        return end(script.REFUSED, deeds=(Deed("refused"),))
    if said_no(turn, understood):
        # "不要了" answers the question as much as it says no to it; only 不是 goes back.
        if understood is not None and understood.everything:
            return end(script.REFUSED, deeds=(Deed("refused"),))
        return _options()
    return again(_sure(), script.AGAIN)


STEPS: dict[str, Step] = {
    "answered": answered,
    "who": who,
    "fetch": fetch,
    "proceed": proceed,
    "question": question,
    "read_back": read_back,
    "options": options,
    "resaid": resaid,
    "sure_nothing": sure_nothing,
}
