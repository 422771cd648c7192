"""A small division for the tests, brought about by the program's own operations where it has them."""

from __future__ import annotations

from dataclasses import dataclass, field

from models import join, promote, review, submit, text
from models.communities import CommunityRow
from models.database import Store
from models.journal import Actor
from models.people import PersonRow, SchoolRow

from . import kept
from .conftest import set_clock


@dataclass
class Division:
    """Ids by the names that tests speak of."""

    store: Store
    schools: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    communities: dict[str, int] = field(default_factory=dict)

    def in_store(self, store: Store) -> Division:
        """The same names in a store that holds the same rows."""
        return Division(store, dict(self.schools), dict(self.people), dict(self.communities))

    def actor(self, name: str) -> Actor:
        """A fresh operation of that person."""
        return Actor(self.people[name])

    def join(self, name: str, community: str) -> None:
        join.join(self.store, self.actor(name), self.communities[community])

    def taken(self, community: str) -> int:
        found: int = self.store.read(
            lambda: CommunityRow.get_by_id(self.communities[community]).taken
        )
        return found


def add_school(store: Store, name: str, level: str = "elementary") -> int:
    """A school, straight into the store (the roster's own tests bring schools in for real)."""
    ident: int = store.unit(
        lambda: SchoolRow.insert(
            source_id=name, name=name, folded=text.fold(name), level=level, active=True
        ).execute()
    )
    return ident


def add_person(store: Store, name: str, school: int, kind: str = "teacher", **more: object) -> int:
    """A member of staff, straight into the store."""
    given, _, family = name.partition(" ")
    row = {
        "source_id": name, "given": given, "family": family, "name": name,
        "sort_name": text.fold(f"{family} {given}"), "folded": text.fold(name),
        "email": f"{text.fold(name).replace(' ', '.')}@school.example", "kind": kind, "school": school,
        "active": True, "expected": kind == "teacher", **more,
    }  # fmt: skip
    ident: int = store.unit(lambda: PersonRow.insert(**row).execute())
    return ident


_PLAYED: dict[tuple[bool, int, bool], tuple[kept.Rows, Division]] = {}
"""What was played by engine, members and whether published: each is played once a process."""


def division(store: Store, *, members: int = 6, published: bool = True) -> Division:
    """Two schools and the office, a person for each role, three communities; the join week's Tuesday.

    Land-Based Learning has 2 places, Numeracy Talks 10, Band & Choir 3. Teachers are called
    “Teacher One” … at Argyle (elementary, Principal “Paula Principal”, Lead “Lea Lead”) and
    “High One” … at Balfour (high, Core Leader “Cora Core”, Principal “Hugo Head”).

    Played the first time, and for the next empty store taken from there, row by row.
    """
    which = (store.path is not None, members, published)
    is_empty = kept.is_empty(store)
    if is_empty and which in _PLAYED:
        rows, first = _PLAYED[which]
        kept.put(store, rows)
        set_clock(store, 2026, 9, 22)
        return first.in_store(store)
    made = played(store, members=members, published=published)
    if is_empty:
        _PLAYED[which] = (kept.take(store), made.in_store(store))
    return made


def played(store: Store, *, members: int = 6, published: bool = True) -> Division:
    """The same by the operations themselves."""
    made = Division(store)
    set_clock(store, 2026, 6, 2)
    promote.lay_out(store, Actor.operator(), 2026)
    made.schools = {
        "Argyle": add_school(store, "Argyle School"),
        "Balfour": add_school(store, "Balfour Collegiate", "high"),
        "Office": add_school(store, "Division Office", "office"),
    }
    for name, school, kind in (
        ("Dana Division", "Office", "office"), ("Drew Division", "Office", "office"),
        ("Paula Principal", "Argyle", "administrator"), ("Adam Admin", "Argyle", "administrator"),
        ("Hugo Head", "Balfour", "administrator"), ("Lea Lead", "Argyle", "teacher"),
        ("Cora Core", "Balfour", "teacher"), ("Fay Facilitator", "Argyle", "teacher"),
        ("Finn Facilitator", "Balfour", "teacher"), ("Bo Band", "Balfour", "teacher"),
        *((f"Teacher {n}", "Argyle", "teacher") for n in numbers(members)),
        *((f"High {n}", "Balfour", "teacher") for n in numbers(members)),
    ):  # fmt: skip
        made.people[name] = add_person(store, name, made.schools[school], kind)
    for role, name in (
        ("division", "Dana Division"), ("division", "Drew Division"), ("principal", "Paula Principal"),
        ("administrator", "Adam Admin"), ("principal", "Hugo Head"), ("lead", "Lea Lead"),
        ("core_leader", "Cora Core"),
    ):  # fmt: skip
        promote.appoint(store, Actor.operator(), role, made.people[name])
    for title, who, capacity, level in (
        ("Land-Based Learning", "Fay Facilitator", 2, "any"),
        ("Numeracy Talks", "Finn Facilitator", 10, "any"),
        ("Band & Choir", "Bo Band", 3, "any"),
    ):
        wish = submit.Proposal(
            title, f"All about {title}.", (made.people[who],), question=f"How does {title} help?",
            audience=level, capacity=capacity, place="Argyle library",
            place_school_id=made.schools["Argyle"], priorities=("Literacy",),
            activities=("sharing",), grades=("1", "2"),
        )  # fmt: skip
        sent = submit.submit(store, made.actor(who), wish)
        review.approve(store, made.actor("Dana Division"), sent.id or 0)
    if published:
        set_clock(store, 2026, 9, 17)
        review.publish(store, made.actor("Dana Division"))
        made.communities = store.read(lambda: {row.title: row.id for row in CommunityRow.select()})
    set_clock(store, 2026, 9, 22)
    return made


def numbers(most: int) -> list[str]:
    """“One”, “Two”, … as many as asked for."""
    names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
    return [names[n] if n < len(names) else f"N{n + 1}" for n in range(most)]
