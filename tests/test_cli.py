"""The command line: every command as a process, its exit codes, and one line when it fails."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.database import open_store
from models.text import clean
from tests.roster_files import LittleRoster

ROOT = Path(__file__).parents[1]
SPRING = "2025-06-10"
"""A sample of this day is played in a moment."""


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COFP_", "XDG_"))}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "100", **more}


def cofp(
    home: Path, *arguments: str, code: int | None = 0, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the program; whatever happens it prints no control character and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True, text=True, timeout=120, cwd=home, env=environment(home, **more),
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    for output in (done.stdout, done.stderr):
        assert all(line == clean(line, lines=True).text or line.startswith(" ")
                   for line in output.split("\n"))  # fmt: skip
    if code is not None:
        assert done.returncode == code, (done.stdout, done.stderr)
    if done.returncode:
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("cofp: ")
    return done


def roster_file(folder: Path, *, extra: str = "", less: int = 0) -> Path:
    """A little division of two schools as a zip."""
    little = LittleRoster("1.2")
    names = ["Ann Lee", "Bo Ray", "Cy Dee", "Di Fox", "Ed Gee", "Flo Hay"]
    for number, name in enumerate(names[: len(names) - less]):
        little.person(f"T{number}", name, "teacher", ("S1" if number % 2 else "S2",))
    little.person("P1", "Pat Principal", "principal", ("S1",))
    little.person("D9", "Dana Division", "districtAdministrator", ("D1",))
    if extra:
        little.person("X1", extra, "teacher", ("S1",))
    return little.zip(folder / f"roster{less}{len(extra)}.zip")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def there(home: Path) -> Path:
    """A home whose default database holds a division."""
    cofp(
        home, "init", "--division", "Prairie", "--roster", str(roster_file(home)), "--year", "2026"
    )
    return home


# -- setting up --------------------------------------------------------------------------------------


def test_init_sets_up_the_default_database(home: Path) -> None:
    roster = roster_file(home)
    done = cofp(home, "init", "--division", "Prairie", "--roster", str(roster), "--year", "2026")
    path = home / ".local/share/cofp/cofp.db"
    assert f"Prairie is set up in {path}." in done.stdout
    assert "3 schools and 8 people added" in done.stdout
    assert "cofp appoint division WHO" in done.stdout
    assert path.stat().st_mode & 0o077 == 0
    again = cofp(home, "init", "--division", "X", "--roster", str(roster), code=1)
    assert "holds Prairie already" in again.stderr


def test_init_takes_any_place_for_the_database(home: Path) -> None:
    roster = roster_file(home)
    at = home / "elsewhere" / "x.db"
    cofp(home, "--database", str(at), "init", "--division", "P", "--roster", str(roster))
    assert at.exists()
    assert "P, 2026–27" in cofp(home, "unregistered", COFP_DATABASE=str(at)).stdout


def test_init_with_a_bad_roster_leaves_nothing_behind(home: Path) -> None:
    (home / "bad.zip").write_bytes(b"PK no")
    done = cofp(home, "init", "--division", "P", "--roster", "bad.zip", code=1)
    assert "bad.zip" in done.stderr
    refused = roster_file(home, extra="E" * 200)
    done = cofp(home, "init", "--division", "P", "--roster", str(refused), code=1)
    assert "1 row cannot be taken in; nothing was changed" in done.stderr
    folder = home / ".local/share/cofp"
    assert not folder.exists() or not list(folder.iterdir())
    cofp(home, "init", "--division", "P", "--roster", str(refused), "--accept-refused")


def test_without_a_database_every_command_says_how_to_make_one(home: Path) -> None:
    for command in (["unregistered"], ["settings"], ["check"], ["year", "show"]):
        assert "`cofp init` makes one" in cofp(home, *command, code=1).stderr
    assert not (home / ".local/share/cofp/cofp.db").exists()


# -- roster ------------------------------------------------------------------------------------------


def test_a_roster_import_shows_what_changes_and_the_same_again_nothing(there: Path) -> None:
    same = roster_file(there)
    done = cofp(there, "roster", "import", str(same))
    assert "Nothing changes: the store has it all already." in done.stdout
    more = roster_file(there, extra="Nan New")
    dry = cofp(there, "roster", "import", str(more), "--dry-run")
    assert "Added: Nan New" in dry.stdout
    assert "nothing was changed" in dry.stdout
    done = cofp(there, "roster", "import", str(more))
    assert "Brought in. 1 person added." in done.stdout


def test_many_gone_and_refused_rows_need_a_word(there: Path) -> None:
    fewer = roster_file(there, less=3)
    done = cofp(there, "roster", "import", str(fewer), code=1)
    assert "would be gone" in done.stderr
    assert "--yes" in done.stderr
    assert cofp(there, "roster", "import", str(fewer), "--dry-run", code=1).stderr
    cofp(there, "roster", "import", str(fewer), "--yes")
    refused = roster_file(there, extra="E" * 200)
    done = cofp(there, "roster", "import", str(refused), code=1)
    assert "Refused: users.csv line" in done.stdout
    assert "--accept-refused" in done.stderr
    cofp(there, "roster", "import", str(refused), "--accept-refused")


# -- offerings ---------------------------------------------------------------------------------------


def test_offerings_come_in_from_a_sheet_and_are_published(there: Path) -> None:
    sheet = there / "offerings.csv"
    sheet.write_text(
        "title,description,facilitators,audience,size\n"
        "Bread,We bake.,t0@school.example,K-3,12\n"
        "Birds,Up.,nobody@school.example,,\n"
    )
    done = cofp(there, "offerings", "import", "offerings.csv", "--dry-run", code=1)
    assert "Refused: offerings.csv line 3: facilitators:" in done.stdout
    cofp(there, "offerings", "import", "offerings.csv", code=1)
    done = cofp(there, "offerings", "import", "offerings.csv", "--accept-refused")
    assert "Nobody sees them yet" in done.stdout
    assert "1 community, 12 places" in cofp(there, "offerings", "publish").stdout
    assert cofp(there, "offerings", "publish", code=1).stderr
    again = cofp(there, "offerings", "import", "offerings.csv", "--accept-refused", "--publish")
    assert "out already" in again.stdout


# -- the year ----------------------------------------------------------------------------------------


def test_the_years_dates_are_shown_and_set(there: Path) -> None:
    shown = cofp(there, "year", "show", "--year", "2026").stdout
    assert re.search(r"4 Join +Mon 21 Sep +Fri 25 Sep", shown)
    done = cofp(
        there, "year", "set", "--year", "2026", "--join", "2026-09-22..2026-09-29",
        "--half-day", "2026-12-04:morning:required", "--move-half-day", "2026-10-09=2026-10-16",
        "--remove-half-day", "2027-05-21", "--half-day", "2027-04-09",
    ).stdout  # fmt: skip
    assert re.search(r"4 Join +Tue 22 Sep +Tue 29 Sep", done)
    assert "Half-day  Fri 16 Oct, afternoon (required)" in done
    assert "Half-day  Fri 4 Dec, morning (required)" in done
    assert "Half-day  Fri 9 Apr, afternoon (required)" in done
    assert "21 May" not in done
    assert "9 Oct" not in done.replace("from 9 Oct", "").replace("Fri 9 Oct  ", "")


def test_impossible_dates_are_refused(there: Path) -> None:
    set_it = ("year", "set", "--year", "2026")
    assert (
        "before it opens" in cofp(there, *set_it, "--join", "2026-09-25..2026-09-21", code=1).stderr
    )
    assert "no half-day" in cofp(there, *set_it, "--remove-half-day", "2026-10-10", code=1).stderr
    # Each names the way out.
    back = cofp(there, *set_it, "--join", "2026-09-25..2026-09-21", code=1).stderr
    assert "cofp year show" in back
    taken = cofp(there, *set_it, "--move-half-day", "2026-10-09=2026-12-04", code=1).stderr
    assert "is a half-day already" in taken and "--remove-half-day" in taken
    unknown = cofp(
        there, "year", "set", "--year", "2031", "--join", "2031-09-22..2031-09-26", code=1
    )
    assert "cofp year lay-out" in unknown.stderr
    cofp(there, *set_it, "--join", "September", code=2)
    cofp(there, *set_it, "--half-day", "2026-10-10:noon", code=2)
    cofp(there, *set_it, "--half-day", "2026-13-10", code=2)
    assert "needs a date to set" in cofp(there, *set_it, code=2).stderr
    assert "not been set up" in cofp(there, "year", "show", "--year", "2031", code=1).stderr


def test_another_year_is_laid_out_once(there: Path) -> None:
    assert "2027–28" in cofp(there, "year", "lay-out", "2027").stdout
    assert "set up already" in cofp(there, "year", "lay-out", "2027", code=1).stderr


# -- people ------------------------------------------------------------------------------------------


def test_roles_are_given_and_taken_back(there: Path) -> None:
    done = cofp(there, "appoint", "division", "Dana Division")
    assert done.stdout == "Dana Division is Division Personnel.\n"
    cofp(there, "appoint", "lead", "t1@school.example", "--school", "Prairie View")
    assert "is no longer" in cofp(there, "appoint", "lead", "Bo Ray", "--remove").stdout
    assert "(`cofp school`)" in cofp(there, "appoint", "core-leader", "Ann Lee", code=1).stderr
    cofp(there, "school", "Lakeside", "high")
    cofp(there, "appoint", "core-leader", "Ann Lee")
    assert "Nobody on the staff" in cofp(there, "appoint", "lead", "Zoe", code=1).stderr
    assert (
        "No school" in cofp(there, "appoint", "lead", "Bo Ray", "--school", "Mars", code=1).stderr
    )
    cofp(there, "appoint", "emperor", "Bo Ray", code=2)


def test_a_school_is_what_the_division_says(there: Path) -> None:
    assert "is now high" in cofp(there, "school", "Lakeside", "high").stdout


def test_a_code_is_printed_alone_on_its_line(there: Path) -> None:
    done = cofp(there, "code", "dana division").stdout.splitlines()
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", done[0])
    assert done[1].startswith("For Dana Division")


def test_no_code_is_made_that_nobody_sees(there: Path) -> None:
    command = f"{sys.executable} -m tui code 'dana division' | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(there), cwd=there,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "1\n"
    assert done.stderr.startswith("cofp: Nobody reads what is printed, so no code was made.")
    assert done.stderr.count("\n") == 1
    assert "code for you" not in cofp(there, "today", "--as", "dana division").stdout
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        lost = subprocess.run(
            [sys.executable, "-m", "tui", "code", "dana division"], stdout=full, text=True,
            stderr=subprocess.PIPE, env=environment(there), cwd=there, timeout=60, check=False,
        )  # fmt: skip
    assert lost.returncode == 1 and lost.stderr.count("\n") == 1
    assert "Make another one" in lost.stderr


def test_news_stand_on_everybodys_page(home: Path) -> None:
    words = "The hand-outs are on the web site. =1+1"
    said = cofp(home, "sample", "--on", SPRING, "news", words).stdout
    assert "everybody's Today page" in said
    for who in ("Amara Okafor", "p001"):
        assert words in cofp(home, "sample", "--on", SPRING, "today", "--as", who).stdout
    for nothing in ("", "  ", "x" * 301):
        assert "News" in cofp(home, "sample", "--on", SPRING, "news", nothing, code=1).stderr
    cofp(home, "sample", "--on", SPRING, "news", code=2)


def test_todays_page_is_printed_as_plain_lines(there: Path) -> None:
    page = cofp(there, "today", "--as", "Ann Lee").stdout
    assert page.startswith("Prairie · ")
    assert "TODAY" in page
    wrong = cofp(there, "today", "--as", "Ann Lee", "--on", "2026-09-22", code=2)
    assert "only a sample" in wrong.stderr


def test_who_is_unregistered_as_table_csv_and_json(there: Path) -> None:
    table = cofp(there, "unregistered").stdout
    assert "0 of 6 registered" in table
    assert "6 people are in no community" in table
    rows = json.loads(cofp(there, "unregistered", "--format", "json").stdout)
    assert len(rows) == 6
    assert {"name", "school", "role", "email"} <= rows[0].keys()
    assert {r["email"] for r in rows} == {f"t{n}@school.example" for n in range(6)}
    one = json.loads(cofp(there, "unregistered", "--school", "Lakeside", "--format", "json").stdout)
    assert {r["school"] for r in one} == {"Lakeside Collegiate"}
    found = list(csv.DictReader(io.StringIO(cofp(there, "unregistered", "--format", "csv").stdout)))
    assert [r["email"] for r in found] == [r["email"] for r in rows]
    assert found[0].keys() == rows[0].keys()


def test_cells_of_csv_are_no_formulas(home: Path) -> None:
    little = LittleRoster("1.1")
    little.person("T1", "Ann =HYPERLINK(1)", "teacher", ("S1",))
    path = little.zip(home / "r.zip")
    cofp(home, "init", "--division", "P", "--roster", str(path))
    found = list(csv.reader(io.StringIO(cofp(home, "unregistered", "--format", "csv").stdout)))
    assert found[1][0].startswith("'=HYPERLINK")


# -- upkeep ------------------------------------------------------------------------------------------


def test_settings_are_shown_and_set(there: Path) -> None:
    assert re.search(r"minimum_size +4\n", cofp(there, "settings").stdout)
    cofp(there, "set", "minimum_size", "5")
    assert re.search(r"minimum_size +5 +set", cofp(there, "settings").stdout)
    assert "no setting" in cofp(there, "set", "sample_on", "2026-09-22", code=1).stderr
    assert "whole number" in cofp(there, "set", "minimum_size", "many", code=1).stderr
    assert "time zone" in cofp(there, "set", "zone", "Mars/Base", code=1).stderr


def test_check_tells_what_is_well_and_what_is_not(there: Path) -> None:
    done = cofp(there, "check")
    assert "Integrity: ok" in done.stdout
    path = there / ".local/share/cofp/cofp.db"
    path.chmod(0o644)
    # Two lines come of it: the report on stdout, and nothing else, so no single line on stderr.
    ill = subprocess.run(
        [sys.executable, "-m", "tui", "check"], capture_output=True, text=True, check=False,
        cwd=there, env=environment(there), timeout=60,
    )  # fmt: skip
    assert ill.returncode == 1
    assert "WRONG  File permissions" in ill.stdout


def test_a_clock_behind_the_journal_stops_writes_until_accepted(there: Path) -> None:

    path = there / ".local/share/cofp/cofp.db"
    store = open_store(str(path))
    store.unit(lambda: store.db.execute_sql("UPDATE operation SET at = '2099-01-01 00:00:00'"))
    store.close()
    assert "--accept-clock" in cofp(there, "set", "minimum_size", "5", code=1).stderr
    assert "Accepted" in cofp(there, "check", "--accept-clock").stdout
    cofp(there, "set", "minimum_size", "5")
    assert "nothing to accept" in cofp(there, "check", "--accept-clock").stdout


def test_a_backup_is_a_whole_store_of_its_own(there: Path) -> None:
    cofp(there, "backup", "copy.db")
    assert "0 of 6 registered" in cofp(there, "--database", "copy.db", "unregistered").stdout
    assert cofp(there, "backup", "no/such/folder/copy.db", code=1).stderr


def crowded(there: Path, database: Path) -> None:
    """Leave a log beside the database, as a program that was killed does."""
    killed = f"""
