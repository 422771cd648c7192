"""Bringing a roster in: the preview, the import, and what no roster undoes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.database import Store, open_store, read_settings, set_setting
from models.errors import BadText, Conflict, Refused
from models.journal import Actor, JournalRow, Receipt
from models.people import (
    AppointmentRow,
    PersonRow,
    SchoolRow,
    TeachesRow,
    find_person,
    search_people,
    taught_by,
)
from models.roster import Opening, RosterPlan, import_roster, plan_roster, read_roster
from models.years import YearRow
from tests.roster_files import LittleRoster, little

BOTH = pytest.mark.parametrize("version", ["1.1", "1.2"])


class Bringing:
    """One store into which rosters are brought, one after the other."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.path = folder / "roster.zip"

    def plan(self, roster: LittleRoster) -> RosterPlan:
        return self.store.read(plan_roster, read_roster(roster.zip(self.path)))

    def bring(
        self, roster: LittleRoster, *, accept_refused: bool = False, yes: bool = False
    ) -> Receipt:
        read_in = read_roster(roster.zip(self.path))
        return import_roster(
            self.store, Actor.operator(), read_in, accept_refused=accept_refused, yes=yes
        )

    def row(self, source_id: str) -> dict[str, object]:
        def read() -> dict[str, object]:
            found = PersonRow.select().where(PersonRow.source_id == source_id).dicts().get()
            return dict(found)

        return self.store.read(read)

    def school(self, source_id: str) -> dict[str, object]:
        def read() -> dict[str, object]:
            found = SchoolRow.select().where(SchoolRow.source_id == source_id).dicts().get()
            return dict(found)

        return self.store.read(read)

    def appointments(self) -> set[tuple[str, str, str, str]]:
        """Every appointment: person, role, school, source."""

        def read() -> set[tuple[str, str, str, str]]:
            return set(
                AppointmentRow.select(
                    PersonRow.source_id,
                    AppointmentRow.role,
                    SchoolRow.source_id,
                    AppointmentRow.source,
                )
                .join(PersonRow)
                .switch(AppointmentRow)
                .join(SchoolRow)
                .tuples()
            )

        return self.store.read(read)

    def contents(self) -> list[list[tuple[object, ...]]]:
        """Everything that a roster may touch."""

        def read() -> list[list[tuple[object, ...]]]:
            return [
                list(table.select().order_by(table.id).tuples())
                for table in (SchoolRow, PersonRow, AppointmentRow, TeachesRow)
            ]

        return self.store.read(read)

    def change(self, source_id: str, **fields: object) -> None:
        self.store.unit(
            lambda: PersonRow.update(**fields).where(PersonRow.source_id == source_id).execute()
        )

    def appoint(self, source_id: str, role: str, school: str) -> None:
        person, place = self.row(source_id)["id"], self.school(school)["id"]
        self.store.unit(
            lambda: AppointmentRow.insert(
                person=person, role=role, school=place, source="person"
            ).execute()
        )


@pytest.fixture
def into(store: Store, tmp_path: Path) -> Bringing:
    return Bringing(store, tmp_path)


# -- the first time ------------------------------------------------------------------------------


@BOTH
def test_a_first_roster_adds_schools_staff_and_principals(version: str, into: Bringing) -> None:
    plan = into.plan(little(version))
    assert (len(plan.added), len(plan.changed), len(plan.gone)) == (9, 0, 0)
    assert plan.added[0].reason == "the division's office"
    assert into.contents() == [[], [], [], []]
    receipt = into.bring(little(version))
    assert receipt.words == "3 schools and 6 people added. 5 students left out."
    assert into.school("S1")["level"] == "elementary" and into.school("S2")["level"] == "high"
    assert into.school("D1")["level"] == "office"
    dubois = into.row("T2")
    assert dubois["name"] == "Marie-Ève Dubois" and dubois["folded"] == "marie-eve dubois"
    assert dubois["school"] == into.school("S1")["id"] and dubois["active"]
    assert into.appointments() == {("A1", "principal", "S1", "roster")}
    assert into.store.read(find_person, "t2@school.example").name == "Marie-Ève Dubois"
    assert [p.name for p in into.store.read(search_people, "dub")] == ["Marie-Ève Dubois"]


