"""Faults: killed in a rush, a full disk, a file that may not be written, a damaged one. Nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import join
from models.communities import CommunityRow, MembershipRow
from models.database import Store, engines, open_store
from models.errors import Refused, StoreCorrupt, StoreError, StoreFull
from models.journal import Actor, JournalRow, OperationRow
from models.promote import post_news

from .conftest import set_clock
from .factory import Division, division

ROOT = Path(__file__).parent.parent
KILLS = 8


def run(code: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A program of its own, with the house on its path."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def finish(program: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = program.communicate(timeout=100)
    return program.returncode, out + err


# -- kill -9 ----------------------------------------------------------------------------------------------

RUSH = """
    import sys
    from datetime import datetime
    from models import join
    from models.clock import Clock
    from models.database import open_store
    from models.journal import Actor

    url, people, communities = sys.argv[1], eval(sys.argv[2]), eval(sys.argv[3])
    store = open_store(url)
    store.clock = Clock("America/Regina", fixed_at=datetime(2026, 9, 22, 18))
    print("ready", flush=True)
    while True:
        for number, person in enumerate(people):
            actor = Actor(person)
            held = communities[number % 2]
            receipt = join.join(store, actor, held)
            print(actor.op, flush=True)
            actor = Actor(person)
            join.switch(store, actor, communities[1 - number % 2])
            print(actor.op, flush=True)
        for number, person in enumerate(people):
            actor = Actor(person)
            join.leave(store, actor, communities[1 - number % 2])
            print(actor.op, flush=True)
"""


@pytest.mark.slow
def test_kill_9_in_a_rush_loses_nothing_that_was_acknowledged(store: Store) -> None:
    made = division(store)
    talks, band = made.communities["Numeracy Talks"], made.communities["Band & Choir"]
    people = [made.people[f"Teacher {n}"] for n in ("One", "Two", "Three")]

    def empty() -> None:
        MembershipRow.delete().where(MembershipRow.role == "member").execute()
        CommunityRow.update(taken=0).execute()

    acknowledged: list[str] = []
    for turn in range(KILLS):
        store.unit(empty)
        store.close_connection()
        program = run(RUSH, store.url, people, [talks, band])
        assert program.stdout is not None and program.stderr is not None
        assert program.stdout.readline() == "ready\n", program.stderr.read()
        time.sleep(0.05 + 0.037 * turn)
        os.kill(program.pid, signal.SIGKILL)
        out, err = program.communicate(timeout=30)
        assert program.returncode == -signal.SIGKILL and err == ""
        # The last line may be torn; a whole one is an answer that somebody has read.
        acknowledged += [line for line in out.split("\n")[:-1] if len(line) == 32]

        def read() -> tuple[set[str], set[str], dict[int, int], Counter[int]]:
            return (
                {r.op for r in OperationRow.select()},
                {r.op for r in JournalRow.select()},
                dict(CommunityRow.select(CommunityRow.id, CommunityRow.taken).tuples()),
                Counter(
                    m.community_id
                    for m in MembershipRow.select().where(MembershipRow.role == "member")
                ),
            )

        operations, recorded, taken, members = store.read(read)
        assert set(acknowledged) <= operations
        assert operations == recorded
        assert taken == {ident: members[ident] for ident in taken}
    assert len(acknowledged) > KILLS
    assert all(well for _, well, _ in engines.check(store))


# -- a full disk ------------------------------------------------------------------------------------------


def fill_up(made: Division) -> tuple[int, StoreError]:
    """Write until the disk is full: how many were acknowledged, and what was said then."""
    for number in range(20_000):
        try:
            post_news(made.store, made.actor("Dana Division"), f"{number} " + "x" * 250)
        except StoreError as error:
            return number, error
    raise AssertionError("the disk never filled up")


def news(store: Store) -> list[str]:
    from models.promote import NewsRow

    return store.read(lambda: [n.words for n in NewsRow.select() if n.words.endswith("xxx")])


def test_a_full_disk_is_said_and_loses_nothing(sqlite_store: Store) -> None:
    made = division(sqlite_store, members=1)
    db = sqlite_store.db
    sqlite_store.unit(lambda: None)
    pages = sqlite_store.read(lambda: db.execute_sql("PRAGMA page_count").fetchone()[0])
    sqlite_store.read(lambda: db.execute_sql(f"PRAGMA max_page_count = {pages + 12}"))
    many, said = fill_up(made)
    assert isinstance(said, StoreFull)
    assert "nothing was written" in str(said) and "Free some space" in str(said)
    assert len(news(sqlite_store)) == many > 0
    # Still full: the failure before left nothing half open that would hide the cause.
    again, said = fill_up(made)
    assert isinstance(said, StoreFull) and len(news(sqlite_store)) == many + again
    sqlite_store.read(lambda: db.execute_sql("PRAGMA max_page_count = 1000000"))
    made.join("Teacher One", "Numeracy Talks")
    assert made.taken("Numeracy Talks") == 1
    assert all(well for _, well, _ in engines.check(sqlite_store))


FULL = """
    import shutil, sys
    from pathlib import Path
    sys.path.insert(0, ".")
    from tests.factory import division
    from tests.test_faults import fill_up, news
    from models.database import engines, open_store

    folder, ballast = Path(sys.argv[1]), Path(sys.argv[1]) / "ballast"
    store = open_store(str(folder / "cofp.db"))
    made = division(store, members=1)
    ballast.write_bytes(b"x" * max(0, shutil.disk_usage(folder).free - 200_000))
    many, said = fill_up(made)
    assert type(said).__name__ == "StoreFull", repr(said)
    assert len(news(store)) == many, (len(news(store)), many)
    ballast.unlink()
    made.join("Teacher One", "Numeracy Talks")
    assert len(news(store)) == many
    assert all(well for _, well, _ in engines.check(store))
    print("well", many)
