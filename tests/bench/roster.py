"""Bringing a real-sized roster in, against `csv` merely reading its files."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from models.database import open_store
from models.journal import Actor
from models.promote import lay_out
from models.roster import import_roster, plan_roster, read_roster

from ..roster_files import LittleRoster
from .build import FAMILY, GIVEN
from .figures import LEAST_RUNS, Figure, median

PART = "roster"
SCHOOLS, STAFF, STUDENTS = 57, 2_657, 27_454


def measure(runs: int = LEAST_RUNS) -> Iterator[Figure]:
    """Both versions of OneRoster; each import into a new store, flushed as always."""
    with tempfile.TemporaryDirectory(prefix="cofp-bench-") as folder:
        for version in ("1.1", "1.2"):
            path = _roster(version, Path(folder) / f"roster-{version}.zip")
            ours, plain = [], []
            for run in range(runs):
                ours.append(_imported(path, Path(folder) / f"{version}-{run}.db"))
                plain.append(_read(path))
            mine, least = median(ours), median(plain)
            name = f"import of OneRoster {version} ÷ csv reading it"
            words = f"{mine * 1000:.0f} ms; csv {least * 1000:.0f} ms; {STAFF:,} staff, {STUDENTS:,} students"
            yield Figure(PART, name, mine / least, "", 6, False, words)


def _imported(path: Path, target: Path) -> float:
    """Seconds from the file to the commit: read, compared, compared again inside, written."""
    store = open_store(str(target))
    lay_out(store, Actor.operator(), 2026)
    begun = perf_counter()
    roster = read_roster(path)
    store.read(plan_roster, roster)
    import_roster(store, Actor.operator(), roster)
    seconds = perf_counter() - begun
    store.close()
    return seconds


def _read(path: Path) -> float:
    begun = perf_counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as raw:
                for _ in csv.reader(io.TextIOWrapper(raw, "utf-8", newline="")):
                    pass
    return perf_counter() - begun


def _roster(version: str, path: Path) -> Path:
    """A division as large as a real one, of invented people."""
    rng = random.Random(57)
    made = LittleRoster(version)
    made.files["orgs"] = made.files["orgs"][:1]
    schools = [f"S{n}" for n in range(1, SCHOOLS + 1)]
    for n, school in enumerate(schools):
        made.put(
            "orgs",
            {"sourcedId": school, "name": f"{FAMILY[n % 40]} {n} School", "type": "school",
             "parentSourcedId": "D1"},
        )  # fmt: skip
    for n in range(STAFF):
        school = schools[n % SCHOOLS]
        head = "principal" if version == "1.2" else "administrator"
        kind = head if n < SCHOOLS else "teacher"
        made.person(f"T{n}", _name(rng), kind, (school,), phone="555-0100", password="x")
    for n in range(STUDENTS):
        grade = f"{rng.randint(1, 8):02d}"
        made.person(f"P{n}", _name(rng), "student", (schools[n % SCHOOLS],), grades=grade)
    return made.zip(path)


def _name(rng: random.Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
