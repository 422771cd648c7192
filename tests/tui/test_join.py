"""The Join screen, driven by keys on a real store: it offers exactly what the store allows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import ModalScreen

from models import access, join
from models.access import pins
from models.actions import Verdict, judge
from models.actions.targets import AtPerson, AtPlace
from models.actions.who import SOMEBODY
from models.communities import CommunityRow, MembershipRow, facilitator_names, make_community
from models.database import Store
from models.join.tables import at_person, at_place
from models.journal import Actor
from models.people import PersonRow, SchoolRow, Standing
from models.sample.texts.communities import COMMUNITIES
from tests.conftest import set_clock
from tests.factory import Division, division
from tests.hostile import HOSTILE, unfit
from tui.app import CofpApp
from tui.intent import Intent
from tui.screens.join import JoinScreen
from tui.screens.join.own import Card, Own
from tui.widgets.confirm import Confirm
from tui.widgets.table import WindowTable

from .app import press, running, settled, shown, type_text

LAND, TALKS, BAND = "Land-Based Learning", "Numeracy Talks", "Band & Choir"


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    return division(sqlite_store)


def fill_land(made: Division) -> None:
    """Land-Based Learning is full: its two places are Teacher One's and Teacher Two's."""
    for name in ("Teacher One", "Teacher Two"):
        made.join(name, LAND)


def community_of(made: Division, name: str) -> str:
    """The title of the community somebody is in; empty when none."""
    ident = made.people[name]
    found = made.store.read(
        lambda: [
            m.community.title for m in MembershipRow.select().where(MembershipRow.person == ident)
        ]
    )
    return "".join(found)


def joining(app: CofpApp) -> JoinScreen:
    """The Join screen, which is on top, or under a question."""
    found = next(s for s in reversed(app.screen_stack) if isinstance(s, JoinScreen))
    return found


async def stand_at(pilot: Pilot[Any], title: str) -> None:
    """Bring the marker to a community of the list."""
    screen = joining(pilot.app)  # type: ignore[arg-type]
    table = screen.query_one(WindowTable)
    titles = [getattr(table._row_at(place), "title", "") for place in range(table.count)]
    table.move_to(titles.index(title))
    await settled(pilot)
    assert table.row is not None and table.row.title == title
    assert screen.offering is not None and screen.offering.title == title


def offered(screen: JoinScreen) -> dict[str, bool]:
    """The keys about a community that the footer shows, and whether each works."""
    return {h.id: h.enabled for h in screen.hints() if h.id not in ("search", "filter")}


# -- the jobs ---------------------------------------------------------------------------------------


async def test_joining_says_in_what_with_whom_when_and_where(made: Division) -> None:
    made.join("Teacher Two", LAND)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        assert "You are in no community yet." in shown(app)
        await stand_at(pilot, LAND)
        await press(pilot, "j")
        assert community_of(made, "Teacher One") == LAND
        card = app.screen.query_one(Card)
        assert not card.has_class("hidden")
        for words in (f"You are in {LAND}", "Fay Facilitator; Teacher Two from Argyle",
                      "Fri 9 Oct, afternoon · Argyle library", "until Fri 25 Sep"):  # fmt: skip
            assert words in card.text
            assert words in shown(app)
        await press(pilot, "escape")
        assert card.has_class("hidden")
        line = next(x for x in shown(app).splitlines() if f"✓ You are in {LAND}" in x)
        assert "Fri 9 Oct, afternoon · Argyle library" in line


async def test_a_known_name_is_joined_in_eight_keys_from_welcome(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Besides the community's name, one's own and the PIN; sign-in goes on with the very action."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)
    who = made.people["Teacher One"]
    code = access.make_code(made.store, Actor.operator(), who).facts["code"]
    access.choose_pin(made.store, made.actor("Teacher One"), str(code), "739164", "setting up")
    async with running(made.store) as (app, pilot):
        keys = 0
        for key in ("4", "slash"):
            await press(pilot, key)
            keys += 1
        await type_text(pilot, "land-based")
        for key in ("enter", "j"):
            await press(pilot, key)
            keys += 1
        await type_text(pilot, "teacher one")
        await press(pilot, "enter")
        keys += 1
        await type_text(pilot, "739164")
        await press(pilot, "enter")
        keys += 1
        for _ in range(100):
            if community_of(made, "Teacher One"):
                break
            await settled(pilot)
        await settled(pilot)
        assert keys <= 8
        assert community_of(made, "Teacher One") == LAND
        assert isinstance(app.screen, JoinScreen)
        assert f"You are in {LAND}" in app.screen.query_one(Card).text


async def test_switching_names_what_is_given_up_and_is_one_step(made: Division) -> None:
    made.join("Teacher One", BAND)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, TALKS)
        assert offered(joining(app))["join"]
        await press(pilot, "j")
        assert isinstance(app.screen, Confirm)
        assert f"You give up your place in {BAND}" in shown(app)
        await press(pilot, "n")
        assert community_of(made, "Teacher One") == BAND
        await press(pilot, "j", "enter")
        assert community_of(made, "Teacher One") == TALKS
        assert (made.taken(BAND), made.taken(TALKS)) == (0, 1)
        assert f"You are in {TALKS}" in app.screen.query_one(Card).text


async def test_leaving_asks_names_the_loss_and_enter_alone_does_not_do_it(made: Division) -> None:
    fill_land(made)
    join.wait(made.store, made.actor("Teacher Three"), made.communities[LAND])
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, TALKS)
        await press(pilot, "l")
        assert f"Leave {LAND}?" in shown(app)
        assert "the one who waits" in shown(app)
        await press(pilot, "enter")
        assert community_of(made, "Teacher One") == LAND
        await press(pilot, "l", "y")
        assert community_of(made, "Teacher One") == ""
        assert community_of(made, "Teacher Three") == LAND
        assert "You are in no community yet." in shown(app)


async def test_waiting_shows_the_number_and_a_place_that_came_free(made: Division) -> None:
    fill_land(made)
    made.join("Teacher Three", BAND)
    async with running(made.store, made.people["Teacher Three"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, LAND)
        assert offered(joining(app)) == {"join": False, "wait": True, "leave": True, "keep": True}
        await press(pilot, "j")
        assert "This community is full." in shown(app)
        await press(pilot, "w")
        assert f"You are number 1 on the waiting list of {LAND}" in shown(app)
        assert f"You keep your place in {BAND}" in shown(app)
        assert "in line" in shown(app)
        await press(pilot, "escape")
        await press(pilot, "j")
        said = joining(app).said.text
        assert said == "This community is full. You are number 1 on its waiting list."
        assert community_of(made, "Teacher Three") == BAND
        join.leave(made.store, made.actor("Teacher One"), made.communities[LAND])
        await press(pilot, "0", "4")
        assert f"A place came free: you are in {LAND}" in app.screen.query_one(Card).text
        assert (community_of(made, "Teacher Three"), made.taken(BAND)) == (LAND, 0)
        await press(pilot, "escape")
        assert "a place came free for you" in shown(app)


async def test_one_list_at_a_time_and_off_it_after_a_question(made: Division) -> None:
    fill_land(made)
    for name in ("Teacher Three", "Teacher Four", "Teacher Five"):
        made.join(name, BAND)
    async with running(made.store, made.people["Teacher Six"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, BAND)
        await press(pilot, "w")
        await stand_at(pilot, LAND)
        await press(pilot, "w")
        assert f"You give up number 1 on the waiting list of {BAND}" in shown(app)
        await press(pilot, "y")
        own = joining(app).own
        assert own is not None and own.waiting is not None and own.waiting.title == LAND
        await press(pilot, "w", "enter")
        assert joining(app).own is not None and joining(app).own.waiting is not None  # type: ignore[union-attr]
        await press(pilot, "w", "y")
        assert joining(app).own.waiting is None  # type: ignore[union-attr]


async def test_favourites_are_kept_marked_and_found(made: Division) -> None:
    set_clock(made.store, 2026, 9, 18)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        assert "Join opens Mon 21 Sep" in shown(app)
        await stand_at(pilot, TALKS)
        assert offered(joining(app)) == {"join": False, "keep": True}
        assert "join from 21 Sep" in shown(app)
        await press(pilot, "j")
        assert "Join opens on Mon 21 Sep." in shown(app)
        await press(pilot, "k")
        assert "★" in next(x for x in shown(app).splitlines() if TALKS in x and "any" in x)
        await press(pilot, "f", "end", *["down"] * 8, "up", "right", "enter")
        screen = joining(app)
        assert screen.narrowed.only_kept
        assert screen.query_one(WindowTable).count == 1
        await press(pilot, "k")
        assert "No community fits this" in shown(app)
        assert screen.offering is None and offered(screen) == {}
        await press(pilot, "j", "escape")
        assert screen.narrowed.is_empty and screen.query_one(WindowTable).count == 3


# -- after the window ---------------------------------------------------------------------------------


async def test_after_the_window_a_change_is_asked_for_shown_and_taken_back(made: Division) -> None:
    made.join("Teacher One", TALKS)
    set_clock(made.store, 2026, 9, 28)
    async with running(made.store, made.people["Teacher One"], (80, 24)) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, BAND)
        assert offered(joining(app)) == {"change": True}
        await press(pilot, "j")
        assert "Join closed on Fri 25 Sep." in shown(app)
        assert "Ask for a change instead" in shown(app)
        await press(pilot, "c")
        assert f"Ask to change to {BAND}?" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ModalScreen), "a reason is needed"
        await type_text(pilot, "I teach band now")
        await press(pilot, "enter")
        assert f"Your change to {BAND} waits for the Principal and Division Personnel" in shown(app)
        await press(pilot, "c")
        assert "Take your request back?" in shown(app)
        await press(pilot, "y")
        assert "Your request is taken back." in shown(app)
        assert joining(app).open_request() is None


@pytest.mark.parametrize(
    ("name", "deciders"),
    [
        ("Teacher One", "Your Principal and Division Personnel have to agree;"),
        ("Paula Principal", " Division Personnel have to agree;"),
        ("Dana Division", " Division Personnel have to agree;"),
    ],
)
async def test_asking_names_those_who_have_to_agree(
    made: Division, name: str, deciders: str
) -> None:
    made.join(name, TALKS)
    set_clock(made.store, 2026, 10, 1)
    async with running(made.store, made.people[name]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, BAND)
        await press(pilot, "c")
        page = shown(app)
        assert deciders in page and ("Your Principal" in page) is (name == "Teacher One")
        await type_text(pilot, "I teach band now")
        await press(pilot, "enter")
        who = "the Principal and Division" if name == "Teacher One" else "Division"
        assert f"Your change to {BAND} waits for {who} Personnel" in shown(app)


async def test_a_second_request_takes_the_place_of_the_first(made: Division) -> None:
    fill_land(made)
    made.join("Teacher Three", TALKS)
    set_clock(made.store, 2026, 10, 1)
    join.ask_change(made.store, made.actor("Teacher Three"), made.communities[BAND], "Music")
    async with running(made.store, made.people["Teacher Three"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, LAND)
        await press(pilot, "c")
        assert f"takes the place of your request for {BAND}" in shown(app)
        assert "It is full now" in shown(app)
        await type_text(pilot, "Land")
        await press(pilot, "enter")
        request = joining(app).open_request()
        assert request is not None and request.to_title == LAND


async def test_a_declined_request_says_why(made: Division) -> None:
    made.join("Teacher One", TALKS)
    set_clock(made.store, 2026, 10, 1)
    asked = join.ask_change(made.store, made.actor("Teacher One"), made.communities[BAND], "Music")
    join.decline_change(made.store, made.actor("Paula Principal"), asked.id or 0, "It has begun.")
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        assert f"Your change to {BAND} was declined: It has begun." in shown(app)


# -- searching, filters, detail -------------------------------------------------------------------------


async def test_search_narrows_while_typing_and_escape_shows_all(made: Division) -> None:
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4", "slash")
        await type_text(pilot, "choir")
        table = app.screen.query_one(WindowTable)
        assert (table.count, table.row.title if table.row else "") == (1, BAND)
        assert "1 community · “choir”" in shown(app) and "Esc shows all" in shown(app)
        await press(pilot, "enter")
        assert app.screen.focused is table
        await press(pilot, "escape")
        assert table.count == 3 and "3 communities · by name" in shown(app)


async def test_filters_turn_by_arrows_and_the_list_follows(made: Division) -> None:
    made.join("Teacher Two", BAND)
    fill_land_with = ("Teacher Three", "Teacher Four")
    for name in fill_land_with:
        made.join(name, LAND)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4", "f")
        screen = joining(app)
        assert "← → turn" in shown(app) and "Esc back" in shown(app)
        table = screen.query_one(WindowTable)
        for _ in range(10):
            await press(pilot, "down")
        await press(pilot, "right")
        assert screen.narrowed.sort == "places"
        assert [table._row_at(i).title for i in range(3)] == [TALKS, BAND, LAND]  # type: ignore[union-attr]
        await press(pilot, "up", "up", "right")
        assert screen.narrowed.only_free and table.count == 2
        assert "with places left · most places first" in shown(app)
        await press(pilot, "enter")
        assert screen.focused is table
        await press(pilot, "escape")
        assert screen.narrowed == join.Filter(sort="places") and table.count == 3


async def test_the_detail_is_beside_the_list_or_in_its_place(made: Division) -> None:
    made.join("Teacher Two", LAND)
    expected = ("How does Land-Based Learning help?", "All about Land-Based", "Fay Facilitator",
                "Fri 12 Mar, afternoon", "Argyle library", "From Argyle", "Teacher Two",
                "1 of 2 places left")  # fmt: skip
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, LAND)
        for words in expected:
            assert words in shown(app)
    async with running(made.store, made.people["Teacher One"], (80, 24)) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, LAND)
        assert "All about Land-Based" not in shown(app)
        await press(pilot, "enter")
        for words in expected:
            assert words in shown(app)
        assert "Community  " not in shown(app)
        await press(pilot, "j")
        assert community_of(made, "Teacher One") == LAND
        assert f"You are in {LAND}" in shown(app), "the card, and the list again"


async def test_suggestions_come_with_their_reasons_and_can_be_joined(made: Division) -> None:
    join.keep(made.store, made.actor("Teacher One"), made.communities[TALKS], True)
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        assert "SUGGESTED FOR YOU" in shown(app)
        assert "one of your favourites" in shown(app)
        app.screen.query_one("#suggested").focus()
        await settled(pilot)
        assert joining(app).offering is not None and joining(app).offering.title == TALKS  # type: ignore[union-attr]
        await press(pilot, "j")
        assert community_of(made, "Teacher One") == TALKS
        assert app.screen.query_one("#suited").has_class("hidden")


async def test_a_held_key_reads_only_the_last_detail(made: Division) -> None:
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        screen = joining(app)
        read: list[int] = []
        real = screen.read_offering

        async def counted(ident: int) -> join.Offering:
            read.append(ident)
            return await real(ident)

        screen.read_offering = counted  # type: ignore[method-assign]
        table = screen.query_one(WindowTable)
        for place in (1, 2, 1, 2):
            table.move_to(place)
        await settled(pilot)
        assert read == [made.communities[TALKS]]
        assert screen.offering is not None and screen.offering.title == TALKS


async def test_an_intent_goes_to_its_community(made: Division) -> None:
    async with running(made.store, made.people["Teacher One"], (80, 24)) as (app, pilot):
        app.go("join", Intent("join", "", made.communities[TALKS]))
        await settled(pilot)
        assert "All about Numeracy Talks" in shown(app)
        await press(pilot, "escape")
        table = app.screen.query_one(WindowTable)
        assert table.row is not None and table.row.title == TALKS
        app.go("join", Intent("join", words="band"))
        await settled(pilot)
        assert table.count == 1
        app.go("join", Intent("join", "join.join", 999_999))
        await settled(pilot)
        assert "not among this year's offerings" in shown(app)


# -- when there is nothing to choose, or somebody was quicker -------------------------------------------


async def test_before_the_offerings_are_out_the_page_says_what_comes(sqlite_store: Store) -> None:
    made = division(sqlite_store, published=False)
    set_clock(made.store, 2026, 9, 15)
    async with running(made.store, made.people["Teacher One"], (80, 24)) as (app, pilot):
        await press(pilot, "4")
        for words in ("offerings are not out yet", "Division Personnel publish",
                      "The proposals are being reviewed. Join opens Mon 21 Sep."):  # fmt: skip
            assert words in shown(app)
        await press(pilot, "j", "w", "l", "k", "c", "f", "slash", "enter")
        assert offered(joining(app)) == {}
        await press(pilot, "escape")
        assert not isinstance(app.screen, JoinScreen)


async def test_a_cancelled_community_says_so_to_its_members(made: Division) -> None:
    made.join("Teacher One", BAND)
    ident = made.communities[BAND]
    made.store.unit(
        lambda: CommunityRow.update(state="cancelled").where(CommunityRow.id == ident).execute()
    )
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        assert f"{BAND} does not run this year: choose another one." in shown(app)
        assert " off " in shown(app)
        await stand_at(pilot, TALKS)
        await press(pilot, "j", "y")
        assert community_of(made, "Teacher One") == TALKS
        await stand_at(pilot, BAND)
        assert "Cancelled: it does not run this year." in shown(app)
        assert "join" not in offered(joining(app))


async def test_who_was_too_slow_keeps_their_place_and_sees_why(made: Division) -> None:
    made.join("Teacher One", LAND)
    made.join("Teacher Three", BAND)
    async with running(made.store, made.people["Teacher Three"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, LAND)
        await press(pilot, "j")
        assert isinstance(app.screen, Confirm)
        made.join("Teacher Two", LAND)
        await press(pilot, "y")
        assert community_of(made, "Teacher Three") == BAND
        assert "This community is full." in shown(app)
        assert offered(joining(app))["wait"], "looked at again"


async def test_a_key_held_down_joins_once(made: Division) -> None:
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await press(pilot, "4")
        await stand_at(pilot, TALKS)
        await pilot.press("j", "j", "j")
        await settled(pilot)
        assert community_of(made, "Teacher One") == TALKS and made.taken(TALKS) == 1
        assert isinstance(app.screen, JoinScreen)


async def test_nobody_browses_freely_and_is_asked_only_to_act(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "4")
        assert "Look around." in shown(app)
        await stand_at(pilot, TALKS)
        assert offered(joining(app)) == {"join": True, "keep": True}
        await press(pilot, "f", "escape", "enter", "escape")
        assert isinstance(app.screen, JoinScreen)
        await press(pilot, "k")
        assert not isinstance(app.screen, JoinScreen), "sign-in"


# -- the screen offers what the store allows ----------------------------------------------------------------

PEOPLE = ("Teacher One", "Teacher Three", "Teacher Four", "High One", "Fay Facilitator",
          "Paula Principal", "Lea Lead", "Cora Core", "Dana Division", "")  # fmt: skip
DAYS = ((2026, 9, 17), (2026, 9, 20), (2026, 9, 21), (2026, 9, 25), (2026, 9, 26), (2027, 5, 31))
ENTERING = ("join.join", "join.switch")


@pytest.mark.parametrize("name", PEOPLE)
async def test_keys_work_exactly_where_the_table_allows_it(made: Division, name: str) -> None:
    fill_land(made)
    made.join("Teacher Three", TALKS)
    join.wait(made.store, made.actor("Teacher Four"), made.communities[LAND])
    band = made.communities[BAND]
    made.store.unit(
        lambda: CommunityRow.update(state="cancelled").where(CommunityRow.id == band).execute()
    )
    async with running(made.store, made.people.get(name)) as (app, pilot):
        await press(pilot, "4")
        for when in DAYS:
            set_clock(made.store, *when)
            screen = joining(app)
            screen.reload()
            await settled(pilot)
            assert screen.on == date(*when)
            for title, ident in made.communities.items():
                await stand_at(pilot, title)
                keys = offered(screen)

                def allowed(
                    *actions: str, ident: int = ident, viewer: Standing = screen.standing
                ) -> bool:
                    target = made.store.read(_target, made.people.get(name), ident)
                    return any(_judged(app, viewer, a, target).is_allowed for a in actions)

                where = f"{name or 'nobody'} on {when} at {title}"
                assert keys.get("join", False) == allowed(*ENTERING), where
                assert keys.get("keep", False) == allowed("join.keep"), where
                waits = allowed("join.wait") or _stops(app, made, name, ident)
                assert keys.get("wait", False) == waits, where
                if name:
                    assert keys.get("change", False) == allowed("join.ask_change"), where
                    place = screen.standing.community_id
                    leaves = place is not None and allowed("join.leave", ident=place)
                    assert keys.get("leave", False) == leaves, where


def _target(person_id: int | None, community_id: int) -> AtPlace:
    person = AtPerson(-1, 0, "", False) if person_id is None else at_person(person_id, 2026)
    return at_place(person, community_id, 2026)


def _judged(app: CofpApp, viewer: Standing, action: str, target: AtPlace) -> Verdict:
    frame = app.frame
    assert frame.year is not None
    who = viewer if viewer.person_id is not None else SOMEBODY
    return judge(action, who, frame.year, frame.on, target)


def _stops(app: CofpApp, made: Division, name: str, community_id: int) -> bool:
    """Whether one waits here and may step off the list."""
    if not name:
        return False
    person = made.store.read(at_person, made.people[name], 2026)
    frame = app.frame
    assert frame.year is not None
    may = judge("join.stop_waiting", frame.standing, frame.year, frame.on, person)
    return person.waits_for == community_id and may.is_allowed


# -- text and room ------------------------------------------------------------------------------------------


TEXTS = ("title", "description", "question", "audience_words", "place", "needs", "whats_new")


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_texts_are_shown_as_text(made: Division, size: tuple[int, int]) -> None:
    """Straight into the store, past every cleaning: titles, facts, names, and the card."""
    texts = [text for text in HOSTILE if _storable(text)]
    school = made.schools["Argyle"]

    def put() -> None:
        for text in texts:
            fields: dict[str, Any] = dict.fromkeys(TEXTS, text)
            fields |= {"year": 2026, "audience": "any", "capacity": 5, "place_school": school}
            tags = [("priority", text), ("subject", text), ("activity", text)]
            make_community(fields, tags, [], date(2026, 9, 17), made.store.clock.now())
        PersonRow.update(name=texts[0]).where(PersonRow.name == "Fay Facilitator").execute()
        SchoolRow.update(name=texts[4]).where(SchoolRow.id == school).execute()

    made.store.unit(put)
    async with running(made.store, made.people["Teacher One"], size) as (app, pilot):
        await press(pilot, "4")
        table = app.screen.query_one(WindowTable)
        assert table.count == len(texts) + 3
        for _ in range(table.count):
            assert unfit(shown(app).replace("\n", "")) == []
            if size[0] < 100:
                await press(pilot, "enter")
                assert unfit(shown(app).replace("\n", "")) == []
                await press(pilot, "escape")
            await press(pilot, "down")
        await press(pilot, "home", "j", "f", "right", "right", "down", "down", "right", "escape")
        assert unfit(shown(app).replace("\n", "")) == []
        assert app.is_running and isinstance(app.screen, JoinScreen)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (200, 60)])
async def test_nothing_is_clipped_with_the_longest_real_names(
    made: Division, size: tuple[int, int]
) -> None:
    longest = sorted((c.title for c in COMMUNITIES[2026]), key=len)[-3:]

    def rename() -> None:
        for old, new in zip((LAND, TALKS, BAND), longest, strict=True):
            CommunityRow.update(
                title=new, sort_title=new.lower(), audience_words="K–2 French"
            ).where(CommunityRow.title == old).execute()
        SchoolRow.update(name="École Monseigneur de Laval Pavillon primaire").where(
            SchoolRow.id == made.schools["Argyle"]
        ).execute()

    made.store.unit(rename)
    async with running(made.store, made.people["Teacher One"], size) as (app, pilot):
        await press(pilot, "4")
        lines = shown(app).splitlines()
        heading = next(x for x in lines if "Community" in x and "Places" in x)
        assert "For" in heading and ("Priority" in heading) == (size[0] >= 200)
        for title in longest:
            assert any(title in x or title[:24] in x for x in lines)
        foot = lines[-1]
        assert "j join" in foot and "k keep" in foot and "? help" in foot
        assert len(foot.rstrip()) <= size[0]
        await press(pilot, "end", "j")
        card = app.screen.query_one(Card)
        row = app.screen.query_one(WindowTable).row
        assert row is not None and row.title in card.text
        drawn = " ".join(shown(app).split())
        assert row.title.split()[-1] in drawn
        assert "Fri 9 Oct, afternoon · Argyle library" in drawn
        await press(pilot, "escape")
        assert "Fri 9 Oct, afternoon · Argyle library" in " ".join(shown(app).split())
        own = app.screen.query_one(Own)
        assert not any("…" in piece.text for line in own.lines(own.size.width) for piece in line)


async def test_the_own_lines_wrap_rather_than_clip(made: Division) -> None:
    made.join("Teacher One", TALKS)
    set_clock(made.store, 2026, 9, 28)
    async with running(made.store, made.people["Teacher One"], (80, 24)) as (app, pilot):
        await press(pilot, "4")
        said = " ".join(shown(app).split())
        assert "A change is a request now: your Principal and Division Personnel decide." in said


async def test_another_person_sees_nothing_of_the_one_before(made: Division) -> None:
    """Signing in keeps what was searched; the list and the marks are the new person's."""
    made.join("Teacher One", TALKS)
    async with running(made.store) as (app, pilot):
        await press(pilot, "4", "slash")
        await type_text(pilot, "talks")
        await press(pilot, "enter")
        assert "✓" not in shown(app)
        from tui.intent import Session

        await app.sign_in_done(Session(made.people["Teacher One"], "Teacher One"), Intent("join"))
        await settled(pilot)
        table = app.screen.query_one(WindowTable)
        assert table.row is not None and table.row.is_mine and table.count == 1


