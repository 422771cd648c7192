"""`python -m tests.bench [PART …]`: measure, print the table, exit 1 when an asked figure is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from .figures import Figure, go_first, say, table, yardstick

PARTS = ("start", "joining", "roster", "keys", "rest")


def main() -> int:
    """Measure the parts that are named, or all of them."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}")
    parts = asked.parse_args().parts or list(PARTS)
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        asked.error(f"no such part: {', '.join(unknown)}")
    go_first()
    figures: list[Figure] = []
    for part in parts:
        say(f"{part} …")
        measure: Callable[[], Iterator[Figure]] = import_module(f".{part}", __package__).measure
        for figure in measure():
            figures.append(figure)
        say(yardstick())
    print(table(figures))
    print(yardstick())
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
