"""Requests for a change on the screen: who sees them, whose word is missing, y and d."""

from __future__ import annotations

import pytest

from models import join, text
from models.communities import CommunityRow, MembershipRow, NoticeRow
from models.database import Store
from models.people import PersonRow
from tests.conftest import set_clock
from tests.factory import Division, division
from tests.hostile import HOSTILE, unfit
from tui.screens.requests import RequestsScreen

from .app import press, running, settled, shown, type_text


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    """Teacher One (in Numeracy Talks) asks for Band & Choir on Thu 1 Oct; so does High One."""
    found = division(sqlite_store)
    for name in ("Teacher One", "High One", "Paula Principal"):
        found.join(name, "Numeracy Talks")
    set_clock(sqlite_store, 2026, 10, 1)
    for name in ("Teacher One", "High One"):
        join.ask_change(
            sqlite_store, found.actor(name), found.communities["Band & Choir"],
            f"A new timetable for {name}",
        )  # fmt: skip
    return found


def where(made: Division, name: str) -> str:
    found: list[str] = made.store.read(
        lambda: [
            m.community.title
            for m in MembershipRow.select().where(MembershipRow.person == made.people[name])
        ]
    )
    return found[0]


def offered(screen: RequestsScreen) -> dict[str, bool]:
    """The keys that answer, beside the way back that is always said."""
    found = {hint.id: hint.enabled for hint in screen.hints()}
    assert found.pop("back")
    return found


async def test_a_principal_sees_their_schools_requests_with_all_that_matters(
    made: Division,
) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        said = shown(app)
    assert "1 of 1 need your word" in said
    assert "Teacher One" in said and "High One" not in said
    assert "From" in said and "Numeracy Talks" in said and "Band & Choir" in said
    assert "A new timetable for Teacher One" in " ".join(said.split())
    assert "Thu 1 Oct" in said
    assert "the Principal and Division" in " ".join(said.split())


async def test_with_the_second_word_the_person_moves(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        await press(pilot, "y")
        assert "Let Teacher One move to Band & Choir?" in shown(app)
        await press(pilot, "y")
        assert "Division Personnel's approval is still to come." in shown(app)
        assert "0 of 1 need your word" in shown(app)
        assert isinstance(app.screen, RequestsScreen)
        assert offered(app.screen) == {"approve": False, "decline": True}
        await press(pilot, "y")
        assert "the other approval is still to come" in shown(app)
    assert where(made, "Teacher One") == "Numeracy Talks"
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        assert "2 of 2 need your word" in shown(app)
        await press(pilot, "y", "y")
        assert "Teacher One is now in Band & Choir." in shown(app)
        assert "1 of 1 need your word" in shown(app)
    assert where(made, "Teacher One") == "Band & Choir"


async def test_declining_needs_a_reason_that_the_person_reads(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        await press(pilot, "d", "escape")
        await press(pilot, "d")
        await type_text(pilot, "the group is settled")
        await press(pilot, "enter")
        said = shown(app)
        assert "Declined; the person is told why." in said
        assert "No request waits for an answer." in said
    assert where(made, "Teacher One") == "Numeracy Talks"
    words = made.store.read(
        lambda: [
            n.words
            for n in NoticeRow.select().where(NoticeRow.person == made.people["Teacher One"])
        ]
    )
    assert any("the group is settled" in said for said in words)


async def test_a_full_community_cannot_be_approved_and_the_screen_says_so(
    made: Division,
) -> None:
    made.store.unit(
        lambda: (
            CommunityRow.update(capacity=1, taken=1)
            .where(CommunityRow.id == made.communities["Band & Choir"])
            .execute()
        )
    )
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        assert isinstance(app.screen, RequestsScreen)
        assert offered(app.screen) == {"approve": False, "decline": True}
        assert "The community asked for is full." in shown(app)
        assert "1 of 1 need your word" in shown(app)


async def test_nobody_answers_their_own(made: Division) -> None:
    join.ask_change(
        made.store, made.actor("Paula Principal"), made.communities["Band & Choir"], "Please"
    )
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        await press(pilot, "down")
        assert "Nobody answers their own request." in shown(app)
        assert isinstance(app.screen, RequestsScreen)
        assert offered(app.screen) == {}
        await press(pilot, "y", "d")
        assert isinstance(app.screen, RequestsScreen)


@pytest.mark.parametrize("name", ["Lea Lead", "Adam Admin", "Cora Core", "Teacher One"])
async def test_others_see_none_of_them(made: Division, name: str) -> None:
    async with running(made.store, made.people[name]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        assert "Requests are answered by Principals and Division Personnel." in shown(app)
        assert "timetable" not in shown(app)
        assert isinstance(app.screen, RequestsScreen)
        assert offered(app.screen) == {}


async def test_after_the_years_end_nothing_is_answered(made: Division) -> None:
    """The last day of the year still answers; the year after has requests of its own."""
    set_clock(made.store, 2027, 5, 31)
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("requests")
        await settled(pilot)
        assert isinstance(app.screen, RequestsScreen)
        assert offered(app.screen) == {"approve": True, "decline": True}


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_hostile_and_long_texts_are_shown_as_text(
    made: Division, size: tuple[int, int]
) -> None:
    ident = made.people["Teacher One"]
    async with running(made.store, made.people["Paula Principal"], size=size) as (app, pilot):
        for words in HOSTILE[:: 6 if size[0] != 80 else 1]:
            cleaned = text.clean(words).text[:120] or "x"

            def rename(name: str = cleaned) -> None:
                PersonRow.update(name=name).where(PersonRow.id == ident).execute()
                CommunityRow.update(title=name).execute()

            made.store.unit(rename)
            app.go("requests")
            await settled(pilot)
            assert unfit(shown(app).replace("\n", "")) == []
            for part in app.screen.query(".body *"):
                if part.display and part.size.width:
                    assert part.region.right <= size[0]
