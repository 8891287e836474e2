"""The shipped int8 model back as a network: to train on from what ships, and to put beside the
PyTorch reference with the very same weights."""

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from ivr.speech.phonemes import FILE, Phonemes
from tools.speech.network import Network, Shape
from tools.speech.spoken import syllables
from tools.speech.start import phoneme_names
from tools.speech.tokens import Special, build

#: The bias of a phoneme that was never heard.
_UNHEARD = -10.0
#: CTranslate2's type ids (ctranslate2/specs/model_spec.py).
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
#: Where each part of a layer lies in a CTranslate2 file; `attention` is the one to the sound.
_LAYER = {
    "self_norm": "self_attention/layer_norm",
    "self_in": "self_attention/linear_0",
    "self_out": "self_attention/linear_1",
    "sound_norm": "attention/layer_norm",
    "sound_query": "attention/linear_0",
    "sound_in": "attention/linear_1",
    "sound_out": "attention/linear_2",
    "inner_norm": "ffn/layer_norm",
    "inner_in": "ffn/linear_0",
    "inner_out": "ffn/linear_1",
}


def variables(path: Path) -> dict[str, np.ndarray]:
    """What a CTranslate2 model file (binary version 6) holds, as float32, aliases followed."""
    data = path.read_bytes()
    at = 0

    def number(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(f"<{form}", data, at)
        at += struct.calcsize(form)
        return int(value)

    def text() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at - 1].decode()

    if (version := number("I")) != 6:
        raise ValueError(f"{path} is of version {version}, not 6")
    text(), number("I")
    found = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = _TYPES[number("B")], number("I")
        found[name] = np.frombuffer(data, kind, size // np.dtype(kind).itemsize, at).reshape(shape)
        at += size
    aliases = [(text(), text()) for _ in range(number("I"))]
    whole = {name: _unscaled(found, name) for name in found if not name.endswith("_scale")}
    return whole | {alias: whole[name] for alias, name in aliases if name in whole}


def _unscaled(found: dict[str, np.ndarray], name: str) -> np.ndarray:
    value = found[name].astype(np.float32)
    scale = found.get(f"{name}_scale")
    if scale is None:
        return value
    return value / scale.reshape(-1, *[1] * (value.ndim - 1))


def restore(model: Path) -> tuple[Network, list[str], Tokenizer]:
    """A network, its phonemes and its tokenizer, out of a folder that `export` wrote."""
    held = variables(model / "model.bin")
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    head = Phonemes.beside(model)
    if head is None:
        raise ValueError(f"{model} has no {FILE}, so it was not exported from here")
    tokens = held["decoder/embeddings/weight"]
    inner = held["encoder/layer_0/ffn/linear_0/weight"].shape[0]
    encoders, decoders = (
        sum(f"{side}/layer_{number}/ffn/linear_0/weight" in held for number in range(64))
        for side in ("encoder", "decoder")
    )
    heads = int(held["encoder/num_heads"])
    shape = Shape(len(tokens), len(head.names), tokens.shape[1], heads, encoders, decoders, inner)
    network = Network(shape)
    network.load_state_dict(dict(_weights(held, shape)) | _head(head))
    return network, list(head.names), tokenizer


def _head(head: Phonemes) -> dict[str, Tensor]:
    return {
        "phonemes.weight": torch.from_numpy(head.weight),
        "phonemes.bias": torch.from_numpy(head.bias),
    }


def _characters(tokenizer: Tokenizer) -> dict[str, int]:
    """The characters, Chinese ones and their punctuation, that are one token."""
    found = {tokenizer.decode([number]): number for number in range(Special(tokenizer).end)}
    return {text: number for text, number in found.items() if len(text) == 1 and text > "\u2fff"}


def _is_han(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def grow(
    network: Network, phonemes: list[str], tokenizer: Tokenizer, characters: set[str]
) -> tuple[Network, list[str], Tokenizer]:
    """The same network with a token for each of `characters` besides those it has. A new one begins
    as the mean of those that sound like it, or of all; a phoneme that none had before, as never
    heard."""
    had = _characters(tokenizer)
    wider = build(had.keys() | characters)
    old = network.tokens.weight.data
    alike: dict[str, list[int]] = defaultdict(list)
    for character, row in had.items():
        alike[syllables(character)[0]].append(row)

    def row(token: str, number: int) -> Tensor:
        before = tokenizer.token_to_id(token)
        if before is not None:
            return old[before]
        text = wider.decode([number])
        same = alike[syllables(text)[0]] if len(text) == 1 else []
        return old[same or list(had.values())].mean(0) + torch.randn(old.shape[1]) * 0.01

    tokens = sorted(wider.get_vocab().items(), key=lambda pair: pair[1])
    names = phoneme_names(set(filter(_is_han, _characters(wider))))
    shape = replace(network.shape, vocabulary=len(tokens), phonemes=len(names))
    grown = Network(shape)
    weights = network.state_dict()
    rows = [phonemes.index(name) if name in phonemes else None for name in names]
    for part, unheard in (("weight", 0.0), ("bias", _UNHEARD)):
        old_head = weights[f"phonemes.{part}"]
        none = torch.full_like(old_head[0], unheard)
        weights[f"phonemes.{part}"] = torch.stack(
            [none if at is None else old_head[at] for at in rows] + [old_head[-1]]
        )
    weights["tokens.weight"] = torch.stack([row(token, number) for token, number in tokens])
    grown.load_state_dict(weights)
    return grown, names, wider


def deepen(network: Network, layers: int) -> Network:
    """The same network with an encoder of so many layers, which hears no differently at first.

    The new layers stand spread among the old ones; each listens as the one before it does and adds
    nothing yet. Raises ValueError where the encoder has more already.
    """
    had = network.shape.encoder_layers
    if not had <= layers <= 2 * had:
        raise ValueError(f"an encoder of {had} layers grows to {had} to {2 * had}, not to {layers}")
    deeper = Network(replace(network.shape, encoder_layers=layers))
    # Which old layer each one comes from; where the same stands twice, the second is new.
    sources = [number * had // layers for number in range(layers)]
    weights = {
        name: value
        for name, value in network.state_dict().items()
        if not name.startswith("encoder.")
    }
    for number, source in enumerate(sources):
        new = number > 0 and sources[number - 1] == source
        for name, value in network.encoder[source].state_dict().items():
            mute = new and name.startswith(("self_out", "inner_out"))
            weights[f"encoder.{number}.{name}"] = torch.zeros_like(value) if mute else value
    deeper.load_state_dict(weights)
    return deeper


def _weights(held: dict[str, np.ndarray], shape: Shape) -> Iterator[tuple[str, Tensor]]:
    yield "tokens.weight", torch.from_numpy(held["decoder/embeddings/weight"].copy())
    yield "positions", torch.from_numpy(held["encoder/position_encodings/encodings"].copy())
    yield "text_positions", torch.from_numpy(held["decoder/position_encodings/encodings"].copy())
    places = {name: f"encoder/{name}" for name in ("conv1", "conv2")}
    for side, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        places[f"{side}_norm"] = f"{side}/layer_norm"
        for number in range(layers):
            places |= {
                f"{side}.{number}.{ours}": f"{side}/layer_{number}/{theirs}"
                for ours, theirs in _LAYER.items()
                if side == "decoder" or not ours.startswith("sound")
            }
    for ours, theirs in places.items():
        weight, bias = ("gamma", "beta") if ours.endswith("norm") else ("weight", "bias")
        yield f"{ours}.weight", torch.from_numpy(held[f"{theirs}/{weight}"].copy())
        yield f"{ours}.bias", torch.from_numpy(held[f"{theirs}/{bias}"].copy())
