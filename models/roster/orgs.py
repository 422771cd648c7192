"""orgs.csv: the division's schools, and everything that is no school taken as its office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..errors import BadText
from . import cells, spec
from .archive import Source
from .faults import shown
from .manifest import Manifest
from .read import open_table
from .refs import dangling, once
from .rows import SchoolRow

_NAME = "orgs.csv"
LEVELS = ("elementary", "high", "combined")


@dataclass(frozen=True)
class _Org:
    """One line of orgs.csv."""

    source_id: str
    name: str
    type: str
    parent: str
    status: str
    level: str | None
    latitude: float | None
    longitude: float | None
    line: int


class Orgs:
    """The organisations, and which school (or the office) each of them stands for."""

    def __init__(
        self,
        source: Source,
        manifest: Manifest,
        cleaner: cells.Cleaner,
        refuse: Callable[[str, int, str], None],
    ) -> None:
        self._source = source
        self._mode = manifest.mode("orgs")
        self._cleaner = cleaner
        self._refuse = refuse
        self._orgs: dict[str, _Org] = {}
        self._place: dict[str, str] = {}
        self._office: str | None = None
        self.grades: dict[str, set[str]] = {}
        """By id of every organisation: the cells `grades` of its students."""
        self.held: dict[str, int] = {}
        """The lines of organisations that were refused, by id."""
        self.notes: list[str] = []

    def read(self) -> None:
        """Read the file, if the manifest has it; raises BadFile."""
        if self._mode == "absent":
            return
        with open_table(self._source, _NAME, spec.ORGS) as table:
            id_at, name_at, type_at = table.at("sourcedId"), table.at("name"), table.at("type")
            more = {
                column: table.maybe(column)
                for column in ("status", "parentSourcedId", "metadata.level", "metadata.latitude",
                               "metadata.longitude")
            }  # fmt: skip
            ids: set[str] = set()
            parents: list[tuple[str, int]] = []
            for row in table.rows():
                line = table.line_of(row)
                org = row[id_at]
                once(self._source, _NAME, spec.ORGS, ids, org, line)
                self.grades[org] = set()
                said = {column: "" if at is None else row[at] for column, at in more.items()}
                parents.append((said["parentSourcedId"], line))
                try:
                    self._orgs[org] = self._org(org, row[name_at], row[type_at], said, line)
                except BadText as error:
                    self.held[org] = line
                    self._refuse(_NAME, line, str(error))
        if self._mode == "bulk":
            for parent, line in parents:
                if parent and parent not in ids:
                    dangling(_NAME, line, "parentSourcedId", parent, _NAME)
        self._find_places()

    def _org(self, org: str, name: str, kind: str, said: Mapping[str, str], line: int) -> _Org:
        is_gone = cells.is_gone(said["status"])
        word = kind.strip().lower()
        if word not in ("school", *spec.OFFICE_TYPES) and not is_gone:
            raise BadText("type", f"{shown(kind)} is not known; write school or district.")
        latitude = cells.degrees(said["metadata.latitude"], 90)
        longitude = cells.degrees(said["metadata.longitude"], 180)
        if latitude is None or longitude is None:
            if said["metadata.latitude"].strip() or said["metadata.longitude"].strip():
                self.notes.append(
                    f"{_NAME} line {line:,}: the position is no latitude and longitude in degrees "
                    "and was left out."
                )
            latitude = longitude = None
        level = said["metadata.level"].strip().lower()
        return _Org(
            cells.source_id(org),
            self._cleaner.line(name, "name", required=not is_gone),
            word,
            said["parentSourcedId"],
            "gone" if is_gone else "active",
            level if level in LEVELS else None,
            latitude,
            longitude,
            line,
        )

    def _find_places(self) -> None:
        """Choose the office, and find the school or office that each organisation belongs to."""
        offices = [
            org
            for kind in spec.OFFICE_TYPES
            for org in self._orgs.values()
            if org.type == kind and org.status == "active"
        ]
        if offices:
            self._office = offices[0].source_id
            if sum(org.type == offices[0].type for org in offices) > 1:
                self.notes.append(
                    f"{_NAME} has several {offices[0].type}s; all are taken as one office, "
                    f"{shown(offices[0].name)}."
                )
        for org in self._orgs.values():
            self._place[org.source_id] = self._place_of(org)

    def _place_of(self, org: _Org) -> str:
        """A department of a school is that school; what else is no school is the office."""
        at: _Org | None = org
        passed: set[str] = set()
        while at is not None and at.source_id not in passed:
            if at.type == "school":
                return at.source_id
            if at.type != "department":
                break
            passed.add(at.source_id)
            at = self._orgs.get(at.parent)
        return self._office or org.source_id

    def check(self, name: str, line: int, column: str, wanted: Iterable[str]) -> None:
        """Raise BadFile when a filled reference is to no organisation of a whole orgs.csv."""
        if self._mode != "bulk":
            return
        for org in wanted:
            if org and org not in self.grades:
                dangling(name, line, column, org, _NAME)

    def resolved(self, orgs: Iterable[str]) -> tuple[str, ...]:
        """The schools, or the office, that those organisations stand for, each once, in order."""
        return tuple(dict.fromkeys(self._place.get(org, org) for org in orgs if org))

    def is_office(self, place: str) -> bool:
        """Whether that place is the division's office, as far as the file tells."""
        org = self._orgs.get(place)
        return org is not None and org.type != "school"

    def schools(
        self, class_grades: Mapping[str, Iterable[str]], *, whole: bool
    ) -> tuple[SchoolRow, ...]:
        """The schools and the one office.

        `whole`: whether all students were in the file, so that their grades tell the level; where a
        school has none, the grades of its classes do.
        """
        found = []
        for org in self._orgs.values():
            is_office = org.type != "school"
            if is_office and org.source_id != self._office and org.status == "active":
                continue
            level = None
            if not is_office:
                level = org.level
                if level is None and whole:
                    level = _level(self.grades[org.source_id])
                level = level or _level(class_grades.get(org.source_id, ()))
            found.append(
                SchoolRow(
                    org.source_id, org.name, level, is_office, org.status,
                    org.latitude, org.longitude, org.line,
                )
            )  # fmt: skip
        return tuple(found)


def _level(grades: Iterable[str]) -> str | None:
    return cells.level_of(code for cell in grades for code in cells.listed(cell))
