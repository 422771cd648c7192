"""What a roster file may hold, and every fault that rejects it or one of its rows."""

from __future__ import annotations

import stat
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.errors import BadFile
from models.roster import PersonRow, Roster, SchoolRow, archive, read, read_roster
from tests.roster_files import LittleRoster, little

BOTH = pytest.mark.parametrize("version", ["1.1", "1.2"])


def person(roster: Roster, source_id: str) -> PersonRow:
    return next(row for row in roster.people if row.source_id == source_id)


def school(roster: Roster, source_id: str) -> SchoolRow:
    return next(row for row in roster.schools if row.source_id == source_id)


def read_back(roster: LittleRoster, tmp_path: Path) -> Roster:
    return read_roster(roster.zip(tmp_path / "roster.zip"))


def sentence(roster: LittleRoster, tmp_path: Path) -> str:
    """The one sentence that rejects the file."""
    with pytest.raises(BadFile) as caught:
        read_back(roster, tmp_path)
    said = str(caught.value)
    assert "\n" not in said and said.endswith(".")
    return said


# -- what is taken in -----------------------------------------------------------------------------


@BOTH
def test_staff_are_read_and_students_and_families_only_counted(
    version: str, tmp_path: Path
) -> None:
    roster = read_back(little(version), tmp_path)
    assert roster.version == version
    assert [row.source_id for row in roster.people] == ["A1", "T1", "T2", "H1", "X1", "O1"]
    assert (roster.counts.schools, roster.counts.staff) == (2, 6)
    assert (roster.counts.students, roster.counts.families) == (5, 1)
    assert roster.refused == () and roster.notes == ()
    assert roster.bulk_people and roster.bulk_schools
    tom = person(roster, "T1")
    assert (tom.given, tom.family, tom.email) == ("Tom", "Bear", "t1@school.example")
    assert (tom.kind, tom.schools, tom.status, tom.principal) == (
        "teacher",
        ("S1",),
        "active",
        False,
    )


@BOTH
def test_a_folder_reads_like_the_zip(version: str, tmp_path: Path) -> None:
    zipped = read_back(little(version), tmp_path)
    folder = read_roster(little(version).folder(tmp_path / "roster"))
    assert folder.people == zipped.people and folder.schools == zipped.schools


def test_a_zip_of_the_folder_reads_like_a_zip_of_the_files(tmp_path: Path) -> None:
    path = tmp_path / "roster.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("export/", "")
        made.writestr("__MACOSX/export/._users.csv", b"\0\5")
        made.writestr("export/.DS_Store", b"\0")
        for name, data in little().contents().items():
            made.writestr(f"export/{name}", data)
    assert len(read_roster(path).people) == 6


@BOTH
def test_a_persons_first_school_is_the_primary_one(version: str, tmp_path: Path) -> None:
    roster = read_back(little(version), tmp_path)
    assert person(roster, "T2").schools == ("S1", "S2")


def test_in_1_2_the_primary_school_is_the_users_own_word(tmp_path: Path) -> None:
    roster = little("1.2")
    roster.row("users", "T2")["primaryOrgSourcedId"] = "S2"
    assert person(read_back(roster, tmp_path), "T2").schools == ("S2", "S1")


@BOTH
def test_people_of_the_district_belong_to_the_division_office(version: str, tmp_path: Path) -> None:
    roster = read_back(little(version), tmp_path)
    assert school(roster, "D1").is_division and school(roster, "D1").level is None
    assert person(roster, "O1").schools == ("D1",)
    assert person(roster, "O1").kind == "administrator"
    assert person(roster, "O1").principal is False


def test_other_organisations_are_the_office_and_a_schools_department_is_the_school(
    tmp_path: Path,
) -> None:
    roster = little()
    roster.put("orgs", {"sourcedId": "L1", "name": "Services", "type": "local"})
    roster.put(
        "orgs",
        {"sourcedId": "M1", "name": "Maths", "type": "department", "parentSourcedId": "S2"},
    )
    roster.person("N1", "Nia Cole", "teacher", ("L1",))
    roster.person("N2", "Noor Ali", "teacher", ("M1",))
    read_in = read_back(roster, tmp_path)
    assert person(read_in, "N1").schools == ("D1",)
    assert person(read_in, "N2").schools == ("S2",)
    assert [row.source_id for row in read_in.schools] == ["D1", "S1", "S2"]


