"""The command line: `cofp` and its commands; Textual is imported only when a screen is wanted."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from models.drivers import only_for
from models.errors import CofpError

from .output import complain, give_up

REFUSED, USAGE, STOPPED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code: 0, 1 (refused or failed) or 2 (usage)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if any("\ud800" <= char <= "\udfff" for argument in arguments for char in argument):
        complain("what was typed is not UTF-8; type it on a terminal that is.")
        return USAGE
    # What is imported stays: looking through it for what could be thrown away is a tenth of the start.
    gc.disable()
    # Peewee imports every database driver that is installed, unless it is kept from it.
    with only_for(_url_in(arguments)):
        from . import commands, parser
    try:
        try:
            chosen = parser.parse(arguments)
            code = commands.run(chosen)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read has enough; nothing is left to be written at exit either.
            give_up()
            return REFUSED
    except parser.Usage as error:
        complain(str(error))
        return USAGE
    except CofpError as error:
        complain(str(error))
        return REFUSED
    except KeyboardInterrupt:
        complain("Stopped; what was not yet said to be done was not done.")
        return STOPPED
    except OSError as error:
        complain(f"{error.filename or 'The output'}: {error.strerror}.")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the outermost edge: no traceback before a person
        complain(f"Something went wrong inside the program ({_where(error)}). Please report this.")
        return REFUSED
    return code


def _url_in(arguments: Sequence[str]) -> str:
    """The address that a command line will mean, before it is looked at properly."""
    for place, argument in enumerate(arguments):
        if argument == "--database":
            return arguments[place + 1] if place + 1 < len(arguments) else ""
        if argument.startswith("--database="):
            return argument.partition("=")[2]
    return os.environ.get("COFP_DATABASE", "")


def _where(error: Exception) -> str:
    """The kind of an error and its place, without what it says: that may be somebody's data."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        place = f"{file.parent.name}/{file.name} line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}, {place}"
