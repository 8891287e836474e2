"""Of the readings that a small model finds about as likely, the one that fits the sounds best and
that callers would say."""

from dataclasses import dataclass
from typing import Any

import ctranslate2  # type: ignore[import-untyped]
import numpy as np
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.tokenizer import Tokenizer  # type: ignore[import-untyped]
from faster_whisper.transcribe import (  # type: ignore[import-untyped]
    TranscriptionOptions,
    get_compression_ratio,
)

from ivr.speech import talk
from ivr.speech.phonemes import Floats, Phonemes

# Every character adds to a text's surprisal: about what one costs that fits is given back, or else
# the shortest reading would win.
CHARACTER = 2.0
# What a reading gains by each of the caller's own words in it, in natural logarithms.
OWN = 1.5


@dataclass(frozen=True)
class Reading:
    """What the library wants of a result: its first sequence is what was read."""

    sequences_ids: list[list[int]]
    no_speech_prob: float


class Rescoring(WhisperModel):  # type: ignore[misc]
    """A Whisper trained on little text, whose beam is weighed again by the sounds (as in hybrid CTC
    and attention, Watanabe et al. 2017) and by callers' talk (n-best rescoring by a language
    model). There is no second try at another temperature.

    `sounds` is how much a reading's fit to the phonemes heard counts beside its probability by the
    model, where the model has a head for them; `talk`, how much its surprisal does. Hotwords, a
    word a line, are the caller's own: they are not put before the speech, which a model not
    trained on it is led astray by, but count for the readings that have them.
    """

    talk = sounds = 0.0
    phonemes: Phonemes | None = None

    def generate_with_fallback(
        self,
        encoder_output: ctranslate2.StorageView,
        prompt: list[int],
        tokenizer: Tokenizer,
        options: TranscriptionOptions,
    ) -> tuple[Reading, float, float, float]:
        """The library's own step from sound to tokens: the reading, the mean log-probability of
        its tokens, the temperature, and how well its text can be packed."""
        found = self.model.generate(
            encoder_output,
            [prompt],
            beam_size=options.beam_size,
            num_hypotheses=options.beam_size,
            length_penalty=1,
            max_length=self.max_length,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=options.suppress_blank,
            suppress_tokens=options.suppress_tokens,
        )[0]
        texts = [tokenizer.decode(tokens).strip() for tokens in found.sequences_ids]
        chances = [
            score * len(tokens)
            for tokens, score in zip(found.sequences_ids, found.scores, strict=True)
        ]
        own = (options.hotwords or "").split()
        fits = self._fits(encoder_output, texts)
        worth = [
            chance + self.sounds * fit + self._likeness(own, text)
            for chance, fit, text in zip(chances, fits, texts, strict=True)
        ]
        best = int(np.argmax(worth))
        tokens, text = found.sequences_ids[best], texts[best]
        return (
            Reading([tokens], found.no_speech_prob),
            chances[best] / (len(tokens) + 1),
            0.0,
            get_compression_ratio(text),
        )

    def get_prompt(self, *args: Any, hotwords: str | None = None, **kwargs: Any) -> list[int]:
        """The tokens before the text, without the hotwords."""
        prompt: list[int] = super().get_prompt(*args, **kwargs)
        return prompt

    def _fits(self, encoder_output: ctranslate2.StorageView, texts: list[str]) -> Floats:
        if self.phonemes is None or not self.sounds:
            return np.zeros(len(texts), np.float32)
        sound = np.asarray(encoder_output.to_device(ctranslate2.Device.cpu), np.float32)[0]
        return self.phonemes.fit(sound, texts)

    def _likeness(self, own: list[str], text: str) -> float:
        """How much more a caller would say this than another text as long."""
        unlike = talk.surprisal(text) - CHARACTER * len(text)
        return OWN * sum(word in text for word in own) - self.talk * unlike
