"""A session as its facilitators keep it: attendance, notes, next actions, and earlier notes beside."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from models import participate
from models.errors import CofpError, StoreError
from models.journal import Receipt
from models.participate import Session
from models.words import count, short_day
from models.years import Step
from tui.intent import Intent
from tui.keys import binding
from tui.unfinished import Unfinished
from tui.widgets.empty import Empty
from tui.widgets.footer import Hint
from tui.widgets.lines import Say, Words
from tui.widgets.section import Section

from .dialogs import Typed, action_question, fill_in
from .panes import Head, Roll, Strip, Todo
from .prose import Prose
from .writing import BETWEEN, Writing

PANES = ("attendance", "notes", "todo", "earlier")
AGAIN = 5.0
"""Seconds after which marks that the store could not take are handed to it again."""
_STATES = {
    "none": "not written yet",
    "saved": "not published",
    "published": "published",
    "changed": "changed since published",
}


class SessionScreen(Writing):
    """One meeting. Attendance by one key a person; notes are kept while they are typed."""

    NAME = "session"
    STEP = Step.PARTICIPATE
    AUTO_FOCUS = ""
    BINDINGS = [
        binding("notes"),
        binding("add"),
        binding("publish"),
        binding("next_field", "pane(1)"),
        Binding("shift+tab", "pane(-1)", show=False),
        binding("back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pane = "attendance"
        self._pressed: list[tuple[int, int, str | None]] = []
        """Marks on their way to the store, in order: of which meeting, who, how."""
        self._waits = False
        """Whether it was said that marks wait for the store."""
        self._marking: asyncio.Task[None] | None = None

    # -- the parts ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"):
            yield Head(id="about")
            yield Strip(id="strip")
            with Horizontal(id="session"):
                with Vertical(id="attendance-pane"):
                    yield Section("Attendance", id="attendance-title")
                    yield Words(id="attendance-why")
                    with VerticalScroll(can_focus=False):
                        yield Roll(id="roll")
                with Vertical(id="earlier-pane"):
                    yield Section("Earlier notes")
                    with VerticalScroll(id="earlier"):
                        yield Prose(id="earlier-text")
                with Vertical(id="work-pane"):
                    with Vertical(id="notes-pane"):
                        yield Section("Notes", id="notes-title")
                        with VerticalScroll(id="preview"):
                            yield Empty("", id="no-notes")
                            yield Prose(id="preview-text")
                    with Vertical(id="todo-pane"):
                        yield Section("Next actions", id="todo-title")
                        with VerticalScroll(can_focus=False):
                            yield Todo("Nothing to do yet.", id="todo")
        yield from self.foot()

    def take(self, intent: Intent) -> None:
        """Open the meeting of this id."""
        if intent.id is None or intent.id == self._meeting_id:
            return
        self._pane = "attendance"
        self.forget(intent.id)

    # -- loading -----------------------------------------------------------------------------------

    async def load(self) -> None:
        if self.standing.person_id is None or not self._meeting_id:
            return
        person_id, is_first = self.standing.person_id, self._session is None
        found = await self.app.lanes.read(
            participate.session, self._meeting_id, person_id, self.year, self.on
        )
        # Taken up only once the draft was read too: a read that fails must not leave it behind.
        if is_first and await self.begin(found, person_id):
            self._pane = "notes"
        self._session = found
        if not is_first:
            self.take_in(found)
        self.show_session(found, begin=is_first)
        if is_first:
            self.show_pane(self._pane)

    def show_session(self, found: Session, *, begin: bool = False) -> None:
        meeting = found.meeting
        self.query_one("#about", Head).show(
            "Session notes",
            (meeting.when_words, found.community_title, meeting.title, meeting.place),
        )
        attending = found.verdicts["session.attend"]
        may_mark = attending.is_allowed
        why = self.query_one("#attendance-why", Words)
        why.show([Say(str(attending.refusal), "muted")] if attending.refusal is not None else [])
        why.display = not may_mark
        pressed = {who: how or "" for at, who, how in self._pressed if at == meeting.id}
        self.query_one(Roll).show(found.people, is_open=may_mark, pressed=pressed, begin=begin)
        self._show_count()
        self.query_one("#notes-title", Section).show("Notes", self._state_words(found))
        self.query_one("#preview-text", Prose).show(self._base)
        self._show_empty(found)
        self.query_one(Todo).show(found.actions, found.carried)
        left = sum(not line.is_done for line in (*found.carried, *found.actions))
        self.query_one("#todo-title", Section).show("Next actions", f"{left} open" if left else "")
        self.query_one("#earlier-text", Prose).show(_earlier(found))
        self.query_one("#session").set_class(bool(found.earlier), "-has-earlier")
        self._show_strip()

    def _show_empty(self, found: Session) -> None:
        """What the notes' place says while there are none."""
        refusal = found.verdicts["session.write"].refusal
        empty = self.query_one("#no-notes", Empty)
        empty.display = not self._base
        if refusal is None:
            empty.show("No notes yet.", "What did you try? What comes next?", "n  begin to write")
        else:
            empty.show("No notes yet.", refusal.rule, refusal.help)

    def show_state(self) -> None:
        if self._session is not None:
            words = self._state_words(self._session)
            self.query_one("#notes-title", Section).show("Notes", words)

    def _state_words(self, found: Session) -> str:
        if self._is_dirty:
            kept = self._draft_at
            return f"draft, saved {self.clock_words(kept)}" if kept is not None else "draft"
        words = _STATES[found.notes.state]
        if found.notes.state == "published" and found.notes.published_at is not None:
            on = self.app.store.clock.day_of(found.notes.published_at)
            words = f"published {short_day(on)}"
        return words

    def _show_count(self) -> None:
        found = self._session
        if found is None:
            return
        roll = self.query_one(Roll)
        there = sum(roll.mark_of(p) in participate.THERE for p in found.people)
        of = sum(p.is_counted or bool(roll.mark_of(p)) for p in found.people)
        self.query_one("#attendance-title", Section).show("Attendance", f"{there} of {of}")

    # -- panes -------------------------------------------------------------------------------------

    @property
    def panes(self) -> tuple[str, ...]:
        """The panes there are."""
        has_earlier = self._session is not None and bool(self._session.earlier)
        return PANES if has_earlier else PANES[:-1]

    def show_pane(self, name: str) -> None:
        """Bring a pane in sight and the focus into it."""
        self._pane = name
        box = self.query_one("#session")
        for pane in PANES:
            box.set_class(pane == name, f"-at-{pane}")
        if name in ("attendance", "earlier"):
            # Where there is room for one of the two, the one last looked at stays beside the notes.
            box.set_class(name == "earlier", "-beside-earlier")
        self._show_strip()
        self.call_after_refresh(self._focus_pane)

    def _focus_pane(self) -> None:
        if self.app.screen is not self:
            return
        target: Widget
        if self._pane == "attendance":
            target = self.query_one(Roll)
        elif self._pane == "notes":
            writing = self._is_writing and self._text is not None
            target = self._text if writing and self._text else self.query_one("#preview")
        elif self._pane == "todo":
            target = self.query_one(Todo)
        else:
            target = self.query_one("#earlier")
        target.focus()
        self.show_hints()

    def _show_strip(self) -> None:
        names = {
            "attendance": "Attendance",
            "notes": "Notes",
            "todo": "Next actions",
            "earlier": "Earlier notes",
        }
        self.query_one(Strip).show([(pane, names[pane]) for pane in self.panes], self._pane)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click into another pane is a way to it too."""
        for node in event.widget.ancestors_with_self:
            name = (node.id or "").removesuffix("-pane")
            if name in PANES and name != self._pane:
                self.show_pane(name)
                return
        self.show_hints()

    @on(Strip.Picked)
    def _strip_picked(self, message: Strip.Picked) -> None:
        message.stop()
        self._leave_pane(message.name)

    def action_pane(self, by: int) -> None:
        """Tab: the next pane, or the one before."""
        panes = self.panes
        at = panes.index(self._pane) if self._pane in panes else 0
        self._leave_pane(panes[(at + by) % len(panes)])

    def _leave_pane(self, to: str) -> None:
        if self._pane == "notes" and to != "notes":
            self.save_soon(asks=False)
        self.show_pane(to)

    # -- attendance --------------------------------------------------------------------------------

    @on(Roll.Marked)
    def _marked(self, message: Roll.Marked) -> None:
        message.stop()
        if not self.allowed("session.attend"):
            return
        self._pressed.append((self._meeting_id, message.person_id, message.how))
        self._show_count()
        self._go_on_marking()

    def _go_on_marking(self) -> None:
        """Hand the marks to the store, unless that is under way."""
        if self._pressed and (self._marking is None or self._marking.done()):
            # Keys come faster than a safe write: they queue, and the list is read again once.
            self._marking = asyncio.get_running_loop().create_task(self._store_marks())
            self.app.watch_task(self._marking)

    async def _store_marks(self) -> None:
        """Store the marks, and read the list again; keys go on being pressed meanwhile."""
        while self._pressed:
            wrong = await self._store_pressed()
            if wrong is None:
                if self._waits:
                    # Not whatever is said: a mark just refused is to be read, however fast the next.
                    self.said.clear()
                self._waits = False
                self.say_saved(self.app.store.clock.now())
            await self.reload()
            if wrong is not None:
                self.said.error(wrong, from_store=True)
            if isinstance(wrong, StoreError):
                self._waits = True
                self.set_timer(AGAIN, self._go_on_marking)
                return

    async def _store_pressed(self) -> CofpError | None:
        """Store the marks in order: what is refused is left out, what cannot be stored yet waits."""
        wrong: CofpError | None = None
        while self._pressed:
            try:
                await self.app.lanes.write(participate.mark, self.app.actor(), *self._pressed[0])
            except StoreError as error:
                return error
            except CofpError as error:
                wrong = error
            self._pressed = self._pressed[1:]
        return wrong

    @on(Roll.RestMarked)
    @work(group="rest")
    async def _rest_marked(self, message: Roll.RestMarked) -> None:
        message.stop()
        if self.allowed("session.attend_all"):
            if self._marking is not None:
                await self._marking
            await self.do(participate.mark_all_present, self._meeting_id)

    def action_notes(self) -> None:
        """Write, or go on writing."""
        if self.allowed("session.write"):
            self.write_now()

    def on_key(self, event: events.Key) -> None:
        # Enter in the preview goes on writing; everywhere else it belongs to the list there.
        if event.key == "enter" and self.focused is self.query_one("#preview"):
            event.stop()
            self.action_notes()

    def action_publish(self) -> None:
        self.publish()

    # -- next actions --------------------------------------------------------------------------------

    @on(Todo.Ticked)
    @work(group="tick")
    async def _ticked(self, message: Todo.Ticked) -> None:
        message.stop()
        await self.do(participate.tick_action, message.action_id, message.done)

    def action_add(self) -> None:
        if self.allowed("session.add_action"):
            self._add()

    @work(group="add", exclusive=True)
    async def _add(self) -> None:
        found = self._session
        if found is None:
            return
        people = [(p.person_id, p.name) for p in found.people if p.role]
        meeting_id = self._meeting_id
        title = f"A next action of {found.meeting.when_words}"
        what = Unfinished("session.add_action", str(meeting_id), title)

        async def write(said: Typed) -> Receipt:
            due, owner = said["due"].strip(), said["owner"]
            return await self.app.lanes.write(
                participate.add_action,
                self.app.actor(),
                meeting_id,
                said["words"],
                int(owner) if owner else None,
                participate.read_day(due, "By", self.year) if due else None,
            )

        await fill_in(self, lambda **more: action_question(people, draft=what, **more), write)

    async def keep(self) -> tuple[str, ...]:
        lost = await super().keep()
        self._go_on_marking()
        if self._marking is not None:
            await self._marking
        if self._pressed:
            return (*lost, f"{count(len(self._pressed), 'mark')} of the attendance")
        return lost

    # -- leaving -------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Esc: from writing to the notes as they read, from there to Participate; all is saved."""
        if self._is_writing and self._pane == "notes":
            self.save_soon(self.done_writing)
        else:
            self._leave()

    @work(group="leave", exclusive=True)
    async def _leave(self) -> None:
        # What could not be saved is kept for its writer, who finds it here again.
        if not await self._save(asks=False) and not self.is_kept:
            return
        self.forget(0)
        self.app.go("participate")

    def hints(self) -> Sequence[Hint]:
        found = self._session
        if found is None:
            return (Hint("back"),)

        def ok(action_id: str) -> bool:
            verdict = found.verdicts.get(action_id)
            return verdict is not None and verdict.is_allowed

        if self._pane == "notes" and self._is_writing:
            return (Hint("back", words="done writing", keep=9),)
        first: tuple[Hint, ...] = ()
        if self._pane == "attendance":
            marks = ok("session.attend")
            first = (
                Hint("mark", marks, words="present", keep=11),
                *(Hint(id, marks, keep=11) for id in ("excused", "online", "absent")),
            )
        elif self._pane == "todo":
            first = (Hint("mark", ok("session.tick_action"), words="tick off", keep=8),)
        return (
            *first,
            Hint("notes", ok("session.write"), words="write", keep=10),
            Hint("add", ok("session.add_action"), words="action", keep=9),
            Hint("publish", ok("session.publish"), keep=10 if ok("session.publish") else 8),
            Hint("back", keep=8),
        )


def _earlier(found: Session) -> str:
    """The earlier notes under each other, each under its date."""
    parts = []
    for note in found.earlier:
        title = f" · {note.title}" if note.title else ""
        state = "" if note.state == "published" else f"*{_STATES[note.state]}*\n"
        parts.append(f"## {note.when_words}{title}\n{state}\n{note.body}")
    return BETWEEN.join(parts)
