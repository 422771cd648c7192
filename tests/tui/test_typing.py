"""Keys typed faster than the screens open, each burst in one write: none is lost, each goes where it was meant to."""

from __future__ import annotations

import sys
from pathlib import Path

from models import access
from models.communities import CommunityRow
from models.database import open_store, set_setting
from tests.factory import division
from tests.terminal import Terminal

PIN = "739264"
DANA = "Dana Division"


def started(folder: Path, *, published: bool = True) -> Terminal:
    """The program at Welcome, on a division in which Dana has a PIN."""
    path = folder / "cofp.db"
    store = open_store(str(path))
    made = division(store, published=published)
    access.set_sample_pin(store, made.people[DANA], PIN)
    # As a sample division, whose clock stands: the test's day is the same on every day.
    store.unit(lambda: set_setting("sample_on", "2026-09-22"))
    store.close()
    terminal = Terminal(
        [sys.executable, "-m", "tui", "--database", str(path)],
        env={"XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder)},
    )
    terminal.wait_for("sign in", "help")
    terminal.rest()
    return terminal


def test_letters_and_editing_keys_keep_their_order(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.send("4")
        terminal.wait_for("/ search")
        terminal.rest()
        terminal.send("/", "Bxmd", *["backspace"] * 3, "and", "home", "left", "x", "delete", "B")
        terminal.wait_for("xBand")
        # Full: what is taken out makes room for what comes after it.
        terminal.send("end", "a" * 90, *["backspace"] * 3, "end!")
        terminal.wait_for("aaend")


def test_a_whole_way_typed_at_once_is_gone(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.send("4", "/", "Band")
        terminal.wait_for("Band & Choir", "1 community")
        terminal.rest()
        terminal.send("escape")
        terminal.rest()
        terminal.send("escape")
        terminal.rest()
        terminal.send("i", DANA, "enter", PIN, "enter")
        terminal.wait_for("TODAY", DANA, "sign out")
        terminal.rest()
        terminal.send("5", "7", "4", "/", "Num")
        terminal.wait_for("Numeracy Talks", "1 community")
        assert PIN not in terminal.text


def test_an_answer_typed_ahead_answers_the_question_that_enter_opens(tmp_path: Path) -> None:
    with started(tmp_path, published=False) as terminal:
        terminal.send("i", DANA, "enter", PIN, "enter", "7", "enter", "y")
        terminal.wait_for("Offerings are out: 3 communities", DANA)
        terminal.rest()
    store = open_store(str(tmp_path / "cofp.db"))
    assert store.read(lambda: CommunityRow.select().count()) == 3
    store.close()