import os
from models.database import open_store, set_setting
store = open_store({str(database)!r})
store.db.connect(reuse_if_open=True)
store.db.execute_sql("PRAGMA wal_autocheckpoint = 0")
for number in range(60):
    store.unit(lambda: set_setting("website", "later " + "x" * 4000 + str(number)))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", killed], check=True, env=environment(there), cwd=ROOT)
    assert database.with_name(f"{database.name}-wal").stat().st_size > 0


def test_a_backup_is_brought_back_and_what_was_there_is_kept_whole(there: Path) -> None:
    database = there / "cofp.db"
    at = ("--database", str(database))
    source = cofp(there, "backup", str(database))
    assert source.returncode == 0
    cofp(there, *at, "set", "website", "https://before.example")
    cofp(there, *at, "backup", "b.db")
    crowded(there, database)
    done = cofp(there, *at, "restore", "b.db")
    assert "is well" in done.stdout
    [aside] = re.findall(r"kept as (\S+)\.$", done.stdout, re.MULTILINE)
    assert "https://before.example" in cofp(there, *at, "settings").stdout
    assert "later x" in cofp(there, "--database", aside, "settings").stdout
    assert "is well" in cofp(there, "--database", aside, "check").stdout
    assert Path(database).stat().st_mode & 0o077 == 0
    assert list(there.glob(".cofp.db.*")) == []
    # The same once more finds another name for what is there.
    assert "aside-2" in cofp(there, *at, "restore", "b.db").stdout


