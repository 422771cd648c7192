"""Who may do it: each kind of answer once, in words and as two questions to a standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..people import EVERYWHERE, NOWHERE, Reach, Standing
from .targets import AtCode, AtPlace, AtSchool, person_of

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
    reach: Callable[[Standing], Reach] | None = None
    """To the people of which schools at most; None where it does not go by schools. Lists are narrowed
    by it, and `may` never says yes beyond it."""


def _who(
    words: str,
    might: Callable[[Standing], bool],
    may: Callable[[Standing, Any], bool] | None = None,
) -> Who:
    return Who(words, might, may or (lambda standing, _target: might(standing)))


def _of_schools(
    words: str,
    schools: Callable[[Standing], frozenset[int]],
    but: Callable[[Standing, Any], bool] | None = None,
    *,
    operator: bool = False,
) -> Who:
    """Division Personnel everywhere, others at certain schools; `but` says to whom there not."""

    def reach(standing: Standing) -> Reach:
        if standing.is_operator:
            return EVERYWHERE if operator else NOWHERE
        if not _is_staff(standing):
            return NOWHERE
        return EVERYWHERE if standing.is_division else Reach(schools(standing))

    def may(standing: Standing, target: Any) -> bool:
        within = reach(standing).holds(_school_of(target))
        return within and not (but is not None and but(standing, target))

    return Who(words, lambda standing: not reach(standing).is_empty, may, reach)


def _school_of(target: Any) -> int:
    """The school of the person or the list that a target concerns."""
    where = target if isinstance(target, AtSchool | AtCode) else person_of(target)
    school_id: int = where.school_id
    return school_id


def _is_own_place(standing: Standing, target: Any) -> bool:
    return isinstance(target, AtPlace) and is_self(standing, target)


def is_self(standing: Standing, target: Any) -> bool:
    return standing.person_id is not None and standing.person_id == person_of(target).person_id


def principal_answers(standing: Standing, target: Any) -> bool:
    """The Principal of the person's or the school's school."""
    where = target if isinstance(target, AtSchool) else person_of(target)
    return where.school_id in standing.principal_of


def _led(standing: Standing) -> frozenset[int]:
    """The schools that somebody leads, as Principal, Lead or Core Leader."""
    return standing.principal_of | standing.lead_of | standing.core_leader_of


def _is_staff(standing: Standing) -> bool:
    return standing.person_id is not None and standing.is_active


def _is_above(standing: Standing, target: AtCode) -> bool:
    """Whether somebody within reach stands above the one who would make them a code."""
    if standing.is_operator:
        return False
    if standing.person_id == target.person_id or target.is_division:
        return True
    if standing.is_division:
        return False
    return target.is_principal or (
        target.is_leader and target.school_id not in standing.principal_of
    )


ANYONE = _who("anyone", lambda _standing: True)
DIVISION = _who("Division Personnel", lambda s: (s.is_division and s.is_active) or s.is_operator)
SELF = _who("the person themselves", _is_staff, lambda s, t: _is_staff(s) and is_self(s, t))
LEADS = _of_schools("the school's Leads and Principal, or Division Personnel", _led, _is_own_place)
SEES_SCHOOL = _of_schools(
    "the school's Leads and administrators, or Division Personnel",
    lambda s: s.answers_for,
    operator=True,
)
PRINCIPAL_OR_DIVISION = _of_schools(
    "the school's Principal or Division Personnel", lambda s: s.principal_of, _is_own_place
)
ANSWERS_REQUESTS = _of_schools(
    "the Principal of the person's school and Division Personnel, never the person themselves",
    lambda s: s.principal_of,
    is_self,
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
MAKES_CODES = _of_schools(
    "a Lead for ordinary staff of their school, a Principal for all of it, Division Personnel for anyone below them",
    _led,
    _is_above,
    operator=True,
)
