"""The program in a real terminal: how it ends, what it leaves behind, and that it forgets whoever signs out."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import peewee as pw
import pytest

from models import access, drafts
from models.database import Store, open_store, set_setting
from models.database.faults import TIMEOUT
from tests.factory import Division, division
from tests.terminal import ROOT, Terminal

PIN = "739264"
NAME = "Fay Facilitator"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Path, Division, Store]]:
    """A division on disk that stands on the join week's Tuesday, with one person who has a PIN."""
    path = tmp_path / "cofp.db"
    store = open_store(str(path))
    made = division(store)
    access.set_sample_pin(store, made.people[NAME], PIN)
    # As a sample division, whose clock stands: the test's day is the same on every day.
    store.unit(lambda: set_setting("sample_on", "2026-09-22"))
    yield path, made, store
    store.close()


def started(path: Path, *arguments: str, size: tuple[int, int] = (120, 36)) -> Terminal:
    """The program on that store, at Welcome."""
    terminal = Terminal(
        [sys.executable, "-m", "tui", "--database", str(path), *arguments],
        size=size,
        env={"XDG_STATE_HOME": str(path.parent / "state"), "HOME": str(path.parent)},
    )
    terminal.wait_for("OFFERINGS", "help")
    return terminal


def sign_in(terminal: Terminal) -> None:
    """Sign in from Welcome, as a person does it."""
    terminal.send("i")
    terminal.wait_for("Esc back")
    terminal.send(NAME)
    terminal.wait_for(NAME, "Argyle")
    terminal.rest()
    terminal.send("enter")
    terminal.wait_for("PIN")
    terminal.rest()
    terminal.send(PIN, "enter")
    terminal.wait_for("TODAY", NAME, "sign out")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_ends_it_with_the_terminal_as_it_was(
    home: tuple[Path, Division, Store], name: str
) -> None:
    number = getattr(signal, name)
    with started(home[0]) as terminal:
        assert not terminal.settings()[3] & termios.ECHO
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number
        terminal.rest(0.05, 1)
        settings = terminal.settings()
        assert settings[3] & termios.ECHO and settings[3] & termios.ICANON
        assert b"\x1b[?1049l" in terminal.raw[-400:]
        assert b"Traceback" not in terminal.raw


def test_signing_out_leaves_a_fresh_process_that_knows_nobody(
    home: tuple[Path, Division, Store],
) -> None:
    with started(home[0]) as terminal:
        before = Path(f"/proc/{terminal.pid}/stat").read_text().split()[21]
        sign_in(terminal)
        terminal.rest()
        shown = len(terminal.raw)
        terminal.send("q")
        # Typed in the gap: it is neither echoed nor heard.
        terminal.send("secret", "j", "enter")
        terminal.wait_for("OFFERINGS", "sign in")
        terminal.rest()
        assert NAME not in terminal.text
        assert b"secret" not in terminal.raw[shown:]
        between = terminal.raw[shown:].partition(b"Signed out. One moment ...")[2]
        assert between and NAME.encode() not in between
        assert "OFFERINGS" in terminal.text
        assert Path(f"/proc/{terminal.pid}/stat").read_text().split()[21] == before
        assert "COFP_TERMINAL" not in terminal.text
        terminal.send("q")
        terminal.wait_for("Leave the program?")
        terminal.send("y")
        assert terminal.wait() == 0
        settings = terminal.settings()
        assert settings[3] & termios.ECHO and settings[3] & termios.ICANON


def test_what_was_typed_survives_a_signal(home: tuple[Path, Division, Store]) -> None:
    path, made, store = home
    store.unit(lambda: set_setting("sample_on", "2026-10-09"))
    with started(path) as terminal:
        sign_in(terminal)
        terminal.rest()
        terminal.send("down", "enter")
        terminal.wait_for("NOTES")
        terminal.rest()
        terminal.send("n")
        terminal.rest()
        terminal.send("Three schools walked their creek")
        terminal.wait_for("walked their creek")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    kept = store.read(drafts.drafts_of, made.people[NAME])
    assert any("walked their creek" in draft.body for draft in kept)


