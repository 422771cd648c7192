"""`python -m tests.soak [--quick]`: what grows when screens are opened again and again, and what a
sign-out leaves behind.

The real program in a real terminal, by its keys. 5,000 openings of every screen may grow its memory by
less than 3 MB after the first 500; 1,000 sign-ins and sign-outs may leave nothing: no process, no open
file, no temporary file, no draft, no memory.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import peewee as pw
import psutil

from .bench.build import SMALL, Made, made
from .bench.opened import at_welcome, email_of, sign_in, signed_in
from .terminal import Terminal

MEGABYTE = 1_000_000
MOST = 3.0
"""MB that all openings together may add."""

TOURS: dict[str, tuple[str, ...]] = {
    # The steps, Today, the unregistered (the last line of Today), codes, one's own page, help.
    "principal": (*"1234560", "end", "enter", *"0h0,0?0"),
    # Every school (the first line of Today), the division's desk, the steps.
    "division": ("home", "enter", *"0704560"),
    # A session with its notes.
    "facilitator": ("5", "enter", "escape", *"0450"),
}
"""By person the keys of one round: each opens a screen, but those that only go to a line."""
MOVES = ("home", "end")


@dataclass(frozen=True)
class Counts:
    """How long a run is: `warm` openings in each of the programs, the rest shared among them."""

    openings: int = 5_000
    warm: int = 500
    sign_ins: int = 1_000


QUICK = Counts(openings=900, warm=450, sign_ins=12)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    words: str
    is_well: bool


# -- opening screens -------------------------------------------------------------------------------


def openings(store: Made, counts: Counts) -> Iterator[Finding]:
    """Every screen, as the people who have it, again and again."""
    total = 0.0
    for who, keys in TOURS.items():
        with signed_in(store, getattr(store, who)) as terminal:
            program = psutil.Process(terminal.pid)
            opened, before = 0, 0.0
            while opened < counts.warm + (counts.openings - counts.warm) // len(TOURS):
                for key in keys:
                    terminal.send(key)
                    # Until it is painted: keys that come faster would skip screens.
                    terminal.rest(0.03, 3.0)
                    opened += key not in MOVES
                terminal.forget()
                if not before and opened >= counts.warm:
                    before = _settled(terminal, program)
            grown = (_settled(terminal, program) - before) / MEGABYTE
            fds = program.num_fds()
        total += grown
        words = f"grew {grown:+.2f} MB after the first {counts.warm}, {fds} open files"
        yield Finding(f"{opened:,} openings as {who}", words, fds < 40)
    words = f"grew {total:+.2f} MB (less than {MOST:.0f} is asked)"
    yield Finding("all openings", words, total < MOST)


def _settled(terminal: Terminal, program: psutil.Process) -> float:
    """Memory of its own, once it has tidied up after the last key."""
    terminal.rest(2.0)
    return float(program.memory_full_info().uss)


# -- signing in and out ----------------------------------------------------------------------------


def sign_ins(store: Made, counts: Counts) -> Iterator[Finding]:
    """In and out, each time as the program does it for real: a fresh process in the same place."""
    address = email_of(store, store.principal)
    with at_welcome(store) as terminal:
        program = psutil.Process(terminal.pid)
        first: tuple[float, int, int, int, set[str]] | None = None
        for number in range(counts.sign_ins):
            sign_in(terminal, address)
            terminal.send("q")
            terminal.wait_for("sign in", "OPEN NOW", seconds=30)
            terminal.rest(0.1)
            terminal.forget()
            if number == min(4, counts.sign_ins - 2):
                first = _left(terminal, program, store)
        last = _left(terminal, program, store)
    assert first is not None
    yield _same("processes below it", first[1], last[1], 0)
    yield _same("files it holds open", first[2], last[2], 0)
    yield _same("drafts in the store", first[3], last[3], 0)
    more = sorted(last[4] - first[4])
    yield Finding("temporary files", ", ".join(more[:3]) or "none", not more)
    grown = (last[0] - first[0]) / MEGABYTE
    name = f"memory after {counts.sign_ins:,} sign-outs"
    yield Finding(name, f"{last[0] / MEGABYTE:.1f} MB, {grown:+.2f} since the 5th", grown < 1.0)


def _left(
    terminal: Terminal, program: psutil.Process, store: Made
) -> tuple[float, int, int, int, set[str]]:
    terminal.rest(2.0)
    with contextlib.closing(pw.sqlite3.connect(f"{store.path.as_uri()}?mode=ro", uri=True)) as db:
        drafts: int = db.execute("SELECT count(*) FROM draft").fetchone()[0]
    folders = (Path(tempfile.gettempdir()), store.path.parent)
    files = {str(f) for folder in folders for f in folder.iterdir() if _is_ours(f)}
    return (
        float(program.memory_full_info().uss), len(program.children(recursive=True)),
        program.num_fds(), drafts, files,
    )  # fmt: skip


def _is_ours(file: Path) -> bool:
    return file.name.startswith((".cofp", "cofp", "textual", "soak"))


def _same(name: str, before: int, after: int, most: int) -> Finding:
    return Finding(name, f"{before} at first, {after} at last", after - before <= most)


# -- the run ---------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both; exit 1 when something stays behind."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="a minute instead of an hour")
    counts = QUICK if asked.parse_args(arguments).quick else Counts()
    all_well = True
    with tempfile.TemporaryDirectory(prefix="cofp-soak-") as folder:
        original = made(SMALL)
        copy = Path(folder) / "soak.db"
        shutil.copy(original.path, copy)
        store = replace(original, path=copy)
        for finding in chain(openings(store, counts), sign_ins(store, counts)):
            all_well &= finding.is_well
            mark = "ok    " if finding.is_well else "MISSED"
            print(f"{mark}  {finding.name}: {finding.words}", flush=True)
    return 0 if all_well else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
