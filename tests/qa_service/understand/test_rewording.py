"""Patterns are looked for only where they may be found, and nothing is lost by that."""

from __future__ import annotations

import re

import pytest

from qa_service.understand.rewording import Patterns, Rewording, needed


def test_one_character_of_each_set_stands_in_all_that_is_found() -> None:
    assert needed(re.compile("名下的?(?=公?车|房)")) == (frozenset("名"), frozenset("下"))
    assert needed(re.compile("(?:若干|好多)钱?")) == (frozenset("好若"), frozenset("好若"))


def test_a_common_character_tells_less_than_a_rare_one() -> None:
    assert needed(re.compile("的多少沾边"))[0] == frozenset("沾")


def test_what_may_be_left_out_is_not_needed() -> None:
    assert needed(re.compile("(?<![甲乙])(?:丙|丁)?戊*[^己]庚")) == (frozenset("庚"),) * 2


@pytest.mark.parametrize("pattern", [r"\d+", "(?:甲|乙?)", "[^丙]"])
def test_a_pattern_that_needs_no_character_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="needs a character"):
        needed(re.compile(pattern))


def test_rules_are_put_in_their_order_and_see_what_those_before_wrote() -> None:
    rules = Rewording(
        (re.compile("甲"), "乙丙"), (re.compile("丙"), "丁"), (re.compile("戊"), "己")
    )
    assert rules.of("甲") == "乙丁"
    assert rules.of("庚") == "庚"


def test_several_patterns_find_what_each_of_them_finds() -> None:
    patterns = Patterns(re.compile("丙.?"), re.compile("甲"), re.compile("己"))
    assert [found[0] for found in patterns.found_in("甲乙丙丁甲")] == ["丙丁", "甲", "甲"]
    first = patterns.search("甲乙")
    assert first is not None
    assert first[0] == "甲"
    assert patterns.search("乙") is None
