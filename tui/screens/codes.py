"""Handing out enrolment codes: to whom, and the code in large writing, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from models import access
from models.access import CodeLine, Whose
from models.actions import judge
from models.pages import Page
from models.people import short_school
from models.words import day, day_year
from models.years import Year
from tui.house import House
from tui.keys import binding
from tui.lanes import Lanes
from tui.widgets.confirm import Confirm, Press, Question
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.large import Large
from tui.widgets.lines import Say, Words
from tui.widgets.section import Section
from tui.widgets.table import Column, WindowTable

_NAME = Column("name", "Name", grow=True)
_SCHOOL = Column("school", "School", min_columns=60, grow=True)
_ROLE = Column("role", "Role", 18)
_ROLE_BESIDE = Column("role", "Role", 18, min_columns=90)
_STATE = Column("state", "Signs in with", 22)
AT_SCHOOL = (_NAME, _ROLE, _STATE)
ANYWHERE = (_NAME, _SCHOOL, _ROLE_BESIDE, _STATE)


class Staff:
    """The staff for whom codes may be made: the table's source."""

    def __init__(
        self, lanes: Lanes, whose: Whose, year: Year, on: date, now: Callable[[], datetime]
    ) -> None:
        """`now` tells the moment, naive UTC, at which codes are looked at."""
        self._lanes, self._now = lanes, now
        self.which = (whose, year, on)

    async def page(self, after: Any | None, limit: int, backwards: bool = False) -> Page[CodeLine]:
        """See `table.Source`."""
        return await self._lanes.read(
            access.staff_for_codes, *self.which, self._now(), after, limit, backwards
        )

    async def count(self) -> int:
        """See `table.Source`."""
        return await self._lanes.read(access.count_staff_for_codes, *self.which)


