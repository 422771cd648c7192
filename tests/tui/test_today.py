"""The Today screen, the shared step screen, the division's desk, what one teaches, help and the palette."""

from __future__ import annotations

from datetime import date

import pytest

from models import join, promote, today
from models.communities import NoticeRow
from models.database import Store
from models.journal import Actor
from models.people import AppointmentRow, taught_by
from models.years import Step, laid_out
from tests.conftest import set_clock
from tests.factory import Division, add_person, add_school, division
from tui.app import STEP_SCREENS
from tui.intent import Intent
from tui.screens.palette import Palette
from tui.screens.today import TodayScreen
from tui.screens.travel import Travel
from tui.widgets.lines import Lines

from .app import press, running, settled, shown, type_text
from .conftest import Around


@pytest.fixture
def argyle(sqlite_store: Store) -> Division:
    return division(sqlite_store)


async def test_a_principal_sees_the_missing_first_and_enter_opens_them(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Paula Principal"]) as (app, pilot):
        page = shown(app)
        assert "Register the 7 who are not yet in a community" in page
        assert "1 of 8 registered" in page
        await press(pilot, "enter")
        assert type(app.screen).__name__ == "UnregisteredScreen"
        await press(pilot, "0")
        assert isinstance(app.screen, TodayScreen)


async def test_what_was_done_for_somebody_stands_on_top_until_they_take_note(
    argyle: Division,
) -> None:
    pairs = [(argyle.people["Teacher One"], argyle.communities["Numeracy Talks"])]
    join.register(argyle.store, argyle.actor("Lea Lead"), pairs)
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        first = app.screen.query_one("#due", Lines).picked_id or ""
        assert first.startswith("notice-")
        assert "Lea Lead registered you in Numeracy Talks" in shown(app)
        await press(pilot, "enter")
        assert "You are free to switch while Join is open." in shown(app)
        await press(pilot, "escape")
        assert "Lea Lead registered you in Numeracy Talks" in shown(app)
        await press(pilot, "enter", "enter")
        assert type(app.screen).__name__ == "JoinScreen"
        await press(pilot, "0")
        assert "Lea Lead registered you" not in shown(app)
        assert "Numeracy Talks" in shown(app)
    seen = argyle.store.read(lambda: [n.seen_at for n in NoticeRow.select()])
    assert all(seen)


async def test_today_is_never_empty(argyle: Division) -> None:
    argyle.join("Teacher One", "Numeracy Talks")
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, _pilot):
        assert "Nothing is due today. Next: Join closes, Fri 25 Sep." in shown(app)


def test_what_is_next_names_the_deadlines_and_is_printed_in_columns(argyle: Division) -> None:
    page = argyle.store.read(today.today, argyle.people["Teacher One"], argyle.store.clock.today())
    assert [e.words for e in page.events][:2] == ["Join closes", "Share & Reflect opens"]
    lines = today.plain_lines(page)
    printed = lines[lines.index("NEXT") + 1 :][: len(page.events)]
    starts = {line.index(e.words) for line, e in zip(printed, page.events, strict=True)}
    assert len(starts) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_step_opens_and_says_its_window(
    argyle: Division, size: tuple[int, int]
) -> None:
    async with running(argyle.store, argyle.people["Teacher One"], size) as (app, pilot):
        for number, name in enumerate(STEP_SCREENS, 1):
            await press(pilot, str(number))
            assert name == app.screen.NAME  # type: ignore[attr-defined]
            assert app.screen.STEP is list(Step)[number - 1]  # type: ignore[attr-defined]
            await press(pilot, "escape")
            assert isinstance(app.screen, TodayScreen)


