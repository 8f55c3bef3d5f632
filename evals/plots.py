"""Three plots as inline SVG. Colours are classes, which the page gives for light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from evals.summary import Group, RouteCell

_LABEL, _BAR, _ROW, _TOP = 190, 380, 24, 26
_BINS_A_DECADE = 6
_CELL_W, _CELL_H = 96, 40
_SHADE = 0.55
"""The darkest a cell gets, so that its number can be read."""


@dataclass(frozen=True, slots=True)
class _Bin:
    """So many answers between two times, in milliseconds."""

    low: float
    high: float
    count: int


def accuracy_plot(groups: Sequence[Group], title: str) -> str:
    """The share of correct answers of each group with its 95% interval."""
    parts = [
        _text(_LABEL + _BAR * tick / 100, 16, f"{tick}%", "middle") for tick in range(0, 101, 25)
    ]
    height = _TOP + _ROW * len(groups) + 6
    for tick in range(0, 101, 25):
        x = _LABEL + _BAR * tick / 100
        parts.append(_line(x, _TOP - 4, x, height - 6, "grid"))
    for at, group in enumerate(groups):
        parts += _accuracy_bar(group, _TOP + _ROW * at)
    return _svg(_LABEL + _BAR + 150, height, title, parts)


def latency_plot(seconds: Sequence[float], title: str) -> str:
    """How many answers took how long, on a logarithmic scale."""
    bins = _bins([max(1000 * s, 0.01) for s in seconds])
    most, width = max((b.count for b in bins), default=1), 640 / max(len(bins), 1)
    parts = []
    for at, found in enumerate(bins):
        tall = 140 * found.count / most
        x = 10 + at * width
        hint = f"{_ms(found.low)} 至 {_ms(found.high)}：{found.count}"
        parts.append(_rect(x, 160 - tall, width - 2, tall, "bar", hint))
        if at % max(1, len(bins) // 9) == 0:
            parts.append(_text(x, 178, _ms(found.low), "start"))
        if found.count:
            parts.append(_text(x + width / 2 - 1, 155 - tall, str(found.count), "middle"))
    parts.append(_line(10, 160, 650, 160, "axis"))
    return _svg(660, 186, title, parts)


def routes_plot(cells: Sequence[RouteCell], title: str) -> str:
    """Which way cases went (columns) that should go which way (rows)."""
    wanted = sorted({cell.wanted for cell in cells})
    got = sorted({cell.wanted for cell in cells} | {cell.got for cell in cells})
    count = {(cell.wanted, cell.got): cell.count for cell in cells}
    parts = [_text(120 + _CELL_W * (x + 0.5), 34, name, "middle") for x, name in enumerate(got)]
    parts += [_text(4, 14, "行：应走的路　列：所走的路", "start")]
    for y, row in enumerate(wanted):
        top, total = 44 + _CELL_H * y, sum(count.get((row, name), 0) for name in got)
        parts.append(_text(112, top + 25, row, "end"))
        for x, name in enumerate(got):
            number = count.get((row, name), 0)
            kind = "right" if row == name else "wrong"
            left = 120 + _CELL_W * x
            shade = f' style="fill-opacity:{_SHADE * number / total if total else 0:.3f}"'
            parts.append(_rect(left, top, _CELL_W - 3, _CELL_H - 3, kind, "", shade))
            parts.append(_rect(left, top, _CELL_W - 3, _CELL_H - 3, "cell"))
            parts.append(_text(left + _CELL_W / 2, top + 25, str(number), "middle"))
    return _svg(124 + _CELL_W * len(got), 50 + _CELL_H * len(wanted), title, parts)


def _accuracy_bar(group: Group, top: float) -> list[str]:
    found = group.correct
    if found.share is None or found.low is None or found.high is None:
        return []
    low, high = (_LABEL + _BAR * part for part in (found.low, found.high))
    middle = top + _ROW / 2
    hint = f"{group.name}：{found.count} / {found.of}，95% 区间 {found.low:.1%} 至 {found.high:.1%}"
    name = group.name if len(group.name) <= 14 else group.name[:13] + "…"
    return [
        _text(_LABEL - 8, middle + 4, name, "end"),
        _rect(_LABEL, top + 4, _BAR * found.share, _ROW - 8, "bar", hint),
        _line(low, middle, high, middle, "reach"),
        _line(low, middle - 5, low, middle + 5, "reach"),
        _line(high, middle - 5, high, middle + 5, "reach"),
        _text(
            _LABEL + _BAR + 10,
            middle + 4,
            f"{found.share:.1%}（{found.count}/{found.of}）",
            "start",
        ),
    ]


def _bins(times: Sequence[float]) -> list[_Bin]:
    steps = [floor(log10(time) * _BINS_A_DECADE) for time in times]
    return [
        _Bin(_edge(step), _edge(step + 1), steps.count(step))
        for step in range(min(steps, default=0), max(steps, default=-1) + 1)
    ]


def _edge(step: int) -> float:
    return float(10 ** (step / _BINS_A_DECADE))


def _ms(time: float) -> str:
    return f"{time / 1000:.3g} s" if time >= 1000 else f"{time:.3g} ms"


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    name = escape(title)
    return (
        f'<svg role="img" aria-label="{name}" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _rect(
    x: float, y: float, width: float, height: float, kind: str, hint: str = "", more: str = ""
) -> str:
    size = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    told = f"<title>{escape(hint)}</title>" if hint else ""
    return f'<rect class="{kind}" {size}{more}>{told}</rect>'
