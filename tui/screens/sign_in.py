"""Sign-in: who, then how: by PIN, or for the first time by a code and a PIN of one's own choosing.

Whatever asked for it goes on afterwards: the screen is opened with an intent and hands it back.
"""

from __future__ import annotations

import os
import socket
from math import ceil
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from models import access, join, people, words
from models.access import SignInState
from models.actions import ACTIONS
from models.clock import monotonic
from models.errors import BadText, CofpError
from models.journal import Actor, Receipt
from models.people import NOBODY, Person, short_school
from tui.house import House
from tui.intent import Intent, Session
from tui.keys import binding
from tui.widgets.confirm import Press
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.form import Field, Form
from tui.widgets.lines import Say, Words
from tui.widgets.section import Section

from .name_picker import FOUND, NamePicker

if TYPE_CHECKING:
    from tui.app import CofpApp

BY_PIN = (Field("pin", "PIN", "pin", limit=128),)
BY_CODE = (
    Field("code", "Enrolment code", limit=40, required=True, placeholder="for example K7QM-2XWD"),
    Field(
        "pin", "PIN", "pin", limit=128, required=True,
        help="Choose one: six digits or more, or a passphrase of eight characters or more.",
    ),
    Field("again", "The same PIN again", "pin", limit=128, required=True),
)  # fmt: skip
NO_CODE = "A code is eight letters and digits; this is none. Please look again."


