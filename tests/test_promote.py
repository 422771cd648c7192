"""Promote: the year's frame, roles, what the division sets, and news for everyone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models import participate, promote
from models.clock import Clock
from models.communities import MeetingRow, meetings_of, standing
from models.database import Store
from models.drafts import drop_draft, keep_draft
from models.errors import BadText, CofpError, NotFound, Refused
from models.journal import Actor, JournalRow
from models.kept import SessionNoteRow
from models.people import AppointmentRow, PersonRow, Standing, taught_by
from models.years import HalfDay, Step, Window, get_year

from .conftest import set_clock
from .factory import Division, division
from .hostile import HOSTILE, unfit


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def half_days(made: Division) -> tuple[HalfDay, ...]:
    return made.store.read(get_year, 2026).half_days


def meetings(made: Division, title: str = "Numeracy Talks") -> list[tuple[date, str, bool]]:
    ident = made.communities[title]

    def read() -> list[Any]:
        return list(
            MeetingRow.select().where(MeetingRow.community == ident).order_by(MeetingRow.held_on)
        )

    return [(row.held_on, row.half, row.required) for row in made.store.read(read)]


def stands(made: Division, name: str) -> Standing:
    return made.store.read(standing, made.people[name], 2026)


DANA = "Dana Division"

# -- the year's frame -------------------------------------------------------------------------------


def test_a_window_is_moved_and_the_others_stay(argyle: Division) -> None:
    moved = Window(date(2026, 9, 28), date(2026, 10, 2))
    promote.set_year(argyle.store, argyle.actor(DANA), 2026, {Step.JOIN: moved})
    year = argyle.store.read(get_year, 2026)
    assert year.window(Step.JOIN) == moved
    assert year.window(Step.SUBMIT).closes == date(2026, 9, 11)
    with pytest.raises(Refused, match="opens on Mon 28 Sep"):
        argyle.join("Teacher One", "Numeracy Talks")


def test_dates_that_contradict_each_other_leave_the_year_as_it_was(argyle: Division) -> None:
    before = argyle.store.read(get_year, 2026)
    wrong = Window(date(2026, 9, 1), date(2026, 9, 25))
    with pytest.raises(Refused, match="review"):
        promote.set_year(argyle.store, argyle.actor(DANA), 2026, {Step.JOIN: wrong})
    assert argyle.store.read(get_year, 2026) == before


def test_a_moved_half_day_takes_its_meetings_along(argyle: Division) -> None:
    first, *rest = half_days(argyle)
    assert meetings(argyle) == [
        (date(2026, 10, 9), "afternoon", True), (date(2027, 3, 12), "afternoon", True),
    ]  # fmt: skip
    changed = replace(first, on=date(2026, 10, 26), half="morning")
    promote.set_year(argyle.store, argyle.actor(DANA), 2026, None, [changed, *rest])
    assert next(h.on for h in half_days(argyle)) == date(2026, 10, 26)
    for title in argyle.communities:
        assert meetings(argyle, title)[0] == (date(2026, 10, 26), "morning", True)


def test_a_required_half_day_that_is_added_is_met_by_every_community(argyle: Division) -> None:
    more = HalfDay(date(2027, 2, 5), "morning", True)
    promote.set_year(argyle.store, argyle.actor(DANA), 2026, None, [*half_days(argyle), more])
    for title in argyle.communities:
        assert (date(2027, 2, 5), "morning", True) in meetings(argyle, title)


def test_an_optional_half_day_that_becomes_required_is_met_once(argyle: Division) -> None:
    first, second, *rest = half_days(argyle)
    assert not second.required
    changed = [first, replace(second, required=True), *rest]
    for _ in range(2):
        promote.set_year(argyle.store, argyle.actor(DANA), 2026, None, changed)
    assert meetings(argyle).count((date(2026, 12, 4), "afternoon", True)) == 1
    assert len(meetings(argyle)) == 3


def test_a_half_day_that_is_dropped_takes_its_meetings_unless_something_was_written(
    argyle: Division,
) -> None:
    store = argyle.store
    first, *rest = half_days(argyle)
    meeting = store.read(lambda: MeetingRow.select().where(MeetingRow.half_day == first.id).first())
    note = {
        "meeting": meeting.id, "body": "x", "version": 1, "written_at": store.clock.now(),
        "written_by": argyle.people["Fay Facilitator"],
    }  # fmt: skip
    ident = store.unit(lambda: SessionNoteRow.insert(**note).execute())
    with pytest.raises(Refused, match=r"Fri 9 Oct cannot be removed: communities keep notes of it"):
        promote.set_year(store, argyle.actor(DANA), 2026, None, rest)
    assert len(half_days(argyle)) == 4 and len(meetings(argyle)) == 2
    store.unit(lambda: SessionNoteRow.delete().where(SessionNoteRow.id == ident).execute())
    promote.set_year(store, argyle.actor(DANA), 2026, None, rest)
    assert len(half_days(argyle)) == 3 and len(meetings(argyle)) == 1


def test_a_half_day_of_which_somebody_has_begun_to_write_is_not_removed(argyle: Division) -> None:
    store = argyle.store
    first, *rest = half_days(argyle)
    meeting = store.read(lambda: MeetingRow.select().where(MeetingRow.half_day == first.id).first())
    fay = argyle.actor("Fay Facilitator")
    keep_draft(store, fay, "session.notes", str(meeting.id), "Notes", '{"version": 0, "body": "x"}')
    with pytest.raises(Refused, match=r"cannot be removed: communities keep unfinished writing of"):
        promote.set_year(store, argyle.actor(DANA), 2026, None, rest)
    assert len(half_days(argyle)) == 4 and len(meetings(argyle)) == 2
    drop_draft(store, argyle.actor("Fay Facilitator"), "session.notes", str(meeting.id))
    promote.set_year(store, argyle.actor(DANA), 2026, None, rest)
    assert len(half_days(argyle)) == 3


def keep_notes(argyle: Division, meeting: int, body: str = "We walked.") -> None:
    participate.write_notes(argyle.store, argyle.actor("Fay Facilitator"), meeting, body, 0)


def meeting_on(argyle: Division, on: date) -> int:
    """Land-Based Learning's meeting of a day."""
    found = argyle.store.read(meetings_of, argyle.communities["Land-Based Learning"])
    (ident,) = [m.id for m in found if m.on == on]
    return ident


