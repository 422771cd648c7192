"""A program in a pseudo-terminal, as a person has it: start it, read its screen, press keys, and time
it.

A thread only reads, stamps each piece with the monotonic clock and answers what the program asks of a
terminal. The pieces are parsed later, when somebody asks, so that parsing is in no figure. A frame
counts as painted at the end of its synchronised update, as on a real terminal.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parent.parent

KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H",
    "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "enter": "\r", "escape": "\x1b",
    "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "space": " ", "delete": "\x1b[3~",
    "f10": "\x1b[21~",
}  # fmt: skip

_FRAME_BEGIN = b"\x1b[?2026h"
_FRAME_END = b"\x1b[?2026l"
_ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)
# What pyte would print as text, or does not need: private modes but the cursor's, and queries.
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[ -/]*[@-~]|\x1b\[\?(?!25[hl])[0-9;]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1bP[^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<=>?]*[ -/]*|\][^\x07\x1b]*|P[^\x1b]*)?$")

_LULL = 0.03
"""Seconds of silence before what came is parsed."""

Cells = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Frame:
    """One painted frame."""

    seconds: float
    """From the keys to its end."""
    lines: tuple[str, ...]
    is_change: bool
    """Whether it differs from the screen before it, in text or look."""


@dataclass(frozen=True)
class Painted:
    """What followed some keys."""

    frames: tuple[Frame, ...]
    waited: float
    """Seconds that the program stood ready to run and the machine was busy with something else."""

    @property
    def change(self) -> float | None:
        """Seconds to the first frame that differs; None when nothing changed."""
        return next((f.seconds for f in self.frames if f.is_change), None)

    def first(self, seen: Callable[[tuple[str, ...]], bool]) -> float | None:
        """Seconds to the first frame of which `seen` is true."""
        return next((f.seconds for f in self.frames if seen(f.lines)), None)


class NotShown(AssertionError):
    """What was waited for did not appear; the message holds the screen."""


class Terminal:
    """The program `argv` in a terminal of its own; a context manager that ends it."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        """`size` in columns and rows; `env` is added to a plain terminal's environment."""
        self.size = size
        self.chunks: list[tuple[float, bytes]] = []
        """Everything that was written, stamped."""
        self._parsed = 0
        self._rest = b""
        self._is_painting = False
        """Whether a synchronised update has begun and not ended."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._news = threading.Condition()
        self._ended = False
        self._code: int | None = None
        around = {
            **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "USER", "TMPDIR")},
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8", **(env or {}),
        }  # fmt: skip
        rows = struct.pack("HHHH", size[1], size[0], 0, 0)
        self.started = time.perf_counter()
        self.pid, self.master = pty.fork()
        """The program's process id; the same after it has started itself again."""
        if self.pid == 0:  # the child: nothing may happen here but becoming the program
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, rows)
                os.chdir(cwd)
                os.execvpe(argv[0], list(argv), around)
            finally:
                os._exit(127)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    # -- the program -------------------------------------------------------------------------------

    def close(self, number: int = signal.SIGTERM, seconds: float = 10.0) -> int | None:
        """End the program by a signal and return its exit code; None when it had to be killed."""
        if self.wait(0) is None:
            os.kill(self.pid, number)
        code = self.wait(seconds)
        if code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self._reader.join(2.0)
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
        return code

    def wait(self, seconds: float = 10.0) -> int | None:
        """The exit code once the program has ended (-9: killed); None when it has not within the time."""
        end = time.perf_counter() + seconds
        while self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
            elif time.perf_counter() >= end:
                return None
            else:
                time.sleep(0.005)
        return self._code

    def settings(self) -> list[Any]:
        """The terminal's settings now."""
        return termios.tcgetattr(self.master)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> None:
        asked = b""
        while True:
            try:
                ready, _, _ = select.select([self.master], [], [], 0.5)
                data = os.read(self.master, 1 << 16) if ready else None
            except (OSError, ValueError):
                break
            if data is None:
                continue
            if not data:
                break
            at = time.perf_counter()
            asked = asked[-32:] + data
            for question, answer in _ANSWERS:
                if question.search(asked):
                    asked = question.sub(b"", asked)
                    os.write(self.master, answer)
            with self._news:
                self.chunks.append((at, data))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    # -- the screen --------------------------------------------------------------------------------

    @property
    def screen(self) -> pyte.Screen:
        """The screen as it is now, with its colours."""
        self._parse(len(self.chunks))
        return self._screen

    @property
    def lines(self) -> tuple[str, ...]:
        """The screen's rows as they are now."""
        self._parse(len(self.chunks))
        return tuple(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as it is now, without the spaces at the ends of rows."""
        return "\n".join(line.rstrip() for line in self.lines)

    def forget(self) -> None:
        """Let go of what was written so far; the screen stays as it is."""
        with self._news:
            self._parse(len(self.chunks))
            self.chunks.clear()
            self._parsed = 0

    @property
    def raw(self) -> bytes:
        """Every byte that was written."""
        return b"".join(data for _, data in self.chunks)

    def wait_for(self, *words: str, seconds: float = 15.0) -> float:
        """Wait until all the words are on the screen; seconds from the program's start to that frame.

        Raises NotShown.
        """
        end = time.perf_counter() + seconds
        while True:
            # Parsing while pieces arrive would keep the reader, and so the program, waiting.
            self.rest(_LULL, end - time.perf_counter())
            while self._parsed < len(self.chunks):
                at = self._parse(self._parsed + 1)
                if self._shows(words):
                    return at - self.started
            if self._shows(words):
                return (self.chunks[-1][0] if self.chunks else self.started) - self.started
            with self._news:
                if self._parsed < len(self.chunks):
                    continue
                left = end - time.perf_counter()
                if left <= 0 or self._ended:
                    raise NotShown(f"{words} never came:\n{self.text}")
                self._news.wait(left)

    def _shows(self, words: Sequence[str]) -> bool:
        """Whether a finished frame holds all the words."""
        if self._is_painting:
            return False
        shown = "\n".join(self._screen.display)
        return all(word in shown for word in words)

    def wait_gone(self, word: str, seconds: float = 15.0) -> None:
        """Wait until a word is no longer on the screen; raises NotShown."""
        end = time.perf_counter() + seconds
        while word in self.text:
            if time.perf_counter() > end:
                raise NotShown(f"{word!r} stays:\n{self.text}")
            with self._news:
                self._news.wait(0.05)

    def rest(self, quiet: float = 0.15, seconds: float = 15.0) -> None:
        """Wait until nothing has been written for `quiet` seconds from now on."""
        called = time.perf_counter()
        end = called + seconds
        with self._news:
            while not self._ended and time.perf_counter() < end:
                last = max(called, self.chunks[-1][0]) if self.chunks else called
                left = last + quiet - time.perf_counter()
                if left <= 0:
                    return
                self._news.wait(left)

    def _parse(self, stop: int) -> float:
        """Draw the pieces before `stop` on the screen; the stamp of the last one."""
        at = self.started
        while self._parsed < stop:
            at, data = self.chunks[self._parsed]
            self._parsed += 1
            self._draw(data)
        return at

    def _draw(self, data: bytes) -> None:
        data = self._rest + data
        cut = _UNFINISHED.search(data[-200:])
        keep = len(data) - (len(data[-200:]) - cut.start()) if cut else len(data)
        data, self._rest = data[:keep], data[keep:]
        begun, ended = data.rfind(_FRAME_BEGIN), data.rfind(_FRAME_END)
        if begun != ended:
            self._is_painting = begun > ended
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))

    def _cells(self) -> Cells:
        screen = self._screen
        rows = range(screen.lines)
        return tuple(tuple(screen.buffer[y][x] for x in range(screen.columns)) for y in rows)

    # -- keys --------------------------------------------------------------------------------------

    def send(self, *keys: str) -> float:
        """Press keys, by name (“down”) or as text; the moment at which they were written."""
        data = "".join(KEYS.get(key, key) for key in keys).encode()
        at = time.perf_counter()
        os.write(self.master, data)
        return at

    def painted(self, *keys: str, quiet: float = 0.06, seconds: float = 2.0) -> Painted:
        """Press keys and time every frame that follows, until `quiet` seconds without output.

        Waits at most `seconds` for the first output.
        """
        self._parse(len(self.chunks))
        before = self._cells()
        start, ran = len(self.chunks), _waited(self.pid)
        at = self.send(*keys)
        with self._news:
            while not self._ended:
                now = time.perf_counter()
                last = self.chunks[-1][0] if len(self.chunks) > start else at + seconds - quiet
                if now >= last + quiet:
                    break
                self._news.wait(last + quiet - now)
        waited = _waited(self.pid) - ran
        frames: list[Frame] = []
        for stamp, data in self.chunks[start:]:
            self._parsed += 1
            parts = data.split(_FRAME_END)
            for number, part in enumerate(parts):
                self._draw(part + _FRAME_END if number < len(parts) - 1 else part)
                if number < len(parts) - 1:
                    after = self._cells()
                    frames.append(Frame(stamp - at, tuple(self._screen.display), after != before))
                    before = after
        return Painted(tuple(frames), waited)


def _waited(pid: int) -> float:
    """Seconds that a process's threads stood ready and did not run."""
    total = 0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return total / 1e9