def test_the_snapshot_of_oneself_names_colleagues_and_the_way_one_came(made: Division) -> None:
    made.join("Teacher Two", TALKS)
    pair = (made.people["Teacher One"], made.communities[TALKS])
    join.register(made.store, made.actor("Lea Lead"), [pair])
    year_and_day = made.store.read(_frame, made.people["Teacher One"])
    own = made.store.read(join.mine, *year_and_day)
    assert own.how_words == "registered by Lea Lead"
    assert own.with_words == "Finn Facilitator; Teacher Two from Argyle"
    assert own.suggestions == ()
    names = made.store.read(facilitator_names, [made.communities[TALKS]])
    assert names[made.communities[TALKS]] == ("Finn Facilitator",)


def _frame(person_id: int) -> tuple[Standing, Any, date]:
    from models.communities import standing
    from models.years import year_on

    on = date(2026, 9, 22)
    return standing(person_id, 2026), year_on(on), on


async def test_at_80_columns_the_focus_is_never_left_in_the_search(made: Division) -> None:
    """Whatever opens and closes over the list, keys stay keys, however fast they come."""
    async with running(made.store, made.people["Teacher Two"], size=(80, 24)) as (app, pilot):
        await press(pilot, "4", "j", "enter", "pagedown", "pagedown")
        await pilot.press("f", "escape", "escape")
        await settled(pilot)
        screen = joining(app)
        assert isinstance(app.screen, JoinScreen)
        assert screen.focused is screen.query_one(WindowTable)
        assert not screen.query_one("#detail").display
        assert screen.query_one(WindowTable).display
        for key in ("enter", "f"):
            app.post_message(Key(key, None))
        await settled(pilot)
        assert not screen.query_one("#detail").display
        await press(pilot, "escape")
        assert screen.focused is screen.query_one(WindowTable)
