"""`init`, `roster import`, `offerings import` and `publish`: a preview first, then all or nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from models import join, review
from models import roster as rosters
from models.database import Store, open_store
from models.drivers import is_postgres
from models.errors import CofpError, Conflict, Refused
from models.journal import Actor
from models.offerings import (
    import_offerings,
    plan_offerings,
    read_offerings,
    waits_for_publishing,
)
from models.roster import Opening, Roster, RosterPlan
from models.today import frame
from models.years import year_of

from .output import complain, say

SHOWN = 12
"""Rows of each sort that a preview lists."""


class _Planned(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def reason(self) -> str: ...


# -- a new division --------------------------------------------------------------------------------


def init(url: str, chosen: Namespace) -> int:
    """Set a division up; a file that could not be filled is not left behind."""
    read = rosters.read_roster(chosen.roster)
    path = None if is_postgres(url) else Path(url).expanduser()
    is_new = path is not None and not path.exists()
    store = open_store(url)
    try:
        _fill(store, read, chosen)
    except CofpError as error:
        store.close()
        # A conflict says that somebody else filled it meanwhile: it is theirs.
        if path is not None and is_new and not isinstance(error, Conflict):
            _remove(path)
        raise
    store.close()
    return 0


def _fill(store: Store, roster: Roster, chosen: Namespace) -> None:
    today = store.clock.today()
    if store.read(frame, None, today).year is not None or store.read(_has_people):
        raise Conflict(
            f"{store.where} holds {store.settings.division} already. "
            "Bring a new roster in with: cofp roster import"
        )
    plan = store.read(rosters.plan_roster, roster)
    _show_refused(plan.refused)
    if plan.refused and not chosen.accept_refused:
        raise _refusal(len(plan.refused))
    opening = Opening(chosen.division, chosen.year or year_of(today))
    done = rosters.import_roster(
        store, Actor.operator(), roster, accept_refused=chosen.accept_refused, opening=opening
    )
    store.reload_settings()
    say(f"{store.settings.division} is set up in {store.where}.")
    say(done.words)
    _say_notes(plan)
    say("Next, so that somebody of the division can sign in and go on from there:")
    say("  cofp appoint division WHO")
    say("  cofp code WHO")


def _has_people() -> bool:
    from models.people import schools

    return bool(schools(with_office=True))


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", ".gate"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


# -- roster ----------------------------------------------------------------------------------------


def roster(store: Store, chosen: Namespace) -> int:
    """`roster import`: the preview, then the import unless it is a dry run."""
    read = rosters.read_roster(chosen.file)
    plan = store.read(rosters.plan_roster, read)
    _show_roster(plan)
    would = ""
    if plan.refused and not chosen.accept_refused:
        would = str(_refusal(len(plan.refused)))
    elif plan.needs_yes and not chosen.yes:
        would = f"{plan.needs_yes} Nothing was changed. Confirm it with --yes if that is right."
    if chosen.dry_run:
        say("A dry run: nothing was changed.")
        return _would_fail(would)
    if would:
        raise Refused(would)
    if plan.is_nothing:
        return 0
    done = rosters.import_roster(
        store, Actor.operator(), read, accept_refused=chosen.accept_refused, yes=chosen.yes
    )
    say(f"Brought in. {done.words}")
    if done.facts["gone"]:
        freed = join.release_gone(store, Actor.operator())
        if freed.facts["places"]:
            say(freed.words)
    return 0


def _show_roster(plan: RosterPlan) -> None:
    say(f"{plan.source_name}, OneRoster {plan.version}: {plan.words}")
    # On the first import the added ones are everybody; later they are the interesting ones.
    for title, rows in (
        ("Added", plan.added if plan.unchanged else ()),
        ("Changed", plan.changed),
        ("Gone", plan.gone),
    ):
        for row in rows[:SHOWN]:
            say(f"  {title}: {row.name} ({row.reason})")
        _say_more(len(rows))
    _show_refused(plan.refused)
    _say_notes(plan)


def _say_notes(plan: RosterPlan) -> None:
    for words in plan.notes:
        say(f"  Note: {words}")


def _show_refused(rows: Sequence[_Planned]) -> None:
    for row in rows[:SHOWN]:
        say(f"  Refused: {row.file} line {row.line:,}: {row.reason}")
    _say_more(len(rows))


def _say_more(number: int) -> None:
    if number > SHOWN:
        say(f"  … and {number - SHOWN:,} more")


def _refusal(number: int) -> Refused:
    rows = "1 row" if number == 1 else f"{number:,} rows"
    return Refused(
        f"{rows} cannot be taken in; nothing was changed.",
        None,
        "Correct the file, or bring the rest in with --accept-refused.",
    )


def _would_fail(why: str) -> int:
    if why:
        complain(f"As it is it would be refused: {why}")
        return 1
    return 0


# -- offerings -------------------------------------------------------------------------------------


def offerings(store: Store, chosen: Namespace) -> int:
    """`offerings import` and `offerings publish`."""
    if chosen.what == "publish":
        return _publish(store)
    sheet = read_offerings(chosen.file)
    on = store.clock.today()
    plan = store.read(plan_offerings, sheet, on)
    say(f"{plan.source_name}: {plan.words}")
    for title, rows in (("Added", plan.added), ("Changed", plan.changed)):
        for row in rows[:SHOWN]:
            say(f"  {title}: {row.title} ({row.words})")
        _say_more(len(rows))
    _show_refused(plan.refused)
    for words in plan.notes:
        say(f"  Note: {words}")
    would = ""
    if plan.refused and not chosen.accept_refused:
        would = str(_refusal(len(plan.refused)))
    if chosen.dry_run:
        say("A dry run: nothing was changed.")
        return _would_fail(would)
    if would:
        raise Refused(would)
    if not plan.is_nothing:
        done = import_offerings(
            store, Actor.operator(), sheet, accept_refused=chosen.accept_refused
        )
        say(f"Brought in. {done.words}")
    if not chosen.publish:
        if not plan.is_nothing:
            say("Nobody sees them yet. When they are right: cofp offerings publish")
        return 0
    if plan.is_nothing and not store.read(waits_for_publishing, on):
        say("All of them are out already.")
        return 0
    return _publish(store)


def _publish(store: Store) -> int:
    say(review.publish(store, Actor.operator()).words)
    return 0