@BOTH
def test_active_teachers_of_a_school_are_expected_and_nobody_else(
    version: str, into: Bringing
) -> None:
    roster = little(version)
    roster.person("O2", "Office Teacher", "teacher", ("D1",))
    into.bring(roster)
    expected = {p for p in ("A1", "T1", "T2", "H1", "X1", "O1", "O2") if into.row(p)["expected"]}
    assert expected == {"T1", "T2", "H1"}


def test_who_is_expected_follows_the_divisions_setting(into: Bringing) -> None:
    into.bring(little())
    into.store.unit(lambda: set_setting("expected_kinds", "teacher, aide"))
    assert into.store.read(read_settings).expected_kinds == "teacher, aide"
    assert into.plan(little()).changed[0].reason == "expected to register"
    into.bring(little())
    assert into.row("X1")["expected"]


def test_a_school_of_unknown_level_is_combined_and_said(into: Bringing) -> None:
    roster = little()
    roster.put("orgs", {"sourcedId": "S3", "name": "New School", "type": "school"})
    assert "level of New School" in into.plan(roster).notes[0]
    into.bring(roster)
    assert into.school("S3")["level"] == "combined"


def test_several_administrators_of_1_1_are_administrators_until_somebody_says(
    into: Bringing,
) -> None:
    roster = little()
    roster.person("A2", "Abe Roy", "administrator", ("S1",))
    into.bring(roster)
    assert into.appointments() == {
        ("A1", "administrator", "S1", "roster"),
        ("A2", "administrator", "S1", "roster"),
    }


def test_classes_become_what_people_teach(into: Bringing) -> None:
    into.bring(with_class("03,04", "Science"))
    ident = into.row("T1")["id"]
    assert into.store.read(taught_by, ident) == ({"3", "4"}, {"Science"})
    assert into.plan(with_class("03,04", "Science")).is_nothing
    receipt = into.bring(with_class("04,05", "Science"))
    assert receipt.facts["changed"] == 1
    assert into.store.read(taught_by, ident) == ({"4", "5"}, {"Science"})


def test_what_people_said_themselves_that_they_teach_stays(into: Bringing) -> None:
    into.bring(little())
    person = into.row("T1")["id"]
    into.store.unit(
        lambda: TeachesRow.insert(
            person=person, kind="grade", value="7", said_by="person"
        ).execute()
    )
    assert into.plan(with_class("03", "Science")).is_nothing


def with_class(grades: str, subjects: str) -> LittleRoster:
    """The little roster in which Tom Bear teaches a class."""
    roster = little()
    roster.put("classes", {"sourcedId": "K1", "title": "K1", "schoolSourcedId": "S1",
                           "grades": grades, "subjects": subjects})  # fmt: skip
    roster.put("enrollments", {"sourcedId": "E1", "classSourcedId": "K1", "schoolSourcedId": "S1",
                               "userSourcedId": "T1", "role": "teacher"})  # fmt: skip
    return roster


# -- again ---------------------------------------------------------------------------------------


@BOTH
def test_the_same_file_again_changes_nothing_and_says_so(version: str, into: Bringing) -> None:
    into.bring(little(version))
    before = into.contents()
    plan = into.plan(little(version))
    assert plan.is_nothing and plan.unchanged == 9
    receipt = into.bring(little(version))
    assert receipt.words.startswith("Nothing changes")
    assert into.contents() == before


def test_the_same_operation_twice_is_done_once(into: Bringing) -> None:
    roster = read_roster(little().zip(into.path))
    actor = Actor.operator()
    first = import_roster(into.store, actor, roster)
    assert import_roster(into.store, actor, roster) == first


