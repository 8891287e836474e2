"""One door: what was heard, in which dialogue, to what was understood."""

from __future__ import annotations

from dataclasses import replace

from nlu.contract import Heard, Understood
from nlu.dialogues.answering import read_answer
from nlu.dialogues.confirming import read_confirm
from nlu.dialogues.rating import read_rating
from nlu.dialogues.requesting import read_order, read_request
from nlu.marks.reading import plain, spoken
from nlu.readback.expected import but_the_expected
from nlu.requests.emergency import is_emergency, sounds_alarming
from nlu.requests.weighing import weighed
from nlu.sounds.ear import restore
from nlu.sounds.misheard import by_measure
from nlu.told.paying import pays_self
from nlu.vocabulary import Vocabulary

_READERS = {
    "request": read_request,
    "answer": read_answer,
    "confirm": read_confirm,
    "rating": read_rating,
}
# What leads to a bill; who pays for it may be said in the same breath.
_PAID_FOR = frozenset({"order", "reorder", "yes", "change", "answer"})


def parse(heard: Heard, vocabulary: Vocabulary) -> Understood:
    """What the caller wants. Pure: the same words at the same moment mean the same."""
    likely = None
    if heard.dialogue != "request":
        likely = vocabulary.words_for(line.sku for line in heard.draft)
    ear = restore(heard.text, vocabulary.repairer.named(heard.text))
    text = plain(but_the_expected(ear.text) if heard.dialogue == "confirm" else ear.text)
    if heard.question is not None:
        text = by_measure(text, heard.question, vocabulary)
    kept = spoken(text)
    said = vocabulary.repairer.repair("".join(text[at] for at in kept), likely)
    if len(kept) < len(text):
        said = said.within(text, kept)
    rules = is_emergency(plain(heard.text)) or said.either(is_emergency)
    if rules or sounds_alarming(heard.text, ear.text):
        return Understood("emergency")
    likely_said = replace(heard, text=ear.text)
    understood = ear.as_heard(_READERS[heard.dialogue](likely_said, said, vocabulary))
    if heard.dialogue == "request":
        understood = weighed(
            understood, heard, ear.text,
            lambda: ear.as_heard(read_order(likely_said, said, vocabulary)),
        )
    if understood.intent in _PAID_FOR and said.either(pays_self):
        return replace(understood, pay="self")
    return understood
