"""Plants one fault after the other in a copy of the tree, and runs the tests that ought to notice.

`python -m tests.mutants` prints a table and ends with 1 when a fault survives, or when the tests fail
without any fault.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
_AT_ONCE = 2
_SECONDS = 280


def copy_tree(target: Path) -> None:
    """A copy of what the tests of `models` need."""
    left_out = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("models", "tests"):
        shutil.copytree(ROOT / name, target / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", target)


def run_tests(folder: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """The tests of these files on SQLite, up to the first that fails."""
    words = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not postgres and not slow", *tests]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def plant(fault: Fault, folder: Path) -> None:
    """Put the fault into the copy; raises ValueError when its text is not there exactly once."""
    path = folder / fault.path
    source = path.read_text(encoding="utf-8")
    if source.count(fault.old) != 1:
        raise ValueError(f"“{fault.name}” no longer fits {fault.path}: write it anew.")
    path.write_text(source.replace(fault.old, fault.new), encoding="utf-8")


def first_red(answer: subprocess.CompletedProcess[str]) -> str:
    """The test that noticed, from pytest's summary."""
    lines = [row for row in answer.stdout.splitlines() if row.startswith(("FAILED", "ERROR"))]
    return lines[0].split(" - ")[0].split("::")[-1] if lines else answer.stdout[-200:].strip()


def try_fault(fault: Fault | None) -> tuple[bool, str, float]:
    """Whether the tests did what they should, by which test, and in how many seconds.

    Without a fault they should pass; with one they should not.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cofp-mutant-") as name:
        folder = Path(name)
        copy_tree(folder)
        if fault is None:
            every = tuple(sorted({path for one in FAULTS for path in one.tests}))
            answer = run_tests(folder, every)
            return answer.returncode == 0, first_red(answer), time.monotonic() - began
        try:
            plant(fault, folder)
        except ValueError as error:
            return False, str(error), 0.0
        answer = run_tests(folder, fault.tests)
    # 1 is pytest's “some tests failed”; anything else is no verdict.
    return answer.returncode == 1, first_red(answer), time.monotonic() - began


def main() -> int:
    """Try them all; the exit code."""
    well, said, seconds = try_fault(None)
    print(f"{'without a fault':<58} {'passes' if well else 'FAILS':<9} {seconds:5.1f} s")
    if not well:
        print(f"  {said}")
        return 1
    survived = 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for fault, (noticed, said, seconds) in zip(
            FAULTS, pool.map(try_fault, FAULTS), strict=True
        ):
            state = "noticed" if noticed else "SURVIVED"
            print(f"{fault.name:<58} {state:<9} {seconds:5.1f} s  {said}", flush=True)
            survived += not noticed
    print(f"{len(FAULTS) - survived} of {len(FAULTS)} faults were noticed.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
