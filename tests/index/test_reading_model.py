"""The half of the encoder that reads words in their order: its file, its lessons, its vectors."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.reading_model import ReadingModel
from index.train_encoder import piece_tuning, student_tuning
from index.train_encoder.piece_tuning import add_pieces
from index.train_encoder.questions import Asked
from index.train_encoder.reading import Document
from index.train_encoder.saving import save
from index.train_encoder.student import (
    END,
    LAYERS,
    UNKNOWN,
    ids_of,
    learn,
    prune,
    read,
    start,
)
from index.train_encoder.student_tuning import tune_student
from index.train_encoder.teacher import Teacher, read_teacher, tokenizer_of
from index.train_encoder.units import Matrix

HIDDEN, HEADS, INNER, DEEP, PLACES = 32, 4, 64, 12, 256
CHARACTERS = "谁管食堂早午餐供应修路公养护登记婚姻车辆办费,"
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
PIECES += [(c, -3.0 - k / 10) for k, c in enumerate(dict.fromkeys(CHARACTERS + "▁"))]
TEXTS = ["谁管食堂早午餐", "公路养护", "婚姻登记", "车辆养护费,修车", "办公费"]


# --- the teacher's file ---


def rounded(values: Matrix) -> tuple[bytes, Matrix]:
    """Weights in blocks of 32 that share a scale, four bits each, and what they then are."""
    blocks = values.reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1) / 7).astype(np.float16)
    whole = np.rint(blocks / np.maximum(scale.astype(np.float32), 1e-6)[:, None])
    four = (np.clip(whole, -8, 7) + 8).astype(np.uint8)
    packed = four[:, :16] | (four[:, 16:] << 4)
    data = b"".join(s.tobytes() + p.tobytes() for s, p in zip(scale, packed, strict=True))
    back = (four.astype(np.float32) - 8) * scale.astype(np.float32)[:, None]
    return data, back.reshape(values.shape)


def written(path: Path) -> dict[str, Matrix]:
    """A teacher as its package ships one, with weights drawn at random; the weights."""
    rng = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), HIDDEN),
        "emb.pos": (PLACES, HIDDEN),
        "emb.type": (1, HIDDEN),
        "emb.ln.w": (HIDDEN,),
        "emb.ln.b": (HIDDEN,),
    }
    for layer in range(DEEP):
        sizes = {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN, "ao": HIDDEN, "fi": INNER, "fo": HIDDEN}
        for name, out in sizes.items():
            shapes[f"l{layer}.{name}.w"] = (out, INNER if name == "fo" else HIDDEN)
            shapes[f"l{layer}.{name}.b"] = (out,)
        for name in ("aln", "oln"):
            shapes[f"l{layer}.{name}.w"] = shapes[f"l{layer}.{name}.b"] = (HIDDEN,)
    tensors: list[tuple[str, int, bytes]] = []
    found: dict[str, Matrix] = {}
    for name, shape in shapes.items():
        values = rng.normal(size=shape).astype(np.float32) * 0.2 + ("ln.w" in name)
        if len(shape) > 1 and name not in ("emb.pos", "emb.type"):
            data, values = rounded(values)
        else:
            data = values.tobytes()
        tensors.append((name, values.size, data))
        found[name] = values
    blob = b"".join(piece.encode() for piece, _ in PIECES)
    ends = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", HIDDEN, DEEP, HEADS, INNER, len(PIECES), PLACES, 1)
    head += struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + ends.tobytes()
    head += np.asarray([score for _, score in PIECES], "<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF21, 1, 0x41)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, _, _ in tensors)
    listed, body = struct.pack("<i", len(tensors)), b""
    for name, count, data in tensors:
        listed += struct.pack("<H", len(name)) + name.encode()
        listed += struct.pack("<BIQQ", 0, count, size + len(body), len(data))
        body += data
    path.write_bytes(head + listed + body)
    return found


@pytest.fixture(scope="module")
def teacher_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("teacher") / "model.bin"


@pytest.fixture(scope="module")
def weights(teacher_file: Path) -> dict[str, Matrix]:
    return written(teacher_file)


@pytest.fixture(scope="module")
def teacher(teacher_file: Path, weights: dict[str, Matrix]) -> Teacher:
    assert weights
    return read_teacher(teacher_file)


def test_a_teacher_is_read_as_it_was_written(teacher: Teacher, weights: dict[str, Matrix]) -> None:
    assert [piece for piece, _ in teacher.pieces] == [piece for piece, _ in PIECES]
    assert teacher.config.num_hidden_layers == DEEP
    found = teacher.weights
    assert np.allclose(found["embeddings.word_embeddings.weight"], weights["emb.word"])
    assert np.allclose(found["encoder.layer.7.output.dense.weight"], weights["l7.fo.w"], atol=1e-6)
    assert np.allclose(found["encoder.layer.3.attention.self.key.bias"], weights["l3.k.b"])


def test_another_file_is_no_teacher(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"other\.bin"):
        read_teacher(other)


# --- the student ---


def test_a_student_starts_from_layers_and_pieces_of_its_teacher(teacher: Teacher) -> None:
    tokenizer, kept = prune(teacher, ["谁管食堂"])
    assert {PIECES[k][0] for k in kept} == {"<s>", "<pad>", "</s>", "<unk>", "▁", *"谁管食堂"}
    student = start(teacher, kept)
    assert student.config.num_hidden_layers == len(LAYERS)
    (ids,) = ids_of(tokenizer, ["谁管车"])
    assert ids[-1] == END
    assert UNKNOWN in ids
    own = student.state_dict()["encoder.layer.1.intermediate.dense.weight"]
    theirs = teacher.weights[f"encoder.layer.{LAYERS[1]}.intermediate.dense.weight"]
    assert torch.equal(own, theirs)


def test_a_student_comes_nearer_to_what_it_is_taught(teacher: Teacher) -> None:
    torch.manual_seed(0)
    texts = [f"{a}{b}{c}" for a in TEXTS for b in TEXTS for c in ("", "费", "修", "办", "车", "管")]
    tokenizer, kept = prune(teacher, texts)
    student = start(teacher, kept)
    wanted = np.random.default_rng(1).normal(size=(len(texts), HIDDEN)).astype(np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)

    def nearness() -> float:
        with torch.inference_mode():
            said = read(student, ids_of(tokenizer, texts)).numpy()
        said /= np.linalg.norm(said, axis=1, keepdims=True)
        return float((said * wanted).sum(axis=1).mean())

    before = nearness()
    learn(student, tokenizer, texts, wanted, seed=0)
    assert nearness() > before


def test_questions_find_their_passages_when_tuned(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(student_tuning, "EPOCHS", 120)
    monkeypatch.setattr(student_tuning, "LEARNING_RATE", 3e-3)
    torch.manual_seed(0)
    topics = {"谁管食堂": "食堂早午餐供应", "修路谁管": "公路养护", "登记谁办": "婚姻登记"}
    asked = [
        Asked("document", question + "," * (number % 3), "主要职责", None, passage)
        for number in range(30)
        for question, passage in topics.items()
    ]
    tokenizer, kept = prune(teacher, [*topics, *topics.values(), "主要职责:,"])
    student = start(teacher, kept)

    tune_student(student, tokenizer, asked, seed=0)
    with torch.inference_mode():
        asking = read(student, ids_of(tokenizer, list(topics))).numpy()
        told = [f"主要职责:{passage}" for passage in topics.values()]
        found = read(student, ids_of(tokenizer, told)).numpy()
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    assert (asking @ found.T).argmax(axis=1).tolist() == [0, 1, 2]


# --- the vectors ---


def tiny() -> tuple[tuple[Tokenizer, Matrix], tuple[Tokenizer, BertModel]]:
    """Both halves, with weights drawn at random."""
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=HEADS,
        intermediate_size=INNER,
        max_position_embeddings=24,
        hidden_act="gelu_pytorch_tanh",
    )
    model = BertModel(config, add_pooling_layer=False)
    model.train(mode=False)
    tokenizer = tokenizer_of(PIECES, UNKNOWN, lower=True)
    table = np.random.default_rng(4).normal(size=(len(PIECES), 16)).astype(np.float32)
    return (tokenizer, table), (tokenizer, model)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model")
    words, student = tiny()
    save(words, student, 0.4, path)
    return path


@pytest.fixture(scope="module")
def model(folder: Path) -> ReadingModel:
    return ReadingModel(folder)


def test_a_saved_student_reads_as_the_trained_one(model: ReadingModel) -> None:
    _, (tokenizer, trained) = tiny()
    with torch.inference_mode():
        for text in TEXTS:
            (ids,) = ids_of(tokenizer, [text])
            said = trained(torch.from_numpy(ids)[None]).last_hidden_state[0].mean(dim=0).numpy()
            own = model.run([text])[0][16:]
            assert own @ said / np.linalg.norm(own) / np.linalg.norm(said) > 0.999


def test_each_half_counts_its_share(model: ReadingModel) -> None:
    vectors = model.run(TEXTS)
    assert np.allclose(np.square(vectors[:, :16]).sum(axis=1), 0.4, atol=1e-5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_order_of_words_counts(model: ReadingModel) -> None:
    one, other = model.run(["食堂管路", "路管食堂"])
    assert np.allclose(one[:16], other[:16], atol=1e-5)
    assert not np.allclose(one[16:], other[16:], atol=1e-2)


def test_a_text_longer_than_can_be_read_is_read_as_far_as_it_goes(model: ReadingModel) -> None:
    long, longer = model.run(["食堂" * 20, "食堂" * 300])
    assert np.allclose(long[16:], longer[16:], atol=1e-6)


def test_a_text_of_nothing_known_is_zero_in_its_half(model: ReadingModel) -> None:
    assert not model.run([""]).any()


# --- the pieces ---

ASKED = {
    "食堂早午餐供应": ("谁管早餐", "食堂供应"),
    "公路养护": ("修公路", "养路"),
    "婚姻登记": ("谁登记婚姻", "婚姻"),
    "车辆办公费": ("办公费", "车辆费"),
}


@pytest.fixture(scope="module")
def matching(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingModel:
    """The model after it learned to match the pieces of questions and passages."""
    path = tmp_path_factory.mktemp("matching") / "model"
    shutil.copytree(folder, path)
    documents = [Document(area, tuple(ASKED), (), ()) for area in "甲乙"]
    asked = [
        Asked(one.name, question, "情况说明", None, text)
        for one in documents
        for text, questions in ASKED.items()
        for question in questions
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piece_tuning, "SHORTEST", 2)
        patch.setattr(piece_tuning, "EPOCHS", 20)
        add_pieces(path, documents, asked, seed=1)
    return ReadingModel(path)


def test_what_learned_no_pieces_tells_none(model: ReadingModel) -> None:
    assert model.pieces("公路养护") is None
    assert model.run_with_pieces("公路养护")[1] is None


def test_learning_pieces_leaves_the_vectors_as_they_are(
    model: ReadingModel, matching: ReadingModel
) -> None:
    assert np.array_equal(model.run(TEXTS), matching.run(TEXTS))


def test_a_question_is_read_once_for_its_vector_and_its_pieces(matching: ReadingModel) -> None:
    for text in (*TEXTS, "", "食堂" * 300):
        row, pieces = matching.run_with_pieces(text)
        alone = matching.pieces(text)
        assert pieces is not None
        assert alone is not None
        assert np.array_equal(row, matching.run([text])[0])
        assert np.array_equal(pieces.vectors, alone.vectors)
        assert len(pieces.vectors) == len(pieces.counts) == len(matching.states(text)[0])
        assert np.allclose(np.linalg.norm(pieces.vectors, axis=1), 1, atol=1e-5)
        assert (pieces.counts > 0).all()


def test_each_question_meets_its_passage_best(matching: ReadingModel) -> None:
    told = [matching.pieces(f"情况说明:{text}") for text in ASKED]
    for number, questions in enumerate(ASKED.values()):
        for question in questions:
            asked = matching.pieces(question)
            assert asked is not None
            met = [
                float(asked.counts @ (asked.vectors @ one.vectors.T).max(axis=1))
                for one in told
                if one is not None
            ]
            assert int(np.argmax(met)) == number


def test_matrices_are_multiplied_on_one_core(model: ReadingModel) -> None:
    model.run(TEXTS)
    used = [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
    assert used
    assert set(used) == {1}
