"""`ReadingModel` as a module of sentence-transformers, so that the library loads the folder too."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from index.reading_model import FILES, ReadingModel

_READ = "read"


class ReadingModule(InputModule):
    """Texts to vectors of length 1 by `ReadingModel`, on the processor and without gradients."""

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._model = ReadingModel(folder)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """The texts, read."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        return {_READ: torch.from_numpy(self._model.run(texts))}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """What was read, where the library looks for it."""
        return features | {"sentence_embedding": features[_READ]}

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        dimensions: int = self._model.dimensions
        return dimensions

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copies the model's files."""
        for name in FILES:
            shutil.copyfile(self._folder / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> Self:
        """The module of a folder."""
        return cls(Path(model_name_or_path))
