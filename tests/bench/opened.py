"""The real program in a terminal, on a store made for measuring, signed in as one of its people."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from models.database import open_store
from models.people import person

from ..terminal import Terminal
from .build import PIN, Made

PROGRAM = [sys.executable, "-m", "tui"]


def command(made: Made) -> list[str]:
    """The command line that opens a store."""
    return [*PROGRAM, "--database", str(made.path)]


def name_of(made: Made, who: int) -> str:
    """Somebody's name."""
    store = open_store(str(made.path))
    try:
        name: str = store.read(person, who).name
    finally:
        store.close()
    return name


def email_of(made: Made, who: int) -> str:
    """Somebody's address, which nobody shares."""
    store = open_store(str(made.path))
    try:
        address: str = store.read(person, who).email
    finally:
        store.close()
    return address


@contextmanager
def at_welcome(made: Made, size: tuple[int, int] = (120, 40)) -> Iterator[Terminal]:
    """The program at Welcome, at rest."""
    with Terminal(command(made), size=size) as terminal:
        terminal.wait_for("sign in", seconds=30)
        terminal.rest(0.5)
        yield terminal


@contextmanager
def signed_in(made: Made, who: int, size: tuple[int, int] = (120, 40)) -> Iterator[Terminal]:
    """The program at somebody's Today, at rest."""
    with at_welcome(made, size) as terminal:
        sign_in(terminal, email_of(made, who))
        terminal.rest(0.8)
        yield terminal


def sign_in(terminal: Terminal, address: str) -> None:
    """From Welcome to Today, by keys."""
    terminal.send("i")
    terminal.wait_for("SIGN IN")
    terminal.rest(0.1)
    terminal.send(address)
    terminal.rest(0.3)
    terminal.send("enter")
    terminal.wait_for("forgot it?")
    terminal.rest(0.1)
    terminal.send(PIN)
    terminal.rest(0.1)
    terminal.send("enter")
    terminal.wait_for("TODAY", "sign out", seconds=20)
