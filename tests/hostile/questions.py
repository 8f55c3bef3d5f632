"""The hostile question of each number: the same number and seed give the same question."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc
from pypinyin import lazy_pinyin

import evals
from evals.cases import load_cases
from evals.generate import generate
from evals.printed import read_printed
from index.build import SAMPLES
from qa_service.understand.vocabulary import load_vocabulary
from tests.hostile.payloads import PAYLOADS, Payload

_MOST = 500
_MOST_EDITS = 3
_ORDINARY = "0123456789.,%-+（）()《》“”‘’'\"、，。？！：；…—~·/\\|@#&*_=<>[]{} \t\n"
_EMOJI = "💰😀🏛️📊👍🇨🇳1️⃣❓"
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}

Edit = Callable[[random.Random, str], str]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A question, how it was made, and the real one that it was made of."""

    kind: str
    turns: tuple[str, ...]
    """What is sent in one conversation; the last turn is the hostile one."""
    real: str | None = None

    @property
    def text(self) -> str:
        return self.turns[-1]


@dataclass(frozen=True, slots=True)
class Field:
    """What questions of the field are made of."""

    real: tuple[str, ...]
    written: tuple[str, ...]
    """The real ones that people wrote, not those made from the document."""
    cues: tuple[str, ...]
    labels: tuple[str, ...]
    alphabet: str
    alike: dict[str, str]
    """Each character of the questions to the others that sound the same."""


@cache
def field() -> Field:
    """The words and questions of the sample, of the cases and of the vocabulary."""
    sample = next(SAMPLES.glob("*.txt"))
    cases = load_cases([Path(evals.__file__).parent / "cases"])
    written = tuple(turn for case in cases for turn in case.asked)
    made = tuple(turn for case in generate(sample) for turn in case.asked)
    cues = tuple(sorted(set(_texts(load_vocabulary().model_dump()))))
    document = read_printed(sample)
    rows = (row.name for table in document.tables for row in table.rows)
    codes = (row.code for table in document.tables for row in table.rows if row.code)
    titles = (table.title for table in document.tables)
    labels = tuple(dict.fromkeys((*rows, *codes, *titles)))
    alphabet = "".join(sorted(set("".join((*written, *made, *cues)))))
    return Field((*written, *made), written, cues, labels, alphabet, _alike(alphabet))


def hostile_question(number: int, seed: int = 0) -> Hostile:
    """The question of the number; all kinds take turns."""
    rng = random.Random(f"{seed}/{number}")
    kind, make = KINDS[number % len(KINDS)]
    return make(kind, rng)


def random_text(rng: random.Random) -> str:
    """Up to 80 characters from anywhere in Unicode, those nobody has assigned among them."""
    planes = ((0x00, 0x24F), (0x300, 0x36F), (0x2000, 0x2BFF), (0x3000, 0x9FFF), (0xD800, 0xFFFF))
    spans = (*planes, (0x1F000, 0x1FAFF), (0x20000, 0x2FFFF), (0, 0x10FFFF))
    return "".join(chr(rng.randint(*rng.choice(spans))) for _ in range(rng.randint(1, 80)))


def _mutated(kind: str, rng: random.Random) -> Hostile:
    real = rng.choice(field().real)
    text = real
    for _ in range(rng.randint(1, _MOST_EDITS)):
        text = rng.choice(_EDITS)(rng, text) or real
    return Hostile(kind, (text[:_MOST],), real)


def _edited(name: str, edit: Edit) -> tuple[str, Callable[[str, random.Random], Hostile]]:
    def make(kind: str, rng: random.Random) -> Hostile:
        real = rng.choice(field().real)
        return Hostile(kind, (edit(rng, real)[:_MOST] or real,), real)

    return name, make


def _attacking(
    name: str, payloads: Sequence[Payload]
) -> tuple[str, Callable[[str, random.Random], Hostile]]:
    def make(kind: str, rng: random.Random) -> Hostile:
        real = rng.choice(field().written if rng.random() < 0.5 else field().real)
        return Hostile(kind, (_with(rng, real, rng.choice(payloads).text)[:_MOST],), real)

    return name, make


def _with(rng: random.Random, real: str, attack: str) -> str:
    """The attack before, behind, around or inside the question, or alone."""
    at = rng.randint(0, len(real))
    return rng.choice(
        [
            attack + real,
            real + attack,
            f"{attack}\n{real}\n{attack}",
            real[:at] + attack + real[at:],
            attack,
        ]
    )


def _delete(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.randint(1, 2) :]


def _double(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at] * rng.choice((2, 2, 3, 40)) + text[at + 1 :]


