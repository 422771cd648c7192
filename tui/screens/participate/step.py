"""The step's own screen: a person's community, its meetings, its notes and what is still to do."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from models import participate
from models.actions import Verdict
from models.journal import Receipt
from models.participate import MeetingLine, Participation, PublishedNote
from models.words import listed, short_day
from models.years import Step
from tui import safe
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.unfinished import Unfinished
from tui.widgets.confirm import Confirm
from tui.widgets.empty import Empty
from tui.widgets.footer import Hint
from tui.widgets.lines import Item, Lines, Say, Words
from tui.widgets.section import Section

from .dialogs import Typed, changed_meeting, fill_in, new_meeting
from .panes import Todo

PURPOSE = "Communities meet on half-days, and any time in between"
_TONES = {"now": "accent", "due": "accent", "done": "text", "ahead": "text", "open": "muted"}


class ParticipateScreen(House):
    """A facilitator's meetings with their sessions; a member's notes and meetings."""

    NAME = "participate"
    STEP = Step.PARTICIPATE
    AUTO_FOCUS = ""
    BINDINGS = [
        binding("add"),
        binding("notes"),
        binding("change"),
        binding("remove"),
        binding("back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._part: Participation | None = None
        self._had_focus = False

    def compose(self) -> ComposeResult:
        yield from self.head()
        with VerticalScroll(classes="body", can_focus=False):
            yield Words(id="window")
            yield Empty("", id="nothing")
            with Vertical(id="part"):
                yield Section("", id="mine")
                yield Words(id="question")
                with Vertical(id="notes-part"):
                    yield Section("Notes", id="notes-head")
                    yield Lines("Your facilitators have published none yet.", id="notes")
                with Vertical():
                    yield Section("Meetings", id="meetings-head")
                    yield Lines("No meetings yet.", id="meetings")
                with Vertical(id="todo-part"):
                    yield Section("Still to do", id="todo-head")
                    yield Todo("", id="todo")
        yield from self.foot()

    # -- loading -----------------------------------------------------------------------------------

    async def load(self) -> None:
        year = self.frame.year
        if year is None:
            self._show_nothing("No year has been set up yet.", "Division Personnel open it.")
            return
        window = year.window(Step.PARTICIPATE)
        words = f"{PURPOSE} · {short_day(window.opens)} to {short_day(window.closes)}"
        self.query_one("#window", Words).show((Say(words, "muted"),))
        if self.standing.person_id is None:
            self._show_nothing(
                "This is where communities meet.",
                "Sign in to see when yours does, and what it has written down.",
                "i  sign in",
            )
            return
        part = await self.app.lanes.read(
            participate.participation, self.standing.person_id, year, self.on
        )
        self._part = part
        if part.community_id is None:
            self._show_none(part)
        else:
            self._show_part(part)

    def _show_nothing(self, title: str, words: str, hint: str = "") -> None:
        self._part = None
        self.query_one("#nothing", Empty).show(title, words, hint)
        self.query_one("#nothing").display = True
        self.query_one("#part").display = False

    def _show_none(self, part: Participation) -> None:
        """Somebody who is in no community: what they can do about it today."""
        refusal = part.join.refusal
        if refusal is None:
            words, hint = "Choose one; it takes a minute.", "4  go to Join"
        else:
            words, hint = str(refusal), "4  look at the communities"
        self._show_nothing("You are in no community yet.", words, hint)
        self._part = part

    def _show_part(self, part: Participation) -> None:
        self.query_one("#nothing").display = False
        self.query_one("#part").display = True
        is_facilitator = part.is_facilitator
        others = [name for name in part.facilitators if name != self.standing.name]
        if is_facilitator:
            role = f"You facilitate it{', with ' + listed(others) if others else ''}."
        else:
            role = f"Facilitated by {listed(part.facilitators)}." if others else ""
        self.query_one("#mine", Section).show(part.community_title)
        about = (part.question, Say(role, "muted"))
        self.query_one("#question", Words).show(about if part.question else about[1:])
        notes = self.query_one("#notes", Lines)
        room = max((safe.width(note.when_words) for note in part.notes), default=0) + 2
        notes.show([_note_item(note, room) for note in part.notes])
        self.query_one("#notes-part").display = not is_facilitator
        meetings = self.query_one("#meetings", Lines)
        room = max((safe.width(line.when_words) for line in part.meetings), default=0) + 2
        meetings.show(
            [_meeting_item(line, room) for line in part.meetings],
            keep=meetings.picked_id or _pressing(part.meetings),
        )
        self.query_one(Todo).show(part.actions)
        self.query_one("#todo-part").display = bool(part.actions)
        if self.focused is None or not self.focused.display:
            (meetings if is_facilitator or not part.notes else notes).focus()

    # -- what can be done --------------------------------------------------------------------------

    @property
    def _line(self) -> MeetingLine | None:
        """The meeting at the cursor."""
        picked = self.query_one("#meetings", Lines).picked_id
        lines = self._part.meetings if self._part is not None else ()
        return next((line for line in lines if line.id == picked), None)

    @on(Lines.Picked, "#notes")
    def _note_picked(self, message: Lines.Picked) -> None:
        message.stop()
        self.app.go("notes", Intent("notes", "session.read", int(message.id)))

    @on(Lines.Picked, "#meetings")
    def _meeting_picked(self, message: Lines.Picked) -> None:
        message.stop()
        self.action_notes()

    @on(Lines.Highlighted)
    def _highlighted(self, message: Lines.Highlighted) -> None:
        message.stop()
        self.show_hints()

    def action_notes(self) -> None:
        """Open the session at the cursor: a facilitator writes it, a member reads it."""
        line, part = self._line, self._part
        if part is None or line is None:
            return
        if not part.is_facilitator:
            self._read(part, line)
        elif line.is_planned:
            self.app.go("session", Intent("session", "session.write", line.meeting.id))
        else:
            self.action_add()

    def _read(self, part: Participation, line: MeetingLine) -> None:
        if any(note.meeting_id == line.meeting.id for note in part.notes):
            self.app.go("notes", Intent("notes", "session.read", line.meeting.id))
        else:
            self.said.warn(f"{line.when_words}: no notes are published yet.")

    def action_add(self) -> None:
        """Plan the half-day at the cursor, or a meeting of the community's own."""
        part, line = self._part, self._line
        if part is None or part.community_id is None:
            return
        if part.add.refusal is not None:
            self.said.error(part.add.refusal)
        elif line is not None and not line.is_planned:
            self._add_half_day(part, line)
        else:
            self._add_own(part)

    @work(group="add", exclusive=True)
    async def _add_half_day(self, part: Participation, line: MeetingLine) -> None:
        question = Confirm(
            f"Meet on {line.when_words}?",
            (f"In {part.place}. Everyone in {part.community_title} is told.",),
            yes="meet",
            no="not this one",
        )
        if await self.ask(question):
            await self.do(
                participate.add_meeting,
                part.community_id or 0,
                half_day_id=line.meeting.half_day_id,
            )

    @work(group="add", exclusive=True)
    async def _add_own(self, part: Participation) -> None:
        async def write(said: Typed) -> Receipt:
            return await self.app.lanes.write(
                participate.add_meeting,
                self.app.actor(),
                part.community_id or 0,
                held_on=participate.read_day(said["held_on"], "Date", self.year),
                half=said["half"],
                starts=said["starts"],
                title=said["title"],
                place=said["place"],
            )

        what = Unfinished("meeting.add", str(part.community_id), "A meeting of your own")
        await fill_in(self, lambda **more: new_meeting(part.place, draft=what, **more), write)

    def action_change(self) -> None:
        """Change when and where the meeting at the cursor is."""
        part, line = self._part, self._line
        if part is None or line is None or not line.is_planned:
            return
        if part.change.refusal is not None:
            self.said.error(part.change.refusal)
        else:
            self._change(line)

    @work(group="add", exclusive=True)
    async def _change(self, line: MeetingLine) -> None:
        meeting = line.meeting

        async def write(said: Typed) -> Receipt:
            held_on = meeting.on
            if "held_on" in said:
                held_on = participate.read_day(said["held_on"], "Date", self.year)
            return await self.app.lanes.write(
                participate.change_meeting,
                self.app.actor(),
                meeting.id,
                held_on=held_on,
                half=said.get("half", meeting.half),
                starts=said["starts"],
                title=said["title"],
                place=said["place"],
            )

        what = Unfinished("meeting.change", str(meeting.id), f"The meeting of {line.when_words}")
        await fill_in(self, lambda **more: changed_meeting(line, draft=what, **more), write)

    def action_remove(self) -> None:
        """Take out the meeting at the cursor, which was added by mistake."""
        line, verdict = self._line, self._removal
        if line is None or verdict is None:
            return
        if verdict.refusal is not None:
            self.said.error(verdict.refusal)
        else:
            self._remove(line)

    @property
    def _removal(self) -> Verdict | None:
        """What the table says of taking out the meeting at the cursor; None where it is not theirs."""
        line, part = self._line, self._part
        if line is None or part is None:
            return None
        verdict = part.removals.get(line.meeting.id)
        return verdict if verdict is not None and verdict.is_theirs else None

    @work(group="add", exclusive=True)
    async def _remove(self, line: MeetingLine) -> None:
        about = ", ".join(part for part in (line.kind_words, line.meeting.place) if part)
        question = Confirm(
            f"Remove {line.when_words}?",
            (
                f"{about[0].upper()}{about[1:]}.",
                "Nothing is written for it.",
                "Everyone is told, if it is still to come.",
            ),
            yes="remove it",
            danger=True,
        )
        if await self.ask(question):
            await self.do(participate.remove_meeting, line.meeting.id)

    @on(Todo.Ticked)
    @work(group="tick")
    async def _ticked(self, message: Todo.Ticked) -> None:
        message.stop()
        await self.do(participate.tick_action, message.action_id, message.done)

    def hints(self) -> Sequence[Hint]:
        part, line = self._part, self._line
        if part is None or part.community_id is None:
            return (Hint("back"),)
        if not part.is_facilitator:
            return (Hint("open", words="read"), Hint("next_field"), Hint("back"))
        can = part.add.is_allowed
        planned = line is not None and line.is_planned
        return (
            Hint("open", words="session" if planned else "meet", enabled=planned or can),
            Hint("add", can),
            Hint("change", part.change.is_allowed and planned, words="change"),
            Hint("remove", self._removal is not None and self._removal.is_allowed, keep=6),
            Hint("next_field"),
            Hint("back"),
        )


def _pressing(meetings: Sequence[MeetingLine]) -> str | None:
    """The meeting to begin with: today's, else one whose session is not logged, else the next."""
    for tone in ("now", "due", "ahead"):
        for line in meetings:
            if line.tone == tone:
                return line.id
    return None


def _note_item(note: PublishedNote, room: int) -> Item:
    """The notes of one meeting in a line; the day takes `room` cells."""
    title = f"{note.title} · " if note.title else ""
    return Item(str(note.meeting_id), f"{safe.fit(note.when_words, room)}{title}{note.excerpt}")


def _meeting_item(line: MeetingLine, room: int) -> Item:
    """One meeting in a line; the day takes `room` cells."""
    where = f" · {line.meeting.place}" if line.meeting.place else ""
    text = f"{safe.fit(line.when_words, room)}{line.kind_words}{where}"
    return Item(line.id, text, line.state_words, _TONES[line.tone])
