"""The answer to one of our questions completes the one line that it was about."""

from __future__ import annotations

from nlu.confirming import read_confirm
from nlu.contract import Heard, Understood
from nlu.repair import Repaired
from nlu.vocabulary import Vocabulary


def read_answer(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    return read_confirm(heard, said, vocabulary)
