"""Of the readings that a small model finds about as likely, the one that callers would say."""

from dataclasses import dataclass
from typing import Any

import ctranslate2  # type: ignore[import-untyped]
from faster_whisper import WhisperModel  # type: ignore[import-untyped]
from faster_whisper.tokenizer import Tokenizer  # type: ignore[import-untyped]
from faster_whisper.transcribe import (  # type: ignore[import-untyped]
    TranscriptionOptions,
    get_compression_ratio,
)

import nlu

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
    """A Whisper trained on little text, whose beam is weighed again by callers' talk
    (n-best rescoring by a language model). There is no second try at another temperature.

    `talk` is how much a reading's surprisal counts beside its improbability by the model. Hotwords,
    a word a line, are the caller's own: they are not put before the speech, which a model not
    trained on it is led astray by, but count for the readings that have them.
    """

    talk = 0.0

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
        readings = [
            (tokens, score * len(tokens), tokenizer.decode(tokens).strip())
            for tokens, score in zip(found.sequences_ids, found.scores, strict=True)
        ]
        own = (options.hotwords or "").split()
        tokens, log_probability, text = max(readings, key=lambda each: self._worth(own, *each[1:]))
        return (
            Reading([tokens], found.no_speech_prob),
            log_probability / (len(tokens) + 1),
            0.0,
            get_compression_ratio(text),
        )

    def get_prompt(self, *args: Any, hotwords: str | None = None, **kwargs: Any) -> list[int]:
        """The tokens before the text, without the hotwords."""
        prompt: list[int] = super().get_prompt(*args, **kwargs)
        return prompt

    def _worth(self, own: list[str], log_probability: float, text: str) -> float:
        unlike = nlu.surprisal(text) - CHARACTER * len(text)
        return log_probability - self.talk * unlike + OWN * sum(word in text for word in own)
