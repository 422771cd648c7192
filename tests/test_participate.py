"""Participate: meetings, attendance, notes and next actions, by the programme's rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import drafts, participate, years
from models.clock import Clock
from models.communities import MembershipRow, NoticeRow, make_community, meetings_of
from models.database import Store
from models.errors import BadText, CofpError, Conflict, NotFound, Refused
from models.journal import Actor, JournalRow
from models.kept import AttendanceRow, SessionNoteRow
from models.participate.notes import first_sentence
from models.people import AppointmentRow, PersonRow, SchoolRow
from models.text import NOTES, fold
from models.years import HalfDayRow, YearRow, get_year, laid_out, store_year

FIRST = date(2026, 10, 9)
OPTIONAL = date(2026, 12, 4)
SECOND = date(2027, 3, 12)
JOINED = date(2026, 9, 22)


@dataclass
class House:
    """A small division in which one community of five meets."""

    store: Store
    community: int
    other: int
    people: dict[str, int]

    def day(self, on: date, hour: int = 13, minute: int = 42) -> None:
        """Stand on a day, at an hour of the division's."""
        moment = datetime(on.year, on.month, on.day, hour, minute) + timedelta(hours=6)
        self.store.clock = Clock("America/Regina", fixed_at=moment)

    def who(self, name: str) -> Actor:
        return Actor(self.people[name])

    def read(self, fn: Any, *args: Any) -> Any:
        return self.store.read(fn, *args)

    @property
    def on(self) -> date:
        return self.store.clock.today()

    @property
    def year(self) -> years.Year:
        found: years.Year = self.store.read(get_year, 2026)
        return found

    def meeting(self, on: date = FIRST) -> int:
        found = self.store.read(meetings_of, self.community)
        return next(m.id for m in found if m.on == on)

    def session(self, name: str = "Nicole Bear", on: date = FIRST) -> participate.Session:
        found: participate.Session = self.store.read(
            participate.session, self.meeting(on), self.people[name], self.year, self.on
        )
        return found

    def published(self, name: str) -> tuple[participate.PublishedNote, ...]:
        found: tuple[participate.PublishedNote, ...] = self.store.read(
            participate.published_notes, self.people[name], self.year
        )
        return found

    def told(self, name: str) -> list[tuple[str, str]]:
        query = NoticeRow.select(NoticeRow.kind, NoticeRow.words).where(
            NoticeRow.person == self.people[name]
        )
        return self.store.read(lambda: list(query.order_by(NoticeRow.id).tuples()))

    def write(self, body: str, version: int, name: str = "Nicole Bear", on: date = FIRST) -> int:
        receipt = participate.write_notes(
            self.store, self.who(name), self.meeting(on), body, version
        )
        return int(receipt.facts["version"])

    def publish(self, version: int, name: str = "Nicole Bear") -> None:
        participate.publish_notes(self.store, self.who(name), self.meeting(), version)


def _make(store: Store) -> House:
    store.clock = Clock("America/Regina", fixed_at=datetime(2026, 9, 22, 18))
    people: dict[str, int] = {}

    def fill() -> tuple[int, int]:
        store_year(laid_out(2026))
        YearRow.update(published_at=datetime(2026, 9, 17)).execute()
        school = SchoolRow.insert(
            source_id="a",
            name="Argyle School",
            folded="argyle school",
            level="elementary",
            active=True,
        ).execute()
        for name in ("Nicole Bear", "Jordan Smith", "Wei Chen", "Marie-Ève Dubois",
                     "Ada Brown", "Paul Roy", "Amara Okafor", "Dana Division", "Cory Core",
                     "Lee Lead"):  # fmt: skip
            given_name, family = name.split()
            people[name] = PersonRow.insert(
                source_id=name, given=given_name, family=family, name=name,
                sort_name=fold(f"{family} {given_name}"), folded=fold(name),
                email=f"{fold(family)}@x.ca", kind="teacher", school=school, active=True,
                expected=True,
            ).execute()  # fmt: skip
        for name, role, at in (
            ("Amara Okafor", "principal", None), ("Dana Division", "division", None),
            ("Cory Core", "core_leader", 2026), ("Lee Lead", "lead", 2026),
        ):  # fmt: skip
            AppointmentRow.insert(
                person=people[name], role=role, year=at, source="person",
                school=None if role == "division" else school,
            ).execute()  # fmt: skip
        fields = {
            "year": 2026, "title": "Land-Based Learning", "description": "The creek.",
            "question": "How?", "audience": "any", "audience_words": "",
            "place": "Argyle library", "capacity": 18,
        }  # fmt: skip
        at = datetime(2026, 9, 17)
        community = make_community(
            fields, (), [people["Nicole Bear"], people["Jordan Smith"]], date(2026, 9, 17), at
        )
        other = make_community(
            {**fields, "title": "Numeracy"}, (), [people["Paul Roy"]], JOINED, at
        )
        for name in ("Wei Chen", "Marie-Ève Dubois", "Ada Brown"):
            MembershipRow.insert(
                year=2026, community=community, person=people[name], role="member", since=at,
                registered_on=JOINED, how="self",
            ).execute()  # fmt: skip
        return community, other

    community, other = store.unit(fill)
    return House(store, community, other, people)


