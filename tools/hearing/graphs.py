"""A trained network as the two graphs that nlu/sounds/network.py computes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.export import Dim

from nlu.sounds.network import CHARACTERS
from tools.hearing.network import Network

#: How many characters a text may hold that the graphs are given.
MOST = 1_000


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
