"""Join: places, switching, leaving, waiting lists, registering, changes after the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from models import join, promote
from models.communities import CommunityRow, MembershipRow, NoticeRow, make_community
from models.database import Store
from models.errors import CofpError, Refused
from models.join.tables import WaitingRow
from models.journal import Actor
from models.people import NOBODY, PersonRow, TeachesRow
from models.years import Step, Window, get_year

from .conftest import set_clock
from .factory import Division, division


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def where(made: Division, name: str) -> str:
    """The title of the community a person is in, empty when none."""
    ident = made.people[name]
    found = made.store.read(
        lambda: [
            m.community.title for m in MembershipRow.select().where(MembershipRow.person == ident)
        ]
    )
    assert len(found) <= 1
    return found[0] if found else ""


def told(made: Division, name: str) -> list[str]:
    ident = made.people[name]
    return made.store.read(
        lambda: [n.words for n in NoticeRow.select().where(NoticeRow.person == ident)]
    )


def test_a_place_is_taken_and_counted(argyle: Division) -> None:
    argyle.join("Teacher One", "Land-Based Learning")
    assert where(argyle, "Teacher One") == "Land-Based Learning"
    assert argyle.taken("Land-Based Learning") == 1


def test_a_facilitator_takes_no_place_and_cannot_join_elsewhere(argyle: Division) -> None:
    assert argyle.taken("Land-Based Learning") == 0
    with pytest.raises(Refused, match="facilitate"):
        argyle.join("Fay Facilitator", "Numeracy Talks")


def test_a_full_community_refuses_and_offers_the_list(argyle: Division) -> None:
    argyle.join("Teacher One", "Land-Based Learning")
    argyle.join("Teacher Two", "Land-Based Learning")
    with pytest.raises(Refused, match="full"):
        argyle.join("Teacher Three", "Land-Based Learning")
    assert argyle.taken("Land-Based Learning") == 2


def test_staff_switch_freely_inside_the_join_window(argyle: Division) -> None:
    argyle.join("Teacher One", "Land-Based Learning")
    for title in ("Numeracy Talks", "Band & Choir", "Land-Based Learning"):
        join.switch(argyle.store, argyle.actor("Teacher One"), argyle.communities[title])
        assert where(argyle, "Teacher One") == title
    assert [argyle.taken(t) for t in ("Land-Based Learning", "Numeracy Talks", "Band & Choir")] == [
        1,
        0,
        0,
    ]


def test_switching_to_a_full_one_keeps_the_old_place(argyle: Division) -> None:
    argyle.join("Teacher One", "Land-Based Learning")
    argyle.join("Teacher Two", "Land-Based Learning")
    argyle.join("Teacher Three", "Numeracy Talks")
    with pytest.raises(Refused, match="full"):
        join.switch(
            argyle.store, argyle.actor("Teacher Three"), argyle.communities["Land-Based Learning"]
        )
    assert where(argyle, "Teacher Three") == "Numeracy Talks"


def test_a_free_place_goes_down_the_lists_in_one_step(argyle: Division) -> None:
    """One leaves Land; the first waiting (who holds a Band place) moves; their place goes on likewise."""
    store, land, band = (
        argyle.store,
        argyle.communities["Land-Based Learning"],
        argyle.communities["Band & Choir"],
    )
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    for name in ("Teacher Three", "Teacher Four", "Teacher Five"):
        argyle.join(name, "Band & Choir")
    join.wait(store, argyle.actor("Teacher Three"), land)
    join.wait(store, argyle.actor("Teacher Six"), band)
    join.wait(store, argyle.actor("High One"), land)
    join.leave(store, argyle.actor("Teacher One"), land)
    assert where(argyle, "Teacher Three") == "Land-Based Learning"
    assert where(argyle, "Teacher Six") == "Band & Choir"
    assert where(argyle, "High One") == ""
    assert argyle.taken("Land-Based Learning") == 2 and argyle.taken("Band & Choir") == 3
    assert "place came free" in told(argyle, "Teacher Three")[0]
    assert join.stop_waiting(store, argyle.actor("High One")).id == land


def test_lists_are_frozen_once_join_has_closed(argyle: Division) -> None:
    store = argyle.store
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    join.wait(store, argyle.actor("Teacher Three"), argyle.communities["Land-Based Learning"])
    set_clock(store, 2026, 9, 28)
    asked = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Numeracy Talks"], "Grade change"
    )
    join.approve_change(store, argyle.actor("Paula Principal"), asked.id or 0)
    done = join.approve_change(store, argyle.actor("Dana Division"), asked.id or 0)
    assert done.facts["moved"]
    assert where(argyle, "Teacher One") == "Numeracy Talks"
    assert where(argyle, "Teacher Three") == ""
    assert argyle.taken("Land-Based Learning") == 1


def test_a_lead_registers_and_the_person_is_told_and_free_to_switch(argyle: Division) -> None:
    store = argyle.store
    pairs = [(argyle.people["Teacher One"], argyle.communities["Numeracy Talks"])]
    join.register(store, argyle.actor("Lea Lead"), pairs)
    assert where(argyle, "Teacher One") == "Numeracy Talks"
    assert "Lea Lead registered you in Numeracy Talks" in told(argyle, "Teacher One")[0]
    join.switch(store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"])


def test_a_lead_registers_only_at_their_own_school(argyle: Division) -> None:
    with pytest.raises(Refused, match="Leads and Principal"):
        join.register(argyle.store, argyle.actor("Lea Lead"),
                      [(argyle.people["High One"], argyle.communities["Numeracy Talks"])])  # fmt: skip


def test_registering_several_registers_whoever_can_be_and_names_the_rest(argyle: Division) -> None:
    land = argyle.communities["Land-Based Learning"]
    pairs = [(argyle.people[f"Teacher {n}"], land) for n in ("One", "Two", "Three")]
    receipt = join.register(argyle.store, argyle.actor("Paula Principal"), pairs)
    assert len(receipt.facts["done"]) == 2
    assert receipt.facts["refused"][0][0] == "Teacher Three"
    assert argyle.taken("Land-Based Learning") == 2


def test_after_the_window_the_missing_are_registered_with_a_reason(argyle: Division) -> None:
    store = argyle.store
    set_clock(store, 2026, 10, 1)
    pairs = [(argyle.people["Teacher One"], argyle.communities["Numeracy Talks"])]
    with pytest.raises(Refused, match="closed on Fri 25 Sep"):
        join.register(store, argyle.actor("Paula Principal"), pairs)
    with pytest.raises(Refused, match="Only"):
        join.register_late(store, argyle.actor("Lea Lead"), pairs, "back from leave")
    join.register_late(store, argyle.actor("Paula Principal"), pairs, "back from leave")
    assert where(argyle, "Teacher One") == "Numeracy Talks"


def test_nobody_approves_their_own_request(argyle: Division) -> None:
    store = argyle.store
    argyle.join("Paula Principal", "Numeracy Talks")
    set_clock(store, 2026, 10, 1)
    asked = join.ask_change(
        store, argyle.actor("Paula Principal"), argyle.communities["Band & Choir"], "Please"
    )
    with pytest.raises(Refused):
        join.approve_change(store, argyle.actor("Paula Principal"), asked.id or 0)
    # The Principal is the one who asks, so Division Personnel decide alone.
    assert join.approve_change(store, argyle.actor("Dana Division"), asked.id or 0).facts["moved"]


def test_one_person_gives_one_approval(argyle: Division) -> None:
    store = argyle.store
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(store, 2026, 10, 1)
    asked = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"], "Please"
    )
    join.approve_change(store, argyle.actor("Dana Division"), asked.id or 0)
    for name in ("Dana Division", "Drew Division"):
        with pytest.raises(Refused, match="other"):
            join.approve_change(store, argyle.actor(name), asked.id or 0)
    join.approve_change(store, argyle.actor("Paula Principal"), asked.id or 0)
    assert where(argyle, "Teacher One") == "Band & Choir"


def test_a_declined_request_tells_why(argyle: Division) -> None:
    store = argyle.store
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(store, 2026, 10, 1)
    asked = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"], "Please"
    )
    join.decline_change(
        store, argyle.actor("Paula Principal"), asked.id or 0, "The group is settled."
    )
    assert "The group is settled." in told(argyle, "Teacher One")[0]
    assert where(argyle, "Teacher One") == "Numeracy Talks"
    with pytest.raises(Refused, match="settled already"):
        join.approve_change(store, argyle.actor("Dana Division"), asked.id or 0)


def test_the_same_operation_twice_is_done_once(argyle: Division) -> None:
    actor = Actor(argyle.people["Teacher One"])
    first = join.join(argyle.store, actor, argyle.communities["Numeracy Talks"])
    assert join.join(argyle.store, actor, argyle.communities["Numeracy Talks"]) == first
    assert argyle.taken("Numeracy Talks") == 1


def test_before_and_after_the_window_the_refusal_names_the_day(argyle: Division) -> None:
    set_clock(argyle.store, 2026, 9, 20)
    with pytest.raises(Refused, match="opens on Mon 21 Sep"):
        argyle.join("Teacher One", "Numeracy Talks")
    set_clock(argyle.store, 2026, 9, 26)
    with pytest.raises(Refused, match="closed on Fri 25 Sep") as refused:
        argyle.join("Teacher One", "Numeracy Talks")
    assert "Principal" in refused.value.help


def test_reminders_go_to_exactly_those_who_are_missing(argyle: Division) -> None:
    argyle.join("Teacher One", "Numeracy Talks")
    everyone = [argyle.people[f"Teacher {n}"] for n in ("One", "Two", "Three")]
    receipt = join.remind(argyle.store, argyle.actor("Lea Lead"), everyone, "Ask me anything!")
    assert receipt.facts["told"] == 2
    assert told(argyle, "Teacher One") == []
    assert "Fri 25 Sep" in told(argyle, "Teacher Two")[0]


def test_whoever_is_not_expected_does_not_count_as_missing(argyle: Division) -> None:
    before = argyle.store.read(join.progress, 2026, argyle.schools["Argyle"])
    join.expect(
        argyle.store,
        argyle.actor("Paula Principal"),
        argyle.people["Teacher One"],
        False,
        "on leave",
    )
    after = argyle.store.read(join.progress, 2026, argyle.schools["Argyle"])
    assert (after.expected, after.missing) == (before.expected - 1, before.missing - 1)
    with pytest.raises(Refused):
        join.expect(
            argyle.store, argyle.actor("Lea Lead"), argyle.people["Teacher Two"], False, "part time"
        )


def test_a_place_that_waits_for_a_request_is_not_waited_for_any_more(argyle: Division) -> None:
    store, land = argyle.store, argyle.communities["Land-Based Learning"]
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    argyle.join("Teacher Three", "Numeracy Talks")
    join.wait(store, argyle.actor("Teacher Three"), land)
    set_clock(store, 2026, 9, 28)
    away = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"], "Music"
    )
    asked = join.ask_change(store, argyle.actor("Teacher Three"), land, "Please")
    for request in (away, asked):
        join.approve_change(store, argyle.actor("Paula Principal"), request.id or 0)
        join.approve_change(store, argyle.actor("Dana Division"), request.id or 0)
    assert where(argyle, "Teacher Three") == "Land-Based Learning"
    assert store.read(lambda: WaitingRow.select().count()) == 0


def test_when_join_opens_again_those_who_wait_come_first(argyle: Division) -> None:
    store, land = argyle.store, argyle.communities["Land-Based Learning"]
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    join.wait(store, argyle.actor("Teacher Three"), land)
    set_clock(store, 2026, 9, 28)
    away = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Numeracy Talks"], "Math"
    )
    join.approve_change(store, argyle.actor("Paula Principal"), away.id or 0)
    join.approve_change(store, argyle.actor("Dana Division"), away.id or 0)
    window = Window(date(2026, 9, 21), date(2026, 10, 2))
    promote.set_year(store, Actor.operator(), 2026, {Step.JOIN: window})
    with pytest.raises(Refused, match="full"):
        argyle.join("Teacher Four", "Land-Based Learning")
    join.wait(store, argyle.actor("Teacher Four"), land)
    assert where(argyle, "Teacher Three") == "Land-Based Learning"
    assert where(argyle, "Teacher Four") == ""


def test_whoever_left_the_staff_makes_room(argyle: Division) -> None:
    store, land = argyle.store, argyle.communities["Land-Based Learning"]
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    for name in ("Teacher Three", "Teacher Four"):
        join.wait(store, argyle.actor(name), land)
    gone = [argyle.people[name] for name in ("Teacher One", "Teacher Three")]
    store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id.in_(gone)).execute())
    freed = join.release_gone(store, Actor.operator())
    assert freed.facts == {"places": 1, "waits": 1, "requests": 0}
    assert where(argyle, "Teacher Four") == "Land-Based Learning"
    assert argyle.taken("Land-Based Learning") == 2


def test_a_request_of_somebody_who_left_cannot_be_approved(argyle: Division) -> None:
    store = argyle.store
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(store, 2026, 10, 1)
    asked = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"], "Please"
    )
    ident = argyle.people["Teacher One"]
    store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == ident).execute())
    with pytest.raises(Refused, match="no longer on the staff"):
        join.approve_change(store, argyle.actor("Paula Principal"), asked.id or 0)


def test_the_year_lasts_until_may_whatever_its_windows_are(argyle: Division) -> None:
    window = Window(date(2026, 6, 1), date(2026, 9, 18))
    promote.set_year(argyle.store, Actor.operator(), 2026, {Step.PROMOTE: window})
    argyle.join("Teacher One", "Numeracy Talks")
    assert where(argyle, "Teacher One") == "Numeracy Talks"


def test_two_half_days_may_trade_their_dates(argyle: Division) -> None:
    store = argyle.store
    halves = list(store.read(get_year, 2026).half_days)
    traded = [replace(halves[0], on=halves[1].on), replace(halves[1], on=halves[0].on)]
    promote.set_year(store, Actor.operator(), 2026, None, [*traded, *halves[2:]])
    after = {half.id: half.on for half in store.read(get_year, 2026).half_days}
    assert after[halves[0].id] == halves[1].on and after[halves[1].id] == halves[0].on


def test_a_school_has_one_principal(argyle: Division) -> None:
    with pytest.raises(Refused, match="Paula Principal is Principal at Argyle School"):
        promote.appoint(argyle.store, Actor.operator(), "principal", argyle.people["Adam Admin"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("expected_kinds", "techers"), ("division", ""), ("idle_seconds", "9" * 30),
        ("session_hours", "٣"), ("minimum_size", "0"), ("zone", "Nowhere/At_all"),
    ],
)  # fmt: skip
def test_settings_take_only_what_makes_sense(argyle: Division, key: str, value: str) -> None:
    with pytest.raises(CofpError):
        promote.set_division(argyle.store, Actor.operator(), key, value)


# -- finding -----------------------------------------------------------------------------------------


def found(made: Division, words: str, step: int = 2) -> list[str]:
    """The titles that a search finds, page by page; back again it must find the same ones."""
    narrowed = join.Filter(words=words)

    def walk(backwards: bool) -> list[join.OfferingLine]:
        lines: list[join.OfferingLine] = []
        after = None
        while True:
            page = join.offerings(2026, narrowed, NOBODY, after, step, backwards)
            lines = [*page.rows, *lines] if backwards else [*lines, *page.rows]
            if not page.more:
                return lines
            after = page.rows[0 if backwards else -1].key

    forth, back, many = made.store.read(
        lambda: (walk(False), walk(True), join.count_offerings(2026, narrowed, NOBODY))
    )
    assert forth == back and len(forth) == many
    return [line.title for line in forth]


@pytest.fixture
def library(argyle: Division) -> Division:
    """Communities whose titles and texts hold the same words in different places."""
    for title, question in (
        ("Calculus and Beyond", "What does numeracy ask for?"),
        ("Zero Numeracy", ""),
        ("Innumeracy", ""),
        ("Algebra (Numeracy-Talks)", ""),
        ("Biology", "Numbers and numeracy in talks"),
        ("L’école des numéros", ""),
    ):
        fields = {
            "year": 2026, "title": title, "question": question, "description": "", "capacity": 5,
            "audience": "any", "audience_words": "anyone", "place": "",
        }  # fmt: skip
        argyle.store.unit(
            lambda fields=fields: make_community(
                fields, (), (), date(2026, 9, 1), datetime(2026, 9, 1)
            )
        )
    return argyle


def test_a_search_begins_with_the_titles(library: Division) -> None:
    """A title's own word first, then what stands inside one, then everything else, each by title."""
    assert found(library, "numer") == [
        "Algebra (Numeracy-Talks)",
        "L’école des numéros",
        "Numeracy Talks",
        "Zero Numeracy",
        "Innumeracy",
        "Biology",
        "Calculus and Beyond",
    ]
    assert found(library, "tal num")[:2] == ["Algebra (Numeracy-Talks)", "Numeracy Talks"]
    assert found(library, "ecole") == ["L’école des numéros"]
    assert found(library, "%") == found(library, "_") == []