@pytest.fixture
def house(store: Store) -> House:
    return _make(store)


@pytest.fixture
def sqlite_house(sqlite_store: Store) -> House:
    return _make(sqlite_store)


# -- meetings --------------------------------------------------------------------------------------


def test_required_half_days_are_there_and_optional_ones_are_offered(house: House) -> None:
    house.day(date(2026, 9, 27))
    lines = house.read(participate.community_meetings, house.community, house.year, house.on)
    assert [(x.meeting.on, x.is_planned, x.meeting.required) for x in lines] == [
        (FIRST, True, True),
        (OPTIONAL, False, False),
        (SECOND, True, True),
        (date(2027, 5, 21), False, False),
    ]
    assert lines[0].state_words == "in 12 days"
    assert lines[0].kind_words == "required half-day"
    assert lines[1].state_words == "not planned · in 68 days"
    assert len({line.id for line in lines}) == 4


def test_an_optional_half_day_is_planned_by_its_id_and_the_others_are_told(house: House) -> None:
    house.day(date(2026, 10, 1))
    half = next(h for h in house.year.half_days if h.on == OPTIONAL)
    receipt = participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, half_day_id=half.id
    )
    assert receipt.words == "Added: Fri 4 Dec, afternoon, Argyle library."
    line = house.read(participate.community_meetings, house.community, house.year, house.on)[1]
    assert line.is_planned and line.meeting.half_day_id == half.id and not line.meeting.required
    said = "Land-Based Learning meets on Fri 4 Dec, afternoon, Argyle library."
    assert house.told("Wei Chen") == house.told("Jordan Smith") == [("meeting", said)]
    assert house.told("Nicole Bear") == house.told("Paul Roy") == []
    with pytest.raises(Conflict, match="Fri 4 Dec, afternoon, already"):
        participate.add_meeting(
            house.store, house.who("Jordan Smith"), house.community, half_day_id=half.id
        )


def test_a_day_of_their_own_that_is_a_half_day_becomes_it(house: House) -> None:
    participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, held_on=OPTIONAL, half="afternoon"
    )
    lines = house.read(participate.community_meetings, house.community, house.year, house.on)
    assert sum(line.meeting.on == OPTIONAL for line in lines) == 1
    assert lines[1].meeting.half_day_id is not None


