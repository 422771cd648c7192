"""The panes of a session: the list of people, what is to be done, and what stands above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from models.participate import ActionLine, MarkLine
from models.words import short_day
from tui import safe
from tui.keys import binding, shown
from tui.theme import GLYPHS
from tui.widgets.drawn import Drawn, Piece, sides

REST = -1
"""The line above the people that marks everyone who has no mark yet."""
_WORDS = {"excused": "excused", "online": "online", "absent": "absent"}


class Picks(Drawn, can_focus=True):
    """A list with a cursor that keeps its line in sight; what a line holds is its own matter."""

    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("page_up", "move(-10)"),
        binding("page_down", "move(10)"),
        binding("first", "move(-9999)"),
        binding("last", "move(9999)"),
    ]

    def __init__(
        self, empty: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        """`empty` is shown when there are no lines."""
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self.cursor = 0

    @property
    def keys(self) -> Sequence[int]:
        """What names each line, in order."""
        raise NotImplementedError

    def line(self, index: int, width: int, ground: str) -> list[Piece]:
        """One line in exactly `width` cells; `ground` is the tone of what lies under it."""
        raise NotImplementedError

    def pick(self) -> None:
        """Do what Enter does at the cursor's line."""

    @property
    def at_cursor(self) -> int | None:
        """The key of the line at the cursor."""
        return self.keys[self.cursor] if self.keys else None

    def action_move(self, by: int) -> None:
        self.go(self.cursor + by)

    def action_open(self) -> None:
        self.pick()

    def go(self, to: int) -> None:
        """Put the cursor at that line, or at the nearest there is."""
        self.cursor = max(0, min(to, len(self.keys) - 1))
        self.changed(layout=False)
        self.show_line(self.cursor)

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.focus()
        self.go(what)
        self.pick()

    def draw(self, width: int) -> list[list[Piece]]:
        if not self.keys:
            return [[Piece(line, "muted")] for line in safe.wrap(self.empty, width)]
        lines = []
        for index in range(len(self.keys)):
            ground = "cursor" if index == self.cursor and self.has_focus else ""
            pieces = [piece._replace(hit=index) for piece in self.line(index, width, ground)]
            lines.append(pieces)
        return lines

    def lead(self, index: int) -> str:
        """The cursor's marker, or the room for it."""
        return f"{GLYPHS['cursor']} " if index == self.cursor and self.has_focus else "  "


