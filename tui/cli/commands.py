"""What each command does: opens the store that is meant, asks `models`, prints the answer."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from models.database import Store, open_store
from models.errors import CofpError

from .output import complain, note
from .parser import Usage

Command = Callable[[Store, Namespace], int]

EVERYDAY = {
    "roster": "bring_in:roster",
    "offerings": "bring_in:offerings",
    "year": "years:year",
    "appoint": "people:appoint",
    "school": "people:school_level",
    "set": "upkeep:set_value",
    "settings": "upkeep:settings",
    "unregistered": "people:unregistered",
    "today": "people:today_page",
    "code": "people:code",
    "news": "people:news",
    "check": "upkeep:check",
    "backup": "upkeep:backup",
    "upgrade": "upkeep:upgraded",
}
"""The commands that work in an open store, as module:function; imported when wanted, since the
screens shall not wait for them."""

_ROSTER = "COFP_SAMPLE_ROSTER"
"""The variable that carries a sample's roster over to the process that follows."""


def run(chosen: Namespace) -> int:
    """Do what was asked for; returns the exit code. Raises CofpError and Usage."""
    # What is imported so far stays; looking through it again would cost as much as opening a store.
    gc.freeze()
    gc.enable()
    if chosen.command == "sample":
        return _sample(chosen)
    url = chosen.database or os.environ.get("COFP_DATABASE") or str(default_path())
    if chosen.command in (None, "kiosk"):
        _need_terminal()
        from tui import terminal

        # Once somebody has signed out there is a store; an empty one in its place would be a loss.
        try:
            store = open_store(url, create=not terminal.is_again())
        except CofpError:
            terminal.restore(terminal.settings())
            raise
        return _screens(store, chosen.arguments, kiosk=chosen.command == "kiosk")
    if chosen.command == "init":
        from . import bring_in

        return bring_in.init(url, chosen)
    if chosen.command == "restore":
        from . import upkeep

        upkeep.restore(url, chosen)
        return _in(open_store(url, create=False), "check", chosen)
    if chosen.command == "upgrade":
        return _in(open_store(url, create=False, upgrade=True), chosen.command, chosen)
    return _in(open_store(url, create=False), chosen.command, chosen)


def default_path() -> Path:
    """The database of whoever runs the program, in their own data folder."""
    from platformdirs import user_data_path

    return user_data_path("cofp") / "cofp.db"


def _in(store: Store, name: str, chosen: Namespace) -> int:
    """Do a command in a store, and close it."""
    module, _, function = EVERYDAY[name].partition(":")
    try:
        command: Command = getattr(import_module(f".{module}", __package__), function)
        if store.warning:
            complain(store.warning)
        return command(store, chosen)
    finally:
        store.close()


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Usage("the screens need a terminal; for plain text see: cofp --help")


def _screens(store: Store, arguments: list[str], *, kiosk: bool) -> int:
    if store.warning:
        complain(store.warning)
    # Nothing that is imported from here on is ever thrown away; the screens collect when nobody types.
    gc.disable()
    from tui.app import run as run_screens

    return run_screens(store, kiosk=kiosk, argv=arguments)


# -- the sample ------------------------------------------------------------------------------------


def _sample(chosen: Namespace) -> int:
    inner = getattr(chosen, "inner", None)
    if inner in (None, "kiosk"):
        _need_terminal()
    from models.sample.files import DEFAULT_ON, open_sample

    on: date = getattr(chosen, "inner_on", None) or chosen.on or DEFAULT_ON
    roster = _sample_roster(chosen.roster)
    store = open_sample(on, roster, fresh=chosen.fresh, say=note)
    if inner in (None, "kiosk"):
        again = ["sample", "--on", on.isoformat(), *([inner] if inner else [])]
        return _screens(store, again, kiosk=inner == "kiosk")
    return _in(store, inner, chosen)


def _sample_roster(given: Path | None) -> Path | None:
    """The roster asked for; signing out and travelling in time keep it."""
    if given is not None:
        os.environ[_ROSTER] = str(given.absolute())
    kept = os.environ.get(_ROSTER, "")
    return Path(kept) if kept else None


__all__ = ["EVERYDAY", "default_path", "run"]
