"""Unregistered on the screen: who is missing, registering, reminding, not expected, files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from models import join, promote, text
from models.actions import judge
from models.actions.targets import AtPlace
from models.communities import CommunityRow, MembershipRow, NoticeRow
from models.database import Store
from models.errors import StoreBusy
from models.journal import Actor
from models.people import PersonRow, SchoolRow, TeachesRow
from tests.conftest import set_clock
from tests.factory import Division, add_person, division
from tests.hostile import HOSTILE, unfit
from tui.app import CofpApp
from tui.intent import Intent
from tui.screens.unregistered import UnregisteredScreen, writing
from tui.widgets.footer import KeyLine
from tui.widgets.table import WindowTable

from .app import press, running, settled, shown, type_text


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    """The join week's Tuesday; everybody teaches a grade, so that suggestions have reasons."""
    found = division(sqlite_store)

    def teach() -> None:
        for ident in found.people.values():
            TeachesRow.insert(person=ident, kind="grade", value="1", said_by="roster").execute()

    sqlite_store.unit(teach)
    return found


async def opened(app: CofpApp, pilot: Pilot[Any], school: int | None = None) -> UnregisteredScreen:
    app.go("unregistered", Intent("unregistered", id=school))
    await settled(pilot)
    assert isinstance(app.screen, UnregisteredScreen)
    return app.screen


def where(made: Division, name: str) -> str:
    ident = made.people[name]
    found: list[str] = made.store.read(
        lambda: [
            m.community.title for m in MembershipRow.select().where(MembershipRow.person == ident)
        ]
    )
    return found[0] if found else ""


def told(made: Division, name: str) -> list[str]:
    ident = made.people[name]
    found: list[str] = made.store.read(
        lambda: [n.words for n in NoticeRow.select().where(NoticeRow.person == ident)]
    )
    return found


async def test_a_lead_sees_who_is_missing_with_what_would_suit_them(made: Division) -> None:
    made.join("Teacher One", "Numeracy Talks")
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        said = shown(app)
    assert "UNREGISTERED · ARGYLE SCHOOL" in said
    assert "6 of 8 · closes Fri 25 Sep (3 days)" in said
    assert "2 of 8 registered" in said
    assert "1 today" in said
    assert "Two, Teacher" in said and "One, Teacher" not in said
    assert "Numeracy Talks: for Grade 1 · 1 colleague from their school" in said


async def test_enter_registers_one_in_their_best_suggestion(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "enter")
        said = shown(app)
        assert "Register Teacher Five in …" in said
        assert "may switch freely until Fri 25 Sep" in " ".join(said.split())
        await press(pilot, "enter")
        assert "Register Teacher Five in Land-Based Learning?" in shown(app)
        assert where(made, "Teacher Five") == ""
        await press(pilot, "y")
        assert "Registered Teacher Five in Land-Based Learning." in shown(app)
        assert "2 of 8 registered" in shown(app)
        assert "Five, Teacher" not in shown(app)
    assert where(made, "Teacher Five") == "Land-Based Learning"
    assert "Lea Lead registered you in Land-Based Learning" in told(made, "Teacher Five")[0]


async def test_the_picker_narrows_as_one_types_and_esc_registers_nobody(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "r")
        await type_text(pilot, "band")
        said = shown(app)
        assert "Band & Choir" in said and "Numeracy Talks" not in said
        await press(pilot, "escape")
        assert where(made, "Teacher Five") == ""
        await press(pilot, "r")
        await type_text(pilot, "band")
        await press(pilot, "enter", "n")
        assert where(made, "Teacher Five") == ""
        await press(pilot, "r")
        await type_text(pilot, "band")
        await press(pilot, "enter", "enter")
    assert where(made, "Teacher Five") == "Band & Choir"


async def test_the_last_question_says_whom_it_is_for_and_that_it_is_full_then(
    made: Division,
) -> None:
    def narrow() -> None:
        band = made.communities["Band & Choir"]
        CommunityRow.update(
            audience="high", audience_words="9–12 Music", capacity=CommunityRow.taken + 1
        ).where(CommunityRow.id == band).execute()

    made.store.unit(narrow)
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "r")
        await type_text(pilot, "band")
        await press(pilot, "enter")
        said = " ".join(shown(app).split())
        assert "It is for 9–12 Music, which does not seem to be them." in said
        assert "They take its last place." in said
        await press(pilot, "escape", "r")
        await type_text(pilot, "numer")
        await press(pilot, "enter")
        said = " ".join(shown(app).split())
        assert "Register Teacher Five in Numeracy Talks?" in said
        assert "does not seem" not in said and "last place" not in said


