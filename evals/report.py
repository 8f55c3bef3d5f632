"""The report for people: one HTML file that needs nothing else, no network and no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape

from evals.expected import expected, places
from evals.plots import accuracy_plot, latency_plot, routes_plot
from evals.scoring import Score
from evals.stats import Share
from evals.summary import Group, Ranks, SuiteSummary
from qa_service.types import Retrieval

SHARE_NAMES = {
    "correct": "答对",
    "declined": "拒答",
    "wrong": "答错",
    "error": "出错",
    "exact": "数值、单位和出处都准确",
    "cited": "答对的引用了该引的地方",
    "citation_precision": "引用精确率",
    "citation_recall": "引用召回率",
    "routed": "路由正确",
    "declined_when_due": "该拒答时拒答",
    "declined_needlessly": "不该拒答而拒答",
    "asked_back": "反问",
    "asked_back_when_needed": "该反问时反问",
    "asked_back_needlessly": "不必反问而反问",
    "unproven": "有数字没有依据",
}
RANK_HEADS = ("用例", "recall@1", "recall@3", "recall@5", "MRR")
SUITE_NAMES = {"exhaustive": "逐格生成的用例", "cases": "人写的用例"}
RETRIEVAL_NAMES = {
    Retrieval.ENCODER: "只用编码器",
    Retrieval.BM25: "只用 BM25",
    Retrieval.HYBRID: "两者合用",
}
_STYLE = """
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6775;--paper:#fff;--line:#d5dbe2;
--bar:#3b76b8;--good:#2e7d4f;--bad:#b3372f;--fold:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#a3afbc;--paper:#14191f;
--line:#38424d;--bar:#6aa3e0;--good:#57b982;--bad:#e8756c;--fold:#1c232b}}
body{font:15px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;
color:var(--ink);background:var(--paper);margin:2rem auto;max-width:72rem;padding:0 1rem}
h1,h2,h3{line-height:1.3}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .7rem;border-bottom:1px solid var(--line);text-align:right}
th:first-child,td:first-child{text-align:left}.wide{overflow-x:auto}.soft{color:var(--soft)}
details{background:var(--fold);border:1px solid var(--line);border-radius:6px;margin:.4rem 0;
padding:.4rem .8rem}summary{cursor:pointer;overflow-wrap:anywhere}dl{display:grid;
grid-template-columns:4rem 1fr;gap:.2rem .8rem;margin:.6rem 0}dd{margin:0;white-space:pre-wrap;
overflow-wrap:anywhere}.wrong,.error{color:var(--bad)}svg{max-width:100%;height:auto}
svg text{fill:var(--ink);font-size:12px}svg .bar{fill:var(--bar);fill-opacity:.75}
svg .right{fill:var(--good)}svg rect.wrong{fill:var(--bad)}svg .cell{fill:none;stroke:var(--line)}
svg .grid{stroke:var(--line)}svg .axis,svg .reach{stroke:var(--ink)}svg .reach{stroke-width:1.5}
"""


def report_html(suites: Sequence[SuiteSummary], scores: Sequence[Score], not_asked: int) -> str:
    """The text of the file. The same scores give the same text."""
    parts = [_overview(suites)]
    if not_asked:
        parts.append(f'<p class="wrong">还有 {not_asked} 个用例没有问到。</p>')
    parts += [_suite(suite, [s for s in scores if s.suite == suite.name]) for suite in suites]
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>budget-qa 评测报告</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>budget-qa 评测报告</h1>\n{''.join(parts)}</body></html>\n"
    )


def percent(found: Share) -> str:
    """The share in percent with its interval, or a dash where there is nothing to share."""
    if found.share is None or found.low is None or found.high is None:
        return "—"
    return f"{found.share:.1%}（{found.low:.1%} 至 {found.high:.1%}）"


def _overview(suites: Sequence[SuiteSummary]) -> str:
    rows = (
        (
            SUITE_NAMES.get(suite.name, suite.name),
            *(str(n) for n in list(asdict(suite.verdicts).values())[:-1]),
            "—" if suite.verdicts.score is None else f"{suite.verdicts.score:.1f}",
        )
        for suite in suites
    )
    head = ("用例", "总数", "答对", "拒答", "答错", "出错", "得分")
    told = "得分：答对 +1，拒答 0，答错或出错 −10，占满分的百分数。区间均为 95%（Wilson）。"
    return _table(head, rows) + f'<p class="soft">{told}</p>\n'


def _suite(suite: SuiteSummary, scores: Sequence[Score]) -> str:
    name = SUITE_NAMES.get(suite.name, suite.name)
    failed = [score for score in scores if not score.is_clean]
    return "\n".join(
        [
            f"<h2>{escape(name)}</h2>",
            _measures(suite),
            "<h3>各类答对的比例</h3>",
            accuracy_plot(suite.by_category, f"{name}：各类答对的比例及 95% 区间"),
            "<h3>用时</h3>",
            _latency(suite),
            latency_plot([score.seconds for score in scores], f"{name}：用时的分布"),
            "<h3>路由</h3>",
            routes_plot(suite.routes, f"{name}：路由的混淆矩阵"),
            "<h3>检索</h3>",
            _retrieval(suite) + _retrievals(suite),
            "<h3>按类别、表和路由</h3>",
            _groups("类别", suite.by_category),
            _groups("表或章节", suite.by_table),
            _groups("路由", suite.by_route),
            f"<h3>有问题的用例：{len(failed)} 个</h3>",
            *map(_failure, failed),
            "",
        ]
    )


def _measures(suite: SuiteSummary) -> str:
    shares = ((n, getattr(suite.shares, key)) for key, n in SHARE_NAMES.items())
    rows = ((n, f"{s.count} / {s.of}", percent(s)) for n, s in shares)
    return _table(("指标", "数目", "比例（95% 区间）"), rows)


def _latency(suite: SuiteSummary) -> str:
    times = asdict(suite.latency_ms).items()
    told = "，".join(f"{name} {'—' if ms is None else f'{ms:.1f} 毫秒'}" for name, ms in times)
    faults = "，".join(f"{kind} {count}" for kind, count in suite.faults)
    return f"<p>{told}{f'；没有得到回答：{escape(faults)}' if faults else ''}</p>"


def _retrieval(suite: SuiteSummary) -> str:
    rows = ((ranked.kind, *_ranks(ranked.ranks)) for ranked in suite.retrieval)
    return _table(("出处的种类", *RANK_HEADS), rows)


def _retrievals(suite: SuiteSummary) -> str:
    """The retrievals side by side; nothing where the asker does not show them."""
    rows = [(RETRIEVAL_NAMES[ranked.by], *_ranks(ranked.ranks)) for ranked in suite.retrievals]
    return _table(("检索方式", *RANK_HEADS), rows) if rows else ""


def _ranks(ranks: Ranks) -> tuple[str, ...]:
    return (
        str(ranks.recall_at_1.of),
        percent(ranks.recall_at_1),
        percent(ranks.recall_at_3),
        percent(ranks.recall_at_5),
        "—" if ranks.mrr is None else f"{ranks.mrr:.3f}",
    )


def _groups(what: str, groups: Iterable[Group]) -> str:
    rows = (
        (
            group.name,
            str(group.verdicts.cases),
            percent(group.correct),
            str(group.verdicts.declined),
            str(group.verdicts.wrong),
            str(group.verdicts.error),
            percent(group.cited),
        )
        for group in groups
    )
    return _table((what, "用例", "答对", "拒答", "答错", "出错", "引用正确"), rows)


def _failure(score: Score) -> str:
    fault = score.outcome.fault
    shown = (
        ("问", score.case.asked),
        ("答", (f"[{score.outcome.status}, {score.outcome.route}] {score.outcome.text}",)),
        ("值", score.outcome.values),
        ("引用", score.outcome.citations),
        ("应答", (expected(score.case),)),
        ("应引", places(score.case)),
        ("故障", (f"{fault.kind.value}：{fault.message}",) if fault else ()),
        ("无据", score.unproven),
        ("说明", (score.case.note,) if score.case.note else ()),
    )
    items = "".join(
        f"<dt>{name}</dt><dd>{escape(chr(10).join(lines))}</dd>" for name, lines in shown if lines
    )
    head = f"{score.case.id} · {score.case.category} · {score.case.asked[-1]}"
    marks = "，".join(_marks(score))
    return (
        f'<details><summary><span class="{score.verdict.value}">{escape(marks)}</span> '
        f"{escape(head)}</summary><dl>{items}</dl></details>"
    )


def _marks(score: Score) -> list[str]:
    marks = {"答错": score.verdict.value == "wrong", "出错": score.verdict.value == "error"}
    marks |= {"拒答": score.verdict.value == "declined", "引用不对": score.cited is False}
    marks |= {"数值、单位或其出处不准": score.exact is False, "路由不对": score.routed is False}
    marks |= {"有数字没有依据": bool(score.unproven)}
    return [name for name, holds in marks.items() if holds]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )
