"""Whisper on CTranslate2."""

from functools import cached_property
from pathlib import Path

import ctranslate2  # type: ignore[import-untyped]
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.transcribe import Segment  # type: ignore[import-untyped]

from ivr.speech.audio import Samples
from ivr.speech.decoding import Decoding
from ivr.speech.hints import NO_HINTS, Hints
from ivr.speech.recogniser import Passage
from ivr.speech.transcriber import Word

FULL_VOCABULARY = 51_864  # of OpenAI's smallest (English); their others have one or two more
# A small model loses its place in long pieces and the thread in short ones: of plain voices the
# shipped one writes 10.1 % of the characters wrong in pieces of 5 s, 8.8 % of 10 s. Hints gained
# its forerunner nothing: 14.6 % wrong, 14.3 % without.
SMALL_MODELS_PIECE = 10.0
# Between stretches of voice with their margins. Trained on pauses of a second and a half at most,
# and few, it stops writing at a longer one and loses what is said after it (docs/speech.md).
SMALL_MODELS_PAUSE = 0.5


class FasterWhisper:
    """A Whisper in a folder of CTranslate2's format, or by a name that the library can fetch.

    Args:
        model: folder, or a name such as `large-v3-turbo`.
        device: `cpu`, `cuda`, or `auto`: a GPU where there is one.
        threads: of one recognition; None is one. On shared cores several wait for each other:
            four processes of one thread heard 14 times what two processes of two did.
        decoding: how it searches for the text.
    """

    def __init__(
        self,
        model: str | Path,
        device: str = "auto",
        threads: int | None = None,
        decoding: Decoding | None = None,
    ) -> None:
        self.source = str(model)
        self.device = device
        self.threads = threads
        self.decoding = decoding or Decoding()

    @property
    def model(self) -> str:
        return Path(self.source).name

    @property
    def language(self) -> str:
        return self.decoding.language

    @cached_property
    def _whisper(self) -> WhisperModel:
        device = self.device
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        return WhisperModel(
            self.source,
            device=device,
            compute_type="int8" if device == "cpu" else "float16",
            cpu_threads=self.threads or 1,
        )

    @cached_property
    def full(self) -> bool:
        """Whether this is a Whisper of OpenAI's training, by its vocabulary, and not a small one
        made from nothing.
        """
        return bool(self._whisper.hf_tokenizer.get_vocab_size() >= FULL_VOCABULARY)

    @property
    def longest(self) -> float:
        window = float(self._whisper.feature_extractor.chunk_length)
        return window if self.full else min(window, SMALL_MODELS_PIECE)

    @property
    def pause(self) -> float:
        return self.longest if self.full else SMALL_MODELS_PAUSE

    def recognise(self, samples: Samples, hints: Hints) -> Passage | None:
        if not self.full:
            hints = NO_HINTS
        passages, _ = self._whisper.transcribe(
            samples,
            language=self.language,
            beam_size=self.decoding.beam,
            best_of=self.decoding.beam,
            temperature=self.decoding.temperatures,
            log_prob_threshold=self.decoding.log_probability,
            compression_ratio_threshold=self.decoding.compression,
            condition_on_previous_text=False,
            without_timestamps=True,
            word_timestamps=True,
            initial_prompt=hints.prompt or None,
            hotwords=hints.hotwords or None,
        )
        # One window holds all of the samples. Asked for more, the library goes back to the end of
        # the last word and writes the silence after it down a second time.
        return next((_passage(segment) for segment in passages), None)


def _passage(segment: Segment) -> Passage:
    return Passage(
        words=tuple(
            Word(word.word, float(word.start), float(word.end), float(word.probability))
            for word in segment.words or ()
        ),
        log_probability=float(segment.avg_logprob),
        no_speech=float(segment.no_speech_prob),
    )