def test_a_meeting_of_their_own(house: House) -> None:
    participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, held_on=date(2026, 11, 3),
        half="other", starts="16:00", title="Walk the creek", place="Wascana Creek",
    )  # fmt: skip
    line = house.read(participate.community_meetings, house.community, house.year, house.on)[1]
    assert (line.when_words, line.kind_words) == ("Tue 3 Nov, 16:00", "Walk the creek")
    participate.change_meeting(
        house.store, house.who("Jordan Smith"), line.meeting.id, held_on=date(2026, 11, 4),
        half="morning", place="Argyle gym",
    )  # fmt: skip
    assert house.told("Wei Chen")[-1][1].startswith(
        "Changed: Land-Based Learning meets on Wed 4 Nov, morning, Argyle gym (it was Tue 3 Nov"
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"held_on": date(2027, 6, 1), "half": "other"}, "Date"),
        ({"held_on": date(2026, 5, 31), "half": "other"}, "Date"),
        ({}, "Date"),
        ({"held_on": OPTIONAL, "half": "night"}, "Part of the day"),
        ({"held_on": OPTIONAL, "half": "other", "title": "x" * 121}, "Title"),
    ],
)
def test_what_a_new_meeting_may_not_be(house: House, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(BadText) as caught:
        participate.add_meeting(house.store, house.who("Nicole Bear"), house.community, **fields)
    assert caught.value.field == field


def test_the_day_of_a_half_day_is_the_divisions_its_place_the_communitys(house: House) -> None:
    meeting = house.meeting()
    with pytest.raises(BadText, match="half-days"):
        participate.change_meeting(
            house.store, house.who("Nicole Bear"), meeting, held_on=FIRST + timedelta(1),
            half="afternoon", place="Gym",
        )  # fmt: skip
    participate.change_meeting(
        house.store, house.who("Nicole Bear"), meeting, held_on=FIRST, half="afternoon",
        starts="13:00", place="Gym",
    )  # fmt: skip
    assert house.session().meeting.when_words == "Fri 9 Oct, afternoon, 13:00"


def test_a_meeting_with_attendance_cannot_move_ahead(house: House) -> None:
    made = participate.add_meeting(
        house.store,
        house.who("Nicole Bear"),
        house.community,
        held_on=date(2026, 9, 22),
        half="other",
    )
    assert made.id is not None
    participate.mark_all_present(house.store, house.who("Nicole Bear"), made.id)
    with pytest.raises(BadText, match="kept"):
        participate.change_meeting(
            house.store,
            house.who("Nicole Bear"),
            made.id,
            held_on=date(2026, 9, 30),
            half="other",
            place="x",
        )


@pytest.mark.parametrize(
    "when",
    [
        {"held_on": date(2026, 11, 3), "half": "morning"},
        {"held_on": date(2026, 11, 3), "half": "other"},
        {"held_on": date(2026, 11, 3), "half": "other", "starts": "16:00"},
    ],
)
def test_the_same_meeting_is_added_once(house: House, when: dict[str, Any]) -> None:
    def add(name: str, **more: Any) -> None:
        participate.add_meeting(house.store, house.who(name), house.community, **{**when, **more})

    add("Nicole Bear", title="Walk the creek")
    with pytest.raises(Conflict, match=r"Your community meets on Tue 3 Nov.*already"):
        add("Jordan Smith", title="Creek walk")
    add("Jordan Smith", half="other", starts="17:30")
    found = house.read(meetings_of, house.community)
    assert sum(m.on == date(2026, 11, 3) for m in found) == 2


def test_half_days_that_another_year_has_are_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        participate.add_meeting(
            house.store, house.who("Nicole Bear"), house.community, half_day_id=9_999
        )


# -- attendance ------------------------------------------------------------------------------------


def test_attendance_by_one_mark_a_person(house: House) -> None:
    house.day(FIRST)
    meeting, actor = house.meeting(), "Nicole Bear"
    for name, how in (
        ("Wei Chen", "present"),
        ("Ada Brown", "online"),
        ("Marie-Ève Dubois", "excused"),
    ):
        participate.mark(house.store, house.who(actor), meeting, house.people[name], how)
    seen = house.session()
    assert [(p.list_name, p.mark) for p in seen.people] == [
        ("Bear, Nicole", ""), ("Brown, Ada", "online"), ("Chen, Wei", "present"),
        ("Dubois, Marie-Ève", "excused"), ("Smith, Jordan", ""),
    ]  # fmt: skip
    assert (seen.there, seen.counted, seen.unmarked) == (2, 5, 2)
    participate.mark(
        house.store, house.who("Jordan Smith"), meeting, house.people["Ada Brown"], "absent"
    )
    participate.mark(house.store, house.who(actor), meeting, house.people["Wei Chen"], None)
    assert [p.mark for p in house.session().people] == ["", "absent", "", "excused", ""]
    receipt = participate.mark_all_present(house.store, house.who(actor), meeting)
    assert receipt.words == "3 people marked present."
    assert [p.mark for p in house.session().people] == [
        "present",
        "absent",
        "present",
        "excused",
        "present",
    ]
    again = participate.mark_all_present(house.store, house.who(actor), meeting)
    assert again.words == "Everyone has a mark already."
    line = house.read(participate.community_meetings, house.community, house.year, house.on)[0]
    assert line.state_words == "today · 3 of 5 there"


def test_whoever_joined_later_is_listed_but_not_missed(house: House) -> None:
    house.day(date(2026, 10, 20))
    late = house.people["Lee Lead"]
    house.store.unit(
        lambda: MembershipRow.insert(
            year=2026,
            community=house.community,
            person=late,
            role="member",
            since=datetime(2026, 10, 15),
            registered_on=date(2026, 10, 15),
            how="registered",
        ).execute()
    )
    participate.mark_all_present(house.store, house.who("Nicole Bear"), house.meeting())
    seen = house.session()
    newcomer = next(p for p in seen.people if p.person_id == late)
    assert newcomer.joined_later and not newcomer.mark
    assert (seen.there, seen.counted) == (5, 5)
    participate.mark(house.store, house.who("Nicole Bear"), house.meeting(), late, "present")
    assert (house.session().there, house.session().counted) == (6, 6)


def test_whoever_left_keeps_their_mark_and_strangers_get_none(house: House) -> None:
    house.day(FIRST)
    wei = house.people["Wei Chen"]
    participate.mark(house.store, house.who("Nicole Bear"), house.meeting(), wei, "present")
    house.store.unit(lambda: MembershipRow.delete().where(MembershipRow.person == wei).execute())
    seen = house.session()
    assert next(p for p in seen.people if p.person_id == wei).role == ""
    participate.mark(house.store, house.who("Nicole Bear"), house.meeting(), wei, None)
    with pytest.raises(NotFound):
        participate.mark(house.store, house.who("Nicole Bear"), house.meeting(), wei, "present")
    with pytest.raises(NotFound):
        participate.mark(
            house.store,
            house.who("Nicole Bear"),
            house.meeting(),
            house.people["Paul Roy"],
            "present",
        )
    with pytest.raises(ValueError, match="late"):
        participate.mark(house.store, house.who("Nicole Bear"), house.meeting(), wei, "late")


# -- notes -----------------------------------------------------------------------------------------


def test_notes_open_on_the_day_of_the_meeting(house: House) -> None:
    house.day(FIRST - timedelta(1))
    meeting, actor = house.meeting(), house.who
    seen = house.session()
    assert not seen.verdicts["session.write"].is_allowed
    for write in (
        lambda: participate.write_notes(house.store, actor("Nicole Bear"), meeting, "x", 0),
        lambda: participate.mark_all_present(house.store, actor("Nicole Bear"), meeting),
        lambda: participate.mark(
            house.store, actor("Nicole Bear"), meeting, house.people["Wei Chen"], "present"
        ),
        lambda: participate.add_action(house.store, actor("Nicole Bear"), meeting, "x"),
    ):
        with pytest.raises(Refused) as caught:
            write()
        assert caught.value.changes_on == FIRST
    house.day(FIRST, 0, 1)
    assert house.write("## What we tried", 0) == 1
    assert house.session().verdicts["session.write"].is_allowed
    house.day(date(2027, 5, 31))
    assert house.write("## What we tried, at last", 1) == 2
    house.day(date(2027, 6, 1))
    with pytest.raises(Refused, match="ended"):
        house.write("too late", 2)


def test_a_meeting_of_a_year_that_is_over_stays_as_it_was(house: House) -> None:
    house.store.unit(lambda: store_year(laid_out(2027)))
    house.day(date(2027, 6, 2))
    with pytest.raises(Refused, match="The year of this meeting has ended"):
        house.write("too late", 0)
    with pytest.raises(Refused):
        participate.add_meeting(
            house.store, house.who("Nicole Bear"), house.community, held_on=date(2027, 6, 9)
        )


def test_members_read_notes_once_published_and_the_version_published(house: House) -> None:
    house.day(FIRST)
    version = house.write("## What we tried\nThe creek.", 0)
    assert house.session().notes.state == "saved"
    assert house.published("Wei Chen") == ()
    with pytest.raises(Refused, match="not published"):
        house.read(
            participate.read_notes, house.meeting(), house.people["Wei Chen"], house.year, house.on
        )
    house.publish(version)
    [note] = house.published("Wei Chen")
    assert note.excerpt == "The creek."
    assert house.told("Wei Chen") == [
        ("notes", "The notes are out: Land-Based Learning, Fri 9 Oct.")
    ]
    with pytest.raises(Refused, match="already"):
        house.publish(version)
    version = house.write("## What we tried\nThe creek, twice.", version)
    assert house.session().notes.state == "changed"
    read = house.read(
        participate.read_notes, house.meeting(), house.people["Wei Chen"], house.year, house.on
    )
    assert read.body == "## What we tried\nThe creek."
    house.publish(version, "Jordan Smith")
    read = house.read(
        participate.read_notes, house.meeting(), house.people["Wei Chen"], house.year, house.on
    )
    assert read.body.endswith("twice.")
    assert house.told("Wei Chen")[-1][1].startswith("The notes were changed")


def test_who_reads_what(house: House) -> None:
    house.day(FIRST)
    house.publish(house.write("Ours.", 0))
    inside = {"Nicole Bear", "Jordan Smith", "Wei Chen", "Marie-Ève Dubois", "Ada Brown"}
    for name, person in house.people.items():
        is_in = name in inside
        assert bool(house.published(name)) is is_in, name
        if is_in:
            house.read(participate.read_notes, house.meeting(), person, house.year, house.on)
        else:
            with pytest.raises(Refused):
                house.read(participate.read_notes, house.meeting(), person, house.year, house.on)
        if name in ("Nicole Bear", "Jordan Smith"):
            assert house.session(name).notes.body == "Ours."
        else:
            with pytest.raises(Refused):
                house.session(name)
            for write in (
                lambda who: participate.write_notes(house.store, who, house.meeting(), "Mine.", 1),
                lambda who: participate.publish_notes(house.store, who, house.meeting(), 1),
                lambda who: participate.mark_all_present(house.store, who, house.meeting()),
                lambda who: participate.add_action(house.store, who, house.meeting(), "x"),
                lambda who: participate.add_meeting(
                    house.store, who, house.community, held_on=OPTIONAL
                ),
            ):
                with pytest.raises(Refused):
                    write(house.who(name))


def test_two_facilitators_never_write_over_each_other(house: House) -> None:
    house.day(FIRST)
    first = house.write("By Nicole.", 0)
    house.day(FIRST, 13, 50)
    assert house.write("By both.", first, "Jordan Smith") == 2
    with pytest.raises(participate.ChangedMeanwhile) as caught:
        house.write("By Nicole again.", first)
    assert str(caught.value).startswith("Jordan Smith saved these notes at 13:50, while you")
    assert (caught.value.body, caught.value.version) == ("By both.", 2)
    with pytest.raises(participate.ChangedMeanwhile):
        house.publish(first)
    assert house.write("By both.", first) == 2
    assert house.write("By Nicole again.", caught.value.version) == 3
    house.day(FIRST + timedelta(1))
    with pytest.raises(participate.ChangedMeanwhile, match="13:50 on Fri 9 Oct"):
        house.write("Late.", 2, "Jordan Smith")


def test_the_same_operation_saves_once(house: House) -> None:
    house.day(FIRST)
    actor = house.who("Nicole Bear")
    first = participate.write_notes(house.store, actor, house.meeting(), "Once.", 0)
    assert participate.write_notes(house.store, actor, house.meeting(), "Once.", 0) == first
    assert house.session().notes.version == 1


def test_nothing_is_published_before_something_is_written(house: House) -> None:
    house.day(FIRST)
    with pytest.raises(Refused, match="no notes to publish"):
        house.publish(0)
    house.publish(house.write("x", house.write("", 0)))
    assert house.write("", 2) == 3
    with pytest.raises(Refused, match="read these notes already"):
        house.publish(3)
    assert house.session().notes.state == "changed"


def test_the_journal_never_holds_the_text(house: House) -> None:
    house.day(FIRST)
    secret = "zebra unicorn"
    version = house.write(secret, 0)
    house.publish(version)
    participate.add_action(house.store, house.who("Nicole Bear"), house.meeting(), secret)
    rows = house.store.read(lambda: list(JournalRow.select(JournalRow.what).tuples()))
    assert len(rows) == 3 and not any("zebra" in what for (what,) in rows)


def test_notes_are_cleaned_and_bounded(house: House) -> None:
    house.day(FIRST)
    house.write("A\x1b[31mB\r\nC\u202e", 0)
    assert house.session().notes.body == "A[31mB\nC"
    with pytest.raises(BadText, match="200,000 fit"):
        house.write("x" * (NOTES + 1), 1)


def test_earlier_notes_stand_beside_the_new_ones(house: House) -> None:
    house.day(FIRST)
    house.write("October.", 0)
    house.day(SECOND)
    seen = house.session(on=SECOND)
    assert [(e.when_words, e.body, e.state) for e in seen.earlier] == [
        ("Fri 9 Oct, afternoon", "October.", "saved")
    ]
    assert house.session().earlier == ()


# -- next actions ----------------------------------------------------------------------------------


def test_open_actions_are_carried_on_until_they_are_done(house: House) -> None:
    house.day(FIRST)
    wei = house.people["Wei Chen"]
    made = participate.add_action(
        house.store, house.who("Nicole Bear"), house.meeting(), "Draft the inventory", wei, OPTIONAL
    )
    assert made.id is not None
    participate.add_action(house.store, house.who("Nicole Bear"), house.meeting(), "Book the bus")
    assert [a.words for a in house.session().actions] == ["Draft the inventory", "Book the bus"]
    house.day(SECOND)
    carried = house.session(on=SECOND).carried
    assert [(a.owner, a.by_words, a.is_late) for a in carried] == [
        ("Wei Chen", "late: 4 Dec", True), ("", "", False),
    ]  # fmt: skip
    participate.tick_action(house.store, house.who("Wei Chen"), made.id)
    carried = house.session(on=SECOND).carried
    assert [(a.is_done, a.by_words) for a in carried] == [(True, "done 12 Mar"), (False, "")]
    participate.tick_action(house.store, house.who("Nicole Bear"), made.id, False)
    assert not house.session(on=SECOND).carried[0].is_done
    participate.tick_action(house.store, house.who("Nicole Bear"), made.id)
    house.day(date(2027, 5, 20))
    participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, held_on=date(2027, 5, 20)
    )
    assert [a.words for a in house.session(on=date(2027, 5, 20)).carried] == ["Book the bus"]


