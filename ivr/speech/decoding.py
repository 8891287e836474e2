"""How the engines search for the text. The values were chosen by `python -m bench.speech`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decoding:
    """The settings that both engines know."""

    language: str = "zh"
    beam: int = 5
    temperatures: tuple[float, ...] = (0.0,)
    # Whisper's own limits (Radford et al. 2022, 4.5), past which the next temperature is tried.
    log_probability: float = -1.0
    compression: float = 2.4
    # What callers' talk, and the sounds heard, count beside a small model's own choice among the
    # readings of its beam.
    talk: float = 0.0
    sounds: float = 0.0

    def settled(self, log_probability: float, compression: float) -> bool:
        """Whether a result needs no other temperature."""
        return log_probability >= self.log_probability and compression <= self.compression