async def test_several_are_registered_each_in_their_own_after_confirmation(
    made: Division,
) -> None:
    """Land-Based Learning has two places: the third gets their next suggestion."""
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "space", "space", "home", "down", "down", "down", "space", "r")
        assert "Register 3 people in …" in shown(app)
        await press(pilot, "enter")
        said = shown(app)
        assert "Register 3 people, each in their own suggestion?" in said
        assert "Five, Teacher" in said and "Four, Teacher" in said
        assert "Numeracy Talks" in said
        assert where(made, "Teacher Five") == ""
        await press(pilot, "y")
        assert "Registered Teacher Five, Teacher Four and Teacher Six." in shown(app) or (
            "Registered Teacher Five" in shown(app)
        )
    placed = [where(made, f"Teacher {n}") for n in ("Five", "Four")]
    assert placed == ["Land-Based Learning", "Land-Based Learning"]
    assert made.taken("Land-Based Learning") == 2 and made.taken("Numeracy Talks") == 1


async def test_several_in_one_community_and_who_found_no_place_stays_marked(
    made: Division,
) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "space", "space", "space", "r")
        await type_text(pilot, "land")
        await press(pilot, "enter")
        assert "Only 2 of them find a place" in shown(app)
        await press(pilot, "y")
        said = " ".join(shown(app).split())
        assert "1 person could not be" in said and "is full" in said
        table = screen.query_one("#people")
        assert len(table.marked) == 1  # type: ignore[attr-defined]
    assert made.taken("Land-Based Learning") == 2


async def test_after_the_window_a_reason_is_asked_and_kept(made: Division) -> None:
    set_clock(made.store, 2026, 10, 1)
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await opened(app, pilot)
        assert "closed Fri 25 Sep" in shown(app)
        await press(pilot, "r", "enter", "y")
        assert "Register 1 person after the window?" in shown(app)
        await type_text(pilot, "back from leave")
        await press(pilot, "enter")
        assert "Registered Teacher Five in Land-Based Learning." in shown(app)
    assert "Reason given: back from leave" in told(made, "Teacher Five")[0]


async def test_a_key_that_is_not_open_yet_says_from_when(made: Division) -> None:
    set_clock(made.store, 2026, 9, 18)
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        assert "opens Mon 21 Sep" in shown(app)
        await press(pilot, "r")
        assert "Join opens on Mon 21 Sep." in shown(app)
    set_clock(made.store, 2026, 9, 28)
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "r")
        said = " ".join(shown(app).split())
        assert "Join closed on Fri 25 Sep." in said
        assert "The school's Principal or Division Personnel can, with a reason." in said


def keys_offered(screen: UnregisteredScreen) -> dict[str, bool]:
    """The keys that act on people, and whether each is enabled, as the footer shows them."""
    acting = {"register", "remind", "unexpected"}
    return {hint.id: hint.enabled for hint in screen.hints() if hint.id in acting}


@pytest.mark.parametrize(
    "on",
    [(2026, 6, 2), (2026, 9, 20), (2026, 9, 21), (2026, 9, 25), (2026, 9, 26), (2027, 5, 31)],
    ids=lambda on: "-".join(map(str, on)),
)
async def test_the_screen_offers_exactly_what_the_table_allows(
    made: Division, on: tuple[int, int, int]
) -> None:
    """For every role, and for each person of the list, their own line included."""
    store = made.store
    set_clock(store, *on)
    doing = {
        "register": ("join.register", "join.register_late"),
        "remind": ("join.remind",),
        "unexpected": ("join.expect",),
    }
    for name in ("Lea Lead", "Paula Principal", "Adam Admin", "Dana Division"):
        async with running(store, made.people[name]) as (app, pilot):
            screen = await opened(app, pilot, made.schools["Argyle"])
            for _ in range(3):  # the third line is the Lead of the school
                row = screen.query_one(WindowTable).row
                assert row is not None
                place = AtPlace(row.at, 0, is_running=True, places_left=1)
                anybody = replace(row.at, person_id=0)  # the key reminds all, not this one
                wanted = {}
                for key, actions in doing.items():
                    verdicts = [
                        judge(
                            action, screen.standing, screen.year, screen.on,
                            {"join.expect": row.at, "join.remind": anybody}.get(action, place),
                        )
                        for action in actions
                    ]  # fmt: skip
                    if any(v.is_theirs for v in verdicts):
                        wanted[key] = any(v.is_allowed for v in verdicts)
                assert keys_offered(screen) == wanted, (name, row.name)
                await press(pilot, "down")


@pytest.mark.parametrize("name", ["Teacher One", "Fay Facilitator", "Cora Core"])
async def test_whoever_does_not_answer_for_the_school_sees_no_names(
    made: Division, name: str
) -> None:
    async with running(made.store, made.people[name]) as (app, pilot):
        screen = await opened(app, pilot, made.schools["Argyle"])
        said = " ".join(shown(app).split())
        assert "Only the school's Leads and administrators, or Division Personnel can" in said
        assert "Two, Teacher" not in said
        assert not screen.hints()
        await press(pilot, "r", "s", "u", "x", "f", "v", "slash")
        assert isinstance(app.screen, UnregisteredScreen)


