"""The application: theme, screens, the person at the keyboard, the day, and leaving without a trace."""

from __future__ import annotations

from . import terminal  # isort: skip  # before Textual, which reads its environment when imported

import asyncio
import gc
import signal
import traceback
from importlib import import_module
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.timer import Timer
from textual.worker import WorkerFailed

from models import today
from models.actions import judge
from models.clock import monotonic
from models.database import Store
from models.errors import CofpError
from models.journal import Actor
from models.today import Frame
from models.words import listed

from . import safe, theme
from .house import House
from .intent import Intent, Outcome, Session
from .keys import binding
from .lanes import Lanes
from .turns import MOVES, Turn, Turns, Typed
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

STEP_SCREENS = ("promote", "generate", "submit", "join", "participate", "share")

FAREWELL = (
    "You were signed out: the roster says that you are not on the staff now. What you had begun is kept. "
    "If that is not right, ask Division Personnel."
)

_TRIES = 5
"""How often the first read is tried, a second apart: a server may be starting again."""
_STAY = 600.0
"""Seconds that sign-out of somebody who went away waits for what they typed to be kept."""
_KEEP_AGAIN = 10.0
"""Seconds between two tries to keep it."""

_LOADS_END = 1.0
"""Seconds that the end of the program waits for what is still being read."""

_COLLECT_AFTER = 0.6
"""Seconds after the last key in which memory is tidied; a full collection is a 100 ms spike."""
_COLLECT_AT_LATEST = 3.0
"""Seconds of keys without a pause after which what is young is tidied all the same.

Without it 5,000 openings by a key held down grew memory by 147 MB, which no later tidying gives back.
"""