def test_a_half_day_of_which_something_is_kept_stays_in_the_past(argyle: Division) -> None:
    """Notes of a day to come would be of a meeting that nobody has held."""
    store = argyle.store
    first, *rest = half_days(argyle)
    set_clock(store, 2026, 10, 14)
    keep_notes(argyle, meeting_on(argyle, first.on))
    participate.mark_all_present(
        store, argyle.actor("Fay Facilitator"), meeting_on(argyle, first.on)
    )
    ahead = replace(first, on=date(2026, 10, 16))
    with pytest.raises(Refused) as caught:
        promote.set_year(store, argyle.actor(DANA), 2026, None, [ahead, *rest])
    assert str(caught.value) == (
        "The half-day of Fri 9 Oct cannot move to Fri 16 Oct, a day to come: communities keep "
        "attendance and notes of it (Land-Based Learning). Leave it on its day, and add another "
        "half-day on Fri 16 Oct."
    )
    assert half_days(argyle)[0] == first and meetings(argyle)[0][0] == first.on
    # It was held a day earlier than written down: that can be put right.
    earlier = replace(first, on=date(2026, 10, 8))
    promote.set_year(store, argyle.actor(DANA), 2026, None, [earlier, *rest])
    assert meetings(argyle)[0][0] == date(2026, 10, 8)


def test_refusals_name_the_calendar_year_only_of_another_years_days(argyle: Division) -> None:
    first, *rest = half_days(argyle)
    for on, words in (
        (date(2027, 10, 8), "The half-day Fri 8 Oct 2027 lies outside the year"),
        (date(2026, 9, 4), "The half-day Fri 4 Sep lies before"),
    ):
        with pytest.raises(Refused, match=words):
            promote.set_year(
                argyle.store, argyle.actor(DANA), 2026, None, [replace(first, on=on), *rest]
            )


