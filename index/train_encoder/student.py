"""A small model that learns to read as the teacher does: four of its layers, the pieces we need."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import jieba
import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertConfig, BertModel

from index.train_encoder.reading import HAN
from index.train_encoder.teacher import Piece, Teacher, model_of, tokenizer_of
from index.train_encoder.units import Ids, Matrix

log = logging.getLogger(__name__)

LAYERS = (1, 4, 7, 10)
"""Those of the teacher that the student starts from, counted from 0."""
PIECES = 16_000
LONGEST = 192
"""Pieces of a text that are read, the first and the last mark among them."""
LEARNED_FROM = 64
"""While learning, texts are cut to so many pieces."""
ASKED = "query: "
"""What the teacher wants before a text that is compared with its like."""
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
AT_ONCE = 64
BUCKET = 50
"""So many batches are drawn at once and sorted by length, so that little is padded."""
EPOCHS = 3
LEARNING_RATE = 4e-4
WORDS = 30_000
"""So many of the most frequent words of the language are taught beside the texts."""


def everyday_words(count: int = WORDS) -> list[str]:
    """The most frequent Chinese words of two characters and more, by jieba's dictionary."""
    jieba.initialize()
    times = jieba.dt.FREQ
    words = [w for w, n in times.items() if n and 2 <= len(w) <= 4 and all(map(HAN.match, w))]
    return sorted(words, key=lambda word: (-times[word], word))[:count]


def prune(teacher: Teacher, texts: Iterable[str]) -> tuple[Tokenizer, Ids]:
    """The pieces that the texts need most, and the teacher's numbers of them."""
    tokenizer = tokenizer_of(list(teacher.pieces), UNKNOWN, lower=True)
    times: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts)):
        times.update(encoding.ids)
    marks = [BEGIN, PAD, END, UNKNOWN]
    often = sorted((n for n in times if n not in marks), key=lambda n: (-times[n], n))
    kept = [*marks, *sorted(often[: PIECES - len(marks)])]
    pieces: list[Piece] = [teacher.pieces[n] for n in kept]
    return tokenizer_of(pieces, UNKNOWN, lower=True), np.asarray(kept, dtype=np.int64)


def start(teacher: Teacher, kept: Ids) -> BertModel:
    """The student before it has learned anything: some of the teacher's layers and pieces."""
    config = BertConfig.from_dict(
        teacher.config.to_dict()
        | {
            "vocab_size": len(kept),
            "num_hidden_layers": len(LAYERS),
            "max_position_embeddings": LONGEST,
            "hidden_act": "gelu_pytorch_tanh",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
        }
    )
    config._attn_implementation = "eager"
    model = BertModel(config, add_pooling_layer=False)
    weights: dict[str, torch.Tensor] = {}
    for name, values in teacher.weights.items():
        if name.startswith("embeddings.word"):
            weights[name] = values[torch.from_numpy(kept)]
        elif name.startswith("embeddings.position"):
            weights[name] = values[:LONGEST]
        elif name.startswith("encoder."):
            number, _, rest = name.removeprefix("encoder.layer.").partition(".")
            if int(number) in LAYERS:
                weights[f"encoder.layer.{LAYERS.index(int(number))}.{rest}"] = values
        else:
            weights[name] = values
    model.load_state_dict(weights)
    return model


def ids_of(tokenizer: Tokenizer, texts: Sequence[str], most: int = LONGEST) -> list[Ids]:
    """Each text as the numbers of its pieces, between the marks of beginning and end."""
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.asarray([BEGIN, *one.ids[: most - 2], END]) for one in encodings]


def read(model: BertModel, rows: Sequence[Ids]) -> torch.Tensor:
    """The mean of what the model says of each piece, one row a text."""
    longest = max(map(len, rows))
    ids = np.full((len(rows), longest), PAD)
    mask = np.zeros((len(rows), longest), dtype=np.float32)
    for row, (into, one) in zip(rows, zip(ids, mask, strict=True), strict=True):
        into[: len(row)] = row
        one[: len(row)] = 1
    seen = torch.from_numpy(mask)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        said = model(torch.from_numpy(ids), attention_mask=seen).last_hidden_state
    kept = said.float() * seen[:, :, None]
    mean: torch.Tensor = kept.sum(1) / seen.sum(1, keepdim=True)
    return mean


def taught(teacher: Teacher, texts: Sequence[str]) -> Matrix:
    """The teacher's vectors of the texts, less what all have in common, of length 1."""
    model = model_of(teacher)
    tokenizer = tokenizer_of(list(teacher.pieces), UNKNOWN, lower=False)
    rows = ids_of(tokenizer, [ASKED + text for text in texts], LEARNED_FROM + 3)
    order = np.argsort([len(row) for row in rows], kind="stable")
    found = np.zeros((len(texts), teacher.config.hidden_size), dtype=np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), 2 * AT_ONCE):
            some = order[at : at + 2 * AT_ONCE]
            vectors = read(model, [rows[k] for k in some])
            found[some] = functional.normalize(vectors).numpy()
    found -= found.mean(axis=0)
    unit: Matrix = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def learn(
    model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], vectors: Matrix, seed: int
) -> None:
    """The student's vector of each text comes to the teacher's, in place."""
    rng = np.random.default_rng(seed)
    rows = ids_of(tokenizer, texts, LEARNED_FROM)
    lengths = np.asarray([len(row) for row in rows])
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    steps = EPOCHS * (len(rows) // AT_ONCE)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=steps + EPOCHS, pct_start=0.06
    )
    model.train()
    losses: list[float] = []
    for epoch in range(EPOCHS):
        for some in batches(lengths, rng):
            said = functional.normalize(read(model, [rows[k] for k in some]))
            target = torch.from_numpy(vectors[some])
            alike = functional.mse_loss(said @ said.T, target @ target.T)
            loss = (1 - (said * target).sum(1)).mean() + 5 * alike
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            rate.step()
            losses.append(loss.item())
            if len(losses) % 500 == 0:
                log.info(
                    "student, epoch %d, step %d: %.4f", epoch, len(losses), np.mean(losses[-500:])
                )
    model.train(mode=False)


def batches(lengths: Ids, rng: np.random.Generator) -> Iterator[Ids]:
    """All whole batches of texts in random order, texts of a batch about equally long."""
    order = rng.permutation(len(lengths))
    found: list[Ids] = []
    for at in range(0, len(order), AT_ONCE * BUCKET):
        some = order[at : at + AT_ONCE * BUCKET]
        some = some[np.argsort(lengths[some], kind="stable")]
        found += [some[k : k + AT_ONCE] for k in range(0, len(some) - AT_ONCE + 1, AT_ONCE)]
    for k in rng.permutation(len(found)):
        yield found[k]
