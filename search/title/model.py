"""The title model: an encoder-decoder that reads a query and writes the identifier of a title.

Reads two views of a query: token states of the multilingual encoder (meaning, in any language) and character n-grams
of its words (form, however misspelt). The decoder attends along a tree: nodes are tokens, each sees its ancestors
only, so one pass scores every candidate, and a prefix that candidates share is computed once."""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from search.title.reading import BUCKETS

_UNSEEN = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model; they stand in its file."""

    pieces: int = 30_522
    base: int = 384  # of the multilingual encoder's states
    width: int = 256
    bottleneck: int = 128
    gram: int = 64
    heads: int = 4
    encoder_layers: int = 1
    decoder_layers: int = 2
    depth: int = 64  # tokens of an identifier that are read
    words: int = 64

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class _Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.heads
        self.q = nn.Linear(shape.width, shape.width)
        self.kv = nn.Linear(shape.width, 2 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """x (B, N, width), memory (B, M, width), mask (B, N or 1, M) true where seen."""
        q, (k, v) = self._split(self.q(x)), map(self._split, self.kv(memory).chunk(2, -1))
        # Written out: torch's own attention takes twice as long on a processor where there is a mask.
        scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
        weights = scores.masked_fill(~mask[:, None], _UNSEEN).softmax(-1)
        return self.out((weights.to(v.dtype) @ v).transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class _Layer(nn.Module):
    def __init__(self, shape: Shape, crossing: bool):
        super().__init__()
        width = shape.width
        self.norm_self, self.self_attention = nn.LayerNorm(width), _Attention(shape)
        self.crossing = crossing
        if crossing:
            self.norm_cross, self.cross_attention = nn.LayerNorm(width), _Attention(shape)
        self.norm_feed = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None, seen: Tensor | None = None) -> Tensor:
        normed = self.norm_self(x)
        x = x + self.self_attention(normed, normed, mask)
        if self.crossing and memory is not None and seen is not None:
            x = x + self.cross_attention(self.norm_cross(x), memory, seen)
        return x + self.feed(self.norm_feed(x))


class TitleModel(nn.Module):
    """See the module. All inputs are batches of B."""

    def __init__(self, shape: Shape | None = None):
        super().__init__()
        self.shape = shape = shape or Shape()
        width = shape.width
        self.pieces = nn.Embedding(shape.pieces, shape.bottleneck)
        self.up, self.down = nn.Linear(shape.bottleneck, width), nn.Linear(width, shape.bottleneck)
        self.bias = nn.Parameter(torch.zeros(shape.pieces))
        self.depths = nn.Embedding(shape.depth + 1, width)
        self.grams = nn.EmbeddingBag(BUCKETS + 1, shape.gram, mode="mean", padding_idx=0)
        self.gram_up, self.word_places = nn.Linear(shape.gram, width), nn.Embedding(shape.words, width)
        self.base_norm, self.base_up = nn.LayerNorm(shape.base), nn.Linear(shape.base, width)
        self.views = nn.Embedding(2, width)
        self.encoder = nn.ModuleList(_Layer(shape, False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(_Layer(shape, True) for _ in range(shape.decoder_layers))
        self.memory_norm, self.final_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.nothing = nn.Parameter(torch.zeros(width))
        self.start = nn.Parameter(torch.zeros(shape.bottleneck))
        self.judge = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        for table in (self.pieces, self.depths, self.grams, self.word_places, self.views):
            nn.init.normal_(table.weight, std=0.05)
        nn.init.normal_(self.start, std=0.05)
        nn.init.normal_(self.nothing, std=0.05)

    def read(self, base: Tensor, base_seen: Tensor, grams: Tensor, words_seen: Tensor) -> tuple[Tensor, Tensor]:
        """base (B, T, 384) states with base_seen (B, T), grams (B, W, G) buckets with words_seen (B, W).
        Returns memory (B, M, width) and which of it is seen (B, M); its first place always is: what the decoder
        attends to where a query says nothing."""
        batch, count, most = grams.shape
        words = self.gram_up(self.grams(grams.view(batch * count, most)).view(batch, count, -1))
        words = words + self.word_places.weight[:count] + self.views.weight[0]
        states = self.base_up(self.base_norm(base)) + self.views.weight[1]
        memory = torch.cat([self.nothing.expand(batch, 1, -1), words, states], 1)
        seen = torch.cat([torch.ones_like(base_seen[:, :1]), words_seen, base_seen], 1)
        for layer in self.encoder:
            memory = layer(memory, seen[:, None])
        return self.memory_norm(memory), seen

    def nothing_read(self, batch: int = 1) -> tuple[Tensor, Tensor]:
        """The memory of the empty query, for the prior of an identifier."""
        memory = self.nothing.expand(batch, 1, -1)
        seen = torch.ones(batch, 1, dtype=torch.bool)
        for layer in self.encoder:
            memory = layer(memory, seen[:, None])
        return self.memory_norm(memory), seen

    def write(self, tokens: Tensor, depths: Tensor, mask: Tensor, memory: Tensor, seen: Tensor) -> Tensor:
        """States (B, N, width) of tree nodes: tokens (B, N), -1 for the root; depths (B, N); mask (B, N, N) true where
        a node sees another: its ancestors and itself."""
        known = self.pieces(tokens.clamp(min=0))
        x = self.up(torch.where(tokens[..., None] < 0, self.start, known)) + self.depths(depths)
        kind = next(self.decoder.parameters()).dtype
        x, memory = x.to(kind), memory.to(kind)
        for layer in self.decoder:
            x = layer(x, mask, memory, seen[:, None])
        return self.final_norm(x.float())

    def logits(self, states: Tensor, tokens: Tensor | None = None) -> Tensor:
        """Scores of what may follow each state: of all tokens, or of the given ones (K,)."""
        low = self.down(states)
        if tokens is None:
            return functional.linear(low, self.pieces.weight, self.bias)
        return functional.linear(low, self.pieces.weight[tokens], self.bias[tokens])
