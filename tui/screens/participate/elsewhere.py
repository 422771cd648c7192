"""The question to somebody who wrote the same notes at two terminals: which text it is to be."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from models.words import count
from tui.widgets.confirm import Press, Question
from tui.widgets.lines import Say, Words

BOTH, MINE, THEIRS = "both", "mine", "theirs"
_ANSWERS = {
    BOTH: "put both under each other",
    MINE: "go on with what stands here",
    THEIRS: "go on with what stands there",
}
BEGINNING = 160
"""Characters of each text that the question shows."""


class TwoTexts(Question[str | None]):
    """Both texts as they begin, and what to do with them; Esc leaves both as they are."""

    def __init__(self, when: str, here: str, there: str) -> None:
        """`when` is the time at which the other terminal kept its text."""
        super().__init__(
            "You also write these notes at another terminal",
            (f"That version was kept at {when}. Both are kept until you choose.",),
        )
        self._here, self._there = here, there

    def parts(self) -> Iterable[Widget]:
        for name, text in (("Here", self._here), ("There", self._there)):
            words = count(len(text.split()), "word")
            yield Words(Say(f"{name}, {words}", "muted"), Say(_beginning(text)))
        for answer, said in _ANSWERS.items():
            yield Press(said, id=answer)

    def buttons(self) -> Iterable[Widget]:
        yield Press("Esc  not now", id="no")

    @on(Press.Pressed)
    def _pressed(self, message: Press.Pressed) -> None:
        message.stop()
        self.dismiss(message.press.id if message.press.id in _ANSWERS else None)


def _beginning(text: str) -> str:
    """How a text begins, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING]}…"