@pytest.mark.parametrize("half", ["afternoon", "other"])
@pytest.mark.parametrize("required", [True, False])
def test_a_meeting_of_their_own_on_what_becomes_a_half_day_is_that_half_day(
    argyle: Division, half: str, required: bool
) -> None:
    store, on = argyle.store, date(2026, 10, 13)
    set_clock(store, 2026, 10, 14)
    made = participate.add_meeting(
        store, argyle.actor("Fay Facilitator"), argyle.communities["Land-Based Learning"],
        held_on=on, half=half, title="The creek", place="Wascana",
    )  # fmt: skip
    keep_notes(argyle, made.id or 0)
    more = [*half_days(argyle), HalfDay(on, "afternoon", required)]
    promote.set_year(store, argyle.actor(DANA), 2026, None, more)
    found = store.read(meetings_of, argyle.communities["Land-Based Learning"])
    (theirs,) = [m for m in found if m.on == on]
    assert (theirs.id, theirs.half, theirs.required) == (made.id, "afternoon", required)
    assert (theirs.title, theirs.place) == ("The creek", "Wascana")
    assert theirs.half_day_id is not None
    body = store.read(lambda: SessionNoteRow.get(SessionNoteRow.meeting == made.id).body)
    assert body == "We walked."
    assert ((on, "afternoon", True) in meetings(argyle, "Numeracy Talks")) == required


@pytest.mark.parametrize("written", ["", "own", "half-day", "both"])
def test_a_half_day_moved_onto_a_meeting_of_their_own_keeps_what_is_written(
    argyle: Division, written: str
) -> None:
    store, on = argyle.store, date(2026, 10, 13)
    set_clock(store, 2026, 10, 14)
    first, *rest = half_days(argyle)
    own = participate.add_meeting(
        store, argyle.actor("Fay Facilitator"), argyle.communities["Land-Based Learning"],
        held_on=on, half="afternoon", place="Wascana",
    ).id  # fmt: skip
    scheduled = meeting_on(argyle, first.on)
    for name, ident in (("own", own), ("half-day", scheduled)):
        if written in (name, "both"):
            keep_notes(argyle, ident or 0, name)
    moved = [replace(first, on=on), *rest]
    if written == "both":
        with pytest.raises(Refused, match="Land-Based Learning has written of two meetings"):
            promote.set_year(store, argyle.actor(DANA), 2026, None, moved)
        assert len(meetings(argyle, "Land-Based Learning")) == 3
        return
    promote.set_year(store, argyle.actor(DANA), 2026, None, moved)
    assert meeting_on(argyle, on) == (scheduled if written == "half-day" else own)
    assert len(meetings(argyle, "Land-Based Learning")) == 2


def test_a_half_day_that_stays_leaves_what_else_is_planned_that_day(argyle: Division) -> None:
    store, on = argyle.store, date(2026, 10, 9)
    participate.add_meeting(
        store, argyle.actor("Fay Facilitator"), argyle.communities["Land-Based Learning"],
        held_on=on, starts="17:00",
    )  # fmt: skip
    promote.set_year(store, argyle.actor(DANA), 2026, None, half_days(argyle))
    assert [m[0] for m in meetings(argyle, "Land-Based Learning")].count(on) == 2


def test_a_half_day_of_another_year_is_left_alone(argyle: Division) -> None:
    promote.lay_out(argyle.store, Actor.operator(), 2027)
    theirs = argyle.store.read(get_year, 2027).half_days
    strange = replace(theirs[0], on=date(2026, 11, 6))
    with pytest.raises(NotFound, match="half-day"):
        promote.set_year(argyle.store, argyle.actor(DANA), 2026, None, [strange])
    assert argyle.store.read(get_year, 2027).half_days == theirs


def test_a_year_that_is_not_there_cannot_be_set(argyle: Division) -> None:
    with pytest.raises(NotFound, match="2030–31"):
        promote.set_year(argyle.store, argyle.actor(DANA), 2030)


# -- what the division sets ---------------------------------------------------------------------------