@pytest.mark.parametrize(
    ("grades", "level"),
    [
        (("KG", "08"), "elementary"),
        (("PR", "PK"), "elementary"),
        (("09", "12"), "high"),
        (("08", "09"), "combined"),
        (("KG", "12"), "combined"),
        (("UG",), None),
        ((), None),
    ],
)
@BOTH
def test_a_schools_level_is_that_of_its_students(
    version: str, grades: tuple[str, ...], level: str | None, tmp_path: Path
) -> None:
    roster = little(version)
    roster.put("orgs", {"sourcedId": "S3", "name": "Third School", "type": "school"})
    roster.students("S3", grades)
    roster.person("GONE", "A Pupil", "student", ("S3",), grades="12", status="tobedeleted")
    assert school(read_back(roster, tmp_path), "S3").level == level


def test_a_level_and_a_position_in_the_file_are_taken(tmp_path: Path) -> None:
    roster = little()
    roster.row("orgs", "S1").update(
        {"metadata.level": "Combined", "metadata.latitude": "50.44", "metadata.longitude": "-104.6"}
    )
    roster.row("orgs", "S2").update({"metadata.latitude": "999", "metadata.longitude": "x"})
    read_in = read_back(roster, tmp_path)
    first = school(read_in, "S1")
    assert (first.level, first.latitude, first.longitude) == ("combined", 50.44, -104.6)
    assert school(read_in, "S2").latitude is None
    assert "orgs.csv line 4" in read_in.notes[0]


def test_in_1_1_the_only_administrator_of_a_school_is_its_principal(tmp_path: Path) -> None:
    roster = little()
    assert person(read_back(roster, tmp_path), "A1").principal is True
    assert person(read_back(roster, tmp_path), "A1").principal_of == ("S1",)
    roster.person("A2", "Abe Roy", "administrator", ("S1",))
    read_in = read_back(roster, tmp_path)
    assert person(read_in, "A1").principal is None and person(read_in, "A2").principal is None


def test_a_refused_administrator_leaves_the_principal_open(tmp_path: Path) -> None:
    roster = little()
    roster.person("A2", "Abe Roy", "administrator", ("S1",), email="nonsense")
    assert person(read_back(roster, tmp_path), "A1").principal is None


def test_in_1_2_the_role_tells_the_principal(tmp_path: Path) -> None:
    roster = little("1.2")
    roster.person("A2", "Abe Roy", "siteAdministrator", ("S1",))
    roster.role("A1", "teacher", "S2", "secondary")
    read_in = read_back(roster, tmp_path)
    assert (person(read_in, "A1").principal, person(read_in, "A1").principal_of) == (True, ("S1",))
    assert person(read_in, "A1").schools == ("S1", "S2")
    assert person(read_in, "A2").principal is False
    assert person(read_in, "A2").kind == "administrator"


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("teacher", "teacher"),
        ("Teacher ", "teacher"),
        ("aide", "aide"),
        ("counselor", "other"),
        ("proctor", "other"),
        ("systemAdministrator", "office"),
        ("districtAdministrator", "administrator"),
    ],
)
def test_each_role_of_1_2_is_a_kind_of_staff(role: str, kind: str, tmp_path: Path) -> None:
    roster = little("1.2")
    roster.person("N1", "New One", role, ("S1",))
    assert person(read_back(roster, tmp_path), "N1").kind == kind


