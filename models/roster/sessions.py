"""academicSessions.csv: school years, semesters and terms."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import BadText
from . import cells, spec
from .archive import Source
from .manifest import Manifest
from .read import open_table
from .refs import check, once
from .rows import SessionRow

_NAME = "academicSessions.csv"


class Sessions:
    """The sessions of a roster, and the ids that classes may refer to."""

    def __init__(
        self,
        source: Source,
        manifest: Manifest,
        cleaner: cells.Cleaner,
        refuse: Callable[[str, int, str], None],
    ) -> None:
        self._source = source
        self._mode = manifest.mode("academicSessions")
        self._cleaner = cleaner
        self._refuse = refuse
        self.ids: set[str] = set()
        """The ids of all sessions, refused ones too."""
        self.rows: list[SessionRow] = []

    def read(self) -> None:
        """Read the file, if the manifest has it; raises BadFile."""
        if self._mode == "absent":
            return
        parents: list[tuple[str, int]] = []
        with open_table(self._source, _NAME, spec.SESSIONS) as table:
            at = {column: table.at(column) for column in spec.SESSIONS.required}
            status, parent = table.maybe("status"), table.maybe("parentSourcedId")
            for row in table.rows():
                line = table.line_of(row)
                once(self._source, _NAME, spec.SESSIONS, self.ids, row[at["sourcedId"]], line)
                if parent is not None:
                    parents.append((row[parent], line))
                try:
                    if status is None or not cells.is_gone(row[status]):
                        self.rows.append(self._session(row, at, line))
                except BadText as error:
                    self._refuse(_NAME, line, str(error))
        if self._mode == "bulk":
            for wanted, line in parents:
                check(_NAME, line, "parentSourcedId", wanted, self.ids, _NAME)

    def _session(self, row: list[str], at: dict[str, int], line: int) -> SessionRow:
        return SessionRow(
            cells.source_id(row[at["sourcedId"]]),
            self._cleaner.line(row[at["title"]], "title"),
            self._cleaner.line(row[at["type"]], "type"),
            cells.day(row[at["startDate"]], "startDate"),
            cells.day(row[at["endDate"]], "endDate"),
            self._cleaner.line(row[at["schoolYear"]], "schoolYear", required=False),
            line,
        )
