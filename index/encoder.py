"""Texts to vectors. The only importer of sentence_transformers.

`load_encoder()` loads the model that ships in the folder `index/encoder/`. It is a sentence-
transformers model of one module, `ReadingModule`, and a folder of that kind is read here directly:
importing sentence_transformers takes seconds and hundreds of megabytes, the model itself less than
a second. Both ways give the same vectors; a test holds that. Every other model is run by
sentence_transformers itself.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.errors import EncoderError
from index.reading_model import CONFIG_FILE, Pieces, ReadingModel

__all__ = ["SHIPPED", "Encoder", "Pieces", "load_encoder"]

SHIPPED = Path(__file__).parent / "encoder"

_MODULES_FILE = "modules.json"
_MODEL_SUFFIXES = {".json", ".safetensors", ".bin", ".txt", ".model"}

_Matrix: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Model:
    """What runs: the length of its vectors, and texts to vectors of any length, one row each."""

    dimensions: int
    run: Callable[[Sequence[str]], _Matrix]
    own: ReadingModel | None = None
    """A model of our kind, which also tells what the pieces of a text mean."""


class Encoder(Embeddings):
    """A sentence model behind langchain's interface. Safe to share between threads."""

    def __init__(self, identity: str, model: _Model) -> None:
        self.identity = identity
        self.dimensions = model.dimensions
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of length 1 for each text, in the order of the texts."""
        if not texts:
            return []
        rows: list[list[float]] = _unit_length(self._model.run(texts)).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question, of length 1."""
        return self.embed_documents([text])[0]

    def embed_question(self, text: str) -> tuple[list[float], Pieces | None]:
        """The vector of one question, as `embed_query` gives it, and its pieces, read once.

        There are none where the model is of another kind than the shipped one.
        """
        if self._model.own is None:
            return self.embed_query(text), None
        row, pieces = self._model.own.run_with_pieces(text)
        return _unit_length(row[None])[0].tolist(), pieces

    def pieces(self, text: str) -> Pieces | None:
        """What each piece of the text means where it stands; none as in `embed_question`."""
        return self._model.own.pieces(text) if self._model.own else None


def load_encoder(name: str | None = None) -> Encoder:
    """The shipped encoder, or a folder's model, or one that sentence-transformers knows by name.

    The shipped model and a folder are read from disk only. Their identity holds a digest of the
    model's files, so that an index notices when the model has changed. Raises EncoderError.
    """
    if name is None:
        return Encoder(f"shipped:{_digest(SHIPPED)}", _load_folder(SHIPPED))
    folder = Path(name).expanduser()
    if folder.exists() or name.startswith((".", "~")) or folder.is_absolute():
        return Encoder(f"{folder.resolve().name}:{_digest(folder)}", _load_folder(folder))
    return Encoder(name, _load_with_library(name, offline=False))


def _load_folder(folder: Path) -> _Model:
    if not (folder / CONFIG_FILE).is_file():
        return _load_with_library(folder, offline=True)
    try:
        model = ReadingModel(folder)
    except Exception as problem:  # tokenizers raises bare Exception
        raise _failed(folder, f"{type(problem).__name__}: {problem}") from problem
    return _Model(model.dimensions, model.run, model)


def _digest(folder: Path) -> str:
    """Twelve hex digits over the names and bytes of the model's files, README not counted."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_SUFFIXES)
    if not (folder / _MODULES_FILE).is_file() and not (folder / "config.json").is_file():
        raise _failed(folder, f"文件夹不存在，或其中没有 {_MODULES_FILE}")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _load_with_library(model: Path | str, *, offline: bool) -> _Model:
    """Any model that sentence-transformers can run, on the processor, one call at a time."""
    if offline:  # read by the library when it is imported
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer

        loaded = SentenceTransformer(str(model), device="cpu", local_files_only=offline)
        loaded.float()  # half precision turns the vector of an empty text into NaN
        dimensions = loaded.get_embedding_dimension()
    except Exception as problem:  # the library raises whatever its parts raise
        raise _failed(model, f"{type(problem).__name__}: {problem}") from problem
    if dimensions is None:
        raise _failed(model, "模型没有给出向量的长度")
    lock = threading.Lock()

    def run(texts: Sequence[str]) -> _Matrix:
        with lock:
            vectors = loaded.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32)

    return _Model(dimensions, run)


def _unit_length(vectors: _Matrix) -> _Matrix:
    """Each row divided by its length. A text without any known token gets the first axis."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    empty = lengths[:, 0] < 1e-9
    unit: _Matrix = (vectors / np.where(lengths < 1e-9, 1, lengths)).astype(np.float32)
    unit[empty, 0] = 1
    return unit


def _failed(model: Path | str, reason: str) -> EncoderError:
    if model == SHIPPED:
        cure = (
            "重新安装 budget-qa，或重新训练：python -m index.train_encoder（见该文件夹的 README）"
        )
    else:
        cure = "请改为一个 sentence-transformers 模型的文件夹或名称，或不设置以使用自带的模型"
    return EncoderError(f"无法加载句向量模型 {model}：{reason}。{cure}。")
