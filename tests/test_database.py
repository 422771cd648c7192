"""The store: opened, migrated, refused untouched, guarded by its gate, backed up, checked."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import peewee as pw
import pytest

from models import database, join
from models.database import Setting, Store, engines, open_store, set_setting
from models.database.prepared import PreparedRow
from models.errors import (
    Conflict,
    NotFound,
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreNewer,
    StoreReadOnly,
)

from . import racing
from .factory import Division, division

ROOT = Path(__file__).parent.parent


def put(store: Store, value: str) -> None:
    store.unit(lambda: set_setting("division", value))


def division_of(store: Store) -> str:
    store.reload_settings()
    return store.settings.division


def beside(path: Path) -> dict[str, bytes]:
    """Every file of the database's folder with its bytes."""
    return {p.name: p.read_bytes() for p in sorted(path.parent.iterdir()) if p.is_file()}


# -- opening and migrating ----------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_fresh_store_is_laid_out_and_opening_it_again_changes_nothing(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    is_file = engine == "sqlite"
    bare = str(tmp_path / "cofp.db") if is_file else request.getfixturevalue("postgres_url")
    first = open_store(bare, upgrade=True)
    put(first, "Regina")
    first.close()
    again = open_store(bare)
    assert again.settings.division == "Regina"
    again.close()


def test_a_postgres_store_is_only_migrated_when_asked(postgres_url: str) -> None:
    with pytest.raises(StoreError, match="cofp upgrade"):
        open_store(postgres_url)
    open_store(postgres_url, upgrade=True).close()
    open_store(postgres_url).close()


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(3))
def test_eight_programs_that_start_together_make_one_store(tmp_path: Path, turn: int) -> None:
    path = tmp_path / "folder" / "cofp.db"
    told = racing.together(racing.open_only, 8, str(path))
    assert [o.kind for one in told for o in one] == ["Receipt"] * 8, told
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT count(*) FROM schema_migration").fetchone() == (
            len(database.migrations()),
        )
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "data" / "cofp.db"
        store = open_store(str(path))
        put(store, "Regina")
        for found in path.parent.iterdir():
            assert stat.S_IMODE(found.stat().st_mode) == 0o600, found.name
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        store.close()
    finally:
        os.umask(before)


def test_a_store_that_is_not_there_is_made_only_where_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cofp init"):
        open_store(str(tmp_path / "none.db"), create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="folder"):
        open_store(str(tmp_path))


def made(path: Path) -> Path:
    store = open_store(str(path))
    put(store, "Regina")
    store.close()
    return path


def test_a_file_that_a_newer_program_raises_meanwhile_is_written_no_more(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "cofp.db"))
    store.unit(lambda: set_setting("website", "before"))
    with pw.sqlite3.connect(tmp_path / "cofp.db", isolation_level=None) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer, match=r"newer cofp .schema 99"):
        store.unit(lambda: set_setting("website", "after"))
    store.reload_settings()
    assert store.settings.website == "before"
    store.close()


def test_a_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    path = made(tmp_path / "cofp.db")
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA user_version = 99")
    plain.close()
    (tmp_path / "cofp.db.gate").unlink()
    before = beside(path)
    with pytest.raises(StoreNewer, match=r"newer cofp .schema 99"):
        open_store(str(path))
    assert beside(path) == before and list(before) == ["cofp.db"]


