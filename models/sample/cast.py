"""Who plays: the division's people by school and role, and the few whom Welcome introduces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..people import AppointmentRow, PersonRow, SchoolRow, TeachesRow
from . import texts


@dataclass(frozen=True)
class Player:
    """One member of the staff."""

    id: int
    email: str
    school_id: int
    kind: str
    expected: bool
    grades: frozenset[str]
    subjects: frozenset[str]


@dataclass
class House:
    """A school, or the office, and its people."""

    id: int
    source_id: str
    name: str
    level: str
    principal: int = 0
    """0 where the roster does not tell."""
    administrators: list[int] = field(default_factory=list)
    teachers: list[Player] = field(default_factory=list)
    """Who is expected to register, in the roster's order."""
    others: list[Player] = field(default_factory=list)
    lead: int = 0
    core_leaders: list[int] = field(default_factory=list)

    def serves(self, audience: str) -> bool:
        """Whether its staff are among those whom a community is for."""
        return audience == "any" or self.level in (audience, "combined")


class Cast:
    """Everybody, as the roster brought them in."""

    def __init__(self) -> None:
        """Read from the store; called inside a read."""
        self.houses: dict[int, House] = {}
        self.players: dict[int, Player] = {}
        for ident, source, name, level in (
            SchoolRow.select(SchoolRow.id, SchoolRow.source_id, SchoolRow.name, SchoolRow.level)
            .where(SchoolRow.active)
            .order_by(SchoolRow.id)
            .tuples()
        ):
            self.houses[ident] = House(ident, source, name, level)
        taught: dict[int, tuple[set[str], set[str]]] = {}
        for person_id, kind, value in TeachesRow.select(
            TeachesRow.person, TeachesRow.kind, TeachesRow.value
        ).tuples():
            taught.setdefault(person_id, (set(), set()))[kind != "grade"].add(value)
        for ident, email, school_id, kind, expected in (
            PersonRow.select(
                PersonRow.id, PersonRow.email, PersonRow.school, PersonRow.kind, PersonRow.expected
            )
            .where(PersonRow.active)
            .order_by(PersonRow.id)
            .tuples()
        ):
            grades, subjects = taught.get(ident, ((), ()))
            self._add(
                Player(
                    ident, email, school_id, kind, expected, frozenset(grades), frozenset(subjects)
                )
            )
        for school_id, person_id in (
            AppointmentRow.select(AppointmentRow.school, AppointmentRow.person)
            .where(AppointmentRow.role == "principal")
            .order_by(AppointmentRow.id)
            .tuples()
        ):
            self.houses[school_id].principal = person_id
        self.schools = [h for h in self.houses.values() if h.level != "office" and h.teachers]
        offices = [h for h in self.houses.values() if h.level == "office"]
        self.office = offices[0] if offices else self.schools[0]
        self.division = self._division()
        self._by_source = {house.source_id: house for house in self.houses.values()}
        self.home = self._first("elementary")
        """The school that Welcome's people are from."""
        self.high = self._first("high")
        for house in self.schools:
            self._give_roles(house)

    def _add(self, player: Player) -> None:
        self.players[player.id] = player
        house = self.houses[player.school_id]
        if player.expected:
            house.teachers.append(player)
        else:
            house.others.append(player)
            if player.kind == "administrator":
                house.administrators.append(player.id)

    def _division(self) -> list[int]:
        """Two people for Division Personnel: from the office where there is one."""
        pool = [p.id for p in self.office.others] or [p.id for p in self.players.values()]
        return pool[:2]

    def _first(self, level: str) -> House:
        """The first school of a level that is not tiny, else simply the first school."""
        fitting = [h for h in self.schools if h.level == level and len(h.teachers) >= 12]
        return (fitting or self.schools)[0]

    def _give_roles(self, house: House) -> None:
        """A volunteer Lead, or Core Leaders, from the end of the list: the first ones facilitate."""
        if not house.principal and house.administrators:
            house.principal = house.administrators[0]
        if house.level != "high":
            if house is self.home or house.id % 3:
                house.lead = house.teachers[-1].id
            return
        areas = next((s.core_areas for s in texts.SCHOOLS if s.key == house.source_id), ())
        for area in areas:
            heads = [p.id for p in house.teachers if area in p.subjects]
            free = [ident for ident in heads if ident not in house.core_leaders]
            house.core_leaders += free[:1]
        if not areas:
            house.core_leaders = [p.id for p in house.teachers[-4:]]

    def school(self, key: str) -> House | None:
        """The school that a text names; None in a division of others."""
        return self._by_source.get(key)

    def leaders(self, house: House) -> list[int]:
        """Who may register a school's staff, the Principal first."""
        return [i for i in (house.principal, house.lead, *house.core_leaders) if i]

    def reserved(self) -> frozenset[int]:
        """Those with a part of their own, who facilitate nothing."""
        own = [ident for house in self.schools for ident in (house.lead, *house.core_leaders)]
        return frozenset((*own, *self.division, self.registered.id, self.unregistered.id))

    @property
    def registered(self) -> Player:
        """The teacher of Welcome's school who chooses early."""
        return self.home.teachers[-2]

    @property
    def unregistered(self) -> Player:
        """The teacher of Welcome's school who does not get round to it."""
        return self.home.teachers[-3]

    def expected(self) -> Iterable[Player]:
        """Everybody expected to register, school by school."""
        return (player for house in self.schools for player in house.teachers)