def test_a_kiosk_cannot_be_left_by_any_key(home: tuple[Path, Division, Store]) -> None:
    with started(home[0], "kiosk") as terminal:
        for key in ("q", "f10", "\x03", "\x11", "\x1a", "\x1c", "\x10", ":", "\x04", "escape"):
            terminal.send(key)
            terminal.rest(0.05)
        assert terminal.wait(0.3) is None
        assert "OFFERINGS" in terminal.text


def test_nothing_is_written_at_rest(home: tuple[Path, Division, Store]) -> None:
    with started(home[0]) as terminal:
        terminal.rest(1.5)
        written = len(terminal.raw)
        assert terminal.wait(2.0) is None
        assert len(terminal.raw) == written


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "linux"}, {"TERM": "xterm"}])
def test_plain_terminals_are_served(
    home: tuple[Path, Division, Store], environment: dict[str, str]
) -> None:
    argv = [sys.executable, "-m", "tui", "--database", str(home[0])]
    with Terminal(argv, size=(80, 24), env=environment) as terminal:
        terminal.wait_for("OFFERINGS", "help")
        if environment.get("TERM") == "linux":
            assert not set("▸●◆◇▎▌━") & set(terminal.text)
        if "NO_COLOR" in environment:
            assert b"\x1b[38;" not in terminal.raw and b";38;2;" not in terminal.raw


def test_nothing_in_the_current_folder_stands_in_for_the_program(
    home: tuple[Path, Division, Store], tmp_path: Path
) -> None:
    for name in ("tui", "models", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken over')")
    begin = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tui.cli import main; sys.exit(main())"
    )
    argv = [sys.executable, "-P", "-c", begin, "--database", str(home[0])]
    with Terminal(argv, size=(120, 36), cwd=tmp_path) as terminal:
        terminal.wait_for("OFFERINGS", "help")
        sign_in(terminal)
        terminal.rest()
        terminal.send("q")
        terminal.wait_for("OFFERINGS", "sign in")
        assert b"taken over" not in terminal.raw


def test_no_key_stops_a_kiosk_while_somebody_signs_out(home: tuple[Path, Division, Store]) -> None:
    with started(home[0], "kiosk") as terminal:
        sign_in(terminal)
        terminal.rest()
        terminal.send("q")
        for _ in range(40):
            terminal.send("\x03", "\x1a", "\x1c")
            assert terminal.wait(0.05) is None
        terminal.wait_for("OFFERINGS", "sign in")
        assert NAME not in terminal.text


def test_a_store_that_was_deleted_is_neither_written_nor_made_anew(
    home: tuple[Path, Division, Store],
) -> None:
    path = home[0]
    with started(path) as terminal:
        sign_in(terminal)
        terminal.rest()
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        terminal.send("q")
        assert terminal.wait(20) == 1
        assert not path.exists()
        settings = terminal.settings()
        assert settings[3] & termios.ECHO and settings[3] & termios.ICANON


def in_notes(path: Path, store: Store) -> Terminal:
    """The program with the notes of a session open to write in."""
    store.unit(lambda: set_setting("sample_on", "2026-10-09"))
    terminal = started(path)
    sign_in(terminal)
    terminal.rest()
    terminal.send("down", "enter")
    terminal.wait_for("NOTES")
    terminal.rest()
    terminal.send("n")
    terminal.wait_for("done writing")
    terminal.rest()
    return terminal


NOISE = (
    b"\xe9a",
    b"\xff",
    b"\x1b[M \xf0\xf0",
    b"\x1b[1114112u",
    b"\x1b[99999999999999999999u",
    b"\x1b[55296u",
    b"\x1b[<0;99999999;99999999M",
    b"\x1b[48;99999;99999;1;1t",
    b"\x1b[48;36;120;0;0t\x1b[<0;5;5M",
)
"""What no terminal should send, and some do."""