def test_changes_are_named_and_written(into: Bringing) -> None:
    into.bring(little())
    roster = little()
    roster.row("users", "T1").update(familyName="Bear-Lee", email="tb@school.example")
    roster.row("users", "H1").update(orgSourcedIds="S1", role="aide")
    roster.row("orgs", "S1")["name"] = "Prairie Vista School"
    plan = into.plan(roster)
    assert {row.name: row.reason for row in plan.changed} == {
        "Prairie Vista School": "was called Prairie View School",
        "Tom Bear-Lee": "was called Tom Bear and e-mail tb@school.example",
        "Hana Okafor": "now Aide (was Teacher), now at Prairie Vista School and no longer expected "
        "to register",
    }
    into.bring(roster)
    assert into.row("T1")["sort_name"] == "bear-lee tom"
    assert into.row("H1")["school"] == into.school("S1")["id"]
    assert into.school("S1")["folded"] == "prairie vista school"
    tom = into.row("T1")["id"]
    row = into.store.read(lambda: JournalRow.get(JournalRow.person_id == tom))
    assert row.action == "roster.import" and "was called Tom Bear" in json.loads(row.what)["roster"]


def test_whoever_is_not_in_a_whole_file_is_gone_but_never_deleted(into: Bringing) -> None:
    into.bring(little())
    ident = into.row("A1")["id"]
    roster = little()
    roster.without("users", "A1")
    plan = into.plan(roster)
    assert [(row.name, row.reason) for row in plan.gone] == [
        ("Ann Lee", "not in the file any more")
    ]
    into.bring(roster)
    assert into.row("A1")["active"] is False and into.row("A1")["id"] == ident
    assert into.appointments() == set()
    assert into.plan(roster).is_nothing


def test_whoever_returns_is_active_again(into: Bringing) -> None:
    into.bring(little())
    roster = little()
    roster.row("users", "A1")["status"] = "tobedeleted"
    into.bring(roster)
    assert into.row("A1")["active"] is False
    plan = into.plan(little())
    assert plan.changed[0].reason == "back on the staff and Principal of Prairie View School"
    into.bring(little())
    assert into.row("A1")["active"] is True
    assert into.appointments() == {("A1", "principal", "S1", "roster")}


def test_a_school_that_closes_is_gone_and_may_return(into: Bringing) -> None:
    roster = little()
    for number in range(3, 8):
        roster.put("orgs", {"sourcedId": f"S{number}", "name": f"School {number}",
                            "type": "school"})  # fmt: skip
    into.bring(roster)
    roster.without("orgs", "S7")
    assert [row.name for row in into.plan(roster).gone] == ["School 7"]
    into.bring(roster)
    assert into.school("S7")["active"] is False
    roster.put("orgs", {"sourcedId": "S7", "name": "School 7", "type": "school"})
    assert into.plan(roster).changed[0].reason == "open again"


def test_more_than_a_fifth_gone_needs_a_yes(into: Bringing) -> None:
    roster = little()
    for number in range(4):
        roster.person(f"N{number}", f"New {number}")
    into.bring(roster)
    for ident in ("N0", "N1"):
        roster.without("users", ident)
    assert into.plan(roster).needs_yes == ""
    roster.without("users", "N2")
    before = into.contents()
    plan = into.plan(roster)
    assert plan.needs_yes.startswith("3 of 10 people would be gone")
    with pytest.raises(Refused, match="Nothing was changed"):
        into.bring(roster)
    assert into.contents() == before
    assert into.bring(roster, yes=True).facts["gone"] == 3


def test_refused_rows_stop_the_import_unless_accepted(into: Bringing) -> None:
    roster = little()
    roster.row("users", "T1")["email"] = "nonsense"
    with pytest.raises(Refused, match=r"1 row of .* users\.csv line 3: email"):
        into.bring(roster)
    assert into.contents() == [[], [], [], []]
    receipt = into.bring(roster, accept_refused=True)
    assert (receipt.facts["refused"], receipt.facts["added"]) == (1, 8)


def test_whoever_stands_in_a_refused_row_is_not_gone(into: Bringing) -> None:
    into.bring(little())
    roster = little()
    roster.row("users", "T1")["email"] = "nonsense"
    assert into.plan(roster).gone == ()
    into.bring(roster, accept_refused=True)
    assert into.row("T1")["active"] is True


# -- delta -----------------------------------------------------------------------------------------


