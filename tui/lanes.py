"""How a screen asks the store without ever freezing: two threads, one that reads and one that
writes.

Each has a connection of its own. A lock held elsewhere delays the writing lane only; the screen
goes on drawing and reading. Nothing here knows what is read or written.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Store(Protocol):
    """What the lanes need of a store."""

    def read(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run `fn(…)` in one read snapshot, in the calling thread."""

    def close_connection(self) -> None:
        """Close the calling thread's connection."""


class LanesClosed(RuntimeError):
    """A job came after `close()`; the program is ending."""


class _Lane:
    """One daemon thread that does one job after the other."""

    def __init__(self, name: str, at_end: Callable[[], None]) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._at_end = at_end
        self._lock = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._at_end()

    def put(self, job: Callable[[], None]) -> None:
        with self._lock:
            if not self._open:
                raise LanesClosed("The program is ending.")
            self._jobs.put(job)

    def close(self) -> None:
        """Take no more jobs; the thread ends after those it has."""
        with self._lock:
            if self._open:
                self._open = False
                self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Whether the thread ended within that time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


class Lanes:
    """The way from the event loop to the store and back."""

    def __init__(self, store: Any) -> None:
        """Start both threads; `store` is a models store, passed as the first argument to every
        write."""
        self.store: Store = store
        self._pending: set[asyncio.Future[Any]] = set()
        self._reader = _Lane("store-read", store.close_connection)
        self._writer = _Lane("store-write", store.close_connection)

    @property
    def writing(self) -> bool:
        """Whether a write is under way or waits for its turn: ask before ending the program."""
        return bool(self._pending)

    async def read(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(…)` in the reading lane, in one snapshot of the store, and return what it
        returns.

        Whoever stops waiting gets nothing more; a read that has not begun by then is not begun.
        Raises what `fn` raises.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            if not future.cancelled():
                _run(loop, future, lambda: self.store.read(fn, *args, **kwargs))

        self._reader.put(job)
        return await future

    async def write(
        self, fn: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(store, …)` in the writing lane and return what it returns.

        A write once asked for runs to its end, even when the task that waits for it is cancelled.
        Raises what `fn` raises.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._pending.add(future)
        future.add_done_callback(self._seen)

        def job() -> None:
            _run(loop, future, lambda: fn(self.store, *args, **kwargs))

        try:
            self._writer.put(job)
        except LanesClosed:
            self._pending.discard(future)
            future.remove_done_callback(self._seen)
            raise
        # The shield keeps the future itself, and with it the count of pending writes, from being
        # cancelled.
        return await asyncio.shield(future)

    async def finish_writes(self) -> list[BaseException]:
        """Wait until every write that was asked for is done; what those that were not done raised."""
        failed = []
        while self._pending:
            ended = set(self._pending)
            await asyncio.wait(ended)
            failed += [error for future in ended if (error := future.exception()) is not None]
            # Whoever waited for it may ask for the next one: marks of attendance go one by one.
            await asyncio.sleep(0.01)
        return failed

    def _seen(self, future: asyncio.Future[Any]) -> None:
        self._pending.discard(future)
        # Nobody may be waiting any more: fetched here, the error is not reported as forgotten at
        # exit.
        future.exception()

    async def close(self, seconds: float = 15.0) -> bool:
        """Finish every write, close both connections in their own threads; whether all ended within
        `seconds`."""
        self._reader.close()
        self._writer.close()
        loop = asyncio.get_running_loop()
        ended = await loop.run_in_executor(None, self._join, seconds)
        # One turn of the loop hands the last results to whoever waits for them.
        await asyncio.sleep(0)
        return ended

    def close_now(self, seconds: float = 15.0) -> bool:
        """The same from a place without a loop, at the very end of the program."""
        self._reader.close()
        self._writer.close()
        return self._join(seconds)

    def _join(self, seconds: float) -> bool:
        written = self._writer.join(seconds)
        return self._reader.join(1.0) and written


def _run(loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], work: Callable[[], T]) -> None:
    """Do the work in this thread and hand its result, or its error, to the loop."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the edge of the thread: whatever it is, the one who waits gets it
        _deliver(loop, future, None, error)
    else:
        _deliver(loop, future, result, None)


def _deliver(
    loop: asyncio.AbstractEventLoop,
    future: asyncio.Future[Any],
    result: Any,
    error: BaseException | None,
) -> None:
    def settle() -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)
        elif isinstance(error, StopIteration):
            # A future refuses this one; it would be a programming error in `fn`.
            future.set_exception(RuntimeError("A store function raised StopIteration."))
        else:
            future.set_exception(error)

    try:
        loop.call_soon_threadsafe(settle)
    except RuntimeError:
        # The loop is closed: the program has ended and nobody waits.
        return
