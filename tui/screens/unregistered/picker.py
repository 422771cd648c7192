"""Questions of the unregistered list: in which community, and whether these are the right ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from models import join
from models.pages import Page
from models.people import Standing
from tui.keys import binding
from tui.lanes import Lanes
from tui.theme import GLYPHS
from tui.widgets.confirm import Confirm, Question
from tui.widgets.fields import LineInput
from tui.widgets.lines import Fact, Facts, Say, Words
from tui.widgets.table import Column, WindowTable

from .about import About

EACH = -1
"""The choice of each one's own best suggestion."""


@dataclass(frozen=True)
class Choice:
    """One line of the picker."""

    id: Any
    key: tuple[Any, ...]
    community_id: int
    """The community, or `EACH`."""
    title: str
    places: str
    why: str
    """For whom it is, or why it suits the person."""
    is_suggested: bool = False


class Offered:
    """The suggestions first, then every running offering with a place left, by name."""

    def __init__(
        self,
        lanes: Lanes,
        year_id: int,
        viewer: Standing,
        words: str,
        first: Sequence[Choice],
    ) -> None:
        self._lanes, self._year_id, self._viewer = lanes, year_id, viewer
        self._filter = join.Filter(words=words, only_free=True)
        self._first = tuple(first)

    async def page(self, after: Any | None, limit: int, backwards: bool = False) -> Page[Choice]:
        """See `table.Source`."""
        at = None if after is None else after[0]
        if backwards and at is not None and at < 0:
            place = next(i for i, row in enumerate(self._first) if row.key == after)
            start = max(0, place - limit)
            return Page(self._first[start:place], start > 0)
        ahead: tuple[Choice, ...] = ()
        if not backwards and (at is None or at < 0):
            seen = 0 if at is None else next(
                i + 1 for i, row in enumerate(self._first) if row.key == after
            )  # fmt: skip
            ahead = self._first[seen : seen + limit]
            if len(ahead) == limit:
                return Page(ahead, True)
        found = await self._lanes.read(
            join.offerings, self._year_id, self._filter, self._viewer,
            after[1:] if at == 0 and after is not None else None, limit - len(ahead), backwards,
        )  # fmt: skip
        rows = tuple(_offered(line) for line in found.rows)
        if backwards and not found.more:
            room = max(0, limit - len(rows))
            fitting = self._first[len(self._first) - min(room, len(self._first)) :]
            return Page((*fitting, *rows), len(fitting) < len(self._first))
        return Page((*ahead, *rows), found.more)

    async def count(self) -> int:
        """See `table.Source`."""
        found = await self._lanes.read(
            join.count_offerings, self._year_id, self._filter, self._viewer
        )
        return len(self._first) + found


def _offered(line: join.OfferingLine) -> Choice:
    return Choice(
        line.id, (0, *line.key), line.id, line.title, line.places_words, line.audience_words
    )


def suggested(found: Sequence[join.Suggestion]) -> tuple[Choice, ...]:
    """Suggestions as the picker's first lines."""
    return tuple(
        Choice(
            ("suggested", s.community_id), (place - len(found),), s.community_id, s.title,
            str(s.places_left), " · ".join(s.reasons), True,
        )
        for place, s in enumerate(found)
    )  # fmt: skip


def each_own() -> Choice:
    """The picker's first line when several are to be registered."""
    return Choice(
        "each", (-1,), EACH, "Each one’s own best suggestion", "",
        "You see who goes where before it is done.", True,
    )  # fmt: skip


class Picker(Question[Choice | None]):
    """A community with places left: type to narrow, arrows to choose, Enter to take it."""

    AUTO_FOCUS = "LineInput"
    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("page_up", "page(-1)"),
        binding("page_down", "page(1)"),
    ]

    def __init__(
        self,
        title: str,
        words: Sequence[str],
        lanes: Lanes,
        year_id: int,
        viewer: Standing,
        first: Sequence[Choice],
    ) -> None:
        """`first` are the lines above the list while nothing is typed."""
        super().__init__(title, words)
        self._lanes, self._year_id, self._viewer = lanes, year_id, viewer
        self._first = tuple(first)
        self._table = WindowTable(
            (
                Column("title", "Community", grow=True),
                Column("places", "Places", 6, "right"),
                Column("why", "For", min_columns=60, most=22),
            ),
            # Why it is suggested stands below the list, whole.
            lambda row: (row.title, row.places, "suggested" if row.is_suggested else row.why),
            row_tone=lambda row: "open" if row.is_suggested else "",
            empty="No community with a place left has these words.",
            id="offered",
        )

    def parts(self) -> Iterable[Widget]:
        yield LineInput(placeholder="type to search", limit=80, id="narrow")
        yield self._table
        yield About(id="why")
        yield Words(Say(f"{GLYPHS['enter']} takes it   Esc goes back", "muted"), id="how")

    def on_mount(self) -> None:
        self.add_class("-wide-question")
        self._load("")

    def _load(self, words: str) -> None:
        first = () if words.strip() else self._first
        self._table.load(Offered(self._lanes, self._year_id, self._viewer, words, first))
        self._table.move_to(0)

    @on(Input.Changed, "#narrow")
    def _narrowed(self, message: Input.Changed) -> None:
        message.stop()
        self._load(message.value)

    @on(Input.Submitted, "#narrow")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._take(self._table.row)

    @on(WindowTable.Chosen, "#offered")
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        self._take(message.row)

    @on(WindowTable.Highlighted, "#offered")
    def _moved(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        row: Choice | None = message.row
        why = row.why if row is not None and row.is_suggested else ""
        self.query_one("#why", About).show((Say(why, "open"),))

    def _take(self, row: Choice | None) -> None:
        if row is not None:
            self.dismiss(row)

    def action_move(self, by: int) -> None:
        self._table.action_move(by)

    def action_page(self, by: int) -> None:
        self._table.action_page(by)


class ConfirmList(Confirm):
    """A confirmation that names everybody it is about, however many: the list scrolls."""

    BINDINGS = [
        binding("up", "scroll(-1)"),
        binding("down", "scroll(1)"),
        binding("page_up", "scroll(-8)"),
        binding("page_down", "scroll(8)"),
    ]

    def __init__(
        self, title: str, words: Sequence[str], named: Sequence[Fact], *, yes: str
    ) -> None:
        """`named` are the people, and what is to become of each."""
        super().__init__(title, words, yes=yes)
        self._named = tuple(named)

    def parts(self) -> Iterable[Widget]:
        with VerticalScroll(classes="question--list", can_focus=False):
            yield Facts(self._named)

    def on_mount(self) -> None:
        super().on_mount()
        self.add_class("-wide-question")

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