def test_preferred_names_are_the_ones_used(tmp_path: Path) -> None:
    roster = little("1.2")
    roster.row("users", "T1").update(preferredGivenName="Tommy", preferredFamilyName="Bearskin")
    tom = person(read_back(roster, tmp_path), "T1")
    assert (tom.given, tom.family) == ("Tommy", "Bearskin")


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"status": ""}, "active"),
        ({"status": "active"}, "active"),
        ({"status": "tobedeleted"}, "gone"),
        ({"status": "inactive"}, "gone"),
        ({"enabledUser": "false"}, "gone"),
        ({"enabledUser": ""}, "active"),
    ],
)
@BOTH
def test_blank_status_is_active_and_a_disabled_account_is_gone(
    version: str, cells: dict[str, str], status: str, tmp_path: Path
) -> None:
    roster = little(version)
    roster.row("users", "T1").update(cells)
    assert person(read_back(roster, tmp_path), "T1").status == status


def test_somebody_whose_roles_have_ended_is_gone(tmp_path: Path) -> None:
    roster = little("1.2")
    for role in roster.files["roles"]:
        if role["userSourcedId"] == "T1":
            role["status"] = "tobedeleted"
    assert person(read_back(roster, tmp_path), "T1").status == "gone"


def test_a_row_that_says_gone_may_be_empty_otherwise(tmp_path: Path) -> None:
    roster = little()
    roster.row("users", "T1").update(
        status="tobedeleted", givenName="", familyName="", email="", role="", orgSourcedIds=""
    )
    assert person(read_back(roster, tmp_path), "T1").status == "gone"


def test_a_student_who_helps_as_an_aide_is_a_student(tmp_path: Path) -> None:
    roster = little("1.2")
    roster.role("PS209", "aide", "S1", "secondary")
    roster.role("T1", "student", "S2", "secondary")
    read_in = read_back(roster, tmp_path)
    assert "PS209" not in {row.source_id for row in read_in.people}
    assert person(read_in, "T1").kind == "teacher"


@BOTH
def test_classes_and_enrolments_tell_who_teaches_what(version: str, tmp_path: Path) -> None:
    roster = little(version)
    roster.put(
        "academicSessions",
        {
            "sourcedId": "Y",
            "title": "2026-27",
            "type": "schoolYear",
            "startDate": "2026-08-31",
            "endDate": "2027-06-29",
            "schoolYear": "2027",
        },
    )
    roster.put("courses", {"sourcedId": "C1", "title": "Maths", "grades": "09,10",
                           "subjects": "Mathematics", "orgSourcedId": "S2"})  # fmt: skip
    for ident, cells in {
        "K1": {"courseSourcedId": "C1"},
        "K2": {"grades": "KG,01", "subjects": "Science,Français"},
        "K3": {"grades": "12", "status": "tobedeleted"},
    }.items():
        roster.put("classes", {"sourcedId": ident, "title": ident, "schoolSourcedId": "S2",
                               "termSourcedIds": "Y", **cells})  # fmt: skip
    for number, (user, role, klass) in enumerate(
        [("H1", "teacher", "K1"), ("H1", "teacher", "K2"), ("H1", "teacher", "K3"),
         ("T1", "administrator", "K1"), ("PS209", "student", "K1")]
    ):  # fmt: skip
        roster.put("enrollments", {"sourcedId": f"E{number}", "classSourcedId": klass,
                                   "schoolSourcedId": "S2", "userSourcedId": user,
                                   "role": role})  # fmt: skip
    read_in = read_back(roster, tmp_path)
    hana = person(read_in, "H1")
    assert hana.grades == ("K", "1", "9", "10")
    assert hana.subjects == ("Français", "Mathematics", "Science")
    assert person(read_in, "T1").grades == ()
    assert [row.source_id for row in read_in.teaches] == ["H1"]
    assert read_in.sessions[0].school_year == "2027" and read_in.bulk_teaching


@BOTH
def test_a_byte_order_mark_unknown_columns_and_crlf_are_fine(version: str, tmp_path: Path) -> None:
    roster = little(version)
    roster.row("users", "T1")["metadata.hired"] = "2001"
    roster.row("users", "T1")["favouriteColour"] = "blue"
    for name, data in roster.contents().items():
        roster.extra[name] = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"\r\n"
    assert len(read_back(roster, tmp_path).people) == 6


