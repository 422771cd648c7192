"""The two threads between the screens and the store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from models.errors import StoreBusy
from tui.lanes import Lanes, LanesClosed


class FakeStore:
    """Remembers in which thread it was asked, and what was closed."""

    def __init__(self) -> None:
        self.reads: list[str] = []
        self.writes: list[Any] = []
        self.closed: list[str] = []

    def read(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        self.reads.append(threading.current_thread().name)
        return fn(*args, **kwargs)

    def close_connection(self) -> None:
        self.closed.append(threading.current_thread().name)


def put(store: FakeStore, value: Any) -> Any:
    store.writes.append(value)
    return threading.current_thread().name


async def test_each_lane_works_in_its_own_thread_and_closes_there() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    assert await lanes.read(lambda a, b: a + b, 1, b=2) == 3
    assert await lanes.write(put, "x") == "store-write"
    assert store.reads == ["store-read"]
    assert await lanes.close()
    assert sorted(store.closed) == ["store-read", "store-write"]
    with pytest.raises(LanesClosed):
        await lanes.read(int)
    with pytest.raises(LanesClosed):
        await lanes.write(put, "late")
    assert not lanes.writing


async def test_errors_come_through_as_they_are() -> None:
    lanes = Lanes(FakeStore())
    error = StoreBusy("Try again.")

    def fail(*_: Any) -> None:
        raise error

    for ask in (lanes.read, lanes.write):
        with pytest.raises(StoreBusy) as caught:
            await ask(fail)
        assert caught.value is error
    await lanes.close()


async def test_the_loop_and_the_reads_go_on_while_a_write_waits() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    release = threading.Event()

    def slow(store: FakeStore) -> str:
        release.wait(30)
        return "written"

    write = asyncio.ensure_future(lanes.write(slow))
    ticks = 0
    for _ in range(200):
        await asyncio.sleep(0)
        ticks += 1
        if ticks % 50 == 0:
            assert await lanes.read(lambda: "read") == "read"
    assert lanes.writing and not write.done()
    release.set()
    assert await write == "written"
    assert ticks == 200 and not lanes.writing
    await lanes.close()


async def test_a_write_that_nobody_waits_for_is_not_lost() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    begin, release = threading.Event(), threading.Event()

    def slow(store: FakeStore, value: str) -> None:
        begin.set()
        release.wait(30)
        store.writes.append(value)

    first = asyncio.ensure_future(lanes.write(slow, "first"))
    second = asyncio.ensure_future(lanes.write(slow, "second"))
    await asyncio.to_thread(begin.wait, 30)
    first.cancel()
    second.cancel()
    await asyncio.sleep(0)
    assert first.cancelled() and lanes.writing
    release.set()
    assert await lanes.close()
    assert store.writes == ["first", "second"]
    assert not lanes.writing


async def test_finishing_the_writes_tells_which_were_not_done() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    busy = StoreBusy("Another program keeps the store.")

    def refuse(store: FakeStore) -> None:
        raise busy

    assert await lanes.finish_writes() == []
    writes = [asyncio.ensure_future(lanes.write(w)) for w in (refuse, lambda store: "written")]
    await asyncio.sleep(0)
    assert await lanes.finish_writes() == [busy] and not lanes.writing
    assert writes[1].result() == "written" and writes[0].exception() is busy
    await lanes.close()


async def test_a_read_that_nobody_waits_for_is_not_begun() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    release = threading.Event()
    read: list[str] = []
    first = asyncio.ensure_future(lanes.read(release.wait, 30))
    stale = asyncio.ensure_future(lanes.read(read.append, "stale"))
    await asyncio.sleep(0.01)
    stale.cancel()
    await asyncio.sleep(0)
    release.set()
    assert await first
    assert await lanes.read(len, "abc") == 3
    assert read == []
    await lanes.close()


async def test_writes_happen_in_the_order_asked() -> None:
    store = FakeStore()
    lanes = Lanes(store)
    await asyncio.gather(*(lanes.write(put, n) for n in range(50)))
    assert store.writes == list(range(50))
    assert lanes.close_now()
