"""The model that the package ships, and a Whisper of tiny dimensions for the other engine."""

from importlib.util import find_spec
from pathlib import Path

import pytest

import ivr.speech
from ivr.speech.engines import open_transcriber
from ivr.speech.transcriber import Transcriber

MODEL = Path(ivr.speech.__file__).parent / "model"

ENGINES = [
    "faster-whisper",
    pytest.param(
        "openai-whisper",
        marks=[
            pytest.mark.skipif(
                not find_spec("whisper"), reason='the extra ".[openai-whisper]" is not installed'
            ),
            # Its tokenizer leaves its word list open, and its beam search asks numpy 2 the old way.
            pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
            pytest.mark.filterwarnings(
                "ignore:Exception ignored in.*tiktoken:pytest.PytestUnraisableExceptionWarning"
            ),
            pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning"),
        ],
    ),
]


@pytest.fixture(scope="session")
def shipped() -> Transcriber:
    """The shipped model, loaded once."""
    transcriber = open_transcriber("faster-whisper", MODEL, "cpu", 1)
    transcriber.warm_up()
    return transcriber


@pytest.fixture(scope="session", params=ENGINES)
def transcriber(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Transcriber:
    """Each engine in turn: the shipped model, and random weights in the reference's own format."""
    if request.param == "faster-whisper":
        shipped: Transcriber = request.getfixturevalue("shipped")
        return shipped
    model = tmp_path_factory.mktemp("model") / "tiny-random.pt"
    write_random_checkpoint(model)
    return open_transcriber("openai-whisper", model, "cpu", 1)


def write_random_checkpoint(path: Path) -> None:
    """A Whisper checkpoint of 16 dimensions whose weights are random, always the same."""
    import torch  # type: ignore[import-not-found, unused-ignore]
    from whisper.model import (  # type: ignore[import-not-found, unused-ignore]
        ModelDimensions,
        Whisper,
    )

    sizes = {"n_audio_state": 16, "n_audio_head": 2, "n_audio_layer": 1}
    sizes |= {"n_text_state": 16, "n_text_head": 2, "n_text_layer": 1}
    windows = {"n_mels": 80, "n_audio_ctx": 1500, "n_vocab": 51865, "n_text_ctx": 48}
    torch.manual_seed(1)
    model = Whisper(ModelDimensions(**sizes, **windows))
    with torch.no_grad():
        for weights in model.parameters():
            weights.normal_(std=0.05)
    torch.save({"dims": sizes | windows, "model_state_dict": model.state_dict()}, path)
