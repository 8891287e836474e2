"""A trained network as the two graphs that nlu/sounds/network.py computes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.export import Dim

from nlu.sounds.network import CHARACTERS, Alphabet
from tools.hearing.network import Network

#: How many characters a text may hold that the graphs are given.
MOST = 1_000
# How the graphs name a matrix: in whole numbers, and turned on its side.
_QUANTIZED, _TURNED = "_quantized", "_Transposed"


class Hearing(nn.Module):
    """Vectors and signs of what was heard."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network, self.heard = network, network.heard
        self.sounds = nn.Embedding.from_pretrained(network.sounds())

    def forward(self, heard: Tensor, sounds: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.network.read(self.heard(heard) + self.sounds(sounds))
        return vectors, self.network.signs(vectors)


class Said(nn.Module):
    """Of vectors, which characters were meant, or else which were lost before them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.meant, self.missed, self.said = network.meant, network.missed, network.said

    def forward(self, vectors: Tensor, lost: Tensor) -> Tensor:
        scores: Tensor = self.said(torch.where(lost, self.missed(vectors), self.meant(vectors)))
        return scores


def read(folder: Path) -> Network:
    """The network that `write` made those graphs of, but for what seven bits can't tell."""
    hearing, said = (onnx.load(folder / f"{name}.onnx") for name in ("hearing", "said"))
    [characters] = (each.value for each in hearing.metadata_props if each.key == CHARACTERS)
    network = Network(Alphabet(characters))
    weights = _weights(hearing) | _weights(said)
    # Of a syllable's vector only the sum is kept.
    weights["sound.weight"] = weights.pop("sounds.weight")
    named = {name.removeprefix("network."): torch.tensor(w) for name, w in weights.items()}
    pieces = {
        name: torch.zeros_like(w) for name, w in network.state_dict().items() if "pieces" in name
    }
    network.load_state_dict(named | pieces)
    return network


def _weights(graph: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    held = {each.name: onnx.numpy_helper.to_array(each) for each in graph.graph.initializer}
    weights = {name: held[name] for name in held if name.endswith(".bias")}
    for name in held:
        if name.endswith(_QUANTIZED):
            stem = name.removesuffix(_QUANTIZED)
            steps = held[name].astype(np.float32) - held[f"{stem}_zero_point"]
            weight = (steps * held[f"{stem}_scale"]).astype(np.float32)
            turned = stem.endswith(_TURNED)
            weights[stem.removesuffix(_TURNED)] = weight.T.copy() if turned else weight
    return weights


def write(network: Network, folder: Path) -> None:
    """Write hearing.onnx and said.onnx: weights of seven bits, a scale for each column, so that
    sums of pairs fit in sixteen bits and come out alike on every processor."""
    network = network.eval()
    numbers = [torch.tensor([1, 2, 3]), torch.tensor([3, 2, 1])]
    vectors = [torch.zeros(3, network.said.in_features), torch.tensor(False)]
    each = {0: Dim("characters", min=1, max=MOST)}
    _write(
        Hearing(network), numbers, ["heard", "sounds"], ["vectors", "signs"], [each, each],
        folder / "hearing.onnx", "".join(network.alphabet.characters),
    )
    _write(
        Said(network), vectors, ["vectors", "lost"], ["scores"], [each, {}], folder / "said.onnx"
    )


def _write(
    module: nn.Module,
    example: list[Tensor],
    inputs: list[str],
    outputs: list[str],
    shapes: list[dict[int, Dim]],
    path: Path,
    characters: str = "",
) -> None:
    with TemporaryDirectory() as folder:
        full = Path(folder) / path.name
        torch.onnx.export(
            module.eval(), tuple(example), full, dynamo=True, external_data=False, verbose=False,
            input_names=inputs, output_names=outputs, dynamic_shapes=tuple(shapes),
        )
        quantize_dynamic(
            full, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    graph = onnx.load(path)
    del graph.metadata_props[:]
    onnx.helper.set_model_props(graph, {CHARACTERS: characters} if characters else {})
    onnx.save(graph, path)
