"""The application: theme, screens, and the person at the keyboard."""

from __future__ import annotations

from . import terminal  # isort: skip  # before Textual, which reads its environment when imported

import asyncio
import gc
from importlib import import_module
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.worker import WorkerFailed

from models import today
from models.actions import judge
from models.database import Store
from models.errors import CofpError, Refused
from models.journal import Actor
from models.today import Frame

from . import safe, theme
from .crash import write_crash
from .house import House
from .intent import Intent, Outcome, Session
from .keys import KEYS, binding, shown
from .refusing import Guard
from .turns import MOVES, Turn, Turns, Typed
from .watching import Watching
from .widgets.lines import Lines
from .widgets.table import WindowTable

SCREENS: dict[str, str] = {
    "welcome": "welcome:WelcomeScreen",
    "today": "today:TodayScreen",
    "promote": "steps:PromoteScreen",
    "generate": "steps:GenerateScreen",
    "submit": "steps:SubmitScreen",
    "join": "join:JoinScreen",
    "participate": "participate:ParticipateScreen",
    "session": "participate:SessionScreen",
    "notes": "participate:NotesScreen",
    "share": "steps:ShareScreen",
    "unregistered": "unregistered:UnregisteredScreen",
    "schools": "schools:SchoolsScreen",
    "requests": "requests:RequestsScreen",
    "division": "division:DivisionScreen",
    "profile": "profile:ProfileScreen",
    "codes": "codes:CodesScreen",
    "help": "help:HelpScreen",
}
"""Every full screen by name, as module:class of `tui.screens`; imported when first opened."""

ASIDE = frozenset({"help", "profile", "codes", "division"})
"""The screens that open over any other, and go back to it."""

STEP_SCREENS = ("promote", "generate", "submit", "join", "participate", "share")

FAREWELL = (
    "You were signed out: the roster says that you are not on the staff now. What was kept of your typing stays. "
    "If that is not right, ask Division Personnel."
)

_TRIES = 5
"""How often the first read is tried, a second apart: a server may be starting again."""


