"""Real processes that race on one store: what each does, and how it reports."""

from __future__ import annotations

import multiprocessing
import random
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models import join
from models.clock import Clock
from models.communities import MembershipRow
from models.database import Store, open_store
from models.errors import CofpError
from models.journal import Actor

AT = datetime(2026, 9, 22, 18)


@dataclass(frozen=True)
class Outcome:
    """One try: who, whether it was done, what was said, and how long it took."""

    person_id: int
    done: bool
    kind: str
    words: str
    seconds: float


def opened(url: str) -> Store:
    """The store in a process of its own, on the join week's Tuesday."""
    store = open_store(url)
    store.clock = Clock("America/Regina", fixed_at=AT)
    return store


def attempt(person_id: int, write: Any, *args: Any) -> Outcome:
    """Do a write and tell what came of it; only what a person could be told is caught."""
    began = time.perf_counter()
    try:
        receipt = write(*args)
    except CofpError as error:
        took = time.perf_counter() - began
        return Outcome(person_id, False, type(error).__name__, str(error), took)
    return Outcome(person_id, True, "Receipt", receipt.words, time.perf_counter() - began)


def race(url: str, number: int, rounds: list[tuple[int, list[int]]], start: Any, told: Any) -> None:
    """In each round try for a place in its community, all processes at once."""
    store = opened(url)
    found = []
    for community_id, people in rounds:
        person_id = people[number]
        start.wait(120)
        found.append(attempt(person_id, join.join, store, Actor(person_id), community_id))
    told.put(found)
    store.close()


def wander(
    url: str, number: int, people: list[int], communities: list[int], steps: int, start: Any,
    told: Any,
) -> None:  # fmt: skip
    """Join, switch, leave, wait and stop at random, as people at many terminals do."""
    store, chance = opened(url), random.Random(number)
    found = []
    start.wait(120)
    for _ in range(steps):
        person_id, community_id = chance.choice(people), chance.choice(communities)
        actor = Actor(person_id)
        write = chance.choice((join.join, join.switch, join.switch, join.leave, join.wait, join.wait,
                               join.stop_waiting))  # fmt: skip
        if write is join.leave:
            held = store.read(_held, person_id)
            community_id = held if held is not None else community_id
        args = () if write is join.stop_waiting else (community_id,)
        found.append(attempt(person_id, write, store, actor, *args))
    told.put(found)
    store.close()


def _held(person_id: int) -> int | None:
    found: int | None = (
        MembershipRow.select(MembershipRow.community)
        .where(MembershipRow.person == person_id)
        .scalar()
    )
    return found


def open_only(url: str, number: int, start: Any, told: Any) -> None:
    """Open a store at the same moment as the others, and look into it."""
    start.wait(120)
    try:
        store = open_store(url)
        told.put([attempt(number, lambda: store.read(lambda: join_words(store)))])
        store.close()
    except CofpError as error:
        told.put([Outcome(number, False, type(error).__name__, str(error), 0.0)])


@dataclass(frozen=True)
class _Said:
    words: str


def join_words(store: Store) -> _Said:
    return _Said(store.settings.division)


def together(target: Any, many: int, *args: Any) -> list[list[Outcome]]:
    """Run `target(args[0], number, …, start, told)` in that many processes, and gather what they told."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.racing"])
    start, told = context.Barrier(many), context.Queue()
    url, *rest = args
    running = [
        context.Process(target=target, args=(url, number, *rest, start, told))
        for number in range(many)
    ]
    for process in running:
        process.start()
    try:
        found = [told.get(timeout=200) for _ in running]
    finally:
        for process in running:
            process.join(20)
            if process.is_alive():
                process.kill()
    assert [p.exitcode for p in running] == [0] * many
    return found