def test_quoted_cells_may_hold_commas_quotes_and_lines(tmp_path: Path) -> None:
    roster = little()
    roster.row("users", "T1").update(givenName='Tom "the\nTall"', familyName="Bear, Jr.")
    tom = person(read_back(roster, tmp_path), "T1")
    assert (tom.given, tom.family, tom.line) == ('Tom "the Tall"', "Bear, Jr.", 3)
    assert person(read_back(roster, tmp_path), "T2").line == 5


def test_no_password_or_phone_reaches_the_roster(tmp_path: Path) -> None:
    roster = little()
    for row in roster.files["users"]:
        row.update(password="hunter2", phone="306-555-0100", sms="306-555-0101")
    said = repr(read_back(roster, tmp_path))
    assert "hunter2" not in said and "306-555" not in said and "Pupil" not in said


def test_files_outside_the_manifest_are_not_looked_at(tmp_path: Path) -> None:
    roster = little()
    roster.extra["demographics.csv"] = b"\xff\xfe\0"
    roster.extra["notes.csv"] = b'"'
    assert len(read_back(roster, tmp_path).people) == 6


# -- rows that are refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"givenName": ""}, "givenName"),
        ({"familyName": " \u200b "}, "familyName"),
        ({"familyName": "x" * 500}, "500 characters"),
        ({"email": "tom at school"}, "“tom at school” is no e-mail address"),
        ({"email": "a@b.c, d@e.f"}, "no e-mail address"),
        ({"status": "retired"}, "“retired” is not known"),
        ({"enabledUser": "maybe"}, "“maybe” is not known"),
    ],
)
@BOTH
def test_a_bad_row_is_refused_with_its_line_and_the_rest_is_read(
    version: str, cells: dict[str, str], words: str, tmp_path: Path
) -> None:
    roster = little(version)
    roster.row("users", "T1").update(cells)
    read_in = read_back(roster, tmp_path)
    (refused,) = read_in.refused
    assert (refused.file, refused.line) == ("users.csv", 3)
    assert words in refused.reason
    assert len(read_in.people) == 5 and read_in.held_people == {"T1"}


def test_an_unknown_role_is_refused(tmp_path: Path) -> None:
    roster = little()
    roster.row("users", "T1")["role"] = "wizard"
    assert "“wizard” is not known" in read_back(roster, tmp_path).refused[0].reason
    newer = little("1.2")
    newer.role("T1", "wizard", "S1", "secondary")
    newer.person("N1", "New One", "wizard", ("S1",))
    read_in = read_back(newer, tmp_path)
    assert [row.file for row in read_in.refused] == ["roles.csv", "roles.csv"]
    assert person(read_in, "T1").kind == "teacher"
    assert read_in.held_people == {"N1"}


def test_somebody_without_a_role_or_a_school_is_refused(tmp_path: Path) -> None:
    newer = little("1.2")
    newer.files["roles"] = [r for r in newer.files["roles"] if r["userSourcedId"] != "T1"]
    assert "no role in roles.csv" in read_back(newer, tmp_path).refused[0].reason
    older = little()
    older.row("users", "T1")["orgSourcedIds"] = ""
    assert "school" in read_back(older, tmp_path).refused[0].reason


def test_people_of_a_refused_school_are_refused_too(tmp_path: Path) -> None:
    roster = little()
    roster.row("orgs", "S2")["name"] = ""
    read_in = read_back(roster, tmp_path)
    assert read_in.held_schools == {"S2"}
    assert [row.file for row in read_in.refused].count("users.csv") == 3
    assert "orgs.csv line 4 was refused" in read_in.refused[1].reason


def test_control_characters_are_taken_out_and_counted(tmp_path: Path) -> None:
    roster = little()
    roster.row("users", "T1")["givenName"] = "T\x1bo\u202em"
    read_in = read_back(roster, tmp_path)
    assert person(read_in, "T1").given == "Tom"
    assert read_in.notes == ("2 invisible characters were taken out.",)


# -- delta -----------------------------------------------------------------------------------------


def test_a_delta_may_refer_to_what_is_only_in_the_store(tmp_path: Path) -> None:
    roster = LittleRoster("1.1", "delta")
    roster.modes["orgs"] = "absent"
    roster.person("T9", "Tess Nine", "teacher", ("S7",))
    read_in = read_back(roster, tmp_path)
    assert not read_in.bulk_people and person(read_in, "T9").schools == ("S7",)


