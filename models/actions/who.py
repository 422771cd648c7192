"""Who may do it: each kind of answer once, in words and as two questions to a standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..people import Standing
from .targets import AtCode, AtPlace, AtRequest, AtSchool, person_of

SOMEBODY = Standing(-1, "Somebody", kind="teacher")
"""A teacher who has not signed in yet: what Welcome shows as possible."""


@dataclass(frozen=True)
class Who:
    """Who may do it, in words and as two questions."""

    words: str
    might: Callable[[Standing], bool]
    """Whether somebody of this standing may ever do it, whatever the target."""
    may: Callable[[Standing, Any], bool]
    """Whether they may do it to this target."""


def _who(
    words: str,
    might: Callable[[Standing], bool],
    may: Callable[[Standing, Any], bool] | None = None,
) -> Who:
    return Who(words, might, may or (lambda standing, _target: might(standing)))


def is_self(standing: Standing, target: Any) -> bool:
    return standing.person_id is not None and standing.person_id == person_of(target).person_id


def principal_answers(standing: Standing, target: Any) -> bool:
    """The Principal of the person's or the school's school."""
    where = target if isinstance(target, AtSchool) else person_of(target)
    return where.school_id in standing.principal_of


def _leads(standing: Standing, target: Any) -> bool:
    where = target if isinstance(target, AtSchool) else person_of(target)
    return where.school_id in (standing.principal_of | standing.lead_of | standing.core_leader_of)


def _sees_school(standing: Standing, target: Any) -> bool:
    where = target if isinstance(target, AtSchool) else person_of(target)
    return standing.is_division or where.school_id in standing.answers_for


def _is_staff(standing: Standing) -> bool:
    return standing.person_id is not None and standing.is_active


def _may_answer(standing: Standing, target: AtRequest) -> bool:
    if is_self(standing, target):
        return False
    return standing.is_division or principal_answers(standing, target)


def _may_make_code(standing: Standing, target: AtCode) -> bool:
    if standing.is_operator:
        return True
    if standing.person_id == target.person_id or target.is_division:
        return False
    if standing.is_division:
        return True
    if target.is_principal:
        return False
    if target.school_id in standing.principal_of:
        return True
    leads = standing.lead_of | standing.core_leader_of
    return target.school_id in leads and not target.is_leader


ANYONE = _who("anyone", lambda _standing: True)
OPERATOR = _who("the operator", lambda s: s.is_operator)
DIVISION = _who("Division Personnel", lambda s: (s.is_division and s.is_active) or s.is_operator)
STAFF = _who("staff", _is_staff)
SELF = _who("the person themselves", _is_staff, lambda s, t: _is_staff(s) and is_self(s, t))
LEADS = _who(
    "the school's Leads and Principal, or Division Personnel",
    lambda s: (
        _is_staff(s) and bool(s.is_division or s.principal_of or s.lead_of or s.core_leader_of)
    ),
    lambda s, t: (
        _is_staff(s)
        and (s.is_division or _leads(s, t))
        and not (isinstance(t, AtPlace) and is_self(s, t))
    ),
)
SEES_SCHOOL = _who(
    "the school's Leads and administrators, or Division Personnel",
    lambda s: s.is_operator or (_is_staff(s) and bool(s.is_division or s.answers_for)),
    lambda s, t: s.is_operator or (_is_staff(s) and _sees_school(s, t)),
)
PRINCIPAL_OR_DIVISION = _who(
    "the school's Principal or Division Personnel",
    lambda s: _is_staff(s) and bool(s.is_division or s.principal_of),
    lambda s, t: (
        _is_staff(s)
        and (s.is_division or principal_answers(s, t))
        and not (isinstance(t, AtPlace) and is_self(s, t))
    ),
)
ANSWERS_REQUESTS = _who(
    "the Principal of the person's school and Division Personnel, never the person themselves",
    lambda s: _is_staff(s) and bool(s.is_division or s.principal_of),
    lambda s, t: _is_staff(s) and _may_answer(s, t),
)
FACILITATOR = _who(
    "the community's facilitators",
    lambda s: _is_staff(s) and s.role == "facilitator",
    lambda s, t: _is_staff(s) and s.person_id in t.facilitators,
)
COMMUNITY = _who(
    "the community's members and facilitators",
    lambda s: _is_staff(s) and bool(s.role),
    lambda s, t: _is_staff(s) and s.person_id in (t.facilitators | t.members),
)
FACILITATOR_OR_OWNER = _who(
    "the community's facilitators, or whoever took the action on",
    lambda s: _is_staff(s) and bool(s.role),
    lambda s, t: _is_staff(s) and (s.person_id in t.facilitators or s.person_id == t.action_owner),
)
AUTHOR = _who(
    "the proposal's authors, or Division Personnel",
    lambda s: s.is_operator or _is_staff(s),
    lambda s, t: s.is_operator or (_is_staff(s) and (s.is_division or s.person_id in t.authors)),
)
MAKES_CODES = _who(
    "a Lead for ordinary staff of their school, a Principal for all of it, Division Personnel for anyone below them",
    lambda s: (
        s.is_operator
        or (_is_staff(s) and bool(s.is_division or s.principal_of or s.lead_of or s.core_leader_of))
    ),
    lambda s, t: s.is_operator or (_is_staff(s) and _may_make_code(s, t)),
)