async def test_reminding_goes_to_those_marked_or_to_all_with_a_word(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "space", "s")
        assert "Remind the person marked?" in shown(app)
        await type_text(pilot, "Ask me")
        await press(pilot, "enter")
        assert "Reminded 1 person" in shown(app)
        assert told(made, "Teacher Five")[0].endswith("Ask me")
        assert told(made, "Teacher Four") == []
        await press(pilot, "s")
        assert "Remind all 6 people?" in shown(app)
        await press(pilot, "enter")
        assert "Reminded 6 people" in shown(app)
    assert len(told(made, "Teacher Five")) == 2
    assert told(made, "Lea Lead") == []


async def test_not_expected_needs_a_reason_and_can_be_taken_back(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "u", "enter")
        assert "lease write something here." in shown(app)
        await type_text(pilot, "on leave")
        await press(pilot, "enter")
        said = shown(app)
        assert "Teacher Five is not expected to register." in said
        assert "1 of 7 registered" in said and "1 not expected" in said
        await press(pilot, "f")
        said = shown(app)
        assert "on leave" in said and "Paula Principal" in said
        await press(pilot, "u")
        await type_text(pilot, "she is back")
        await press(pilot, "enter")
        said = shown(app)
        assert "Teacher Five is expected to register." in said
        assert "1 of 8 registered" in said and "Five, Teacher" in said


