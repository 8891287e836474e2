"""How well a model hears an operator's own recordings, and what comes of it as an order."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import nlu
from ivr.speech.cases import Case, Outcome, Verdict, lines, read_manifest
from ivr.speech.page import render
from ivr.speech.summary import Summary, summarise
from ivr.speech.transcriber import Hearing, Quality, Transcriber


def transcripts(files: Iterable[Path], transcriber: Transcriber) -> Iterator[dict[str, Any]]:
    """What each file says, as a row for a line of JSON; `quality` says why a text is empty."""
    for file in files:
        hearing = transcriber.transcribe(file)
        yield {
            "file": str(file),
            "text": hearing.text,
            "seconds": round(hearing.seconds, 2),
            "confidence": round(hearing.confidence, 3),
            "quality": hearing.quality.value,
        }


def hear(case: Case, transcriber: Transcriber, vocabulary: nlu.Vocabulary | None) -> Outcome:
    """Let one model hear one case, and the parser read what it wrote."""
    hearing = transcriber.transcribe(case.audio)
    if case.order is None or vocabulary is None:
        return Outcome(case, hearing, None)
    return Outcome(case, hearing, _verdict(case, hearing, vocabulary))


def _verdict(case: Case, hearing: Hearing, vocabulary: nlu.Vocabulary) -> Verdict:
    if hearing.quality is not Quality.SPEECH:
        return "asked"
    understood = nlu.parse(nlu.Heard(hearing.text, case.now), vocabulary).as_dict()
    if understood["clarify"]:
        return "asked"
    return "right" if lines(understood["items"]) == case.order else "wrong"


def evaluate(
    cases: Iterable[Case],
    models: Mapping[str, Transcriber],
    vocabulary: nlu.Vocabulary | None = None,
) -> list[Summary]:
    """Let every model hear every case; models are heard one after the other, in their order."""
    known = list(cases)
    summaries = []
    for name, transcriber in models.items():
        outcomes = [hear(case, transcriber, vocabulary) for case in known]
        summaries.append(summarise(name, outcomes))
    return summaries


def main(
    manifest: Path,
    models: Mapping[str, Transcriber],
    vocabulary: nlu.Vocabulary | None,
    out: TextIO,
    page: Path | None = None,
) -> int:
    """`voiceapp evaluate`: JSON on `out`, and the HTML page where one is wanted.

    Returns:
        The exit status: 2 where the manifest can't be read, else 0.
    """
    try:
        cases = read_manifest(manifest)
    except (OSError, ValueError) as error:
        out.write(f"{json.dumps({'error': str(error)}, ensure_ascii=False)}\n")
        return 2
    summaries = evaluate(cases, models, vocabulary)
    rows = [asdict(summary) for summary in summaries]
    out.write(json.dumps({"models": rows}, ensure_ascii=False, indent=1) + "\n")
    if page:
        page.write_text(render(manifest.name, summaries), encoding="utf-8")
    return 0
