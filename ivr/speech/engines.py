"""Which engines may stand behind the transcriber's port."""

from pathlib import Path

from ivr.speech.transcriber import THRESHOLD, Transcriber


def open_transcriber(
    engine: str,
    model: str | Path,
    device: str = "auto",
    threads: int | None = None,
    threshold: float = THRESHOLD,
) -> Transcriber:
    """A transcriber with the engine `faster-whisper` or `openai-whisper` in it.

    The engine's library is imported here, for who hears nothing needs none of it; the model is
    loaded by `warm_up` or the first recording.

    Args:
        model: a folder or file of the engine's own format, or a name that it can fetch.
        device: `cpu`, `cuda` or `auto`.
        threads: of one recognition; None for the engine's own choice.
        threshold: confidence (0 to 1) under which what was heard is asked again.

    Raises:
        ValueError: there is no such engine.
        ImportError: its library isn't installed.
    """
    from ivr.speech.hearing import Listener

    match engine:
        case "faster-whisper":
            from ivr.speech.transcriber_faster_whisper import FasterWhisper

            return Listener(FasterWhisper(model, device, threads), threshold)
        case "openai-whisper":
            from ivr.speech.transcriber_openai_whisper import OpenAIWhisper

            return Listener(OpenAIWhisper(model, device, threads), threshold)
    raise ValueError(f"no speech engine is called {engine!r}")
