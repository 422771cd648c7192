"""One line asked over the screen: a reason, a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from models import text
from models.errors import BadText
from tui.unfinished import Unfinished

from .confirm import LEFT, Press, Question
from .fields import LineInput
from .lines import Say, Words


class Prompt(Question[str | None]):
    """Asks for one line; answers with it, cleaned, or with None when one goes back."""

    AUTO_FOCUS = "LineInput"

    def __init__(
        self,
        title: str,
        words: Sequence[str] = (),
        *,
        label: str = "Reason",
        limit: int = 200,
        value: str = "",
        ok: str = "save",
        required: bool = True,
        draft: Unfinished | None = None,
    ) -> None:
        """`limit` in characters; unless `required`, an empty line is an answer too; `draft` names
        what is kept of it while it is typed."""
        super().__init__(title, words)
        self.draft = draft
        self._label, self._limit, self._value, self._ok = label, limit, value, ok
        self._required = required
        self._is_typed = False

    def restore(self, values: Mapping[str, str | tuple[str, ...]]) -> None:
        self._value = str(values.get("answer", ""))
        self._words = (*self._words, LEFT)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._is_typed = self._is_typed or message.value != self._value
        if self.tell is not None and self._is_typed:
            self.tell({"answer": message.value})

    def parts(self) -> Iterable[Widget]:
        yield Words(Say(self._label, "strong"), classes="field--label")
        yield LineInput(self._value, limit=self._limit, id="answer")
        yield Words(classes="question--wrong")

    def buttons(self) -> Iterable[Widget]:
        yield Press(self._ok, id="yes")
        yield Press("Esc  go back", id="no")

    @on(Input.Submitted)
    @on(Press.Pressed, "#yes")
    def _answered(self) -> None:
        field = self.query_one(LineInput)
        try:
            answer = text.line(field.value, self._label, self._limit, required=self._required)
        except BadText as error:
            self.query_one(".question--wrong", Words).show((Say(error.why.capitalize(), "bad"),))
            field.focus()
        else:
            self.taken_out = field.taken_out
            self.dismiss(answer)

    @on(Press.Pressed, "#no")
    def _back(self) -> None:
        self.action_no()
