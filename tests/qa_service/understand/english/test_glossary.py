"""`prompts/english.yaml`: what the file must hold, and how its words are found."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

from qa_service.understand.english.glossary import FILE, load_english
from qa_service.understand.english.stems import stem

_HAN = re.compile(r"[\u3400-\u9fff]")


def test_every_line_says_chinese_words_once_in_its_list() -> None:
    text = resources.files("prompts").joinpath(FILE).read_text("utf-8")
    for block in re.split(r"^(?=\w+:)", text, flags=re.MULTILINE):
        keys = re.findall(r"^  ([^#:\s]+): \[", block, flags=re.MULTILINE)
        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert all(_HAN.search(key) for key in keys)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("house purchase subsidies", "购房补贴"),
        ("licences", "证照"),
        ("licenses", "证照"),
        ("labour services", "劳务费"),
        ("culture and tourism", "文化旅游体育与传媒支出"),
        ("multi cloud management platforms", "多云管理平台"),
    ],
)
def test_a_name_is_found_in_all_its_forms(said: str, means: str) -> None:
    found = load_english().name_at(said.split())
    assert found is not None
    assert means in found[0].means
    assert found[1] == len(said.split())


@pytest.mark.parametrize(
    "forms",
    [
        ("engrave", "engraved", "engraving"),
        ("centre", "centers"),
        ("agency", "agencies"),
        ("queueing", "queuing", "queues"),
        ("organisation", "organizations"),
        ("upgraded", "upgrade", "upgrades"),
        ("planned", "plan", "planning"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_a_listed_form_wins_over_one_of_the_same_stem() -> None:
    english = load_english()
    building, build = english.name_at(["building"]), english.name_at(["build"])
    assert building is not None
    assert build is not None
    assert "房屋" in building[0].means
    assert "房屋" not in build[0].means


def test_a_common_word_is_no_form_of_a_name() -> None:
    assert load_english().name_at(["planned"]) is None
