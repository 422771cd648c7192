"""One CSV file of a roster: its lines looked at as they come, then rows of as many cells as wanted.

Everything that makes a *whole file* unfit is said in one sentence that names the place and the way
out (`BadFile`). What the cells mean is for `oneroster.py`.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from .archive import Source, Stream
from .faults import fault, nearest, shown

MOST_LINES = 5_000_000
"""Lines of one file."""
LONGEST_LINE = 65_536
"""Characters of one line."""

_CHUNK = 2**18
_OTHER_MARKS = {";": ";", "\t": "tabs", "|": "|"}
"""What some programs put between columns instead of commas, and what it is called."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True)
class Columns:
    """What one kind of file must and may have in its header."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


class Table:
    """One CSV file being read: its header, then its rows, each with exactly as many cells."""

    def __init__(self, name: str, lines: Iterator[str], columns: Columns) -> None:
        self.name = name
        """The file's name, as messages show it."""
        self._reader = csv.reader(lines, strict=True)
        self._done = 0
        with self._csv_faults():
            header = next((row for row in self._reader if row), None)
        if header is None:
            fault(name, None, "the file is empty; its first line must name the columns.")
        mark = next((m for m in _OTHER_MARKS if len(header) == 1 and m in header[0]), None)
        if mark is not None:
            fault(
                name,
                1,
                f"its columns are separated by {_OTHER_MARKS[mark]} where commas are wanted; "
                "save it as “CSV UTF-8” with commas.",
            )
        self.header = tuple(cell.strip() for cell in header)
        """The names of the columns, in the file's order."""
        self._index = {column: at for at, column in enumerate(self.header)}
        self._check_header(columns)

    def _check_header(self, columns: Columns) -> None:
        twice = next((c for c in self.header if c and self.header.count(c) > 1), None)
        if twice is not None:
            fault(self.name, 1, f"the column {shown(twice)} stands there twice; keep one.")
        known = columns.required + columns.optional
        strangers = [c for c in self.header if c not in known and not c.startswith("metadata.")]
        for wanted in known:
            if wanted in self._index:
                continue
            meant = next((c for c in strangers if nearest(c, (wanted,))), None)
            if meant is not None:
                fault(
                    self.name,
                    1,
                    f"the column {shown(meant)} should be called “{wanted}”; please rename it.",
                )
            if wanted in columns.required:
                fault(
                    self.name,
                    1,
                    f"the column “{wanted}” is missing; "
                    "export the file again with all OneRoster columns.",
                )

    def at(self, column: str) -> int:
        """Where that required column stands in a row."""
        return self._index[column]

    def maybe(self, column: str) -> int | None:
        """Where that optional column stands in a row; None when the file does not have it."""
        return self._index.get(column)

    @property
    def line(self) -> int:
        """The number of the last line read, counted from 1."""
        return self._reader.line_num

    def line_of(self, row: list[str]) -> int:
        """The line on which the row just read begins: a quoted cell may hold several lines."""
        return self._reader.line_num - sum(cell.count("\n") for cell in row)

    def rows(self) -> Iterator[list[str]]:
        """The rows after the header; empty lines are passed over."""
        width = len(self.header)
        with self._csv_faults():
            reader = self._reader
            for row in reader:
                if len(row) == width:
                    self._done = reader.line_num
                    yield row
                elif row:
                    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
                    fault(
                        self.name,
                        self.line_of(row),
                        f"the row has {cells} where the header has {width}; "
                        "look for a missing or extra comma or quote.",
                    )

    @contextmanager
    def _csv_faults(self) -> Iterator[None]:
        """Turn what the csv module finds into a sentence about this file."""
        try:
            yield
        except csv.Error as error:
            if "new-line character" in str(error):
                fault(
                    self.name,
                    self._reader.line_num,
                    "a lone carriage return stands inside the line; "
                    "save the file with LF or CR LF line ends.",
                )
            fault(
                self.name,
                self._done + 1,
                'a quote (") in this row is not closed as it should be; close it, and write a '
                "quote inside a cell twice.",
            )


T = TypeVar("T", bound=Table)


@contextmanager
def open_as(kind: type[T], source: Source, name: str, columns: Columns) -> Iterator[T]:
    """One file as a table of some kind, open while its rows are read; raises BadFile."""
    stream = source.open(name)
    try:
        yield kind(name, _lines(stream, name), columns)
    finally:
        stream.close()


@contextmanager
def open_table(source: Source, name: str, columns: Columns) -> Iterator[Table]:
    """One file of a roster as a table, open while its rows are read; raises BadFile."""
    with open_as(Table, source, name, columns) as table:
        yield table


def _lines(stream: Stream, name: str) -> Iterator[str]:
    """The lines of a UTF-8 file, each with its LF, looked at chunk by chunk."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest, done, first = "", 0, True
    while True:
        chunk = stream.read(_CHUNK)
        if first:
            _check_start(chunk, name)
        if b"\0" in chunk:
            line = done + chunk[: chunk.index(b"\0")].count(b"\n") + 1
            fault(name, line, "a NUL character stands there; export the file again.")
        text = _decoded(decoder, chunk, name, done)
        if first:
            text = text.lstrip("\ufeff")  # some programs write the mark before a mark
            first = False
        parts = (rest + text).split("\n")
        rest = parts.pop()
        if parts and len(max(parts, key=len)) > LONGEST_LINE:
            long = next(at for at, part in enumerate(parts) if len(part) > LONGEST_LINE)
            _too_long(name, done + long + 1)
        if len(rest) > LONGEST_LINE:
            _too_long(name, done + len(parts) + 1)
        done += len(parts)
        if done > MOST_LINES:
            fault(name, done, f"more than {MOST_LINES:,} lines; no roster has as many.")
        for part in parts:
            yield part + "\n"
        if not chunk:
            break
    if rest:
        yield rest


def _check_start(chunk: bytes, name: str) -> None:
    """Refuse what the first bytes give away: UTF-16 or -32, and lines that end in CR alone."""
    if chunk.startswith(_UTF16) or (len(chunk) > 3 and 0 in chunk[:4]):
        fault(name, None, "the file is in UTF-16; save it as “CSV UTF-8”.")
    if b"\r" in chunk and b"\n" not in chunk:
        fault(
            name,
            None,
            "its lines end in a carriage return alone; save it with LF or CR LF line ends.",
        )


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, name: str, lines_before: int) -> str:
    try:
        return decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        line = lines_before + error.object[: error.start].count(b"\n") + 1
        fault(
            name,
            line,
            "a character is not in UTF-8 (it may be Latin-1 or Windows-1252); save the file as "
            "“CSV UTF-8”.",
        )


def _too_long(name: str, line: int) -> NoReturn:
    fault(
        name,
        line,
        f"the line has more than {LONGEST_LINE:,} characters; "
        "look for a quote that is not closed, or export the file again.",
    )