def test_bytes_that_nobody_can_read_are_passed_over(home: tuple[Path, Division, Store]) -> None:
    path, made, store = home
    with in_notes(path, store) as terminal:
        terminal.send("Before. ")
        terminal.wait_for("Before.")
        for noise in NOISE:
            os.write(terminal.master, noise)
            terminal.rest(0.15, 3)
        terminal.send(" After.")
        terminal.wait_for("Before.", "After.")
        assert b"Traceback" not in terminal.raw
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    kept = store.read(drafts.drafts_of, made.people[NAME])
    assert any("Before." in draft.body and "After." in draft.body for draft in kept)


def test_a_kiosk_stays_whatever_the_terminal_sends(home: tuple[Path, Division, Store]) -> None:
    with started(home[0], "kiosk") as terminal:
        for noise in NOISE:
            os.write(terminal.master, noise)
            terminal.rest(0.15, 3)
        terminal.send("?")
        terminal.wait_for("GETTING ABOUT")
        assert terminal.wait(0) is None


BROKEN = """
import os, sys
from tui import hearing
sound = hearing.os.read
def read(*arguments):
    data = sound(*arguments)
    if b"\\x07" in data:
        secret = "739264"
        raise RuntimeError(secret)
    return data
class Os:
    def __getattr__(self, name):
        return read if name == "read" else getattr(os, name)
hearing.os = Os()
from tui.cli import main
sys.exit(main())
"""


def test_a_failure_to_read_the_terminal_ends_like_every_fault(
    home: tuple[Path, Division, Store],
) -> None:
    path, made, store = home
    store.unit(lambda: set_setting("sample_on", "2026-10-09"))
    argv = [sys.executable, "-c", BROKEN, "--database", str(path)]
    around = {"XDG_STATE_HOME": str(path.parent / "state"), "HOME": str(path.parent)}
    with Terminal(argv, env=around) as terminal:
        terminal.wait_for("OFFERINGS", "help")
        sign_in(terminal)
        terminal.rest()
        terminal.send("down", "enter")
        terminal.wait_for("NOTES")
        terminal.rest()
        terminal.send("n")
        terminal.wait_for("done writing")
        terminal.rest()
        terminal.send("Three schools walked")
        terminal.wait_for("Three schools walked")
        terminal.send("\x07")
        assert terminal.wait() == 1
        terminal.rest(0.05, 1)
        assert b"Traceback" not in terminal.raw and b"secret" not in terminal.raw
        assert b"had to stop because of a fault in the program" in terminal.raw
    kept = store.read(drafts.drafts_of, made.people[NAME])
    assert any("Three schools walked" in draft.body for draft in kept)
    [log] = (path.parent / "state").rglob("crash.log")
    assert "RuntimeError" in log.read_text() and "739264" not in log.read_text()


def test_a_terminal_that_hangs_up_ends_the_program_and_keeps_what_was_typed(
    home: tuple[Path, Division, Store],
) -> None:
    path, made, store = home
    terminal = in_notes(path, store)
    terminal.send("Written before the line broke")
    terminal.wait_for("the line broke")
    os.close(terminal.master)
    terminal.master = -1
    # Python's own 120 where even its last flush finds no terminal.
    assert terminal.wait() in (128 + signal.SIGHUP, 120)
    kept = store.read(drafts.drafts_of, made.people[NAME])
    assert any("the line broke" in draft.body for draft in kept)


def test_a_signal_waits_for_a_store_that_another_program_holds(
    home: tuple[Path, Division, Store],
) -> None:
    path, made, store = home
    with in_notes(path, store) as terminal:
        terminal.send("Three schools walked their creek")
        terminal.wait_for("walked their creek")
        with pw.sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            os.kill(terminal.pid, signal.SIGTERM)
            # Longer than one write waits for its turn.
            assert terminal.wait(TIMEOUT + 2) is None
            other.execute("ROLLBACK")
        assert terminal.wait(20) == 128 + signal.SIGTERM
    kept = store.read(drafts.drafts_of, made.people[NAME])
    assert any("walked their creek" in draft.body for draft in kept)
