"""The big run: many hostile questions, and how many answers are wrong.

    python -m tests.hostile --count 100000 [--seed 0] [--processes 2]

Prints the failing questions, escaped, then the counts. Exit code 1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from qa_service.settings import Settings
from qa_service.wiring import build_index
from tests.conftest import Silent
from tests.hostile.run import Counts, run


def main() -> int:
    """Builds an index of the sample, asks, prints; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index_dir=Path(folder) / "index")
        build_index(settings, (), Silent())
        counts = run(settings, given.count, given.seed, given.processes, _show_failures)
    sys.stdout.write(_told(counts))
    return 1 if counts.failures else 0


def _show_failures(lot: Counts) -> None:
    for failure in lot.failures:
        sys.stdout.write(f"{failure}\n")
    sys.stdout.flush()


def _told(counts: Counts) -> str:
    lines = [
        f"questions              {counts.questions}",
        f"exceptions             {counts.raised}",
        f"answers without proof  {counts.unproven}",
        *(f"  {status:<20} {n}" for status, n in counts.statuses.most_common()),
    ]
    lines += [f"  {fault:<40} {n}" for fault, n in counts.by_fault.most_common()]
    kinds = sorted({kind for kind, _ in counts.by_kind})
    for kind in kinds:
        own = {s: n for (k, s), n in counts.by_kind.items() if k == kind}
        lines.append(f"{kind:<14} " + ", ".join(f"{s} {n}" for s, n in sorted(own.items())))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