class CofpApp(App[Outcome], inherit_bindings=False):
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
        super().__init__()
        theme.set_up(self)
        # The sheet is read once, with our colours, and not again because the theme has changed.
        self.stylesheet.set_variables(self.get_css_variables())
        self._sheet_for = self.theme
        self.store = store
        self.is_kiosk = kiosk
        self._farewell = farewell
        self.lanes = Lanes(store)
        self.session: Session | None = None
        self.frame_or_none: Frame | None = None
        self._started = monotonic()
        self._last_key = monotonic()
        self._day_seen = monotonic()
        self._collecting: Timer | None = None
        self._collected = monotonic()
        self._idle: Timer | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._leaving = False
        self.is_ending = False
        """Whether the screens are about to be taken down: none loads any more."""
        self._end_code = 0
        self.opening: asyncio.Task[None] | None = None
        """Sign-in on its way to the screen, or the last time that it was."""
        self._turns = Turns(self, self._hand_out)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.variables(theme.NIGHT)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew, when the theme is another one than the sheet was read with."""
        if self._sheet_for != self.theme:
            self._sheet_for = self.theme
            super().refresh_css(animate=animate)

    # -- what is the case ---------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The head of every screen, as of the last load; RuntimeError before the first."""
        if self.frame_or_none is None:
            raise RuntimeError("the head of the screens has not been read yet")
        return self.frame_or_none

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
        self.set_timer(_COLLECT_AFTER, self._settled)
        self._arm_midnight()

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

    def _settled(self) -> None:
        # What start-up made stays: it need not be looked through again at every collection.
        gc.collect()
        gc.freeze()

    def watch_task(self, task: asyncio.Task[Any]) -> None:
        """Hold a task until it is done; whatever it raises is this application's failure."""
        self._tasks.add(task)
        task.add_done_callback(self._task_done)

    def _task_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and not self._said(error):
            self._handle_exception(error)

    def _said(self, error: Exception) -> bool:
        """Say what a task met, where it has words for a person; no reason to end the program."""
        if isinstance(error, CofpError):
            self._house.said.error(error)
            return True
        return False

    @property
    def _house(self) -> House:
        """The uppermost full screen: a question may stand over it."""
        return next(s for s in reversed(self.screen_stack) if isinstance(s, House))

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
        """Open a screen by name; steps replace one another over the base."""
        screen = self._screen(name)
        if intent is not None:
            screen.take(intent)
        self._close_questions()
        if self.screen is not screen:
            # It was about the screen that is left.
            self._house.said.clear()
        if self.screen is screen:
            screen.reload()
        elif name == self.base:
            self.back()
        elif len(self.screen_stack) > 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _close_questions(self) -> None:
        while len(self.screen_stack) > 1 and not isinstance(self.screen, House):
            self.pop_screen()

    def back(self) -> None:
        """To the base screen."""
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
        self._started = self._last_key = monotonic()
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(self._screen("today"))
        self._arm_idle()
        if intent is not None and intent.screen != "today":
            self.go(intent.screen, intent)

    async def action_sign_out(self) -> None:
        """Sign out; at Welcome ask whether to leave the program (a kiosk stays)."""
        if self.session is None:
            if not self.is_kiosk and isinstance(self.screen, House):
                self.run_worker(self._ask_to_leave(), group="leave")
        else:
            self.run_worker(self._leave(Outcome(again=True)), group="leave")

    async def _ask_to_leave(self) -> None:
        from .widgets.confirm import Confirm

        if await self.push_screen_wait(Confirm("Leave the program?", yes="leave", no="stay")):
            await self._leave(Outcome())

    def travel(self, arguments: tuple[str, ...]) -> None:
        """Start again with other arguments: another day of the sample, a new store."""
        self.run_worker(self._leave(Outcome(True, arguments)), group="leave")

    async def _leave(self, outcome: Outcome) -> None:
        """Finish what was asked for and keep what was typed, then end; where that fails, the person decides."""
        if self._leaving:
            return
        self._leaving = True
        failed = await self._finish_writes()
        lost = await self._keep_all()
        if (lost or failed) and not await self._ask_to_lose(lost, failed):
            self._leaving = False
        else:
            await self._end(outcome)

    async def _finish_writes(self) -> tuple[str, ...]:
        """Wait for what the store was asked to write; why that was not done which was not, in words."""
        if not self.lanes.writing:
            return ()
        self._house.said.busy("Saving …")
        errors = await self.lanes.finish_writes()
        return tuple(dict.fromkeys(str(e) for e in errors if isinstance(e, CofpError)))

    async def _ask_to_lose(self, lost: tuple[str, ...], failed: tuple[str, ...]) -> bool:
        from .widgets.confirm import Confirm

        words = [*failed]
        if lost:
            words.append(f"The store could not keep {listed(lost)}.")
        question = Confirm(
            "Leave without it?" if lost else "Not done",
            (*words, "You can stay, and try again."),
            yes="leave without it" if lost else "leave all the same",
            no="stay",
            danger=True,
        )
        return await self.push_screen_wait(question)

    async def _leave_unasked(self, *, may_return: bool) -> None:
        """Sign out somebody who is not there: not before all is kept, unless that takes too long.

        `may_return`: whether a key puts it off.
        """
        if self._leaving:
            return
        self._leaving = True
        began = monotonic()
        while (lost := await self._keep_all()) and monotonic() - began < _STAY:
            self._house.said.warn(f"Signing out waits: {listed(lost)} could not be kept yet.")
            await asyncio.sleep(_KEEP_AGAIN)
            if may_return and self._last_key > began:
                self._leaving = False
                self._arm_idle()
                return
        await self._end(Outcome(again=True))

    async def _end(self, outcome: Outcome, code: int = 0) -> None:
        """Finish every write, then end."""
        while self.lanes.writing:
            await asyncio.sleep(0.01)
        if self._end_code and not code:
            # A signal came while somebody was signing out: it ends the program, whatever was wished.
            outcome, code = Outcome(), self._end_code
        await self._finish_loads()
        self.exit(outcome, return_code=code)

    async def _finish_loads(self) -> None:
        """Let every screen take in what it asked for: later its widgets are gone."""
        self.is_ending = True
        screens = (s for s in self.screen_stack if isinstance(s, House))
        if loads := {s.last_load for s in screens if s.last_load is not None}:
            _, late = await asyncio.wait(loads, timeout=_LOADS_END)
            for load in late:
                load.cancel()

    async def _keep_all(self) -> tuple[str, ...]:
        """Keep what was typed; what could not be kept, in words."""
        lost: list[str] = []
        for screen in self.screen_stack:
            if isinstance(screen, House):
                lost += await screen.keep()
        return tuple(lost)

    # -- time ------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._last_key = monotonic()
            if self._last_key - self._day_seen > 60:
                # A terminal that slept may have missed midnight.
                self._check_day()
            if self._collecting is None:
                self._collecting = self.set_timer(_COLLECT_AFTER, self._collect)
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
        await super().on_event(event)

    def on_turn(self, message: Turn) -> None:
        """Everything that was under way before it has arrived."""
        message.is_through.set()

    def _collect(self) -> None:
        rest = _COLLECT_AFTER - (monotonic() - self._last_key)
        if rest > 0:
            if monotonic() - self._collected > _COLLECT_AT_LATEST:
                self._collected = monotonic()
                gc.collect(1)
            self._collecting = self.set_timer(rest, self._collect)
            return
        self._collecting = None
        self._collected = monotonic()
        gc.collect()

    def _arm_midnight(self) -> None:
        self.set_timer(self.store.clock.seconds_to_midnight() + 1.0, self._midnight)

    def _midnight(self) -> None:
        self._check_day()
        self._arm_midnight()

    def _check_day(self) -> None:
        self._day_seen = monotonic()
        frame = self.frame_or_none
        if frame is not None and self.store.clock.today() != frame.on:
            for screen in self.screen_stack:
                if isinstance(screen, House):
                    screen.reload()

    def _arm_idle(self) -> None:
        if self._idle is not None:
            self._idle.stop()
        rest = self.frame.idle_seconds - (monotonic() - self._last_key)
        left = self.frame.session_hours * 3600 - (monotonic() - self._started)
        self._idle = self.set_timer(max(0.1, min(rest, left)), self._check_idle)

    def _check_idle(self) -> None:
        if self.session is None or self._leaving:
            return
        now = monotonic()
        if now - self._started >= self.frame.session_hours * 3600:
            self.run_worker(self._leave_unasked(may_return=False), group="leave")
        elif now - self._last_key >= self.frame.idle_seconds:
            self.run_worker(self._ask_idle(), group="idle", exclusive=True)
        else:
            self._arm_idle()

    async def _ask_idle(self) -> None:
        from .screens.idle import StillThere

        lost = await self._keep_all()
        if await self.push_screen_wait(StillThere(is_kept=not lost)):
            self._last_key = monotonic()
            self._arm_idle()
        else:
            await self._leave_unasked(may_return=True)

    # -- ends ------------------------------------------------------------------------------------------------

    def _catch_signals(self) -> None:
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
            number = getattr(signal, name)
            loop.add_signal_handler(number, self._signalled, number)

    def _signalled(self, number: int) -> None:
        self._end_code = 128 + number
        self._leaving = True
        self.watch_task(asyncio.get_running_loop().create_task(self._obey(128 + number)))

    async def _obey(self, code: int) -> None:
        """A signal: keep what can be kept, and end whatever came of it."""
        await self._keep_all()
        await self._end(Outcome(), code)

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


