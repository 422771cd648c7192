"""Welcome: nobody is signed in. What is open now, the next date, the offerings to browse."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input

from models import join, pages, promote, today, words
from models.actions import Verdict, judge
from models.people import NOBODY
from models.today import NextEvent
from models.years import Step, Year
from tui.house import House
from tui.intent import Intent
from tui.keys import bindings
from tui.lanes import Lanes
from tui.widgets import bars
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.lines import Fact, Facts, Item, Lines, Words
from tui.widgets.section import Section
from tui.widgets.table import Column, WindowTable

if TYPE_CHECKING:
    from models.sample import DemoPerson

COLUMNS = (
    Column("title", "Community", grow=True),
    Column("for", "For", min_columns=60, most=14),
    Column("priority", "Priority", min_columns=72, most=15),
    Column("places", "Places", 9, "right"),
)
ROOMY = 100
"""Cells from which on what is open stands beside the list, with its purpose."""
ROLE = 30
"""Characters for the role of a sample's person."""
READY_AFTER = 0.4
"""Seconds after the first paint in which the next screen is imported."""
ASKS = {"join": "join.join", "wait": "join.wait", "keep": "join.keep"}
"""The keys that ask for a person, and the actions that go on then."""


class Offerings:
    """The year's offerings as anybody may browse them, narrowed by words."""

    def __init__(self, lanes: Lanes, year_id: int, typed: str) -> None:
        self.lanes, self.year_id = lanes, year_id
        self.narrowed = join.Filter(words=typed)

    async def page(
        self, after: Sequence[Any] | None, limit: int, backwards: bool = False
    ) -> pages.Page[join.OfferingLine]:
        """At most `limit` offerings beyond the position `after`."""
        return await self.lanes.read(
            join.offerings, self.year_id, self.narrowed, NOBODY, after, limit, backwards
        )

    async def count(self) -> int:
        """How many the words leave."""
        return await self.lanes.read(join.count_offerings, self.year_id, self.narrowed, NOBODY)


def cells(line: join.OfferingLine) -> tuple[str, ...]:
    """One offering's texts, in the columns' order."""
    return (line.title, line.audience_words, line.priority, line.places_words)


