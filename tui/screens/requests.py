"""Changes asked for after the window, and the answers of those who decide about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from models import join
from models.actions import Verdict
from models.words import day
from models.years import Step
from tui.house import House
from tui.intent import Intent
from tui.keys import binding
from tui.unfinished import Unfinished
from tui.widgets.confirm import Confirm
from tui.widgets.empty import Empty
from tui.widgets.footer import Hint
from tui.widgets.lines import Fact, Facts, Say, Words
from tui.widgets.prompt import Prompt
from tui.widgets.rows import Held
from tui.widgets.section import Section
from tui.widgets.table import Column, WindowTable


@dataclass(frozen=True)
class Row:
    """One request in the list."""

    request: join.ChangeRequest
    asked: str
    """The day it was asked on: “Thu 1 Oct”."""

    @property
    def id(self) -> int:
        return self.request.id

    @property
    def key(self) -> tuple[int]:
        return (self.request.id,)


class RequestsScreen(House):
    """The open requests, oldest first; y approves, d declines with a reason."""

    NAME = "requests"
    STEP = Step.JOIN
    AUTO_FOCUS = "#list"
    BINDINGS = [binding("approve"), binding("decline"), binding("back")]

    def __init__(self) -> None:
        super().__init__()
        self._wanted_id: int | None = None
        self._table = WindowTable(
            (
                Column("name", "Name", grow=True),
                Column("school", "School", min_columns=100, grow=True),
                Column("to", "Would like to move to", grow=True),
                Column("asked", "Asked", 10),
                Column("you", "Your word", 9, min_columns=56),
            ),
            lambda row: (
                row.request.name, row.request.school, row.request.to_title, row.asked,
                "needed" if row.request.needs_me else "–",
            ),
            row_tone=lambda row: "" if row.request.needs_me else "muted",
            id="list",
        )  # fmt: skip

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body", id="requests"):
            yield Section("Requests for a change", classes="tight", id="title")
            yield Empty("", id="nobody")
            with Horizontal(id="both"):
                yield self._table
                with VerticalScroll(id="detail", can_focus=False):
                    yield Words(id="who")
                    yield Facts(id="facts")
                    yield Words(id="verdict")
        yield from self.foot()

    # -- loading and showing -----------------------------------------------------------------------

    def take(self, intent: Intent) -> None:
        super().take(intent)
        self._wanted_id = intent.id

    async def load(self) -> None:
        found = await self.app.lanes.read(join.requests_for, self.standing, self.year, self.on)
        clock = self.app.store.clock
        rows = [Row(request, day(clock.day_of(request.asked_at))) for request in found]
        mine = sum(request.needs_me for request in found)
        note = f"{mine:,} of {len(found):,} need your word" if found else ""
        self.query_one("#title", Section).show("Requests for a change", note)
        nobody = self.query_one("#nobody", Empty)
        nobody.show(*self._nothing())
        nobody.display = not rows
        self.query_one("#both").display = bool(rows)
        self._table.load(Held(rows), keep=self._wanted_id)
        self._wanted_id = None
        if rows and self.focused is None:
            self._table.focus()

    def _nothing(self) -> tuple[str, str, str]:
        """What an empty page means, for whoever looks at it."""
        if self.standing.person_id is None:
            return "Sign in to answer requests.", "", "i signs in"
        if not self.app.might("join.approve_change"):
            return (
                "Requests are answered by Principals and Division Personnel.",
                "Your own request stands on the Join page.",
                "4 opens Join",
            )
        closes = day(self.year.window(Step.JOIN).closes)
        return (
            "No request waits for an answer.",
            f"Until {closes} everybody switches freely; after it they ask here for a change.",
            "Esc goes back to Today",
        )

    @on(WindowTable.Highlighted, "#list")
    def _moved(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        self._show_detail(message.row)
        self.show_hints()

    def _show_detail(self, row: Row | None) -> None:
        if row is None:
            return
        request = row.request
        self.query_one("#who", Words).show(
            (Say(request.name, "title"), Say(request.school, "muted"), "")
        )
        self.query_one("#facts", Facts).show(
            (
                Fact("From", request.from_title or "–"),
                Fact("To", request.to_title, "strong"),
                Fact("Reason", request.reason),
                Fact("Asked", row.asked),
                Fact("Waits for", request.waits_for),
            )
        )
        self.query_one("#verdict", Words).show(self._says(request))

    def _says(self, request: join.ChangeRequest) -> Sequence[Say | str]:
        """Why it cannot be approved now, where it cannot; what an approval brings about."""
        if not request.answers:
            own = request.person_id == self.standing.person_id
            return ("", Say("Nobody answers their own request." if own else "", "muted"))
        verdict = request.answer_verdict("join.approve_change")
        if verdict is not None and verdict.refusal is not None:
            refusal = verdict.refusal
            return ("", Say(refusal.rule, "accent"), Say(refusal.help, "muted"))
        return ("", Say("With the last word they move at once, and are told.", "muted"))

    # -- keys --------------------------------------------------------------------------------------

    @property
    def _request(self) -> join.ChangeRequest | None:
        row: Row | None = self._table.row
        return row.request if row is not None else None

    def _verdict(self, action_id: str) -> Verdict | None:
        request = self._request
        return request.answer_verdict(action_id) if request is not None else None

    def hints(self) -> tuple[Hint, ...]:
        found = (
            ("approve", self._verdict("join.approve_change")),
            ("decline", self._verdict("join.decline_change")),
        )
        return (*(Hint(key, v.is_allowed) for key, v in found if v is not None), Hint("back"))

    def _may(self, action_id: str) -> bool:
        """Whether it may be answered so; if not, say why."""
        verdict = self._verdict(action_id)
        if verdict is not None and verdict.refusal is not None:
            self.said.error(verdict.refusal)
        return verdict is not None and verdict.is_allowed

    @work(group="ask", exclusive=True)
    async def action_approve(self) -> None:
        """Give one's word for the change at the cursor."""
        request = self._request
        if request is None or not self._may("join.approve_change"):
            return
        words = (f"From {request.from_title}.", f"Their reason: {request.reason}")
        title = f"Let {request.name} move to {request.to_title}?"
        if await self.ask(Confirm(title, words, yes="approve")):
            await self.do(join.approve_change, request.id)

    @work(group="ask", exclusive=True)
    async def action_decline(self) -> None:
        """Decline the change at the cursor, with a reason that the person reads."""
        request = self._request
        if request is None or not self._may("join.decline_change"):
            return
        reason = await self.ask(
            Prompt(
                f"Decline {request.name}'s change to {request.to_title}?",
                (f"They stay in {request.from_title}, and read your reason on Today.",),
                ok="decline",
                draft=Unfinished(
                    "join.decline_change", str(request.id), f"Your word to {request.name}"
                ),
            )
        )
        if reason is not None:
            await self.do(join.decline_change, request.id, reason)
