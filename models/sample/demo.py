"""The people of a sample whom Welcome introduces, one for each role, with their PIN."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from ..communities import standing
from ..database import Setting, read_settings
from ..people import Standing, short_school

KEY = "demo"
"""The setting that holds them; no store but a sample has it."""
PIN = "739264"
"""Everybody's, so that whoever looks round types one PIN only."""


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the sample as whom anyone may sign in."""

    person_id: int
    name: str
    role_words: str
    """“Principal”, “Lead and teacher”, “Facilitator of Land-Based Learning” …"""
    school: str
    pin: str


def demo_people() -> tuple[DemoPerson, ...]:
    """A sample's people for Welcome, one for each role; none in any other store. A read."""
    if not read_settings().is_sample:
        return ()
    value = Setting.select(Setting.value).where(Setting.key == KEY).scalar()
    return tuple(DemoPerson(**entry) for entry in json.loads(value)) if value else ()


def keep_demo(idents: list[int], year_id: int) -> None:
    """Store who they are, in words of the day; called inside a unit, when the play is over."""
    people = []
    for ident in idents:
        who = standing(ident, year_id)
        people.append(DemoPerson(ident, who.name, words(who), short_school(who.school_name), PIN))
    value = json.dumps([asdict(person) for person in people], ensure_ascii=False)
    Setting.insert(key=KEY, value=value).execute()


def words(who: Standing) -> str:
    """Somebody's part in the year, as Welcome says it."""
    if who.is_division:
        return "Division Personnel"
    if who.principal_of:
        return "Principal"
    if who.core_leader_of:
        return "Core Leader"
    if who.lead_of:
        return "Lead and teacher"
    if who.role == "facilitator":
        return f"Facilitator of {who.community_title}"
    if who.community_id is not None:
        return f"Teacher in {who.community_title}"
    return "Teacher in no community yet"