async def test_a_reason_that_did_not_reach_the_store_is_there_at_the_next_try(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy("Another program kept the store for too long. Nothing was written.")

    real = join.expect
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await opened(app, pilot)
        monkeypatch.setattr(join, "expect", busy)
        await press(pilot, "u")
        await type_text(pilot, "on leave")
        await press(pilot, "enter")
        assert "Nothing was written." in shown(app)
        monkeypatch.setattr(join, "expect", real)
        await press(pilot, "u")
        assert "on leave" in shown(app)
        await press(pilot, "enter")
        assert "Teacher Five is not expected to register." in shown(app)


async def test_everyone_registered_is_a_warm_empty_page(made: Division) -> None:
    for name in ("One", "Two", "Three", "Four", "Five", "Six"):
        made.join(f"Teacher {name}", "Numeracy Talks")
    made.join("Lea Lead", "Band & Choir")
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        assert "Everyone at Argyle is in a community." in shown(app)
        await press(pilot, "r", "s", "space", "escape")
        assert type(app.screen).__name__ == "TodayScreen"


async def test_division_personnel_see_everybody_and_go_by_school(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        await opened(app, pilot)
        said = shown(app)
        assert "EVERY SCHOOL" in said and "Balfour Collegiate" in said and "Argyle School" in said
        await press(pilot, "v")
        assert type(app.screen).__name__ == "SchoolsScreen"
        await press(pilot, "enter")
        assert "UNREGISTERED · ARGYLE SCHOOL" in shown(app)
        await press(pilot, "escape")
        assert type(app.screen).__name__ == "SchoolsScreen"
        await press(pilot, "v")
        assert "EVERY SCHOOL" in shown(app) and "Core, Cora" in shown(app)


async def test_whoever_answers_for_two_schools_turns_between_them(made: Division) -> None:
    promote.appoint(
        made.store, Actor.operator(), "lead", made.people["Cora Core"],
        made.schools["Argyle"],
    )  # fmt: skip
    async with running(made.store, made.people["Cora Core"]) as (app, pilot):
        await opened(app, pilot)
        assert "BALFOUR COLLEGIATE" in shown(app)
        await press(pilot, "space", "v")
        said = shown(app)
        assert "ARGYLE SCHOOL" in said and "Two, Teacher" in said and "Five, High" not in said
        assert "marked" not in said
        await press(pilot, "v")
        assert "BALFOUR COLLEGIATE" in shown(app)


async def test_the_list_is_narrowed_by_name(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "slash")
        await type_text(pilot, "fi")
        said = shown(app)
        assert "Five, Teacher" in said and "Two, Teacher" not in said
        assert "1 found" in said and "7 of 8" not in said
        await press(pilot, "enter", "s")
        assert "Remind one person?" in shown(app)
        await press(pilot, "escape", "escape")
        assert "found" not in shown(app) and "7 of 8" in shown(app)
        assert "Two, Teacher" in shown(app)
        assert isinstance(app.screen, UnregisteredScreen)


async def test_others_registering_meanwhile_show_at_the_next_key(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        made.join("Teacher Five", "Numeracy Talks")
        await press(pilot, "down")
        assert "1 of 8 registered" in shown(app)
        monkeypatch.setattr("tui.screens.unregistered.STALE", -1.0)
        await press(pilot, "down")
        assert "2 of 8 registered" in shown(app)
        assert "Five, Teacher" not in shown(app)


async def test_the_export_is_a_file_of_ones_own_without_formulas(
    made: Division, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def rename() -> None:
        PersonRow.update(family="=HYPERLINK(1)", given="Té").where(
            PersonRow.id == made.people["Teacher One"]
        ).execute()

    made.store.unit(rename)
    monkeypatch.setattr(writing, "folder", lambda: tmp_path)
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "x")
        assert "The list is in" in shown(app)
        await press(pilot, "x")
    first = tmp_path / "unregistered-argyle-2026-09-22.csv"
    assert (tmp_path / "unregistered-argyle-2026-09-22-2.csv").exists()
    assert first.stat().st_mode & 0o777 == 0o600
    lines = first.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("name,school,role,email")
    assert len(lines) == 8
    assert any(line.startswith('"\'=HYPERLINK(1), Té"') for line in lines)


async def test_with_marks_the_export_holds_those_marked(
    made: Division, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(writing, "folder", lambda: tmp_path)
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        assert "x export all" in shown(app) and "s remind all" in shown(app)
        await press(pilot, "space", "space")
        assert "x export 2" in shown(app) and "s remind 2" in shown(app)
        await press(pilot, "x")
        assert "The list of the 2 marked is in" in " ".join(shown(app).split())
    (path,) = tmp_path.glob("*.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0].strip('"') for line in lines[1:]] == ["Five", "Four"]


async def test_a_kiosk_writes_no_files(
    made: Division, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(writing, "folder", lambda: tmp_path)
    async with running(made.store, made.people["Lea Lead"], kiosk=True) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "x")
        assert "export" not in [hint.id for hint in screen.hints()]
    assert list(tmp_path.glob("*.csv")) == []


async def test_a_folder_that_takes_no_file_is_said(
    made: Division, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(writing, "folder", lambda: tmp_path / "gone")
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await opened(app, pilot)
        await press(pilot, "x")
        assert "could not be written" in shown(app)


async def test_hostile_names_are_shown_as_text(made: Division) -> None:
    store = made.store
    home = made.schools["Argyle"]
    for place, name in enumerate(HOSTILE):
        cleaned = text.clean(name).text[:120] or "x"
        add_person(store, f"P{place} F{place}", home, family=cleaned, given=cleaned)
    store.unit(
        lambda: (
            SchoolRow.update(name="[@click=app.quit]École[/] " + "x" * 90)
            .where(SchoolRow.id == home)
            .execute()
        )
    )
    async with running(store, made.people["Paula Principal"], size=(80, 24)) as (app, pilot):
        await opened(app, pilot)
        for key in ("pagedown", "pagedown", "pagedown", "end", "space", "up", "space", "r"):
            await press(pilot, key)
            assert unfit(shown(app).replace("\n", "")) == []
        await press(pilot, "escape", "u")
        assert unfit(shown(app).replace("\n", "")) == []
        await press(pilot, "escape", "s")
        assert unfit(shown(app).replace("\n", "")) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_nothing_is_clipped_at_any_size(made: Division, size: tuple[int, int]) -> None:
    """With the longest names, every line keeps inside its width and the columns stay whole."""
    long = "Featherstonehaugh-Wolanskyj-Tremblay"
    made.store.unit(lambda: PersonRow.update(family=long, given="Maximiliana Anastasia").execute())
    async with running(made.store, made.people["Dana Division"], size=size) as (app, pilot):
        for school in (made.schools["Argyle"], None):
            screen = await opened(app, pilot, school)
            if school is None:
                await press(pilot, "v", "v")
                assert isinstance(app.screen, UnregisteredScreen)
                screen = app.screen
            lines = shown(app).split("\n")
            head = next(line for line in lines if "Suggested now" in line)
            assert head.rstrip().endswith(("Places", "Reminded"))
            assert "closes Fri 25 Sep (3 days)" in shown(app)
            for part in screen.query(".body *"):
                if part.display and part.size.width:
                    assert part.region.right <= size[0]
                    assert part.region.bottom <= size[1]


async def test_what_was_said_goes_when_another_line_or_question_is_gone_to(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        screen = await opened(app, pilot)
        await press(pilot, "enter", "enter", "y")
        assert "Registered Teacher Five in" in screen.said.text
        await press(pilot, "down")
        assert screen.said.text == ""
        await press(pilot, "up")
        screen.said.ok("Registered somebody.")
        await press(pilot, "r")
        assert screen.said.text == ""
        assert "⏎/r register" in str(screen.query_one(KeyLine).render_line(0).text)
