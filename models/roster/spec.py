"""OneRoster 1.1 and 1.2 as far as staff need it: columns, roles, kinds of organisation.

From the 1EdTech OneRoster CSV tables 1.1.1 and the CSV binding 1.2.1. Required are the columns that
are read or that the specification wants filled; a misspelled name of another is refused, a missing
one is not.
"""

from __future__ import annotations

from .read import Columns

_DATES = ("status", "dateLastModified")

SESSIONS = Columns(
    ("sourcedId", "title", "type", "startDate", "endDate", "schoolYear"),
    (*_DATES, "parentSourcedId"),
)
ORGS = Columns(
    ("sourcedId", "name", "type"),
    (*_DATES, "identifier", "parentSourcedId"),
)
_USER_REQUIRED = (
    "sourcedId",
    "enabledUser",
    "username",
    "givenName",
    "familyName",
    "email",
    "grades",
)
_USER_OPTIONAL = (*_DATES, "userIds", "middleName", "identifier", "sms", "phone",
                  "agentSourcedIds", "password")  # fmt: skip
USERS_1_1 = Columns((*_USER_REQUIRED, "orgSourcedIds", "role"), _USER_OPTIONAL)
USERS_1_2 = Columns(
    _USER_REQUIRED,
    (*_USER_OPTIONAL, "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName",
     "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns"),
)  # fmt: skip
ROLES = Columns(
    ("sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"),
    (*_DATES, "beginDate", "endDate", "userProfileSourcedId"),
)
COURSES = Columns(
    ("sourcedId", "title", "orgSourcedId", "grades", "subjects"),
    (*_DATES, "schoolYearSourcedId", "courseCode", "subjectCodes"),
)
CLASSES = Columns(
    ("sourcedId", "title", "grades", "courseSourcedId", "schoolSourcedId", "termSourcedIds",
     "subjects"),
    (*_DATES, "classCode", "classType", "location", "subjectCodes", "periods"),
)  # fmt: skip
ENROLMENTS = Columns(
    ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
    (*_DATES, "primary", "beginDate", "endDate"),
)

FAMILY = frozenset({"parent", "guardian", "relative"})
"""Roles of people who are counted and left out, beside students."""
STAFF_1_1 = {
    "teacher": "teacher",
    "aide": "aide",
    "administrator": "administrator",
    "proctor": "other",
}
"""The kind of staff that each role of 1.1 stands for; roles in small letters, here and below."""
STAFF_1_2 = {
    "teacher": "teacher",
    "aide": "aide",
    "principal": "administrator",
    "siteadministrator": "administrator",
    "districtadministrator": "administrator",
    "systemadministrator": "office",
    "counselor": "other",
    "proctor": "other",
}
"""The kind of staff that each role of 1.2 stands for."""
OFFICE_TYPES = ("district", "local", "department", "state", "national")
"""Kinds of organisation that are no school, the likeliest division first."""
GONE = frozenset({"tobedeleted", "inactive"})
"""Values of `status` that mean that the row is no longer so; `inactive` is older than 1.1."""

GRADES = {
    **{f"{number:02}": str(number) for number in range(1, 13)},
    **{str(number): str(number) for number in range(1, 13)},
    "13": "12", "KG": "K", "K": "K", "TK": "PK", "PK": "PK", "PR": "PK", "IT": "PK",
}  # fmt: skip
"""The programme's word for each of the specification's codes of a grade; others tell nothing."""