@pytest.mark.parametrize("step", [1, 3, 64])
def test_a_search_has_the_same_rows_whatever_the_page(library: Division, step: int) -> None:
    assert found(library, "num", step) == found(library, "num")


def test_whoever_registers_others_is_told_whom_a_community_is_for(library: Division) -> None:
    """By the school's level and the grades; where nothing is known of either, it fits."""
    ident = library.communities["Numeracy Talks"]
    one, high = library.people["Teacher One"], library.people["High One"]

    def others(audience: str, *taught: tuple[int, str]) -> tuple[str, ...]:
        def look() -> tuple[str, ...]:
            CommunityRow.update(audience=audience).where(CommunityRow.id == ident).execute()
            TeachesRow.delete().execute()
            for person, grade in taught:
                TeachesRow.insert(
                    person=person, kind="grade", value=grade, said_by="roster"
                ).execute()
            return join.fitting(ident, [one, high]).others

        return library.store.unit(look)

    assert others("any") == ()
    assert others("elementary") == ("High One",)
    assert others("high") == ("Teacher One",)
    assert others("any", (one, "7"), (high, "2")) == ("Teacher One",)
    assert others("elementary", (one, "2"), (one, "7")) == ("High One",)


def test_registering_says_who_goes_on_waiting_for_another(argyle: Division) -> None:
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    land, talks = (argyle.communities[t] for t in ("Land-Based Learning", "Numeracy Talks"))
    for name in ("Teacher Three", "Teacher Four", "Teacher Five"):
        join.wait(argyle.store, argyle.actor(name), land)
    people = [argyle.people[f"Teacher {n}"] for n in ("Three", "Four", "Five")]
    said = join.register(argyle.store, argyle.actor("Lea Lead"), [(people[0], talks)]).words
    assert said == (
        "Registered Teacher Three in Numeracy Talks."
        " Teacher Three still waits for a place in Land-Based Learning."
    )
    rest = [(ident, talks) for ident in people[1:]]
    said = join.register(argyle.store, argyle.actor("Lea Lead"), rest).words
    assert said.endswith(" 2 of them still wait for a place elsewhere.")
    join.leave(argyle.store, argyle.actor("Teacher One"), land)
    assert where(argyle, "Teacher Three") == "Land-Based Learning"
