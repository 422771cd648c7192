"""What I teach: asked once where the roster does not say, changed any time."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models import promote
from models.errors import BadText
from models.people import GRADES, taught_by

from ..house import House
from ..widgets.form import Field, Form
from ..widgets.lines import Say, Words
from ..widgets.section import Section


class ProfileScreen(House):
    """A small form: grades and subjects."""

    NAME = "profile"
    KEYS = ("back",)

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"):
            yield Section("What you teach")
            yield Words(Say("It makes the communities suggested to you fit better.", "muted"))
            yield Form(
                (
                    Field(
                        "grades", "Grades", "many", choices=tuple((g, g) for g in GRADES),
                        help="Space marks one.",
                    ),
                    Field(
                        "subjects", "Subjects", "line", 200,
                        help="Separated by commas, such as Science, Mathematics.",
                    ),
                ),
                submit="save",
                id="form",
            )  # fmt: skip
        yield from self.foot()

    async def load(self) -> None:
        if self.app.session is None:
            return
        grades, subjects = await self.app.lanes.read(taught_by, self.app.session.person_id)
        form = self.query_one(Form)
        known = tuple(g for g in GRADES if g in grades)
        form.fill({"grades": known, "subjects": ", ".join(sorted(subjects))})

    @on(Form.Submitted)
    async def _submitted(self, message: Form.Submitted) -> None:
        message.stop()
        grades, subjects = message.values["grades"], message.values["subjects"]
        assert isinstance(grades, tuple) and isinstance(subjects, str)
        said = [s.strip() for s in subjects.split(",") if s.strip()]
        try:
            await self.do(promote.say_teaches, grades, said)
        except BadText as error:
            message.form.bad(error)