class Roll(Picks):
    """The people of a meeting; one key marks one of them and goes on to the next."""

    BINDINGS = [
        binding("mark", "mark('present')", words="present"),
        binding("open", "mark('present')"),
        binding("excused", "mark('excused')"),
        binding("online", "mark('online')"),
        binding("absent", "mark('absent')"),
    ]

    @dataclass
    class Marked(Message):
        """Somebody was marked, or a mark taken back (None)."""

        person_id: int
        how: str | None

    @dataclass
    class RestMarked(Message):
        """Everyone without a mark was marked present."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Nobody is in this community yet.", id=id)
        self._people: tuple[MarkLine, ...] = ()
        self._marks: dict[int, str] = {}
        """What was pressed since the list was shown: drawn at once, stored a moment later."""
        self._open = False

    def show(
        self, people: Sequence[MarkLine], *, is_open: bool, pressed: Mapping[int, str], begin: bool
    ) -> None:
        """Show these people; `pressed` are marks still on their way to the store.

        To `begin` with, the cursor stands at the first of them.
        """
        at = None if begin else self.at_cursor
        self._people, self._open, self._marks = tuple(people), is_open, dict(pressed)
        self._stay(at)
        self.changed()

    def _stay(self, at: int | None) -> None:
        """Keep the cursor at whom it stood, or put it at the first person."""
        keys = self.keys
        first = min(int(bool(keys) and keys[0] == REST), max(0, len(keys) - 1))
        self.cursor = keys.index(at) if at in keys else first

    @property
    def keys(self) -> Sequence[int]:
        people = [person.person_id for person in self._people]
        return [REST, *people] if self._open and self.unmarked else people

    def mark_of(self, person: MarkLine) -> str:
        """The mark that is drawn."""
        return self._marks.get(person.person_id, person.mark)

    @property
    def unmarked(self) -> int:
        """How many have no mark, of those who belonged to the community on the day."""
        return sum(p.is_counted and not self.mark_of(p) for p in self._people)

    def pick(self) -> None:
        if self.at_cursor == REST:
            self.action_mark("present")

    def action_mark(self, how: str) -> None:
        """Mark the person at the cursor; the same key again takes the mark back."""
        who = self.at_cursor
        if who is None:
            return
        if who == REST:
            if how == "present":
                self.post_message(self.RestMarked())
            return
        if not self._open:
            # The store says why not, and from when on.
            self.post_message(self.Marked(who, how))
            return
        person = next(p for p in self._people if p.person_id == who)
        new = "" if self.mark_of(person) == how else how
        self._marks[who] = new
        self.post_message(self.Marked(who, new or None))
        # The line above goes with the last one who had no mark, and comes back with one.
        self._stay(who)
        self.changed()
        self.go(self.cursor + 1)

    def line(self, index: int, width: int, ground: str) -> list[Piece]:
        if self.keys[index] == REST:
            words = f"everyone else is present ({self.unmarked})"
            text = safe.fit(f"{self.lead(index)}    {words}", width)
            return [Piece(text, f"open {ground}")]
        person = self._people[index - (self.keys[0] == REST)]
        mark = self.mark_of(person)
        sign = {"present": GLYPHS["mark"], "excused": "e", "online": "o", "absent": "-"}
        box = f"{self.lead(index)}[{sign.get(mark, ' ')}] "
        tone = "good" if mark in ("present", "online") else "muted" if mark else "text"
        note = _note(person, mark)
        name = safe.shown(person.list_name)
        if safe.width(box) + safe.width(name) + safe.width(note) + 3 > width:
            # A name is worth more than what the mark before it says already.
            note = ""
        left = [Piece(box, f"{tone} {ground}"), Piece(name, f"text {ground}")]
        return sides(left, [Piece(f"{note} ", f"muted {ground}")] if note else [], width, ground)


def _note(person: MarkLine, mark: str) -> str:
    """What stands beside a name."""
    if not person.role:
        return "left since"
    if mark in _WORDS:
        return _WORDS[mark]
    if person.joined_later and not mark:
        return "joined later"
    return "facilitator" if person.role == "facilitator" else ""


class Todo(Picks):
    """Next actions: what, who, by when; space or Enter ticks one off, or takes the tick back."""

    BINDINGS = [binding("mark", "pick", words="tick off"), binding("open", "pick")]

    @dataclass
    class Ticked(Message):
        """An action is done, or is open again."""

        action_id: int
        done: bool

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        super().__init__(empty, id=id)
        self._actions: tuple[ActionLine, ...] = ()
        self._from_before: frozenset[int] = frozenset()

    def show(self, actions: Sequence[ActionLine], carried: Sequence[ActionLine] = ()) -> None:
        """Show these; those carried over from earlier meetings stand on top and say since when."""
        self._actions = (*carried, *actions)
        self._from_before = frozenset(line.id for line in carried)
        self.cursor = max(0, min(self.cursor, len(self._actions) - 1))
        self.can_focus = True
        self.changed()

    @property
    def keys(self) -> Sequence[int]:
        return [line.id for line in self._actions]

    def pick(self) -> None:
        self.action_pick()

    def action_pick(self) -> None:
        if self._actions:
            at = self._actions[self.cursor]
            self.post_message(self.Ticked(at.id, not at.is_done))

    def _by(self, line: ActionLine) -> str:
        """By when, or since when for what an earlier meeting left open."""
        since = f"since {short_day(line.from_on)}" if line.id in self._from_before else ""
        return line.by_words or since

    def line(self, index: int, width: int, ground: str) -> list[Piece]:
        at = self._actions[index]
        box = f"[{GLYPHS['mark'] if at.is_done else ' '}] " if at.may_tick or at.is_done else "    "
        tone = "faint" if at.is_done else "text"
        who = safe.cut(at.owner or "nobody yet", max(8, width // 4))
        room = max(len(self._by(line)) for line in self._actions)
        by = safe.fit(self._by(at), room)
        right = [
            Piece(who, f"muted {ground}"),
            Piece(f"  {by} " if room else " ", f"{'bad' if at.is_late else 'muted'} {ground}"),
        ]
        lead = [
            Piece(self.lead(index), f"text {ground}"),
            Piece(box, f"{'good' if at.is_done else 'text'} {ground}"),
            Piece(safe.shown(at.words), f"{tone} {ground}"),
        ]
        return sides(lead, right, width, ground)


class Head(Drawn):
    """What the screen is about at the left, how it is kept at the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = ""
        self._parts: tuple[str, ...] = ()
        self._note = ""
        self._tone = "muted"

    def show(self, title: str, parts: Sequence[str]) -> None:
        """The heading, and what follows it as far as there is room."""
        self._title, self._parts = title, tuple(part for part in parts if part)
        self.changed(layout=False)

    def note(self, words: str, tone: str = "muted") -> None:
        """What stands at the right: “saved 13:42”."""
        if (words, tone) != (self._note, self._tone):
            self._note, self._tone = words, tone
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        left = [Piece(safe.shown(self._title.upper()), "title")]
        for number, part in enumerate(self._parts):
            left.append(Piece(f" · {safe.shown(part)}", "strong" if number == 0 else "muted"))
        return [sides(left, [Piece(safe.shown(self._note), self._tone)], width)]


class Strip(Drawn):
    """The panes by name, the one in sight lit: where there is room for one at a time."""

    @dataclass
    class Picked(Message):
        """A pane's name was clicked."""

        name: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._panes: tuple[tuple[str, str], ...] = ()
        self._here = ""

    def show(self, panes: Sequence[tuple[str, str]], here: str) -> None:
        """(name, words) of each pane, and the name of the one in sight."""
        if (tuple(panes), here) != (self._panes, self._here):
            self._panes, self._here = tuple(panes), here
            self.changed(layout=False)

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.post_message(self.Picked(what))

    def draw(self, width: int) -> list[list[Piece]]:
        line: list[Piece] = []
        for name, words in self._panes:
            if name == self._here:
                line.append(Piece(f"{GLYPHS['cursor']} {words}  ", "lit strong", name))
            else:
                line.append(Piece(f"  {words}  ", "muted", name))
        hint = [Piece(shown("next_field"), "key"), Piece(" next ", "muted")]
        return [sides(line, hint, width)]