def test_only_owner_and_facilitators_tick(house: House) -> None:
    house.day(FIRST)
    made = participate.add_action(
        house.store, house.who("Nicole Bear"), house.meeting(), "x", house.people["Wei Chen"]
    )
    assert made.id is not None
    for name in house.people:
        part = house.read(participate.participation, house.people[name], house.year, house.on)
        mine = [a for a in part.actions if a.may_tick]
        if name in ("Wei Chen", "Nicole Bear", "Jordan Smith"):
            assert len(mine) == 1
            participate.tick_action(house.store, house.who(name), made.id)
            participate.tick_action(house.store, house.who(name), made.id, False)
        else:
            assert not part.actions
            with pytest.raises(Refused):
                participate.tick_action(house.store, house.who(name), made.id)


def test_an_action_names_somebody_of_the_community_and_a_day_to_come(house: House) -> None:
    house.day(FIRST)
    with pytest.raises(NotFound):
        participate.add_action(
            house.store, house.who("Nicole Bear"), house.meeting(), "x", house.people["Paul Roy"]
        )
    with pytest.raises(BadText, match="Fri 9 Oct or later"):
        participate.add_action(
            house.store, house.who("Nicole Bear"), house.meeting(), "x", None, date(2026, 10, 8)
        )
    with pytest.raises(BadText):
        participate.add_action(house.store, house.who("Nicole Bear"), house.meeting(), "  ")


