"""Words in, request out: what an elderly caller wants, from what a recogniser wrote."""

from nlu.catalogue import Product, load_catalogue
from nlu.contract import (
    Clarify,
    DraftLine,
    Edit,
    Evidence,
    Heard,
    Item,
    NotHeard,
    Understood,
    Window,
    heard_from,
)
from nlu.parsing import parse
from nlu.sounds.sequences import Sequences
from nlu.vocabulary import Vocabulary

__all__ = [
    "Clarify", "DraftLine", "Edit", "Evidence", "Heard", "Item", "NotHeard", "Product",
    "Sequences", "Understood", "Vocabulary", "Window", "heard_from", "load_catalogue", "parse",
]
