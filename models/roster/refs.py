"""References between a roster's files: each id once, and nothing refers to what is not there."""

from __future__ import annotations

from collections.abc import Container
from typing import NoReturn

from .archive import Source
from .faults import fault, shown
from .read import Columns, open_table


def once(
    source: Source, name: str, columns: Columns, seen: set[str], wanted: str, line: int
) -> None:
    """Note a row's sourcedId; raises BadFile when it is empty or stands there already."""
    if not wanted.strip():
        fault(name, line, "the cell is empty; every row needs its own id.", column="sourcedId")
    if wanted in seen:
        first = line_of(source, name, columns, "sourcedId", wanted)
        fault(
            name,
            line,
            f"{shown(wanted)} stands on line {first:,} already; every id may be there once.",
            column="sourcedId",
        )
    seen.add(wanted)


def line_of(source: Source, name: str, columns: Columns, column: str, wanted: str) -> int:
    """The first line on which a column holds that value: read again, since nobody kept it."""
    with open_table(source, name, columns) as table:
        at = table.at(column)
        for row in table.rows():
            if row[at] == wanted:
                return table.line_of(row)
    return 1


def dangling(name: str, line: int, column: str, wanted: str, target: str) -> NoReturn:
    """Raise BadFile for a reference to a row that is not there."""
    fault(
        name,
        line,
        f"{shown(wanted)} is not in {target}; add it there or correct this line.",
        column=column,
    )


def check(
    name: str, line: int, column: str, wanted: str, known: Container[str], target: str
) -> None:
    """Raise BadFile when a filled reference is not among the known ids."""
    if wanted and wanted not in known:
        dangling(name, line, column, wanted, target)
