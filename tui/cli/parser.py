"""What may be written after `cofp`: commands and options, and what each of them is for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from models.years import HalfDay, Step, Window

EPILOG = (
    "These commands are the operator's: they ask nobody for a PIN, since whoever can open the "
    "database has everything in it. Everybody else works on the screens."
)
ROLES = ("principal", "administrator", "lead", "core-leader", "division")


_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Usage(Exception):
    """The command line was not understood; one line that says why."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Usage(f"{message}. Try: {self.prog} --help")


class _Version(argparse.Action):
    """Looked up when asked for only: that takes as long as the rest of the parser."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"cofp {_version()}\n")
        parser.exit(0)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Understand a command line; raises Usage, or SystemExit after --help and --version."""
    opening = _opening(arguments)
    if opening is not None:
        return opening
    parser = _Parser(
        prog="cofp",
        description="Runs a school division's Communities of Practice through the year, in a "
        "terminal. Without a command it opens the screens.",
        epilog=EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--database",
        metavar="PATH-or-URL",
        help="a file, or postgresql://… (else COFP_DATABASE, else your own data folder)",
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = _commands(parser)
    _add_setting_up(commands)
    _add_everyday(commands, in_sample=False)
    _add_sample(commands, with_commands="sample" in arguments)
    chosen = parser.parse_args(list(arguments))
    chosen.arguments = list(arguments)
    if chosen.database == "":
        raise Usage("--database needs a file or a URL.")
    if chosen.command == "sample" and chosen.database is not None:
        raise Usage("the sample has files of its own; leave --database out.")
    if chosen.command == "today" and chosen.on is not None:
        raise Usage("only a sample can stand on another day: cofp sample --on DATE today --as WHO")
    return chosen


def _opening(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The command line that only opens a database, as every terminal's does; None for any other.

    Making the parser of all commands takes 10 ms, which is much of a start.
    """
    match list(arguments):
        case []:
            database = None
        case ["--database", str(database)] if database and not database.startswith("-"):
            pass
        case _:
            return None
    return argparse.Namespace(command=None, database=database, arguments=list(arguments))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cofp")
    except PackageNotFoundError:
        # Run from its source, as `make run` does.
        import tomllib

        project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
        return str(project["version"])


def _commands(parser: argparse.ArgumentParser, dest: str = "command") -> Any:
    return parser.add_subparsers(
        dest=dest, metavar="COMMAND", title="commands", parser_class=_Parser, prog=parser.prog
    )


def _add(commands: Any, name: str, words: str, **more: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}.",
        epilog=EPILOG,
        allow_abbrev=False,
        **more,
    )
    return made


def _add_setting_up(commands: Any) -> None:
    init = _add(commands, "init", "set a division up from its roster")
    init.add_argument("--division", required=True, metavar="NAME", help="the division's name")
    init.add_argument("--roster", required=True, type=Path, metavar="FILE",
                      help="OneRoster CSV 1.1 or 1.2, a zip or a folder")  # fmt: skip
    init.add_argument("--year", type=_year, help="the year that begins in June of it (2026)")
    init.add_argument("--accept-refused", action="store_true",
                      help="take the rest in where some rows cannot be")  # fmt: skip
    restore = _add(
        commands, "restore", "bring a backup back, once the program is closed everywhere"
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `cofp backup` made")
    _add(commands, "upgrade", "bring a PostgreSQL database to this program's form")
    _add(commands, "kiosk", "open the screens for a shared terminal: no way out of the program")


def _add_sample(commands: Any, *, with_commands: bool) -> None:
    sample = _add(commands, "sample", "open a sample division, or run a command in it")
    sample.add_argument("--on", type=_day, metavar="DATE",
                        help="the day on which it stands (2026-09-22)")  # fmt: skip
    sample.add_argument("--roster", type=Path, metavar="FILE",
                        help="the people of this OneRoster zip or folder")  # fmt: skip
    sample.add_argument("--fresh", action="store_true", help="play it anew, as nobody changed it")
    if with_commands:
        inner = _commands(sample, "inner")
        _add_everyday(inner, in_sample=True)
        _add(inner, "kiosk", "open the sample's screens as on a shared terminal")


def _add_everyday(commands: Any, *, in_sample: bool) -> None:
    _add_roster(commands)
    _add_offerings(commands)
    _add_year(commands)
    appoint = _add(commands, "appoint", "give somebody a role, or take it back")
    appoint.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    appoint.add_argument("who", metavar="WHO", help="a name or an e-mail")
    appoint.add_argument("--school", metavar="S", help="their own school unless given")
    appoint.add_argument("--remove", action="store_true", help="take the role back")
    school = _add(commands, "school", "say what kind of school it is")
    school.add_argument("school", metavar="SCHOOL")
    school.add_argument("level", choices=("elementary", "high", "combined"), metavar="LEVEL",
                        help="elementary, high or combined")  # fmt: skip
    setting = _add(commands, "set", "change a setting")
    setting.add_argument("key", metavar="KEY", help="see: cofp settings")
    setting.add_argument("value", metavar="VALUE")
    _add(commands, "settings", "show the settings")
    missing = _add(commands, "unregistered", "list who is expected and in no community yet")
    missing.add_argument("--school", metavar="S", help="of one school only")
    missing.add_argument("--format", choices=("table", "csv", "json"), default="table",
                         help="table, csv or json")  # fmt: skip
    page = _add(commands, "today", "show somebody's Today page as plain lines")
    page.add_argument("--as", dest="who", required=True, metavar="WHO", help="a name or an e-mail")
    page.add_argument("--on", type=_day, metavar="DATE",
                      dest="inner_on" if in_sample else "on",
                      help="another day; in the sample only")  # fmt: skip
    news = _add(commands, "news", "tell everyone something: it stands on everybody's Today page")
    news.add_argument("words", metavar="WORDS", help="a sentence or two, in quotes")
    code = _add(commands, "code", "print a one-use code with which somebody chooses their PIN")
    code.add_argument("who", metavar="WHO", help="a name or an e-mail")
    check = _add(commands, "check", "look whether the database is well")
    check.add_argument("--accept-clock", action="store_true",
                       help="go on though the journal holds later moments than the clock")  # fmt: skip
    backup = _add(commands, "backup", "copy the database, while others work in it")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--overwrite", action="store_true", help="replace a file that is there")


def _add_roster(commands: Any) -> None:
    roster = _commands(_add(commands, "roster", "bring in the roster"), "what")
    roster.required = True
    bring = _add(roster, "import", "bring in a OneRoster zip or folder, 1.1 or 1.2")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--dry-run", action="store_true", help="only show what would change")
    bring.add_argument("--accept-refused", action="store_true",
                       help="take the rest in where some rows cannot be")  # fmt: skip
    bring.add_argument("--yes", action="store_true",
                       help="it is right that so many people are gone")  # fmt: skip


def _add_offerings(commands: Any) -> None:
    offerings = _commands(
        _add(commands, "offerings", "bring in the year's offerings, and publish them"), "what"
    )
    offerings.required = True
    bring = _add(offerings, "import", "bring in offerings that were gathered in a form or a sheet")
    bring.add_argument("file", type=Path, metavar="FILE.csv")
    bring.add_argument("--dry-run", action="store_true", help="only show what would change")
    bring.add_argument("--accept-refused", action="store_true",
                       help="take the rest in where some rows cannot be")  # fmt: skip
    bring.add_argument("--publish", action="store_true", help="and let everybody see them")
    _add(offerings, "publish", "let everybody see what is approved and not out yet")


def _add_year(commands: Any) -> None:
    year = _commands(_add(commands, "year", "show and set the year's dates"), "what")
    year.required = True
    show = _add(year, "show", "show the year's windows and half-days")
    show.add_argument("--year", type=_year, help="the year that begins in June of it")
    lay_out = _add(year, "lay-out", "open a year with the dates of the rule")
    lay_out.add_argument("year", type=_year, metavar="YEAR")
    change = _add(year, "set", "change windows and half-days")
    change.add_argument("--year", type=_year, help="the year that begins in June of it")
    for step in Step:
        change.add_argument(f"--{step.value}", type=_window, metavar="FROM..TO",
                            help=f"the days on which {step.title} is open")  # fmt: skip
    change.add_argument("--half-day", type=_half_day, action="append", default=[],
                        metavar="DATE[:HALF[:KIND]]",
                        help="add or change one: 2026-10-09:morning:optional")  # fmt: skip
    change.add_argument("--move-half-day", type=_move, action="append", default=[],
                        metavar="DATE=DATE", help="move one, its meetings with it")  # fmt: skip
    change.add_argument("--remove-half-day", type=_day, action="append", default=[],
                        metavar="DATE", help="take one out")  # fmt: skip


# -- values ----------------------------------------------------------------------------------------


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{_short(value)}” is no date; write 2026-09-22"
        ) from None


def _year(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 2000 <= int(value) <= 2999):
        raise argparse.ArgumentTypeError(f"“{_short(value)}” is no year; write 2026 for 2026–27")
    return int(value)


def _window(value: str) -> Window:
    first, dots, last = value.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(
            f"“{_short(value)}” is no window; write 2026-09-21..2026-09-25"
        )
    return Window(_day(first), _day(last))


def _half_day(value: str) -> HalfDay:
    on, _, rest = value.partition(":")
    half, _, kind = rest.partition(":")
    if half not in ("", "morning", "afternoon") or kind not in ("", "required", "optional"):
        raise argparse.ArgumentTypeError(
            f"“{_short(value)}” is no half-day; write 2026-10-09:afternoon:required"
        )
    return HalfDay(_day(on), half or "afternoon", kind != "optional")


def _move(value: str) -> tuple[date, date]:
    before, equals, after = value.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(
            f"“{_short(value)}” moves nothing; write 2026-10-09=2026-10-16"
        )
    return _day(before), _day(after)


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"
