"""Writes variant documents: `python -m tests.variants FOLDER --count 200`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.variants import write_variants


def main() -> None:
    """Writes as many variants as asked for into the folder, and says how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.variants", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write them; made if it is not there")
    parser.add_argument("--count", type=int, default=200, help="how many (200)")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first (0)")
    wanted = parser.parse_args()
    seeds = range(wanted.first, wanted.first + wanted.count)
    written = write_variants(wanted.folder, seeds)
    sys.stdout.write(f"{len(written)} documents in {wanted.folder}\n")


if __name__ == "__main__":
    main()