def test_what_is_no_sound_backup_is_not_brought_back(there: Path) -> None:
    database = there / "cofp.db"
    at = ("--database", str(database))
    cofp(there, "backup", str(database))
    cofp(there, "backup", "b.db")
    before = database.read_bytes()
    good = (there / "b.db").read_bytes()
    (there / "torn.db").write_bytes(good[: len(good) // 2])
    (there / "other.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    (there / "newer.db").write_bytes(good[:60] + (9999).to_bytes(4, "big") + good[64:])
    for name, words in (
        ("none.db", "There is no backup"), ("torn.db", "damaged"), ("other.db", "no backup"),
        ("newer.db", "newer cofp"), (str(database), "the database itself"),
    ):  # fmt: skip
        assert words in cofp(there, *at, "restore", name, code=1).stderr
    assert database.read_bytes() == before and list(there.glob("*aside*")) == []


def test_no_backup_is_brought_back_while_the_database_is_open(there: Path) -> None:
    database = there / "cofp.db"
    at = ("--database", str(database))
    cofp(there, "backup", str(database))
    cofp(there, "backup", "b.db")
    store = open_store(str(database))
    store.read(lambda: None)
    refused = cofp(there, *at, "restore", "b.db", code=1).stderr
    assert "has" in refused and "open" in refused and "Close the program" in refused
    store.close()
    cofp(there, *at, "restore", "b.db")


def test_upgrade_has_nothing_to_do_where_all_is_new(there: Path) -> None:
    assert "has this program's form" in cofp(there, "upgrade").stdout


@pytest.mark.postgres
def test_a_postgresql_database_is_upgraded_first_then_set_up(home: Path, postgres_url: str) -> None:
    roster = str(roster_file(home))
    at = ("--database", postgres_url)
    early = cofp(home, *at, "init", "--division", "P", "--roster", roster, code=1)
    assert "cofp upgrade" in early.stderr
    cofp(home, *at, "upgrade")
    cofp(home, *at, "init", "--division", "P", "--roster", roster, "--year", "2026")
    assert "0 of 6 registered" in cofp(home, *at, "unregistered").stdout
    assert "PostgreSQL" in cofp(home, *at, "check").stdout
    assert "pg_dump" in cofp(home, *at, "backup", "x.db", code=1).stderr


# -- faults ------------------------------------------------------------------------------------------


def test_what_is_no_database_is_left_untouched(home: Path) -> None:
    (home / "notes.db").write_bytes(b"not a database, but long enough to be looked at" * 40)
    before = (home / "notes.db").read_bytes()
    assert (
        "damaged or is no database"
        in cofp(home, "--database", "notes.db", "settings", code=1).stderr
    )
    assert (home / "notes.db").read_bytes() == before
    assert "is a folder" in cofp(home, "--database", str(home), "settings", code=1).stderr


def test_wrong_usage_is_one_line_and_exit_code_two(home: Path) -> None:
    for wrong in (
        ["frobnicate"], ["init"], ["roster"], ["unregistered", "--format", "xml"], ["--nope"],
        ["today"], ["sample", "--on", "yesterday"], ["--database"], ["--database", "", "settings"],
        ["--database", "x.db", "sample"], ["year", "show", "--year", "26"],
    ):  # fmt: skip
        done = cofp(home, *wrong, code=2)
        assert not done.stdout


def test_a_screen_without_a_terminal_is_refused_and_makes_nothing(home: Path) -> None:
    for wanted in ([], ["kiosk"], ["sample"], ["sample", "kiosk"]):
        assert "need a terminal" in cofp(home, *wanted, code=2).stderr
    assert not list(home.iterdir())


def test_help_and_version(home: Path) -> None:
    done = cofp(home, "--help")
    assert "the operator's" in done.stdout
    for command in ("init", "roster", "offerings", "year", "appoint", "set", "settings",
                    "unregistered", "today", "code", "check", "backup", "restore", "upgrade", "kiosk",
                    "sample"):  # fmt: skip
        assert f"\n    {command}" in done.stdout
        assert "the operator's" in " ".join(cofp(home, command, "--help").stdout.split())
    assert re.fullmatch(r"cofp \d+\.\d+\.\d+\n", cofp(home, "--version").stdout)


def test_a_reader_who_has_enough_is_no_error(there: Path) -> None:
    command = f"{sys.executable} -m tui unregistered | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(there), cwd=there,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""


def test_a_full_disk_under_the_output_is_one_line(there: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "settings"], stdout=full, stderr=subprocess.PIPE,
            text=True, env=environment(there), cwd=there, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "cofp: The output: No space left on device.\n"


def test_a_poor_character_set_gets_question_marks(there: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "year", "show", "--year", "2026"], capture_output=True,
        env=environment(there, PYTHONIOENCODING="ascii"), cwd=there, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"2026?27" in done.stdout


def test_names_that_carry_controls_are_printed_as_text(home: Path) -> None:
    little = LittleRoster("1.1")
    little.person("T1", "Ann \x1b[31mRed\u202e", "teacher", ("S1",))
    cofp(home, "init", "--division", "P\x1b]0;x\x07", "--roster", str(little.zip(home / "r.zip")))
    for command in (["unregistered"], ["unregistered", "--format", "json"], ["settings"],
                    ["today", "--as", "T1"]):  # fmt: skip
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", cofp(home, *command).stdout)


# -- the sample --------------------------------------------------------------------------------------


def test_commands_work_in_the_sample_on_any_day(home: Path) -> None:
    page = cofp(home, "sample", "today", "--as", "Amara Okafor", "--on", SPRING).stdout
    assert "Tue 10 Jun 2025" in page
    again = cofp(home, "sample", "--on", SPRING, "today", "--as", "Amara Okafor").stdout
    assert again == page
    assert len(list((home / ".cache/cofp").glob("sample-*.db"))) == 1
    cofp(home, "sample", "--on", SPRING, "set", "minimum_size", "6")
    assert "6" in cofp(home, "sample", "--on", SPRING, "settings").stdout
    fresh = cofp(home, "sample", "--fresh", "--on", SPRING, "settings").stdout
    assert re.search(r"minimum_size +4\n", fresh)
    assert (
        "can stand on any day" in cofp(home, "sample", "--on", "2031-01-01", "check", code=1).stderr
    )
    assert "no roster" in cofp(home, "sample", "--roster", "x.zip", "check", code=1).stderr


def test_the_sample_never_touches_the_divisions_own_store(there: Path) -> None:
    path = there / ".local/share/cofp/cofp.db"
    before = path.read_bytes()
    cofp(there, "sample", "--on", SPRING, "check", COFP_DATABASE=str(path))
    assert path.read_bytes() == before


def test_textual_is_not_imported_for_plain_text(there: Path) -> None:
    code = (
        "import sys; from tui.cli import main; main(['unregistered']); "
        "sys.exit(any(m.split('.')[0] in ('textual', 'rich', 'psycopg', 'argon2') for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(there), cwd=there, timeout=60, check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0


def test_an_interrupt_is_one_line(there: Path) -> None:
    code = (
        "import os, signal, sys, tui.cli as cli\n"
        "from tui.cli import commands\n"
        "commands.run = lambda chosen: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(cli.main(['settings']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(there), cwd=there, timeout=60, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr.count("\n") == 1


def test_a_fault_inside_the_program_tells_its_place_but_nobodys_data(there: Path) -> None:
    code = (
        "import sys, tui.cli as cli\n"
        "from tui.cli import commands\n"
        "def fail(chosen): raise ValueError('secret of Ann Lee')\n"
        "commands.run = fail\n"
        "sys.exit(cli.main(['settings']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(there), cwd=there, timeout=60, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "Ann" not in done.stderr
