"""Every school on one screen: worst first, with bars, one key into any."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import join, text
from models.actions import judge
from models.database import Store
from models.people import SchoolRow
from tests.conftest import set_clock
from tests.factory import Division, add_person, add_school, division
from tests.hostile import HOSTILE, unfit
from tui.intent import Intent
from tui.screens.schools import BAR_CELLS, SchoolsScreen, school_bar
from tui.screens.unregistered import writing
from tui.theme import GLYPHS
from tui.widgets.table import WindowTable

from .app import press, running, settled, shown, type_text


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    return division(sqlite_store)


def test_a_bar_shows_any_done_and_is_full_only_when_all_are() -> None:
    for done, of, full in ((0, 9, 0), (1, 900, 1), (899, 900, BAR_CELLS - 1), (9, 9, BAR_CELLS)):
        bar = school_bar(join.Progress(of, done)).plain
        assert bar.count(GLYPHS["line"]) == full
        assert len(bar) == BAR_CELLS


async def test_the_school_with_most_people_missing_comes_first(made: Division) -> None:
    for name in ("One", "Two", "Three"):
        made.join(f"High {name}", "Numeracy Talks")
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        said = shown(app)
        assert said.index("Argyle School") < said.index("Balfour Collegiate")
        assert "11 of 17 · closes Fri 25 Sep (3 days)" in said
        assert "6 of 17 registered   35 %" in said
        assert "1 of 8" in said and "5 of 9" in said and "elementary" in said
        await press(pilot, "down", "enter")
        assert "UNREGISTERED · BALFOUR COLLEGIATE" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SchoolsScreen)
        assert app.screen.query_one(WindowTable).cursor == 1
        await press(pilot, "escape")
        assert type(app.screen).__name__ == "TodayScreen"


async def test_schools_are_found_by_name_and_esc_shows_all_again(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "balf")
        assert "Argyle School" not in shown(app)
        await type_text(pilot, "x")
        assert "No school has these words in its name." in shown(app)
        await press(pilot, "escape")
        assert "Argyle School" in shown(app)
        assert isinstance(app.screen, SchoolsScreen)


async def test_numbers_follow_what_was_done_in_a_school(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        assert "1 of 8" in shown(app)
        made.join("Teacher One", "Numeracy Talks")
        await press(pilot, "enter", "escape")
        assert "2 of 8" in shown(app)


@pytest.mark.parametrize(
    "name", ["Paula Principal", "Lea Lead", "Cora Core", "Teacher One", "Adam Admin"]
)
async def test_only_division_personnel_see_every_school(made: Division, name: str) -> None:
    async with running(made.store, made.people[name]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SchoolsScreen)
        assert not judge("join.see_schools", screen.standing, screen.year, screen.on).is_allowed
        assert "Only Division Personnel can see every school." in shown(app)
        assert "Argyle School" not in shown(app)
        assert not screen.hints()
        await press(pilot, "enter", "v", "slash")
        assert isinstance(app.screen, SchoolsScreen)


async def test_before_the_window_the_schools_are_there_already(made: Division) -> None:
    set_clock(made.store, 2026, 9, 18)
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        assert "opens Mon 21 Sep" in shown(app) and "Argyle School" in shown(app)


async def test_hostile_school_names_are_shown_as_text(made: Division) -> None:
    for place, name in enumerate(HOSTILE):
        school = add_school(made.store, f"school {place}")
        add_person(made.store, f"P{place} F{place}", school)
        cleaned = text.clean(name).text or "x"

        def rename(ident: int = school, words: str = cleaned) -> None:
            SchoolRow.update(name=words).where(SchoolRow.id == ident).execute()

        made.store.unit(rename)
    async with running(made.store, made.people["Dana Division"], size=(80, 24)) as (app, pilot):
        app.go("schools", Intent("schools"))
        await settled(pilot)
        for _ in range(5):
            assert unfit(shown(app).replace("\n", "")) == []
            await press(pilot, "pagedown")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_long_names_give_way_and_numbers_stay_whole(
    made: Division, size: tuple[int, int]
) -> None:
    made.store.unit(
        lambda: SchoolRow.update(name="École Élémentaire Monseigneur de Laval " * 4).execute()
    )
    async with running(made.store, made.people["Dana Division"], size=size) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        lines = shown(app).split("\n")
        head = next(line for line in lines if "of expected" in line)
        row = next(line for line in lines if "1 of 8" in line)
        assert head.rstrip().endswith("Missing") and row.rstrip().endswith("7")
        assert head.rstrip().rindex("g") == row.rstrip().rindex("7")


async def test_the_list_can_be_written_to_a_file_from_here_too(
    made: Division, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "folder", lambda: tmp_path)
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        assert "x export" in shown(app)
        await press(pilot, "x")
        assert "The list is in" in shown(app)
    (path,) = tmp_path.glob("*.csv")
    assert "Teacher Two" in path.read_text("utf-8-sig") or "Two, Teacher" in path.read_text(
        "utf-8-sig"
    )


async def test_a_kiosk_writes_no_files(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"], kiosk=True) as (app, pilot):
        app.go("schools")
        await settled(pilot)
        assert "export" not in shown(app)
