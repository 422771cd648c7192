"""Who is expected and in no community yet, and what to do about it: register, remind, excuse."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from models import join
from models.actions import AtPerson, Verdict
from models.clock import monotonic
from models.errors import CofpError, Refused
from models.pages import Page
from models.words import count, day
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.lanes import Lanes
from tui.widgets.bars import Amount, Bar, Days, Spark
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.lines import Say, Words
from tui.widgets.prompt import Prompt
from tui.widgets.rows import Held
from tui.widgets.section import Section
from tui.widgets.table import Column, WindowTable

from . import writing
from .picker import EACH, ConfirmList, Picker, each_own, suggested

STALE = 10.0
"""Seconds after which a key also looks at the store again: other terminals register people too."""
_REASON = "Reason"

_AT_SCHOOL = (
    Column("name", "Name", grow=True),
    Column("role", "Role", min_columns=60),
    Column("last", "Last year", min_columns=70, grow=True),
    Column("now", "Suggested now", grow=True),
    Column("left", "Places", 6, "right"),
    Column("reminded", "Reminded", 10, min_columns=104),
)
_ANYWHERE = (
    Column("name", "Name", grow=True),
    Column("school", "School", grow=True),
    Column("role", "Role", min_columns=90),
    Column("last", "Last year", min_columns=130, grow=True),
    Column("now", "Suggested now", grow=True),
    Column("left", "Places", 6, "right"),
    Column("reminded", "Reminded", 10, min_columns=120),
)


class People:
    """The list of those without a community: one school's, or everybody's."""

    def __init__(self, lanes: Lanes, year_id: int, school_id: int | None, words: str) -> None:
        self._lanes = lanes
        self._which = (year_id, school_id, words)

    async def page(
        self, after: Any | None, limit: int, backwards: bool = False
    ) -> Page[join.UnregisteredLine]:
        """See `table.Source`."""
        return await self._lanes.read(join.unregistered, *self._which, after, limit, backwards)

    async def count(self) -> int:
        """See `table.Source`."""
        return await self._lanes.read(join.count_unregistered, *self._which)


class UnregisteredScreen(House):
    """One school's list for those who answer for it; every school's for Division Personnel."""

    NAME = "unregistered"
    STEP = Step.JOIN
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
        self._listed: tuple[int | None, str] | None = None
        """What the list was loaded for: a school and the words searched for."""
        self._suggested: dict[int, join.Suggestion | None] = {}
        self._fresh: set[int] = set()
        """Whose suggestion is as the store had it at the latest load."""
        self._asking: set[int] = set()
        self._turn = 0
        self._loaded_at = 0.0
        self._people = WindowTable(
            _AT_SCHOOL,
            self._cells,
            row_tone=lambda row: "accent" if row.id == self.standing.person_id else "",
            can_mark=True,
            empty="Nobody without a community has these words in their name. Esc shows all.",
            id="people",
        )
        self._out = WindowTable(
            (
                Column("name", "Not expected", grow=True),
                Column("reason", "Reason", grow=True),
                Column("by", "Said by", min_columns=60, grow=True),
            ),
            lambda row: (row.name, row.reason, row.by),
            empty="Everybody is expected again.",
            id="excused",
        )

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body", id="unregistered"):
            yield Section("Unregistered", classes="tight", id="title")
            yield Bar(id="bar")
            yield Spark(id="pace")
            yield LineInput(placeholder="name", limit=80, id="find", classes="hidden")
            yield self._people
            yield self._out
            yield Empty("", id="nobody")
            yield Words(id="detail")
        yield from self.foot()

    # -- loading -----------------------------------------------------------------------------------

    def take(self, intent: Intent) -> None:
        super().take(intent)
        self._is_chosen = intent.id is not None or intent.action == "join.see_schools"
        self._school_id = intent.id
        self._came_from_schools = intent.action == "join.see_schools"
        self._shows_excused = False

    async def load(self) -> None:
        self._loaded_at = monotonic()
        if self.standing.person_id is None:
            self._refuse(
                "Sign in to see who is in no community yet.",
                "A school's list is for its Leads, its Principal and Division Personnel.",
            )
            return
        school_id = self._school_id if self._is_chosen else self._own_school()
        try:
            if school_id is None:
                self._sheet = await self.app.lanes.read(
                    join.division_sheet, self.standing, self.year, self.on
                )
            else:
                self._sheet = await self.app.lanes.read(
                    join.school_sheet, school_id, self.standing, self.year, self.on
                )
        except Refused as error:
            self._refuse(error.rule, error.help)
            return
        self._school_id, self._is_chosen = school_id, True
        self._excused = await self.app.lanes.read(join.not_expected, school_id, self.year.id)
        self._shows_excused = self._shows_excused and bool(self._excused)
        self._show_sheet(self._sheet)
        self._turn += 1
        self._fresh.clear()
        self._out.load(Held(self._excused))
        self._load_people()
        self._show_parts()

    def _own_school(self) -> int | None:
        """The school to begin with: one's own; for Division Personnel all of them."""
        who = self.standing
        if who.is_division:
            return None
        if who.school_id in who.answers_for or not who.answers_for:
            return who.school_id
        return min(who.answers_for)

    def _load_people(self) -> None:
        wanted = (self._school_id, self.query_one("#find", LineInput).value)
        if wanted == self._listed:
            self._people.reload()
            return
        if self._listed is None or wanted[0] != self._listed[0]:
            self._people.columns = _ANYWHERE if self._school_id is None else _AT_SCHOOL
            self._suggested.clear()
        self._listed = wanted
        self._people.load(People(self.app.lanes, self.year.id, *wanted))

    def _refuse(self, rule: str, help: str) -> None:
        """Show nothing but why there is nothing to show."""
        self._sheet, self._excused = None, ()
        for part in (self._people, self._out, *self.query("#bar, #pace, #find, #detail")):
            part.display = False
        self.query_one("#title", Section).show("Unregistered")
        nobody = self.query_one("#nobody", Empty)
        nobody.show(rule, help)
        nobody.display = True

    def on_key(self, event: events.Key) -> None:
        """Whoever comes back to the keyboard sees what others did meanwhile."""
        if self._sheet is not None and monotonic() - self._loaded_at > STALE:
            self._loaded_at = monotonic()
            self.reload()

    # -- showing -----------------------------------------------------------------------------------

    @property
    def _place(self) -> str:
        """Where the list is from, as a sentence says it."""
        sheet = self._sheet
        return sheet.school.name if isinstance(sheet, join.SchoolSheet) else "the division"

    def _show_sheet(self, sheet: join.SchoolSheet | join.DivisionSheet) -> None:
        far = sheet.progress
        name = sheet.school.name if isinstance(sheet, join.SchoolSheet) else "every school"
        note = f"{far.missing:,} of {far.expected:,} · {sheet.window_words}"
        self.query_one("#title", Section).show(f"Unregistered · {name}", note)
        division = f"division {sheet.division.percent} %"
        self.query_one("#bar", Bar).show(
            Amount(
                far.registered,
                far.expected,
                "registered",
                f"{far.percent} %" if sheet.progress is sheet.division else division,
            )
        )
        begun = any(d.is_past for d in sheet.by_day)
        values = tuple(d.registered if d.is_past else None for d in sheet.by_day)
        said = sheet.pace_words or (
            f"registrations by day, {day(sheet.opens)} to {day(sheet.closes)}"
        )
        spark = self.query_one("#pace", Spark)
        spark.show(Days(values if begun else (), said))
        spark.display = begun
        self.query_one("#bar").display = True

    def _show_parts(self) -> None:
        """The list, those not expected, or that nobody is missing."""
        sheet = self._sheet
        if sheet is None:
            return
        nobody = self.query_one("#nobody", Empty)
        is_done = not sheet.progress.missing and not self._shows_excused
        had_focus = self.focused in (self._people, self._out, None)
        self._people.display = not is_done and not self._shows_excused
        self._out.display = self._shows_excused
        nobody.display = is_done
        self.query_one("#detail").display = self._people.display
        if is_done:
            self._say_done(nobody, sheet)
        elif had_focus:
            (self._out if self._shows_excused else self._people).focus()
        self._show_detail()
        self.show_hints()

    def _say_done(self, nobody: Empty, sheet: join.SchoolSheet | join.DivisionSheet) -> None:
        where = f"at {sheet.school.short}" if isinstance(sheet, join.SchoolSheet) else "everywhere"
        if sheet.progress.expected:
            title = f"Everyone {where} is in a community."
            words = f"All {sheet.progress.expected:,} who are expected are registered. Thank you!"
        else:
            title = f"Nobody {where} is expected to register."
            words = "Whoever likes to may still join a community."
        nobody.show(title, words, "Esc goes back to Today")

    def _cells(self, row: join.UnregisteredLine) -> tuple[str, ...]:
        best = self._suggested.get(row.id)
        if row.id not in self._fresh:
            self._want(row.id)
        if best is not None:
            now, left = best.title, str(best.places_left)
        else:
            now, left = ("–" if row.id in self._suggested else "…"), ""
        reminded = day(self.app.store.clock.day_of(row.reminded_at)) if row.reminded_at else ""
        last = row.last_year or "–"
        if self._school_id is None:
            return (row.name, row.school, row.role, last, now, left, reminded)
        return (row.name, row.role, last, now, left, reminded)

    def _want(self, person_id: int) -> None:
        """Note that a row in sight has no suggestion yet; those noted are fetched together."""
        if not self._asking:
            self.call_later(self._fetch_suggestions)
        self._asking.add(person_id)

    async def _fetch_suggestions(self) -> None:
        wanted, self._asking, turn = self._asking, set(), self._turn
        self._fresh |= wanted
        self.run_worker(self._suggest(tuple(wanted), turn), group="suggestions")

    async def _suggest(self, people: Sequence[int], turn: int) -> None:
        try:
            found = await self.app.lanes.read(
                join.suggestions, people, self.year.id, 5, to_others=True
            )
        except CofpError as error:
            self.said.error(error)
            return
        if turn == self._turn:
            self._suggested.update({i: s[0] if s else None for i, s in found.items()})
            self._people.redraw()
            self._show_detail()

    @on(WindowTable.Highlighted)
    def _moved(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        self._show_detail()
        self.show_hints()

    @on(WindowTable.Marked, "#people")
    def _marks_changed(self, message: WindowTable.Marked) -> None:
        message.stop()
        self._show_detail()
        self.show_hints()

    def _show_detail(self) -> None:
        """One line about the person at the cursor, and how many are marked."""
        row: join.UnregisteredLine | None = self._people.row
        if row is None:
            self.query_one("#detail", Words).show(())
            return
        parts = [row.name, row.email]
        if row.waits_for:
            parts.append(f"waits for {row.waits_for}")
        if row.reminded_at:
            parts.append(f"reminded {day(self.app.store.clock.day_of(row.reminded_at))}")
        said = [Say(" · ".join(part for part in parts if part), "muted")]
        best = self._suggested.get(row.id)
        if best is not None:
            said.append(Say(f"{best.title}: {', '.join(best.reasons)}", "open"))
        marked = len(self._people.marked)
        if marked:
            said.append(Say(f"{count(marked, 'person', 'people')} marked", "accent"))
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
        if self._people.marked:
            return AtPerson(0, row.school_id, row.at.school_level, row.at.has_principal)
        return row.at

    def _verdict(self, *action_ids: str) -> Verdict | None:
        """The first of the actions that is allowed, else the first that fits the role; None where
        none does."""
        at = self._at_hand()
        if at is None or self._sheet is None:
            return None
        found = join.person_verdicts(at, self.standing, self.year, self.on)
        fitting = [v for i in action_ids for v in found if v.action.id == i]
        return next((v for v in fitting if v.is_allowed), fitting[0] if fitting else None)

    def _register_verdict(self) -> Verdict | None:
        return self._verdict("join.register", "join.register_late")

    def hints(self) -> Sequence[Hint]:
        if self._sheet is None:
            return ()
        found: list[Hint] = []
        if self._shows_excused:
            found += self._hint("unexpected", self._verdict("join.expect"), "expected again")
            found.append(Hint("filter", words="those missing"))
            return found
        if self._people.display:
            found += self._hint("register", self._register_verdict(), "register in…")
            found += self._hint("remind", self._verdict("join.remind"), self._remind_words())
            found.append(Hint("mark"))
            found += self._hint("unexpected", self._verdict("join.expect"))
            if not self.app.is_kiosk:
                found.append(Hint("export"))
        if self._excused:
            found.append(Hint("filter", words=f"not expected ({len(self._excused):,})"))
        if self.standing.is_division:
            found.append(Hint("by_school"))
        elif (beside := self._next_school()) is not None:
            found.append(Hint("by_school", words=beside[1][:20]))
        if self._people.display:
            found.append(Hint("search"))
        return found

    def _hint(self, key: str, verdict: Verdict | None, words: str = "") -> tuple[Hint, ...]:
        """A key that is not this person's to press is left out; one that is not yet is greyed."""
        return () if verdict is None else (Hint(key, verdict.is_allowed, words),)

    def _remind_words(self) -> str:
        marked = len(self._people.marked)
        return f"remind {marked:,}" if marked else "remind all"

    def _next_school(self) -> tuple[int, str] | None:
        """The school after this one among those that the person answers for."""
        sheet = self._sheet
        if not isinstance(sheet, join.SchoolSheet) or not sheet.others:
            return None
        here = (sheet.school.name, sheet.school.id)
        return next((o for o in sheet.others if (o[1], o[0]) > here), sheet.others[0])

    def _allowed(self, verdict: Verdict | None) -> bool:
        """Whether it may be done; if not, say why."""
        if verdict is None:
            return False
        if verdict.refusal is not None:
            self.said.error(verdict.refusal)
        return verdict.is_allowed

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return not self.app.is_kiosk
        return super().check_action(action, parameters)

    @on(WindowTable.Chosen, "#people")
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        self.action_register()

    @work(group="ask", exclusive=True)
    async def action_register(self) -> None:
        """Register those marked, or the one at the cursor."""
        row: join.UnregisteredLine | None = self._people.row
        verdict = self._register_verdict()
        if self._shows_excused or row is None or verdict is None or not self._allowed(verdict):
            return
        people = self._people.marked or (row.id,)
        pairs = await (self._pick_one(row) if people == (row.id,) else self._pick_many(people))
        if not pairs:
            return
        if verdict.action.id == "join.register":
            receipt = await self.do(join.register, pairs)
        else:
            reason = await self.ask(
                Prompt(
                    f"Register {count(len(pairs), 'person', 'people')} after the window?",
                    ("The reason is kept, and those registered read it on Today.",),
                    label=_REASON,
                    ok="register",
                )
            )
            if reason is None:
                return
            receipt = await self.do(join.register_late, pairs, reason)
        if receipt is not None:
            done = set(receipt.facts["done"])
            self._people.set_marks([i for i in self._people.marked if i not in done])

    def _telling(self, who: str) -> str:
        """Whose word it is, and what it leaves open, before somebody else is registered."""
        sheet = self._sheet
        if sheet is None or sheet.days_left < 0:
            return f"{who} told on Today that you registered them, and why."
        return (
            f"{who} told on Today that you registered them, and may switch freely "
            f"until {day(sheet.closes)}."
        )

    async def _pick_one(self, row: join.UnregisteredLine) -> list[tuple[int, int]]:
        found = await self.app.lanes.read(
            join.suggestions, [row.id], self.year.id, 5, to_others=True
        )
        words = [self._telling("They are")]
        if row.waits_for:
            words.append(f"They wait for a place in {row.waits_for}, and keep waiting.")
        choice = await self.ask(
            Picker(
                f"Register {row.name} in …", words, self.app.lanes, self.year.id, self.standing,
                suggested(found.get(row.id, ())),
            )
        )  # fmt: skip
        return [(row.id, choice.community_id)] if choice is not None else []

    async def _pick_many(self, people: Sequence[int]) -> list[tuple[int, int]]:
        choice = await self.ask(
            Picker(
                f"Register {count(len(people), 'person', 'people')} in …",
                [self._telling("They are")], self.app.lanes, self.year.id, self.standing,
                (each_own(len(people)),),
            )
        )  # fmt: skip
        if choice is None:
            return []
        proposed = await self.app.lanes.read(join.best_choices, people, self.year.id)
        if choice.community_id == EACH:
            return await self._confirm_each(proposed)
        title = f"Register {count(len(people), 'person', 'people')} in {choice.title}?"
        words = [self._telling("They are")]
        if choice.places.isdecimal() and int(choice.places) < len(people):
            words.append(f"Only {choice.places} of them find a place; the rest stay on the list.")
        named = [Say(p.name) for p in proposed]
        if not await self.ask(ConfirmList(title, words, named, yes="register")):
            return []
        return [(p.person_id, choice.community_id) for p in proposed]

    async def _confirm_each(self, proposed: Sequence[join.Proposed]) -> list[tuple[int, int]]:
        pairs = [(p.person_id, p.community_id) for p in proposed if p.community_id is not None]
        named: list[Say] = []
        for p in proposed:
            if p.community_id is None:
                named.append(Say(f"{p.name}: nothing with a place left suits them", "muted"))
            else:
                named.append(Say(f"{p.name}: {p.title}", "strong"))
                named.append(Say(f"    {', '.join(p.reasons)}", "muted"))
        if not pairs:
            self.said.warn("No community with a place left suits them; choose one for them.")
            return []
        title = f"Register {count(len(pairs), 'person', 'people')}, each in their own?"
        sure = await self.ask(
            ConfirmList(title, [self._telling("They are")], named, yes="register")
        )
        return pairs if sure else []

    @work(group="ask", exclusive=True)
    async def action_remind(self) -> None:
        """Remind those marked, or everybody whom the list shows."""
        if self._shows_excused or not self._allowed(self._verdict("join.remind")):
            return
        people: Sequence[int] = self._people.marked
        whom = f"{count(len(people), 'person', 'people')} marked"
        if not people:
            assert self._listed is not None
            found = await self.app.lanes.read(join.missing_ids, self.year.id, *self._listed)
            people = [i for i in found if i != self.standing.person_id]
            shown = "shown" if self._listed[1] else f"at {self._place}"
            whom = f"all {len(people):,} {shown}" if self._listed[0] or self._listed[1] else (
                f"all {len(people):,} in the division"
            )  # fmt: skip
        if not people:
            self.said.warn("There is nobody else to remind.")
            return
        word = await self.ask(
            Prompt(
                f"Remind {whom}?",
                ("They read on Today that you remind them to choose a community.",),
                label="A word of your own, if you like",
                ok="remind",
                required=False,
            )
        )
        if word is not None and await self.do(join.remind, tuple(people), word):
            self._people.set_marks(())

    @work(group="ask", exclusive=True)
    async def action_unexpected(self) -> None:
        """Say that the person at the cursor is not expected, or expected again, and why."""
        row: Any = self._out.row if self._shows_excused else self._people.row
        if row is None or not self._allowed(self._verdict("join.expect")):
            return
        if self._shows_excused:
            title = f"Is {row.name} expected to register again?"
            words = (f"{row.by} said: {row.reason}",)
        else:
            title = f"Is {row.name} not expected to register?"
            words = ("On leave, part time … They no longer count as missing, and may still join.",)
        reason = await self.ask(Prompt(title, words, label=_REASON, ok="save"))
        if reason is not None:
            marked = tuple(i for i in self._people.marked if i != row.id)
            if await self.do(join.expect, row.id, self._shows_excused, reason):
                self._people.set_marks(marked)

    def action_filter(self) -> None:
        """Turn to those who are not expected, and back."""
        if self._sheet is not None and (self._excused or self._shows_excused):
            self._shows_excused = not self._shows_excused
            self._show_parts()

    def action_by_school(self) -> None:
        """To every school; for whoever answers for a few, to the next of them."""
        if self.standing.is_division:
            self.app.go("schools")
        elif (beside := self._next_school()) is not None:
            self._school_id = beside[0]
            self._shows_excused = False
            self._people.set_marks(())
            self.reload()

    @work(group="ask", exclusive=True)
    async def action_export(self) -> None:
        """Write the list to a file that this person may open elsewhere."""
        if self.app.is_kiosk or self._sheet is None or self._listed is None:
            return
        table = await self.app.lanes.read(join.unregistered_csv, self.year.id, *self._listed)
        of = self._sheet.school.short if isinstance(self._sheet, join.SchoolSheet) else "division"
        try:
            path = await asyncio.to_thread(writing.write, table, of, self.on)
        except CofpError as error:
            self.said.error(error)
            return
        self.said.ok(f"{count(self._people.count, 'person', 'people')} written to {path}")

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
            self._load_people()

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