# -- one person's part -----------------------------------------------------------------------------


def test_what_participate_is_to_a_person(house: House) -> None:
    house.day(FIRST)
    facilitator = house.read(
        participate.participation, house.people["Nicole Bear"], house.year, house.on
    )
    assert facilitator.role == "facilitator" and facilitator.add.is_allowed
    assert facilitator.facilitators == ("Nicole Bear", "Jordan Smith")
    member = house.read(participate.participation, house.people["Wei Chen"], house.year, house.on)
    assert member.role == "member" and not member.add.is_theirs and len(member.meetings) == 4
    nobody = house.read(
        participate.participation, house.people["Amara Okafor"], house.year, house.on
    )
    assert nobody.community_id is None and not nobody.meetings
    assert nobody.join.refusal is not None and "closed" in nobody.join.refusal.rule
    house.day(JOINED)
    nobody = house.read(
        participate.participation, house.people["Amara Okafor"], house.year, house.on
    )
    assert nobody.join.is_allowed


def test_meetings_say_how_they_stand(house: House) -> None:
    def states() -> list[tuple[str, str]]:
        found = house.read(participate.community_meetings, house.community, house.year, house.on)
        return [(line.tone, line.state_words) for line in found[:2]]

    house.day(FIRST - timedelta(1))
    assert states()[0] == ("ahead", "tomorrow")
    house.day(FIRST)
    assert states()[0] == ("now", "today")
    house.day(FIRST + timedelta(1))
    assert states()[0] == ("due", "no notes or attendance yet")
    version = house.write("x", 0)
    assert states()[0] == ("due", "notes saved, not published")
    house.publish(version)
    participate.mark_all_present(house.store, house.who("Nicole Bear"), house.meeting())
    assert states()[0] == ("done", "notes published · 5 of 5 there")
    house.write("y", version)
    house.day(OPTIONAL + timedelta(1))
    assert states() == [
        ("due", "notes changed since they were published · 5 of 5 there"),
        ("open", "not met"),
    ]