def _swap(rng: random.Random, text: str) -> str:
    at = rng.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _insert(rng: random.Random, text: str) -> str:
    at = rng.randint(0, len(text))
    new = rng.choice((rng.choice(field().alphabet), rng.choice(_ORDINARY), rng.choice(_EMOJI)))
    return text[:at] + new + text[at:]


def _replace(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(field().alphabet) + text[at + 1 :]


def _homophone(rng: random.Random, text: str) -> str:
    places = [at for at, char in enumerate(text) if field().alike.get(char)]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(field().alike[text[at]]) + text[at + 1 :]


def _wide(rng: random.Random, text: str) -> str:
    return text.translate(_WIDE) if rng.random() < 0.7 else _some(rng, text, _widened)


def _widened(char: str) -> str:
    return char.translate(_WIDE)


def _traditional(rng: random.Random, text: str) -> str:
    return str(_converter(rng.choice(("s2t", "s2tw", "s2hk"))).convert(text))


def _sprinkled(rng: random.Random, text: str) -> str:
    dust = rng.choice(("\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u0301", " ", "\x00"))
    return _some(rng, text, lambda char: char + dust)


def _upper(_rng: random.Random, text: str) -> str:
    return text.swapcase()


def _joined(rng: random.Random, text: str) -> str:
    return text + rng.choice(("", "，", "。", "\n", "和")) + rng.choice(field().real)


def _cut(rng: random.Random, text: str) -> str:
    first, last = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    return text[first : last + 1]


def _reversed(_rng: random.Random, text: str) -> str:
    return text[::-1]


def _some(rng: random.Random, text: str, change: Callable[[str], str]) -> str:
    return "".join(change(char) if rng.random() < 0.4 else char for char in text)


_EDITS: tuple[Edit, ...] = (
    *(_delete, _double, _swap, _insert, _replace, _homophone),
    *(_wide, _traditional, _sprinkled, _upper, _cut),
)


def _endless(kind: str, rng: random.Random) -> Hostile:
    """One character or one piece for as long as a question may be, or a little longer."""
    piece = rng.choice((rng.choice(field().alphabet), rng.choice(field().cues), random_text(rng)))
    most = rng.choice((_MOST - 1, _MOST, _MOST + 1, 5 * _MOST))
    return Hostile(kind, ((piece * most)[:most],))


def _unicode(kind: str, rng: random.Random) -> Hostile:
    return Hostile(kind, (random_text(rng),))


def _letters(kind: str, rng: random.Random) -> Hostile:
    length = rng.randint(1, 30)
    return Hostile(kind, ("".join(rng.choice(field().alphabet) for _ in range(length)),))


def _cue_words(kind: str, rng: random.Random) -> Hostile:
    """Cue words with a label or two among them, in any order."""
    words = [rng.choice(field().cues) for _ in range(rng.randint(0, 5))]
    words += [rng.choice(field().labels) for _ in range(rng.randint(0, 3))]
    words += [_amount(rng)] if rng.random() < 0.3 else []
    rng.shuffle(words)
    return Hostile(kind, (rng.choice(("", "", "，", "的", " ")).join(words)[:_MOST] or "？",))


def _amount(rng: random.Random) -> str:
    number = rng.choice((f"{rng.randint(0, 9999)}", f"{rng.random() * 1000:.2f}", "一百二十"))
    word = rng.choice(("以上", "以下", "之间", "到100", ""))
    return rng.choice(("超过", "不到", "前", "第", "")) + number + rng.choice(("万", "元")) + word


def _conversation(kind: str, rng: random.Random) -> Hostile:
    """A short follow-up to a real question."""
    first = rng.choice(field().real)
    second = rng.choice((_cue_words, _letters, _mutated))(kind, rng).text
    return Hostile(kind, (first, second[: rng.choice((6, 12, _MOST))]))


def _texts(value: Any) -> Iterable[str]:
    """All texts of the vocabulary, its patterns left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _alike(alphabet: str) -> dict[str, str]:
    by_sound: dict[str, list[str]] = defaultdict(list)
    for char in alphabet:
        if "\u4e00" <= char <= "\u9fff":
            by_sound[lazy_pinyin(char)[0]].append(char)
    return {c: "".join(o for o in group if o != c) for group in by_sound.values() for c in group}


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


KINDS: tuple[tuple[str, Callable[[str, random.Random], Hostile]], ...] = (
    ("mutated", _mutated),
    _edited("homophone", _homophone),
    _edited("deleted", _delete),
    _edited("joined", _joined),
    _edited("reversed", _reversed),
    ("cue words", _cue_words),
    ("mutated twice", _mutated),
    ("conversation", _conversation),
    *(_attacking(name, payloads) for name, payloads in PAYLOADS.items()),
    ("endless", _endless),
    ("unicode", _unicode),
    ("letters", _letters),
    ("cue words", _cue_words),
)
