"""The sample: the same each time, true on every day, and nobody's store but a sample's shows PINs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from models import access, join, sample, today
from models.actions import available
from models.communities import standing
from models.database import Store, open_store
from models.errors import BadFile, Refused
from models.people import OPERATOR
from models.roster import read_roster
from models.sample import demo, files
from models.sample.play import FIRST_DAY, LAST_DAY, play
from models.sample.roster import write_roster
from models.years import year_on
from tests.factory import division
from tests.roster_files import LittleRoster

TUESDAY = date(2026, 9, 22)
_SALTED = {("credential", "hashed"), ("enrolment_code", "hashed")}


def played(folder: Path, on: date, roster: Path | None = None) -> Store:
    """A sample of a day in a file of its own, opened."""
    path = folder / f"{on}.db"
    store = open_store(str(path), flush=False)
    play(store, on, roster)
    return store


@pytest.fixture(scope="module")
def tuesday_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    played(folder, TUESDAY).close()
    return folder / f"{TUESDAY}.db"


@pytest.fixture
def tuesday(tuesday_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A sample of the Tuesday, as nobody changed it."""
    mine = tmp_path / "tuesday.db"
    shutil.copy(tuesday_file, mine)
    store = open_store(str(mine))
    yield store
    store.close()


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a store but salts, and what names the process that made a code."""

    def read() -> dict[str, list[tuple[Any, ...]]]:
        found = {}
        for table in sorted(store.db.get_tables()):
            columns = [c.name for c in store.db.get_columns(table)]
            kept = [c for c in columns if (table, c) not in _SALTED]
            names = ", ".join(f'"{c}"' for c in kept)
            rows = store.db.execute_sql(f"SELECT {names} FROM {table} ORDER BY 1, 2").fetchall()
            if table == "operation":
                rows = [row[:-1] if row[1] == "access.make_code" else row for row in rows]
            if table == "schema_migration":
                rows = [row[:1] for row in rows]
            found[table] = rows
        return found

    return store.read(read)


def test_the_same_day_is_played_to_the_same_store(tuesday: Store, tmp_path: Path) -> None:
    first = rows_of(tuesday)
    tuesday.close()
    again = played(tmp_path, TUESDAY)
    second = rows_of(again)
    again.close()
    assert first.keys() == second.keys()
    for table in first:
        assert first[table] == second[table], table


def test_what_happens_later_changes_nothing_that_happened_before(
    tuesday: Store, tmp_path: Path
) -> None:
    def early(store: Store) -> list[tuple[Any, ...]]:
        query = (
            "SELECT at, actor_id, action, person_id, community_id, school_id, what FROM journal "
            "WHERE at < '2026-09-22 17:00' AND action NOT LIKE 'access.%' ORDER BY id"
        )
        return store.read(lambda: store.db.execute_sql(query).fetchall())

    before = early(tuesday)
    tuesday.close()
    later = played(tmp_path, date(2026, 10, 9))
    assert early(later) == before
    later.close()


def test_on_the_tuesday_about_half_are_registered_and_schools_differ(tuesday: Store) -> None:
    far = tuesday.read(join.progress, 2026)
    assert 200 <= far.expected <= 240
    assert 45 <= far.percent <= 65
    year, on = tuesday.read(year_on, TUESDAY), TUESDAY
    lines = tuesday.read(join.schools_progress, OPERATOR, year, on)
    assert len(lines) == 12
    assert max(s.progress.percent for s in lines) - min(s.progress.percent for s in lines) > 25


def test_on_the_tuesday_favourites_are_full_with_people_waiting_and_some_are_at_risk(
    tuesday: Store,
) -> None:
    def read() -> tuple[int, int]:
        full = "SELECT count(*) FROM community WHERE year_id = 2026 AND taken = capacity"
        waiting = "SELECT count(*) FROM waiting WHERE year_id = 2026"
        one = tuesday.db.execute_sql(full).fetchone()[0]
        return one, tuesday.db.execute_sql(waiting).fetchone()[0]

    full, waiting = tuesday.read(read)
    assert full >= 2
    assert waiting >= 1
    assert len(tuesday.read(today.small_communities, 2026)) >= 2


def test_welcomes_principal_has_seven_to_register(tuesday: Store) -> None:
    people = tuesday.read(sample.demo_people)
    principal = next(p for p in people if p.role_words == "Principal")
    assert principal.name == "Amara Okafor"
    page = tuesday.read(today.today, principal.person_id, TUESDAY)
    assert page.lines[0].words == "Register the 7 who are not yet in a community"


def test_there_is_somebody_for_each_role_and_only_they_have_a_pin(tuesday: Store) -> None:
    people = tuesday.read(sample.demo_people)
    assert len({p.person_id for p in people}) == len(people) == 8
    words = [p.role_words for p in people]
    assert words[:3] == ["Division Personnel", "Principal", "Lead and teacher"]
    assert words[3].startswith("Facilitator of ")
    assert words[4].startswith("Teacher in ")
    assert words[5:] == ["Teacher in no community yet", "Principal", "Core Leader"]
    with_pin = tuesday.read(
        lambda: tuesday.db.execute_sql("SELECT person_id FROM credential").fetchall()
    )
    assert {ident for (ident,) in with_pin} == {p.person_id for p in people}


def test_welcomes_people_sign_in_with_the_pin_shown(tuesday: Store) -> None:
    for person in tuesday.read(sample.demo_people):
        done = access.sign_in(tuesday, person.person_id, person.pin, "terminal")
        assert done.id == person.person_id


def test_welcomes_people_are_not_met_by_the_code_that_was_made_for_them(tuesday: Store) -> None:
    for person in tuesday.read(sample.demo_people):
        page = tuesday.read(today.today, person.person_id, TUESDAY)
        assert not [line for line in page.lines if "enrolment code" in line.words], person


def test_the_clock_stands_on_the_day_and_writes_go_through(tuesday: Store) -> None:
    assert tuesday.clock.today() == TUESDAY
    assert tuesday.settings.is_sample
    person = next(
        p for p in tuesday.read(sample.demo_people) if p.role_words.endswith("no community yet")
    )
    year = tuesday.read(year_on, TUESDAY)
    who = tuesday.read(standing, person.person_id, year.id)
    page = tuesday.read(join.offerings, year.id, join.Filter(only_free=True), who)
    from models.journal import Actor

    done = join.join(tuesday, Actor(person.person_id), page.rows[0].id)
    assert done.words.startswith("You are in ")


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_real_store_has_no_such_people(store: Store) -> None:
    division(store)
    assert store.read(sample.demo_people) == ()
    # Not even where somebody wrote the setting.
    from models.database import Setting

    entry = [{"person_id": 1, "name": "A", "role_words": "B", "school": "C", "pin": "739264"}]
    store.unit(lambda: Setting.insert(key=demo.KEY, value=json.dumps(entry)).execute())
    assert store.read(sample.demo_people) == ()


@pytest.mark.parametrize(
    "on",
    [
        FIRST_DAY,
        date(2026, 5, 29),
        date(2026, 6, 1),
        date(2026, 9, 17),
        date(2026, 12, 7),
        LAST_DAY,
    ],
)
def test_every_page_can_be_read_on_days_of_the_whole_year(tmp_path: Path, on: date) -> None:
    store = played(tmp_path, on)
    people = store.read(sample.demo_people)
    assert len(people) >= 6
    for person in people:
        page = store.read(today.today, person.person_id, on)
        assert page.lines or page.nothing
        assert today.plain_lines(page)
        assert available(page.frame.standing, page.frame.year or store.read(year_on, on), on)
    store.close()


def test_in_spring_there_are_sessions_notes_actions_and_requests(tmp_path: Path) -> None:
    store = played(tmp_path, date(2027, 3, 18))

    def many(table: str, where: str) -> int:
        query = f"SELECT count(*) FROM {table} WHERE {where}"
        found: int = store.read(lambda: store.db.execute_sql(query).fetchone()[0])
        return found

    assert many("attendance", "at > '2026-10-01'") > 150
    assert many("session_note", "published_at > '2026-10-01'") >= 15
    assert many("next_action", "done_on IS NULL") >= 5
    assert many("next_action", "done_on > '2026-10-01'") >= 10
    assert many("change_request", "state = 'approved'") >= 2
    assert many("change_request", "state = 'declined'") >= 1
    assert many("meeting", "half_day_id IS NULL") >= 3
    store.close()


def test_the_rosters_folder_is_the_same_each_time_and_without_faults(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_roster(tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    roster = read_roster(tmp_path / "one")
    assert roster.refused == () == roster.notes
    assert roster.counts.schools == 12


def test_another_roster_plays_too(tmp_path: Path) -> None:
    little = LittleRoster("1.1")
    for number in range(24):
        school = "S1" if number % 2 else "S2"
        little.person(f"t{number:02}", f"Ann Number{number}", "teacher", (school,))
    for school in ("S1", "S2"):
        little.person(f"a{school}", f"Head {school}", "administrator", (school,))
    path = little.zip(tmp_path / "little.zip")
    store = played(tmp_path, TUESDAY, path)
    assert store.settings.division == "Prairie Division"
    far = store.read(join.progress, 2026)
    assert far.expected > 20
    assert 0 < far.registered < far.expected
    assert len(store.read(sample.demo_people)) >= 5
    store.close()


# -- the files ---------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_a_sample_is_played_once_then_opened_at_once(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    on = date(2025, 6, 10)
    store = files.open_sample(on, say=said.append)
    assert store.path == files.sample_path(on)
    assert store.clock.today() == on
    store.close()
    assert len(said) == 1
    assert sorted(p.name for p in cache.iterdir() if p.name.startswith(".")) == []
    monkeypatch.setattr(files, "play", lambda *_: pytest.fail("played again"))
    again = files.open_sample(on, say=said.append)
    again.close()
    assert len(said) == 1


def test_what_a_killed_play_left_is_cleared_away_by_the_next(cache: Path) -> None:
    cache.mkdir()
    for ending in (".db", ".db-journal", ".db.gate"):
        (cache / f".playing-killed{ending}").write_bytes(b"half a year")
    files.open_sample(date(2025, 6, 10)).close()
    assert not list(cache.glob(".playing-*"))


def test_fresh_plays_it_anew_as_nobody_changed_it(cache: Path) -> None:
    on = date(2025, 6, 10)
    store = files.open_sample(on)
    division_before = store.settings.division
    from models import promote
    from models.journal import Actor

    promote.set_division(store, Actor.operator(), "division", "Changed")
    store.close()
    kept = files.open_sample(on)
    assert kept.settings.division == "Changed"
    kept.close()
    fresh = files.open_sample(on, fresh=True)
    assert fresh.settings.division == division_before
    fresh.close()


def test_each_date_and_each_roster_has_a_file_of_its_own(cache: Path, tmp_path: Path) -> None:
    one = files.sample_path(TUESDAY)
    path = LittleRoster().zip(tmp_path / "r.zip")
    assert len({one, files.sample_path(date(2026, 9, 23)), files.sample_path(TUESDAY, path)}) == 3
    assert files.sample_path(TUESDAY) == one


def test_a_day_outside_of_the_two_years_is_refused_with_the_days_that_fit(cache: Path) -> None:
    with pytest.raises(Refused, match="Mon 2 Jun 2025 to Mon 31 May 2027"):
        files.sample_path(date(2027, 6, 1))


def test_a_roster_that_is_not_there_leaves_nothing_behind(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no roster at"):
        files.open_sample(TUESDAY, tmp_path / "nothing.zip")
    (tmp_path / "bad.zip").write_bytes(b"no zip at all")
    with pytest.raises(BadFile):
        files.open_sample(TUESDAY, tmp_path / "bad.zip")
    assert [p.name for p in cache.iterdir()] == ["samples.lock"]


def test_the_files_are_the_users_own(cache: Path) -> None:
    store = files.open_sample(date(2025, 6, 10))
    assert store.path is not None
    assert store.path.stat().st_mode & 0o077 == 0
    assert cache.stat().st_mode & 0o077 == 0
    store.close()


def test_old_samples_make_room(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir()
    monkeypatch.setattr(files, "MOST_KEPT", 3)
    for number in range(5):
        (cache / f"sample-old{number}-2026-09-22.db").touch()
    files.open_sample(date(2025, 6, 10)).close()
    assert len(list(cache.glob("sample-*.db"))) == 3


def test_noon_is_the_last_moment_played(tuesday: Store) -> None:
    last = tuesday.read(lambda: tuesday.db.execute_sql("SELECT max(at) FROM journal").fetchone()[0])
    # Noon in Regina is 18:00 UTC; Welcome's people get their PINs right after it.
    assert datetime(2026, 9, 22, 14) < datetime.fromisoformat(last) < datetime(2026, 9, 22, 18, 30)


def test_nobody_is_bothered_with_what_they_did_not_read_last_year(tuesday: Store) -> None:
    unread = tuesday.read(
        lambda: tuesday.db.execute_sql(
            "SELECT DISTINCT person_id FROM notice WHERE seen_at IS NULL AND at < '2026-06-01' LIMIT 5"
        ).fetchall()
    )
    assert unread
    for (ident,) in unread:
        page = tuesday.read(today.today, ident, TUESDAY)
        assert not [line for line in page.lines if "Oct" in line.when]