class CodesScreen(House):
    """One's colleagues and how they sign in; Enter makes a code for one of them."""

    NAME = "codes"
    AUTO_FOCUS = "#staff"
    BINDINGS = [binding("search"), binding("filter"), binding("back")]

    def __init__(self) -> None:
        super().__init__()
        self._without_pin = False
        self._is_theirs = False
        self._staff: Staff | None = None
        self._table = WindowTable(
            AT_SCHOOL,
            self._cells,
            row_tone=lambda line: "" if line.verdict.is_allowed else "faint",
            empty="Nobody here fits that. Esc shows all.",
            id="staff",
        )

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body", id="codes"):
            yield Section("Codes for colleagues", id="title")
            yield Words(id="what")
            yield LineInput(placeholder="name or e-mail", limit=80, id="find", classes="hidden")
            yield self._table
            yield Empty("", id="nobody")
        yield from self.foot()

    # -- loading and showing -----------------------------------------------------------------------

    async def load(self) -> None:
        verdict = judge("access.make_code", self.standing, self.year, self.on)
        self._is_theirs = verdict.is_theirs
        self._table.display = self._is_theirs
        self.query_one("#nobody").display = not self._is_theirs
        if verdict.refusal is not None:
            self.query_one("#what", Words).show(())
            self.query_one("#nobody", Empty).show(
                verdict.refusal.rule, verdict.refusal.help, "Esc goes back"
            )
            return
        self._list()

    def _list(self) -> None:
        whose = Whose(self.standing, self.query_one("#find", LineInput).value, self._without_pin)
        self.query_one("#title", Section).show(
            "Codes for colleagues", "those without a PIN" if self._without_pin else ""
        )
        what = (
            f"With a code somebody chooses their own PIN. It is good once, for {access.CODE_DAYS} "
            "days; a new one takes the place of an older one."
        )
        self.query_one("#what", Words).show((Say(what, "muted"),))
        before = self._staff
        self._staff = Staff(self.app.lanes, whose, self.year, self.on, self.app.store.clock.now)
        if before is not None and before.which == self._staff.which:
            self._table.reload()
            return
        self._table.columns = ANYWHERE if whose.several_schools else AT_SCHOOL
        self._table.load(self._staff)

    def _cells(self, line: CodeLine) -> tuple[str, ...]:
        school = (short_school(line.school),) if self._table.columns == ANYWHERE else ()
        return (line.listed_name, *school, line.role, self._state(line))

    def _state(self, line: CodeLine) -> str:
        if line.code_until is not None:
            return f"code, until {day(self._day(line.code_until))}"
        if line.is_void:
            return "a PIN no longer good"
        return "PIN" if line.has_pin else "nothing yet"

    def _day(self, at: datetime) -> date:
        return self.app.store.clock.day_of(at)

    def hints(self) -> tuple[Hint, ...]:
        if not self._is_theirs:
            return ()
        row: CodeLine | None = self._table.row
        can = row is not None and row.verdict.is_allowed
        others = "everyone" if self._without_pin else "without a PIN"
        return (
            Hint("open", can, words="make a code"),
            Hint("search"),
            Hint("filter", words=others),
            Hint("back"),
        )

    def common_hints(self) -> tuple[Hint, ...]:
        """The key that opens this very screen is left out."""
        return tuple(hint for hint in super().common_hints() if hint.id != "codes")

    @on(WindowTable.Highlighted, "#staff")
    def _moved(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        self.show_hints()

    @on(WindowTable.Failed)
    def _failed(self, message: WindowTable.Failed) -> None:
        message.stop()
        self.said.error(message.error)

    # -- making a code -----------------------------------------------------------------------------

    @on(WindowTable.Chosen, "#staff")
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        line: CodeLine = message.row
        if line.verdict.refusal is not None:
            self.said.error(line.verdict.refusal)
        else:
            self._make(line)

    @work(group="ask", exclusive=True)
    async def _make(self, line: CodeLine) -> None:
        """Make a code after a question, and show it until it is copied."""
        if not await self.ask(
            Confirm(f"Make a code for {line.name}?", _means(line), yes="make it")
        ):
            return
        receipt = await self.do(access.make_code, line.id)
        code = receipt.facts.get("code") if receipt is not None else None
        if receipt is not None and code:
            until = date.fromisoformat(receipt.facts["until"])
            await self.ask(CodeCard(line, str(code), until))

    # -- keys --------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Narrow the list by name."""
        if self._is_theirs:
            find = self.query_one("#find", LineInput)
            find.remove_class("hidden")
            find.focus()

    def action_filter(self) -> None:
        """Turn to those without a PIN, and back."""
        if self._is_theirs:
            self._without_pin = not self._without_pin
            self._list()
            self.show_hints()

    @on(Input.Changed, "#find")
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        if self._is_theirs:
            self._list()

    @on(Input.Submitted, "#find")
    def _found(self, message: Input.Submitted) -> None:
        message.stop()
        self._table.focus()

    def action_back(self) -> None:
        """Esc: out of the search, out of the filter, then back."""
        find = self.query_one("#find", LineInput)
        if not find.has_class("hidden"):
            find.value = ""
            find.add_class("hidden")
            self._table.focus()
        elif self._without_pin:
            self.action_filter()
        else:
            super().action_back()


def _means(line: CodeLine) -> tuple[str, ...]:
    """What making a code for somebody brings about."""
    where = f"{line.role}, {short_school(line.school)}"
    words = [f"{where} · {line.email}" if line.email else where]
    if line.code_until is not None:
        words.append("The code that is out for them is void then.")
    if line.has_pin:
        words.append("Their PIN stays good until they choose a new one.")
    words.append("They are told on Today that you made it.")
    return tuple(words)


class CodeCard(Question[None]):
    """A code in large writing, to be copied onto paper; nothing shows it again.

    No button has the focus, so that an Enter too many does not take it away. It cannot be selected,
    and nothing puts it in a clipboard.
    """

    AUTO_FOCUS = ""

    def __init__(self, line: CodeLine, code: str, until: date) -> None:
        super().__init__(
            f"The code for {line.name}",
            (
                f"{short_school(line.school)} · good once, until {day_year(until)}",
                "Copy it onto paper now: nobody can show it again.",
            ),
        )
        self._code = code

    def on_mount(self) -> None:
        self.add_class("-wide-question")

    def parts(self) -> Iterable[Widget]:
        yield Large(self._code, id="code")
        yield Words(
            "",
            Say(
                "To use it: sign in, type their name, then the code and a PIN of their own choice.",
                "muted",
            ),
        )

    def buttons(self) -> Iterable[Widget]:
        yield Press("Esc  it is copied", id="no")

    @on(Press.Pressed, "#no")
    def _copied(self, message: Press.Pressed) -> None:
        message.stop()
        self.action_no()
