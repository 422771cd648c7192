"""The writers' gate: one writer at a time over all processes on this host, in order of asking."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreBusy, StoreReadOnly
from .faults import TIMEOUT


class Gate:
    """Lets one writer in at a time, in order of asking, over all processes on this host.

    The wait is the kernel's own (a queue, so nobody starves); a wait that is given up is taken back by the
    thread that waits, so that nothing happens later behind a person's back.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._mine = threading.Lock()

    def _open(self) -> int:
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._handle

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Hold the gate; raises StoreBusy when it did not open in time."""
        if not self._mine.acquire(timeout=seconds):
            raise _busy()
        try:
            try:
                handle = self._open()
            except OSError as error:
                raise StoreReadOnly(
                    f"{self._path.parent} may not be written by this user; nothing was changed."
                ) from error
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._wait(handle, seconds)
            try:
                yield
            finally:
                if self._handle is not None:
                    fcntl.flock(self._handle, fcntl.LOCK_UN)
        finally:
            self._mine.release()

    def _wait(self, handle: int, seconds: float) -> None:
        came = threading.Event()
        decided = threading.Lock()
        given_up = False

        def wait() -> None:
            fcntl.flock(handle, fcntl.LOCK_EX)
            with decided:
                if given_up:
                    os.close(handle)
                else:
                    came.set()

        threading.Thread(target=wait, daemon=True, name="cofp-gate").start()
        if came.wait(seconds):
            return
        with decided:
            if came.is_set():
                return
            given_up = True
            self._handle = None  # the waiting thread closes it, which frees the lock if it comes
        raise _busy()

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _busy() -> StoreBusy:
    return StoreBusy(
        f"Other terminals kept the store busy for {TIMEOUT:.0f} seconds; nothing was written. Try again."
    )
