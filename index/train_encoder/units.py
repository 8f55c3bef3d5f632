"""The units of the encoder: its tokenizer, and what each unit's vector and weight start from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import jieba
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.train_encoder.reading import HAN, Document

DIMENSIONS = 256
LARGEST_VOCABULARY = 16_000
LONGEST_WORD = 8
WINDOW = 8
SIF = 1e-3
OF_QUESTIONS = 2
ELSEWHERE = 0.7  # what a word's share of everyday language counts beside its share of budgets
UNKNOWN = "[UNK]"
# Rare in budgets, so that rarity alone would make them the weightiest words of a question. Only
# what bears no meaning as part of another word: 会 asks in 会不会, but is 会议 in 开会.
ASKING = (
    "谁",
    "什么",
    "怎么",
    "怎样",
    "怎么样",
    "如何",
    "为什么",
    "为何",
    "哪",
    "哪个",
    "哪些",
    "哪里",
    "多少",
    "几",
    "吗",
    "呢",
    "吧",
    "啊",
    "么",
    "是否",
    "能否",
    "可以",
    "请问",
    "告诉",
    "知道",
    "我",
    "我们",
    "你",
    "你们",
    "您",
    "他",
    "她",
    "它",
    "他们",
    "这",
    "那",
    "这个",
    "那个",
    "的",
    "了",
    "是",
    "没有",
    "在",
    "和",
    "与",
    "及",
    "就",
    "都",
    "也",
    "还",
    "很",
    "被",
    "事情",
    "东西",
)
ASKING_WEIGHT = 0.15

Ids: TypeAlias = NDArray[np.int64]
Matrix: TypeAlias = NDArray[np.float32]


def text_of(document: Document) -> Iterator[str]:
    """All paragraphs and cells of ``document``, lower-cased."""
    for text in (*document.paragraphs, *document.cells):
        yield text.lower()


def make_tokenizer(
    documents: Sequence[Document],
    questions: Sequence[str],
    others: Callable[[frozenset[str]], list[tuple[str, float]]] = lambda _known: [],
) -> Tokenizer:
    """A Unigram tokenizer: the characters, digits and letters, then the most frequent words.

    A word of the questions counts `OF_QUESTIONS` times: everyday words are rare in budgets.
    `others` gives words that are added to those known, each with its share of all words.
    """
    characters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    budgets = (text for document in documents for text in text_of(document))
    for text, times in (*((t, 1) for t in budgets), *((q, OF_QUESTIONS) for q in questions)):
        characters.update(c for c in text if HAN.match(c) or (c.isascii() and c.isalnum()))
        for word in jieba.cut(text):
            whole = all(map(HAN.match, word)) or re.fullmatch(r"[a-z]+|\d{4,5}", word)
            if 2 <= len(word) <= LONGEST_WORD and whole:
                words[word] += times
    total = sum(words.values())
    single = [c for c, _ in sorted(characters.items(), key=lambda item: (-item[1], item[0]))]
    several = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    several = [(w, n) for w, n in several if n >= 4][: LARGEST_VOCABULARY - len(single) - 1]
    lowest = float(np.log(1 / total))
    pieces = [(UNKNOWN, 2 * lowest)]
    pieces += [(c, lowest) for c in single]  # a word of the list wins over its characters
    pieces += [(word, float(np.log(count / total))) for word, count in several]
    more = others(frozenset(piece for piece, _ in pieces))
    pieces += [(w, lowest if len(w) == 1 else float(np.log(share))) for w, share in more]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{Han}a-z0-9]+"), "removed"),
            pre_tokenizers.Split(Regex(r"[0-9]+|[a-z]+"), "isolated"),
        ]
    )
    return tokenizer


def parts_matrix(tokenizer: Tokenizer) -> sparse.csr_matrix:
    """Row = word, column = a unit inside that word; a row sums to 1, a character's is empty."""
    size = tokenizer.get_vocab_size()
    ids = tokenizer.get_vocab()
    rows, columns, values = [], [], []
    for word, row in ids.items():
        if word == UNKNOWN or len(word) < 2:
            continue
        inside = [
            ids[word[a:b]]
            for a in range(len(word))
            for b in range(a + 1, len(word) + 1)
            if b - a < len(word) and word[a:b] in ids
        ]
        for column in inside:
            rows.append(row)
            columns.append(column)
            values.append(1 / len(inside))
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size), dtype=np.float32)


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """The ids of each text's pieces."""
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.asarray(one.ids, dtype=np.int64) for one in encoded]


def neighbour_counts(sequences: Iterable[Ids], size: int) -> sparse.csr_matrix:
    """How often two pieces stand within ``WINDOW`` of each other, nearer ones counting more."""
    left: list[Ids] = []
    right: list[Ids] = []
    weight: list[Ids] = []
    for ids in sequences:
        for step in range(1, min(WINDOW, len(ids) - 1) + 1):
            left.append(ids[:-step])
            right.append(ids[step:])
            weight.append(np.full(len(ids) - step, 1 - (step - 1) / (2 * WINDOW), dtype=np.float32))
    coordinates = (np.concatenate(left), np.concatenate(right))
    counts = sparse.coo_matrix((np.concatenate(weight), coordinates), shape=(size, size)).tocsr()
    return (counts + counts.T).tocsr()


def starting_vectors(sequences: Sequence[Ids], parts: sparse.csr_matrix, seed: int) -> Matrix:
    """Unit-length rows from PPMI and SVD; a unit inherits the neighbours of words that hold it."""
    size = parts.shape[0]
    counts = neighbour_counts(sequences, size)
    counts = (counts + parts.T @ counts).tocoo()
    row_sum = np.asarray(counts.sum(axis=1)).ravel()
    column_sum = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    value = np.log(
        counts.data * column_sum.sum() / (row_sum[counts.row] * column_sum[counts.col] + 1e-9)
    )
    keep = value > 0
    ppmi = sparse.csr_matrix(
        (value[keep], (counts.row[keep], counts.col[keep])), shape=(size, size), dtype=np.float32
    )
    u, s, _ = randomized_svd(ppmi, DIMENSIONS, n_iter=3, random_state=seed)
    vectors = u * np.sqrt(s)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    start: Matrix = (vectors / np.maximum(lengths, 1e-6)).astype(np.float32)
    return start


def counts_of(sequences: Iterable[Ids], size: int) -> Matrix:
    """How often each piece stands in the texts."""
    counts = np.zeros(size, dtype=np.float32)
    for ids in sequences:
        np.add.at(counts, ids, 1)
    return counts


def rarity_weights(counts: Matrix, vocabulary: dict[str, int]) -> Matrix:
    """SIF: near 1 for a rare piece, near 0 for one that stands everywhere or only asks.

    A word that is rare in budgets and common elsewhere says as little.
    """
    jieba.initialize()
    elsewhere = np.zeros(len(vocabulary))
    for word, number in vocabulary.items():
        elsewhere[number] = jieba.dt.FREQ.get(word, 0)
    elsewhere /= jieba.dt.total
    weights = SIF / (SIF + np.maximum(counts / counts.sum(), ELSEWHERE * elsewhere))
    for word in ASKING:
        if word in vocabulary:
            weights[vocabulary[word]] *= ASKING_WEIGHT
    rarity: Matrix = weights.astype(np.float32)
    return rarity