class SignIn(House):
    """Who it is, then their PIN; `intent` goes on afterwards."""

    NAME = "sign_in"
    BINDINGS = [binding("back")]
    AUTO_FOCUS = "#name"

    def __init__(self, intent: Intent | None = None, person_id: int | None = None) -> None:
        """`person_id` is who it will be, where that is known already."""
        super().__init__()
        self._then = intent
        self._expected = person_id
        self._person: Person | None = None
        self._state: SignInState | None = None
        self._hint = ""
        self._by_code = False
        self._entering = False
        self._waiting: Timer | None = None
        """Counts the seconds until the next try, where the eye is."""

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"), Vertical(id="sign-in"):
            yield Section(self._heading(), id="sign-in-title")
            yield NamePicker(id="who")
            yield Words(id="person")
            yield Words(id="guide")
            yield Vertical(id="how")
        yield from self.foot()

    def _heading(self) -> str:
        action = ACTIONS.get(self._then.action) if self._then else None
        return f"Sign in to {action.title}" if action else "Sign in"

    def hints(self) -> tuple[Hint, ...]:
        """The few keys that a form has."""
        return (
            Hint("open", words="go on"),
            Hint("next_field"),
            Hint("back", words="back" if self._person is None else "another name"),
        )

    def common_hints(self) -> tuple[Hint, ...]:
        """Letters are typed here, so the keys of other screens do not work."""
        return ()

    async def load(self) -> None:
        """Name what it is for; go to the person who is expected, once."""
        then = self._then
        if then is not None and then.screen == "join" and then.id is not None:
            found = await self.read(join.offering, then.id, NOBODY, self.year, self.on)
            if found is not None:
                self.query_one("#sign-in-title", Section).show(f"{self._heading()} · {found.title}")
        ident, self._expected = self._expected, None
        if ident is not None:
            await self._choose(await self.app.lanes.read(people.person, ident))

    # -- who ---------------------------------------------------------------------------------------

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
        self._ask_how(message.person)

    @work(group="person", exclusive=True)
    async def _ask_how(self, person: Person) -> None:
        await self._choose(person)

    @work(group="person", exclusive=True)
    async def _ask_code(self) -> None:
        await self._show_form(by_code=True)

    async def _choose(self, person: Person) -> None:
        """Ask this person for their PIN, or for their code where they have no PIN."""
        state = await self.read(
            access.sign_in_state, person.id, self.year.id, self.app.store.clock.now()
        )
        if state is None:
            return
        self.said.clear()
        self._person, self._state = person, state
        self._hint = await self._sample_pin(person)
        await self._show_form(by_code=state.needs_code)

    async def _sample_pin(self, person: Person) -> str:
        """The PIN of somebody whom a sample's Welcome introduces; empty in every real division."""
        if not self.frame.is_sample:
            return ""
        from models.sample import demo_people

        demo = await self.read(demo_people)
        return next((known.pin for known in demo or () if known.person_id == person.id), "")

    # -- how ---------------------------------------------------------------------------------------

    async def _show_form(self, *, by_code: bool) -> None:
        """A fresh form, so that nothing typed for somebody else is left in it."""
        person, state = self._person, self._state
        if person is None or state is None:
            return
        self._by_code = by_code
        self._end_wait()
        how = self.query_one("#how")
        await how.remove_children()
        self.query_one("#who").add_class("hidden")
        name = (Say(person.name, "strong"), Say(short_school(person.school_name), "muted"), "")
        self.query_one("#person", Words).show(name)
        self.query_one("#guide", Words).show(self._guide(state))
        if by_code:
            await how.mount(Form(BY_CODE, submit="keep this PIN and sign in"))
        else:
            await how.mount(Form(BY_PIN, submit="sign in"), Press("forgot it?", id="forgot"))
        how.query(LineInput).first().focus()
        self.show_hints()

    def _guide(self, state: SignInState) -> tuple[Say | str, ...]:
        if not self._by_code:
            return (
                (Say(f"In the sample the PIN is {self._hint}.", "muted"), "") if self._hint else ()
            )
        if state.is_void:
            first = "After too many tries the PIN is no longer good; a new code brings a new PIN."
        elif state.has_pin:
            first = "With a code you choose a new PIN; the old one is good until then."
        else:
            first = "There is no PIN yet: type the code that you were given, and choose a PIN."
        return (first, Say(f"No code? Ask {state.who_helps}.", "muted"), "")

    @on(Press.Pressed, "#forgot")
    def _forgot(self, message: Press.Pressed) -> None:
        message.stop()
        self._ask_code()

    @on(Form.Submitted)
    def _submitted(self, message: Form.Submitted) -> None:
        message.stop()
        if self._entering or self._person is None:
            return
        form = message.form
        values = {name: str(value) for name, value in message.values.items()}
        if not values["pin"]:
            form.wrong("pin", "Please type it here.")
            return
        if self._by_code and values["pin"] != values["again"]:
            form.clear_pins()
            self.said.clear()
            form.wrong("pin", "The two were not the same; please type both again.")
            return
        # Nobody finds a PIN in a field that was left open.
        form.clear_pins()
        self._entering = True
        self._enter(form, self._person, values)

    @work(group="enter")
    async def _enter(self, form: Form, person: Person, values: dict[str, str]) -> None:
        try:
            await self._ask_store(person, values)
        except BadText as error:
            self.said.clear()
            if not form.bad(error):
                self.said.error(error)
            if self._by_code and not access.looks_like_code(values["code"]):
                form.wrong("code", NO_CODE)
        except (access.PinVoid, access.CodeVoid) as error:
            await self._choose(person)
            self.said.error(error)
        except access.SignInFailed as error:
            if self._by_code and not isinstance(error, access.MustWait):
                self.said.clear()
                form.wrong("code", str(error))
            else:
                self.said.clear()
                form.wrong("pin" if not self._by_code else "code", str(error))
                await self._count_down(form, person)
        except CofpError as error:
            self.said.error(error)
            form.query(LineInput).first().focus()
        else:
            # The application's own worker, since this screen and its workers end with it.
            session = Session(person.id, person.name)
            self.app.run_worker(self.app.sign_in_done(session, self._then), group="signed-in")
        finally:
            self._entering = False

    async def _count_down(self, form: Form, person: Person) -> None:
        """Say beside the field how many tries are left; or how long the wait is, second by second."""
        state = await self.read(
            access.sign_in_state, person.id, self.year.id, self.app.store.clock.now()
        )
        if state is None or self._by_code:
            return
        if not state.seconds_to_wait:
            if state.has_pin and state.tries_left:
                left = words.count(state.tries_left, "more try", "more tries")
                _say_beside(form, "pin", f"{access.NO_MATCH} {left}, then a short wait.")
            return
        until = monotonic() + state.seconds_to_wait
        self._end_wait()
        self._waiting = self.set_interval(1.0, lambda: self._tick(form, until))

    def _tick(self, form: Form, until: float) -> None:
        left = ceil(until - monotonic())
        if not form.is_attached or self._person is None:
            self._end_wait()
        elif left > 0:
            _say_beside(
                form, "pin", f"Please wait {words.count(left, 'second')} before the next try."
            )
        else:
            self._end_wait()
            _say_beside(form, "pin", "You can try again now.")

    def _end_wait(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    async def _ask_store(self, person: Person, values: dict[str, str]) -> Receipt:
        lanes, terminal = self.app.lanes, terminal_name()
        self.said.busy("One moment …")
        if self._by_code:
            return await lanes.write(
                access.choose_pin, Actor(person.id), values["code"], values["pin"], terminal
            )
        return await lanes.write(access.sign_in, person.id, values["pin"], terminal)

    async def action_back(self) -> None:
        """Esc: to another name, then to where one came from."""
        if self._person is None:
            super().action_back()
            return
        self._person = None
        self.said.clear()
        self._end_wait()
        await self.query_one("#how").remove_children()
        for id in ("#person", "#guide"):
            self.query_one(id, Words).show(())
        picker = self.query_one(NamePicker)
        picker.remove_class("hidden")
        picker.restart()
        self.show_hints()


def _say_beside(form: Form, field_id: str, said: str) -> None:
    """Other words beside a field, unless the form was left meanwhile; the focus stays where it is."""
    for words_beside in form.query(f"#field-{field_id} .field--error").results(Words):
        words_beside.show((Say(said, "bad"),))


async def ask_who(app: CofpApp, intent: Intent | None, person_id: int | None = None) -> None:
    """Open sign-in and wait until it takes keys, so that whoever types at once loses none."""
    screen = SignIn(intent, person_id)
    await app.push_screen(screen)
    if screen.focused is None:
        screen.set_focus(screen.query_one("#name", LineInput))


def terminal_name() -> str:
    """Where this keyboard is, as failures are counted: the caller's address, else this host's line.

    A pseudo-terminal's number changes with each window, so it says nothing; the host does.
    """
    caller = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]
    if caller:
        return f"ssh {caller}"
    try:
        line = os.ttyname(0)
    except OSError:
        line = ""
    host = socket.gethostname()
    return host if not line or line.startswith("/dev/pts/") else f"{host} {line}"