def test_a_delta_changes_only_what_it_names(into: Bringing) -> None:
    into.bring(little())
    delta = LittleRoster("1.1", "delta")
    delta.files["orgs"] = []
    delta.person("T1", "Thomas Bear", "teacher", ("S2",))
    delta.person("H1", "", "", (), status="tobedeleted")
    delta.person("N1", "Nobody Known", "teacher", ("S9",))
    plan = into.plan(delta)
    assert plan.changed[0].reason == "was called Tom Bear and now at Lakeside Collegiate"
    assert [row.reason for row in plan.gone] == ["the file says so"]
    assert "no such school" in plan.refused[0].reason
    into.bring(delta, accept_refused=True)
    assert into.row("X1")["active"] is True and into.row("H1")["active"] is False
    assert into.appointments() == {("A1", "principal", "S1", "roster")}


def test_a_delta_of_roles_moves_somebody_and_keeps_their_name(into: Bringing) -> None:
    into.bring(little("1.2"))
    delta = LittleRoster("1.2", "delta")
    delta.modes.update(users="absent", orgs="absent")
    delta.role("H1", "principal", "S2")
    delta.role("Z1", "teacher", "S2")
    plan = into.plan(delta)
    assert [row.name for row in plan.changed] == ["Hana Okafor"]
    assert "not in the store" in plan.refused[0].reason
    into.bring(delta, accept_refused=True)
    assert into.row("H1")["kind"] == "administrator"
    assert ("H1", "principal", "S2", "roster") in into.appointments()


def test_a_delta_row_without_a_role_about_nobody_known_is_left_out(into: Bringing) -> None:
    into.bring(little("1.2"))
    delta = LittleRoster("1.2", "delta")
    delta.modes.update(roles="absent", orgs="absent")
    delta.person("P9", "A Pupil", "student", ("S1",))
    delta.files["roles"] = []
    delta.put("users", {**delta.row("users", "P9"), "sourcedId": "T1", "givenName": "Thomas",
                        "familyName": "Bear", "email": "t1@school.example"})  # fmt: skip
    plan = into.plan(delta)
    assert plan.refused == () and plan.added == ()
    assert [row.reason for row in plan.changed] == ["was called Tom Bear"]


# -- what people decided ---------------------------------------------------------------------------


def test_an_appointment_by_people_is_never_undone(into: Bringing) -> None:
    into.bring(little())
    into.appoint("T1", "principal", "S2")
    assert into.plan(little()).is_nothing
    roster = little()
    roster.without("users", "T1")
    into.bring(roster)
    assert ("T1", "principal", "S2", "person") in into.appointments()


def test_the_principal_whom_the_division_named_stays(into: Bringing) -> None:
    into.bring(little())
    into.appoint("X1", "principal", "S2")
    roster = little()
    roster.person("A2", "Abe Roy", "administrator", ("S2",))
    assert "keeps the Principal whom the division named, Xi Chen" in into.plan(roster).notes[0]
    into.bring(roster)
    assert into.appointments() == {
        ("A1", "principal", "S1", "roster"),
        ("A2", "administrator", "S2", "roster"),
        ("X1", "principal", "S2", "person"),
    }


def test_a_second_administrator_in_1_1_leaves_the_known_principal(into: Bringing) -> None:
    into.bring(little())
    roster = little()
    roster.person("A2", "Abe Roy", "administrator", ("S1",))
    into.bring(roster)
    assert into.appointments() == {
        ("A1", "principal", "S1", "roster"),
        ("A2", "administrator", "S1", "roster"),
    }


def test_a_principal_who_changes_schools_leads_the_new_one(into: Bringing) -> None:
    into.bring(little("1.2"))
    roster = little("1.2")
    roster.row("users", "A1")["primaryOrgSourcedId"] = "S2"
    roster.row("roles", "R1")["orgSourcedId"] = "S2"
    into.bring(roster)
    assert into.appointments() == {("A1", "principal", "S2", "roster")}


def test_whoever_was_said_to_be_expected_or_not_stays_so(into: Bringing) -> None:
    into.bring(little())
    into.change("T1", expected=False, expected_by=into.row("A1")["id"], expected_reason="On leave")
    assert into.plan(little()).is_nothing
    roster = little()
    roster.row("users", "T1")["orgSourcedIds"] = "S2"
    into.bring(roster)
    assert into.row("T1")["expected"] is False


