"""One's own page: what one teaches, which the suggestions follow, and one's own PIN."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from models import access, promote
from models.errors import BadText, CofpError
from models.people import GRADES, taught_by

from ..house import House
from ..unfinished import Unfinished
from ..widgets.footer import Hint
from ..widgets.form import Field, Form, Value
from ..widgets.lines import Say, Words
from ..widgets.section import Section
from .sign_in import terminal_name

TEACHES = (
    Field(
        "grades", "Grades", "many", choices=tuple((g, g) for g in GRADES), help="Space marks one."
    ),
    Field(
        "subjects", "Subjects", "line", 200,
        help="Separated by commas: Science, Art.",
    ),
)  # fmt: skip
OWN_PIN = (
    Field("old", "Your PIN now", "pin", limit=128, required=True),
    Field(
        "pin", "New PIN", "pin", limit=128, required=True,
        help="Six digits or more, or a passphrase of eight characters or more.",
    ),
    Field("again", "The new PIN again", "pin", limit=128, required=True),
)  # fmt: skip
DRAFT = Unfinished("profile.teaches", "", "What you teach")
_FIELD_OF = {"Subject": "subjects", "PIN": "pin"}
"""The fields by the names that the store has for what stands in them."""


class ProfileScreen(House):
    """Two small forms beside each other."""

    NAME = "profile"
    KEYS = ("next_field", "back")

    def __init__(self) -> None:
        super().__init__()
        self._filled_for: int | None = None
        """Whose grades and subjects stand in the form; what they type there stays."""
        self._stored: dict[str, Value] = {}
        """What the form was filled with, until something else is typed."""

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Horizontal(classes="body", id="my-page"):
            with Vertical(id="teaches-part"):
                yield Section("What you teach")
                yield Words(Say("What is suggested to you follows it.", "muted"))
                yield Form(TEACHES, submit="save", id="teaches")
            with Vertical(id="pin-part"):
                yield Section("Change my PIN")
                yield Words(Say("Nobody but you ever knows it.", "muted"))
                yield Form(OWN_PIN, submit="change it", id="own-pin")
        yield from self.foot()

    def common_hints(self) -> tuple[Hint, ...]:
        """The key that opens this very page is left out."""
        return tuple(hint for hint in super().common_hints() if hint.id != "profile")

    async def load(self) -> None:
        session = self.app.session
        if session is None or self._filled_for == session.person_id:
            return
        grades, subjects = await self.app.lanes.read(taught_by, session.person_id)
        known = tuple(g for g in GRADES if g in grades)
        form = self.query_one("#teaches", Form)
        stored: dict[str, Value] = {"grades": known, "subjects": ", ".join(sorted(subjects))}
        left = await self.drafts.take_up_form(DRAFT)
        self._stored = {**stored, **left}
        form.fill(self._stored)
        self._filled_for = session.person_id
        if left:
            self.said.warn("What you left here and did not save stands in it again.")

    @on(Form.Changed, "#teaches")
    def _typed(self, message: Form.Changed) -> None:
        message.stop()
        if self._filled_for is not None and message.values != self._stored:
            self._stored = {}
            self.drafts.typed(DRAFT, message.values)

    # -- what I teach ------------------------------------------------------------------------------

    @on(Form.Submitted, "#teaches")
    @work(group="save", exclusive=True)
    async def _save(self, message: Form.Submitted) -> None:
        message.stop()
        grades, subjects = message.values["grades"], message.values["subjects"]
        assert isinstance(grades, tuple) and isinstance(subjects, str)
        said = [s.strip() for s in subjects.split(",") if s.strip()]
        try:
            receipt = await self.app.lanes.write(
                promote.say_teaches, self.app.actor(), grades, said
            )
        except CofpError as error:
            self._wrong(message.form, error)
        else:
            await self.drafts.drop(DRAFT)
            self._filled_for = None
            await self.done(receipt)

    # -- my PIN ------------------------------------------------------------------------------------

    @on(Form.Submitted, "#own-pin")
    def _submitted(self, message: Form.Submitted) -> None:
        message.stop()
        form, values = message.form, message.values
        # Nobody finds a PIN in a field that was left open.
        form.clear_pins()
        self.said.clear()
        if values["pin"] != values["again"]:
            form.wrong("pin", "The two were not the same; please type all three again.")
        else:
            self._change(form, values["old"], values["pin"])
        # All three are empty now, so that one begins with the first.
        self.query_one("#input-old").focus()

    @work(group="save", exclusive=True)
    async def _change(self, form: Form, old: Value, new: Value) -> None:
        self.said.busy("One moment …")
        try:
            receipt = await self.app.lanes.write(
                access.change_pin, self.app.actor(), str(old), str(new), terminal_name()
            )
        except CofpError as error:
            self._wrong(form, error)
            self.query_one("#input-old").focus()
        else:
            self.said.ok(receipt.words)

    def _wrong(self, form: Form, error: CofpError) -> None:
        """Say what is wrong beside its field where it has one, else at the foot."""
        self.said.clear()
        if isinstance(error, BadText) and error.field in _FIELD_OF:
            form.wrong(_FIELD_OF[error.field], error.why)
        else:
            self.said.error(error)