def test_settings_are_checked_by_their_kind(argyle: Division) -> None:
    store, dana = argyle.store, lambda: argyle.actor(DANA)
    promote.set_division(store, dana(), "minimum_size", "6")
    store.reload_settings()
    assert store.settings.minimum_size == 6
    for key, value, error, words in (
        ("minimum_size", "many", Refused, "whole number"), ("minimum_size", "0", Refused, "from 1"),
        ("idle_seconds", "-5", Refused, "whole number"), ("colour", "red", NotFound, "no setting"),
        ("sample_on", "2026-09-22", NotFound, "no setting"), ("zone", "Regina", CofpError, "time zone"),
        ("clock_accepted", "9999", NotFound, "no setting"), ("division", "x" * 300, BadText, "200"),
    ):  # fmt: skip
        with pytest.raises(error, match=words):
            promote.set_division(store, dana(), key, value)


def test_a_zone_that_is_set_moves_the_day(argyle: Division) -> None:
    promote.set_division(argyle.store, argyle.actor(DANA), "zone", "Pacific/Auckland")
    argyle.store.clock = Clock()
    argyle.store.reload_settings()
    assert argyle.store.clock.zone_name == "Pacific/Auckland"


def test_kinds_that_are_expected_take_effect_at_once_but_for_those_with_a_reason(
    argyle: Division,
) -> None:
    from models import join

    store = argyle.store
    join.expect(
        store, argyle.actor("Paula Principal"), argyle.people["Teacher One"], False, "leave"
    )
    promote.set_division(store, argyle.actor(DANA), "expected_kinds", "teacher, administrator")

    def expected() -> set[str]:
        return {p.name for p in PersonRow.select().where(PersonRow.expected)}

    found = store.read(expected)
    assert {"Teacher Two", "Paula Principal", "Adam Admin"} <= found
    assert not {"Teacher One", DANA} & found


def test_a_schools_level_is_the_divisions_to_say(argyle: Division) -> None:
    balfour = argyle.schools["Balfour"]
    promote.set_level(argyle.store, argyle.actor(DANA), balfour, "combined")
    assert stands(argyle, "Cora Core").school_level == "combined"
    with pytest.raises(Refused, match="elementary, high or combined"):
        promote.set_level(argyle.store, argyle.actor(DANA), balfour, "office")
    with pytest.raises(NotFound):
        promote.set_level(argyle.store, argyle.actor(DANA), 999, "high")


# -- roles ----------------------------------------------------------------------------------------------


def test_a_role_is_given_once_and_taken_back(argyle: Division) -> None:
    store, one = argyle.store, argyle.people["Teacher One"]
    for _ in range(2):
        promote.appoint(store, argyle.actor(DANA), "lead", one)
    mine = store.read(lambda: AppointmentRow.select().where(AppointmentRow.person == one).count())
    assert mine == 1 and stands(argyle, "Teacher One").lead_of == {argyle.schools["Argyle"]}
    said = promote.appoint(store, argyle.actor(DANA), "lead", one, given=False)
    assert said.words == "Teacher One is no longer Lead at Argyle School."
    assert stands(argyle, "Teacher One").lead_of == frozenset()


def test_a_lead_is_lead_for_one_year_and_a_principal_until_further_notice(
    argyle: Division,
) -> None:
    promote.lay_out(argyle.store, Actor.operator(), 2027)
    later = argyle.store.read(standing, argyle.people["Lea Lead"], 2027)
    assert later.lead_of == frozenset() and stands(argyle, "Lea Lead").lead_of
    assert argyle.store.read(standing, argyle.people["Paula Principal"], 2027).principal_of