def test_members_see_what_is_out_not_what_is_still_to_be_logged(house: House) -> None:
    def states() -> list[tuple[str, str]]:
        part = house.read(participate.participation, house.people["Wei Chen"], house.year, house.on)
        return [(line.tone, line.state_words) for line in part.meetings[:2]]

    house.day(FIRST - timedelta(3))
    assert states() == [("ahead", "in 3 days"), ("open", "not planned · in 59 days")]
    house.day(FIRST)
    assert states()[0] == ("now", "today")
    participate.mark_all_present(house.store, house.who("Nicole Bear"), house.meeting())
    house.day(FIRST + timedelta(1))
    version = house.write("x", 0)
    assert states()[0] == ("done", "no notes yet")
    house.publish(version)
    house.write("y", version)
    assert states()[0] == ("done", "notes published")


def test_reads_take_the_same_number_of_queries_however_much_there_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.day(FIRST)

    def queries(fn: Any, *args: Any) -> int:
        asked: list[str] = []
        execute = house.store.db.execute_sql

        def count(sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        monkeypatch.setattr(house.store.db, "execute_sql", count)
        house.store.read(fn, *args)
        monkeypatch.setattr(house.store.db, "execute_sql", execute)
        return len(asked)

    nicole, year = house.people["Nicole Bear"], house.year
    reads = (
        (participate.community_meetings, house.community, year, FIRST),
        (participate.participation, nicole, year, FIRST),
        (participate.published_notes, nicole, year),
        (participate.session, house.meeting(SECOND), nicole, year, FIRST),
    )
    before = [queries(*read) for read in reads]
    house.publish(house.write("x", 0))
    participate.mark_all_present(house.store, house.who("Nicole Bear"), house.meeting())
    for words in "abc":
        participate.add_action(
            house.store, house.who("Nicole Bear"), house.meeting(), words, nicole
        )
        participate.add_meeting(
            house.store, house.who("Nicole Bear"), house.community,
            held_on=OPTIONAL + timedelta(ord(words) - 96),
        )  # fmt: skip
    assert [queries(*read) for read in reads] == before


# -- taking out again ------------------------------------------------------------------------------

WALK = date(2026, 11, 3)


def add_walk(house: House) -> int:
    added = participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, held_on=WALK, place="Creek"
    )
    return added.id or 0


