"""A session as its facilitators keep it: attendance, notes, next actions, and earlier notes beside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from models import participate
from models.drafts import read_draft
from models.errors import CofpError
from models.journal import Receipt
from models.participate import ChangedMeanwhile, Session
from models.words import count, short_day
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.widgets.confirm import Confirm
from tui.widgets.empty import Empty
from tui.widgets.footer import Hint
from tui.widgets.section import Section

from .dialogs import Typed, action_question, fill_in
from .keeper import FORM, Keeper, kept_in
from .panes import Head, Roll, Strip, Todo
from .prose import Prose

if TYPE_CHECKING:
    from tui.widgets.paragraph import Paragraph

PANES = ("attendance", "notes", "todo", "earlier")
BETWEEN = "\n\n---\n\n"
"""What stands between two texts that are put under each other."""
_STATES = {
    "none": "not written yet",
    "saved": "not published",
    "published": "published",
    "changed": "changed since published",
}


class SessionScreen(House):
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
        self._meeting_id = 0
        self._session: Session | None = None
        self._pane = "attendance"
        self._pressed: list[tuple[int, str | None]] = []
        """Marks on their way to the store, in order."""
        self._marking: asyncio.Task[None] | None = None
        self._text: Paragraph | None = None
        self._is_writing = False
        self._version = 0
        self._base = ""
        """The notes as the store has them at `_version`."""
        self._keeper: Keeper | None = None
        self._saving = asyncio.Lock()

    # -- the parts ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"):
            yield Head(id="about")
            yield Strip(id="strip")
            with Horizontal(id="session"):
                with Vertical(id="attendance-pane"):
                    yield Section("Attendance", id="attendance-title")
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
        self._meeting_id = intent.id
        self._session, self._keeper, self._pressed = None, None, []
        self._version, self._base = 0, ""
        self._pane, self._is_writing = "attendance", False
        if self._text is not None:
            self._text.remove()
            self._text = None

    # -- loading -----------------------------------------------------------------------------------

    async def load(self) -> None:
        if self.standing.person_id is None or not self._meeting_id:
            return
        person_id, is_first = self.standing.person_id, self._session is None
        found = await self.app.lanes.read(
            participate.session, self._meeting_id, person_id, self.year, self.on
        )
        self._session = found
        if is_first:
            await self._begin(found, person_id)
        elif not self._is_writing:
            self._version, self._base = found.notes.version, found.notes.body
        self._show(found)
        if is_first:
            self.show_pane(self._pane)

    async def _begin(self, found: Session, person_id: int) -> None:
        """The meeting was just opened: take up what was typed and not saved, if there is any."""
        title = f"Notes of {found.meeting.when_words}"
        self._keeper = Keeper(self.app.lanes, person_id, self._meeting_id, title, self.set_timer)
        self._version, self._base = found.notes.version, found.notes.body
        self._say_saved(found.notes.saved_at)
        draft = await self.app.lanes.read(read_draft, person_id, FORM, str(self._meeting_id))
        kept = kept_in(draft)
        if draft is not None and kept is not None and kept.body != found.notes.body:
            self._version = kept.version
            await self._write(kept.body)
            self._pane = "notes"
            self.said.warn(
                f"Here is what you typed until {self._clock(draft.saved_at)}; it is not saved yet."
            )

    def _show(self, found: Session) -> None:
        meeting = found.meeting
        self.query_one("#about", Head).show(
            "Session notes",
            (found.community_title, meeting.when_words, meeting.title, meeting.place),
        )
        may_mark = found.verdicts["session.attend"].is_allowed
        pressed = {person_id: how or "" for person_id, how in self._pressed}
        self.query_one(Roll).show(found.people, is_open=may_mark, pressed=pressed)
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

    def _state_words(self, found: Session) -> str:
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
            self._save_soon()
        self.show_pane(to)

    # -- attendance --------------------------------------------------------------------------------

    @on(Roll.Marked)
    def _marked(self, message: Roll.Marked) -> None:
        message.stop()
        if not self._allowed("session.attend"):
            return
        self._pressed.append((message.person_id, message.how))
        self._show_count()
        if self._marking is None or self._marking.done():
            # Keys come faster than a safe write: they queue, and the list is read again once.
            self._marking = asyncio.get_running_loop().create_task(self._store_marks())
            self.app.watch_task(self._marking)

    async def _store_marks(self) -> None:
        try:
            while self._pressed:
                person_id, how = self._pressed[0]
                await self.app.lanes.write(
                    participate.mark, self.app.actor(), self._meeting_id, person_id, how
                )
                self._pressed = self._pressed[1:]
        except CofpError as error:
            self._pressed = []
            self.said.error(error)
        else:
            self.said.clear()
            self._say_saved(self.app.store.clock.now())
        await self.reload()

    @on(Roll.RestMarked)
    async def _rest_marked(self, message: Roll.RestMarked) -> None:
        message.stop()
        if self._allowed("session.attend_all"):
            if self._marking is not None:
                await self._marking
            await self.do(participate.mark_all_present, self._meeting_id)

    # -- notes -------------------------------------------------------------------------------------

    def action_notes(self) -> None:
        """Write, or go on writing."""
        if self._allowed("session.write"):
            self._write_now()

    @work(group="notes")
    async def _write_now(self) -> None:
        await self._write(self._base)
        self.show_pane("notes")

    async def _write(self, body: str) -> None:
        """Put the text into a field to write in."""
        self._is_writing = True
        if self._text is None:
            # Slow to import, and needed only here.
            from tui.widgets.paragraph import Paragraph

            self._text = Paragraph(body, id="text")
            await self.query_one("#notes-pane").mount(self._text)
            self._text.move_cursor(self._text.document.end)
        elif self._text.text != body:
            self._text.load_text(body)
        self.query_one("#preview").display = False
        self._text.display = True

    def on_text_area_changed(self, message: Message) -> None:
        # By name, so that TextArea is not imported before it is needed.
        message.stop()
        if self._text is None or self._keeper is None or not self._is_dirty:
            return
        self.query_one("#about", Head).note("writing …")
        self._keeper.typed(self._version, self._text.text, self._keep_soon)

    def on_key(self, event: events.Key) -> None:
        # Enter in the preview goes on writing; everywhere else it belongs to the list there.
        if event.key == "enter" and self.focused is self.query_one("#preview"):
            event.stop()
            self.action_notes()

    @property
    def _is_dirty(self) -> bool:
        """Whether the field holds something that the store's notes do not."""
        return self._is_writing and self._text is not None and self._text.text != self._base

    @work(group="keep")
    async def _keep_soon(self) -> None:
        await self.keep()

    async def keep(self) -> None:
        """Store what was typed for its writer; the words beside the heading say so."""
        if self._keeper is None:
            return
        try:
            if await self._keeper.keep():
                self._say_saved(self.app.store.clock.now())
        except CofpError as error:
            self.said.error(error)

    @work(group="save")
    async def _save_soon(self, after: Callable[[], Any] | None = None) -> None:
        if await self._save() and after is not None:
            after()

    async def _save(self) -> bool:
        """Save the notes for all who facilitate; whether nothing is left unsaved."""
        async with self._saving:
            if not self._is_dirty or self._text is None or self._keeper is None:
                return True
            body = self._text.text
            try:
                receipt = await self.app.lanes.write(
                    participate.write_notes,
                    self.app.actor(),
                    self._meeting_id,
                    body,
                    self._version,
                )
                await self._keeper.drop()
            except ChangedMeanwhile as other:
                await self.keep()
                await self._join(other, body)
                return False
            except CofpError as error:
                await self.keep()
                self.said.error(error)
                return False
            self._version, self._base = int(receipt.facts["version"]), body
            self.said.clear()
            self._say_saved(self.app.store.clock.now())
        await self.reload()
        return True

    async def _join(self, other: ChangedMeanwhile, mine: str) -> None:
        """Somebody saved meanwhile: nobody's text is lost."""
        question = Confirm(
            "Both texts are kept",
            (str(other), "Put yours under theirs, then make one of the two?"),
            yes="put mine under theirs",
            no="not now",
        )
        if not await self.ask(question):
            self.said.warn(f"Yours is kept for you. {other.by}'s is what is saved.")
            return
        self._version, self._base = other.version, other.body
        await self._write(other.body + BETWEEN + mine)
        self.said.ok("Both texts stand here, theirs first.")
        self.show_pane("notes")

    def _done_writing(self) -> None:
        """Back from the field to the notes as they will be read."""
        self._is_writing = False
        if self._text is not None:
            self._text.display = False
        self.query_one("#preview").display = True
        if self._session is not None:
            self._show(self._session)
        self.show_pane("notes")

    def action_publish(self) -> None:
        self._publish()

    @work(group="publish", exclusive=True)
    async def _publish(self) -> None:
        if not await self._save():
            return
        await self.reload()
        found = self._session
        if found is None or not self._allowed("session.publish"):
            return
        readers = sum(bool(person.role) for person in found.people) - 1
        others = count(readers, "other person", "other people")
        again = found.notes.published_at is not None
        question = Confirm(
            "Publish the changed notes?" if again else "Publish these notes?",
            (f"The {others} of {found.community_title} can read them, and are told on Today.",),
            yes="publish",
            no="not yet",
        )
        if await self.ask(question):
            self._done_writing()
            await self.do(participate.publish_notes, self._meeting_id, self._version)

    # -- next actions --------------------------------------------------------------------------------

    @on(Todo.Ticked)
    async def _ticked(self, message: Todo.Ticked) -> None:
        message.stop()
        await self.do(participate.tick_action, message.action_id, message.done)

    def action_add(self) -> None:
        if self._allowed("session.add_action"):
            self._add()

    @work(group="add", exclusive=True)
    async def _add(self) -> None:
        found = self._session
        if found is None:
            return
        people = [(p.person_id, p.name) for p in found.people if p.role]
        meeting_id = self._meeting_id

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

        await fill_in(self, lambda **more: action_question(people, **more), write)

    # -- leaving -------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Esc: from writing to the notes as they read, from there to Participate; all is saved."""
        if self._is_writing and self._pane == "notes":
            self._save_soon(self._done_writing)
        else:
            self._save_soon(self._go_back)

    def _go_back(self) -> None:
        self._meeting_id, self._session = 0, None
        self.app.go("participate")

    async def on_screen_suspend(self) -> None:
        await self.keep()

    # -- words ---------------------------------------------------------------------------------------

    def _allowed(self, action_id: str) -> bool:
        """Whether the table allows it now; if not, says why, since when and who can help."""
        verdict = self._session.verdicts.get(action_id) if self._session is not None else None
        if verdict is not None and verdict.refusal is not None:
            self.said.error(verdict.refusal)
        return verdict is not None and verdict.is_allowed

    def _clock(self, at: datetime) -> str:
        return f"{self.app.store.clock.local(at):%H:%M}"

    def _say_saved(self, at: datetime | None) -> None:
        note = self.query_one("#about", Head)
        if at is None:
            note.note("")
        else:
            day_words = (
                ""
                if self.app.store.clock.day_of(at) == self.on
                else short_day(self.app.store.clock.day_of(at))
            )
            note.note(f"saved {day_words} {self._clock(at)}".replace("  ", " "), "good")

    def hints(self) -> Sequence[Hint]:
        found = self._session
        if found is None:
            return (Hint("back"),)

        def ok(action_id: str) -> bool:
            verdict = found.verdicts.get(action_id)
            return verdict is not None and verdict.is_allowed

        if self._pane == "notes" and self._is_writing:
            return (Hint("back", words="done writing", keep=9), Hint("next_field", keep=8))
        first: tuple[Hint, ...] = ()
        if self._pane == "attendance":
            marks = ok("session.attend")
            first = (
                Hint("mark", marks, words="present", keep=9),
                *(Hint(id, marks, keep=8) for id in ("excused", "online", "absent")),
            )
        elif self._pane == "todo":
            first = (Hint("mark", ok("session.tick_action"), words="tick off", keep=8),)
        return (
            *first,
            Hint("notes", ok("session.write"), words="write", keep=8),
            Hint("add", ok("session.add_action"), words="action"),
            Hint("publish", ok("session.publish")),
            Hint("next_field", keep=7),
            Hint("back", keep=8),
        )


def _earlier(found: Session) -> str:
    """The earlier notes under each other, each under its date."""
    parts = [
        f"## {note.when_words}{' · ' + note.title if note.title else ''}\n"
        f"{'' if note.state == 'published' else '*' + _STATES[note.state] + '*'}\n\n{note.body}"
        for note in found.earlier
    ]
    return BETWEEN.join(parts)
