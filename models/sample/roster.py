"""The invented division's staff as a OneRoster 1.2 folder, to be brought in like anybody's roster."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from .. import text
from . import texts
from .texts import SampleName, SampleSchool, SampleTeaching

_ROLE_OF = {"administrator": "siteAdministrator", "aide": "aide", "teacher": "teacher"}
_KINDERGARTEN = "KG"


def write_roster(folder: Path) -> None:
    """Write the invented division's roster into an empty folder, the same to the byte each time.

    Names are taken in the texts' order, school by school: Principal, administrators, teachers,
    aides. Nobody's students are invented: a school's level stands in its own line.
    """
    names = iter(texts.NAMES)
    tables = _Tables()
    tables.org(texts.OFFICE, "")
    for school in texts.SCHOOLS:
        tables.org(school, texts.OFFICE.key)
        for index, kind in enumerate(_kinds(school)):
            role = "principal" if index == 0 else _ROLE_OF[kind]
            person = tables.person(next(names), school, role)
            if kind == "teacher":
                tables.teaches(person, school, _taught(school, index - school.administrators))
    for _ in texts.OFFICE_POSTS:
        tables.person(next(names), texts.OFFICE, "systemAdministrator")
    tables.write(folder)


def _kinds(school: SampleSchool) -> Iterator[str]:
    """The kind of each of a school's staff, in the order of taking names."""
    yield from ["administrator"] * school.administrators
    yield from ["teacher"] * school.teachers
    yield from ["aide"] * school.aides


def _taught(school: SampleSchool, index: int) -> SampleTeaching:
    posts = texts.TEACHING["french" if school.french else school.level]
    return posts[index % len(posts)]


class _Tables:
    """The rows of the files while they are put together."""

    def __init__(self) -> None:
        self._orgs: list[tuple[str, ...]] = []
        self._users: list[tuple[str, ...]] = []
        self._roles: list[tuple[str, ...]] = []
        self._courses: list[tuple[str, ...]] = []
        self._classes: list[tuple[str, ...]] = []
        self._enrolments: list[tuple[str, ...]] = []
        self._emails: set[str] = set()
        self._numbers = count(1)

    def org(self, school: SampleSchool, parent: str) -> None:
        kind = "school" if parent else "district"
        level = school.level if parent else ""
        self._orgs.append(
            (school.key, "active", school.name, kind, parent, level,
             str(school.latitude), str(school.longitude))
        )  # fmt: skip

    def person(self, name: SampleName, school: SampleSchool, role: str) -> str:
        """Add somebody; returns their id."""
        person = f"p{next(self._numbers):03}"
        email = self._email(name)
        self._users.append(
            (person, "active", "true", email.partition("@")[0], name.given, name.family, email, "",
             school.key)
        )  # fmt: skip
        self._roles.append((f"{person}-role", "active", person, "primary", role, school.key))
        return person

    def _email(self, name: SampleName) -> str:
        plain = text.fold(f"{name.given}.{name.family}")
        local = "".join(c for c in plain if c.isascii() and (c.isalnum() or c in ".-"))
        email = f"{local}@{texts.EMAIL_DOMAIN}"
        if email in self._emails:
            email = f"{local}2@{texts.EMAIL_DOMAIN}"
        self._emails.add(email)
        return email

    def teaches(self, person: str, school: SampleSchool, taught: SampleTeaching) -> None:
        grades = ",".join(_KINDERGARTEN if g == "K" else f"{int(g):02}" for g in taught.grades)
        subjects = ",".join(taught.subjects)
        course, klass = f"{person}-course", f"{person}-class"
        self._courses.append((course, "active", taught.words, grades, school.key, subjects))
        self._classes.append(
            (klass, "active", taught.words, grades, course, school.key, "y2026", subjects)
        )
        self._enrolments.append(
            (f"{person}-teaches", "active", klass, school.key, person, "teacher")
        )

    def write(self, folder: Path) -> None:
        kinds = ("academicSessions", "orgs", "users", "roles", "courses", "classes", "enrollments")
        manifest = [("manifest.version", "1.0"), ("oneroster.version", "1.2")]
        manifest += [(f"file.{kind}", "bulk") for kind in kinds]
        manifest.append(("source.systemName", texts.DIVISION))
        for name, header, rows in (
            ("manifest", "propertyName,value", manifest),
            ("academicSessions", "sourcedId,status,title,type,startDate,endDate,schoolYear",
             [("y2026", "active", "2026–27", "schoolYear", "2026-08-31", "2027-06-30", "2027")]),
            ("orgs", "sourcedId,status,name,type,parentSourcedId,metadata.level,metadata.latitude,"
             "metadata.longitude", self._orgs),
            ("users", "sourcedId,status,enabledUser,username,givenName,familyName,email,grades,"
             "primaryOrgSourcedId", self._users),
            ("roles", "sourcedId,status,userSourcedId,roleType,role,orgSourcedId", self._roles),
            ("courses", "sourcedId,status,title,grades,orgSourcedId,subjects", self._courses),
            ("classes", "sourcedId,status,title,grades,courseSourcedId,schoolSourcedId,"
             "termSourcedIds,subjects", self._classes),
            ("enrollments", "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role",
             self._enrolments),
        ):  # fmt: skip
            _write(folder / f"{name}.csv", header.split(","), rows)


def _write(path: Path, header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
