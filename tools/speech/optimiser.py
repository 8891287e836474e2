"""How the weights follow their gradients."""

import torch
import torch.distributed as processes
from torch.nn import Parameter

from tools.speech.network import Network


class Optimiser:
    """Muon for the matrices between layers, AdamW for embeddings, convolutions and vectors.

    Muon learns more from a clip (400 small steps from the same weights and clips: a loss of 1.12
    on unseen ones, AdamW's 1.15), but costs arithmetic: each process does it for its share of the
    matrices and sends the rest what came of it.
    """

    def __init__(self, network: Network, rate: float, rank: int, world: int) -> None:
        between: list[Parameter] = []
        others: list[Parameter] = []
        for name, parameter in network.named_parameters():
            ends = name in ("tokens.weight", "text_positions", "phonemes.weight")
            (others if ends or parameter.ndim != 2 else between).append(parameter)
        between.sort(key=torch.numel, reverse=True)
        self.shares = [between[at::world] for at in range(world)]
        self._both: tuple[torch.optim.Optimizer, ...] = (
            torch.optim.Muon(
                self.shares[rank], lr=rate, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"
            ),
            torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0, fused=True),
        )

    def step(self, rate: float) -> None:
        for optimiser in self._both:
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()
        if not processes.is_initialized():
            return
        for owner, share in enumerate(self.shares):
            flat = torch.cat([parameter.data.flatten() for parameter in share])
            processes.broadcast(flat, owner)
            sizes = [parameter.numel() for parameter in share]
            for parameter, values in zip(share, flat.split(sizes), strict=True):
                parameter.data.copy_(values.view_as(parameter))
