"""Participate's screens: the step, a session by its keys, notes that nobody loses, reading them."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from models import participate
from models.communities import meetings_of
from models.database import Store
from models.drafts import drafts_aside, drafts_of, keep_draft, read_draft
from models.errors import BadText
from models.participate import MarkLine, Session
from models.people import PersonRow
from models.years import get_year
from tests.conftest import set_clock
from tests.factory import Division, add_person, division
from tests.hostile import HOSTILE
from tui import keeper
from tui.app import CofpApp
from tui.intent import Intent
from tui.screens.participate import NotesScreen, ParticipateScreen, SessionScreen
from tui.screens.participate import keeper as keepers
from tui.screens.participate.panes import Head, Roll
from tui.screens.participate.prose import drawn
from tui.widgets.footer import KeyLine

from .app import press, running, settled, shown, type_text

FIRST = date(2026, 10, 9)
OPTIONAL = date(2026, 12, 4)
FINN = "Finn Facilitator"


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    """Numeracy Talks with a facilitator and five members, on the day of its first meeting."""
    made = division(sqlite_store, members=5)
    for number in ("One", "Two", "Three", "Four", "Five"):
        made.join(f"Teacher {number}", "Numeracy Talks")
    set_clock(sqlite_store, 2026, 10, 9)
    return made


def meeting_of(made: Division, on: date = FIRST) -> int:
    found = made.store.read(meetings_of, made.communities["Numeracy Talks"])
    return next(m.id for m in found if m.on == on)


def session_of(made: Division, on: date = FIRST) -> Session:
    def look() -> Session:
        who = made.people[FINN]
        return participate.session(meeting_of(made, on), who, get_year(2026), on)

    return made.store.read(look)


def marks(made: Division) -> dict[str, str]:
    return {person.name: person.mark for person in session_of(made).people if person.mark}


def said(app: CofpApp) -> str:
    return " ".join(app.screen.query_one("#said").text.split())  # type: ignore[attr-defined]


async def sees(pilot: Pilot[Any], *words: str) -> None:
    """Wait until the screen shows all of this: a question goes and comes between two of its states."""
    app: Any = pilot.app
    for _ in range(60):
        if all(part in shown(app) for part in words):
            return
        await asyncio.sleep(0.01)
        await settled(pilot)
    raise AssertionError(f"{words} not in\n{shown(app)}")


async def opened(pilot: Pilot[Any], made: Division, on: date = FIRST) -> SessionScreen:
    """The session's screen of a meeting."""
    app: Any = pilot.app
    app.go("session", Intent("session", id=meeting_of(made, on)))
    await settled(pilot)
    assert isinstance(app.screen, SessionScreen)
    return app.screen


# -- the step --------------------------------------------------------------------------------------


async def test_a_facilitator_finds_the_meetings_and_opens_todays_session(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await press(pilot, "5")
        assert isinstance(app.screen, ParticipateScreen)
        text = shown(app)
        assert "NUMERACY TALKS" in text and "You facilitate it." in text
        assert "Fri 9 Oct, afternoon" in text and "required half-day · Argyle library" in text
        assert "not planned · in 56 days" in text
        await press(pilot, "enter")
        assert isinstance(app.screen, SessionScreen)
        assert "SESSION NOTES · Fri 9 Oct, afternoon · Numeracy Talks" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ParticipateScreen)