def removal(house: House, meeting_id: int, name: str = "Nicole Bear") -> Any:
    part = house.store.read(participate.participation, house.people[name], house.year, house.on)
    return part.removals.get(meeting_id)


def refusal(house: House, meeting_id: int, name: str = "Nicole Bear") -> str:
    """Why a meeting stays: the store says what the screen was told."""
    with pytest.raises(Refused) as caught:
        participate.remove_meeting(house.store, house.who(name), meeting_id)
    assert removal(house, meeting_id, name).refusal == caught.value
    return caught.value.rule


def test_a_meeting_added_by_mistake_is_taken_out_and_everybody_else_told(house: House) -> None:
    house.day(FIRST)
    walk = add_walk(house)
    assert removal(house, walk).is_allowed
    done = participate.remove_meeting(house.store, house.who("Nicole Bear"), walk)
    assert done.words == "Removed: the meeting of Tue 3 Nov."
    assert WALK not in {m.on for m in house.store.read(meetings_of, house.community)}
    words = "Land-Based Learning does not meet on Tue 3 Nov after all."
    assert house.told("Wei Chen")[-1] == ("meeting", words)
    assert words not in {said for _, said in house.told("Nicole Bear")}
    with pytest.raises(NotFound):
        participate.remove_meeting(house.store, house.who("Nicole Bear"), walk)


def test_an_optional_half_day_taken_out_can_be_planned_again(house: House) -> None:
    half = next(h for h in house.year.half_days if h.on == OPTIONAL)
    for _ in range(2):
        participate.add_meeting(
            house.store, house.who("Nicole Bear"), house.community, half_day_id=half.id
        )
        planned = house.meeting(OPTIONAL)
        participate.remove_meeting(house.store, house.who("Nicole Bear"), planned)
    lines = house.store.read(participate.community_meetings, house.community, house.year, house.on)
    assert [line.is_planned for line in lines if line.meeting.on == OPTIONAL] == [False]


def test_a_required_half_day_stays(house: House) -> None:
    assert "required half-days" in refusal(house, house.meeting(FIRST))


def test_only_its_facilitators_take_a_meeting_out(house: House) -> None:
    walk = add_walk(house)
    for name in ("Wei Chen", "Dana Division", "Amara Okafor"):
        with pytest.raises(Refused, match="Only the community's facilitators"):
            participate.remove_meeting(house.store, house.who(name), walk)
    assert not removal(house, walk, "Wei Chen").is_theirs
    participate.remove_meeting(house.store, house.who("Jordan Smith"), walk)


@pytest.mark.parametrize("what", ["a mark", "notes", "an action", "begun notes", "a begun action"])
def test_a_meeting_for_which_anything_is_kept_or_begun_stays(house: House, what: str) -> None:
    walk = add_walk(house)
    house.day(WALK)
    nicole = house.who("Nicole Bear")
    if what == "a mark":
        participate.mark_all_present(house.store, nicole, walk)
    elif what == "notes":
        house.write("x", 0, on=WALK)
    elif what == "an action":
        participate.add_action(house.store, nicole, walk, "Draw a map", None)
    else:
        form = "session.notes" if what == "begun notes" else "session.add_action"
        drafts.keep_draft(house.store, house.who("Jordan Smith"), form, str(walk), "Notes", "x")
    assert "so it stays" in refusal(house, walk)
    assert house.store.read(meetings_of, house.community)


def test_notes_that_were_emptied_again_keep_no_meeting(house: House) -> None:
    walk = add_walk(house)
    house.day(WALK)
    house.write("", house.write("x", 0, on=WALK), on=WALK)
    begun = ("meeting.change", str(walk))
    drafts.keep_draft(house.store, house.who("Jordan Smith"), *begun, "The meeting", "x")
    participate.remove_meeting(house.store, house.who("Nicole Bear"), walk)
    read = drafts.read_draft
    assert house.store.read(read, house.people["Jordan Smith"], *begun) is None


