"""`appoint`, `school`, `code`, `news`, `today` and `unregistered`: commands about people."""

from __future__ import annotations

import csv
import io
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from models import access, join, promote, today
from models.database import Store
from models.errors import Refused, StoreError
from models.journal import Actor
from models.people import OPERATOR, find_person, find_school
from models.words import count, day, day_year
from models.years import Step, Year, year_on

from .output import defused, give_up, is_heard, say, table


def appoint(store: Store, chosen: Namespace) -> int:
    """Give somebody a role, or take it back."""
    who = store.read(find_person, chosen.who)
    school = store.read(find_school, chosen.school).id if chosen.school else None
    role = chosen.role.replace("-", "_")
    done = promote.appoint(store, Actor.operator(), role, who.id, school, given=not chosen.remove)
    say(done.words)
    return 0


def school_level(store: Store, chosen: Namespace) -> int:
    """Say what kind of school it is."""
    found = store.read(find_school, chosen.school)
    say(promote.set_level(store, Actor.operator(), found.id, chosen.level).words)
    return 0


def code(store: Store, chosen: Namespace) -> int:
    """Print an enrolment code, once; none is made where nobody would see it."""
    who = store.read(find_person, chosen.who)
    if not is_heard():
        raise Refused("Nobody reads what is printed, so no code was made.", None,
                      "Run it on a terminal, or into a file.")  # fmt: skip
    done = access.make_code(store, Actor.operator(), who.id)
    until = date.fromisoformat(done.facts["until"])
    try:
        say(done.facts["code"])
        say(f"For {who.label}: good once, until {day_year(until)}. "
            "With it they choose their own PIN.")  # fmt: skip
        sys.stdout.flush()
    except OSError as error:
        give_up()
        raise StoreError(
            f"The code for {who.name} was made but could not be printed ({error.strerror}). "
            "Make another one: then this one is void."
        ) from error
    return 0


def news(store: Store, chosen: Namespace) -> int:
    """Tell everyone something."""
    say(promote.post_news(store, Actor.operator(), chosen.words).words)
    return 0


def today_page(store: Store, chosen: Namespace) -> int:
    """Print somebody's Today page."""
    who = store.read(find_person, chosen.who)
    page = store.read(today.today, who.id, store.clock.today())
    for words in today.plain_lines(page):
        say(words)
    return 0


# -- unregistered ----------------------------------------------------------------------------------


def unregistered(store: Store, chosen: Namespace) -> int:
    """List who is expected and in no community, of one school or of all, worst school first."""
    year = store.read(year_on, store.clock.today())
    school = store.read(find_school, chosen.school) if chosen.school else None
    of = join.Which(OPERATOR, year, store.clock.today(), school.id if school else None)
    rows = store.read(_missing, of)
    if chosen.format == "json":
        say(json.dumps([_fields(row) for row in rows], ensure_ascii=False, indent=2))
    elif chosen.format == "csv":
        _print_csv(rows)
    else:
        far = store.read(join.progress, year.id, school.id if school else None)
        _print_table(rows, far, school.name if school else store.settings.division, year)
    return 0


def _missing(of: join.Which) -> list[join.UnregisteredLine]:
    """Everybody missing; a school after the other, as Division Personnel see them."""
    rows = list(_all_pages(of))
    lines = join.schools_progress(of.viewer, of.year, of.on)
    order = {line.id: place for place, line in enumerate(lines)}
    return sorted(rows, key=lambda row: (order.get(row.school_id, len(order)), row.key))


def _all_pages(of: join.Which) -> Iterator[join.UnregisteredLine]:
    after = None
    while True:
        page = join.unregistered(of, after=after, limit=500)
        yield from page.rows
        if not page.more:
            return
        after = page.rows[-1].key


def _fields(row: join.UnregisteredLine) -> dict[str, str | None]:
    return {
        "name": row.name,
        "school": row.school,
        "role": row.role,
        "email": row.email,
        "last_year": row.last_year or None,
        "waits_for": row.waits_for or None,
        "reminded_utc": row.reminded_at.isoformat(" ", "minutes") if row.reminded_at else None,
    }


def _print_csv(rows: list[join.UnregisteredLine]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(join.COLUMNS)
    for row in rows:
        fields = _fields(row)
        writer.writerow([defused(fields[name] or "") for name in join.COLUMNS])
    say(out.getvalue().rstrip("\n"))


def _print_table(
    rows: list[join.UnregisteredLine], far: join.Progress, whose: str, year: Year
) -> None:
    closes = day(year.window(Step.JOIN).closes)
    say(f"{whose}, {year.label}: {far.registered:,} of {far.expected:,} registered · "
        f"Join closes {closes}")  # fmt: skip
    if not rows:
        say("Everybody who is expected is in a community." if far.expected
            else "Nobody is expected to register yet.")  # fmt: skip
        return
    say(f"{count(len(rows), 'person is', 'people are')} in no community:")
    table(
        ("Name", "School", "Role", "Last year", "E-mail"),
        [(r.name, r.school, r.role, r.last_year or "–", r.email) for r in rows],
    )
