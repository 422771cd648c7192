"""The terminal around the program: what Textual reads when it is imported, and handing it on unharmed.

Import this module before Textual: it reads its frame rate and Esc delay from the environment once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TEXTUAL_FPS", "240")
# 60 makes the second frame of a key wait 16 ms.
os.environ.setdefault("ESCDELAY", "25")

_KEPT = "COFP_TERMINAL"
"""The variable that carries the terminal's own settings over to the process that follows."""
_FAREWELL = "COFP_FAREWELL"
"""The variable that tells the process that follows what to say first; it names nobody."""


def take_farewell() -> bool:
    """Whether the process before signed somebody out who is not on the staff any more."""
    return bool(os.environ.pop(_FAREWELL, ""))


def settings() -> list[Any] | None:
    """The terminal's settings to be restored at the end; None where there is no terminal."""
    import termios

    carried = os.environ.pop(_KEPT, "")
    if carried:
        if sys.stdout.isatty():
            # What the process before left to be read meanwhile.
            sys.stdout.write("\x1b[A\x1b[2K")
            sys.stdout.flush()
        kept: list[Any] = json.loads(carried)
        kept[6] = [bytes(c, "latin-1") if isinstance(c, str) else c for c in kept[6]]
        return kept
    try:
        return termios.tcgetattr(sys.stdin.fileno())
    except (termios.error, OSError, ValueError):
        return None


def restore(kept: list[Any] | None) -> None:
    """Give the terminal its own settings back."""
    import termios

    if kept is not None:
        try:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, kept)
        except (termios.error, OSError, ValueError):
            return  # the terminal has hung up: there is nothing to restore


def quiet(kept: list[Any] | None) -> None:
    """Let nothing that is typed be echoed, or stop the program, while no screen listens."""
    import termios

    if kept is not None:
        off = termios.ECHO | termios.ICANON | termios.ISIG
        restore([*kept[:3], kept[3] & ~off, *kept[4:]])


def end_well(kept: list[Any] | None) -> None:
    """From now on a signal to end leaves the terminal as it was; a running screen has its own way."""
    import signal

    def end(number: int, _frame: Any) -> None:
        restore(kept)
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


def is_again() -> bool:
    """Whether this process follows one of the same program on the same terminal."""
    return _KEPT in os.environ


def throw_away_input() -> None:
    """Forget what was typed so far and not read: it was meant for nobody who is here now."""
    import termios

    try:
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    except (termios.error, OSError, ValueError):
        return  # no terminal, so nothing was typed


def start_again(
    argv: list[str],
    kept: list[Any] | None,
    *,
    farewell: bool = False,
    meanwhile: str = "Signed out. One moment ...",
) -> None:
    """Become a fresh process of the same program: only that surely forgets a person.

    `farewell`: it begins by saying that they are not on the staff any more; `meanwhile` stands on the
    terminal until it paints.

    Nothing typed in between is echoed, and the next process throws it away before it reads.
    """
    if kept is not None:
        quiet(kept)
        plain = [*kept[:6], [c.decode("latin-1") if isinstance(c, bytes) else c for c in kept[6]]]
        os.environ[_KEPT] = json.dumps(plain)
    if farewell:
        os.environ[_FAREWELL] = "1"
    if kept is not None and sys.stdout.isatty():
        # The next process takes most of a second to paint. Plain letters: any terminal has them.
        sys.stdout.write(f"\r\x1b[2K  {meanwhile}\r\n")
    sys.stdout.flush()
    # -P and the program's own place first: nothing in the current folder may stand in for it.
    home = str(Path(__file__).resolve().parent.parent)
    begin = f"import sys; sys.path.insert(0, {home!r}); from tui.cli import main; sys.exit(main())"
    os.execv(sys.executable, [sys.executable, "-P", "-c", begin, *argv])