# -- any order -------------------------------------------------------------------------------------

STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["", "a", "b", "c"]), st.integers(-1, 0)),
    st.tuples(st.just("publish"), st.just(""), st.integers(-1, 0)),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["Nicole Bear", "Jordan Smith"]), STEP), max_size=12)
)
def test_notes_in_any_order_lose_nothing_and_follow_the_table(
    sqlite_house: House, steps: list[tuple[str, tuple[str, str, int]]]
) -> None:
    house = sqlite_house
    house.day(FIRST)
    meeting = house.meeting()
    house.store.unit(lambda: SessionNoteRow.delete().execute())
    body, version, out = "", 0, None
    for name, (what, text, stale) in steps:
        before = house.session().notes
        given_version = max(0, version + stale)
        try:
            if what == "write":
                participate.write_notes(house.store, house.who(name), meeting, text, given_version)
                assert given_version == version or text == body
                if text != body or version == 0:
                    body, version = text, version + 1
            else:
                participate.publish_notes(house.store, house.who(name), meeting, given_version)
                assert given_version == version and body and body != out
                out = body
        except participate.ChangedMeanwhile as error:
            assert given_version != version and error.body == body
        except Refused:
            assert what == "publish" and (not body or body == out)
        after = house.session().notes
        assert (after.body, after.version) == (body, version)
        assert after.state in participate.NOTE_FOLLOWS[before.state]
        assert after.state == (
            ("none" if not body else "saved")
            if out is None
            else "published"
            if out == body
            else "changed"
        )
        shown = house.published("Wei Chen")
        assert [n.excerpt for n in shown] == ([out] if out is not None else [])


MARKING = st.tuples(
    st.sampled_from(["Wei Chen", "Ada Brown", "Nicole Bear", "Paul Roy"]),
    st.sampled_from([*participate.MARKS, None]),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(MARKING, max_size=10))
def test_the_last_mark_of_each_person_counts(
    sqlite_house: House, steps: list[tuple[str, str | None]]
) -> None:
    house = sqlite_house
    house.day(FIRST)
    house.store.unit(lambda: AttendanceRow.delete().execute())
    wanted: dict[str, str] = {}
    for name, how in steps:
        try:
            participate.mark(
                house.store, house.who("Nicole Bear"), house.meeting(), house.people[name], how
            )
        except CofpError:
            assert name == "Paul Roy"
            continue
        wanted[name] = how or ""
    seen = house.session()
    assert {p.name: p.mark for p in seen.people if p.mark} == {n: m for n, m in wanted.items() if m}
    assert seen.there == sum(m in participate.THERE for m in wanted.values())


def test_a_half_day_added_later_can_be_planned(house: House) -> None:
    house.store.unit(
        lambda: HalfDayRow.insert(
            year=2026, held_on=date(2027, 2, 5), half="morning", required=True
        ).execute()
    )
    lines = house.read(participate.community_meetings, house.community, house.year, house.on)
    line = next(x for x in lines if x.meeting.on == date(2027, 2, 5))
    assert not line.is_planned
    participate.add_meeting(
        house.store, house.who("Nicole Bear"), house.community, half_day_id=line.meeting.half_day_id
    )
    assert replace(house.session(on=date(2027, 2, 5)).meeting, id=0).required


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("4 Dec", date(2026, 12, 4)),
        ("Fri 4 Dec", date(2026, 12, 4)),
        ("dec 4, 2027", date(2027, 12, 4)),
        (" 12 march ", date(2027, 3, 12)),
        ("2026-12-4", date(2026, 12, 4)),
        ("31 May", date(2027, 5, 31)),
        ("1 June", date(2026, 6, 1)),
        ("31 Feb", None),
        ("4", None),
        ("soon", None),
        ("", None),
        ("4 Dec 5 Dec", None),
    ],
)
def test_a_day_is_typed_as_people_say_it(words: str, on: date | None) -> None:
    if on is not None:
        assert participate.read_day(words, "By", laid_out(2026)) == on
        return
    with pytest.raises(BadText, match="4 Dec or 2026-12-04"):
        participate.read_day(words, "By", laid_out(2026))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "# What we tried\n\nThe *creek* walk, in **rain**. It was cold.",
            "The creek walk, in rain.",
        ),
        ("- [x] asked [the Elder](https://x.ca) about `tea`\n- more", "asked the Elder about tea"),
        ("> “We began.” she said", "“We began.” she said"),
        ("## Only a heading ##", "Only a heading"),
        ("---\n\n1. First snake_case_name", "First snake_case_name"),
        ("", ""),
    ],
)
def test_a_list_of_notes_shows_the_first_sentence_without_marks(body: str, said: str) -> None:
    assert first_sentence(body) == said
