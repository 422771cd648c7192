"""A sheet of offerings as a division gathered it: its columns found, its rows as plain cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadFile
from ..roster.archive import Folder
from ..roster.faults import fault, nearest, shown
from ..roster.read import Columns, Table, open_as
from ..text import clean, fold

REQUIRED = ("title", "description", "facilitators")
OPTIONAL = (
    "audience", "priorities", "activities", "question", "size", "place", "grades", "subjects",
    "whats new", "continues", "needs",
)  # fmt: skip
_ALSO = {
    "name": "title",
    "facilitator": "facilitators",
    "facilitator email": "facilitators",
    "facilitator e-mail": "facilitators",
    "facilitators email": "facilitators",
    "facilitators emails": "facilitators",
    "facilitators e-mail": "facilitators",
    "facilitators e-mails": "facilitators",
    "e-mail": "facilitators",
    "email": "facilitators",
    "priority": "priorities",
    "activity": "activities",
    "kinds of activity": "activities",
    "inquiry question": "question",
    "maximum size": "size",
    "capacity": "size",
    "places": "size",
    "preferred place": "place",
    "grade": "grades",
    "subject": "subjects",
    "what is new": "whats new",
}
"""Other names under which a column of ours may come."""
MOST_ROWS = 5_000


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet; a column that is not there is empty."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def listed(self, column: str) -> tuple[str, ...]:
        """The several values of a cell: by semicolons or lines where there are any, else commas."""
        cell = self[column]
        parts = re.split(r"[;\n]", cell) if re.search(r"[;\n]", cell) else cell.split(",")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


@dataclass(frozen=True)
class Sheet:
    """A whole sheet, not yet held against the store."""

    source_name: str
    rows: tuple[SheetRow, ...]
    passed_over: tuple[str, ...]
    """Names of columns that say nothing to this program."""


class _Offerings(Table):
    """A table whose columns may be written as people write them."""

    def _check_header(self, columns: Columns) -> None:
        index: dict[str, int] = {}
        strangers: list[str] = []
        for place, cell in enumerate(self.header):
            plain = " ".join(re.sub(r"[^\w\s-]", "", fold(cell)).replace("_", " ").split())
            name = _ALSO.get(plain, plain)
            if name not in (*REQUIRED, *OPTIONAL):
                strangers += [cell] if cell else []
            elif name in index:
                fault(self.name, 1, f"the column “{name}” stands there twice; keep one.")
            else:
                index[name] = place
        for wanted in (*REQUIRED, *OPTIONAL):
            if wanted in index:
                continue
            meant = next((c for c in strangers if nearest(c, (wanted,))), None)
            if meant is not None:
                fault(self.name, 1, f"the column {shown(meant)} should be called “{wanted}”; "
                      "please rename it.")  # fmt: skip
            if wanted in REQUIRED:
                fault(self.name, 1, f"the column “{wanted}” is missing; there must be "
                      "title, description and facilitators (their e-mail).")  # fmt: skip
        self._index = index
        self.strangers = tuple(strangers)

    def cells(self) -> Iterator[SheetRow]:
        """The rows by the program's own names of the columns."""
        for row in self.rows():
            if any(cell.strip() for cell in row):
                cells = {name: row[place] for name, place in self._index.items()}
                yield SheetRow(self.line_of(row), cells)


def read_offerings(path: Path) -> Sheet:
    """Read a CSV file of offerings (see REQUIRED and OPTIONAL for its columns).

    Raises BadFile when the whole file cannot be taken in: the sentence names the place and the way out.
    """
    if not path.exists():
        raise BadFile(f"There is no file at {path}.")
    if path.is_dir() or path.suffix.lower() in (".xlsx", ".xls", ".ods", ".zip"):
        raise BadFile(f"{shown(path.name)} is no CSV file; save the sheet as CSV (UTF-8).")
    source = Folder(path.parent)
    with open_as(_Offerings, source, path.name, Columns(())) as table:
        rows: list[SheetRow] = []
        for row in table.cells():
            if len(rows) == MOST_ROWS:
                fault(
                    path.name, row.line, f"more than {MOST_ROWS:,} offerings; is it the right file?"
                )
            rows.append(row)
        _check_titles(path.name, rows)
        return Sheet(path.name, tuple(rows), table.strangers)


def _check_titles(name: str, rows: list[SheetRow]) -> None:
    """A title names an offering, so no two rows may share one."""
    seen: dict[str, int] = {}
    for row in rows:
        # As it will be stored: an invisible character makes no other title.
        title = fold(clean(row["title"]).text)
        if title and title in seen:
            fault(name, row.line, f"the title {shown(row['title'])} stands in line "
                  f"{seen[title]:,} already; each offering needs one of its own.")  # fmt: skip
        seen[title] = row.line
