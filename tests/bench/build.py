"""Stores of any size, made by plain inserts: people, schools, five years of communities and who was in
them.

Nothing of it goes through the program's operations, which would take hours at 270,000 people; the schema
is the program's own. Made once, then kept in a folder for throw-away files.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee as pw

from models import text
from models.access.pins import hash_pin
from models.clock import DEFAULT_ZONE, Clock
from models.communities import ACTIVITIES
from models.database import MIGRATIONS, open_store
from models.years import laid_out, year_of

YEARS = 5
STAFF = 47
"""People a school."""
REGISTERED, BEFORE = 0.55, 0.9
"""Shares of the staff in a community: this year, in the middle of Join, and in the years before."""
PIN = "739264"

GIVEN = [
    "Amara",
    "Wei",
    "Nicole",
    "Jordan",
    "Marie-Ève",
    "Olena",
    "Tomasz",
    "Priya",
    "Kwame",
    "Linh",
    "Rosa",
    "Ingrid",
    "Desta",
    "Farid",
    "Hana",
    "Iskwêw",
    "Jocelyn",
    "Kateri",
    "Leif",
    "Maeve",
    "Nadia",
    "Oskar",
    "Paige",
    "Quinn",
    "Rupinder",
    "Saoirse",
    "Thérèse",
    "Uche",
    "Vera",
    "Wren",
    "Xiomara",
    "Yusuf",
    "Zofia",
    "Aidan",
    "Brigitte",
    "Cem",
    "Dana",
    "Émile",
    "Freya",
    "Gwen",
]
FAMILY = [
    "Okafor",
    "Chen",
    "Bear",
    "Smith",
    "Dubois",
    "Kovalenko",
    "Nowak",
    "Sharma",
    "Mensah",
    "Nguyen",
    "Delgado",
    "Larsen",
    "Bekele",
    "Aziz",
    "Sato",
    "Whitecap",
    "Laframboise",
    "Cardinal",
    "Eriksson",
    "O'Brien",
    "Haddad",
    "Lindqvist",
    "Campbell",
    "Fraser",
    "Gill",
    "Walsh",
    "Bouchard",
    "Eze",
    "Petrov",
    "MacLeod",
    "Reyes",
    "Demir",
    "Wójcik",
    "Byrne",
    "Tremblay",
    "Yılmaz",
    "Schmidt",
    "Côté",
    "Olsen",
    "Price",
]
THEMES = [
    "Land-Based Learning",
    "Numeracy Talks",
    "Early French Literacy",
    "Makers & Coding",
    "Outdoor Learning",
    "Assessment for Learning",
    "Treaty Education",
    "Reading Together",
    "Band & Choir",
    "Science Inquiry",
    "Mental Health First",
    "English as an Additional Language",
    "Play-Based Learning",
    "Writing Workshop",
    "Physical Literacy",
    "Visual Arts",
    "Career Pathways",
    "Restorative Circles",
    "Data for Teaching",
    "Thinking Classrooms",
]
TURNS = [
    "in the Early Years",
    "in Grades 3 to 5",
    "in the Middle Years",
    "in Senior Classes",
    "across the School",
    "for Newcomers",
    "with Families",
    "beyond the Timetable",
    "in French Immersion",
    "through Story",
]
PRIORITIES = (
    "Literacy", "Numeracy", "Following Their Voices", "Mental health and well-being",
    "Graduation rates", "Early years", "Inclusive education", "Treaty education",
)  # fmt: skip
GRADES = ("K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
SUBJECTS = ("Mathematics", "Science", "English", "French", "Social Studies", "Arts", "Wellness")


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    name: str
    people: int
    communities: int
    """In each of the five years."""

    @property
    def schools(self) -> int:
        return max(2, self.people // STAFF)


SMALL = Size("2,700 people", 2_700, 200)
LARGE = Size("270,000 people", 270_000, 20_000)


@dataclass(frozen=True)
class Made:
    """A store, and some of the people in it."""

    path: Path
    principal: int
    """Of an elementary school, with staff that are in no community yet."""
    teacher: int
    """In no community yet."""
    member: int
    division: int
    facilitator: int


def made(size: Size) -> Made:
    """The store of that size, its Join open today; made when there is none."""
    folder = cache()
    sources = (Path(__file__), *sorted(MIGRATIONS.glob("0*.py")))
    mark = hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()[:10]
    on = Clock(DEFAULT_ZONE).today()
    path = folder / f"{size.people}-{year_of(on)}-{mark}.db"
    facts = path.with_suffix(".json")
    if not facts.exists():
        for old in folder.glob(f"{size.people}-*"):
            old.unlink()
        part = path.with_suffix(".part")
        people = _Builder(size, part, on).build()
        part.rename(path)
        facts.write_text(json.dumps(people))
    _open_join(path, on)
    return Made(path, **json.loads(facts.read_text()))


def cache() -> Path:
    """Where such stores are kept; nothing in it is worth keeping."""
    folder = Path(
        os.environ.get("COFP_BENCH_CACHE")
        or Path(tempfile.gettempdir()) / f"cofp-bench-{os.getuid()}"
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _open_join(path: Path, on: date) -> None:
    """Let Join be in its middle today, whatever day it is."""
    with contextlib.closing(pw.sqlite3.connect(str(path))) as db:
        db.execute(
            "UPDATE step_window SET opens = ?, closes = ? WHERE step = 'join' AND year_id = ?",
            (str(on - timedelta(days=2)), str(on + timedelta(days=3)), year_of(on)),
        )
        db.commit()


class _Builder:
    """Fills one store."""

    def __init__(self, size: Size, path: Path, on: date) -> None:
        self.size, self.path, self.on = size, path, on
        self.rng = random.Random(size.people)
        self.now = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
        self.year = year_of(on)
        self.db: Any = None
        self.community = 0
        self.people: dict[str, int] = {}
        self.names: list[str] = [""]
        self.missing: list[int] = []

    def build(self) -> dict[str, int]:
        """Everything, then the indexes; the ids of the people in `Made`."""
        self.path.unlink(missing_ok=True)
        store = open_store(str(self.path), flush=False)
        store.close()
        self.db = pw.sqlite3.connect(str(self.path), isolation_level=None)
        for words in ("journal_mode=memory", "synchronous=off", "cache_size=-200000"):
            self.db.execute(f"PRAGMA {words}")
        indexes = list(
            self.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''")
        )
        self.db.execute("BEGIN")
        for name, _ in indexes:
            self.db.execute(f"DROP INDEX {name}")
        self._fill()
        for _, sql in indexes:
            self.db.execute(sql)
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA journal_mode=wal")
        self.db.close()
        return self.people

    def _add(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ",".join("?" * len(columns.split()))
        sql = f"INSERT INTO {table} ({','.join(columns.split())}) VALUES ({marks})"
        self.db.executemany(sql, rows)

    def _fill(self) -> None:
        self._add("setting", "key value", [("division", "Prairie Wind School Division")])
        self._add("priority", "name level", [(name, "division") for name in PRIORITIES])
        self._schools()
        self._staff()
        for year in range(self.year - YEARS + 1, self.year + 1):
            self._one_year(year)
        self._roles()

    def _schools(self) -> None:
        rng = self.rng
        office = self.size.schools + 1
        self._add(
            "school",
            "id source_id name folded level latitude longitude active",
            (
                (i, f"S{i}", name, text.fold(name), "high" if i % 6 == 0 else "elementary",
                 50 + rng.random(), -104 - rng.random(), 1)
                for i in range(1, office)
                for name in [f"{FAMILY[i % 40]} {GIVEN[i // 40 % 40]} School {i // 1600 or ''}".strip()]
            ),
        )  # fmt: skip
        name = "Division Office"
        self._add(
            "school", "id source_id name folded level active",
            [(office, "OFFICE", name, text.fold(name), "office", 1)],
        )  # fmt: skip

    def _staff(self) -> None:
        def people() -> Iterator[tuple[Any, ...]]:
            for i in range(1, self.size.people + 1):
                given, family = self.rng.choice(GIVEN), self.rng.choice(FAMILY)
                place = (i - 1) % STAFF
                kind = {0: "administrator", 1: "aide"}.get(place, "teacher")
                school = min((i - 1) // STAFF, self.size.schools - 1) + 1
                if i > self.size.people - 3:
                    kind, school = "office", self.size.schools + 1
                name = f"{given} {family}"
                self.names.append(name)
                yield (
                    i, f"U{i}", given, family, name, text.fold(f"{family} {given}"), text.fold(name),
                    f"u{i}@division.example", kind, school, 1, kind == "teacher",
                )  # fmt: skip

        self._add(
            "person",
            "id source_id given family name sort_name folded email kind school_id active expected",
            people(),
        )
        self._add(
            "teaches",
            "person_id kind value said_by",
            (
                row
                for i in range(1, self.size.people - 2)
                for row in (
                    (i, "grade", GRADES[i % 13], "roster"),
                    (i, "subject", SUBJECTS[i % 7], "roster"),
                )
            ),
        )

    def _one_year(self, year: int) -> None:
        frame = laid_out(year)
        is_now = year == self.year
        published = f"{frame.windows[next(iter(frame.windows))].opens} 15:00:00"
        self._add("year", "id published_at", [(year, published)])
        self._add(
            "step_window", "year_id step opens closes",
            ((year, step.value, str(w.opens), str(w.closes)) for step, w in frame.windows.items()),
        )  # fmt: skip
        self._add(
            "half_day", "year_id held_on half required",
            ((year, str(h.on), h.half, h.required) for h in frame.half_days),
        )  # fmt: skip
        halves = list(
            self.db.execute(
                "SELECT id, held_on, half FROM half_day WHERE year_id = ? AND required", (year,)
            )
        )
        first = self.community + 1
        self.community += self.size.communities
        members = self._memberships(year, first, is_now)
        self._communities(year, first, members, is_now)
        idents = range(first, self.community + 1)
        self._add(
            "meeting", "community_id half_day_id held_on half place required",
            ((c, h, on, half, "library", 1) for c in idents for h, on, half in halves),
        )  # fmt: skip
        if not is_now:
            self._sessions(first)

    def _memberships(self, year: int, first: int, is_now: bool) -> dict[int, int]:
        """Who is where; the number of members by community."""
        rng, count = self.rng, self.size.communities
        at = str(self.now - timedelta(days=365 * (self.year - year)))
        taken: dict[int, int] = {}
        facilitators = set()
        rows: list[tuple[Any, ...]] = []
        for n in range(count):
            person = 3 + n * (self.size.people - 10) // count
            facilitators.add(person)
            rows.append((year, first + n, person, "facilitator", at, at[:10], "facilitates"))
        share = REGISTERED if is_now else BEFORE
        for person in range(1, self.size.people + 1):
            if person in facilitators:
                continue
            if rng.random() >= share:
                if is_now and (person - 1) % STAFF > 1:
                    self.missing.append(person)
                continue
            community = first + int(rng.triangular(0, count, count * 0.3))
            taken[community] = taken.get(community, 0) + 1
            rows.append((year, community, person, "member", at, at[:10], "self"))
        self._add("membership", "year_id community_id person_id role since registered_on how", rows)
        if is_now:
            self.people["facilitator"] = rows[0][2]
            self.people["member"] = next(
                r[2] for r in rows if r[3] == "member" and (r[2] - 1) % STAFF > 1
            )
            self._add(
                "operation", "op action actor_id at receipt",
                ((f"op{r[2]}", "join.join", r[2], at, '["You are in.", 1, {}]') for r in rows),
            )  # fmt: skip
            self._add(
                "journal", "op at happened_on actor_id action person_id community_id what",
                ((f"op{r[2]}", at, at[:10], r[2], "join.join", r[2], r[1], "{}") for r in rows),
            )  # fmt: skip
            self._add(
                "notice", "person_id kind words from_id at",
                ((p, "reminder", "Please choose a community by Friday.", 1, at)
                 for p in self.missing[::3]),
            )  # fmt: skip
        return taken

    def _communities(self, year: int, first: int, members: dict[int, int], is_now: bool) -> None:
        rng, size = self.rng, self.size
        rows, tags, search, waiting = [], [], [], []
        for n in range(size.communities):
            ident = first + n
            theme, turn = THEMES[n % 20], TURNS[n // 20 % 10]
            host = n * 7 % size.schools + 1
            who = f"{FAMILY[host % 40]} {GIVEN[host // 40 % 40]}"
            title = f"{theme} {turn} ({who} {n // 200 + 1})" if n >= 200 else f"{theme} {turn}"
            question = f"How does {theme.lower()} change what students can do {turn}?"
            description = (
                f"We meet to plan, try and compare {theme.lower()} {turn}. Each of us brings one thing "
                f"from the classroom, we look at it together, and everyone leaves with a next step. "
                f"Our home is {who} School, where number {n} hangs on the door."
            )
            in_it = members.get(ident, 0)
            capacity = in_it if n % 25 == 3 and in_it else max(20, in_it + 3)
            audience = ("any", "elementary", "any", "high")[n % 4]
            words = ("Everyone", "Grades K–5", "Grades 6–9", "Grades 9–12")[n % 4]
            rows.append(
                (ident, year, title, text.fold(title), description, question, audience, words,
                 f"{who}, library", host, capacity, in_it)
            )  # fmt: skip
            found = (
                ("priority", PRIORITIES[n % 8]), ("activity", list(ACTIVITIES)[n % 9]),
                ("grade", GRADES[n % 13]), ("grade", GRADES[(n + 1) % 13]),
                ("subject", SUBJECTS[n % 7]),
            )  # fmt: skip
            tags += [(ident, kind, value) for kind, value in found]
            lead = self.names[3 + n * (size.people - 10) // size.communities]
            parts = (title, question, words, f"{who}, library", description)
            folded = text.fold(" ".join((*parts, *(value for _, value in found), lead)))
            search.append((ident, year, text.fold(title), folded))
            if is_now and capacity == in_it:
                waiting += [
                    (year, ident, self.missing[(n * 13 + k) % len(self.missing)]) for k in (0, 1)
                ]
        self._add(
            "community",
            "id year_id title sort_title description question audience audience_words place "
            "place_school_id capacity taken",
            rows,
        )
        self._add("community_tag", "community_id kind value", tags)
        self._add("community_search", "community_id year_id sort_title folded", search)
        once = {person: (y, c, person, str(self.now)) for y, c, person in waiting}
        self._add("waiting", "year_id community_id person_id asked_at", once.values())
        kept = ((rng.choice(self.missing or [1]), first + n) for n in range(size.communities))
        self._add("favourite", "person_id community_id", set(kept))

    def _sessions(self, first: int) -> None:
        """A past year's notes of every fourth meeting, and what was decided there."""
        meetings = list(
            self.db.execute(
                "SELECT id, community_id FROM meeting WHERE community_id >= ? AND id % 4 = 0",
                (first,),
            )
        )
        body = "## What we tried\n" + "Three schools walked their creek with their classes. " * 9
        at = str(self.now - timedelta(days=200))
        self._add(
            "session_note",
            "meeting_id body version written_by written_at published_body published_at",
            ((m, body, 2, 3, at, body, at) for m, _ in meetings),
        )
        self._add(
            "next_action", "community_id meeting_id words owner_id due done_on",
            ((c, m, "Draft the shared inventory", 3, at[:10], at[:10]) for m, c in meetings),
        )  # fmt: skip

    def _roles(self) -> None:
        size = self.size
        self._add(
            "appointment", "person_id role school_id year_id source",
            (
                row
                for school in range(1, size.schools + 1)
                for row in (
                    ((school - 1) * STAFF + 1, "principal", school, None, "roster"),
                    ((school - 1) * STAFF + 4, "core_leader" if school % 6 == 0 else "lead",
                     school, self.year, "person"),
                )
            ),
        )  # fmt: skip
        office = range(size.people - 2, size.people + 1)
        self._add(
            "appointment", "person_id role source", ((p, "division", "person") for p in office)
        )
        self.people["division"] = office[0]
        self.people["principal"] = 1 + STAFF
        self.people["teacher"] = next(p for p in self.missing if p > 2 * STAFF and p % 3)
        self._add(
            "notice",
            "person_id kind words from_id at",
            (
                (1 + STAFF, "request", f"A note of the day, the {n}th.", office[0], str(self.now))
                for n in range(4, 9)
            ),
        )
        hashed = hash_pin(PIN)
        self._add(
            "credential", "person_id hashed set_at failures",
            ((p, hashed, str(self.now), 0) for p in set(self.people.values())),
        )  # fmt: skip