def test_a_delta_of_roles_alone_names_nobody(tmp_path: Path) -> None:
    roster = LittleRoster("1.2", "delta")
    roster.modes["users"] = "absent"
    roster.role("T1", "principal", "S1")
    roster.role("T2", "teacher", "S1", status="tobedeleted")
    read_in = read_back(roster, tmp_path)
    tom = person(read_in, "T1")
    assert (tom.named, tom.principal_of) == (False, ("S1",))
    assert "only takes roles away" in read_in.refused[0].reason


# -- faults of the whole file ----------------------------------------------------------------------


def change(roster: LittleRoster, name: str, old: bytes, new: bytes) -> LittleRoster:
    """The same roster with bytes of one file changed."""
    data = roster.contents()[name]
    assert old in data
    roster.extra[name] = data.replace(old, new, 1)
    return roster


@pytest.mark.parametrize("column", ["sourcedId", "givenName", "email", "orgSourcedIds", "role"])
def test_a_missing_column_rejects_the_file(column: str, tmp_path: Path) -> None:
    roster = change(little(), "users.csv", column.encode(), b"metadata.x")
    said = sentence(roster, tmp_path)
    assert "users.csv line 1" in said and f"“{column}” is missing" in said


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("givenName", "GivenName"), ("familyName", "familyNam"), ("status", "statsu"),
     ("phone", "phones"), ("grades", "grade")],
)  # fmt: skip
def test_a_misspelled_column_is_named_with_the_right_one(
    right: str, wrong: str, tmp_path: Path
) -> None:
    roster = change(little(), "users.csv", right.encode(), wrong.encode())
    said = sentence(roster, tmp_path)
    assert f"“{wrong}” should be called “{right}”" in said


def test_a_column_twice_rejects_the_file(tmp_path: Path) -> None:
    assert "“email” stands there twice" in sentence(
        change(little(), "users.csv", b"phone", b"email"), tmp_path
    )


@BOTH
def test_an_id_twice_names_both_lines(version: str, tmp_path: Path) -> None:
    roster = little(version)
    roster.row("users", "T2")["sourcedId"] = "T1"
    said = sentence(roster, tmp_path)
    assert "users.csv line 4, sourcedId" in said and "line 3 already" in said
    roster = little(version)
    roster.row("users", "PS209")["sourcedId"] = "PS208"
    roster.row("users", "PS103")["sourcedId"] = "PS208"
    assert "“PS208” stands on line" in sentence(roster, tmp_path)


@pytest.mark.parametrize("kind", ["orgs", "roles", "users"])
def test_a_row_without_an_id_rejects_the_file(kind: str, tmp_path: Path) -> None:
    roster = little("1.2")
    roster.files[kind][1]["sourcedId"] = ""
    assert f"{kind}.csv line 3, sourcedId" in sentence(roster, tmp_path)


@pytest.mark.parametrize(
    ("version", "kind", "ident", "cells", "place"),
    [
        ("1.1", "users", "T1", {"orgSourcedIds": "S9"}, "users.csv line 3, orgSourcedIds: “S9”"),
        ("1.1", "users", "T2", {"orgSourcedIds": "S1,S9"}, "users.csv line 4, orgSourcedIds"),
        ("1.1", "users", "PS108", {"orgSourcedIds": "S9"}, "users.csv line 11, orgSourcedIds"),
        ("1.1", "users", "M1", {"orgSourcedIds": "S9"}, "users.csv line 8, orgSourcedIds"),
        ("1.1", "orgs", "S1", {"parentSourcedId": "D9"}, "orgs.csv line 3, parentSourcedId: “D9”"),
        ("1.2", "users", "T1", {"primaryOrgSourcedId": "S9"}, "users.csv line 3, primaryOrg"),
        ("1.2", "users", "PS108", {"primaryOrgSourcedId": "S9"}, "users.csv line 11, primaryOrg"),
        ("1.2", "roles", "R2", {"orgSourcedId": "S9"}, "roles.csv line 3, orgSourcedId: “S9”"),
        ("1.2", "roles", "R2", {"userSourcedId": "U9"}, "roles.csv line 3, userSourcedId: “U9”"),
        ("1.2", "roles", "R10", {"userSourcedId": "U9"}, "roles.csv line 11, userSourcedId: “U9”"),
    ],
)
def test_a_dangling_reference_names_its_place(
    version: str, kind: str, ident: str, cells: dict[str, str], place: str, tmp_path: Path
) -> None:
    roster = little(version)
    roster.row(kind, ident).update(cells)
    said = sentence(roster, tmp_path)
    assert place in said and "add it there or correct this line" in said


