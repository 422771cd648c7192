"""What is asked over the screens of Participate: a meeting, a next action."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual import on
from textual.widget import Widget

from models.errors import BadText, CofpError
from models.journal import Receipt
from models.participate import HALVES, STARTS, MeetingLine
from models.text import TITLE
from models.words import day
from tui.house import House
from tui.unfinished import Unfinished
from tui.widgets.confirm import LEFT, Press, Question
from tui.widgets.form import Field, Form, Value
from tui.widgets.lines import Say, Words

Values = Mapping[str, Value]
Typed = Mapping[str, str]


class FormQuestion(Question[dict[str, Value] | None]):
    """A form over the screen; answers with what was typed, or None when one goes back.

    Opened again with what was typed and with what the store said about it, nothing typed is lost.
    """

    AUTO_FOCUS = "LineInput, Choices"

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        submit: str,
        words: Sequence[str] = (),
        typed: Values | None = None,
        wrong: CofpError | None = None,
        draft: Unfinished | None = None,
    ) -> None:
        super().__init__(title, words)
        self.draft = draft
        self._fields, self._submit = tuple(fields), submit
        self._typed, self._wrong = typed or {}, wrong
        self._is_typed = False
        self._at_first: Values = {}
        """What stands in the fields when it opens."""

    def restore(self, values: Values) -> None:
        if self._wrong is None:
            self._typed = {**self._typed, **values}
            self._words = (*self._words, LEFT)

    @on(Form.Changed)
    def _changed(self, message: Form.Changed) -> None:
        message.stop()
        self._is_typed = self._is_typed or message.values != self._at_first
        if self.tell is not None and self._is_typed:
            self.tell(message.values)

    def parts(self) -> Iterable[Widget]:
        yield Words(classes="question--wrong")
        typed = self._typed
        fields = [replace(f, value=typed[f.id]) if f.id in typed else f for f in self._fields]
        self._at_first = {f.id: f.value for f in fields}
        yield Form(fields, submit=self._submit)

    def buttons(self) -> Iterable[Widget]:
        yield Press("Esc  go back", id="no")

    @on(Press.Pressed, "#no")
    def _back(self, message: Press.Pressed) -> None:
        message.stop()
        self.action_no()

    def on_mount(self) -> None:
        # Afterwards, since a field that is filled in takes back what was said to be wrong with it.
        self.call_after_refresh(self._say_wrong)

    def _say_wrong(self) -> None:
        wrong = self._wrong
        if wrong is None or (isinstance(wrong, BadText) and self.query_one(Form).bad(wrong)):
            return
        self.query_one(".question--wrong", Words).show((Say(str(wrong), "bad"),))

    @on(Form.Submitted)
    def _submitted(self, message: Form.Submitted) -> None:
        message.stop()
        self.taken_out = message.form.taken_out
        self.dismiss(message.values)


async def fill_in(
    screen: House,
    question: Callable[..., FormQuestion],
    write: Callable[[Typed], Awaitable[Receipt]],
) -> None:
    """Ask until the store took what was typed, or one went back; what was typed stays in the form.

    `question` makes the form from `typed` and `wrong`; `write` may raise CofpError. Run it in a
    worker.
    """
    more: dict[str, Any] = {}
    while (typed := await screen.ask(question(**more))) is not None:
        try:
            receipt = await write({name: str(value) for name, value in typed.items()})
        except CofpError as error:
            more = {"typed": typed, "wrong": error}
        else:
            await screen.done(receipt)
            return


def action_question(people: Sequence[tuple[int, str]], **more: Any) -> FormQuestion:
    """Asks for a next action: what, who, by when. `people` are (id, name) of the community."""
    who = (("", "nobody yet"), *((str(ident), name) for ident, name in people))
    return FormQuestion(
        "A next action",
        (
            Field("words", "Next action", required=True, placeholder="what is to be done"),
            Field("due", "By", placeholder="4 Dec"),
            Field("owner", "Who", "choice", choices=who),
        ),
        submit="add it",
        **more,
    )


_FIELDS = (
    Field("held_on", "Date", required=True, placeholder="4 Dec"),
    Field("half", "Part of the day", "choice", choices=tuple(HALVES.items()), value="other"),
    Field("starts", "Hour", limit=STARTS, placeholder="15:30"),
    Field("title", "Title", limit=TITLE),
    Field("place", "Place"),
)


def new_meeting(place: str, **more: Any) -> FormQuestion:
    """Asks for a meeting on a day of the community's own."""
    words = ("Everyone in the community is told.",)
    fields = tuple(
        Field("place", "Place", placeholder=place) if field.id == "place" else field
        for field in _FIELDS
    )
    return FormQuestion("A meeting of your own", fields, submit="add it", words=words, **more)


def changed_meeting(line: MeetingLine, **more: Any) -> FormQuestion:
    """Asks what is to be changed of a meeting; the day of a half-day is the division's."""
    meeting = line.meeting
    fields = _FIELDS if meeting.half_day_id is None else _FIELDS[2:]
    words = ("Everyone in the community is told.",)
    more.setdefault(
        "typed",
        {
            "held_on": day(meeting.on),
            "half": meeting.half,
            "starts": meeting.starts,
            "title": meeting.title,
            "place": meeting.place,
        },
    )
    return FormQuestion(line.when_words, fields, submit="save", words=words, **more)
