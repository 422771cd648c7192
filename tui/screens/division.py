"""What only Division Personnel settle: who is Principal where the roster left it open, and publishing."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from models import promote, review, today
from models.people import School
from models.words import count, day

from ..house import House
from ..widgets.confirm import Confirm
from ..widgets.footer import Hint
from ..widgets.lines import Fact, Facts, Item, Lines, Say, Words
from ..widgets.section import Section


class DivisionScreen(House):
    """The division's own desk: the year's dates, offerings to publish, Principals to name, the small ones."""

    NAME = "division"
    KEYS = ("open", "back")
    AUTO_FOCUS = "#tasks, #desk"

    def __init__(self) -> None:
        super().__init__()
        self._desk: today.Desk | None = None
        self._school: School | None = None

    def compose(self) -> ComposeResult:
        yield from self.head()
        with VerticalScroll(classes="body", id="desk"):
            yield Section("Division", id="title")
            yield Words(id="about")
            yield Lines(id="tasks")
            yield Section("Small communities", id="small-title")
            yield Facts(id="small")
            yield Section("The year", id="dates-title")
            yield Facts(id="dates")
        yield from self.foot()

    async def load(self) -> None:
        desk = await self.app.lanes.read(today.desk, self.standing, self.year, self.on)
        self._desk = desk
        if not desk.is_theirs:
            self._show([], desk.refusal)
            return
        if self._school is not None:
            await self._show_candidates(self._school)
            return
        items = []
        if desk.to_publish:
            words = f"Publish {count(desk.to_publish, 'approved offering')}"
            items.append(Item("publish", words, desk.publish_note, enabled=desk.may_publish))
        items += [
            Item(f"school-{school.id}", f"Say who is the Principal of {school.name}", note)
            for school, note in desk.without_principal
        ]
        self._show(items, "" if items or desk.small else "Nothing waits for you here.")
        self._facts("dates", [Fact(name, said) for name, said in desk.dates])
        self.query_one("#small-title", Section).show(desk.small_words)
        self._facts(
            "small", [Fact("", f"{title} · {count(n, 'member')}") for title, n in desk.small]
        )

    async def _show_candidates(self, school: School) -> None:
        people = await self.app.lanes.read(
            today.principal_candidates, school.id, self.standing, self.year, self.on
        )
        self._show(
            [Item(f"person-{ident}", name, email) for ident, name, email in people],
            f"Who is the Principal of {school.name}? Until this is known, the Principal's duties are yours."
            if people
            else f"The roster names no administrators at {school.name}: use `cofp appoint principal`.",
        )
        self._facts("dates", [])
        self._facts("small", [])

    def _show(self, items: Sequence[Item], about: str) -> None:
        self.query_one("#about", Words).show([Say(about)] if about else [])
        self.query_one("#about").display = bool(about)
        tasks = self.query_one("#tasks", Lines)
        tasks.show(items)
        tasks.display = bool(items)
        (tasks if items else self.query_one("#desk")).focus()

    def _facts(self, name: str, facts: Sequence[Fact]) -> None:
        self.query_one(f"#{name}", Facts).show(facts)
        for part in (f"#{name}", f"#{name}-title"):
            self.query_one(part).display = bool(facts)

    def hints(self) -> Sequence[Hint]:
        """Enter works while there is something to settle."""
        tasks = self.query_one("#tasks", Lines)
        settling = (Hint("open"),) if tasks.display and tasks.picked_id is not None else ()
        return (*settling, Hint("back"))

    def action_back(self) -> None:
        if self._school is not None:
            self._school = None
            self.reload()
        else:
            super().action_back()

    @on(Lines.Picked, "#tasks")
    @work
    async def _picked(self, message: Lines.Picked) -> None:
        kind, _, ident = message.id.partition("-")
        desk = self._desk
        if kind == "school" and desk is not None:
            self._school = next(s for s, _ in desk.without_principal if s.id == int(ident))
            await self.reload()
        elif kind == "person" and self._school is not None:
            school, self._school = self._school, None
            await self.do(promote.appoint, "principal", int(ident), school.id)
        elif kind == "publish" and desk is not None:
            opens = day(desk.join_opens) if desk.join_opens else ""
            sure = await self.ask(
                Confirm(
                    f"Publish {count(desk.to_publish, 'offering')}?",
                    (f"Everyone sees them at once, and can join from {opens}.",),
                    yes="publish",
                )
            )
            if sure:
                await self.do(review.publish)