class CofpApp(Watching, inherit_bindings=False):
    """The program on a terminal."""

    TITLE = "CofP"
    CSS = theme.first_sheet()
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    AUTO_FOCUS = "*"
    BINDINGS: ClassVar[list[Any]] = [
        binding("today"),
        *(binding(f"step_{n}", f"step({n})") for n in range(1, 7)),
        binding("division"),
        binding("codes"),
        binding("profile"),
        binding("help"),
        binding("sign_in"),
        binding("sign_out"),
        binding("theme"),
        binding("palette"),
        Binding("tab", "focus_next", show=False),
        Binding("shift+tab", "focus_previous", show=False),
    ]
    _OURS = frozenset(
        {"today", "step", "division", "codes", "profile", "help", "sign_in", "sign_out", "theme", "palette",
         "focus_next", "focus_previous", "focus"}
    )  # fmt: skip
    """The only actions of the application that a key, a click or a text may run."""

    def __init__(self, store: Store, *, kiosk: bool = False, farewell: bool = False) -> None:
        """`farewell`: the last one who was here is not on the staff any more, and is told so."""
        super().__init__(store)
        theme.set_up(self)
        # The sheet is read once, with our colours, and not again because the theme has changed.
        self.stylesheet.set_variables(self.get_css_variables())
        self._sheet_for = self.theme
        self.is_kiosk = kiosk
        self._farewell = farewell
        self.opening: asyncio.Task[None] | None = None
        """Sign-in on its way to the screen, or the last time that it was."""
        self.guard = Guard()
        self._turns = Turns(self, self._hand_out)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.variables(theme.NIGHT)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew, when the theme is another one than the sheet was read with."""
        if self._sheet_for != self.theme:
            self._sheet_for = self.theme
            super().refresh_css(animate=animate)

    # -- what is the case ---------------------------------------------------------------------------

    def _read_frame(self) -> Frame:
        who = self.session.person_id if self.session else None
        self.store.take_settings()
        return today.frame(who, self.store.clock.today())

    async def load_frame(self) -> Frame:
        """Read the head afresh: the day or the person's roles may have changed."""
        self.frame_or_none = await self.lanes.read(self._read_frame)
        is_gone = self.session is not None and not self.might("access.signed_in")
        if is_gone and self.frame_or_none.year is not None:
            self._send_off()
        return self.frame_or_none

    def _send_off(self) -> None:
        """Whoever is here may be so no longer: they are told on Welcome. What they typed was kept before."""
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._end(Outcome(again=True, farewell=True)), group="leave")

    def actor(self) -> Actor:
        """A fresh operation of whoever is signed in; raises RuntimeError for nobody."""
        if self.session is None:
            raise RuntimeError("a write with nobody signed in")
        return Actor(self.session.person_id)

    # -- start -------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        self._catch_signals()
        if not await self._read_first():
            return
        await self._paint_first(self._screen("welcome"))
        if self._farewell:
            self._house.said.warn(FAREWELL)
        self._begin_watch()

    async def _read_first(self) -> bool:
        """Read the head for the first time; without it the program ends with the store's words."""
        for last in range(1, _TRIES + 1):
            try:
                await self.load_frame()
            except CofpError as error:
                if last == _TRIES:
                    self.exit(Outcome(), 1, safe.rich_text(str(error)))
                    break
                await asyncio.sleep(1.0)
            else:
                return True
        return False

    async def _paint_first(self, screen: House) -> None:
        """Paint the first screen once, whole: painting it empty first costs as much again."""
        with self.batch_update():
            await self.push_screen(screen)
            await screen.is_there()
        screen.refresh()
        self.call_after_refresh(theme.add_sheet, self)

    def _said(self, error: Exception) -> bool:
        """Say what a task met, where it has words for a person; no reason to end the program."""
        if isinstance(error, CofpError):
            self._house.said.error(error)
            return True
        return False

    @property
    def is_loading(self) -> bool:
        """Whether some screen still takes in its data."""
        return bool(self._tasks)

    # -- going about ---------------------------------------------------------------------------------------

    def _screen(self, name: str) -> House:
        """The screen of that name, made once and kept: opening it again is only a repaint."""
        if name not in self._installed_screens:
            if name != "welcome":
                theme.add_sheet(self)
            module, _, kind = SCREENS[name].partition(":")
            made: House = getattr(import_module(f"tui.screens.{module}"), kind)()
            # Known now: when it is told its size it need not be styled a second time.
            made.set_classes(self._room())
            self.install_screen(made, name)
        found = self._installed_screens[name]
        assert isinstance(found, House)
        return found

    def _room(self) -> list[str]:
        """The classes of a screen of this terminal's size."""
        return [
            max((least, name) for least, name in points if size >= least)[1]
            for size, points in (
                (self.size.width, self.HORIZONTAL_BREAKPOINTS),
                (self.size.height, self.VERTICAL_BREAKPOINTS),
            )
        ]

    @property
    def base(self) -> str:
        """The screen at the bottom: Today once somebody is signed in."""
        return "today" if self.session else "welcome"

    def go(self, name: str, intent: Intent | None = None) -> None:
        """Open a screen by name; steps replace one another over the base, a page aside stands over both."""
        screen = self._screen(name)
        if intent is not None:
            screen.take(intent)
        self._close_questions()
        if self.screen is not screen:
            # It was about the screen that is left.
            self._house.said.clear()
        if self.screen is screen:
            screen.reload()
            return
        beneath = screen in self.screen_stack
        if beneath or name not in ASIDE:
            self._close_aside()
        if beneath:
            while self.screen is not screen:
                self.pop_screen()
        elif len(self.screen_stack) > 2 and not (name in ASIDE and self._here not in ASIDE):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    @property
    def _here(self) -> str:
        """The name of the screen that is open."""
        return self._house.NAME

    def _close_aside(self) -> None:
        """Close what was opened over a step, which is then left too or gone on with."""
        while len(self.screen_stack) > 3 and self._here in ASIDE:
            self.pop_screen()

    def _close_questions(self) -> None:
        while len(self.screen_stack) > 1 and not isinstance(self.screen, House):
            self.pop_screen()

    def back(self) -> None:
        """To the screen beneath: the base, or the one over which a page aside was opened."""
        if len(self.screen_stack) > 2:
            self._house.said.clear()
            self.pop_screen()

    def action_today(self) -> None:
        self.go(self.base)

    def action_step(self, number: int) -> None:
        """Open a step of the year, 1 to 6."""
        if self.frame.year is not None:
            self.go(STEP_SCREENS[number - 1])

    def action_division(self) -> None:
        self.go("division")

    def action_codes(self) -> None:
        """Make enrolment codes for colleagues."""
        self.go("codes")

    def action_profile(self) -> None:
        """One's own page."""
        self.go("profile")

    def action_help(self) -> None:
        self.go("help")

    def action_theme(self) -> None:
        self.theme = theme.next_theme(self.theme)

    def action_palette(self) -> None:
        """Find anything by its words; a kiosk has none."""
        from .screens.palette import Palette

        if not self.is_kiosk and isinstance(self.screen, House):
            self.push_screen(Palette(self.screen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The second wall: nothing of Textual's own (quit, suspend, screenshot …) can be run."""
        if action == "palette" and self.is_kiosk:
            return False
        if action == "division":
            return self.might("people.appoint")
        if action == "codes":
            return self.makes_codes
        if action == "profile":
            return self.session is not None
        return action in self._OURS

    @property
    def makes_codes(self) -> bool:
        """Whether whoever is here might make an enrolment code for somebody."""
        return self.might("access.make_code")

    def might(self, action_id: str) -> bool:
        """Whether the table gives an action to whoever is here, whatever the day and the target."""
        frame = self.frame_or_none
        if frame is None or frame.year is None:
            return False
        return judge(action_id, frame.standing, frame.year, frame.on).is_theirs

    # -- who is here -----------------------------------------------------------------------------------

    def action_sign_in(self) -> None:
        if self.session is None:
            self.go_sign_in(None)
        else:
            name = self.session.name
            self._house.said.warn(
                f"You are signed in as {name}. {shown('sign_out')} signs you out."
            )

    def go_sign_in(self, intent: Intent | None) -> None:
        """Ask who it is, then go on with `intent`."""
        from .screens.sign_in import SignIn, ask_who

        is_opening = self.opening is not None and not self.opening.done()
        if not is_opening and not isinstance(self.screen, SignIn):
            self.opening = asyncio.get_running_loop().create_task(ask_who(self, intent))
            self.watch_task(self.opening)

    async def sign_in_done(self, session: Session, intent: Intent | None) -> None:
        """Somebody has signed in: Today becomes the base, and what they came for goes on."""
        self.session = session
        try:
            await self.load_frame()
        except CofpError as error:
            self.session = None
            self._house.said.error(error)
            return
        self._signed_in_now()
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(self._screen("today"))
        self._arm_idle()
        if intent is not None and intent.screen != "today":
            self.go(intent.screen, intent)

    # -- keys ------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._touched()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._turns.take(event)
        else:
            await super().on_event(event)

    async def _hand_out(self, event: Typed) -> None:
        """Hand a key to whatever has the focus."""
        is_move = isinstance(event, events.Key) and event.key in MOVES
        if is_move and isinstance(self.focused, WindowTable | Lines):
            # What was said was about the line that is left.
            self._house.said.clear()
        if not (isinstance(event, events.Key) and self._is_refused(event)):
            await super().on_event(event)

    def _is_refused(self, key: events.Key) -> bool:
        """Whether a key is none that may be used here now, which is said, or is typed on after one."""
        screen = self.screen
        if not isinstance(screen, House) or screen.is_typed(key):
            self.guard.rest()
            return False
        if self.guard.holds(key, screen.said):
            return True
        refusal = screen.refusal_of(key.key) or self._own_refusal(key.key)
        if refusal is not None:
            screen.said.error(refusal)
        return refusal is not None

    def _own_refusal(self, key: str) -> Refused | None:
        """Why a key of the application's own is not to be used, where the table says nothing of it."""
        if self.session is None and key in KEYS["profile"].names:
            return Refused("Your own page opens once you have signed in.", None, "i signs you in.")
        return None

    def on_turn(self, message: Turn) -> None:
        """Everything that was under way before it has arrived."""
        message.is_through.set()

    # -- faults ----------------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program: one plain sentence for the person, the rest in a log without data.

        Textual's own handler prints local variables, PINs included. What has words for a person is
        no fault: where it came from a worker it is said, and the program goes on.
        """
        cause = error.error if isinstance(error, WorkerFailed) else None
        if isinstance(cause, Exception) and self._said(cause):
            return
        if self.is_headless:
            super()._handle_exception(error)
            return
        where = write_crash(error)
        self._return_code = 1
        self.panic(
            f"CofP had to stop because of a fault in the program. Nothing that was saved is lost.\n{where}"
        )


def run(store: Store, *, kiosk: bool, argv: list[str]) -> int:
    """Run the application on this terminal; returns the exit code, or becomes a fresh process."""
    # Reads the terminal, so nothing that runs without one needs it.
    from .hearing import Hearing

    kept = terminal.settings()
    # What Textual gives back at its end is then already quiet: no echo, and no key that stops a kiosk.
    terminal.quiet(kept)
    terminal.end_well(kept)
    try:
        gc.disable()
        terminal.throw_away_input()
        app = CofpApp(store, kiosk=kiosk, farewell=terminal.take_farewell())
        app.driver_class = Hearing
        outcome = app.run()
        terminal.end_well(kept)
        app.lanes.close_now()
        store.close()
        if outcome is not None and outcome.again and not app.return_code:
            if outcome.arguments is None:
                terminal.start_again(argv, kept, farewell=outcome.farewell)
            else:
                terminal.start_again(list(outcome.arguments), kept, meanwhile="One moment ...")
    finally:
        terminal.restore(kept)
    return app.return_code or 0
