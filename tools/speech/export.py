"""A checkpoint as a folder that the unmodified `faster_whisper.WhisperModel` loads."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import torch
from ctranslate2.converters import TransformersConverter
from tokenizers import Tokenizer
from torch import Tensor
from transformers import (
    GenerationConfig,
    PreTrainedTokenizerFast,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
)

from ivr.speech.phonemes import Phonemes
from tools.speech.network import TEXT_POSITIONS, Layer, Network
from tools.speech.tokens import LANGUAGE_CODES, Special


def _linear(name: str, weight: Tensor, bias: Tensor | None) -> Iterator[tuple[str, Tensor]]:
    yield f"{name}.weight", weight
    if bias is not None:
        yield f"{name}.bias", bias


def _layer(name: str, layer: Layer) -> Iterator[tuple[str, Tensor]]:
    """Whisper's names. Its key projections have no bias: one would add the same to every score and
    change nothing."""

    def whole(theirs: str, ours: torch.nn.Module) -> Iterator[tuple[str, Tensor]]:
        yield from _linear(f"{name}.{theirs}", ours.weight, ours.bias)

    yield from whole("self_attn_layer_norm", layer.self_norm)
    for part, weight, bias in zip(
        "qkv", layer.self_in.weight.chunk(3), layer.self_in.bias.chunk(3), strict=True
    ):
        yield from _linear(f"{name}.self_attn.{part}_proj", weight, None if part == "k" else bias)
    yield from whole("self_attn.out_proj", layer.self_out)
    if hasattr(layer, "sound_in"):
        yield from whole("encoder_attn_layer_norm", layer.sound_norm)
        yield from whole("encoder_attn.q_proj", layer.sound_query)
        for part, weight, bias in zip(
            "kv", layer.sound_in.weight.chunk(2), layer.sound_in.bias.chunk(2), strict=True
        ):
            yield from _linear(
                f"{name}.encoder_attn.{part}_proj", weight, None if part == "k" else bias
            )
        yield from whole("encoder_attn.out_proj", layer.sound_out)
    yield from whole("fc1", layer.inner_in)
    yield from whole("fc2", layer.inner_out)
    yield from whole("final_layer_norm", layer.inner_norm)


def weights(network: Network) -> dict[str, Tensor]:
    """The network under the names of transformers' Whisper."""
    found: dict[str, Tensor] = {}
    for name, part in (
        ("conv1", network.conv1),
        ("conv2", network.conv2),
        ("layer_norm", network.encoder_norm),
    ):
        found |= dict(_linear(f"model.encoder.{name}", part.weight, part.bias))
    found["model.encoder.embed_positions.weight"] = network.positions
    for side, layers in (("encoder", network.encoder), ("decoder", network.decoder)):
        for number, layer in enumerate(layers):
            found |= dict(_layer(f"model.{side}.layers.{number}", layer))
    found |= dict(
        _linear("model.decoder.layer_norm", network.decoder_norm.weight, network.decoder_norm.bias)
    )
    found["model.decoder.embed_positions.weight"] = network.text_positions
    found["model.decoder.embed_tokens.weight"] = found["proj_out.weight"] = network.tokens.weight
    return {name: value.detach().clone().contiguous() for name, value in found.items()}


def as_transformers(network: Network, tokenizer: Tokenizer) -> WhisperForConditionalGeneration:
    """The same network in PyTorch's reference implementation."""
    shape, special = network.shape, Special(tokenizer)
    config = WhisperConfig(
        vocab_size=shape.vocabulary,
        num_mel_bins=80,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.inner,
        decoder_ffn_dim=shape.inner,
        max_target_positions=TEXT_POSITIONS,
        dropout=0.0,
        pad_token_id=special.end,
        bos_token_id=special.end,
        eos_token_id=special.end,
        decoder_start_token_id=special.start,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
    model = WhisperForConditionalGeneration(config).float()
    model.load_state_dict(weights(network), strict=True)
    model.generation_config = GenerationConfig(
        eos_token_id=special.end,
        pad_token_id=special.end,
        decoder_start_token_id=special.start,
        suppress_tokens=[],
        begin_suppress_tokens=[tokenizer.token_to_id("Ġ"), special.end],
        max_length=TEXT_POSITIONS,
        lang_to_id={f"<|{code}|>": tokenizer.token_to_id(f"<|{code}|>") for code in LANGUAGE_CODES},
        no_timestamps_token_id=special.untimed,
        is_multilingual=True,
        alignment_heads=[[layer, 0] for layer in range(shape.decoder_layers)],
    )
    return model.eval()


def save_transformers(network: Network, tokenizer: Tokenizer, folder: Path) -> None:
    """A folder for `transformers`, the PyTorch reference beside which the shipped model is
    measured."""
    as_transformers(network, tokenizer).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|endoftext|>",
        bos_token="<|endoftext|>",
        unk_token="<|endoftext|>",
    ).save_pretrained(folder)
    WhisperFeatureExtractor().save_pretrained(folder)


def export(network: Network, phonemes: list[str], tokenizer: Tokenizer, folder: Path) -> int:
    """Write the int8 model, its phoneme head, vocabulary and tokenizer into `folder`; return the
    bytes in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        save_transformers(network, tokenizer, Path(room) / "transformers")
        TransformersConverter(str(Path(room) / "transformers")).convert(
            str(Path(room) / "int8"), quantization="int8_float16"
        )
        for name in ("model.bin", "config.json", "vocabulary.json"):
            shutil.copy(Path(room) / "int8" / name, folder / name)
    tokens = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
    if len(tokens) != network.shape.vocabulary:
        raise ValueError("a vocabulary longer than the embedding corrupts CTranslate2's memory")
    head = network.phonemes
    Phonemes(phonemes, head.weight.detach().numpy(), head.bias.detach().numpy()).save(folder)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir())