def write_crash(error: BaseException) -> str:
    """Write what went wrong, without any values, to the per-user log; returns where, in words."""
    from pathlib import Path

    from platformdirs import user_log_dir

    if isinstance(error, WorkerFailed):
        error = error.error
    lines = [type(error).__name__]
    lines += [
        f"  {Path(f.filename).name}:{f.lineno} in {f.name}"
        for f in traceback.extract_tb(error.__traceback__)
    ]
    try:
        folder = Path(user_log_dir("cofp", appauthor=False))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = folder / "crash.log"
        with log.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n\n")
        log.chmod(0o600)
    except OSError:
        return "Where it happened could not be written down."
    return f"Where it happened is in {log}, without any personal data."


def run(store: Store, *, kiosk: bool, argv: list[str]) -> int:
    """Run the application on this terminal; returns the exit code, or becomes a fresh process."""
    from . import safe

    kept = terminal.settings()
    # What Textual gives back at its end is then already quiet: no echo, and no key that stops a kiosk.
    terminal.quiet(kept)
    terminal.end_well(kept)
    try:
        safe.guard_pastes()
        gc.disable()
        terminal.throw_away_input()
        app = CofpApp(store, kiosk=kiosk, farewell=terminal.take_farewell())
        outcome = app.run()
        terminal.end_well(kept)
        app.lanes.close_now()
        store.close()
        if outcome is not None and outcome.again and not app.return_code:
            arguments = argv if outcome.arguments is None else list(outcome.arguments)
            terminal.start_again(arguments, kept, farewell=outcome.farewell)
    finally:
        terminal.restore(kept)
    return app.return_code or 0