def test_an_empty_file_that_was_there_becomes_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "cofp.db"
    for name in ("cofp.db", "cofp.db.gate"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    store = open_store(str(path))
    put(store, "Regina")
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == dict.fromkeys(
        ("cofp.db", "cofp.db-wal", "cofp.db-shm", "cofp.db.gate"), 0o600
    )
    store.close()


def test_a_new_store_that_finds_the_disk_full_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise pw.OperationalError("database or disk is full")

    monkeypatch.setattr(engines, "_migrate_sqlite", full)
    with pytest.raises(StoreFull):
        open_store(str(tmp_path / "cofp.db"))
    assert list(tmp_path.iterdir()) == []
    # What was there before stays, empty as it is.
    (tmp_path / "mine.db").touch()
    with pytest.raises(StoreFull):
        open_store(str(tmp_path / "mine.db"))
    assert (tmp_path / "mine.db").exists()


def test_a_backup_never_takes_the_place_of_a_file_unasked(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "cofp.db"))
    target = tmp_path / "kept.db"
    engines.backup(store, target)
    before = target.read_bytes()
    put(store, "Regina")
    with pytest.raises(StoreError, match=r"a database of this program.*another name"):
        engines.backup(store, target)
    assert target.read_bytes() == before
    engines.backup(store, target, overwrite=True)
    assert target.read_bytes() != before
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear staff")
    with pytest.raises(StoreError, match=r"already .a file."):
        engines.backup(store, letter)
    with pytest.raises(StoreError, match="folder"):
        engines.backup(store, tmp_path, overwrite=True)
    store.close()


def test_a_newer_postgres_store_is_refused(postgres_url: str) -> None:
    store = open_store(postgres_url, upgrade=True)
    store.unit(lambda: store.db.execute_sql(
        "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', now())"))  # fmt: skip
    store.close()
    for upgrade in (False, True):
        with pytest.raises(StoreNewer):
            open_store(postgres_url, upgrade=upgrade)


@pytest.mark.parametrize(
    "content", [b"no database at all, but a text of some length\n" * 50, b"SQLite format 3\0" + b"\xff" * 4000]
)  # fmt: skip
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cofp.db"
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match="damaged or is no database"):
        open_store(str(path))
    assert beside(path) == {"cofp.db": content}


def test_somebody_elses_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE theirs (x)")
    plain.close()
    before = beside(path)
    with pytest.raises(StoreCorrupt, match="no database of this program"):
        open_store(str(path))
    assert beside(path) == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "cofp.db"
    path.touch()
    made(path)


