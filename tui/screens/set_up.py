"""Set-up: a division from its roster, and the first person who can sign in."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical

from models import access, people, promote, roster
from models.errors import BadFile, BadText, CofpError
from models.journal import Actor
from models.people import Person
from models.roster import Opening, Roster, RosterPlan
from models.text import NAME, line
from models.words import count
from models.years import year_of
from tui.house import House
from tui.keys import binding
from tui.widgets.confirm import Confirm, Press
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.form import Field, Form
from tui.widgets.lines import Fact, Facts, Say, Words
from tui.widgets.section import Section

from .name_picker import FOUND, NamePicker

FIELDS = (
    Field("division", "Division", limit=NAME, required=True),
    Field(
        "roster", "Roster", limit=1_000, required=True,
        help="A OneRoster file (CSV 1.1 or 1.2): the zip, or the folder that it unpacks to.",
        placeholder="/home/you/roster.zip",
    ),
)  # fmt: skip
SHOWN = 4
"""Refused rows, and notes, that the preview names."""


class SetUpScreen(House):
    """Three steps: the roster, a look at what it brings, and who answers for the programme."""

    NAME = "set_up"
    BINDINGS = [binding("back")]
    AUTO_FOCUS = "#input-division"

    def __init__(self) -> None:
        super().__init__()
        self._person: Person | None = None
        self._is_working = False

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"), Vertical(id="set-up-steps"):
            yield Section("Set up your division", id="set-up-title")
            yield Form(FIELDS, submit="look at what it brings", id="set-up-form")
            with Vertical(id="set-up-first", classes="hidden"):
                yield Words(
                    "Who of the Division Personnel answers for Communities of Practice?",
                    Say("They get the first code; everything else can be done signed in.", "muted"),
                    "",
                )
                yield NamePicker(id="who")
            with Vertical(id="set-up-done", classes="hidden"):
                yield Facts(id="set-up-code")
                yield Words(
                    "", Say("It is shown once: please write it down, or pass it on now."), ""
                )
                yield Press("sign in with it", id="set-up-go")
        yield from self.foot()

    def hints(self) -> tuple[Hint, ...]:
        """The few keys that a form has."""
        return (Hint("open", words="go on"), Hint("next_field"), Hint("back"))

    def common_hints(self) -> tuple[Hint, ...]:
        """There is nothing to go to yet."""
        return ()

    # -- the roster --------------------------------------------------------------------------------

    @on(Form.Submitted)
    def _submitted(self, message: Form.Submitted) -> None:
        message.stop()
        if not self._is_working:
            self._is_working = True
            values = {name: str(value) for name, value in message.values.items()}
            self._bring_in(message.form, values["division"], values["roster"])

    @work(group="ask")
    async def _bring_in(self, form: Form, typed: str, file: str) -> None:
        try:
            division = line(typed, "Division", NAME)
            self.said.busy("Reading the roster …")
            read = await asyncio.to_thread(roster.read_roster, Path(file.strip()).expanduser())
            plan = await self.app.lanes.read(roster.plan_roster, read)
            self.said.clear()
            if await self.ask(_question(division, plan)):
                self.said.busy(f"Bringing in {len(plan.added):,} schools and people …")
                await self._write(division, read, accept_refused=bool(plan.refused))
                self._ask_first()
        except BadText as error:
            form.bad(error)
        except BadFile as error:
            self.said.clear()
            form.wrong("roster", str(error))
        except CofpError as error:
            self.said.error(error)
        finally:
            self._is_working = False

    async def _write(self, division: str, read: Roster, *, accept_refused: bool) -> None:
        """All of it or nothing: should anything fail, set-up can simply be begun again."""
        opening = Opening(division, year_of(self.app.store.clock.today()))
        done = await self.app.lanes.write(
            roster.import_roster, Actor.operator(), read,
            accept_refused=accept_refused, opening=opening,
        )  # fmt: skip
        await self.reload()
        self.said.ok(done.words)

    # -- the first person --------------------------------------------------------------------------

    def _ask_first(self) -> None:
        self.query_one("#set-up-form").add_class("hidden")
        self.query_one("#set-up-first").remove_class("hidden")
        self.query_one("#name", LineInput).focus()

    @on(NamePicker.Typed)
    def _typed(self, message: NamePicker.Typed) -> None:
        message.stop()
        self._search(message.words)

    @work(group="names", exclusive=True)
    async def _search(self, typed: str) -> None:
        found = await self.read(people.search_people, typed, FOUND)
        if found is not None:
            self.query_one(NamePicker).show(typed, found)

    @on(NamePicker.Picked)
    def _picked(self, message: NamePicker.Picked) -> None:
        message.stop()
        self._give_code(message.person)

    @work(group="person", exclusive=True)
    async def _give_code(self, person: Person) -> None:
        lanes = self.app.lanes
        try:
            await lanes.write(promote.appoint, Actor.operator(), "division", person.id)
            made = await lanes.write(access.make_code, Actor.operator(), person.id)
        except CofpError as error:
            self.said.error(error)
            return
        self._person = person
        self.said.ok(made.words)
        self.query_one("#set-up-first").add_class("hidden")
        self.query_one("#set-up-done").remove_class("hidden")
        self.query_one("#set-up-code", Facts).show(
            (Fact("For", person.name), Fact("Enrolment code", made.facts["code"], "title"))
        )
        self.query_one("#set-up-go").focus()

    @on(Press.Pressed, "#set-up-go")
    async def _go_on(self, message: Press.Pressed) -> None:
        message.stop()
        from .sign_in import ask_who

        if self._person is not None:
            await ask_who(self.app, None, self._person.id)


def _question(division: str, plan: RosterPlan) -> Confirm:
    """What the roster brings, before it is brought in."""
    refused = [f"Left out: {r.file} line {r.line:,}: {r.reason}" for r in plan.refused[:SHOWN]]
    if len(plan.refused) > SHOWN:
        refused.append(f"… and {count(len(plan.refused) - SHOWN, 'more row')}.")
    without = f" without {count(len(plan.refused), 'row')} of the roster" if refused else ""
    return Confirm(
        f"Set up {division}{without}?",
        (
            f"{plan.source_name}, OneRoster {plan.version}",
            plan.words,
            *plan.notes[:SHOWN],
            *refused,
        ),
        yes="set it up without them" if refused else "set it up",
        no="not yet",
        danger=bool(refused),
    )
