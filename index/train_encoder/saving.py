"""Both halves to the folder that ships."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers import BertModel

from index.reading_model import (
    CONFIG_FILE,
    PIECES_FILE,
    TABLE,
    WORDS_FILE,
    Matrix,
    Shape,
    save_weights,
)
from index.reading_module import ReadingModule
from index.train_encoder.student import BEGIN, END

LIBRARY_FILES = ("modules.json", "config_sentence_transformers.json")
_PARTS = {
    "attended": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "last_norm": "output.LayerNorm",
}
_ASKING = tuple(f"attention.self.{name}" for name in ("query", "key", "value"))


def save(
    words: tuple[Tokenizer, Matrix],
    student: tuple[Tokenizer, BertModel],
    word_weight: float,
    folder: Path,
) -> None:
    """Writes the files of a sentence-transformers model of one module, `ReadingModule`."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer, model = student
    config = model.config
    shape = Shape(
        heads=config.num_attention_heads,
        longest=config.max_position_embeddings,
        begin=BEGIN,
        end=END,
        epsilon=config.layer_norm_eps,
        word_weight=round(word_weight, 4),
    )
    (folder / CONFIG_FILE).write_text(json.dumps(asdict(shape), indent=2) + "\n", "utf-8")
    words[0].save(str(folder / WORDS_FILE), pretty=False)
    tokenizer.save(str(folder / PIECES_FILE), pretty=False)
    save_weights({TABLE: words[1], **weights_of(model)}, folder)
    with tempfile.TemporaryDirectory() as scratch:
        module = ReadingModule.load(str(folder), local_files_only=True)
        SentenceTransformer(modules=[module], device="cpu").save(scratch, create_model_card=False)
        for name in LIBRARY_FILES:
            shutil.copyfile(Path(scratch) / name, folder / name)


def weights_of(model: BertModel) -> dict[str, Matrix]:
    """The weights of a student by the names that `ReadingModel` reads."""
    stored = {name: values.detach().float().numpy() for name, values in model.state_dict().items()}
    kind = stored["embeddings.token_type_embeddings.weight"][0]
    found: dict[str, Matrix] = {
        "pieces.table": stored["embeddings.word_embeddings.weight"],
        "places": stored["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    for number in range(model.config.num_hidden_layers):
        for short, long in _PARTS.items():
            for sort in ("weight", "bias"):
                found[f"layer.{number}.{short}.{sort}"] = stored[
                    f"encoder.layer.{number}.{long}.{sort}"
                ]
        for sort in ("weight", "bias"):
            parts = [stored[f"encoder.layer.{number}.{name}.{sort}"] for name in _ASKING]
            found[f"layer.{number}.asking.{sort}"] = np.concatenate(parts)
    return found
