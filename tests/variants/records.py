"""What a variant is made of: who publishes it, what is spent, and the finished document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where the money comes from."""

    GENERAL = "一般公共预算"
    FUND = "政府性基金预算"
    OTHER = "其他资金"


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of department: what it does, and what that is called."""

    name: str
    family: str
    """The 款 of its own work."""
    beside: tuple[str, ...]
    fund: str
    """The 款 that a government fund pays; empty where there is none."""
    topics: tuple[str, ...]
    systems: tuple[str, ...]
    sites: tuple[str, ...]
    units: tuple[str, ...]
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """The department that publishes, with its year."""

    trade: Trade
    city: str
    short: str
    """The region without what it belongs to: 青湖区, or the city itself."""
    year: int
    units: tuple[str, ...]
    """Its subordinate units, by their short names."""
    offices: tuple[str, ...]

    @property
    def region(self) -> str:
        """The region in full: 云州市青湖区."""
        return self.city if self.short == self.city else self.city + self.short

    @property
    def department(self) -> str:
        """The name that it publishes under."""
        return self.region + self.trade.name

    @property
    def level(self) -> str:
        """市, 区 or 县."""
        return self.short[-1]

    def words(self) -> dict[str, str]:
        """What the phrases call it."""
        return {
            "department": self.department,
            "office": self.short + self.trade.name,
            "short": self.short,
            "area": f"全{self.level}",
            "body": f"{self.level}委、{self.level}政府",
        }


@dataclass(frozen=True, slots=True)
class Project:
    """A project; its `source` pays all of it."""

    name: str
    goal: str
    source: Source


@dataclass(frozen=True, slots=True)
class Entry:
    """The smallest amount: spent on one 项 and one economic 款, in 元."""

    function: str
    economic: str
    yuan: int
    project: Project | None = None
    """None for basic spending (基本支出)."""

    @property
    def source(self) -> Source:
        """Who pays; basic spending is paid by the general budget alone."""
        return self.project.source if self.project else Source.GENERAL


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a department. Every table is a sum over them, so all tables agree."""

    entries: tuple[Entry, ...]

    def total(self, which: Callable[[Entry], bool] = lambda _: True) -> int:
        """The 元 of the entries for which it holds."""
        return sum(entry.yuan for entry in self.entries if which(entry))

    def only(self, which: Callable[[Entry], bool]) -> Ledger:
        """The ledger of the entries for which it holds."""
        return Ledger(tuple(entry for entry in self.entries if which(entry)))

    @property
    def basic(self) -> Ledger:
        """基本支出."""
        return self.only(lambda entry: entry.project is None)

    @property
    def on_projects(self) -> Ledger:
        """项目支出."""
        return self.only(lambda entry: entry.project is not None)

    def paid_by(self, *sources: Source) -> Ledger:
        """The entries that one of the sources pays."""
        return self.only(lambda entry: entry.source in sources)

    def on(self, code: str) -> Ledger:
        """The entries on a functional 类, 款 or 项."""
        return self.only(lambda entry: entry.function.startswith(code))

    def spent_on(self, *codes: str) -> Ledger:
        """The entries on economic 类 or 款."""
        return self.only(lambda entry: entry.economic.startswith(codes))

    def functions(self) -> tuple[str, ...]:
        """The 类, 款 and 项 in printed order: each 类 and 款 before its parts."""
        items = {entry.function for entry in self.entries}
        return tuple(sorted({item[:length] for item in items for length in (3, 5, 7)}))

    def economics(self) -> tuple[str, ...]:
        """The economic 类 and 款 in printed order."""
        items = {entry.economic for entry in self.entries}
        return tuple(sorted({item[:length] for item in items for length in (3, 5)}))

    def projects(self) -> tuple[Project, ...]:
        """The projects in the order in which they are printed."""
        return tuple(dict.fromkeys(e.project for e in self.entries if e.project))


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant document: the text as extracted from a published file."""

    seed: int
    department: str
    year: int
    text: str
    projects: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """How the file is called, as the sample's is."""
        return f"{self.department}_{self.year}年部门预算.txt"