def test_a_role_has_to_fit_the_school(argyle: Division) -> None:
    store, dana = argyle.store, lambda: argyle.actor(DANA)
    for level in ("elementary", "combined"):  # a combined school is treated as an elementary one
        promote.set_level(store, dana(), argyle.schools["Argyle"], level)
        with pytest.raises(Refused, match="high schools"):
            promote.appoint(store, dana(), "core_leader", argyle.people["Teacher One"])
    for role, name, error, words in (
        ("core_leader", "Teacher One", Refused, "high schools"),
        ("principal", "Drew Division", Refused, "division office"),
        ("king", "Teacher One", NotFound, "no role"),
    ):
        with pytest.raises(error, match=words):
            promote.appoint(store, dana(), role, argyle.people[name])
    with pytest.raises(NotFound, match="not on the staff"):
        promote.appoint(store, dana(), "lead", 999)
    balfour = argyle.schools["Balfour"]
    promote.appoint(store, dana(), "principal", argyle.people["Hugo Head"], balfour, False)
    promote.appoint(store, dana(), "principal", argyle.people["Paula Principal"], balfour)
    assert stands(argyle, "Paula Principal").principal_of == {
        argyle.schools[name] for name in ("Argyle", "Balfour")
    }


@pytest.mark.parametrize("name", ["Paula Principal", "Adam Admin", "Lea Lead", "Teacher One"])
def test_nobody_but_the_division_gives_roles_or_dates(argyle: Division, name: str) -> None:
    store, one = argyle.store, argyle.people["Teacher One"]
    with pytest.raises(Refused, match="Only Division Personnel"):
        promote.appoint(store, argyle.actor(name), "lead", one)
    with pytest.raises(Refused, match="Only Division Personnel"):
        promote.set_year(store, argyle.actor(name), 2026, None, [])
    with pytest.raises(Refused, match="Only Division Personnel"):
        promote.set_division(store, argyle.actor(name), "division", "Mine")
    with pytest.raises(Refused, match="Only Division Personnel"):
        promote.post_news(store, argyle.actor(name), "Hello")


def test_whoever_has_left_has_no_role(argyle: Division) -> None:
    ident = argyle.people["Lea Lead"]
    argyle.store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == ident).execute())
    gone = stands(argyle, "Lea Lead")
    assert not gone.is_active and gone.answers_for == frozenset()
    with pytest.raises(NotFound, match="not on the staff"):
        promote.appoint(argyle.store, argyle.actor(DANA), "lead", ident)


def test_what_somebody_teaches_is_theirs_to_say(argyle: Division) -> None:
    store, one = argyle.store, argyle.people["Teacher One"]
    promote.say_teaches(store, Actor(one), ["1", "2", "2"], ["French", " French "])
    said = promote.say_teaches(store, Actor(one), ["3", "4"], ["Band"])
    assert store.read(taught_by, one) == (frozenset({"3", "4"}), frozenset({"Band"}))
    assert "Band" in said.words
    with pytest.raises(NotFound, match="no grade"):
        promote.say_teaches(store, Actor(one), ["13"], [])
    promote.say_teaches(store, Actor(one), [], [])
    assert store.read(taught_by, one) == (frozenset(), frozenset())


# -- news -----------------------------------------------------------------------------------------------


def test_news_is_everybodys_newest_first_and_never_from_the_future(argyle: Division) -> None:
    store = argyle.store
    for number, on in enumerate((18, 19, 20, 22)):
        set_clock(store, 2026, 9, on)
        promote.post_news(store, argyle.actor(DANA), f"News {number}")
    said = [n.words for n in store.read(promote.news, 2026, date(2026, 9, 20))]
    assert said == ["News 2", "News 1", "News 0"]
    assert store.read(promote.news, 2026, date(2026, 9, 22), 1)[0].on == date(2026, 9, 22)
    with pytest.raises(BadText, match="News"):
        promote.post_news(store, argyle.actor(DANA), "  ")


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_words_enter_the_journal_and_the_receipt_as_text(
    sqlite_store: Store, value: str
) -> None:
    made = division(sqlite_store, members=1, published=False)
    set_clock(sqlite_store, 2026, 9, 22)
    receipts = []
    for write, arguments in (
        (promote.post_news, (value[:300],)), (promote.say_teaches, ([], [value[:60]])),
        (promote.set_division, ("division", value[:200])),
    ):  # fmt: skip
        try:
            receipts.append(write(sqlite_store, made.actor(DANA), *arguments))
        except BadText:
            continue
    said = [r.words for r in receipts]
    rows = sqlite_store.read(lambda: list(JournalRow.select()))
    said += [repr(json.loads(row.what)) for row in rows]
    assert [unfit(words) for words in said] == [[]] * len(said)
