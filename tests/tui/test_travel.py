"""Travelling in a sample, in a real terminal: the next process has the same people."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.roster_files import LittleRoster
from tests.terminal import Terminal


def little_division(folder: Path) -> Path:
    """A division of two schools and two dozen teachers, as a zip."""
    little = LittleRoster("1.1")
    for number in range(24):
        school = "S1" if number % 2 else "S2"
        little.person(f"t{number:02}", f"Ann Number{number}", "teacher", (school,))
    for school in ("S1", "S2"):
        little.person(f"a{school}", f"Head {school}", "administrator", (school,))
    return little.zip(folder / "little.zip")


def test_travelling_keeps_the_roster_that_the_sample_was_opened_with(tmp_path: Path) -> None:
    roster = little_division(tmp_path)
    argv = [sys.executable, "-m", "tui", "sample", "--roster", str(roster), "--on", "2025-06-10"]
    with Terminal(argv, size=(100, 30), env={"HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("Prairie Division", "10 Jun", "travel")
        terminal.rest()
        there = terminal.lines[0].replace("Tue 10 Jun", "Thu 12 Jun")
        terminal.send("t")
        terminal.wait_for("Travel to another day")
        terminal.rest()
        terminal.send("tab")
        terminal.rest()
        terminal.send("backspace", "backspace")
        terminal.rest()
        terminal.send("12")
        terminal.wait_for("2025-06-12")
        terminal.send("enter")
        terminal.wait_for(there, seconds=60)
    assert len(list((tmp_path / ".cache" / "cofp").glob("sample-*-2025-06-1?.db"))) == 2
