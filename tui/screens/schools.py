"""Every school and how far it is, worst first: for Division Personnel."""

from __future__ import annotations

import asyncio

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from models import join, text
from models.clock import monotonic
from models.errors import CofpError, Refused
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.theme import GLYPHS
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.rows import Held
from tui.widgets.table import Column, WindowTable

from .unregistered import STALE, writing
from .unregistered.head import ProgressHead

BAR_CELLS = 20
KINDS = {
    "elementary": "elementary",
    "high": "high school",
    "combined": "combined",
    "office": "office",
}


def school_bar(far: join.Progress) -> Text:
    """A school's bar as a cell: any done shows, and only all done fills it."""
    full = BAR_CELLS * far.registered // far.expected if far.expected else BAR_CELLS
    if far.registered and far.missing:
        full = min(max(full, 1), BAR_CELLS - 1)
    bar = GLYPHS["line"] * full + GLYPHS["rest"] * (BAR_CELLS - full)
    return Text(bar, end="", no_wrap=True)


class SchoolsScreen(House):
    """Schools with the most people missing first; Enter opens any of them."""

    NAME = "schools"
    STEP = Step.JOIN
    AUTO_FOCUS = "#list"
    BINDINGS = [binding("search"), binding("by_school"), binding("export"), binding("back")]

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[join.SchoolLine, ...] = ()
        self._loaded_at = 0.0
        self._table = WindowTable(
            (
                # A name at the left edge and its figures at the right one are two lists.
                Column("name", "School", grow=True, most=44),
                Column("level", "Kind", min_columns=90),
                Column("bar", "Registered", BAR_CELLS, min_columns=64),
                Column("done", "of expected", 13, "right"),
                Column("percent", "%", 4, "right"),
                Column("missing", "Missing", 7, "right"),
            ),
            _cells,
            row_tone=lambda line: "" if line.progress.missing else "muted",
            empty="No school has these words in its name. Esc shows all.",
            id="list",
        )

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body", id="schools"):
            yield ProgressHead()
            yield LineInput(placeholder="school", limit=80, id="find", classes="hidden")
            yield self._table
            yield Empty("", id="nobody")
        yield from self.foot()

    # -- loading and showing -----------------------------------------------------------------------

    async def load(self) -> None:
        self._loaded_at = monotonic()
        head, nobody = self.query_one(ProgressHead), self.query_one("#nobody", Empty)
        try:
            sheet = await self.app.lanes.read(
                join.division_sheet, self.standing, self.year, self.on
            )
            self._lines = await self.app.lanes.read(
                join.schools_progress, self.standing, self.year, self.on
            )
            head.show("Every school", sheet)
            nobody.show("No school has staff who are expected to register yet.")
        except Refused as error:
            self._lines = ()
            head.show("Every school", None)
            nobody.show(error.rule, error.help, "Esc goes back")
        nobody.display = not self._lines
        self._table.display = bool(self._lines)
        self._list()

    def _list(self) -> None:
        wanted = text.words(self.query_one("#find", LineInput).value)
        found = [x for x in self._lines if all(w in text.fold(x.name) for w in wanted)]
        self._table.load(Held(found))

    def on_key(self, event: events.Key) -> None:
        """Whoever comes back to the keyboard sees what others did meanwhile."""
        if self._lines and monotonic() - self._loaded_at > STALE:
            self._loaded_at = monotonic()
            self.reload()

    def hints(self) -> tuple[Hint, ...]:
        if not self._lines:
            return ()
        export = () if self.app.is_kiosk else (Hint("export"),)
        return (Hint("open"), Hint("by_school", words="everyone"), *export, Hint("search"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return not self.app.is_kiosk and bool(self._lines)
        return super().check_action(action, parameters)

    # -- keys --------------------------------------------------------------------------------------

    @on(WindowTable.Chosen, "#list")
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        self.app.go("unregistered", Intent("unregistered", "join.see_schools", message.row.id))

    def action_by_school(self) -> None:
        """From the schools to everybody in one list."""
        if self._lines:
            self.app.go("unregistered", Intent("unregistered", "join.see_schools"))

    @work(group="ask", exclusive=True)
    async def action_export(self) -> None:
        """Write everybody who is missing to a file, as from the list of them all."""
        try:
            everybody = join.Which(self.standing, self.year, self.on, None)
            table = await self.app.lanes.read(join.unregistered_csv, everybody)
            path = await asyncio.to_thread(writing.write, table, "division", self.on)
        except CofpError as error:
            self.said.error(error)
        else:
            self.said.ok(f"The list is in {path}")

    def action_search(self) -> None:
        """Narrow the list by name."""
        if self._lines:
            find = self.query_one("#find", LineInput)
            find.remove_class("hidden")
            find.focus()

    @on(Input.Changed, "#find")
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        self._list()

    @on(Input.Submitted, "#find")
    def _found(self, message: Input.Submitted) -> None:
        message.stop()
        self._table.focus()

    def action_back(self) -> None:
        """Esc: out of the search, then back."""
        find = self.query_one("#find", LineInput)
        if find.has_class("hidden"):
            super().action_back()
        else:
            find.value = ""
            find.add_class("hidden")
            self._table.focus()


def _cells(line: join.SchoolLine) -> tuple[str | Text, ...]:
    far = line.progress
    return (
        line.name, KINDS.get(line.level, line.level), school_bar(far),
        f"{far.registered:,} of {far.expected:,}", f"{far.percent} %",
        f"{far.missing:,}" if far.missing else "–",
    )  # fmt: skip
