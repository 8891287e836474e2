"""Whispers to measure with: the shipped weights in PyTorch, and random ones of any size."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ivr.speech.audio import RATE, Samples

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "ivr/speech/model"
VOCABULARY, END = 51_865, 50_257
BEAM = 5
WINDOW = 3_000  # frames of 10 ms that Whisper reads


class Size(NamedTuple):
    """A Whisper's dimensions, by OpenAI's names for them."""

    width: int
    encoder: int
    decoder: int
    heads: int
    bands: int = 80
    vocabulary: int = VOCABULARY


# Radford et al. 2022, table 1; the turbo by its published configuration.
SIZES = {
    "base": Size(512, 6, 6, 8),
    "small": Size(768, 12, 12, 12),
    "medium": Size(1024, 24, 24, 16),
    "large-v3-turbo": Size(1280, 32, 4, 20, bands=128, vocabulary=VOCABULARY + 1),
}


class Reference:
    """The shipped weights in transformers' Whisper: 32-bit floats, its own mel and search."""

    def __init__(self, folder: Path) -> None:
        from transformers import WhisperFeatureExtractor

        from tools.speech import export, restore

        network, _, self.tokenizer = restore.restore(folder)
        self.model = export.as_transformers(network.eval(), self.tokenizer)
        number = self.tokenizer.token_to_id
        tasks = {name: number(f"<|{name}|>") for name in ("transcribe", "translate")}
        self.model.generation_config.task_to_id = tasks
        self.mel = WhisperFeatureExtractor()

    def hear(self, samples: Samples, beam: int) -> str:
        import torch

        features = self.mel(
            samples, sampling_rate=RATE, return_tensors="pt", padding=False
        ).input_features[..., :WINDOW]
        # What lies beyond the recording is zero in the spectrogram, as faster-whisper has it and
        # the shipped model was trained. Silence in the sound, the extractor's own way, is not.
        features = torch.nn.functional.pad(features, (0, WINDOW - features.shape[-1]))
        written = self.model.generate(
            features, num_beams=beam, language="zh", task="transcribe", do_sample=False
        )
        text: str = self.tokenizer.decode(written[0].tolist(), skip_special_tokens=True)
        return text


def prepare(engine: str, size: str, room: Path) -> None:
    """Write the weights that `engine` wants, in a process of its own: PyTorch is not measured."""
    if engine == "faster-whisper" and size != "shipped" and not (room / size).exists():
        command = [sys.executable, "-m", "bench.whispers", size, str(room / size)]
        subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)


def engine(
    name: str, size: str, threads: int, room: Path, tokens: int
) -> Callable[[Samples], None]:
    """A function that hears one turn and writes so many tokens, whatever they are."""
    if name == "openai-whisper":
        return _openai(size, threads, tokens)
    return _ctranslate2(SHIPPED if size == "shipped" else room / size, threads, tokens)


def _ctranslate2(folder: Path, threads: int, tokens: int) -> Callable[[Samples], None]:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    end = model.hf_tokenizer.token_to_id("<|endoftext|>")

    def hear(samples: Samples) -> None:
        passages, _ = model.transcribe(
            samples,
            language="zh",
            beam_size=BEAM,
            temperature=0.0,
            without_timestamps=True,
            suppress_tokens=[end],
            max_new_tokens=tokens,
        )
        next(passages, None)

    return hear


def _openai(size: str, threads: int, tokens: int) -> Callable[[Samples], None]:
    import torch
    import whisper
    from whisper.model import ModelDimensions

    torch.set_num_threads(threads)
    of = SIZES[size]
    encoder = (of.bands, 1500, of.width, of.heads, of.encoder)
    decoder = (of.vocabulary, 448, of.width, of.heads, of.decoder)
    model = whisper.Whisper(ModelDimensions(*encoder, *decoder)).eval()
    for weights in model.parameters():
        torch.nn.init.normal_(weights, std=0.02)
    options = whisper.DecodingOptions(
        language="zh",
        beam_size=BEAM,
        without_timestamps=True,
        suppress_tokens=[END],
        sample_len=tokens,
        fp16=False,
    )

    def hear(samples: Samples) -> None:
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples))
        model.decode(mel, options)

    return hear


def write_random(size: str, folder: Path) -> None:
    """A folder for CTranslate2 with random int8 weights of that size."""
    from ctranslate2.converters import TransformersConverter
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from transformers import (
        GenerationConfig,
        PreTrainedTokenizerFast,
        WhisperConfig,
        WhisperForConditionalGeneration,
    )
    from whisper.tokenizer import LANGUAGES

    of = SIZES[size]
    languages = list(LANGUAGES)[: 99 + of.vocabulary - VOCABULARY]
    shape = {"d_model": of.width, "vocab_size": of.vocabulary, "num_mel_bins": of.bands}
    for side, layers in (("encoder", of.encoder), ("decoder", of.decoder)):
        shape |= {
            f"{side}_layers": layers,
            f"{side}_attention_heads": of.heads,
            f"{side}_ffn_dim": 4 * of.width,
        }
    special = ["<|endoftext|>", "<|startoftranscript|>"]
    special += [f"<|{code}|>" for code in languages]
    special += [f"<|{name}|>" for name in ("translate", "transcribe", "startoflm")]
    special += [f"<|{name}|>" for name in ("startofprev", "nospeech", "notimestamps")]
    special += [f"<|{second / 50:.2f}|>" for second in range(1501)]
    words = ["", " ", " -", " '", *(f"w{number}" for number in range(END - 4)), *special]
    ids = {word: number for number, word in enumerate(words)}
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(WordLevel(ids, unk_token="<|endoftext|>"))
    )
    model = WhisperForConditionalGeneration(WhisperConfig(**shape, max_target_positions=448))
    model.generation_config = GenerationConfig(
        suppress_tokens=[],
        begin_suppress_tokens=[END],
        lang_to_id={f"<|{code}|>": ids[f"<|{code}|>"] for code in languages},
        alignment_heads=[[0, 0]],
    )
    source = folder.with_suffix(".transformers")
    model.save_pretrained(source)
    tokenizer.save_pretrained(source)
    TransformersConverter(str(source)).convert(str(folder), quantization="int8", force=True)
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": of.bands}))


if __name__ == "__main__":
    write_random(sys.argv[1], Path(sys.argv[2]))
