"""roles.csv of OneRoster 1.2: who is a student, who is staff, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import BadText
from . import cells, spec
from .archive import Source
from .faults import shown
from .manifest import Manifest
from .orgs import Orgs
from .read import Table, open_table
from .refs import dangling, line_of, once

_NAME = "roles.csv"


@dataclass(frozen=True)
class Role:
    """One line of roles.csv about a member of the staff."""

    kind: str
    is_principal: bool
    org: str
    primary: bool
    active: bool
    line: int


class Roles:
    """Everybody's roles, read before the users, so that students are passed over at once."""

    def __init__(self, source: Source, orgs: Orgs, refuse: Callable[[str, int, str], None]) -> None:
        self._source = source
        self._orgs = orgs
        self._refuse = refuse
        self.students: dict[str, str] = {}
        """The organisation of each student."""
        self.former: set[str] = set()
        """Those who were students and have left."""
        self.families: set[str] = set()
        self.staff: dict[str, list[Role]] = {}
        self.refused: set[str] = set()
        """People one of whose roles was refused."""

    def read(self, manifest: Manifest) -> None:
        """Read the file, if the manifest has it; raises BadFile."""
        if manifest.mode("roles") == "absent":
            return
        with open_table(self._source, _NAME, spec.ROLES) as table:
            id_at, user_at = table.at("sourcedId"), table.at("userSourcedId")
            role_at, org_at = table.at("role"), table.at("orgSourcedId")
            type_at, status_at = table.at("roleType"), table.maybe("status")
            ids: set[str] = set()
            students, places = self.students, self._orgs.grades
            for row in table.rows():
                role_id = row[id_at]
                if role_id in ids or not role_id:
                    once(self._source, _NAME, spec.ROLES, ids, role_id, table.line_of(row))
                ids.add(role_id)
                org = row[org_at]
                if org not in places:
                    self._orgs.check(_NAME, table.line_of(row), "orgSourcedId", [org])
                status = "" if status_at is None else row[status_at]
                if row[role_at] == "student":
                    if status in ("", "active"):
                        students.setdefault(row[user_at], org)
                    else:
                        self.former.add(row[user_at])
                else:
                    self._other(table, row, row[user_at], (row[type_at], row[role_at], status), org)
        self._sort_out()

    def _other(
        self, table: Table, row: list[str], user: str, said: tuple[str, str, str], org: str
    ) -> None:
        """Note the role of somebody who is no student, or refuse the row."""
        kind_of_role, role, status = said
        line = table.line_of(row)
        word = role.strip().lower()
        if word == "student":
            self.students.setdefault(user, org)
            return
        if word in spec.FAMILY:
            self.families.add(user)
            return
        try:
            is_active = not cells.is_gone(status)
            kind = spec.STAFF_1_2.get(word)
            if kind is None:
                raise BadText("role", f"{shown(role)} is not known; correct it.")
            primary = kind_of_role.strip().lower()
            if primary not in ("primary", "secondary", ""):
                raise BadText(
                    "roleType", f"{shown(kind_of_role)} is not known; write primary or secondary."
                )
            if is_active and not org:
                raise BadText("orgSourcedId", "the cell is empty; fill it in.")
        except BadText as error:
            self._refuse(_NAME, line, str(error))
            self.refused.add(user)
            return
        self.staff.setdefault(user, []).append(
            Role(kind, word == "principal", org, primary != "secondary", is_active, line)
        )

    def _sort_out(self) -> None:
        """Whoever is a student and staff too is what their primary role says; else a student."""
        for user in self.students.keys() & self.staff.keys():
            if any(role.primary and role.active for role in self.staff[user]):
                del self.students[user]
            else:
                del self.staff[user]

    def check_users(self, users: set[str]) -> None:
        """Raise BadFile when somebody who has a role is not in a whole users.csv."""
        with_role = (
            self.students.keys() | self.staff.keys() | self.families | self.former | self.refused
        )
        lost = with_role - users
        if lost:
            lines = {
                line_of(self._source, _NAME, spec.ROLES, "userSourcedId", user): user
                for user in sorted(lost)[:3]
            }
            line = min(lines)
            dangling(_NAME, line, "userSourcedId", lines[line], "users.csv")