def test_an_older_file_is_backed_up_and_then_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, steps = made(tmp_path / "cofp.db"), tmp_path / "steps"
    shutil.copytree(database.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    newest = f"{len(database.migrations()) + 1:04}_more"
    (steps / f"{newest}.py").write_text(
        'def up(migrator, db):\n    db.execute_sql("CREATE TABLE more (id INTEGER PRIMARY KEY)")\n'
    )
    for module in (database, engines):
        monkeypatch.setattr(module, "MIGRATIONS", steps)
    store = open_store(str(path))
    assert store.settings.division == "Regina" and store.db.table_exists("more")
    store.close()
    old = path.with_name(f"cofp.db.before-{len(database.migrations())}")
    monkeypatch.undo()
    kept = open_store(str(old))
    assert kept.settings.division == "Regina"
    kept.close()
    with pytest.raises(StoreNewer):
        open_store(str(path))


def test_a_migration_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, steps = made(tmp_path / "cofp.db"), tmp_path / "steps"
    shutil.copytree(database.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / f"{len(database.migrations()) + 1:04}_bad.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id INTEGER)')\n"
        "    db.execute_sql('CREATE TABLE setting (x)')\n"
    )
    with monkeypatch.context() as patched:
        for module in (database, engines):
            patched.setattr(module, "MIGRATIONS", steps)
        with pytest.raises(StoreError):
            open_store(str(path))
    store = open_store(str(path))
    assert store.settings.division == "Regina" and not store.db.table_exists("half")
    store.close()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_file_system_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    share = tmp_path / "the share"
    share.mkdir()
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {str(share).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
    real = Path.read_text

    def read_text(self: Path, *args: Any, **kwargs: Any) -> str:
        return mounts if str(self) == "/proc/self/mounts" else real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "read_text", read_text)
    with pytest.raises(StoreError, match=f"network file system .{kind}"):
        open_store(str(share / "sub" / "cofp.db"))
    assert list(share.iterdir()) == []
    open_store(str(tmp_path / "cofp.db")).close()


def test_an_address_never_shows_its_password(postgres_url: str) -> None:
    assert "secret" not in Store("postgresql://ann:secret@host/x", None, None).where
    with pytest.raises(StoreError) as failed:
        open_store("postgresql://ann:secret@127.0.0.1:9/none")
    assert "secret" not in str(failed.value) and "does not answer" in str(failed.value)


# -- reading and writing --------------------------------------------------------------------------------


def test_a_read_is_one_snapshot_however_many_queries(store: Store) -> None:
    put(store, "before")

    def elsewhere() -> None:
        put(store, "after")
        store.close_connection()

    def read() -> tuple[str, str]:
        first = database.read_settings().division
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        return first, database.read_settings().division

    assert store.read(read) == ("before", "before")
    assert division_of(store) == "after"


def test_a_failed_unit_leaves_nothing_behind(store: Store) -> None:
    put(store, "kept")

    def fails() -> None:
        set_setting("division", "lost")
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        store.unit(fails)
    assert division_of(store) == "kept"


def test_a_broken_constraint_is_a_conflict_in_words(store: Store) -> None:
    def twice() -> None:
        database.Setting.insert(key="x", value="1").execute()
        database.Setting.insert(key="x", value="2").execute()

    with pytest.raises(Conflict, match="look again"):
        store.unit(twice)


def test_what_can_be_repeated_is_repeated(store: Store) -> None:
    """Serialization failures and deadlocks of many writers are tried again from their start."""
    for state in ("40001", "40P01"):
        tries = []

        def work(state: str = state, tries: list[int] = tries) -> str:
            tries.append(1)
            if len(tries) < 3:
                error = pw.OperationalError("could not serialize")
                error.__cause__ = type("Lost", (Exception,), {"sqlstate": state})()
                raise error
            return "done"

        assert store.unit(work) == "done" and len(tries) == 3


def test_real_deadlocks_are_repeated(postgres_url: str) -> None:
    store = open_store(postgres_url, upgrade=True)
    store.unit(lambda: [set_setting(key, "x") for key in ("division", "website")])
    both, tries = threading.Barrier(2), []

    def cross(one: str, other: str) -> None:
        def work() -> None:
            tries.append(one)
            set_setting(one, other)
            if len(tries) <= 2:
                both.wait(10)
            set_setting(other, one)

        store.unit(work)

    threads = [threading.Thread(target=cross, args=pair)
               for pair in (("division", "website"), ("website", "division"))]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tries) >= 3, "one of the two was the deadlock's victim, and came again"
    store.close()


# -- the gate -------------------------------------------------------------------------------------------

