"""`set`, `settings`, `check`, `backup`, `restore` and `upgrade`: looking after the store."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import fields
from pathlib import Path

from models import drivers, journal, promote
from models.database import Settings, Store, engines
from models.errors import StoreError
from models.journal import Actor
from models.words import day_year

from .output import say, table

OPERATORS_OWN = ("sample_on", "clock_accepted")
"""Settings that no `set` changes."""


def set_value(store: Store, chosen: Namespace) -> int:
    """Change a setting."""
    say(promote.set_division(store, Actor.operator(), chosen.key, chosen.value).words)
    return 0


def settings(store: Store, _chosen: Namespace) -> int:
    """Show every setting."""
    default = Settings()
    rows = []
    for field in fields(Settings):
        if field.name in OPERATORS_OWN:
            continue
        value = getattr(store.settings, field.name)
        was = "" if value == getattr(default, field.name) else "set"
        rows.append((field.name, str(value) or "–", was))
    table(("Setting", "Value", ""), rows)
    return 0


def check(store: Store, chosen: Namespace) -> int:
    """Look whether the store is well; exit code 1 when something is not."""
    if getattr(chosen, "accept_clock", False):
        say(journal.accept_clock(store))
    well = True
    for what, is_well, words in engines.check(store):
        well &= is_well
        say(f"{'well ' if is_well else 'WRONG'}  {what}: {words}")
    last = store.read(journal.last_written)
    now = store.clock.now()
    behind = last is not None and journal.is_behind(store.settings, now, last)
    well &= not behind
    said = f"today is {day_year(store.clock.day_of(now))}"
    if behind and last is not None:
        said += (
            f", but the journal goes on to {day_year(store.clock.day_of(last))}: set the clock "
            "right, or run: cofp check --accept-clock"
        )
    say(f"{'WRONG' if behind else 'well '}  Clock: {said}")
    say(f"{store.where} is well." if well else f"{store.where} is not well.")
    return 0 if well else 1


def backup(store: Store, chosen: Namespace) -> int:
    """Copy the store into a file."""
    target = chosen.file.expanduser()
    engines.backup(store, target, overwrite=chosen.overwrite)
    say(f"Backed up to {target.absolute()}, and checked.")
    return 0


def restore(url: str, chosen: Namespace) -> None:
    """Put a backup in the database's place, before anything is opened."""
    from models.database import restoring

    if drivers.is_postgres(url):
        raise StoreError("A PostgreSQL database is brought back with pg_restore, not with this.")
    source = chosen.file.expanduser()
    aside = restoring.restore(Path(url).expanduser(), source)
    if aside is not None:
        say(f"What was there is kept as {aside}.")
    say(f"{source.absolute()} is in its place now.")


def upgraded(store: Store, _chosen: Namespace) -> int:
    """Say that the store has this program's form; opening it has seen to that."""
    say(f"{store.where} has this program's form.")
    return 0
