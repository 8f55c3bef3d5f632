"""What the encoder is trained on leaves out what it is measured on."""

from __future__ import annotations

import gzip
from pathlib import Path

from index.train_encoder.reading import departments_of, read_documents

SAMPLES = Path(__file__).parents[2] / "index" / "samples"


def test_texts_that_name_a_department_of_the_samples_are_not_read(tmp_path: Path) -> None:
    (department,) = departments_of(SAMPLES)
    text = next(SAMPLES.glob("*.txt")).read_text("utf-8")
    for name, body in (
        ("measured", text),
        ("spaced", text.replace(department, " ".join(department))),
        ("other", text.replace(department, "甲市乙局")),
    ):
        (tmp_path / f"{name}.txt.gz").write_bytes(gzip.compress(body.encode()))
    assert [one.name for one in read_documents(tmp_path, [department])] == ["other"]
    assert len(read_documents(tmp_path, [])) == 3