"""


def small_disk() -> tuple[str, ...]:
    """The words before a program that give it a disk of 4 MB of its own; empty where that may not be."""
    words = ("unshare", "--mount", "--map-root-user", "sh", "-c",
             'mount -t tmpfs -o size=4m tmpfs /mnt && exec "$@"', "sh")  # fmt: skip
    try:
        done = subprocess.run([*words, "true"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return words if done.returncode == 0 else ()


SMALL_DISK = small_disk()


@pytest.mark.parametrize("prefix", [SMALL_DISK] if SMALL_DISK else [])
def test_a_disk_that_is_really_full_loses_nothing(prefix: tuple[str, ...]) -> None:
    code, said = finish(run(FULL, "/mnt", prefix=prefix))
    assert code == 0 and said.startswith("well"), said


# -- a file that may not be written -------------------------------------------------------------------------

READ_ONLY = """
    import os, sys
    from datetime import datetime
    path, user = sys.argv[1], int(sys.argv[2])
    # Whatever is needed is imported while it may still be read.
    import peewee, playhouse.migrations, models.join, models.database.engines, models.promote
    from models.clock import Clock
    from models.database import open_store
    from models.errors import StoreError
    from models.journal import Actor
    if user:
        os.setgid(user); os.setuid(user)
    try:
        store = open_store(path)
        store.clock = Clock("America/Regina", fixed_at=datetime(2026, 9, 22, 18))
        models.promote.post_news(store, Actor.operator(), "never")
    except StoreError as error:
        print(type(error).__name__, error)
    else:
        print("written")
