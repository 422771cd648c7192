"""The base of every full screen: its head and foot, how it loads, and how it asks the store to write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from textual import events
from textual import on as handles
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from models import words
from models.actions import judge
from models.actions.who import SOMEBODY
from models.errors import CofpError, Refused
from models.journal import Actor, Receipt
from models.people import Standing
from models.text import Cleaned
from models.today import Frame
from models.years import Step, Year

from .drafts import Drafts
from .intent import Intent
from .keys import IDLE, JUDGED, KEYS, binding
from .lanes import LanesClosed
from .painting import NearCompositor
from .widgets import ribbon, topline
from .widgets.confirm import Question
from .widgets.editing import InOrder
from .widgets.footer import Hint, KeyLine, steps_hint
from .widgets.form import Form
from .widgets.said import Said

if TYPE_CHECKING:
    from .app import CofpApp

P = ParamSpec("P")
T = TypeVar("T")

WAITS = "Another terminal is writing; one moment …"


class House(Screen[None]):
    """A full screen: top line, ribbon, its own body, what was said, the keys that work here."""

    NAME = ""
    """The name by which the application opens it."""
    STEP: Step | None = None
    """The step of the year that it belongs to."""
    KEYS: Sequence[str] = ()
    """The ids of the keys that its footer shows, before those that every screen has."""

    BINDINGS = [binding("back")]

    app: CofpApp

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NearCompositor()
        self.said = Said(id="said")
        self._top = topline.TopLine(id="top")
        self._ribbon = ribbon.Ribbon(id="ribbon")
        self._keys = KeyLine(id="keys")
        self._wanted = False
        self.last_load: asyncio.Task[None] | None = None
        """The load that runs, or the last one."""
        self._was_loaded = asyncio.Event()
        self._intent: Intent | None = None
        self._asked: list[object] = []
        """The writes that are asked for and not yet answered."""
        self.drafts = Drafts(self)
        self._taken_out = 0
        """Characters that were taken out of what was typed into the last question."""
        self._styled_with: object = None
        """The rules that were in force when the whole screen was last styled."""
        self._is_built = asyncio.Event()
        self._was_field = False
        """Whether the keys shown are those of a field that has the focus."""

    # -- the parts ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield from self.head()
        yield from self.foot()

    def head(self) -> Iterable[Widget]:
        """The top line and the ribbon."""
        yield self._top
        yield self._ribbon

    def foot(self) -> Iterable[Widget]:
        """What was said, and the keys."""
        yield self.said
        yield self._keys

    # -- what is the case ------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The division, the day, the year and who is here, as of the last load."""
        return self.app.frame

    @property
    def on(self) -> date:
        return self.frame.on

    @property
    def year(self) -> Year:
        """The year at hand; raises CofpError before the first set-up."""
        if self.frame.year is None:
            raise CofpError("No year has been set up yet.")
        return self.frame.year

    @property
    def standing(self) -> Standing:
        return self.frame.standing

    # -- loading ---------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        # What is made is styled as it is made: the first showing need not do it again.
        self._styled_with = self.app.stylesheet.rules
        self._is_built.set()
        self._show_head()
        self.show_hints()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        # Styling a screen anew that has its styles takes as long as painting it.
        rules = self.app.stylesheet.rules
        event.refresh_styles = self._styled_with is not rules
        self._styled_with = rules
        self._show_head()
        self.reload()

    def reload(self) -> asyncio.Task[None]:
        """Take everything from the store again; one load at a time, the last one asked for wins."""
        self._wanted = True
        if self.last_load is None or self.last_load.done():
            self.last_load = asyncio.get_running_loop().create_task(self._load_all())
            self.app.watch_task(self.last_load)
        return self.last_load

    async def _load_all(self) -> None:
        await self._is_built.wait()
        while self._wanted and self.is_attached and not self.app.is_ending:
            self._wanted = False
            try:
                await self.app.load_frame()
                self._show_head()
                await self.load()
                self.show_hints()
            except LanesClosed:
                break
            except CofpError as error:
                self.said.error(error)
        self._was_loaded.set()
        if self._intent is not None and self.is_attached:
            intent, self._intent = self._intent, None
            self.run_worker(self.carry_out(intent), group="intent")

    @property
    def is_loaded(self) -> bool:
        """Whether the first load is through, and none is under way."""
        is_loading = self.last_load is not None and not self.last_load.done()
        return self._was_loaded.is_set() and not is_loading

    def _compositor_refresh(self) -> None:
        # Textual draws the screen during a batch too, and throws it away.
        if not self.app._batch_count:
            super()._compositor_refresh()

    async def is_there(self) -> None:
        """Wait until the first load is through, and the lists have their first rows."""
        await self._was_loaded.wait()
        lists = [worker for worker in self.app.workers if worker.group == "table"]
        if lists:
            await self.app.workers.wait_for_complete(lists)

    async def load(self) -> None:
        """Read what the screen shows and hand it to its widgets."""

    async def carry_out(self, intent: Intent) -> None:
        """Go on with what somebody came here for."""

    def take(self, intent: Intent) -> None:
        """Keep an intent until the next load is through, then carry it out."""
        self._intent = intent

    async def keep(self) -> tuple[str, ...]:
        """Store what was typed and not yet kept: called before sign-out, when idle, and on signals.

        Returns what could not be kept, in words that name it; raises nothing.
        """
        return await self.drafts.keep()

    async def read(self, look: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `look(…)` finds in the store; None when the store could not answer, which is said.

        For whatever asks outside `load`, where nobody else says it.
        """
        try:
            return await self.app.lanes.read(look, *args, **kwargs)
        except CofpError as error:
            self.said.error(error)
            return None

    # -- head and foot ---------------------------------------------------------------------------------

    def _show_head(self) -> None:
        frame = self.app.frame_or_none
        if frame is None:
            return
        who = frame.standing
        name = who.name if who.person_id is not None else ""
        self._top.show(
            topline.Top(
                frame.division,
                frame.year.label if frame.year else "",
                words.day_year(frame.on),
                words.day(frame.on),
                name,
                who.role_words if name else "",
            )
        )
        if frame.year is not None:
            self._ribbon.show([self._step(state) for state in frame.year.ribbon(frame.on)])

    def _step(self, state: Any) -> ribbon.Step:
        looks = {"over": "closed", "ahead": "later", "open": "open"}
        look: Any = "urgent" if state.pressing else looks[state.state]
        step: Step = state.step
        return ribbon.Step(
            step.number, step.title, step.short, state.words, look=look, here=step is self.STEP
        )

    def hints(self) -> Sequence[Hint]:
        """The keys of this screen; override to grey those that do not work now."""
        return tuple(Hint(key) for key in self.KEYS)

    def show_hints(self) -> None:
        """Draw the key line anew: what is at hand has changed."""
        if isinstance(self.focused, InOrder):
            self._keys.show(self._hints_in_a_field(self.focused))
        else:
            self._keys.show((*self.hints(), *self.common_hints()))
        self.refresh_bindings()

    def _hints_in_a_field(self, field: InOrder) -> tuple[Hint, ...]:
        """The few keys that are none of the letters typed into it."""
        own = {hint.id: hint for hint in self.hints() if hint.id in ("open", "next_field", "back")}
        if isinstance(field, Input):
            own.setdefault("open", Hint("open", words="to the list"))
            own.setdefault("next_field", Hint("next_field"))
        own.setdefault("back", Hint("back"))
        leaving = [
            replace(hint, key="F10") for hint in self.common_hints() if hint.id == "sign_out"
        ]
        known = [own[ident] for ident in ("open", "next_field", "back") if ident in own]
        return (*known, *leaving)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """In a field other keys work than beside it."""
        self._show_hints_of_focus()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The field is left."""
        self._show_hints_of_focus()

    def _show_hints_of_focus(self) -> None:
        is_field = isinstance(self.focused, InOrder)
        if is_field != self._was_field:
            self._was_field = is_field
            self.show_hints()

    def common_hints(self) -> tuple[Hint, ...]:
        """The keys that every screen has."""
        signed_in = self.app.session is not None
        leaving = (
            (Hint("sign_out"),)
            if signed_in
            else (() if self.app.is_kiosk else (Hint("sign_out", words="quit"),))
        )
        entering = () if signed_in else (Hint("sign_in"),)
        own = [Hint("codes")] if self.app.makes_codes else []
        own += [Hint("profile")] if signed_in else []
        return (*entering, Hint("today"), steps_hint(), *own, Hint("help"), *leaving)

    @handles(KeyLine.Pressed)
    async def _key_pressed(self, message: KeyLine.Pressed) -> None:
        message.stop()
        names = {b.id: b.action for _, b in self.bindings_here() if b.id}
        action = names.get(message.id)
        if action:
            await self.run_action(action)

    def is_typed(self, event: events.Key) -> bool:
        """Whether a key stays in the field that has the focus."""
        takes: Callable[[events.Event], bool] | None = getattr(self.focused, "takes", None)
        return takes is not None and takes(event)

    def refusal_of(self, key: str) -> Refused | None:
        """Why a key of this screen is not to be used here now, in the table's words; None where it is,
        or where it is no key of this screen."""
        here = [(node, b.id) for node, b in self.bindings_here() if b.key == key and b.id in KEYS]
        if not here or self.app.frame_or_none is None or not self.is_loaded:
            return None
        node, ident = here[-1]
        if node is not self and node is not self.app:
            return None
        refused = self._table_refusal(ident if node is not self.app else "", ident)
        if refused is None and node is self and ident not in {h.id for h in self.hints()}:
            idle = IDLE.get((self.NAME, ident))
            refused = Refused(idle) if idle else None
        return refused

    def _table_refusal(self, own: str, ident: str) -> Refused | None:
        """What the table says against all that a key does, for whoever is here on this day."""
        frame = self.frame
        asked = JUDGED.get((self.NAME if own else "", ident), ())
        who = frame.standing if self.app.session is not None else SOMEBODY
        found = [judge(action, who, frame.year, frame.on) for action in asked]
        if not found or any(verdict.is_allowed for verdict in found):
            return None
        return min(found, key=lambda verdict: not verdict.is_theirs).refusal

    def usable(self) -> tuple[str, ...]:
        """The ids of the keys that whoever is here may use on this screen now, its own first."""
        found: dict[str, bool] = {}
        for node, bound in self.bindings_here():
            does = bound.action.partition("(")[0]
            works = bound.id in KEYS and node.check_action(does, ()) is True
            if works and self.refusal_of(bound.key) is None:
                found[bound.id] = node is not self.app
        return tuple(sorted(found, key=lambda ident: not found[ident]))

    def bindings_here(self) -> list[tuple[Any, Any]]:
        """(node, binding) of everything that can be pressed here, the innermost last."""
        return [
            (node, b)
            for node, bindings in reversed(self._modal_binding_chain)
            for group in bindings.key_to_bindings.values()
            for b in group
        ]

    async def run_action(self, action: str) -> None:  # type: ignore[override]
        """Run an action where it lives: here, or in the application."""
        name = action.partition("(")[0]
        here = self if hasattr(self, f"action_{name}") else self.app
        await self.app.run_action(action, default_namespace=here)

    @handles(ribbon.Ribbon.Picked)
    def _step_picked(self, message: ribbon.Ribbon.Picked) -> None:
        message.stop()
        self.app.action_step(message.number)

    # -- writing ---------------------------------------------------------------------------------------

    async def do(
        self,
        write: Callable[Concatenate[Any, Actor, P], Receipt],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt | None:
        """Ask the store to write; say what came of it, and load again. None when it was not done."""
        receipt = await self.ask_store(write, *args, **kwargs)
        if receipt is not None:
            await self.done(receipt)
        else:
            self.drafts.refused()
        return receipt

    async def done(self, receipt: Receipt) -> None:
        """Say what has been done, and what was taken out of the text; load again."""
        await self.drafts.done()
        await self.reload()
        many = self._taken_out + sum(form.forget_taken_out() for form in self.query(Form))
        self._taken_out = 0
        self.said.ok(" ".join(part for part in (receipt.words, Cleaned("", many).note) if part))

    async def ask_store(
        self,
        write: Callable[Concatenate[Any, Actor, P], Receipt],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt | None:
        """The same without loading again and without words on success (a key held down, a draft)."""
        wish = (write, args, kwargs)
        if wish in self._asked:
            # A key pressed twice is one wish; any other waits for its turn in the writing lane.
            return None
        self._asked.append(wish)
        waiting = self.set_timer(1.0, lambda: self.said.busy(WAITS))
        try:
            return await self.app.lanes.write(write, self.app.actor(), *args, **kwargs)
        except CofpError as error:
            self.said.error(error, from_store=True)
            return None
        finally:
            waiting.stop()
            self._asked.remove(wish)
            if self.said.text == WAITS:
                self.said.clear()

    async def ask(self, question: ModalScreen[T]) -> T | None:
        """Put a question over the screen and wait for its answer; call it from a worker."""
        # What was said was about the thing before.
        self.said.clear()
        if not isinstance(question, Question):
            return await self.app.push_screen_wait(question)
        await self.drafts.take_up(question)
        answer: T | None = await self.app.push_screen_wait(question)
        if question.draft is not None:
            await self.drafts.put_down(question.draft, is_answered=answer is not None)
        if question.taken_out is not None:
            self._taken_out = question.taken_out
        return answer

    def need_person(self, intent: Intent) -> bool:
        """Whether somebody is signed in; if not, sign-in opens and goes on with `intent`."""
        if self.app.session is not None:
            return True
        self.app.go_sign_in(intent)
        return False

    def action_back(self) -> Any:  # a screen may make it a coroutine
        """Esc: to the screen before."""
        self.app.back()