async def test_one_key_plans_an_optional_half_day(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (_app, pilot):
        await press(pilot, "5", "down", "a")
        await sees(pilot, "Meet on Fri 4 Dec, afternoon?")
        await press(pilot, "y")
        await sees(pilot, "Added: Fri 4 Dec, afternoon, Argyle library.")
        await sees(pilot, "optional half-day · Argyle library")


async def test_a_meeting_of_their_own_is_added_and_what_was_typed_stays(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await press(pilot, "5", "a")
        await type_text(pilot, "soon")
        await press(pilot, "tab", "tab", "tab")
        await type_text(pilot, "Walk")
        await press(pilot, "tab")
        await type_text(pilot, "Creek")
        await press(pilot, "enter")
        await sees(pilot, "Write a day like 4 Dec", "Walk")
        await press(pilot, *["backspace"] * 4)
        await type_text(pilot, "3 Nov")
        await press(pilot, "tab", "tab", "tab", "tab", "enter")
        await sees(pilot, "Added: Tue 3 Nov, Creek.")
        await press(pilot, "home", "down", "c")
        await sees(pilot, "Part of the day", "Creek")
        await press(pilot, "escape")
        assert isinstance(app.screen, ParticipateScreen)


async def test_a_meeting_added_by_mistake_is_taken_out_after_a_question(made: Division) -> None:
    async with running(made.store, made.people[FINN], (80, 24)) as (app, pilot):
        await press(pilot, "5", "down", "a")
        await sees(pilot, "Meet on Fri 4 Dec, afternoon?")
        await press(pilot, "y")
        await sees(pilot, "optional half-day · Argyle library")
        await press(pilot, "delete")
        await sees(pilot, "Remove Fri 4 Dec, afternoon?", "Nothing is written for it.")
        # Enter alone does not take it out.
        await press(pilot, "enter")
        assert "optional half-day · Argyle library" in shown(app)
        await press(pilot, "backspace", "y")
        await sees(pilot, "Removed: the meeting of Fri 4 Dec.", "not planned")
        await press(pilot, "home", "delete")
        assert isinstance(app.screen, ParticipateScreen)
        assert "Every community meets on the required half-days." in said(app)


async def test_whoever_is_in_no_community_is_told_what_to_do(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await press(pilot, "5")
        text = shown(app)
        assert "You are in no community yet." in text and "Join closed on Fri 25 Sep." in text
        assert "MEETINGS" not in text
    set_clock(made.store, 2026, 9, 22)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "5")
        assert "NUMERACY TALKS" in shown(app)
    async with running(made.store) as (app, pilot):
        await press(pilot, "5")
        assert "Sign in to see when yours does" in shown(app)


# -- attendance ------------------------------------------------------------------------------------


async def test_attendance_takes_one_key_a_person(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        # Faster than the store can write: nothing is lost.
        await pilot.press("space", "e", "o", "minus", "space", "space")
        await settled(pilot)
        assert "4 of 6" in shown(app)
    assert marks(made) == {
        "Finn Facilitator": "present", "Teacher Five": "excused", "Teacher Four": "online",
        "Teacher One": "absent", "Teacher Three": "present", "Teacher Two": "present",
    }  # fmt: skip


async def test_the_same_key_again_takes_a_mark_back(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (_app, pilot):
        await opened(pilot, made)
        await press(pilot, "space", "e", "up", "up", "space", "space")
    assert marks(made) == {"Teacher Five": "present"}


async def test_help_in_the_middle_of_attendance_comes_back_to_it(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "space", "e")
        before = shown(app)
        await press(pilot, "?", "escape")
        assert shown(app) == before
        await press(pilot, "o")
    assert list(marks(made).values()) == ["present", "excused", "online"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_everyone_else_is_one_key(made: Division, size: tuple[int, int]) -> None:
    async with running(made.store, made.people[FINN], size) as (app, pilot):
        await opened(pilot, made)
        assert "everyone else is present (6)" in shown(app)
        await press(pilot, "down", "e")
        assert "everyone else is present (5)" in shown(app)
        await press(pilot, "home", "enter")
        assert "5 people marked present." in said(app)
        assert "5 of 6" in shown(app) and "everyone else" not in shown(app)


async def test_thirty_people_in_at_most_thirty_five_keys(made: Division) -> None:
    for number in range(24):
        name = f"Pat Person{number}"
        made.people[name] = add_person(made.store, name, made.schools["Argyle"])
    from models.communities import CommunityRow, MembershipRow

    def join_all() -> None:
        CommunityRow.update(capacity=99).execute()
        for number in range(24):
            MembershipRow.insert(
                year=2026, community=made.communities["Numeracy Talks"],
                person=made.people[f"Pat Person{number}"], role="member", how="self",
                since=made.store.clock.now(), registered_on=date(2026, 9, 22),
            ).execute()  # fmt: skip

    made.store.unit(join_all)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await pilot.press(*["space"] * 30)
        await settled(pilot)
        assert "30 of 30" in shown(app)
    assert len(marks(made)) == 30


async def test_the_day_before_everything_says_when_it_opens(made: Division) -> None:
    set_clock(made.store, 2026, 10, 8)
    async with running(made.store, made.people[FINN], (80, 24)) as (app, pilot):
        await opened(pilot, made)
        # Beside the list of people, where the keys are greyed.
        assert "This opens on the day of the meeting, Fri 9 Oct." in shown(app)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        assert "This opens on the day of the meeting, Fri 9 Oct." in shown(app)
        for key in ("space", "n", "a", "p"):
            await press(pilot, key)
            assert "This opens on the day of the meeting, Fri 9 Oct." in said(app), key
            assert isinstance(app.screen, SessionScreen)
        enabled = {hint.id: hint.enabled for hint in app.screen.hints()}
        assert not any(enabled[id] for id in ("mark", "excused", "notes", "add", "publish"))
    set_clock(made.store, 2026, 10, 9)
    assert marks(made) == {}


@pytest.mark.parametrize("day", [8, 9, 10])
async def test_the_keys_offered_are_what_the_table_allows(made: Division, day: int) -> None:
    set_clock(made.store, 2026, 10, day)
    async with running(made.store, made.people[FINN]) as (_app, pilot):
        screen = await opened(pilot, made)
        offered = {hint.id: hint.enabled for hint in screen.hints()}
    seen = made.store.read(
        lambda: participate.session(
            meeting_of(made), made.people[FINN], get_year(2026), date(2026, 10, day)
        )
    )
    for key, action in (
        ("mark", "session.attend"), ("notes", "session.write"), ("add", "session.add_action"),
        ("publish", "session.publish"),
    ):  # fmt: skip
        assert offered[key] == seen.verdicts[action].is_allowed, key


# -- notes -----------------------------------------------------------------------------------------


async def test_notes_are_written_read_as_they_will_look_and_published(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is kept meanwhile, however slow the machine is: the text is still being written.
    monkeypatch.setattr(keeper, "SECONDS", 600.0)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "## What we tried")
        assert "## What we tried" in shown(app) and "writing …" in shown(app)
        await press(pilot, "escape")
        assert "## What" not in shown(app) and "What we tried" in shown(app)
        assert "saved 12:00" in shown(app) and "not published" in shown(app)
        await press(pilot, "p")
        await sees(pilot, "The 5 other people of Numeracy Talks can read them")
        await press(pilot, "y")
        await sees(pilot, "Published: the members can read it", "published 9 Oct")
    assert session_of(made).notes.body == "## What we tried"
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "5")
        assert "What we tried" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, NotesScreen)
        assert "NOTES · Fri 9 Oct, afternoon · Numeracy Talks" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ParticipateScreen)


async def test_what_is_published_already_is_not_published_again(made: Division) -> None:
    meeting_id = meeting_of(made)
    participate.write_notes(made.store, made.actor(FINN), meeting_id, "We counted.", 0)
    participate.publish_notes(made.store, made.actor(FINN), meeting_id, 1)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await opened(pilot, made)
        assert not next(hint for hint in screen.hints() if hint.id == "publish").enabled
        await press(pilot, "p")
        assert "The members read these notes already." in said(app)
        await press(pilot, "n", "x")
        await press(pilot, "escape")
        assert next(hint for hint in screen.hints() if hint.id == "publish").enabled


async def test_leaving_by_tab_or_esc_saves(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "one")
        await press(pilot, "tab")
        assert session_of(made).notes.body == "one"
        await press(pilot, "shift+tab")
        await type_text(pilot, " two")
        await press(pilot, "escape")
        assert session_of(made).notes.body == "one two"
        await press(pilot, "enter")
        await type_text(pilot, " three")
        await press(pilot, "tab", "escape")
        assert isinstance(app.screen, ParticipateScreen)
    assert session_of(made).notes.body == "one two three"
    assert session_of(made).notes.version == 3


async def test_what_is_typed_is_kept_while_it_is_typed_and_found_again(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SECONDS", 0.01)
    subject = str(meeting_of(made))
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "half a thought")
        for _ in range(100):
            draft = made.store.read(read_draft, made.people[FINN], keepers.FORM, subject)
            kept = keepers.kept_in(draft)
            if kept is not None and kept.body == "half a thought":
                break
            await asyncio.sleep(0.01)
            await settled(pilot)
        assert kept is not None and kept.body == "half a thought"
        assert "saved 12:00" in shown(app)
    assert session_of(made).notes.body == ""
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        assert "half a thought" in shown(app)
        assert "You left this text at 12:00." in said(app)
        await press(pilot, "escape")
        assert session_of(made).notes.body == "half a thought"
        assert made.store.read(read_draft, made.people[FINN], keepers.FORM, subject) is None


async def test_signing_out_keeps_what_was_typed(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "kept")
        await screen.keep()
        draft = made.store.read(read_draft, made.people[FINN], keepers.FORM, str(meeting_of(made)))
        kept = keepers.kept_in(draft)
        assert kept is not None and kept.body == "kept"
        assert isinstance(app.screen, SessionScreen)


def kept_elsewhere(made: Division, body: str) -> str:
    """The same facilitator keeps a text at another terminal; what a draft of it holds."""
    held = keepers.Kept(0, body).as_draft()
    subject = str(meeting_of(made))
    keep_draft(made.store, made.actor(FINN), keepers.FORM, subject, "Notes", held, ())
    return held


async def at_two_terminals(app: CofpApp, pilot: Pilot[Any], made: Division) -> None:
    """One text here, one there, and the question which it is to be."""
    await opened(pilot, made)
    await press(pilot, "n")
    await type_text(pilot, "written here")
    kept_elsewhere(made, "written there")
    await press(pilot, "escape")
    assert "You also write these notes at another terminal" in shown(app)
    assert "written here" in shown(app) and "written there" in shown(app)


async def test_the_same_notes_at_two_terminals_are_told_of_while_writing(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SECONDS", 0.01)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        kept_elsewhere(made, "written there")
        await type_text(pilot, "x")
        await pilot.pause(0.1)
        await settled(pilot)
        assert "You also write these notes at another terminal; that version is kept" in said(app)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("both", "written there\n\n---\n\nwritten here"),
        ("mine", "written here"),
        ("theirs", "written there"),
    ],
)
async def test_of_two_versions_the_writer_chooses(made: Division, answer: str, text: str) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await at_two_terminals(app, pilot, made)
        app.screen.query_one(f"#{answer}").focus()
        await press(pilot, "enter")
        if answer != "mine":
            assert session_of(made).notes.body == ""
            await press(pilot, "escape")
        assert session_of(made).notes.body == text
        assert made.store.read(drafts_of, made.people[FINN]) == ()


async def test_not_choosing_loses_neither_version(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await at_two_terminals(app, pilot, made)
        await press(pilot, "escape")
        assert "Both versions are kept for you" in said(app)
    subject = str(meeting_of(made))
    here = made.store.read(read_draft, made.people[FINN], keepers.FORM, subject)
    (there,) = made.store.read(drafts_aside, made.people[FINN], keepers.FORM, subject)
    assert here is not None and "written here" in here.body and "written there" in there.body
    assert session_of(made).notes.body == ""


def other_saves(made: Division, body: str) -> None:
    """Somebody else who facilitates saves these notes from another terminal."""
    from models.communities import MembershipRow

    here = made.communities["Numeracy Talks"]
    made.store.unit(
        lambda: (
            MembershipRow.update(role="facilitator")
            .where(
                (MembershipRow.person == made.people["Teacher One"])
                & (MembershipRow.community == here)
            )
            .execute()
        )
    )
    now = session_of(made).notes.version
    participate.write_notes(made.store, made.actor("Teacher One"), meeting_of(made), body, now)


async def test_two_facilitators_texts_are_put_under_each_other(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (_app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "mine")
        other_saves(made, "theirs")
        await press(pilot, "escape")
        await sees(pilot, "Both texts are kept", "Teacher One saved these")
        await press(pilot, "y")
        await sees(pilot, "Both texts stand here", "theirs", "mine")
        await press(pilot, "escape")
    assert session_of(made).notes.body == "theirs\n\n---\n\nmine"


async def test_a_conflict_put_off_loses_nothing(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "mine")
        other_saves(made, "theirs")
        await press(pilot, "escape")
        await sees(pilot, "Both texts are kept")
        await press(pilot, "n")
        await sees(pilot, "Yours is kept for you alone; Teacher One's is what is saved.")
        await press(pilot, "tab", "escape")
        assert isinstance(app.screen, ParticipateScreen)
        assert session_of(made).notes.body == "theirs"
        await opened(pilot, made)
        assert "mine" in shown(app)


async def test_a_later_text_is_read_before_it_is_published(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "mine")
        await press(pilot, "escape")
        other_saves(made, "theirs now")
        await press(pilot, "p")
        assert "Teacher One saved a later text: read it, then publish." in said(app)
        assert "theirs now" in shown(app)
        await press(pilot, "p")
        await sees(pilot, "Publish these notes?")
        await press(pilot, "y")
        await sees(pilot, "published 9 Oct")
    assert session_of(made).notes.state == "published"


async def test_notes_too_long_are_refused_with_words_and_stay(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await opened(pilot, made)
        await press(pilot, "n")
        assert screen._text is not None
        screen._text.load_text("x" * 200_001)
        await settled(pilot)
        await press(pilot, "escape")
        assert "200,000 fit" in said(app)
        assert len(screen._text.text) == 200_001


async def test_the_notes_are_one_enter_from_today(made: Division) -> None:
    meeting_id = meeting_of(made)
    participate.write_notes(made.store, made.actor(FINN), meeting_id, "We counted to ten.", 0)
    participate.publish_notes(made.store, made.actor(FINN), meeting_id, 1)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        assert "The notes are out" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, NotesScreen)
        assert "We counted to ten." in shown(app)
        await press(pilot, "0")
        assert "The notes are out" not in shown(app)


# -- next actions, earlier notes -------------------------------------------------------------------


async def test_a_next_action_is_added_and_ticked_off(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        await press(pilot, "a")
        await sees(pilot, "A next action")
        await type_text(pilot, "Draft the inventory")
        await press(pilot, "enter")
        await type_text(pilot, "4 Dec")
        await press(pilot, "enter", "down", "down", "tab", "enter")
        await sees(pilot, "Next action added.")
        assert "[ ] Draft the inventory" in shown(app) and "4 Dec" in shown(app)
        await press(pilot, "tab", "tab", "space")
        assert "done 9 Oct" in shown(app)
    [action] = session_of(made).actions
    assert action.owner and action.is_done


async def test_open_actions_and_earlier_notes_stand_beside_the_next_session(
    made: Division,
) -> None:
    finn = made.actor
    first = meeting_of(made)
    participate.write_notes(made.store, finn(FINN), first, "October's story.", 0)
    participate.add_action(made.store, finn(FINN), first, "Book the bus")
    participate.add_meeting(
        made.store,
        finn(FINN),
        made.communities["Numeracy Talks"],
        held_on=OPTIONAL,
        half="afternoon",
    )
    set_clock(made.store, 2026, 12, 4)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made, OPTIONAL)
        assert "Book the bus" in shown(app) and "since 9 Oct" in shown(app)
        await press(pilot, "shift+tab")
        assert "October's story." in shown(app) and "not published" in shown(app)
        await press(pilot, "n")
        assert "October's story." in shown(app), "it stays beside the notes"
    async with running(made.store, made.people[FINN], size=(200, 60)) as (app, pilot):
        await opened(pilot, made, OPTIONAL)
        text = shown(app)
        assert "October's story." in text and "ATTENDANCE" in text and "NOTES" in text


# -- how it looks ----------------------------------------------------------------------------------


async def test_at_80_columns_the_panes_take_turns(made: Division) -> None:
    async with running(made.store, made.people[FINN], size=(80, 24)) as (app, pilot):
        await opened(pilot, made)
        assert "ATTENDANCE" in shown(app) and "NEXT ACTIONS" not in shown(app)
        await press(pilot, "tab")
        assert "ATTENDANCE" not in shown(app) and "No notes yet." in shown(app)
        await press(pilot, "tab")
        assert "NEXT ACTIONS" in shown(app) and "No notes yet." not in shown(app)
        await press(pilot, "tab")
        assert "ATTENDANCE" in shown(app)
        await pilot.click("#strip", offset=(20, 0))
        await settled(pilot)
        assert "No notes yet." in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_nothing_is_clipped_with_the_longest_names(
    made: Division, size: tuple[int, int]
) -> None:
    long = "Wilhelmina Featherstonehaugh-Oluwaseun van der Westhuizen"
    made.store.unit(
        lambda: (
            PersonRow.update(name=long, given="Wilhelmina", family=long.removeprefix("Wilhelmina "))
            .where(PersonRow.id == made.people["Teacher One"])
            .execute()
        )
    )
    async with running(made.store, made.people[FINN], size=size) as (app, pilot):
        for keys in (("5",), ("enter",), ("tab",), ("tab",), ("a",), ("escape",)):
            await press(pilot, *keys)
            lines = shown(app).split("\n")
            assert len(lines) == size[1] and all(len(line) <= size[0] for line in lines)
            footer = app.screen.query(KeyLine)
            for line in footer:
                assert line.region.bottom <= size[1] and line.region.height == 1
            for widget in app.screen.query("Head, Section, Strip, Press"):
                if widget.display and widget.region.area:
                    assert widget.region.right <= size[0], widget


async def test_hostile_text_is_drawn_as_text(made: Division) -> None:
    body = "\n\n".join(f"# {text}\n- {text}\n> {text}" for text in HOSTILE)
    saved = participate.write_notes(made.store, made.actor(FINN), meeting_of(made), body, 0)
    version = saved.facts["version"]
    participate.publish_notes(made.store, made.actor(FINN), meeting_of(made), version)
    taken = 0
    for text in HOSTILE:
        try:
            participate.add_action(made.store, made.actor(FINN), meeting_of(made), text)
        except BadText:
            continue
        taken += 1
    assert taken > 20
    for name, keys in ((FINN, ("5", "enter", "tab", "n", "escape", "tab", "end")),
                       ("Teacher One", ("5", "end", "enter", "end"))):  # fmt: skip
        async with running(made.store, made.people[name], size=(80, 24)) as (app, pilot):
            for key in keys:
                await press(pilot, key)
                assert not any(ord(char) < 32 and char != "\n" for char in shown(app))
                assert "\x9b" not in shown(app) and app.is_running


def test_a_line_under_an_item_goes_on_with_it() -> None:
    text = "- one item\n  goes on\nand on\n1. two\nmore\n> said\n\nnew\n# Head\nplain"
    lines = ["".join(piece.text for piece in line).rstrip() for line in drawn(text, 14)]
    assert lines == [
        "• one item", "  goes on and", "  on", "1. two more", "│ said", "", "new", "Head", "plain", "",
    ]  # fmt: skip


def test_markdown_is_drawn_as_lines() -> None:
    text = "# Title\nOne *two* **three** `four`\nfive\n\n- [x] done\n- item\n> said\n---\n```\n**x**\n```"
    lines = ["".join(piece.text for piece in line) for line in drawn(text, 40)]
    assert lines[:8] == [
        "Title", "One two three four five", "", "[✓] done", "• item", "│ said", "─" * 40, "  **x**",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [8, 20, 33, 80])
def test_markdown_keeps_to_the_width_and_loses_no_word(width: int) -> None:
    words = [f"word{n}" for n in range(60)]
    text = "- " + " ".join(words) + "\n\n" + "x" * 150 + "\n\n" + " ".join(f"*{w}*" for w in words)
    lines = ["".join(piece.text for piece in line) for line in drawn(text, width)]
    assert all(len(line) <= width for line in lines)
    flat = " ".join(lines).replace("• ", "").split()
    assert flat[:60] == words and "".join(flat[60:-60]) == "x" * 150 and flat[-60:] == words


async def test_a_mark_is_drawn_before_it_is_stored(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await opened(pilot, made)
        roll = app.screen.query_one(Roll)
        roll.action_mark("present")
        first: MarkLine = session_of(made).people[0]
        assert roll.mark_of(first) == "present"
        await settled(pilot)
        assert "saved 12:00" in app.screen.query_one(Head).lines(100)[0][-1].text
