"""The small widgets: what they draw at each width, what they say, and that hostile text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from models.errors import BadText, Conflict, Refused
from tests.hostile import HOSTILE, unfit
from tests.tui.conftest import Around, drawn, screen_text
from tui import safe, theme
from tui.widgets.bars import Amount, Bar, Bars, Days, Spark, Year, YearLines, YearRow
from tui.widgets.confirm import Confirm, Press
from tui.widgets.empty import Empty
from tui.widgets.fields import Choices, LineInput, PinInput
from tui.widgets.footer import Hint, KeyLine, steps_hint
from tui.widgets.form import Field, Form
from tui.widgets.lines import Fact, Facts, Item, Lines, Say, Words
from tui.widgets.prompt import Prompt
from tui.widgets.ribbon import Ribbon, Step
from tui.widgets.said import Said
from tui.widgets.section import Section
from tui.widgets.topline import Top, TopLine

TOP = Top(
    division="Regina Public Schools",
    year="2026–27",
    on="Tue 22 Sep 2026",
    on_short="Tue 22 Sep",
    name="Amara Okafor",
    role="Principal, Argyle",
)
STEPS = (
    Step(1, "Promote", "Promote", "ongoing", look="open"),
    Step(2, "Generate", "Generate", "closed 11 Sep", "closed"),
    Step(3, "Submit", "Submit", "closed 11 Sep", "closed"),
    Step(4, "Join", "Join", "3 days left", look="urgent", here=True),
    Step(5, "Participate", "Participate", "from 9 Oct", look="later"),
    Step(6, "Share & Reflect", "Share", "from 1 Oct", look="later"),
)
HINTS = (
    Hint("open"),
    steps_hint(),
    Hint("search"),
    Hint("join", enabled=False),
    Hint("wait"),
    Hint("filter"),
    Hint("by_school"),
    Hint("export"),
    Hint("theme"),
    Hint("help"),
    Hint("sign_out"),
)
YEAR = YearLines(
    date(2026, 6, 1),
    date(2027, 5, 31),
    date(2026, 9, 22),
    (
        YearRow("Promote", ((date(2026, 6, 1), date(2027, 5, 31)),)),
        YearRow("Submit", ((date(2026, 6, 1), date(2026, 9, 11)),), look="closed"),
        YearRow("Join", ((date(2026, 9, 21), date(2026, 9, 25)),), look="urgent"),
        YearRow("Meet", marks=((date(2026, 10, 9), True), (date(2026, 12, 4), False))),
        YearRow("Share", ((date(2026, 10, 1), date(2027, 5, 31)),), look="later"),
    ),
)


def at(widget: Any, width: int) -> list[str]:
    """What a drawn widget draws for that many cells, without an application."""
    return ["".join(piece.text for piece in line) for line in widget.lines(width)]


# -- top line --------------------------------------------------------------------------------------


def test_the_top_line_says_all_where_there_is_room() -> None:
    (line,) = at(TopLine(TOP), 120)
    assert line.startswith("  CofP  Regina Public Schools · 2026–27 ")
    assert line.endswith("Tue 22 Sep 2026   Amara Okafor  Principal, Argyle  ")


@pytest.mark.parametrize("width", [200, 120, 100, 90, 80, 70, 60, 50])
def test_the_top_line_never_overlaps(width: int) -> None:
    long = Top("Prairie Valley School Division No. 208", "2026–27", TOP.on, TOP.on_short,
               "Marie-Ève Dubois-Charbonneau", "Core Leader, Campbell Collegiate")  # fmt: skip
    for top in (TOP, long):
        (line,) = at(TopLine(top), width)
        assert safe.width(line) == width
        assert top.on_short in line
        assert top.name[:8] in line


def test_the_top_line_at_80_columns_keeps_the_name_and_the_role() -> None:
    (line,) = at(TopLine(TOP), 80)
    assert "Regina Public Schools" in line and "Amara Okafor  Principal, Argyle" in line


@pytest.mark.parametrize("width", [120, 100, 80])
def test_the_top_line_drops_the_year_and_the_division_before_the_role(width: int) -> None:
    long = Top("Prairie Valley School Division No. 208", "2026–27", TOP.on, TOP.on_short,
               "Cyprian Stanisławczyk", "Core Leader, Campbell Collegiate")  # fmt: skip
    (line,) = at(TopLine(long), width)
    assert line.endswith("Cyprian Stanisławczyk  Core Leader, Campbell Collegiate  ")


def test_nobody_signed_in_leaves_only_the_day() -> None:
    (line,) = at(TopLine(Top("Regina", "2026–27", TOP.on, TOP.on_short)), 80)
    assert line.endswith("Tue 22 Sep 2026  ")


# -- ribbon ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [200, 120, 100, 80])
def test_the_ribbon_is_never_clipped(width: int) -> None:
    above, below = at(Ribbon(STEPS), width)
    assert safe.width(above) <= width and safe.width(below) <= width
    names = [s.name if width >= 100 else s.short for s in STEPS]
    assert all(f"{s.number} {name}" in above for s, name in zip(STEPS, names, strict=True))
    assert "…" not in above + below
    assert "3 days left" in below and "from 9 Oct" in below
    assert "4 Join ●" in above


async def test_a_click_on_a_step_goes_there() -> None:
    app = Around(Ribbon(STEPS), keep=(Ribbon.Picked,))
    async with app.run_test(size=(120, 6)) as pilot:
        line = drawn(app.query_one(Ribbon))[0]
        await pilot.click(Ribbon, offset=(line.index("5 Part"), 1))
        assert [message.number for message in app.kept] == [5]


# -- key line --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [200, 120, 80, 60, 40])
def test_the_key_line_fits_by_leaving_out_what_matters_least(width: int) -> None:
    (line,) = at(KeyLine(HINTS), width)
    assert safe.width(line) <= width
    assert "? help" in line and "q sign out" in line
    if width <= 80:
        assert "night/day" not in line
    for word in re.split(" {2,}", line.strip()):
        assert word in {" ".join(hint.texts).strip() for hint in HINTS}


def test_keys_stand_closer_before_one_goes() -> None:
    hints = [Hint("join"), Hint("search"), Hint("help")]
    assert at(KeyLine(hints), 29) == ["  j join   / search   ? help"]
    assert at(KeyLine(hints), 27) == ["  j join  / search  ? help"]
    assert at(KeyLine(hints), 25) == ["  j join   ? help"]


async def test_a_click_on_a_key_presses_it_when_it_works() -> None:
    app = Around(KeyLine(HINTS), keep=(KeyLine.Pressed,))
    async with app.run_test(size=(120, 6)) as pilot:
        line = drawn(app.query_one(KeyLine))[0]
        await pilot.click(KeyLine, offset=(line.index("j join") + 2, 0))
        await pilot.click(KeyLine, offset=(line.index("w wait") + 2, 0))
        await pilot.click(KeyLine, offset=(line.index("1–6"), 0))
        assert [message.id for message in app.kept] == ["wait"]


# -- lists and facts -------------------------------------------------------------------------------

ITEMS = (
    Item("a", "Register the 7 who are not yet in a community", "Join closes Fri 25 Sep"),
    Item("b", "Answer 2 questions", "any time"),
    Item("c", "Request a change", "from 26 Sep", enabled=False),
)


async def test_lines_move_and_pick() -> None:
    lines = Lines("Nothing is due.")
    app = Around(lines, keep=(Lines.Picked, Lines.Highlighted))
    async with app.run_test(size=(80, 10)) as pilot:
        lines.show(ITEMS)
        lines.focus()
        await pilot.pause()
        assert drawn(lines)[0].startswith("▸ Register")
        assert drawn(lines)[0].rstrip().endswith("Join closes Fri 25 Sep")
        await pilot.press("down", "enter", "down", "enter", "down", "home", "end")
        assert [m.id for m in app.kept if isinstance(m, Lines.Picked)] == ["b"]
        lines.show(ITEMS[1:])
        assert lines.picked_id == "c"
        await pilot.click(Lines, offset=(5, 0))
        assert [m.id for m in app.kept if isinstance(m, Lines.Picked)] == ["b", "b"]
        lines.show(())
        await pilot.pause()
        assert drawn(lines) == [f"{'Nothing is due.':<80}"]
        assert not lines.can_focus


async def test_a_long_list_keeps_its_cursor_in_sight() -> None:
    lines = Lines()
    app = Around(VerticalScroll(Section("Today"), lines, can_focus=False))
    async with app.run_test(size=(60, 8)) as pilot:
        lines.show([Item(str(n), f"Thing {n}") for n in range(40)])
        lines.focus()
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert "Thing 39" in screen_text(app)
        await pilot.press("home")
        await pilot.pause()
        assert "Thing 0" in screen_text(app) and "TODAY" in screen_text(app)


def test_facts_wrap_beside_their_label() -> None:
    facts = Facts((Fact("Facilitators", "Nicole Bear,\nJordan Smith"), Fact("", "All of it")))
    assert at(facts, 30) == [
        "Facilitators  Nicole Bear,",
        "              Jordan Smith",
        "All of it",
    ]


def test_words_wrap() -> None:
    assert at(Words("one two three", "", Say("four", "muted")), 8) == [
        "one two",
        "three",
        "",
        "four",
    ]


def test_a_section_shouts_its_title_and_whispers_its_note() -> None:
    assert at(Section("The year", "2026–27"), 30) == ["THE YEAR" + " " * 15 + "2026–27"]


def test_an_empty_place_says_what_to_do_next() -> None:
    assert (
        at(Empty("No notes yet", "Write them from the day of the meeting on."), 60)[0]
        == "No notes yet"
    )


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "of"), [(0, 38), (1, 380), (31, 38), (379, 380), (38, 38), (0, 0), (5, 3)]
)
@pytest.mark.parametrize("width", [120, 60, 30, 20])
def test_a_bar_shows_any_and_only_all_fills_it(done: int, of: int, width: int) -> None:
    (line,) = at(Bar(Amount(done, of, "registered", "division 74 %")), width)
    assert safe.width(line) <= max(width, 24)
    assert f"{done} of {of} registered" in line
    if "─" in line or "━" in line:
        assert ("━" in line) == (done > 0 and of > 0)
        assert ("─" in line) == (done < of or of == 0)


async def test_schools_as_bars_are_picked_by_a_click() -> None:
    bars = Bars((Amount(31, 38, label="Argyle", id="s1"), Amount(3, 1042, label="W" * 50, id="s2")))
    app = Around(bars, keep=(Bars.Picked,))
    async with app.run_test(size=(80, 6)) as pilot:
        assert all(safe.width(line) == 80 for line in drawn(bars))
        assert drawn(bars)[1].rstrip().endswith("3 of 1,042")
        await pilot.click(Bars, offset=(30, 1))
        assert [message.id for message in app.kept] == ["s2"]


def test_days_are_columns_up_to_the_deadline() -> None:
    (line,) = at(Spark(Days((0, 4, 8, None), "8 today")), 60)
    assert line.startswith("▁▁") and "██" in line and line.endswith("│  8 today")
    assert at(Spark(Days((), "")), 60) == [""]
    assert safe.width(at(Spark(Days(tuple(range(200)), "words " * 40)), 80)[0]) <= 80


@pytest.mark.parametrize("width", [196, 116, 76, 30])
def test_the_year_is_drawn_with_today_on_it(width: int) -> None:
    lines = at(Year(YEAR), width)
    assert all(safe.width(line) <= width for line in lines)
    assert "Jun" in lines[0]
    assert "today" in lines[3] and "today" not in lines[0]
    assert "◆" in lines[4] and "◇" in lines[4]
    if width > 60:
        assert lines[4].index("◆") > lines[3].index("◂")


@pytest.mark.parametrize(
    "today", [date(2026, 6, 1), date(2027, 1, 3), date(2027, 5, 31), date(2027, 8, 1)]
)
def test_today_is_told_on_any_day(today: date) -> None:
    rows = tuple(row for row in YEAR.rows if row.look != "urgent")
    lines = at(Year(YearLines(YEAR.first, YEAR.last, today, rows)), 76)
    assert "today" in lines[0]
    assert all(safe.width(line) <= 76 for line in lines)


# -- what is said ----------------------------------------------------------------------------------


def test_what_was_done_and_what_went_wrong_is_said() -> None:
    said = Said()
    said.saved("13:42")
    assert said.text == "✓ Saved 13:42"
    said.error(Conflict("Somebody else changed it meanwhile. Look again."))
    assert said.text == "Somebody else changed it meanwhile. Look again."
    said.error(
        Refused("The join window closed on Fri 25 Sep.", date(2027, 9, 20), "Ask for a change.")
    )
    assert (
        said.text
        == "The join window closed on Fri 25 Sep. That changes on Mon 20 Sep. Ask for a change."
    )
    assert len(at(said, 40)) > 1 and len(at(said, 120)) == 1
    said.clear()
    assert said.text == ""


# -- questions -------------------------------------------------------------------------------------


async def answer(question: Any, *keys: str) -> Any:
    """Push the question, press the keys, and return what it answered."""
    app = Around(Words("below"))
    answers: list[Any] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(question, answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    return answers[0] if answers else "no answer"


@pytest.mark.parametrize(
    ("keys", "danger", "expected"),
    [
        (("y",), True, True),
        (("n",), True, False),
        (("escape",), True, False),
        (("enter",), True, False),
        (("enter",), False, True),
        (("tab", "enter"), True, True),
        (("tab", "enter"), False, False),
    ],
)
async def test_a_question_is_answered_by_key(
    keys: tuple[str, ...], danger: bool, expected: bool
) -> None:
    question = Confirm("Leave?", ("Your place goes to Wei Chen.",), yes="leave", danger=danger)
    assert await answer(question, *keys) is expected


async def test_a_question_names_what_is_lost_and_is_answered_by_mouse() -> None:
    app = Around(Words("below"))
    answers: list[Any] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(
            Confirm("Leave?", ("Your place goes to Wei Chen.",), yes="leave it"), answers.append
        )
        await pilot.pause()
        assert "Your place goes to Wei Chen." in screen_text(app)
        assert "y  leave it" in screen_text(app)
        await pilot.click("#yes")
        await pilot.pause()
    assert answers == [True]


async def test_a_prompt_takes_one_line() -> None:
    assert await answer(Prompt("Why?"), *"on leave", "enter") == "on leave"
    assert await answer(Prompt("Why?"), "escape") is None
    assert await answer(Prompt("Why?"), "enter") == "no answer"
    assert await answer(Prompt("Why?", required=False), "enter") == ""


async def test_letters_typed_in_a_prompt_are_no_answers() -> None:
    assert await answer(Prompt("Why?"), "y", "n", "enter") == "yn"


# -- fields and forms ------------------------------------------------------------------------------

FIELDS = (
    Field("title", "Title", limit=20, required=True, help="What people look for."),
    Field("pin", "PIN", "pin"),
    Field(
        "when", "When", "choice", choices=(("am", "morning"), ("pm", "afternoon")), required=True
    ),
    Field("why", "Priorities", "many", limit=2, choices=tuple((c, c * 3) for c in "abcd")),
    Field("text", "Description", "paragraph", limit=4_000),
    Field("on", "Date", "date"),
)


async def with_form(fields: tuple[Field, ...], use: Callable[[Any, Any, Form], Any]) -> Around:
    form = Form(fields)
    app = Around(form, keep=(Form.Changed, Form.Submitted))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await use(app, pilot, form)
        await pilot.pause()
    return app


async def test_a_form_says_what_is_missing_and_keeps_what_was_typed() -> None:
    async def use(app: Around, pilot: Any, form: Form) -> None:
        form.query_one("#input-title").focus()
        await pilot.press(*"Creeks")
        form.submit()
        await pilot.pause()
        assert not [m for m in app.kept if isinstance(m, Form.Submitted)]
        assert "Please choose one." in screen_text(app)
        assert form.query_one("#input-when").has_focus
        assert form.values["title"] == "Creeks"
        await pilot.press("down", "space")
        await pilot.pause()
        assert "Please choose one." not in screen_text(app)
        form.submit()
        await pilot.pause()
        sent = [m for m in app.kept if isinstance(m, Form.Submitted)]
        assert sent[0].values == {
            "title": "Creeks", "pin": "", "when": "pm", "why": (), "text": "", "on": ""
        }  # fmt: skip

    await with_form(FIELDS, use)


async def test_what_the_store_refuses_is_said_beside_its_field() -> None:
    async def use(app: Around, pilot: Any, form: Form) -> None:
        assert form.bad(BadText("Title", "21 characters; 20 fit. Please shorten it."))
        assert not form.bad(BadText("Nobody", "unknown"))
        await pilot.pause()
        assert "20 fit" in screen_text(app)
        form.right()
        await pilot.pause()
        assert "20 fit" not in screen_text(app)

    await with_form(FIELDS, use)


async def test_a_form_is_filled_with_everything_but_pins() -> None:
    values = {
        "title": "T",
        "pin": "123456",
        "when": "am",
        "why": ("a", "b"),
        "text": "one\ntwo",
        "on": "9 Oct",
    }

    async def use(app: Around, pilot: Any, form: Form) -> None:
        form.fill(values)
        await pilot.pause()
        assert form.values == {**values, "pin": ""}
        assert any(isinstance(m, Form.Changed) for m in app.kept)

    await with_form(FIELDS, use)


async def test_enter_goes_on_and_submits_at_the_end() -> None:
    async def use(app: Around, pilot: Any, form: Form) -> None:
        form.query_one("#input-a").focus()
        await pilot.press("x", "enter", "y", "enter")
        await pilot.pause()
        assert [m.values for m in app.kept if isinstance(m, Form.Submitted)] == [
            {"a": "x", "b": "y"}
        ]

    await with_form((Field("a", "A"), Field("b", "B")), use)


def test_a_form_without_paragraphs_does_not_import_the_text_area() -> None:
    import subprocess
    import sys

    code = (
        "import sys, tui.widgets.form, tui.widgets.prompt, tui.widgets.table;"
        "sys.exit('textual.widgets._text_area' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_editing_keys_and_letters_keep_their_order() -> None:
    from tui.widgets.paragraph import Paragraph

    line, lines = LineInput(limit=3), Paragraph()
    app = Around(line, lines)
    async with app.run_test() as pilot:
        for field, typed in ((line, "abc<d<<xy"), (lines, "abc<d<<xy\nz")):
            field.focus()
            await pilot.pause()
            for sign in typed:
                key = {"<": "backspace", "\n": "enter"}.get(sign, sign)
                app.post_message(events.Key(key, sign if key == sign else None))
            await pilot.pause(0.1)
        assert (line.value, lines.text) == ("axy", "axy\nz")


async def test_moving_in_a_choice_of_one_chooses() -> None:
    async def use(app: Around, pilot: Any, form: Form) -> None:
        form.query_one("#input-who").focus()
        await pilot.press("down", "down", "tab", "enter")
        await pilot.pause()
        sent = [m for m in app.kept if isinstance(m, Form.Submitted)]
        assert [m.values for m in sent] == [{"who": "2"}]

    who = (("", "nobody yet"), ("1", "Ann"), ("2", "Ben"))
    await with_form((Field("who", "Who", "choice", choices=who),), use)


async def test_at_most_so_many_are_chosen() -> None:
    choices = Choices([(c, c) for c in "abcd"], many=True, most=2)
    app = Around(choices)
    async with app.run_test() as pilot:
        choices.focus()
        await pilot.press("space", "down", "space", "down", "space")
        assert choices.values == ("a", "b")
        await pilot.press("home", "space", "end", "space")
        assert choices.values == ("b", "d")


async def paste(app: App[Any], pilot: Any, text: str) -> None:
    assert app.focused is not None
    app.focused.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_paste_is_cleaned_and_bounded() -> None:
    field = LineInput(limit=20)
    app = Around(field)
    async with app.run_test() as pilot:
        field.focus()
        await paste(app, pilot, "one\ntwo\x1b[31m" + "x" * 50)
        assert field.value == ("one two[31m" + "x" * 50)[:20]
        field.value = ""
        for text in HOSTILE:
            await paste(app, pilot, text)
            assert not unfit(field.value)


async def test_a_pin_is_never_shown_copied_or_cut() -> None:
    field = PinInput()
    app = Around(field)
    async with app.run_test() as pilot:
        field.focus()
        await pilot.press(*"135791")
        assert "135791" not in screen_text(app)
        await pilot.press("home", "shift+end", "ctrl+c", "ctrl+x", "ctrl+insert")
        field.action_copy()
        field.action_cut()
        assert field.value == "135791"
        assert app.clipboard == ""
        assert field.selected_text == ""


# -- hostile text ----------------------------------------------------------------------------------


def hostile_widgets(text: str) -> list[Widget]:
    """Every widget of the kit, with that text everywhere."""
    lines = Lines(text)
    said = Said()
    said.error(Refused(text, date(2026, 9, 25), text))
    return [
        TopLine(Top(text, text, text, text, text, text)),
        Ribbon([Step(n, text, text, text, text, "urgent", True) for n in range(1, 7)]),
        Section(text, text),
        lines,
        Facts((Fact(text, text), Fact("", text))),
        Words(text, Say(text, "muted")),
        Bar(Amount(1, 2, text, text)),
        Bars((Amount(1, 2, text, text, text, "x"),)),
        Spark(Days((1, None), text)),
        Year(
            YearLines(
                YEAR.first, YEAR.last, YEAR.today, (YearRow(text), YearRow(text, look="urgent"))
            )
        ),
        Empty(text, text, text),
        said,
        Press(text),
        Choices([("a", text), ("b", text)], many=True),
        KeyLine([Hint("open", True, text, text)]),
    ]


@pytest.mark.parametrize("part", range(4))
async def test_hostile_text_stays_text_in_every_widget(part: int) -> None:
    app = Around()
    async with app.run_test(size=(80, 40)) as pilot:
        for text in HOSTILE[part::4]:
            field = LineInput(text, placeholder=text)
            form = Form(
                [Field("a", text, value=text, help=text), Field("b", text, "paragraph", value=text)]
            )
            widgets = [*hostile_widgets(text), field]
            around = VerticalScroll(*widgets, form)
            await app.mount(around)
            lines = around.query_one(Lines)
            lines.show([Item("a", text, text), Item("b", text)])
            lines.focus()
            form.wrong("a", text)
            await pilot.pause()
            for widget in widgets:
                for line in drawn(widget):
                    assert not unfit(line), type(widget)
                    assert safe.width(line) <= 80, type(widget)
            for widget in around.query("*"):
                assert not any(unfit(line) for line in drawn(widget)), type(widget)
            await around.remove()
        assert app.is_running


@pytest.mark.parametrize("part", range(4))
async def test_hostile_text_stays_text_in_every_question(part: int) -> None:
    app = Around()
    async with app.run_test(size=(80, 24)) as pilot:
        for text in HOSTILE[part::4]:
            for question in (
                Confirm(text, (text, text), yes=text, no=text),
                Prompt(text, (text,), label=text, value=text, ok=text),
            ):
                app.push_screen(question)
                await pilot.pause()
                assert not unfit(screen_text(app).replace("\n", "")), text
                app.pop_screen()
        assert app.is_running


@pytest.mark.parametrize("text", HOSTILE[:2])
async def test_markup_is_not_run_by_a_click(text: str) -> None:
    app = Around(*hostile_widgets(text))
    async with app.run_test(size=(80, 40)) as pilot:
        for line in range(24):
            await pilot.click(offset=(4, line))
        assert app.is_running
        assert app.return_value is None and not app._exit


# -- colour ----------------------------------------------------------------------------------------


async def test_without_colour_the_cursor_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    lines = Lines()
    app = Around(lines, Press("save"))
    async with app.run_test() as pilot:
        lines.show(ITEMS)
        lines.focus()
        await pilot.pause()
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                assert style is None or style.color is None or style.color.is_default
                assert style is None or style.bgcolor is None or style.bgcolor.is_default
        styles = [s.style for s in lines.render_line(0) if "Register" in s.text]
        assert styles[0] is not None and styles[0].reverse
        assert drawn(lines)[0].startswith("▸")


@pytest.mark.parametrize("name", [theme.NIGHT, theme.DAY, theme.PLAIN])
async def test_every_theme_paints_every_widget(name: str) -> None:
    app = Around(VerticalScroll(*hostile_widgets("plain words")))
    async with app.run_test(size=(80, 40)) as pilot:
        app.theme = name
        await pilot.pause()
        background = theme.PALETTES[name]["ground"]
        assert app.screen.styles.background.hex.lower() == background


def test_plain_glyphs_everywhere() -> None:
    theme.use_glyphs(True)
    try:
        for widget in hostile_widgets("plain words"):
            if hasattr(widget, "draw"):
                text = "".join(at(widget, 80))
                assert text.replace("–", "-").replace("·", "-").isascii(), (type(widget), text)
    finally:
        theme.use_glyphs(False)


def test_inputs_do_not_blink() -> None:
    assert not LineInput().cursor_blink
    assert isinstance(PinInput(), Input)
