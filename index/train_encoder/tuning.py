"""Pairs to better vectors: each text finds its partner among the batch."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import torch
from scipy import sparse
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from index.train_encoder.reading import Pair
from index.train_encoder.units import UNKNOWN, Ids, Matrix, token_ids

log = logging.getLogger(__name__)

EPOCHS = 4
BATCH = 512
SCALE = 10.0
LEARNING_RATE = 3e-3
FALL_APART = 0.25  # share of words that are read as characters while training


class Composed(nn.Module):
    """Rows = rarity x (own vector + mean of the vectors of the units inside)."""

    def __init__(self, start: Matrix, parts: sparse.csr_matrix, rarity: Matrix) -> None:
        super().__init__()
        coo = parts.tocoo()
        where = torch.from_numpy(np.stack([coo.row, coo.col]).astype(np.int64))
        self.parts = torch.sparse_coo_tensor(
            where, torch.from_numpy(coo.data), parts.shape, check_invariants=True
        )
        self.parts = self.parts.coalesce()
        self.own = nn.Parameter(torch.from_numpy(start))
        self.log_weight = nn.Parameter(torch.log(torch.from_numpy(rarity)))

    def rows(self) -> torch.Tensor:
        """The table that is shipped: one row a piece."""
        composed = self.own + torch.sparse.mm(self.parts, self.own)
        table: torch.Tensor = composed * torch.exp(self.log_weight)[:, None]
        return table


def fallen_apart(ids: Ids, spelled: Sequence[Ids], rng: np.random.Generator) -> Ids:
    """``ids`` with a share of the words replaced by their characters."""
    chosen = rng.random(len(ids)) < FALL_APART
    if not chosen.any():
        return ids
    pieces = [spelled[i] if apart else [i] for i, apart in zip(ids, chosen, strict=True)]
    return np.concatenate(pieces)


def embed_bags(table: torch.Tensor, bags: Sequence[Ids]) -> torch.Tensor:
    """The unit-length mean of the rows of each bag."""
    offsets = torch.from_numpy(np.cumsum([0, *(len(bag) for bag in bags[:-1])]))
    flat = torch.from_numpy(np.concatenate(bags))
    return functional.normalize(functional.embedding_bag(flat, table, offsets, mode="mean"))


def spelled_out(tokenizer: Tokenizer) -> list[Ids]:
    """Each piece as the ids of its characters."""
    vocabulary = tokenizer.get_vocab()
    spelled: list[Ids] = [np.zeros(0, dtype=np.int64)] * len(vocabulary)
    for word, number in vocabulary.items():
        letters = [number] if word == UNKNOWN else [vocabulary.get(c, 0) for c in word]
        spelled[number] = np.asarray(letters, dtype=np.int64)
    return spelled


def usable_pairs(
    tokenizer: Tokenizer, pairs: Sequence[Pair]
) -> tuple[list[Ids], list[Ids], list[int]]:
    """Both sides of the pairs as ids, and the numbers of those that have pieces on both."""
    lefts = token_ids(tokenizer, [pair.left for pair in pairs])
    rights = token_ids(tokenizer, [pair.right for pair in pairs])
    return lefts, rights, [k for k in range(len(pairs)) if len(lefts[k]) and len(rights[k])]


def tune(
    model: Composed, tokenizer: Tokenizer, pairs: Sequence[Pair], epochs: int, seed: int
) -> None:
    """Multiple-negatives ranking in both directions, in place. Equal texts are no negatives."""
    rng = np.random.default_rng(seed)
    lefts, rights, usable = usable_pairs(tokenizer, pairs)
    spelled = spelled_out(tokenizer)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    steps = epochs * (len(usable) // BATCH)
    scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, total_iters=steps)
    for epoch in range(epochs):
        order = rng.permutation(usable)
        losses = []
        for at in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[at : at + BATCH]
            table = model.rows()
            a = embed_bags(table, [fallen_apart(lefts[k], spelled, rng) for k in chosen])
            b = embed_bags(table, [fallen_apart(rights[k], spelled, rng) for k in chosen])
            scores = SCALE * a @ b.T
            same = torch.tensor(
                [
                    [
                        i != j
                        and (pairs[i].left == pairs[j].left or pairs[i].right == pairs[j].right)
                        for j in chosen
                    ]
                    for i in chosen
                ]
            )
            scores = scores.masked_fill(same, -1e4)
            target = torch.arange(len(chosen))
            loss = functional.cross_entropy(scores, target) + functional.cross_entropy(
                scores.T, target
            )
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            scheduler.step()
            losses.append(loss.item() / 2)
        log.info("epoch %d: loss %.3f", epoch + 1, np.mean(losses))
