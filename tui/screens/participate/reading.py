"""The published notes of one meeting, as the community's members read them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from models import participate
from models.participate import ReadNotes
from models.words import day
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.widgets.footer import Hint
from tui.widgets.section import Section

from .panes import Head, Todo
from .prose import Prose


class NotesScreen(House):
    """The notes, and what the meeting decided to do; one's own actions can be ticked off."""

    NAME = "notes"
    STEP = Step.PARTICIPATE
    AUTO_FOCUS = "#reading"
    BINDINGS = [binding("back")]

    def __init__(self) -> None:
        super().__init__()
        self._meeting_id = 0
        self._read: ReadNotes | None = None

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"):
            yield Head(id="about")
            with VerticalScroll(id="reading"):
                yield Prose(id="read-text")
            with Vertical(id="read-todo"):
                yield Section("Next actions")
                with VerticalScroll(can_focus=False):
                    yield Todo("", id="read-actions")
        yield from self.foot()

    def take(self, intent: Intent) -> None:
        """Open the notes of the meeting of this id."""
        if intent.id is not None:
            self._meeting_id, self._read = intent.id, None

    async def load(self) -> None:
        if self.standing.person_id is None or not self._meeting_id:
            return
        found = await self.app.lanes.read(
            participate.read_notes, self._meeting_id, self.standing.person_id, self.year, self.on
        )
        self._read = found
        meeting, about = found.meeting, self.query_one("#about", Head)
        parts = (meeting.when_words, found.community_title, meeting.title, meeting.place)
        about.show("Notes", parts)
        out = self.app.store.clock.day_of(found.published_at)
        about.note(f"published {day(out)}")
        self.query_one("#read-text", Prose).show(found.body)
        self.query_one(Todo).show(found.actions)
        self.query_one("#read-todo").display = bool(found.actions)

    @on(Todo.Ticked)
    @work(group="tick")
    async def _ticked(self, message: Todo.Ticked) -> None:
        message.stop()
        await self.do(participate.tick_action, message.action_id, message.done)

    def hints(self) -> Sequence[Hint]:
        mine = self._read is not None and any(line.may_tick for line in self._read.actions)
        tick = (Hint("mark", words="tick off"), Hint("next_field")) if mine else ()
        return (*tick, Hint("back", keep=9))

    def action_back(self) -> None:
        self.app.go("participate")
