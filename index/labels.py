"""What a printed row label is made of: numbering, code, name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.headings import NUMERALS

_CODES = (
    re.compile(r"^[\[［【(（](?P<code>\d{3,9})[\]］】)）]\s*(?P<name>\D.*)$"),
    re.compile(
        r"^(?P<code>[235]\d{2}(?:\d{2}){0,2})\s*(?P<name>[^\d年月日个条台项辆家户人名万亿元号点米].*)$"
    ),
)
_AMONG = re.compile(r"^其中[：:]?\s*")
_NUMBERINGS = (
    re.compile(rf"^[{NUMERALS}]+、\s*"),
    re.compile(rf"^[（(][{NUMERALS}]+[）)]、?\s*"),
    re.compile(r"^\d{1,2}[.．、](?!\d)\s*"),
    re.compile(r"^[（(]\d{1,2}[）)]、?\s*"),
)
_TOTAL = re.compile(r"^(?:(?:收入|支出|本年收入|本年支出|本年)?(?:合计|总计|小计)|收支总计)$")
_TITLE_TAIL = re.compile(r"按\S*科目$|情况表$|预算表$|决算表$|表$")
_ACCOUNT = re.compile(r"^(?:20\d\d年(?:度)?|[上本去]年(?:度)?|全年|当年|年初|调整)?(?:支出)?"
                      r"(?P<kind>预算|决算)数?(?:（.*）|\(.*\))?$")  # fmt: skip
OWN_LEVELS = ("", "本级", "汇总", "机关")
"""What a department's own line says behind its name, as against the units below it."""
UNIT_LEVELS = (*OWN_LEVELS, "二级部门", "二级单位", "部门汇总")
"""What the line of a unit may say behind its name, which has units of its own below it."""
OF_ALL = (
    r"[（(]\s*(?:部门|预算|决算)?(?:汇总|合并|含(?:下属|所属)[^（）()\s]{0,6}|全口径)\s*"
    r"(?:数|本)?[）)]"
)
"""What stands behind a department's name where its units are added up: （汇总）."""
_OF_ALL = re.compile(OF_ALL + "$")
_LEVEL = re.compile(r"[（(]\s*(?:局|委|部门|单位)?(?:本级|机关|本部)\s*[）)]$")
_DROPPED = re.compile(r"[\s“”‘’\"'《》〈〉「」『』【】\[\]（）()、，,。．.：:；;·\-—_/?!~…*#]")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label, taken apart."""

    name: str
    code: str | None
    rank: int
    """Depth of its numbering: 0 none, 1 一、, 2 （一）, 3 1., 4 (1)."""
    among: bool
    """Whether it is printed as 其中, a part of what stands above it."""


def read_label(printed: str) -> Label:
    """The parts of a printed row label."""
    text = re.sub(r"\s+", " ", printed).strip()
    among = _AMONG.match(text) is not None
    text = _AMONG.sub("", text)
    rank = 0
    for depth, pattern in enumerate(_NUMBERINGS, 1):
        if pattern.match(text) and len(pattern.sub("", text)) > 0:
            rank, text = depth, pattern.sub("", text)
            break
    among = among or _AMONG.match(text) is not None
    text = _AMONG.sub("", text)
    code = next((found for pattern in _CODES if (found := pattern.match(text))), None)
    if code:
        return Label(code["name"].strip(), code["code"], rank, among)
    return Label(text, None, rank, among)


@lru_cache(maxsize=1 << 14)
def is_total(name: str) -> bool:
    """Whether a label names a sum of its table: 合计, 收入总计, 本年支出合计."""
    return _TOTAL.match("".join(name.split())) is not None


def is_grand_total(name: str) -> bool:
    """Whether the sum is that of the whole table or side, not of this year alone."""
    text = "".join(name.split())
    return is_total(text) and not text.startswith("本年")


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """The text as labels are compared: width, case, brackets, quotes and spaces do not count."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()


def whole_department(name: str) -> str:
    """A department's name without what says that its units are added up: 统计局（汇总）."""
    return _OF_ALL.sub("", name.strip()).strip() or name


def bare_department(name: str) -> str:
    """A department's name without its level, as people say it: 统计局（本级）."""
    return _LEVEL.sub("", whole_department(name)).strip() or name


def title_core(title: str) -> str:
    """A table's title without 情况表, 预算表 and how it is sorted, as labels are compared."""
    text = plain(title)
    while (shorter := _TITLE_TAIL.sub("", text)) != text and shorter:
        text = shorter
    return text


def account_named(heading: str) -> str | None:
    """预算 or 决算 where a header cell says no more than that."""
    found = _ACCOUNT.match(heading)
    return found["kind"] if found else None
