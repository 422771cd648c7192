"""courses.csv, classes.csv and enrollments.csv: who teaches which grades and subjects."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from . import cells, spec
from .archive import Source
from .manifest import Manifest
from .orgs import Orgs
from .read import open_table
from .refs import check, once

_COURSES, _CLASSES, _ENROLMENTS = "courses.csv", "classes.csv", "enrollments.csv"
_ACTIVE = ("", "active")


@dataclass(frozen=True)
class _Taught:
    """What a course or a class is about."""

    grades: tuple[str, ...]
    subjects: tuple[str, ...]


_NOTHING = _Taught((), ())


class Teaching:
    """What classes say of those who teach them; each file as far as the manifest has it."""

    def __init__(
        self,
        source: Source,
        manifest: Manifest,
        orgs: Orgs,
        cleaner: cells.Cleaner,
        sessions: Container[str],
    ) -> None:
        self._source = source
        self._manifest = manifest
        self._orgs = orgs
        self._sessions = sessions
        self._cleaner = cleaner
        self._courses: dict[str, _Taught] = {}
        self._classes: dict[str, _Taught] = {}
        self.grades_at: dict[str, set[str]] = {}
        """By id of a school: the cells `grades` of its classes."""
        self.taught: dict[str, tuple[set[str], set[str]]] = {}
        """Codes of grades and names of subjects, by id of the person who teaches them."""

    def read(self, users: Container[str] | None) -> None:
        """Read the three files; `users` are all people of a whole users.csv. Raises BadFile."""
        if self._manifest.mode("courses") != "absent":
            self._read_courses()
        if self._manifest.mode("classes") == "absent":
            return
        self._read_classes()
        if self._manifest.mode("enrollments") != "absent":
            self._read_enrolments(users)

    def _read_courses(self) -> None:
        ids: set[str] = set()
        with open_table(self._source, _COURSES, spec.COURSES) as table:
            id_at, org_at = table.at("sourcedId"), table.at("orgSourcedId")
            grades_at, subjects_at = table.at("grades"), table.at("subjects")
            for row in table.rows():
                line = table.line_of(row)
                once(self._source, _COURSES, spec.COURSES, ids, row[id_at], line)
                self._orgs.check(_COURSES, line, "orgSourcedId", [row[org_at]])
                self._courses[row[id_at]] = self._about(row[grades_at], row[subjects_at], _NOTHING)

    def _read_classes(self) -> None:
        ids: set[str] = set()
        whole_courses = self._manifest.mode("courses") == "bulk"
        whole_sessions = self._manifest.mode("academicSessions") == "bulk"
        with open_table(self._source, _CLASSES, spec.CLASSES) as table:
            id_at, school_at = table.at("sourcedId"), table.at("schoolSourcedId")
            course_at, terms_at = table.at("courseSourcedId"), table.at("termSourcedIds")
            grades_at, subjects_at = table.at("grades"), table.at("subjects")
            status_at = table.maybe("status")
            for row in table.rows():
                line = table.line_of(row)
                once(self._source, _CLASSES, spec.CLASSES, ids, row[id_at], line)
                self._orgs.check(_CLASSES, line, "schoolSourcedId", [row[school_at]])
                if whole_courses:
                    check(
                        _CLASSES, line, "courseSourcedId", row[course_at], self._courses, _COURSES
                    )
                if whole_sessions:
                    for term in cells.listed(row[terms_at]):
                        check(_CLASSES, line, "termSourcedIds", term, self._sessions,
                              "academicSessions.csv")  # fmt: skip
                course = self._courses.get(row[course_at], _NOTHING)
                about = self._about(row[grades_at], row[subjects_at], course)
                if status_at is not None and row[status_at] not in _ACTIVE:
                    about = _NOTHING
                self._classes[row[id_at]] = about
                self.grades_at.setdefault(row[school_at], set()).update(about.grades)

    def _read_enrolments(self, users: Container[str] | None) -> None:
        ids: set[str] = set()
        whole_classes = self._manifest.mode("classes") == "bulk"
        classes = self._classes
        with open_table(self._source, _ENROLMENTS, spec.ENROLMENTS) as table:
            id_at, role_at = table.at("sourcedId"), table.at("role")
            class_at, user_at = table.at("classSourcedId"), table.at("userSourcedId")
            school_at, status_at = table.at("schoolSourcedId"), table.maybe("status")
            for row in table.rows():
                enrolment, user = row[id_at], row[user_at]
                if enrolment in ids or not enrolment:
                    once(self._source, _ENROLMENTS, spec.ENROLMENTS, ids, enrolment,
                         table.line_of(row))  # fmt: skip
                ids.add(enrolment)
                if whole_classes and row[class_at] not in classes:
                    check(_ENROLMENTS, table.line_of(row), "classSourcedId", row[class_at], classes,
                          _CLASSES)  # fmt: skip
                if users is not None and user not in users:
                    check(_ENROLMENTS, table.line_of(row), "userSourcedId", user, users,
                          "users.csv")  # fmt: skip
                if row[school_at] not in self._orgs.grades:
                    self._orgs.check(_ENROLMENTS, table.line_of(row), "schoolSourcedId",
                                     [row[school_at]])  # fmt: skip
                if row[role_at].strip().lower() != "teacher":
                    continue
                if status_at is not None and row[status_at] not in _ACTIVE:
                    continue
                about = classes.get(row[class_at], _NOTHING)
                grades, subjects = self.taught.setdefault(user, (set(), set()))
                grades.update(about.grades)
                subjects.update(about.subjects)

    def _about(self, grades: str, subjects: str, otherwise: _Taught) -> _Taught:
        """What the cells say; where they say nothing, what the course says."""
        return _Taught(
            tuple(cells.listed(grades)) or otherwise.grades,
            self._cleaner.subjects(cells.listed(subjects)) or otherwise.subjects,
        )