@pytest.mark.parametrize(
    "cells",
    [{"classSourcedId": "K9"}, {"userSourcedId": "U9"}, {"schoolSourcedId": "S9"}],
)
def test_a_dangling_enrolment_names_its_place(cells: dict[str, str], tmp_path: Path) -> None:
    roster = little()
    roster.put("classes", {"sourcedId": "K1", "title": "K1", "schoolSourcedId": "S1"})
    roster.put("enrollments", {"sourcedId": "E1", "classSourcedId": "K1", "schoolSourcedId": "S1",
                               "userSourcedId": "T1", "role": "teacher", **cells})  # fmt: skip
    assert f"enrollments.csv line 2, {next(iter(cells))}" in sentence(roster, tmp_path)


def test_utf_16_latin_1_and_nul_are_told_apart(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le"):
        roster = little()
        roster.extra["users.csv"] = roster.contents()["users.csv"].decode().encode(encoding)
        assert "UTF-16" in sentence(roster, tmp_path)
    roster = little()
    roster.extra["users.csv"] = roster.contents()["users.csv"].decode().encode("latin-1")
    said = sentence(roster, tmp_path)
    assert "users.csv line 4" in said and "Latin-1" in said
    assert "users.csv line 3: a NUL" in sentence(
        change(little(), "users.csv", b"Tom", b"T\0m"), tmp_path
    )


def test_latin_1_beyond_the_first_chunk_names_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "_CHUNK", 64)
    assert len(read_back(little(), tmp_path).people) == 6
    roster = change(little(), "users.csv", "È".encode(), "È".encode("latin-1"))
    roster.extra["users.csv"] = roster.extra["users.csv"].replace("è".encode(), b"\xe8")
    assert "users.csv line 4" in sentence(roster, tmp_path)


def test_line_ends_of_carriage_returns_alone_reject_the_file(tmp_path: Path) -> None:
    roster = little()
    roster.extra["users.csv"] = roster.contents()["users.csv"].replace(b"\n", b"\r")
    assert "carriage return alone" in sentence(roster, tmp_path)
    said = sentence(change(little(), "users.csv", b"Tom", b"T\rm"), tmp_path)
    assert "users.csv line 3" in said and "carriage return" in said


def test_an_unclosed_quote_names_the_row_where_it_opens(tmp_path: Path) -> None:
    said = sentence(change(little(), "users.csv", b"Tom", b'"Tom'), tmp_path)
    assert "users.csv line 3: a quote" in said
    roster = change(little(), "users.csv", b"Tom", b'"Tom')
    roster.extra["users.csv"] = roster.extra["users.csv"].replace(b"Xi", b'"Xi')
    assert "users.csv line 3: a quote" in sentence(roster, tmp_path)


def test_a_row_with_too_few_or_too_many_cells_rejects_the_file(tmp_path: Path) -> None:
    assert "users.csv line 3: the row has 19 cells where the header has 18" in sentence(
        change(little(), "users.csv", b"Tom", b"Tom,Tim"), tmp_path
    )
    roster = little()
    roster.extra["orgs.csv"] = roster.contents()["orgs.csv"] + b"only\n"
    assert "orgs.csv line 5: the row has 1 cell where" in sentence(roster, tmp_path)


def test_an_empty_file_rejects_the_roster(tmp_path: Path) -> None:
    roster = little()
    roster.extra["users.csv"] = b""
    assert "users.csv: the file is empty" in sentence(roster, tmp_path)