async def test_a_window_is_said_once(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"], (80, 24)) as (app, pilot):
        for key, said in (
            ("3", "Was open  Mon 1 Jun to Fri 11 Sep"),
            ("6", "Opens  Thu 1 Oct to Mon 31 May"),
            ("1", "Open  Mon 1 Jun to Mon 31 May · ongoing"),
        ):
            await press(pilot, key)
            line = next(
                line for line in shown(app).splitlines() if "pen" in line and " to " in line
            )
            assert line.strip() == said


async def test_the_desk_names_the_communities_that_today_counts(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Dana Division"], (80, 24)) as (app, pilot):
        words = "3 communities have fewer than 4 members"
        assert words in shown(app)
        await press(pilot, *["down"] * 9, "enter")
        assert app.screen.NAME == "division"  # type: ignore[attr-defined]
        assert words.upper() in shown(app) and "Band & Choir · 0 members" in shown(app)
        assert "Nothing waits for you here." not in shown(app)


async def test_travel_begins_at_the_day_at_hand() -> None:
    year = laid_out(2026)
    app = Around()
    async with app.run_test() as pilot:
        app.push_screen(Travel(year, date(2026, 9, 23)))
        await pilot.pause()
        assert app.screen.query_one("#days", Lines).picked_id == "2026-09-22"


async def test_the_summer_steps_say_what_is_my_part(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Paula Principal"]) as (app, pilot):
        await press(pilot, "1")
        assert "Identify your school's Leads" in shown(app)
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        await press(pilot, "1")
        assert "Identify your school's Leads" not in shown(app)


async def test_division_personnel_name_the_principal_that_the_roster_left_open(
    argyle: Division,
) -> None:
    school = add_school(argyle.store, "École Massey School")
    wanted = add_person(argyle.store, "Marie Directrice", school, "administrator")
    add_person(argyle.store, "Anne Autre", school, "administrator")
    async with running(argyle.store, argyle.people["Dana Division"]) as (app, pilot):
        assert "Say who is the Principal of" in shown(app)
        await press(pilot, "7")
        assert "Say who is the Principal of École Massey School" in shown(app)
        await press(pilot, "enter")
        assert "Marie Directrice" in shown(app)
        await press(pilot, "down", "enter")
        assert "Marie Directrice is Principal at École Massey School." in shown(app)
        assert "Say who is the Principal of" not in shown(app)
    named = argyle.store.read(
        lambda: [
            a.person_id
            for a in AppointmentRow.select().where(
                (AppointmentRow.school == school) & (AppointmentRow.role == "principal")
            )
        ]
    )
    assert named == [wanted]


async def test_the_division_s_desk_is_for_division_personnel_alone(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Paula Principal"]) as (app, pilot):
        await press(pilot, "7")
        assert isinstance(app.screen, TodayScreen)
        app.go("division")
        await press(pilot)
        assert "Only Division Personnel can" in shown(app)


async def test_division_personnel_publish_after_a_question(sqlite_store: Store) -> None:
    made = division(sqlite_store, published=False)
    set_clock(sqlite_store, 2026, 9, 16)
    async with running(sqlite_store, made.people["Dana Division"]) as (app, pilot):
        assert "Publish 3 approved offerings" in shown(app)
        await press(pilot, "7", "enter")
        assert "Publish 3 offerings?" in shown(app)
        await press(pilot, "escape")
        assert not sqlite_store.read(
            today.frame, None, sqlite_store.clock.today()
        ).year.is_published  # type: ignore[union-attr]
        await press(pilot, "enter", "y")
        assert "Offerings are out: 3 communities, 15 places." in shown(app)


async def test_somebody_says_what_they_teach(argyle: Division) -> None:
    who = argyle.people["Teacher One"]
    async with running(argyle.store, who) as (app, pilot):
        assert "Say what you teach" in shown(app)
        await press(pilot, "down", "enter")
        await press(pilot, "down", "down", "space", "tab")
        await type_text(pilot, "Art, Music")
        await press(pilot, "enter")
        assert "You teach:" in shown(app)
    grades, subjects = argyle.store.read(taught_by, who)
    assert len(grades) == 1
    assert subjects == {"Art", "Music"}


def _tell_news(made: Division) -> None:
    for number in range(3):
        operator = Actor(None, is_operator=True)
        promote.post_news(made.store, operator, f"{'A long piece of news. ' * 12}Number {number}.")


async def test_a_page_longer_than_the_terminal_says_so_and_goes_on(argyle: Division) -> None:
    _tell_news(argyle)
    for who in ("Paula Principal", "Teacher One"):
        async with running(argyle.store, argyle.people[who], (80, 24)) as (app, pilot):
            # What matters comes before the chart, which is left out where there is no room for it.
            assert "THE YEAR" not in shown(app)
            assert "▾ more" in shown(app), shown(app)
            for keys in (["end"], ["pagedown"] * 4, ["down"] * 30):
                await press(pilot, *keys)
                assert "Number 0." in shown(app), keys
                assert "▾ more" not in shown(app)
                await press(pilot, "home")
                assert "TODAY" in shown(app) and "▾ more" in shown(app)
    async with running(argyle.store, argyle.people["Teacher One"], (120, 50)) as (app, pilot):
        said = shown(app)
        assert "▾ more" not in said and "◆ required  ◇ optional half-day" in said
        assert said.index("NEWS") < said.index("THE YEAR")
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert "THE YEAR" not in shown(app) and "▾ more" in shown(app)


async def test_the_keys_move_the_page_where_nothing_is_due(argyle: Division) -> None:
    argyle.join("Teacher One", "Numeracy Talks")
    _tell_news(argyle)
    async with running(argyle.store, argyle.people["Teacher One"], (80, 20)) as (app, pilot):
        assert "Nothing is due today." in shown(app) and "▾ more" in shown(app)
        await press(pilot, "end")
        assert "Number 0." in shown(app)


async def test_help_lists_the_keys_and_esc_goes_back(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"], (120, 60)) as (app, pilot):
        await press(pilot, "question_mark")
        assert "GETTING ABOUT" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize(
    ("key", "page"), [("?", "help"), ("comma", "profile"), ("h", "codes"), ("7", "division")]
)
async def test_esc_goes_back_to_where_a_page_was_opened(
    argyle: Division, key: str, page: str
) -> None:
    who = "Dana Division" if page == "division" else "Lea Lead"
    async with running(argyle.store, argyle.people[who]) as (app, pilot):
        app.go("unregistered", Intent("unregistered", id=argyle.schools["Argyle"]))
        await press(pilot, "down", "space", "down")
        before = shown(app)
        assert before.count("✓") == 1
        await press(pilot, key)
        assert page == app.screen.NAME  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert shown(app) == before
        # One page aside takes the place of another, and a step leaves both.
        await press(pilot, key, "?", "escape")
        assert shown(app) == before
        await press(pilot, key, "4")
        assert app.screen.NAME == "join"  # type: ignore[attr-defined]
        await press(pilot, key, "0")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "4", key, "4", "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_the_palette_finds_a_step_by_its_words(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        await press(pilot, "colon")
        await type_text(pilot, "gener")
        await press(pilot, "enter")
        assert app.screen.NAME == "generate"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Teacher One", ("My page",)),
        ("Lea Lead", ("Unregistered at Argyle", "Hand out a code", "My page")),
        ("Paula Principal", ("Unregistered at Argyle", "Requests for a change", "My page")),
        ("Dana Division", ("Every school", "Unregistered everywhere", "Requests for a change",
                           "Division", "Hand out a code")),
    ],
)  # fmt: skip
async def test_the_palette_finds_the_screens_that_one_may_see(
    argyle: Division, name: str, found: tuple[str, ...]
) -> None:
    screens = (
        "Every school", "Unregistered at Argyle", "Unregistered everywhere",
        "Requests for a change", "Hand out a code", "My page", "Division",
    )  # fmt: skip
    async with running(argyle.store, argyle.people[name]) as (app, pilot):
        palette = Palette(app.screen)  # type: ignore[arg-type]
        said = {entry.said for entry in palette._found}
        assert set(found) <= said
        others = {"Hand out a code", "My page"}
        assert not (set(screens) - set(found) - others) & said
        await press(pilot, "colon")
        await type_text(pilot, "my page")
        await press(pilot, "enter")
        assert app.screen.NAME == "profile"  # type: ignore[attr-defined]


async def test_the_palette_opens_a_screen_from_anywhere(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Dana Division"]) as (app, pilot):
        await press(pilot, "5", "colon")
        await type_text(pilot, "every school")
        await press(pilot, "enter")
        assert app.screen.NAME == "schools"  # type: ignore[attr-defined]


async def test_a_kiosk_has_no_palette_and_no_way_out(argyle: Division) -> None:
    async with running(argyle.store, kiosk=True) as (app, pilot):
        before = app.screen
        await press(pilot, "colon", "q", "f10", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+p", "f1")
        assert app.screen is before
        assert app.is_running
        assert app.return_value is None
        for action in ("quit", "suspend_process", "screenshot", "command_palette", "toggle_dark"):
            assert app.check_action(action, ()) is False


async def test_the_day_turns_while_the_program_runs(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        assert "Tue 22 Sep 2026" in shown(app)
        set_clock(argyle.store, 2026, 9, 28)
        app._midnight()
        await press(pilot)
        assert "Mon 28 Sep 2026" in shown(app)
        assert "Choose your own community" not in shown(app)


async def test_idle_asks_then_signs_out(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        app._last_key -= 10_000
        app._check_idle()
        await press(pilot)
        assert "Still there?" in shown(app)
        await pilot.press("x")
        await press(pilot)
        assert "Still there?" not in shown(app)
        app._last_key -= 10_000
        app._check_idle()
        await press(pilot)
        app.screen.dismiss(False)
        await pilot.pause(0.1)
        assert app.return_value is not None and app.return_value.again


async def test_signing_out_asks_for_a_fresh_process(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"]) as (app, pilot):
        await pilot.press("q")
        await pilot.pause(0.1)
        assert app.return_value is not None and app.return_value.again


async def test_help_begins_with_the_keys_that_work_on_the_screen_under_it(argyle: Division) -> None:
    async with running(argyle.store, argyle.people["Teacher One"], (120, 90)) as (app, pilot):
        app.go("join")
        await settled(pilot)
        await press(pilot, "?")
        text = shown(app)
        here, others = text.split("HERE, NOW")[1].split("IN A LIST")
        assert "Narrow the list." in here and "Narrow the list." not in others
        assert "Register those marked" in others and "sign in" not in here
        assert "Travel" not in text, "it is for Welcome"
        await press(pilot, "escape")
        assert app.screen.NAME == "join"  # type: ignore[attr-defined]
