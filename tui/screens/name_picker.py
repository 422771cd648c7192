"""Picking a person: a few letters of the name, and the people it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from models.people import Person, short_school
from tui.keys import binding
from tui.widgets.fields import LineInput
from tui.widgets.lines import Item, Lines, Say, Words

FOUND = 8
"""Names shown at a time; who is not among them types a letter more."""


class NamePicker(Vertical):
    """A field for a name, and the people it may mean; the cursor among them moves while typing."""

    BINDINGS = [binding("up", "move(-1)"), binding("down", "move(1)")]

    @dataclass
    class Typed(Message):
        """Look these words up, then `show` what was found."""

        words: str

    @dataclass
    class Picked(Message):
        """This is the person."""

        person: Person

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._people: tuple[Person, ...] = ()
        self._found_for = ""
        self._is_entered = False

    def compose(self) -> ComposeResult:
        yield LineInput(placeholder="a few letters of your name, or your e-mail", id="name")
        yield Words(id="nobody")
        yield Lines(id="names")

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.query_one(LineInput).value.strip()

    def show(self, words: str, found: tuple[Person, ...]) -> None:
        """Show who was found for these words; what was found for others is old news."""
        if words != self.words:
            return
        self._people, self._found_for = found, words
        names = [person.name for person in found]
        self.query_one(Lines).show(
            [
                Item(
                    str(person.id),
                    person.name,
                    # Two of one name are told apart by their e-mail.
                    person.email
                    if names.count(person.name) > 1
                    else short_school(person.school_name),
                )
                for person in found
            ]
        )
        lost = words and not found
        none = "Nobody on the staff is called that. Try fewer letters, or your e-mail."
        self.query_one("#nobody", Words).show((Say(none, "muted"),) if lost else ())
        if self._is_entered and len(found) == 1:
            self._pick()
        self._is_entered = False

    def restart(self) -> None:
        """Ask for another name."""
        field = self.query_one(LineInput)
        field.value = ""
        field.focus()

    def action_move(self, by: int) -> None:
        self.query_one(Lines).action_move(by)

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        self._is_entered = False
        self.post_message(self.Typed(self.words))

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        if self._found_for == self.words:
            self._pick()
        else:
            # Faster than the search: picked as soon as it is clear who is meant.
            self._is_entered = True

    @on(Lines.Picked)
    def _picked(self, message: Lines.Picked) -> None:
        message.stop()
        self._pick()

    def _pick(self) -> None:
        wanted = self.query_one(Lines).picked_id
        person = next((p for p in self._people if str(p.id) == wanted), None)
        if person is not None:
            self.post_message(self.Picked(person))