def test_a_level_that_the_division_set_stays(into: Bringing) -> None:
    into.bring(little())
    into.store.unit(
        lambda: (
            SchoolRow.update(level="high", level_by="division")
            .where(SchoolRow.source_id == "S1")
            .execute()
        )
    )
    assert into.plan(little()).is_nothing
    roster = little()
    roster.students("S2", ("03",))
    assert into.plan(roster).changed[0].reason == "now combined (was high)"


_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["A1", "T1", "T2", "H1", "X1", "O1", "N1", "N2"]),
        st.sampled_from(["teacher", "administrator", "aide", "student", "parent", "wizard", ""]),
        st.lists(st.sampled_from(["S1", "S2", "D1"]), max_size=2, unique=True),
        st.sampled_from(["active", "tobedeleted", ""]),
    ),
    max_size=8,
    unique_by=lambda change: change[0],
)


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(_CHANGES, min_size=1, max_size=3),
    versions=st.lists(st.sampled_from(["1.1", "1.2"]), min_size=3, max_size=3),
)
def test_whatever_comes_in_comes_in_once(
    changes: list[list[tuple[str, str, list[str], str]]], versions: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/cofp.db", flush=False)
        into = Bringing(store, Path(folder))
        for change, version in zip(changes, versions, strict=False):
            roster = LittleRoster(version)
            for ident, role, schools, status in change:
                roster.person(ident, f"Ann {ident}", role, schools, status=status)
            into.bring(roster, accept_refused=True, yes=True)
            before = into.contents()
            assert into.plan(roster).is_nothing
            into.bring(roster, accept_refused=True, yes=True)
            assert into.contents() == before
        store.close()


# -- care ------------------------------------------------------------------------------------------


def test_people_who_share_an_e_mail_are_noted(into: Bringing) -> None:
    roster = little()
    roster.row("users", "T1")["email"] = "Office@school.example"
    roster.row("users", "T2")["email"] = "office@school.example"
    assert into.plan(roster).notes == (
        "Several people share office@school.example; they sign in by their names.",
    )


def test_hostile_names_are_stored_as_text(into: Bringing) -> None:
    roster = little()
    names = {"T1": "[@click=app.quit]Tom[/]", "T2": "Robert'); DROP TABLE person;--", "H1": "=1+1"}
    for ident, name in names.items():
        roster.row("users", ident)["givenName"] = name
    into.bring(roster)
    assert {ident: into.row(ident)["given"] for ident in names} == names


def test_only_division_personnel_and_the_operator_bring_a_roster_in(into: Bringing) -> None:
    into.bring(little())
    roster = read_roster(little().zip(into.path))
    person = into.row("T1")["id"]
    assert isinstance(person, int)
    with pytest.raises(Exception, match=r"Only Division Personnel|No year"):
        import_roster(into.store, Actor(person), roster)


def test_a_failure_in_the_middle_leaves_nothing(
    into: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.roster import apply

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(apply, "_record", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        into.bring(little())
    assert into.contents() == [[], [], [], []]


# -- a division's first roster -----------------------------------------------------------------------


def test_a_division_is_set_up_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    read = read_roster(little().folder(tmp_path / "roster"))
    operator = Actor.operator
    bad = little()
    bad.person("X99", "E" * 200, "teacher", ("S1",))
    with_bad = read_roster(bad.folder(tmp_path / "bad"))

    def held() -> tuple[int, int, str]:
        years = YearRow.select().count()
        return years, PersonRow.select().count(), read_settings().division

    with pytest.raises(BadText):
        import_roster(store, operator(), read, opening=Opening(" ", 2026))
    with pytest.raises(Refused):
        import_roster(store, operator(), with_bad, opening=Opening("Little", 2026))
    assert store.read(held)[:2] == (0, 0)
    import_roster(store, operator(), read, opening=Opening("Little", 2026))
    before = store.read(held)
    assert before[0] == 1 and before[1] > 0 and before[2] == "Little"
    with pytest.raises(Conflict, match="already"):
        import_roster(store, operator(), read, yes=True, opening=Opening("Other", 2027))
    assert store.read(held) == before