def test_too_long_a_line_and_too_many_lines_reject_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = change(little(), "users.csv", b"Tom", b"T" * 70_000)
    assert "users.csv line 3: the line has more than" in sentence(roster, tmp_path)
    monkeypatch.setattr(read, "MOST_LINES", 5)
    assert "more than 5 lines" in sentence(little(), tmp_path)


# -- the manifest ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"oneroster.version,1.1", b"oneroster.version,2.0", "“2.0” is not known"),
        (b"oneroster.version,1.1", b"oneroster.vers,1.1", "“oneroster.version” is missing"),
        (b"file.users,bulk", b"file.users,full", "“full” is not known"),
        (b"file.courses,absent", b"file.courses,bulk", "“courses.csv” is not in the roster"),
        (b"file.courses,absent", b"file.users,bulk", "“file.users” stands there twice"),
        (b"propertyName,value", b"property,value", "“propertyName”"),
    ],
)
def test_the_manifest_is_held_against_the_files(
    old: bytes, new: bytes, words: str, tmp_path: Path
) -> None:
    said = sentence(change(little(), "manifest.csv", old, new), tmp_path)
    assert words in said and "manifest.csv" in said


def test_without_a_manifest_it_is_no_roster(tmp_path: Path) -> None:
    folder = little().folder(tmp_path / "roster")
    (folder / "manifest.csv").unlink()
    with pytest.raises(BadFile, match=r"no manifest\.csv"):
        read_roster(folder)


def test_a_misnamed_file_is_named(tmp_path: Path) -> None:
    folder = little().folder(tmp_path / "roster")
    (folder / "users.csv").rename(folder / "Users.csv")
    with pytest.raises(BadFile, match=r"rename “Users\.csv”"):
        read_roster(folder)


def test_1_2_without_roles_or_nothing_at_all_is_rejected(tmp_path: Path) -> None:
    roster = little("1.2")
    roster.modes["roles"] = "absent"
    assert "roles.csv is absent" in sentence(roster, tmp_path)
    roster = little()
    roster.modes.update(users="absent", orgs="absent")
    assert "neither orgs.csv nor users.csv" in sentence(roster, tmp_path)


# -- the archive -----------------------------------------------------------------------------------