"""
UNPRIVILEGED = 65534 if os.geteuid() == 0 else 0
"""Whom to become, since permissions do not bind root."""


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="cofp-faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["folder too", "file alone"])
def test_a_file_that_may_not_be_written_is_said_and_left_alone(
    reachable: Path, folder_mode: int
) -> None:
    folder = reachable / "data"
    folder.mkdir()
    path = folder / "cofp.db"
    store = open_store(str(path))
    division(store, members=1)
    store.close()
    path.with_name("cofp.db.gate").chmod(0o444 if folder_mode == 0o555 else 0o666)
    path.chmod(0o444)
    folder.chmod(folder_mode)
    before = path.read_bytes()
    try:
        code, said = finish(run(READ_ONLY, path, UNPRIVILEGED))
    finally:
        folder.chmod(0o755)
        path.chmod(0o644)
    assert code == 0, said
    assert said.startswith("StoreReadOnly") and "nothing was changed" in said, said
    assert path.read_bytes() == before


@pytest.mark.parametrize("there", [True, False], ids=["there", "not there"])
def test_a_folder_that_may_not_be_entered_is_said_in_words(reachable: Path, there: bool) -> None:
    folder = reachable / "closed"
    folder.mkdir()
    if there:
        open_store(str(folder / "cofp.db")).close()
    folder.chmod(0o000)
    try:
        code, said = finish(run(READ_ONLY, folder / "cofp.db", UNPRIVILEGED))
    finally:
        folder.chmod(0o755)
    assert code == 0 and said.startswith("StoreError") and "could not be opened" in said, said


# -- a damaged file -------------------------------------------------------------------------------------------


def test_a_damaged_page_is_said_and_seen_by_the_check(sqlite_store: Store) -> None:
    made = division(sqlite_store)
    assert sqlite_store.path is not None
    sqlite_store.read(lambda: None)
    path = sqlite_store.path
    sqlite_store.close()
    size = path.stat().st_size
    with path.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(b"\xa5" * (size - 4096))
    with pytest.raises(StoreCorrupt, match=r"damaged.*backup"):
        again = open_store(str(path))
        set_clock(again, 2026, 9, 22)
        join.join(again, made.actor("Teacher One"), made.communities["Numeracy Talks"])


def test_a_store_that_vanished_is_never_made_anew_by_a_write(sqlite_store: Store) -> None:
    """An open program whose file somebody has moved away says so, and puts no empty one in its place."""
    made = division(sqlite_store, members=1)
    assert sqlite_store.path is not None
    sqlite_store.close()
    moved = sqlite_store.path.with_name("moved.db")
    sqlite_store.path.rename(moved)
    with pytest.raises(StoreError):
        made.join("Teacher One", "Numeracy Talks")
    assert not sqlite_store.path.exists()
    found = open_store(str(moved))
    assert (
        found.read(lambda: MembershipRow.select().where(MembershipRow.role == "member").count())
        == 0
    )
    found.close()


# -- busy for long ------------------------------------------------------------------------------------------

LOCK = """
    import sys, time
    import peewee
    other = peewee.sqlite3.connect(sys.argv[1], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    print("locked", flush=True)
    time.sleep(float(sys.argv[2]))
    other.execute("ROLLBACK")
"""


@pytest.mark.slow
def test_a_database_locked_for_five_seconds_by_another_process(sqlite_store: Store) -> None:
    """Reads go on at once; the write waits its turn and is done."""
    made = division(sqlite_store, members=2)
    assert sqlite_store.path is not None
    program = run(LOCK, sqlite_store.path, 5)
    assert program.stdout is not None and program.stdout.readline() == "locked\n"
    began = time.perf_counter()
    assert made.taken("Numeracy Talks") == 0
    assert time.perf_counter() - began < 1
    made.join("Teacher One", "Numeracy Talks")
    assert 3 < time.perf_counter() - began < 9
    assert made.taken("Numeracy Talks") == 1
    assert finish(program)[0] == 0


def test_a_refusal_is_not_a_fault(sqlite_store: Store) -> None:
    """Rules and faults are told apart: whoever catches one never swallows the other."""
    made: Any = division(sqlite_store, members=1)
    set_clock(sqlite_store, 2026, 10, 1)
    with pytest.raises(Refused) as refused:
        made.join("Teacher One", "Numeracy Talks")
    assert not isinstance(refused.value, StoreError)
    assert made.actor("Teacher One") != Actor(made.people["Teacher One"])
