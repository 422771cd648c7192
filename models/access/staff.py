"""The staff for whom somebody may make codes: who has a PIN, and for whom a code is out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from .. import pages, text
from ..actions import Verdict, judge, reach
from ..people import KIND_WORDS, ROLE_WORDS, PersonRow, SchoolRow, Standing
from ..years import Year
from .codes import at_code_of, roles_of
from .doors import MOST_FAILURES
from .tables import CredentialRow, EnrolmentCodeRow

MAKE_CODE = "access.make_code"


@dataclass(frozen=True)
class CodeLine:
    """A colleague, how they can sign in, and whether the one who looks may make them a code."""

    id: int
    key: tuple[Any, ...]
    name: str
    listed_name: str
    """“Chen, Wei”."""
    email: str
    school: str
    role: str
    """What they are at their school: “Principal”, “Lead”, “Teacher”."""
    has_pin: bool
    """Whether they have a PIN that is good."""
    is_void: bool
    """Whether they had one that too many failures made void."""
    code_until: datetime | None
    """Until when a code that is out for them is good, naive UTC; None without one."""
    verdict: Verdict
    """Whether a code may be made for them."""


@dataclass(frozen=True)
class Whose:
    """Which staff are looked for, by whom."""

    viewer: Standing
    words: str = ""
    """Each must occur in the name or the e-mail."""
    without_pin: bool = False
    """Only those who have no PIN that is good."""

    @property
    def several_schools(self) -> bool:
        """Whether the staff of more than one school are among them."""
        return reach(MAKE_CODE, self.viewer).is_several


def staff_for_codes(
    whose: Whose,
    year: Year,
    on: date,
    at: datetime,
    after: Sequence[Any] | None = None,
    limit: int = pages.SIZE,
    backwards: bool = False,
) -> pages.Page[CodeLine]:
    """A page of the staff of one's own schools (for Division Personnel: of all), by name.

    The one who looks is not among them. `at` is the moment, naive UTC, at which codes and PINs are
    looked at. Four queries. Raises Refused for somebody who makes no codes (D2).
    """
    query = _narrow(
        PersonRow.select(
            PersonRow.id, PersonRow.sort_name, PersonRow.name, PersonRow.family, PersonRow.given,
            PersonRow.email, PersonRow.school, SchoolRow.name, PersonRow.kind,
        ).join(SchoolRow),
        whose, year, on,
    )  # fmt: skip
    columns = [(PersonRow.sort_name, False), (PersonRow.id, False)]
    found = list(pages.keyset(query, columns, after, backwards).limit(limit + 1).tuples())
    idents = [row[0] for row in found]
    roles = roles_of(idents, year.id)
    failures = dict(
        CredentialRow.select(CredentialRow.person_id, CredentialRow.failures)
        .where(CredentialRow.person_id.in_(idents))
        .tuples()
    )
    codes = dict(
        EnrolmentCodeRow.select(EnrolmentCodeRow.person_id, EnrolmentCodeRow.expires_at)
        .where(
            EnrolmentCodeRow.person_id.in_(idents)
            & EnrolmentCodeRow.used_at.is_null()
            & (EnrolmentCodeRow.expires_at > at)
            & (EnrolmentCodeRow.failures < MOST_FAILURES)
        )
        .tuples()
    )

    def make(row: Any) -> CodeLine:
        ident, sort_name, name, family, given, email, home, school, kind = row
        target = at_code_of(ident, home, is_active=True, roles=roles[ident])
        return CodeLine(
            ident, (sort_name, ident), name,
            f"{family}, {given}" if family and given else name,
            email, school,
            next((said for role, said in ROLE_WORDS.items() if role in roles[ident]),
                 KIND_WORDS[kind]),
            has_pin=failures.get(ident, MOST_FAILURES) < MOST_FAILURES,
            is_void=failures.get(ident, 0) >= MOST_FAILURES,
            code_until=codes.get(ident),
            verdict=judge(MAKE_CODE, whose.viewer, year, on, target),
        )  # fmt: skip

    return pages.page_of(found, limit, backwards, make)


def count_staff_for_codes(whose: Whose, year: Year, on: date) -> int:
    """How many there are on all pages. Raises Refused."""
    found: int = _narrow(PersonRow.select(PersonRow.id), whose, year, on).count()
    return found


def _narrow(query: Any, whose: Whose, year: Year, on: date) -> Any:
    refusal = judge(MAKE_CODE, whose.viewer, year, on).refusal
    if refusal is not None:
        raise refusal
    query = query.where(PersonRow.active & (PersonRow.id != whose.viewer.person_id))
    query = reach(MAKE_CODE, whose.viewer).narrow(query)
    for word in text.words(whose.words):
        query = query.where(PersonRow.folded.contains(word) | PersonRow.email.contains(word))
    if whose.without_pin:
        good = CredentialRow.select(CredentialRow.person_id).where(
            (CredentialRow.person_id == PersonRow.id) & (CredentialRow.failures < MOST_FAILURES)
        )
        query = query.where(~pw.fn.EXISTS(good))
    return query