class WelcomeScreen(House):
    """The first screen of a terminal, and the last one after signing out."""

    NAME = "welcome"
    BINDINGS = [*bindings("search", "back", "travel", "set_up", "sign_in", *ASKS)]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._events: tuple[NextEvent, ...] = ()
        self._at_hand: join.Offering | None = None
        self._is_new = True

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Container(id="welcome", classes="body"):
            with Vertical(id="welcome-now"):
                yield Section("Open now", id="open-title")
                yield Facts(id="open")
                yield Section("Next", id="next-title")
                yield Facts(id="next")
                yield Section("Sign in as", id="people-title")
                yield Lines(id="people")
                yield Words(id="way-in")
            with Vertical(id="welcome-list"):
                yield Section("Offerings", id="list-title")
                yield LineInput(placeholder="/  search a community, a person, a word", id="find")
                yield WindowTable(
                    COLUMNS, cells, row_tone=lambda line: "" if line.is_running else "off",
                    empty="No community fits these words. Esc shows them all.", id="offerings",
                )  # fmt: skip
                yield Empty("", id="no-offerings")
                yield bars.Year(id="year")
            with Vertical(id="welcome-new"):
                yield Empty("", id="set-up-words")
                yield Lines(id="set-up")
        yield from self.foot()

    # -- loading -----------------------------------------------------------------------------------

    async def load(self) -> None:
        """What is open, what comes, the list; before the first set-up how to begin."""
        year = self.frame.year
        self.query_one("#welcome-now").set_class(year is None, "hidden")
        self.query_one("#welcome-list").set_class(year is None, "hidden")
        self.query_one("#welcome-new").set_class(year is not None, "hidden")
        if year is None:
            self._show_beginning()
            return
        self._events = await self.app.lanes.read(today.welcome_events, year, self.on)
        self._show_now(year)
        await self._show_people()
        self._show_list(year)
        if self._is_new:
            self._is_new = False
            first = "#people" if self.frame.is_sample else "#offerings"
            self.query_one(first).focus()
            self.set_timer(READY_AFTER, self._get_ready)

    async def _get_ready(self) -> None:
        """Import sign-in while nobody types, so that its first opening takes no longer than others."""
        await asyncio.to_thread(import_module, "tui.screens.sign_in")

    def _show_now(self, year: Year) -> None:
        states = [state for state in year.ribbon(self.on) if state.state == "open"]
        states.sort(key=lambda state: not state.pressing)
        ahead = [
            Fact(words.day(event.on), f"{event.words}{', ' if event.at else ''}{event.at}")
            for event in self._events[:3]
        ]
        if self.size.width >= ROOMY:
            told = [
                (
                    Fact(state.step.title, state.words, "accent" if state.pressing else "open"),
                    Fact(" ", promote.PURPOSE[state.step], "muted"),
                )
                for state in states
            ]
            self.query_one("#open", Facts).show([fact for pair in told for fact in pair])
            self.query_one("#next", Facts).show(ahead)
        else:
            lit = " · ".join(f"{s.step.title}, {s.words}" for s in states)
            ahead = [Fact("Next", f"{fact.label}: {fact.text}") for fact in ahead[:1]]
            self.query_one("#open", Facts).show([Fact("Open", lit), *ahead])
            self.query_one("#next", Facts).show(())

    async def _show_people(self) -> None:
        """In a sample: somebody for each role, with their PIN."""
        demo = await self.app.lanes.read(_demo_people) if self.frame.is_sample else ()
        if demo:
            self.query_one("#people-title", Section).show(
                "Sign in as", f"PIN {demo[0].pin} for all"
            )
        self.query_one("#people", Lines).show(
            [Item(str(person.person_id), _role(person), person.name) for person in demo]
        )
        self.query_one("#welcome").set_class(bool(demo), "-crowded")
        for id in ("#people-title", "#people"):
            self.query_one(id).set_class(not demo, "hidden")
        way_in = "Press i to sign in. No PIN yet? Your school’s Lead or Principal makes you a code."
        self.query_one("#way-in", Words).show(() if demo else (way_in,))

    def _show_list(self, year: Year) -> None:
        verdict = judge("join.browse", NOBODY, year, self.on)
        is_out = verdict.is_allowed
        for id in ("#find", "#offerings"):
            self.query_one(id).set_class(not is_out, "hidden")
        for id in ("#no-offerings", "#year"):
            self.query_one(id).set_class(is_out, "hidden")
        if is_out:
            self._find()
            return
        self.query_one("#list-title", Section).show("The year")
        if verdict.refusal is not None:
            meanwhile = "Sign in to see what you can do until then."
            self.query_one("#no-offerings", Empty).show(verdict.refusal.rule, meanwhile)
        self.query_one(bars.Year).show(self._lines_of(year))

    def _lines_of(self, year: Year) -> bars.YearLines:
        looks: Any = {"over": "closed", "ahead": "later", "open": "open"}
        rows = [
            bars.YearRow(
                state.step.title,
                ((year.window(state.step).opens, year.window(state.step).closes),),
                tuple((half.on, half.required) for half in year.half_days)
                if state.step is Step.PARTICIPATE
                else (),
                "urgent" if state.pressing else looks[state.state],
            )
            for state in year.ribbon(self.on)
        ]
        whole = year.whole
        return bars.YearLines(whole.opens, whole.closes, self.on, tuple(rows))

    def _show_beginning(self) -> None:
        """Nothing is set up yet."""
        begin = self.query_one("#set-up-words", Empty)
        if self.app.is_kiosk:
            begin.show("This terminal is not set up yet.", "Whoever runs the program can do it.")
            return
        begin.show(
            "Welcome to Communities of Practice.",
            "There is no division here yet. Begin with yours, or look around in the sample first.",
        )
        lines = self.query_one("#set-up", Lines)
        lines.show(
            [
                Item("sample", "Look around in the sample division", "nothing of it is kept here"),
                Item(
                    "roster", "Set up your division from its roster", "OneRoster, a zip or a folder"
                ),
            ]
        )
        lines.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fewer words where there is little room."""
        frame = self.app.frame_or_none
        if frame is not None and frame.year is not None:
            self._show_now(frame.year)

    # -- keys --------------------------------------------------------------------------------------

    def hints(self) -> tuple[Hint, ...]:
        """What can be done with the offering at hand, and here."""
        if self.frame.year is None:
            return (Hint("open"),) if self.app.is_kiosk else (Hint("open"), Hint("set_up"))
        found = [Hint("open")]
        for key, action in ASKS.items():
            verdict = self._at_hand.verdict(action) if self._at_hand else None
            if verdict is not None and (verdict.is_allowed or key == "join"):
                found.append(Hint(key, verdict.is_allowed, _from(verdict) if key == "join" else ""))
        if judge("join.browse", NOBODY, self.year, self.on).is_allowed:
            found.append(Hint("search"))
        if self._may_travel:
            found.append(Hint("travel"))
        return tuple(found)

    def common_hints(self) -> tuple[Hint, ...]:
        """The keys of every screen but Today's, which is this one until somebody signs in."""
        useless = {"today"} if self.frame.year else {"today", "steps", "sign_in"}
        return tuple(hint for hint in super().common_hints() if hint.id not in useless)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing here are not keys."""
        if action == "travel":
            return self._may_travel
        if action == "set_up":
            return (
                self.app.frame_or_none is not None
                and self.frame.year is None
                and not self.app.is_kiosk
            )
        return True

    @property
    def _may_travel(self) -> bool:
        frame = self.app.frame_or_none
        return frame is not None and frame.is_sample and not self.app.is_kiosk

    # -- the list ----------------------------------------------------------------------------------

    def _find(self) -> None:
        typed = self.query_one("#find", LineInput).value
        table = self.query_one(WindowTable)
        table.load(Offerings(self.app.lanes, self.year.id, typed), keep=table.row and table.row.id)

    @on(Input.Changed, "#find")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._find()

    @on(Input.Submitted, "#find")
    def _found(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(WindowTable).focus()

    @on(WindowTable.Counted)
    def _counted(self, message: WindowTable.Counted) -> None:
        message.stop()
        note = words.count(message.count, "community", "communities")
        self.query_one("#list-title", Section).show("Offerings", note)

    @on(WindowTable.Failed)
    def _failed(self, message: WindowTable.Failed) -> None:
        message.stop()
        self.said.error(message.error)

    @on(WindowTable.Highlighted)
    def _highlighted(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        self._show_at_hand(message.row)

    @work(group="offering", exclusive=True)
    async def _show_at_hand(self, row: join.OfferingLine | None) -> None:
        await self._look(row)

    async def _look(self, row: join.OfferingLine | None) -> None:
        """What may be done with the offering at the cursor."""
        found = None
        if row is not None and self.frame.year is not None:
            found = await self.read(join.offering, row.id, NOBODY, self.frame.year, self.on)
        self._at_hand = found
        self.show_hints()

    @on(WindowTable.Chosen)
    def _chosen(self, message: WindowTable.Chosen) -> None:
        message.stop()
        self.app.go("join", Intent("join", "join.browse", message.row.id))

    async def _ask(self, key: str) -> None:
        """Do it as soon as it is known who it is for; say at once where it cannot be done."""
        row = self.query_one(WindowTable).row
        if row is None or self.frame.year is None:
            return
        await self._look(row)
        verdict = self._at_hand.verdict(ASKS[key]) if self._at_hand else None
        if verdict is None or verdict.refusal is not None:
            if verdict is not None and verdict.refusal is not None:
                self.said.error(verdict.refusal)
            return
        self.said.clear()
        await self._ask_who(Intent("join", ASKS[key], row.id))

    async def action_join(self) -> None:
        await self._ask("join")

    async def action_wait(self) -> None:
        await self._ask("wait")

    async def action_keep(self) -> None:
        await self._ask("keep")

    # -- the other keys ----------------------------------------------------------------------------

    def action_search(self) -> None:
        """To the search line, where there is a list."""
        field = self.query_one("#find", LineInput)
        if not field.has_class("hidden"):
            field.focus()

    def action_back(self) -> None:
        """Esc: the whole list again."""
        field = self.query_one("#find", LineInput)
        field.value = ""
        if field.has_focus:
            self.query_one(WindowTable).focus()

    async def _ask_who(self, intent: Intent | None, person_id: int | None = None) -> None:
        # Imported when first needed: Welcome is what starts.
        from .sign_in import ask_who

        await ask_who(self.app, intent, person_id)

    async def action_sign_in(self) -> None:
        """Say who one is."""
        await self._ask_who(None)

    @on(Lines.Picked, "#people")
    async def _person_picked(self, message: Lines.Picked) -> None:
        message.stop()
        await self._ask_who(None, int(message.id))

    @work(group="ask", exclusive=True)
    async def action_travel(self) -> None:
        """To another day of the sample's year."""
        from .travel import Travel

        there = await self.ask(Travel(self.year, self.on))
        if there is not None:
            self.app.travel(("sample", "--on", there.isoformat()))

    def action_set_up(self) -> None:
        """Begin with a division of one's own."""
        from .set_up import SetUpScreen

        self.app.push_screen(SetUpScreen())

    @on(Lines.Picked, "#set-up")
    def _beginning_picked(self, message: Lines.Picked) -> None:
        message.stop()
        if message.id == "sample":
            self.app.travel(("sample",))
        else:
            self.action_set_up()


def _from(verdict: Verdict) -> str:
    """“join from 21 Sep” where that is still to come; empty where the key's own word does."""
    refusal = verdict.refusal
    opens = refusal.changes_on if refusal is not None else None
    return f"{verdict.action.title} from {words.short_day(opens)}" if opens else ""


def _role(person: DemoPerson) -> str:
    """Somebody's role, with their school where there is room for it."""
    whole = f"{person.role_words}, {person.school}"
    return whole if len(whole) <= ROLE else person.role_words


def _demo_people() -> tuple[DemoPerson, ...]:
    # Only a sample needs the module that plays it.
    from models.sample import demo_people

    return demo_people()
