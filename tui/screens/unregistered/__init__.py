"""Who is expected and in no community yet, and what to do about it: register, remind, excuse."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from models import join
from models.actions import Verdict
from models.actions.targets import AtPerson
from models.clock import monotonic
from models.errors import CofpError, Refused
from models.words import day
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding, shown
from tui.theme import GLYPHS
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.lines import Say, Words
from tui.widgets.rows import Held
from tui.widgets.table import Column, WindowTable

from . import asks, writing
from .about import About
from .head import ProgressHead
from .people import People, PeopleTable

STALE = 10.0
"""Seconds after which a key also looks at the store again: other terminals register people too."""
MOST_REMINDED = 2_000
"""People whom one key reminds."""


def _anybody_like(row: join.UnregisteredLine) -> AtPerson:
    """Anybody of the list in the place of one of them, for what is done to several."""
    return AtPerson(0, row.school_id, row.at.school_level, row.at.has_principal)


class UnregisteredScreen(House):
    """One school's list for those who answer for it; every school's for Division Personnel."""

    NAME = "unregistered"
    STEP = Step.JOIN
    AUTO_FOCUS = "#people"
    BINDINGS = [
        binding("register"),
        binding("remind"),
        binding("unexpected"),
        binding("filter"),
        binding("by_school"),
        binding("export"),
        binding("search"),
        binding("back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._school_id: int | None = None
        self._is_chosen = False
        """Whether a school, or all of them, was asked for; else it is the person's own."""
        self._came_from_schools = False
        self._sheet: join.SchoolSheet | join.DivisionSheet | None = None
        self._excused: tuple[join.Excused, ...] = ()
        self._shows_excused = False
        self._loaded_at = 0.0
        self._hinted: tuple[Hint, ...] = ()
        self._people = PeopleTable(lambda at: self.app.store.clock.day_of(at), id="people")
        self._out = WindowTable(
            (
                Column("name", "Not expected", grow=True),
                Column("reason", "Reason", grow=True),
                Column("by", "Said by", min_columns=60, grow=True),
            ),
            lambda row: (row.name, row.reason, row.by),
            id="excused",
        )

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body", id="unregistered"):
            yield ProgressHead()
            yield LineInput(placeholder="name", limit=80, id="find", classes="hidden")
            yield self._people
            yield self._out
            yield Empty("", id="nobody")
            yield About(id="detail")
        yield from self.foot()

    # -- loading -----------------------------------------------------------------------------------

    def take(self, intent: Intent) -> None:
        super().take(intent)
        self._came_from_schools = intent.action == "join.see_schools"
        self._is_chosen = intent.id is not None or self._came_from_schools
        self._school_id = intent.id
        self._shows_excused = False

    async def load(self) -> None:
        self._loaded_at = monotonic()
        read = self.app.lanes.read
        who = self.standing
        school_id = self._school_id if self._is_chosen else self._own_school()
        try:
            if school_id is None:
                self._sheet = await read(join.division_sheet, who, self.year, self.on)
            else:
                self._sheet = await read(join.school_sheet, school_id, who, self.year, self.on)
            self._excused = await read(join.not_expected, school_id, who, self.year, self.on)
        except Refused as error:
            self._sheet, self._excused = None, ()
            self.query_one("#nobody", Empty).show(error.rule, error.help, "Esc goes back")
        else:
            self._school_id, self._is_chosen = school_id, True
            self._people.own_id = who.person_id
            self._list()
            self._out.load(Held(self._excused))
        self._shows_excused = self._shows_excused and bool(self._excused)
        self._show_parts()

    def _own_school(self) -> int | None:
        """The school to begin with: one's own; for Division Personnel all of them."""
        who = self.standing
        if self.app.might("join.see_schools") or who.school_id is None:
            return None
        if who.school_id in who.answers_for or not who.answers_for:
            return who.school_id
        return min(who.answers_for)

    def _list(self) -> None:
        words = self.query_one("#find", LineInput).value
        self._people.show(
            People(
                self.app.lanes,
                join.Which(self.standing, self.year, self.on, self._school_id, words),
            )
        )

    def on_key(self, event: events.Key) -> None:
        """Whoever comes back to the keyboard sees what others did meanwhile."""
        if self._sheet is not None and monotonic() - self._loaded_at > STALE:
            self._loaded_at = monotonic()
            self.reload()

    # -- showing -----------------------------------------------------------------------------------

    def _show_parts(self) -> None:
        """The list, those not expected, or why there is nothing to show."""
        sheet, nobody = self._sheet, self.query_one("#nobody", Empty)
        self._show_head_of(sheet)
        shows_people = sheet is not None and sheet.progress.missing > 0 and not self._shows_excused
        find = self.query_one("#find", LineInput)
        is_searching = self.focused is find and not find.has_class("hidden")
        self._out.display = self._shows_excused
        self._people.display = self.query_one("#detail").display = shows_people
        nobody.display = not shows_people and not self._shows_excused
        if not shows_people:
            find.add_class("hidden")
        if sheet is not None and nobody.display:
            self._say_done(nobody, sheet)
        elif sheet is not None and not (is_searching and shows_people):
            (self._out if self._shows_excused else self._people).focus()
        self._show_detail()
        self.show_hints()

    def _show_head_of(self, sheet: join.Sheet | None) -> None:
        """Whose list it is and how far they are; of a search how many it found."""
        where = sheet.school.name if isinstance(sheet, join.SchoolSheet) else "every school"
        title = f"Unregistered · {where}" if sheet else "Unregistered"
        is_search = bool(self.query_one("#find", LineInput).value.strip())
        self.query_one(ProgressHead).show(title, sheet, self._people.count if is_search else None)

    @on(WindowTable.Counted, "#people")
    def _counted(self, message: WindowTable.Counted) -> None:
        message.stop()
        self._show_head_of(self._sheet)

    def _say_done(self, nobody: Empty, sheet: join.SchoolSheet | join.DivisionSheet) -> None:
        where = f"at {sheet.school.short}" if isinstance(sheet, join.SchoolSheet) else "everywhere"
        expected = sheet.progress.expected
        if expected:
            title = f"Everyone {where} is in a community."
            words = f"{expected:,} of {expected:,} who are expected are registered."
        else:
            title = f"Nobody {where} is expected to register."
            words = "Whoever likes to may still join a community."
        nobody.show(title, words, "Esc goes back")

    @on(WindowTable.Highlighted)
    @on(WindowTable.Marked)
    @on(PeopleTable.Suggested)
    def _at_hand_changed(self) -> None:
        self._show_detail()
        hints = tuple(self.hints())
        if hints != self._hinted:
            self._hinted = hints
            self.show_hints()

    @on(WindowTable.Failed)
    def _failed(self, message: WindowTable.Failed) -> None:
        message.stop()
        self.said.error(message.error)

    def _show_detail(self) -> None:
        """A line about the person at the cursor, and why what is suggested suits them."""
        row: join.UnregisteredLine | None = self._people.row
        said: list[Say] = []
        if row is not None:
            parts = [row.name, row.email]
            if row.waits_for:
                parts.append(f"waits for {row.waits_for}")
            if row.reminded_at:
                parts.append(f"reminded {day(self.app.store.clock.day_of(row.reminded_at))}")
            said.append(Say(" · ".join(part for part in parts if part), "muted"))
            best = self._people.best(row.id)
            if best is not None:
                said.append(Say(f"{best.title}: {' · '.join(best.reasons)}", "open"))
        self.query_one("#detail", Words).show(said)

    # -- what may be done --------------------------------------------------------------------------

    def _at_hand(self) -> AtPerson | None:
        """The person at hand; with several marked anybody of the list."""
        if self._shows_excused:
            out: join.Excused | None = self._out.row
            return out.at if out else None
        row: join.UnregisteredLine | None = self._people.row
        if row is None:
            return None
        return _anybody_like(row) if self._people.marked else row.at

    def _verdict(self, *action_ids: str) -> Verdict | None:
        """The first of the actions that is allowed, else the first that fits the role; None where
        none does."""
        return self._told(self._at_hand(), *action_ids)

    def _reminds(self) -> Verdict | None:
        """Whether people of this list may be reminded: those marked or all, not the one at the cursor."""
        row: join.UnregisteredLine | None = self._people.row
        return self._told(None if row is None else _anybody_like(row), "join.remind")

    def _told(self, at: AtPerson | None, *action_ids: str) -> Verdict | None:
        if at is None or self._sheet is None:
            return None
        found = join.person_verdicts(at, self.standing, self.year, self.on)
        fitting = [v for i in action_ids for v in found if v.action.id == i]
        return next((v for v in fitting if v.is_allowed), fitting[0] if fitting else None)

    def _registers(self) -> Verdict | None:
        return self._verdict("join.register", "join.register_late")

    def hints(self) -> Sequence[Hint]:
        if self._sheet is None:
            return ()
        found: list[Hint | None] = []
        if self._shows_excused:
            found.append(self._hint("unexpected", self._verdict("join.expect"), "expected again"))
            found.append(Hint("filter", words="those missing"))
        elif self._people.display:
            marked = len(self._people.marked)
            several = f" {marked:,}" if marked else ""
            found += [
                self._hint("register", self._registers(), f"register{several}"),
                self._hint("remind", self._reminds(), f"remind{several or ' all'}"),
                Hint("mark"),
                self._hint("unexpected", self._verdict("join.expect")),
                None
                if self.app.is_kiosk
                else Hint("export", words=f"export{several or ' all'}", keep=7),
                Hint("search"),
            ]
        if self._excused and not self._shows_excused:
            found.append(Hint("filter", words=f"{len(self._excused):,} not expected"))
        if self.app.might("join.see_schools"):
            found.append(Hint("by_school"))
        elif (beside := self._next_school()) is not None:
            found.append(Hint("by_school", words=beside[1][:20], keep=6))
        return [hint for hint in found if hint is not None]

    def _hint(self, key: str, verdict: Verdict | None, words: str = "") -> Hint | None:
        """A key that is not this person's to press is left out; one that is not yet is greyed."""
        both = f"{GLYPHS['enter']}/{shown(key)}" if key == "register" else ""
        return None if verdict is None else Hint(key, verdict.is_allowed, words, both)

    def _next_school(self) -> tuple[int, str] | None:
        """The school after this one among those that the person answers for."""
        sheet = self._sheet
        if not isinstance(sheet, join.SchoolSheet) or not sheet.others:
            return None
        here = (sheet.school.short, sheet.school.id)
        return next((o for o in sheet.others if (o[1], o[0]) > here), sheet.others[0])

    def _may(self, verdict: Verdict | None) -> bool:
        """Whether it may be done; if not yet, say why and from when."""
        if verdict is not None and verdict.refusal is not None:
            self.said.error(verdict.refusal)
        return verdict is not None and verdict.is_allowed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return not self.app.is_kiosk
        return super().check_action(action, parameters)

    # -- keys --------------------------------------------------------------------------------------

    @on(WindowTable.Chosen, "#people")
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        self.action_register()

    @work(group="ask", exclusive=True)
    async def action_register(self) -> None:
        """Register those marked, or the one at the cursor."""
        row: join.UnregisteredLine | None = self._people.row
        people, sheet, verdict = self._people.people, self._sheet, self._registers()
        if self._shows_excused or row is None or people is None or sheet is None:
            return
        if verdict is None or not self._may(verdict):
            return
        marked = self._people.marked
        if marked and marked != (row.id,):
            pairs = await asks.pick_many(self, people, sheet, marked)
        else:
            pairs = await asks.pick_one(self, people, sheet, row)
        if not pairs:
            return
        if verdict.action.id == "join.register":
            receipt = await self.do(join.register, pairs)
        else:
            reason = await asks.reason_for_late(self, len(pairs), self._school_id)
            receipt = await self.do(join.register_late, pairs, reason) if reason else None
        if receipt is not None:
            done = set(receipt.facts["done"])
            self._people.set_marks([i for i in self._people.marked if i not in done])

    @work(group="ask", exclusive=True)
    async def action_remind(self) -> None:
        """Remind those marked, or everybody whom the list shows."""
        people, verdict = self._people.people, self._reminds()
        if self._shows_excused or people is None or not self._may(verdict):
            return
        chosen: Sequence[int] = self._people.marked
        whom = f"the {len(chosen):,} people marked" if len(chosen) > 1 else "the person marked"
        if not chosen:
            found = await self.read(join.whom_to_remind, people.which, MOST_REMINDED)
            if found is None:
                return
            chosen = found
            is_part = self._people.count > MOST_REMINDED
            all_of = f"{'the first' if is_part else 'all'} {len(chosen):,}"
            narrowed = " that the list shows" if people.which.words else ""
            whom = f"{all_of} people{narrowed}" if len(chosen) != 1 else "one person"
        if not chosen:
            self.said.warn("There is nobody else to remind.")
            return
        word = await asks.word_of_reminder(self, whom, self._school_id)
        if word is not None and await self.do(join.remind, tuple(chosen), word):
            self._people.set_marks(())

    @work(group="ask", exclusive=True)
    async def action_unexpected(self) -> None:
        """Say that the person at the cursor is not expected, or expected again, and why."""
        row: join.UnregisteredLine | join.Excused | None = (
            self._out.row if self._shows_excused else self._people.row
        )
        if row is None or not self._may(self._verdict("join.expect")):
            return
        is_expected = isinstance(row, join.Excused)
        reason = await asks.reason_for_expecting(self, row)
        if reason and await self.do(join.expect, row.id, is_expected, reason):
            self._people.set_marks([ident for ident in self._people.marked if ident != row.id])

    def action_filter(self) -> None:
        """Turn to those who are not expected, and back."""
        if self._sheet is not None and (self._excused or self._shows_excused):
            self._shows_excused = not self._shows_excused
            self._show_parts()

    def action_by_school(self) -> None:
        """To every school; for whoever answers for a few, to the next of them."""
        if self.app.might("join.see_schools"):
            self.app.go("schools")
        elif (beside := self._next_school()) is not None:
            self._school_id = beside[0]
            self._shows_excused = False
            self.reload()

    @work(group="ask", exclusive=True)
    async def action_export(self) -> None:
        """Write those marked, or the whole list, to a file that this person may open elsewhere."""
        people, sheet = self._people.people, self._sheet
        if self.app.is_kiosk or people is None or sheet is None:
            return
        of = sheet.school.short if isinstance(sheet, join.SchoolSheet) else "division"
        marked = self._people.marked
        what = f"The list of the {len(marked):,} marked" if marked else "The list"
        try:
            table = await self.app.lanes.read(join.unregistered_csv, people.which, marked)
            path = await asyncio.to_thread(writing.write, table, of, self.on)
        except CofpError as error:
            self.said.error(error)
        else:
            self.said.ok(f"{what} is in {path}")

    # -- search ------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Narrow the list by name."""
        if self._people.display:
            find = self.query_one("#find", LineInput)
            find.remove_class("hidden")
            find.focus()

    @on(Input.Changed, "#find")
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        if self._sheet is not None:
            self._list()

    @on(Input.Submitted, "#find")
    def _found(self, message: Input.Submitted) -> None:
        message.stop()
        self._people.focus()

    def action_back(self) -> None:
        """Esc: out of the search, out of those not expected, then to where one came from."""
        find = self.query_one("#find", LineInput)
        if not find.has_class("hidden"):
            find.value = ""
            find.add_class("hidden")
            self._people.focus()
        elif self._shows_excused:
            self.action_filter()
        elif self._came_from_schools:
            self.app.go("schools")
        else:
            super().action_back()
