"""Whisper on CTranslate2."""

from functools import cached_property
from pathlib import Path

import ctranslate2  # type: ignore[import-untyped]
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.transcribe import Segment  # type: ignore[import-untyped]

from ivr.speech.audio import Samples
from ivr.speech.decoding import Decoding
from ivr.speech.hints import Hints
from ivr.speech.phonemes import Phonemes
from ivr.speech.recogniser import Passage
from ivr.speech.rescoring import Rescoring
from ivr.speech.transcriber import Word

FULL_VOCABULARY = 51_864  # of OpenAI's smallest (English); their others have one or two more
# A small model loses its place in long pieces and the thread in short ones: of plain voices the
# shipped one writes 10.1 % of the characters wrong in pieces of 5 s, 8.8 % of 10 s.
SMALL_MODELS_PIECE = 10.0
# Between stretches of voice with their margins. Trained on pauses of a second and a half at most,
# and few, it stops writing at a longer one and loses what is said after it (docs/speech.md).
SMALL_MODELS_PAUSE = 0.5
# It read little text in training and is weak at telling which of several readings is Chinese; a
# wide beam costs a model of this size little.
SMALL_MODELS_SEARCH = Decoding(beam=32, talk=0.5, sounds=0.35)


class FasterWhisper:
    """A Whisper in a folder of CTranslate2's format, or by a name that the library can fetch.

    Args:
        model: folder, or a name such as `large-v3-turbo`.
        device: `cpu`, `cuda`, or `auto`: a GPU where there is one.
        threads: of one recognition; None is one. On shared cores several wait for each other:
            four processes of one thread heard 14 times what two processes of two did.
        decoding: how it searches for the text; None for what suits the model's size.
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
        self._decoding = decoding

    @property
    def model(self) -> str:
        return Path(self.source).name

    @property
    def decoding(self) -> Decoding:
        return self._decoding or (Decoding() if self.full else SMALL_MODELS_SEARCH)

    @property
    def language(self) -> str:
        return self.decoding.language

    @cached_property
    def _whisper(self) -> WhisperModel:
        device = self.device
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        whisper = self._opened(WhisperModel, device, "int8" if device == "cpu" else "float16")
        if whisper.hf_tokenizer.get_vocab_size() >= FULL_VOCABULARY:
            return whisper
        # Only a model itself says how large it is; a small one is opened again in a moment.
        small = self._opened(Rescoring, device, "float32")
        search = self._decoding or SMALL_MODELS_SEARCH
        small.talk, small.sounds = search.talk, search.sounds
        small.phonemes = Phonemes.beside(Path(self.source))
        return small

    def _opened(self, kind: type[WhisperModel], device: str, compute_type: str) -> WhisperModel:
        return kind(
            self.source, device=device, compute_type=compute_type, cpu_threads=self.threads or 1
        )

    @property
    def full(self) -> bool:
        """Whether this is a Whisper of OpenAI's training, and not a small one made from nothing."""
        return not isinstance(self._whisper, Rescoring)

    @property
    def longest(self) -> float:
        window = float(self._whisper.feature_extractor.chunk_length)
        return window if self.full else min(window, SMALL_MODELS_PIECE)

    @property
    def pause(self) -> float:
        return self.longest if self.full else SMALL_MODELS_PAUSE

    def recognise(self, samples: Samples, hints: Hints) -> Passage | None:
        if not self.full:
            hints = Hints(hotwords="\n".join(hints.own))
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
