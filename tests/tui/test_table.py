"""The list that is a window on the store."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rich.text import Text
from textual import events
from textual.app import App

from models.errors import StoreBusy
from tests.hostile import HOSTILE, unfit
from tests.tui.conftest import Around, Numbered, NumberedSource, SomeRows, drawn
from tui import safe
from tui.widgets.table import KEPT, PAGE, Column, WindowTable
from tui.widgets.table.columns import Shares

COLUMNS = (Column("name", "Name", grow=True), Column("id", "Number", 8, "right"))
MANY = range(270_000)
MESSAGES = (
    WindowTable.Highlighted,
    WindowTable.Chosen,
    WindowTable.Marked,
    WindowTable.Counted,
    WindowTable.Failed,
)


def a_table(**options: Any) -> WindowTable:
    return WindowTable(COLUMNS, lambda row: (row.name, f"{row.id:,}"), **options)


async def settle(app: App[Any], pilot: Any) -> None:
    """Wait until every fetch has come and been drawn."""
    for _ in range(20):
        await app.workers.wait_for_complete()
        await pilot.pause()
        if not app.workers:
            return


class Shown:
    """A table in a small application, with a list loaded."""

    def __init__(
        self, numbers: Any = MANY, size: tuple[int, int] = (60, 12), **options: Any
    ) -> None:
        self.table = a_table(**options)
        self.source = NumberedSource(numbers)
        self.app = Around(self.table, keep=MESSAGES)
        self._running = self.app.run_test(size=size)

    async def __aenter__(self) -> Shown:
        self.pilot = await self._running.__aenter__()
        self.table.focus()
        self.table.load(self.source)
        await self.settle()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._running.__aexit__(*error)

    async def settle(self) -> None:
        await settle(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        return drawn(self.table)

    def heard(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.app.kept if isinstance(message, kind)]


async def test_only_the_first_page_is_fetched_at_first() -> None:
    async with Shown() as shown:
        assert shown.source.asked == [(None, PAGE, False)]
        assert shown.table.count == 270_000
        assert "Name" in shown.lines[0] and "Number" in shown.lines[0]
        assert shown.lines[1].startswith("▸ Row 0")
        assert "Row 10" in shown.lines[11]


async def test_keys_move_the_cursor_and_say_where_it_stands() -> None:
    async with Shown() as shown:
        await shown.press("down", "down", "up")
        assert shown.table.row.id == 1
        assert shown.heard(WindowTable.Highlighted)[-1].row.id == 1
        await shown.press("pagedown")
        assert shown.table.row.id == 11
        await shown.press("pageup", "enter")
        assert shown.heard(WindowTable.Chosen)[-1].row.id == 1


async def test_end_fetches_the_last_page_and_home_the_first() -> None:
    async with Shown() as shown:
        await shown.press("end")
        assert shown.table.row.id == 269_999
        assert "Row 269999" in shown.lines[11]
        assert len(shown.source.asked) <= 4
        await shown.press("up", "up")
        assert shown.table.row.id == 269_997
        await shown.press("home")
        assert shown.table.row.id == 0
        assert "Row 0" in shown.lines[1]


async def test_end_before_the_count_is_known_goes_to_the_end() -> None:
    table = a_table()
    counted = asyncio.Event()

    class Slow(NumberedSource):
        async def count(self) -> int:
            await counted.wait()
            return await super().count()

    app = Around(table)
    async with app.run_test(size=(60, 12)) as pilot:
        table.focus()
        table.load(Slow(range(5_000)))
        await pilot.pause(0.05)
        await pilot.press("end")
        counted.set()
        await settle(app, pilot)
        assert table.row is not None and table.row.id == 4_999


async def test_every_row_on_the_way_is_shown_and_few_are_kept() -> None:
    async with Shown(range(3_000), size=(60, 40)) as shown:
        for page in range(0, 3_000, 38):
            shown.table.move_to(page)
            await shown.settle()
            assert shown.table.row.id == page
            assert not any("…" in line for line in shown.lines)
        assert len(shown.table._kept.rows) <= KEPT
        for page in range(2_999, 0, -190):
            shown.table.move_to(page)
            await shown.settle()
            assert shown.table.row.id == page
            assert not any("…" in line for line in shown.lines)


@pytest.mark.parametrize("place", [90_000, 135_000, 200_000, 269_900])
async def test_a_far_place_is_reached_by_walking(place: int) -> None:
    async with Shown() as shown:
        shown.table.scroll_to(y=place, animate=False, force=True)
        await shown.settle()
        assert f"Row {place}" in shown.lines[1]
        assert len(shown.source.asked) < 300
        asked = len(shown.source.asked)
        shown.table.scroll_to(y=0, animate=False, force=True)
        await shown.settle()
        assert "Row 0" in shown.lines[1]
        # What was passed on the way is known: back again takes a few fetches.
        shown.table.scroll_to(y=place, animate=False, force=True)
        await shown.settle()
        assert f"Row {place}" in shown.lines[1]
        assert len(shown.source.asked) < asked + 12


async def test_rows_unknown_yet_show_as_dots() -> None:
    async with Shown() as shown:
        gate = asyncio.Event()
        answer = shown.source.page

        async def slow(*args: Any) -> SomeRows:
            await gate.wait()
            return await answer(*args)

        shown.source.page = slow  # type: ignore[method-assign]
        shown.table.move_to(100_000)
        await shown.pilot.pause()
        assert "…" in shown.lines[5]
        gate.set()
        await shown.settle()
        assert "…" not in shown.lines[5]


async def test_marks_are_set_by_space_and_go_with_a_new_list() -> None:
    async with Shown(can_mark=True) as shown:
        await shown.press("space", "down", "space")
        assert shown.table.marked == (0, 2)
        assert shown.lines[1].startswith("  ✓ Row 0")
        assert shown.heard(WindowTable.Marked)[-1].ids == (0, 2)
        await shown.press("up", "space")
        assert shown.table.marked == (0,)
        shown.table.load(NumberedSource(range(10)))
        await shown.settle()
        assert shown.table.marked == ()


async def test_without_marks_space_does_nothing() -> None:
    async with Shown() as shown:
        await shown.press("space")
        assert shown.table.marked == ()
        assert shown.table.cursor == 0


async def test_reload_keeps_the_cursor_at_its_row() -> None:
    async with Shown(list(range(0, 2_000, 2))) as shown:
        await shown.press(*["down"] * 5)
        assert shown.table.row.id == 10
        shown.source.numbers = [1, *range(0, 2_000, 2)]
        shown.source.numbers.sort()
        shown.table.reload()
        await shown.settle()
        assert shown.table.row.id == 10
        assert shown.table.cursor == 6
        assert shown.table.count == 1_001


async def test_reload_after_everything_went() -> None:
    async with Shown(range(500)) as shown:
        await shown.press("end")
        shown.source.numbers = range(3)
        shown.table.reload()
        await shown.settle()
        assert shown.table.count == 3
        assert shown.table.row.id == 2
        assert "Row 0" in shown.lines[1]
        shown.source.numbers = range(0)
        shown.table.reload()
        await shown.settle()
        assert shown.table.row is None
        assert shown.heard(WindowTable.Highlighted)[-1].row is None


async def test_rows_that_went_while_paging_are_mended() -> None:
    async with Shown(range(1_000)) as shown:
        await shown.press("end")
        shown.source.numbers = range(400, 1_000)
        shown.table.move_to(400)
        await shown.settle()
        for _ in range(60):
            shown.table.action_page(-1)
            await shown.settle()
        assert shown.table.row.id == 400
        assert shown.table.cursor == 0
        shown.table.reload()
        await shown.settle()
        assert shown.table.count == 600


async def test_rows_that_came_while_paging_are_reached() -> None:
    async with Shown(range(100, 300)) as shown:
        await shown.press("end")
        shown.source.numbers = range(400)
        for _ in range(20):
            shown.table.action_page(1)
            await shown.settle()
        assert shown.table.row.id in (299, 399)
        shown.table.reload()
        await shown.settle()
        await shown.press("end")
        assert shown.table.row.id == 399
        await shown.press("home")
        assert shown.table.row.id == 0


async def test_a_new_list_keeps_the_row_when_it_is_there() -> None:
    async with Shown(range(100)) as shown:
        await shown.press("down", "down", "down", "down")
        shown.table.load(NumberedSource(range(0, 100, 2)))
        await shown.settle()
        assert shown.table.row.id == 4
        shown.table.load(NumberedSource(range(1, 100, 2)))
        await shown.settle()
        assert shown.table.row.id == 1
        shown.table.load(NumberedSource(range(2_000)), keep=700)
        await shown.settle()
        assert shown.table.row.id == 700
        assert any("Row 700" in line for line in shown.lines)


async def test_a_late_answer_to_an_earlier_list_is_dropped() -> None:
    gate = asyncio.Event()

    class Late(NumberedSource):
        async def page(self, after: Any, limit: int, backwards: bool = False) -> SomeRows:
            await gate.wait()
            return await super().page(after, limit, backwards)

    async with Shown(range(10)) as shown:
        shown.table.load(Late(range(1_000, 2_000)))
        await shown.pilot.pause()
        shown.table.load(NumberedSource(range(5)))
        gate.set()
        await shown.settle()
        assert shown.table.count == 5
        assert "Row 0" in shown.lines[1]


async def test_an_empty_list_says_what_to_do_next() -> None:
    async with Shown(range(0), empty="No community fits. Press Esc to see all.") as shown:
        assert any("Press Esc to see all." in line for line in shown.lines)
        await shown.press("down", "end", "enter", "pageup")
        assert shown.table.row is None


async def test_a_store_that_cannot_answer_is_told() -> None:
    class Busy(NumberedSource):
        async def page(self, after: Any, limit: int, backwards: bool = False) -> SomeRows:
            raise StoreBusy("Another program keeps the store. Try again in a moment.")

    table = a_table()
    app = Around(table, keep=MESSAGES)
    async with app.run_test(size=(60, 12)) as pilot:
        table.load(Busy(range(3)))
        await settle(app, pilot)
        assert any(isinstance(message, WindowTable.Failed) for message in app.kept)
        assert any("Try again" in line for line in drawn(table))


async def test_columns_give_way_in_a_narrow_table() -> None:
    columns = (
        Column("name", "Name", grow=True),
        Column("school", "School", 20, min_columns=60),
        Column("left", "Left", 6, "right"),
    )
    table = WindowTable(columns, lambda row: (row.name * 9, "Argyle", "4"))
    app = Around(table)
    async with app.run_test(size=(40, 8)) as pilot:
        table.load(NumberedSource(range(20)))
        await settle(app, pilot)
        assert "School" not in drawn(table)[0]
        assert drawn(table)[0].rstrip().endswith("Left")
        assert "…" in drawn(table)[1] and drawn(table)[1].rstrip().endswith("4")
        await pilot.resize_terminal(100, 8)
        await settle(app, pilot)
        assert "School" in drawn(table)[0]
        await pilot.resize_terminal(12, 8)
        await settle(app, pilot)
        assert all(safe.width(line) <= 12 for line in drawn(table))


def test_a_column_takes_no_more_than_its_most() -> None:
    """What grows leaves the rest of a wide screen empty; what is measured leaves room for others."""
    columns = (
        Column("name", "Name", grow=True, most=30),
        Column("for", "For", most=8),
        Column("left", "Left", 6, "right"),
    )
    shares = Shares(columns)
    shares.measure([("Argyle", "grades 4 to 8", "4")])
    assert [size for _, _, size in shares.share(200, 200)] == [30, 8, 6]
    assert [size for _, _, size in shares.share(40, 40)] == [22, 8, 6]
    assert [size for _, _, size in shares.share(30, 30)] == [12, 8, 6]


async def test_mouse_clicks_move_choose_and_mark() -> None:
    async with Shown(can_mark=True) as shown:
        await shown.pilot.click(WindowTable, offset=(8, 4))
        await shown.settle()
        assert shown.table.row.id == 3
        await shown.pilot.click(WindowTable, offset=(8, 4), times=2)
        await shown.settle()
        assert shown.heard(WindowTable.Chosen)[-1].row.id == 3
        await shown.pilot.click(WindowTable, offset=(2, 2))
        await shown.settle()
        assert shown.table.marked == (1,)


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with Shown() as shown:
        event = {"x": 5, "y": 5, "delta_x": 0, "delta_y": 0, "button": 0}
        held = {"shift": False, "meta": False, "ctrl": False}
        shown.table.post_message(events.MouseScrollDown(shown.table, **event, **held))
        await shown.settle()
        assert "Row 3" in shown.lines[1] and shown.table.cursor == 0
        shown.table.post_message(events.MouseScrollUp(shown.table, **event, **held))
        await shown.settle()
        assert "Row 0" in shown.lines[1]
        shown.table.scroll_to(y=500, animate=False, force=True)
        await shown.settle()
        await shown.press("down")
        assert "Row 1" in "".join(shown.lines[1:6])


async def test_wide_and_hostile_cells_never_shift_a_column() -> None:
    rows = range(len(HOSTILE))
    table = WindowTable(
        (Column("a", "A", 12), Column("b", "B", 12, "right"), Column("c", "C", 4)),
        lambda row: (HOSTILE[row.id], Text(HOSTILE[row.id], style="bold"), "end"),
    )
    app = Around(table, keep=MESSAGES)
    async with app.run_test(size=(50, len(HOSTILE) + 2)) as pilot:
        table.load(NumberedSource(rows))
        await settle(app, pilot)
        for index, line in enumerate(drawn(table)[1 : len(HOSTILE) + 1]):
            assert not unfit(line), HOSTILE[index]
            start = line.rindex("end")
            assert safe.width(line[:start]) == 2 + 14 + 14, HOSTILE[index]
            assert safe.width(line) == table.scrollable_content_region.width
        assert app.is_running


async def test_the_looks_of_a_cell_survive_being_cut() -> None:
    text = Text.assemble(("full", "bold"), " and long")
    table = WindowTable((Column("a", "A", 8),), lambda row: (text,))
    app = Around(table)
    async with app.run_test(size=(50, 6)) as pilot:
        table.load(NumberedSource(range(2)))
        await settle(app, pilot)
        segments = {s.text: s.style for s in table.render_line(2)}
        assert segments["full"] is not None and segments["full"].bold
        assert " an…" in "".join(segments)


async def test_a_row_is_drawn_once() -> None:
    drawings: list[int] = []

    def cells(row: Numbered) -> tuple[str, ...]:
        drawings.append(row.id)
        return (row.name,)

    table = WindowTable((Column("name", "Name", 20),), cells)
    app = Around(table)
    async with app.run_test(size=(50, 12)) as pilot:
        table.load(NumberedSource(range(200)))
        await settle(app, pilot)
        drawings.clear()
        table.focus()
        await pilot.press("down", "down", "down")
        await settle(app, pilot)
        # Only the rows that the cursor left and reached.
        assert len(drawings) <= 8


async def test_other_columns_come_with_the_next_list() -> None:
    async with Shown(range(20)) as shown:
        wide = (*COLUMNS, Column("more", "More", 6))
        shown.table.cells = lambda row: (row.name, str(row.id), "else")
        shown.table.columns = wide
        assert shown.table.columns is wide
        shown.table.load(shown.source)
        await shown.settle()
        assert "More" in shown.lines[0] and "else" in shown.lines[1]
