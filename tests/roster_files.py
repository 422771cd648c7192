"""Small rosters for tests: a little division, changed cell by cell, as a zip or a folder."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Cells = dict[str, str]
Files = dict[str, list[Cells]]

COLUMNS = {
    "manifest": "propertyName,value",
    "academicSessions": (
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear"
    ),
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "users 1.1": (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
        "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password"
    ),
    "users 1.2": (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
        "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
        "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns"
    ),
    "roles": (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
        "orgSourcedId,userProfileSourcedId"
    ),
    "courses": (
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,"
        "subjects,subjectCodes"
    ),
    "classes": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
        "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods"
    ),
    "enrollments": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
        "beginDate,endDate"
    ),
}


class LittleRoster:
    """A division of two schools in memory; change its rows, then write it.

    Prairie View (S1) is an elementary school, Lakeside Collegiate (S2) a high school; D1 is the
    division.
    """

    def __init__(self, version: str = "1.1", mode: str = "bulk") -> None:
        self.version = version
        self.modes: dict[str, str] = {}
        """bulk, delta or absent by kind of file; set by `put`."""
        self.default_mode = mode
        self.files: Files = {}
        self.extra: dict[str, bytes] = {}
        """Whole files to write as they are, by name."""
        self.header: dict[str, tuple[str, ...]] = {}
        """Headers that differ from the specification's, by kind of file."""
        self.put("orgs", {"sourcedId": "D1", "name": "Prairie Division", "type": "district"})
        for school, name in (("S1", "Prairie View School"), ("S2", "Lakeside Collegiate")):
            self.put(
                "orgs",
                {"sourcedId": school, "name": name, "type": "school", "parentSourcedId": "D1"},
            )
        self.modes["users"] = mode
        self.files["users"] = []
        if version == "1.2":
            self.modes["roles"] = mode
            self.files["roles"] = []

    def put(self, kind: str, cells: Mapping[str, str]) -> Cells:
        """Add a row to a kind of file ("orgs", "users" …); the row comes back, to be changed."""
        row = dict(cells)
        self.files.setdefault(kind, []).append(row)
        self.modes.setdefault(kind, self.default_mode)
        return row

    def person(
        self,
        source_id: str,
        name: str,
        role: str = "teacher",
        schools: Sequence[str] = ("S1",),
        **cells: str,
    ) -> Cells:
        """Add somebody ("Ann Lee") with a role at schools, the primary one first."""
        given, _, family = name.rpartition(" ")
        row = {
            "sourcedId": source_id,
            "enabledUser": "true",
            "username": source_id.lower(),
            "givenName": given,
            "familyName": family,
            "email": f"{source_id.lower()}@school.example",
            **cells,
        }
        if self.version == "1.1":
            row |= {"orgSourcedIds": ",".join(schools), "role": role}
        else:
            row.setdefault("primaryOrgSourcedId", schools[0] if schools else "")
            for index, school in enumerate(schools):
                self.role(source_id, role, school, "secondary" if index else "primary")
        return self.put("users", row)

    def role(self, user: str, role: str, school: str, kind: str = "primary", **cells: str) -> Cells:
        """Add a line to roles.csv (1.2)."""
        number = len(self.files["roles"]) + 1
        return self.put(
            "roles",
            {
                "sourcedId": f"R{number}",
                "userSourcedId": user,
                "roleType": kind,
                "role": role,
                "orgSourcedId": school,
                **cells,
            },
        )

    def students(self, school: str, grades: Sequence[str], prefix: str = "P") -> None:
        """Add a student in each of those grades."""
        for grade in grades:
            self.person(f"{prefix}{school}{grade}", "A Pupil", "student", (school,), grades=grade)

    def row(self, kind: str, source_id: str) -> Cells:
        """The row with that id, to be changed."""
        return next(row for row in self.files[kind] if row["sourcedId"] == source_id)

    def without(self, kind: str, source_id: str) -> None:
        """Take a row out (and, of users, their roles)."""
        self.files[kind] = [row for row in self.files[kind] if row["sourcedId"] != source_id]
        if kind == "users" and "roles" in self.files:
            self.files["roles"] = [
                row for row in self.files["roles"] if row["userSourcedId"] != source_id
            ]

    def manifest(self) -> list[Cells]:
        """The rows of manifest.csv."""
        said = {"manifest.version": "1.0", "oneroster.version": self.version}
        kinds = ["academicSessions", "classes", "courses", "demographics", "enrollments", "orgs"]
        for kind in [*kinds, "users", *(["roles"] if self.version == "1.2" else [])]:
            said[f"file.{kind}"] = self.modes.get(kind, "absent")
        said["source.systemName"] = "Little SIS"
        return [{"propertyName": key, "value": value} for key, value in said.items()]

    def contents(self) -> dict[str, bytes]:
        """Every file's bytes by name."""
        found = {"manifest.csv": self._csv("manifest", self.manifest())}
        for kind, rows in self.files.items():
            if self.modes.get(kind) != "absent":
                found[f"{kind}.csv"] = self._csv(kind, rows)
        return {**found, **self.extra}

    def _csv(self, kind: str, rows: Sequence[Cells]) -> bytes:
        columns = (COLUMNS.get(kind) or COLUMNS[f"{kind} {self.version}"]).split(",")
        more = dict.fromkeys(cell for row in rows for cell in row if cell not in columns)
        header = self.header.get(kind, (*columns, *more))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([row.get(column, "") for column in (*columns, *more)])
        return out.getvalue().encode()

    def zip(self, path: Path) -> Path:
        """Write the roster as a zip."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.contents().items():
                archive.writestr(name, data)
        return path

    def folder(self, path: Path) -> Path:
        """Write the roster as a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for name, data in self.contents().items():
            (path / name).write_bytes(data)
        return path


def little(version: str = "1.1") -> LittleRoster:
    """A division with a Principal, teachers, an aide, students and a mother."""
    roster = LittleRoster(version)
    roster.person("A1", "Ann Lee", "administrator" if version == "1.1" else "principal", ("S1",))
    roster.person("T1", "Tom Bear", "teacher", ("S1",))
    roster.person("T2", "Marie-Ève Dubois", "teacher", ("S1", "S2"))
    roster.person("H1", "Hana Okafor", "teacher", ("S2",))
    roster.person("X1", "Xi Chen", "aide", ("S2",))
    office = "administrator" if version == "1.1" else "districtAdministrator"
    roster.person("O1", "Olga Petrenko", office, ("D1",))
    roster.person("M1", "Mother Bear", "parent", ("S1",))
    roster.students("S1", ("KG", "03", "08"))
    roster.students("S2", ("09", "12"))
    return roster
