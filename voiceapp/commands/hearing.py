"""The model's ears, without a house: no database or account is needed."""

import argparse
import json
import sys
from pathlib import Path

from voiceapp.commands import ears, say


def transcribe(chosen: argparse.Namespace) -> None:
    """What each recording says, one JSON object a line."""
    from ivr.speech.evaluating import transcripts

    for row in transcripts(map(Path, chosen.files), ears()):
        say(json.dumps(row, ensure_ascii=False))


def evaluate(chosen: argparse.Namespace) -> int:
    """How well models hear the recordings of a manifest, and what comes of them as orders."""
    import nlu
    from ivr.speech import evaluating
    from orders.catalogue import PILOT

    models = {name: ears(name) for name in chosen.model} or {"shipped": ears()}
    vocabulary = nlu.Vocabulary(nlu.load_catalogue(chosen.catalogue or PILOT))
    page = Path(chosen.page) if chosen.page else None
    return evaluating.main(Path(chosen.manifest), models, vocabulary, sys.stdout, page)
