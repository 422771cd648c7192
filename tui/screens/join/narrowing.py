"""Finding in the catalogue: the words and the filters that narrow the list, and what they leave."""

from __future__ import annotations

from dataclasses import replace

from textual import on, work
from textual.widgets import Input

from models import join
from tui.widgets.fields import LineInput
from tui.widgets.table import WindowTable

from . import catalogue
from .acting import Acting
from .found import Found
from .knobs import Knobs, as_filter, as_values, knobs


class Narrowing(Acting):
    """The part of the Join screen that has to do with its search."""

    def __init__(self) -> None:
        super().__init__()
        self.narrowed = join.Filter()
        self._source: catalogue.Offerings | None = None
        self._is_opening_filters = False
        """Whether the filters are asked for and not there yet: Esc means them then."""

    def _close_detail(self) -> None:
        """Go back from the detail to the list."""
        raise NotImplementedError

    def _show_own(self) -> None:
        """Draw what stands above the list."""
        raise NotImplementedError

    @property
    def _is_out(self) -> bool:
        """Whether the offerings are out, and on the screen."""
        return not self.query_one("#list").has_class("hidden")

    def _narrow(self, narrowed: join.Filter) -> None:
        """Show what this filter leaves, from its first row."""
        if narrowed == self.narrowed:
            return
        self.narrowed = narrowed
        field = self.query_one("#words", LineInput)
        if field.value != narrowed.words:
            field.value = narrowed.words
        self.query_one(Knobs).turn_to(as_values(narrowed))
        if self._source is not None:
            self._source = catalogue.Offerings(
                self.app.lanes, self._source.year_id, narrowed, self.standing
            )
            self.query_one(WindowTable).load(self._source)

    def _show_found(self) -> None:
        table = self.query_one(WindowTable)
        self.query_one(Found).show(
            catalogue.found_words(table.count, self.narrowed), can_clear=not self.narrowed.is_empty
        )

    def action_search(self) -> None:
        if self._is_out:
            self._close_detail()
            self.query_one("#words").focus()

    @on(Input.Changed, "#words")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        # What stands there now: told of a letter after the next was typed, it would take that one back.
        self._narrow(replace(self.narrowed, words=message.input.value))

    @on(Input.Submitted, "#words")
    def _searched(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(WindowTable).focus()

    @work(exclusive=True, group="filter")
    async def action_filter(self) -> None:
        """Open the filters, or close them again."""
        board = self.query_one(Knobs)
        if not self._is_out:
            return
        if not board.has_class("hidden"):
            self._close_filters()
            return
        self._close_detail()
        self._is_opening_filters = True
        offered = await self.read(join.choices, self.year.id)
        self._is_opening_filters = False
        if offered is None:
            return
        self._close_detail()
        known = self.app.session is not None
        has_school = self.standing.school_id is not None
        board.show(knobs(offered, has_school=has_school, is_known=known), as_values(self.narrowed))
        board.remove_class("hidden")
        board.focus()
        self._show_own()

    def _close_filters(self) -> None:
        self.query_one(Knobs).add_class("hidden")
        self._show_own()
        self.query_one(WindowTable).focus()

    @on(Knobs.Turned)
    def _turned(self, message: Knobs.Turned) -> None:
        message.stop()
        self._narrow(as_filter(message.values, self.narrowed.words))

    @on(Knobs.Done)
    def _filters_done(self, message: Knobs.Done) -> None:
        message.stop()
        self._close_filters()
