"""A form of declared fields. What was typed stays, whatever happens; what is wrong is said beside
its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from models.errors import BadText

from .confirm import Press
from .fields import Choices, LineInput, PinInput
from .lines import Say, Words

Kind = Literal["line", "paragraph", "choice", "many", "date", "pin"]
Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One field."""

    id: str
    label: str
    """Its name on the screen, and in what the store says about it."""
    kind: Kind = "line"
    limit: int = 200
    """Characters; for a choice of many, how many may be chosen at most (200: any number)."""
    required: bool = False
    help: str = ""
    """One sentence under the label."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, words) of a choice."""
    value: Value = ""
    """What stands in it at first."""
    placeholder: str = ""


class Form(VerticalScroll, can_focus=False):
    """The fields under each other, and a button that submits."""

    @dataclass
    class Changed(Message):
        """Something was typed or chosen."""

        form: Form
        values: dict[str, Value]

        @property
        def control(self) -> Form:
            return self.form

    @dataclass
    class Submitted(Message):
        """The button, or Enter in the last field; every required field has something in it."""

        form: Form
        values: dict[str, Value]

        @property
        def control(self) -> Form:
            return self.form

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        submit: str = "save",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`submit` is what the button says."""
        super().__init__(id=id, classes=classes)
        self.fields = tuple(fields)
        self._submit_words = submit

    def compose(self) -> ComposeResult:
        for field in self.fields:
            with Vertical(classes="field", id=f"field-{field.id}"):
                needed = "" if field.required or field.kind == "pin" else "  (if you like)"
                yield Words(Say(field.label + needed), classes="field--label")
                if field.help:
                    yield Words(Say(field.help, "muted"), classes="field--help")
                if field.kind in ("choice", "many"):
                    with VerticalScroll(classes="choices", can_focus=False):
                        yield self._make(field)
                else:
                    yield self._make(field)
                yield Words(classes="field--error")
        yield Press(self._submit_words, id="submit")

    def _make(self, field: Field) -> Widget:
        id = f"input-{field.id}"
        text = field.value if isinstance(field.value, str) else ""
        if field.kind in ("choice", "many"):
            many = field.kind == "many"
            chosen = (field.value,) if isinstance(field.value, str) else field.value
            most = field.limit if many and field.limit < 200 else 0
            return Choices(field.choices, chosen, many=many, most=most, id=id)
        if field.kind == "paragraph":
            from .paragraph import Paragraph

            return Paragraph(text, id=id)
        if field.kind == "pin":
            return PinInput(placeholder=field.placeholder, limit=field.limit, id=id)
        hint = field.placeholder or ("2026-10-09" if field.kind == "date" else "")
        return LineInput(text, placeholder=hint, limit=field.limit, id=id)

    # -- values ------------------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, Value]:
        """What stands in the fields now, by id; a choice of many as a tuple."""
        return {field.id: self._value(field) for field in self.fields}

    def _input(self, field: Field) -> Widget:
        return self.query_one(f"#input-{field.id}")

    def _value(self, field: Field) -> Value:
        widget = self._input(field)
        if isinstance(widget, Choices):
            chosen = widget.values
            return chosen if field.kind == "many" else "".join(chosen[:1])
        if isinstance(widget, Input):
            return widget.value
        return str(getattr(widget, "text", ""))

    def fill(self, values: Mapping[str, Value]) -> None:
        """Put these in, by id; what is not named stays, and no PIN is ever put in."""
        for field in self.fields:
            if field.id not in values or field.kind == "pin":
                continue
            value, widget = values[field.id], self._input(field)
            if isinstance(widget, Choices):
                widget.values = (value,) if isinstance(value, str) else value
            elif isinstance(value, str) and isinstance(widget, Input):
                widget.value = value
            elif isinstance(value, str) and field.kind == "paragraph":
                from .paragraph import Paragraph

                self.query_one(f"#input-{field.id}", Paragraph).load_text(value)

    @property
    def taken_out(self) -> int:
        """Invisible characters that were taken out of what was typed or pasted into the fields."""
        return sum(getattr(self._input(field), "taken_out", 0) for field in self.fields)

    def forget_taken_out(self) -> int:
        """The same, which is then said and over."""
        many = self.taken_out
        for field in self.fields:
            widget = self._input(field)
            if hasattr(widget, "taken_out"):
                widget.taken_out = 0
        return many

    def clear_pins(self) -> None:
        """Empty every PIN field, as after a refusal."""
        for pin in self.query(PinInput):
            # Nobody typed: what is said to be wrong stays said.
            with pin.prevent(Input.Changed):
                pin.value = ""

    # -- what is wrong -----------------------------------------------------------------------------

    def wrong(self, field_id: str, words: str) -> None:
        """Say beside the field what is wrong with it, and go there."""
        box = self.query_one(f"#field-{field_id}")
        # They begin a line here, where elsewhere the field's name stands before them.
        said = words[:1].upper() + words[1:]
        box.query_one(".field--error", Words).show((Say(said, "bad"),))
        box.add_class("-wrong")
        self.query_one(f"#input-{field_id}").focus()

    def bad(self, error: BadText) -> bool:
        """Say what the store says about a text beside its field; False when it is none of this
        form's."""
        for field in self.fields:
            if error.field in (field.id, field.label):
                self.wrong(field.id, error.why)
                return True
        return False

    def right(self) -> None:
        """Take back what was said to be wrong."""
        for box in self.query(".field.-wrong"):
            box.remove_class("-wrong")

    def submit(self) -> None:
        """As the button: send what stands in the fields, or say which of them still need
        something."""
        self.right()
        values = self.values
        missing = [
            field for field in self.fields if field.required and not _filled(values[field.id])
        ]
        for field in reversed(missing):
            choice = field.kind in ("choice", "many")
            self.wrong(field.id, "Please choose one." if choice else "Please write something here.")
        if not missing:
            self.post_message(self.Submitted(self, values))

    # -- events ------------------------------------------------------------------------------------

    @on(Input.Changed)
    @on(Choices.Changed)
    def _changed(self, message: Message) -> None:
        message.stop()
        self._tell(message)

    def on_text_area_changed(self, message: Message) -> None:
        # By name, so that TextArea is not imported for forms that have none.
        message.stop()
        self._tell(message)

    def _tell(self, message: Message) -> None:
        if isinstance(message.control, Widget):
            for box in message.control.ancestors:
                if isinstance(box, Vertical) and box.has_class("-wrong"):
                    box.remove_class("-wrong")
        self.post_message(self.Changed(self, self.values))

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        if message.input.id == f"input-{self.fields[-1].id}":
            self.submit()
        else:
            self.screen.focus_next()

    @on(Press.Pressed, "#submit")
    def _pressed(self, message: Press.Pressed) -> None:
        message.stop()
        self.submit()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        # The label and what is said under the field come in sight with it.
        for box in event.widget.ancestors:
            if isinstance(box, Vertical) and box.has_class("field"):
                self.scroll_to_widget(box, animate=False)
                return


def _filled(value: Value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