HOLD = """
import fcntl, os, sys, time
handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(sqlite_store: Store) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the gate and does not let go."""
    gate = f"{sqlite_store.path}.gate"
    held = subprocess.Popen([sys.executable, "-c", HOLD, gate], stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None and held.stdout.readline() == "held\n"
    yield held
    held.kill()
    held.wait()
    held.stdout.close()


def test_a_dead_process_frees_the_gate(sqlite_store: Store, holder: subprocess.Popen[str]) -> None:
    threading.Timer(0.5, lambda: os.kill(holder.pid, signal.SIGKILL)).start()
    began = time.perf_counter()
    put(sqlite_store, "through")
    assert 0.3 < time.perf_counter() - began < 5
    assert division_of(sqlite_store) == "through"


def test_what_gave_up_waiting_never_happens_later(
    sqlite_store: Store, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_off: list[str] = []
    monkeypatch.setattr(database, "TIMEOUT", 0.4)

    def work() -> None:
        put_off.append("happened")
        set_setting("division", "too late")

    with pytest.raises(StoreBusy, match="nothing was written"):
        sqlite_store.unit(work)
    holder.kill()
    holder.wait()
    time.sleep(0.3)  # the thread that waited gets the lock now, and has to give it back
    monkeypatch.setattr(database, "TIMEOUT", 5.0)
    put(sqlite_store, "next")
    assert (division_of(sqlite_store), put_off) == ("next", [])


def test_reads_go_on_while_the_gate_is_held(
    sqlite_store: Store, holder: subprocess.Popen[str]
) -> None:
    began = time.perf_counter()
    assert division_of(sqlite_store) == "The division"
    assert time.perf_counter() - began < 1


def test_a_lock_held_by_another_program_is_waited_for(sqlite_store: Store) -> None:
    other = pw.sqlite3.connect(
        str(sqlite_store.path), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(1.0, lambda: other.execute("ROLLBACK")).start()
    put(sqlite_store, "after")
    assert division_of(sqlite_store) == "after"
    other.close()


def test_a_lock_held_for_too_long_is_said_and_nothing_written(
    sqlite_store: Store,
) -> None:
    sqlite_store.read(lambda: sqlite_store.db.execute_sql("PRAGMA busy_timeout = 200"))
    other = pw.sqlite3.connect(str(sqlite_store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match=r"nothing was written. Try again"):
        put(sqlite_store, "never")
    other.execute("ROLLBACK")
    other.close()
    assert division_of(sqlite_store) == "The division"


# -- a server that goes away --------------------------------------------------------------------------

KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def kill_connections(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as other:
        other.execute(KILL)


@pytest.fixture
def served(postgres_url: str) -> Iterator[Division]:
    store = open_store(postgres_url, upgrade=True)
    yield division(store, members=2)
    store.close()


def test_reads_and_writes_survive_a_servers_restart(served: Division) -> None:
    store = served.store
    store.reload_settings()
    kill_connections(store.url)
    assert division_of(store) == "The division"
    kill_connections(store.url)
    served.join("Teacher One", "Numeracy Talks")
    assert served.taken("Numeracy Talks") == 1


def test_a_read_whose_connection_dies_in_the_middle_is_read_again(served: Division) -> None:
    killed: list[int] = []

    def read() -> str:
        if not killed:
            killed.append(1)
            kill_connections(served.store.url)
        return database.read_settings().division

    assert served.store.read(read) == "The division"


def test_a_server_that_always_hangs_up_is_said_in_words(served: Division) -> None:
    def read() -> str:
        kill_connections(served.store.url)
        return database.read_settings().division

    with pytest.raises(StoreError, match=r"does not answer|too busy"):
        served.store.read(read)
    with pytest.raises(StoreError, match=r"does not answer|too busy"):
        served.store.unit(read)
    assert division_of(served.store) == "The division"


def test_a_connection_that_dies_in_the_middle_does_it_once(
    served: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.join import places

    actor, talks, killed = served.actor("Teacher One"), served.communities["Numeracy Talks"], []
    enter = places._enter

    def dies(*args: Any) -> None:
        enter(*args)
        if not killed:
            killed.append(1)
            kill_connections(served.store.url)

    monkeypatch.setattr(places, "_enter", dies)
    assert join.join(served.store, actor, talks).id == talks
    assert served.taken("Numeracy Talks") == 1


def test_a_commit_whose_answer_is_lost_is_not_done_twice(
    served: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, talks, lost = served.store, served.communities["Numeracy Talks"], []
    commit = type(store.db).commit

    def loses_the_answer(self: Any) -> Any:
        done = commit(self)
        if not lost:
            lost.append(1)
            kill_connections(store.url)
            raise pw.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(type(store.db), "commit", loses_the_answer)
    receipt = join.join(store, served.actor("Teacher One"), talks)
    assert (receipt.words, receipt.id) == ("You are in Numeracy Talks.", talks)
    assert lost and served.taken("Numeracy Talks") == 1


def test_a_server_that_stays_away_is_said_in_words(postgres_url: str, postgres_server: Any) -> None:
    store = open_store(postgres_url, upgrade=True)
    store.close()
    name = store.db.database
    postgres_server.psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false;")
    kill = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}';"
    postgres_server.psql(kill)
    with pytest.raises(StoreError):
        put(store, "x")
    with pytest.raises(StoreError):
        division_of(store)


# -- backups and health ---------------------------------------------------------------------------------


def test_a_backup_is_a_store_of_its_own(sqlite_store: Store, tmp_path: Path) -> None:
    put(sqlite_store, "Regina")
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    for _ in range(2):  # an older backup of that name is replaced where that was asked for
        engines.backup(sqlite_store, target, overwrite=True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [p.name for p in target.parent.iterdir()] == ["monday.db"]
    put(sqlite_store, "Later")
    sqlite_store.close()
    copy = open_store(str(target))
    assert copy.settings.division == "Regina"
    assert all(well for _, well, _ in engines.check(copy))
    copy.close()


def test_a_backup_never_lands_on_the_store_itself(sqlite_store: Store, tmp_path: Path) -> None:
    """Replacing the live file beside its log would damage what it is meant to save."""
    put(sqlite_store, "Regina")
    assert sqlite_store.path is not None
    link = tmp_path / "link.db"
    link.symlink_to(sqlite_store.path)
    hard = tmp_path / "hard.db"
    os.link(sqlite_store.path, hard)
    inode = sqlite_store.path.stat().st_ino
    names = [
        sqlite_store.path.with_name(sqlite_store.path.name + tail)
        for tail in ("", "-wal", "-shm", ".gate")
    ]
    for target in (*names, link, hard):
        with pytest.raises(StoreError, match=r"in use|another name"):
            engines.backup(sqlite_store, target)
    assert sqlite_store.path.stat().st_ino == inode
    put(sqlite_store, "still here")
    assert division_of(sqlite_store) == "still here"


def test_a_backup_never_lands_on_a_store_that_is_in_use(
    sqlite_store: Store, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"")
    other.with_name("other.db-wal").write_bytes(b"its log")
    with pytest.raises(StoreError, match="in use"):
        engines.backup(sqlite_store, other)
    assert other.read_bytes() == b""


def test_a_backup_to_a_bad_place_is_refused_in_words(sqlite_store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for target in (folder, tmp_path / "no" / "where.db"):
        with pytest.raises(StoreError, match=r"could not be written|is a folder"):
            engines.backup(sqlite_store, target)
    assert list(folder.iterdir()) == []
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_postgres_store_says_what_backs_it_up(served: Division, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        engines.backup(served.store, tmp_path / "x.db")


def test_the_check_says_that_a_store_is_well_and_what_is_not(store: Store) -> None:
    found = list(engines.check(store))
    assert found and all(well for _, well, _ in found)
    if store.path is None:
        return
    store.path.chmod(0o644)
    wrong = {name for name, well, _ in engines.check(store) if not well}
    assert wrong == {"File permissions"}


def test_every_failure_of_an_engine_becomes_words() -> None:
    for words, kind in (
        ("database is locked", StoreBusy), ("database or disk is full", StoreFull),
        ("could not extend file: No space left on device", StoreFull),
        ("attempt to write a readonly database", StoreReadOnly),
        ("database disk image is malformed", StoreCorrupt), ("file is not a database", StoreCorrupt),
        ("unable to open database file", StoreError), ("connection refused", StoreError),
        ("something else", StoreError),
    ):  # fmt: skip
        said = database.in_words(pw.OperationalError(words), "here.db")
        assert type(said) is kind and "here.db" in str(said) and str(said)[-1] in ".se"


def test_a_row_asked_for_in_prepared_words_is_the_row_that_peewee_gives(store: Store) -> None:
    asked = PreparedRow(lambda key: Setting.select().where(Setting.key == key), "a key")
    store.unit(lambda: set_setting("division", "Prairie"))
    assert store.read(asked.first, "division").value == "Prairie"
    store.unit(lambda: set_setting("division", "Aspen"))
    assert store.read(asked.first, "division").value == "Aspen"
    assert store.read(asked.first, "nothing of the kind") is None
