"""The networks as torch modules: a small BERT encoder with frozen word table, and the two heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
ROLE_WIDTH, TAG_WIDTH, REACH, FEATURES = 128, 192, 96, 16
PAIR_WIDTH, MIDDLE = 128, 3  # the reader gives its states after layer MIDDLE and after the last


def frozen_table(base: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the base model's word table as int8 codes and one scale a row."""
    table = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"].float().numpy()
    scales = (np.abs(table).max(1) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return np.round(table / scales[:, None]).astype(np.int8), scales


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        n, t, _ = x.shape
        q, k, v = (part.view(n, t, HEADS, -1).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(n, t, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT from word vectors on; `extra` adds up to 16 input features, from zero."""

    def __init__(self, base: Path, layers: int = LAYERS, extra: int = FEATURES) -> None:
        super().__init__()
        codes, scales = frozen_table(base)
        self.register_buffer(
            "table", torch.from_numpy(codes.astype(np.float32) * scales[:, None]), persistent=False
        )
        self.position = nn.Embedding(512, WIDTH)
        self.extra = nn.Embedding(extra, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self._load(load_file(base / "model.safetensors"), layers, extra)

    @torch.no_grad()
    def _load(self, held: dict[str, Tensor], layers: int, extra: int) -> None:
        kinds = held["embeddings.token_type_embeddings.weight"]
        self.position.weight.copy_(held["embeddings.position_embeddings.weight"])
        self.extra.weight.copy_(kinds if extra == 2 else kinds[:1].expand(extra, -1))
        self.norm.load_state_dict({k: held[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        for i, layer in enumerate(self.layers[:layers]):
            name = f"encoder.layer.{i}."
            for k in ("weight", "bias"):
                parts = [held[f"{name}attention.self.{p}.{k}"] for p in ("query", "key", "value")]
                getattr(layer.qkv, k).copy_(torch.cat(parts))
                getattr(layer.out, k).copy_(held[f"{name}attention.output.dense.{k}"])
                getattr(layer.norm1, k).copy_(held[f"{name}attention.output.LayerNorm.{k}"])
                getattr(layer.up, k).copy_(held[f"{name}intermediate.dense.{k}"])
                getattr(layer.down, k).copy_(held[f"{name}output.dense.{k}"])
                getattr(layer.norm2, k).copy_(held[f"{name}output.LayerNorm.{k}"])

    def forward(self, ids: Tensor, extra: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1])
        x = self.drop(self.norm(self.table[ids] + self.position(places) + self.extra(extra)))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Roles(nn.Module):
    """For each cue, the role of every piece within reach: two convolutions over conditioned rows."""

    def __init__(self) -> None:
        super().__init__()
        self.place = nn.Parameter(torch.randn(2 * REACH + 1, ROLE_WIDTH) * 0.02)
        self.conv1 = nn.Conv1d(ROLE_WIDTH, ROLE_WIDTH, 5, padding=2)
        self.conv2 = nn.Conv1d(ROLE_WIDTH, ROLE_WIDTH, 5, padding=2)
        self.label = nn.Linear(ROLE_WIDTH, 4)
        self.drop = nn.Dropout(0.1)

    def forward(self, tokens: Tensor, anchors: Tensor) -> Tensor:
        x = torch.relu(tokens + anchors[:, None] + self.place)
        y = self.drop(torch.relu(self.conv1(x.transpose(1, 2))))
        y = torch.relu(self.conv2(y)).transpose(1, 2)
        return self.label(x + y)


class TaggerNet(nn.Module):
    """Cue scores and projections of word pieces, from the states of the frozen reader and print features."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Linear(2 * WIDTH, TAG_WIDTH)
        self.extra = nn.Embedding(FEATURES, TAG_WIDTH)
        nn.init.normal_(self.extra.weight, std=0.02)
        self.conv1 = nn.Conv1d(TAG_WIDTH, TAG_WIDTH, 5, padding=2)
        self.conv2 = nn.Conv1d(TAG_WIDTH, TAG_WIDTH, 5, padding=2)
        self.cue = nn.Linear(TAG_WIDTH, 1)
        self.tokens = nn.Linear(TAG_WIDTH, ROLE_WIDTH)
        self.anchors = nn.Linear(TAG_WIDTH, ROLE_WIDTH)
        self.roles = Roles()
        self.drop = nn.Dropout(0.2)

    def read(self, states: Tensor, extra: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score batches of states [N, T, 2 * width] and features [N, T]."""
        x = torch.relu(self.down(self.drop(states)) + self.extra(extra)).transpose(1, 2)
        x = x + torch.relu(self.conv1(self.drop(x)))
        x = (x + torch.relu(self.conv2(self.drop(x)))).transpose(1, 2)
        x = self.drop(x)
        return self.cue(x)[..., 0], self.tokens(x), self.anchors(x)


class PairHead(nn.Module):
    """Supports, silent, refutes of a passage and a statement, from the states of a frozen reader.

    Each word piece of either text is set beside what the other text has for it (soft alignment and
    comparison: Parikh et al. 2016; Chen et al. 2017, ESIM), then the comparisons are pooled.
    `marks` [T] says of a piece: 1 the other text has it too, 2 it is a figure, 3 both.
    """

    def __init__(self, width: int = 2 * WIDTH) -> None:
        super().__init__()
        self.down = nn.Linear(width, PAIR_WIDTH)
        self.mark = nn.Embedding(4, PAIR_WIDTH)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.key = nn.Linear(PAIR_WIDTH, PAIR_WIDTH)
        self.compare = nn.Linear(4 * PAIR_WIDTH, PAIR_WIDTH)
        self.weigh = nn.Linear(PAIR_WIDTH, 1)
        self.pool = nn.Linear(6 * PAIR_WIDTH, PAIR_WIDTH)
        self.label = nn.Linear(PAIR_WIDTH, 3)
        self.drop = nn.Dropout(0.2)

    def side(self, states: Tensor, marks: Tensor) -> Tensor:
        return torch.relu(self.down(states) + self.mark(marks))

    def pooled(self, mine: Tensor, aligned: Tensor, mask: Tensor) -> Tensor:
        met = torch.cat([mine, aligned, (mine - aligned).abs(), mine * aligned], -1)
        x = torch.relu(self.compare(self.drop(met)))
        gaps = (~mask)[..., None]
        share = self.weigh(x).masked_fill(gaps, -1e4).softmax(1)
        mean = (x.masked_fill(gaps, 0)).sum(1) / mask.sum(1, keepdim=True)
        return torch.cat([(x * share).sum(1), mean, x.masked_fill(gaps, 0).amax(1)], -1)

    def forward(
        self, passage: tuple[Tensor, Tensor, Tensor], statement: tuple[Tensor, Tensor, Tensor]
    ) -> Tensor:
        """Score batches of (states [N, T, 2 * width], marks [N, T], mask [N, T]) of either text."""
        a, b = self.side(*passage[:2]), self.side(*statement[:2])
        met = self.key(a) @ self.key(b).transpose(1, 2) / PAIR_WIDTH**0.5
        to_b = met.masked_fill(~statement[2][:, None, :], -1e4).softmax(2)
        to_a = met.masked_fill(~passage[2][:, :, None], -1e4).softmax(1)
        sides = [self.pooled(a, to_b @ b, passage[2]), self.pooled(b, to_a.transpose(1, 2) @ a, statement[2])]
        return self.label(self.drop(torch.relu(self.pool(self.drop(torch.cat(sides, -1))))))


class Cross(nn.Module):
    """Supports, silent, refutes of a premise and a statement read as one text: the base and a small head.

    Word table, positions and the `frozen` lowest layers stay as they are.
    """

    def __init__(self, base: Path, frozen: int = 2) -> None:
        super().__init__()
        self.encoder = Encoder(base, extra=2)
        self.pool = nn.Linear(WIDTH, WIDTH)
        self.label = nn.Linear(WIDTH, 3)
        self.drop = nn.Dropout(0.1)
        held = [self.encoder.position, self.encoder.extra, self.encoder.norm, *self.encoder.layers[:frozen]]
        for parameter in (p for module in held for p in module.parameters()):
            parameter.requires_grad = False

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        first = self.encoder(ids, kinds, mask)[:, 0]
        return self.label(self.drop(torch.tanh(self.pool(first))))
