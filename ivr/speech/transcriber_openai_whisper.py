"""The reference implementation of Whisper, on PyTorch."""

from functools import cached_property
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found, unused-ignore]
import whisper  # type: ignore[import-not-found, unused-ignore]
from whisper.timing import add_word_timestamps  # type: ignore[import-not-found, unused-ignore]
from whisper.tokenizer import Tokenizer, get_tokenizer  # type: ignore[import-not-found, unused-ignore]

from ivr.speech.audio import RATE, Samples
from ivr.speech.decoding import Decoding
from ivr.speech.hints import Hints
from ivr.speech.recogniser import Passage
from ivr.speech.transcriber import Word


class OpenAIWhisper:
    """A Whisper checkpoint as OpenAI publishes them.

    Args:
        model: a `.pt` file, or a name such as `turbo` that the library can fetch.
        device: `cpu`, `cuda`, or `auto`: a GPU where there is one.
        threads: of this process (PyTorch has one pool); None leaves it to the library.
        decoding: how it searches for the text.
    """

    longest = 30.0
    pause = 30.0

    def __init__(
        self,
        model: str | Path,
        device: str = "auto",
        threads: int | None = None,
        decoding: Decoding | None = None,
    ) -> None:
        self.source = str(model)
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        self.device = device
        self.threads = threads
        self.decoding = decoding or Decoding()

    @property
    def model(self) -> str:
        return Path(self.source).stem

    @property
    def language(self) -> str:
        return self.decoding.language

    @cached_property
    def _whisper(self) -> whisper.Whisper:
        if self.threads:
            torch.set_num_threads(self.threads)
        return whisper.load_model(self.source, device=self.device)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return get_tokenizer(
            self._whisper.is_multilingual,
            num_languages=self._whisper.num_languages,
            language=self.language,
            task="transcribe",
        )

    def recognise(self, samples: Samples, hints: Hints) -> Passage | None:
        mel = whisper.log_mel_spectrogram(
            whisper.pad_or_trim(samples), self._whisper.dims.n_mels, device=self.device
        )
        result = self._decoded(mel, hints)
        tokens = [token for token in result.tokens if token < self._tokenizer.eot]
        if not tokens:
            return None
        segment: dict[str, Any] = {
            "seek": 0,
            "start": 0.0,
            "end": len(samples) / RATE,
            "tokens": tokens,
        }
        add_word_timestamps(
            segments=[segment],
            model=self._whisper,
            tokenizer=self._tokenizer,
            mel=mel,
            num_frames=min(len(samples) // whisper.audio.HOP_LENGTH, whisper.audio.N_FRAMES),
            last_speech_timestamp=0.0,
        )
        return Passage(
            words=tuple(
                Word(word["word"], float(word["start"]), float(word["end"]), word["probability"])
                for word in segment["words"]
            ),
            log_probability=result.avg_logprob,
            no_speech=result.no_speech_prob,
        )

    def _decoded(self, mel: torch.Tensor, hints: Hints) -> whisper.DecodingResult:
        """The first of the temperatures' results that is neither unlikely nor repetitive."""
        for temperature in self.decoding.temperatures:
            options = whisper.DecodingOptions(
                language=self.language,
                temperature=temperature,
                beam_size=None if temperature else self.decoding.beam,
                best_of=self.decoding.beam if temperature else None,
                prompt=f"{hints.prompt} {hints.hotwords}".strip() or None,
                without_timestamps=True,
                fp16=self.device != "cpu",
            )
            result = self._whisper.decode(mel, options)
            if self.decoding.settled(result.avg_logprob, result.compression_ratio):
                break
        return result
