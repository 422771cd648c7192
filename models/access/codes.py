"""Enrolment codes: who may make one for whom is a row of the table; the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import peewee as pw

from ..actions import fits
from ..actions.targets import AtCode
from ..communities import NoticeRow, tell
from ..database import Store, locked
from ..errors import NotFound
from ..journal import Actor, Receipt, Write, writes
from ..people import ROLE_WORDS, AppointmentRow, PersonRow, standing_by
from ..words import day, listed
from . import pins
from .tables import EnrolmentCodeRow

CODE_DAYS = 7
"""How many days a code is good for."""


def at_code(person_id: int, year_id: int) -> AtCode:
    """The person for whom a code is to be made, read afresh; raises NotFound."""
    row: Any = (
        PersonRow.select(PersonRow.school, PersonRow.active)
        .where(PersonRow.id == person_id)
        .tuples()
        .first()
    )
    if row is None:
        raise NotFound("That person is not in the roster any more.")
    roles = roles_of([person_id], year_id)[person_id]
    return at_code_of(person_id, row[0], is_active=row[1], roles=roles)


def at_code_of(person_id: int, school_id: int, *, is_active: bool, roles: frozenset[str]) -> AtCode:
    """A person as the table asks about them, from the roles that they hold."""
    return AtCode(
        person_id,
        school_id,
        is_active=is_active,
        is_principal="principal" in roles,
        is_leader=bool(roles & {"lead", "core_leader", "administrator"}),
        is_division="division" in roles,
    )


def roles_of(person_ids: Sequence[int], year_id: int) -> dict[int, frozenset[str]]:
    """The roles by appointment that each of these people holds in a year, in one query."""
    found: dict[int, set[str]] = {ident: set() for ident in person_ids}
    held: Any = AppointmentRow.select(AppointmentRow.person, AppointmentRow.role).where(
        AppointmentRow.person.in_(list(found))
        & (AppointmentRow.year.is_null() | (AppointmentRow.year == year_id))
    )
    for person_id, role in held.tuples():
        found[person_id].add(role)
    return {ident: frozenset(roles) for ident, roles in found.items()}


def make_code(store: Store, actor: Actor, person_id: int) -> Receipt:
    """Make a one-use code with which a person chooses their PIN; older ones are void.

    The receipt's facts hold `code`, to be shown or printed once, and `until`, the last day (ISO).
    The store keeps only a hash, the operation's record neither, so the same operation repeated
    shows the code again in the process that made it and in no other: there the receipt has no
    `code` and says to make another. Raises Refused, NotFound (design, “A shared terminal”).
    """
    # Hashed before the transaction begins, since hashing is slow on purpose.
    code = _code_of(actor.op, person_id)
    receipt = _make_code(store, actor, person_id, pins.hash_code(code), _process_mark())
    facts = {name: value for name, value in receipt.facts.items() if name != "made_in"}
    if receipt.facts.get("made_in") == _process_mark():
        return replace(receipt, facts={**facts, "code": code})
    words = "This code was made and shown already. If it got lost, make another one."
    return replace(receipt, words=words, facts=facts)


@writes("access.make_code")
def _make_code(w: Write, person_id: int, hashed: str, made_in: str) -> Receipt:
    target = at_code(person_id, w.year.id if w.year else 0)
    w.require(target)
    # Whoever else makes a code for them at this moment waits here, so that one stays good.
    locked(PersonRow.select(PersonRow.id).where(PersonRow.id == person_id)).scalar()
    EnrolmentCodeRow.update(used_at=w.at).where(
        (EnrolmentCodeRow.person_id == person_id) & EnrolmentCodeRow.used_at.is_null()
    ).execute()
    expires_at = w.at + timedelta(days=CODE_DAYS)
    until = w.clock.day_of(expires_at)
    ident = EnrolmentCodeRow.insert(
        person_id=person_id,
        hashed=hashed,
        made_by=w.standing.person_id,
        expires_at=expires_at,
        failures=0,
    ).execute()
    maker = w.standing.name if w.standing.person_id is not None else "whoever runs the program"
    tell(
        person_id, "code",
        f"If you did not ask for a code, tell Division Personnel: {maker} made one on {day(w.on)}.",
        at=w.at, sender=w.standing.person_id,
    )  # fmt: skip
    w.journal(person_id=person_id, school_id=target.school_id, until=until)
    name = PersonRow.select(PersonRow.name).where(PersonRow.id == person_id).scalar()
    words = f"A code for {name}, good once, until {day(until)}."
    return w.receipt(words, ident, until=until.isoformat(), made_in=made_in)


def take_note_of_code(code_id: int, at: datetime) -> None:
    """Whoever has used a code knows of it: the note that told of it is read, at `at` (naive UTC)."""
    row: Any = EnrolmentCodeRow.get_by_id(code_id)
    NoticeRow.update(seen_at=at).where(
        (NoticeRow.person == row.person_id)
        & (NoticeRow.kind == "code")
        & (NoticeRow.at == row.expires_at - timedelta(days=CODE_DAYS))
        & NoticeRow.seen_at.is_null()
    ).execute()


@lru_cache(maxsize=1)
def _process_secret() -> bytes:
    import secrets

    return secrets.token_bytes(32)


def _process_mark() -> str:
    """Tells this process from others without telling its secret."""
    return _keyed("mark")[:16]


def _code_of(op: str, person_id: int) -> str:
    """The code of an operation: the same again in this process, unknowable from the store."""
    return pins.write_code(int(_keyed(f"code:{op}:{person_id}"), 16))


def _keyed(message: str) -> str:
    import hashlib
    import hmac

    return hmac.new(_process_secret(), message.encode(), hashlib.sha256).hexdigest()


def who_makes_codes(person_id: int, year_id: int, most: int = 3) -> str:
    """Who can make a code for a person: “Amara Okafor (Principal) or Wei Chen (Lead)”.

    The nearest come first; where nobody is known it is whoever runs the program.
    """
    try:
        target = at_code(person_id, year_id)
    except NotFound:
        return "Division Personnel"
    query: Any = (
        AppointmentRow.select(
            PersonRow.id, PersonRow.name, AppointmentRow.role, AppointmentRow.school
        )
        .join(PersonRow, on=(AppointmentRow.person == PersonRow.id))
        .where(
            PersonRow.active
            & (AppointmentRow.school.is_null() | (AppointmentRow.school == target.school_id))
            & (AppointmentRow.year.is_null() | (AppointmentRow.year == year_id))
        )
        .order_by(
            pw.Case(AppointmentRow.role, (("principal", 1), ("division", 9)), 2),
            PersonRow.sort_name,
            PersonRow.id,
        )
    )
    near: dict[int, str] = {}
    far: dict[int, str] = {}
    for ident, name, role, school_id in query.tuples():
        # Each role judged by itself, so that the one is named by which they can.
        if fits("access.make_code", standing_by(ident, name, role, school_id), target):
            (far if school_id is None else near).setdefault(ident, f"{name} ({ROLE_WORDS[role]})")
    # Division Personnel are named where the school has nobody of its own.
    return listed(list((near or far).values())[:most], "or") or "whoever runs the program"