def rejected(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        read_roster(path)
    return str(caught.value)


def test_a_truncated_zip_is_rejected(tmp_path: Path) -> None:
    path = little().zip(tmp_path / "roster.zip")
    data = path.read_bytes()
    for length in (4, 100, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:length])
        assert "no complete zip" in rejected(path)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=4),
    st.sampled_from((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")),
)
@example([(6, 0xFF), (46, 0xE9)], b"PK\x01\x02")
@example([(7, 0x08), (30, 0xE9)], b"PK\x03\x04")
@example([(9, 0x08), (46, 0xE9)], b"PK\x01\x02")
@example([(6, 0x63)], b"PK\x01\x02")
def test_whatever_bytes_of_a_zip_are_changed_it_is_read_or_refused_in_words(
    changes: list[tuple[int, int]], where: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = little().zip(Path(folder) / "roster.zip")
        data = bytearray(path.read_bytes())
        start = data.index(where)
        for offset, value in changes:
            data[start + offset % min(80, len(data) - start)] = value
        path.write_bytes(bytes(data))
        with suppress(BadFile):
            read_roster(path)


def test_a_damaged_entry_is_rejected(tmp_path: Path) -> None:
    path = little().zip(tmp_path / "roster.zip")
    data = bytearray(path.read_bytes())
    at = data.index(b"users.csv") + 60
    data[at : at + 30] = b"\xaa" * 30
    path.write_bytes(bytes(data))
    assert "users.csv: the file is damaged" in rejected(path)


def entry(path: Path, name: str, data: bytes = b"", **more: Any) -> Path:
    """The little roster's zip with one more entry."""
    little().zip(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made:
        info = zipfile.ZipInfo(name)
        info.compress_type = more.pop("compress_type", zipfile.ZIP_DEFLATED)
        for key, value in more.items():
            setattr(info, key, value)
        made.writestr(info, data)
    return path


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:/users.csv", "..\\users.csv"]
)
def test_a_name_that_points_outside_is_rejected(name: str, tmp_path: Path) -> None:
    assert "points outside" in rejected(entry(tmp_path / "roster.zip", name))


def test_a_link_a_zip_in_the_zip_and_odd_packing_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "roster.zip"
    link = (stat.S_IFLNK | 0o777) << 16
    assert "is a link" in rejected(entry(path, "classes.csv", b"/etc/passwd", external_attr=link))
    assert "another archive, “old.ZIP”" in rejected(entry(path, "old.ZIP", b"PK"))
    assert "unusual way" in rejected(
        entry(path, "classes.csv", b"x", compress_type=zipfile.ZIP_BZIP2)
    )
    with pytest.warns(UserWarning, match="Duplicate"):
        entry(path, "users.csv")
    assert "twice" in rejected(path)
    assert "several folders" in rejected(entry(path, "other/classes.csv"))


def test_an_encrypted_zip_is_rejected(tmp_path: Path) -> None:
    path = little().zip(tmp_path / "roster.zip")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in rejected(path)


def test_a_bomb_is_rejected_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = entry(tmp_path / "roster.zip", "classes.csv", b"a" * (8 * 2**20))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_a, **_k: pytest.fail("unpacked"))
    assert "more than 200 times its size" in rejected(path)
    monkeypatch.setattr(archive, "MOST_BYTES", 2**20)
    assert "is more than any roster" in rejected(path)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    assert "files are in it" in rejected(path)


def test_a_bomb_that_hides_its_size_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = little()
    roster.extra["users.csv"] = roster.contents()["users.csv"] + b"\n" * 5_000_000
    path = roster.zip(tmp_path / "roster.zip")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"users.csv") - 46
    data[at + 24 : at + 28] = (400).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert rejected(path)
    monkeypatch.setattr(archive, "MOST_BYTES", 2**20)
    folder = roster.folder(tmp_path / "roster")
    assert "is more than any roster" in rejected(folder)


def test_what_is_no_roster_at_all_is_said_plainly(tmp_path: Path) -> None:
    assert "is not there" in rejected(tmp_path / "nowhere.zip")
    plain = tmp_path / "users.csv"
    plain.write_text("sourcedId\n")
    assert "is no zip" in rejected(plain)
    folder = little().folder(tmp_path / "roster")
    (folder / "users.csv").unlink()
    (folder / "users.csv").symlink_to("/etc/passwd")
    assert "no plain file" in rejected(folder)


def test_messages_show_hostile_text_cleaned_and_short(tmp_path: Path) -> None:
    roster = little()
    roster.row("users", "T1")["orgSourcedIds"] = "\x1b]52;c;x\x07" + "y" * 400
    said = sentence(roster, tmp_path)
    assert "\x1b" not in said and len(said) < 200


def test_a_hostile_manifest_cannot_steer_the_terminal(tmp_path: Path) -> None:
    roster = change(little(), "manifest.csv", b"file.courses,absent", b"file.\x1b[2Jx,bulk")
    assert "\x1b" not in sentence(roster, tmp_path)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), version=st.sampled_from(["1.1", "1.2"]))
def test_whatever_is_broken_reading_ends_in_a_roster_or_one_sentence(
    data: st.DataObject, version: str
) -> None:
    contents = little(version).contents()
    name = data.draw(st.sampled_from(sorted(contents)))
    at = data.draw(st.integers(0, len(contents[name])))
    cut = data.draw(st.integers(0, 20))
    bits = [b'"', b",", b"\n", b"\r", b"\0", b"\xe9", b"", b"tobedeleted", b"student", b"\x1b[2J"]
    put = data.draw(st.sampled_from(bits))
    with tempfile.TemporaryDirectory() as folder:
        path = little(version).folder(Path(folder) / "roster")
        (path / name).write_bytes(contents[name][:at] + put + contents[name][at + cut :])
        try:
            read_roster(path)
        except BadFile as error:
            said = str(error)
            assert said.endswith(".") and not any(ord(char) < 32 for char in said)
