"""What the keys of the Join screen do: each asks the table first, then the person, then the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from textual import work

from models import join
from models.actions import Verdict
from models.errors import CofpError, Refused
from models.journal import Actor, Receipt
from tui.house import House
from tui.intent import Intent
from tui.unfinished import Unfinished
from tui.widgets.confirm import Confirm
from tui.widgets.prompt import Prompt

P = ParamSpec("P")


class Acting(House):
    """Joining, switching, leaving, waiting, keeping, and asking for a change."""

    def __init__(self) -> None:
        super().__init__()
        self.own: join.Mine | None = None
        """Where the person stands, as of the last load."""
        self.offering: join.Offering | None = None
        """The offering at hand in detail; it may be a moment behind the marker."""
        self._at: int | None = None
        """The community at hand."""
        self._is_acting = False

    async def read_offering(self, ident: int) -> join.Offering:
        """One offering as the person sees it now; raises NotFound."""
        frame = self.frame
        return await self.app.lanes.read(join.offering, ident, frame.standing, self.year, frame.on)

    def show_card(self, kind: str, ident: int) -> None:
        """Say unmistakably what has just been brought about."""
        raise NotImplementedError

    def entering(self, offering: join.Offering) -> Verdict | None:
        """What the table says of joining, or of switching for whoever has a community already."""
        has_place = self.own is not None and self.own.place is not None
        return offering.verdict("join.switch" if has_place else "join.join")

    def _table_refusal(self, own: str, ident: str) -> Refused | None:
        # Of the community at hand it is known whether one would join it or switch to it.
        refused = super()._table_refusal(own, ident)
        if refused is None or ident != "join" or self.offering is None:
            return refused
        enter = self.entering(self.offering)
        return (enter.refusal if enter is not None else None) or refused

    def asking(self, offering: join.Offering) -> Verdict | None:
        """Whether a change may be asked for: for nobody, as far as the day tells."""
        if self.app.session is None and self.own is not None:
            return self.own.verdict("join.ask_change")
        return offering.verdict("join.ask_change")

    def open_request(self) -> join.ChangeRequest | None:
        """The person's request that waits for an answer."""
        request = self.own.request if self.own is not None else None
        return request if request is not None and request.state == "open" else None

    # -- keys --------------------------------------------------------------------------------------

    def action_join(self) -> None:
        self._act("join.join", self._at)

    def action_leave(self) -> None:
        self._act("join.leave", self._at)

    def action_wait(self) -> None:
        self._act("join.wait", self._at)

    def action_keep(self) -> None:
        self._act("join.keep", self._at)

    def action_change(self) -> None:
        self._act("join.ask_change", self._at)

    # -- what they do ------------------------------------------------------------------------------

    async def do(
        self,
        write: Callable[Concatenate[Any, Actor, P], Receipt],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt | None:
        """As every screen's; what could not be done is looked at again, for somebody was quicker."""
        receipt = await super().do(write, *args, **kwargs)
        if receipt is None:
            self.reload()
        return receipt

    @work(group="act")
    async def _act(self, action: str, ident: int | None) -> None:
        """Do, or refuse with the reason, what a key asked for; one thing at a time."""
        if self._is_acting or ident is None:
            return
        self._is_acting = True
        try:
            # Read now: what the pane shows may have changed at another terminal.
            await self._perform(action, await self.read_offering(ident))
        except CofpError as error:
            self.said.error(error)
        finally:
            self._is_acting = False

    async def _perform(self, action: str, offering: join.Offering) -> None:
        if action in ("join.join", "join.switch"):
            await self._enter(offering)
        elif action in ("join.wait", "join.stop_waiting"):
            await self._wait(offering)
        elif action == "join.leave":
            await self._leave(offering)
        elif action == "join.keep":
            await self._keep_or_not(offering)
        elif action in ("join.ask_change", "join.withdraw_request"):
            await self._change(offering)

    async def _enter(self, offering: join.Offering) -> None:
        """Join; or switch, after naming what is given up."""
        enter = self.entering(offering)
        refusal = enter.refusal if enter is not None else None
        if refusal is not None and refusal.changes_on is None and offering.my_place_in_line:
            line = f"You are number {offering.my_place_in_line} on its waiting list."
            self.said.error(Refused(refusal.rule, None, line))
            return
        if not self._may(enter, offering):
            return
        place = self.own.place if self.own is not None else None
        if place is None:
            receipt = await self.do(join.join, offering.id)
        else:
            question = Confirm(
                f"Switch to {offering.title}?",
                (f"You give up your place in {place.title}. {_goes_on(place)}",),
                yes="switch",
            )
            if not await self.ask(question):
                return
            receipt = await self.do(join.switch, offering.id)
        if receipt is not None:
            self.show_card("joined", offering.id)

    async def _leave(self, offering: join.Offering) -> None:
        place = self.own.place if self.own is not None else None
        target = place if place is not None else offering
        if not self._may(target.verdict("join.leave"), target):
            return
        question = Confirm(
            f"Leave {target.title}?",
            (f"You give up your place. {_goes_on(target)}", "You are in no community then."),
            yes="leave",
            danger=True,
        )
        if await self.ask(question):
            await self.do(join.leave, target.id)

    async def _wait(self, offering: join.Offering) -> None:
        waiting = self.own.waiting if self.own is not None else None
        if offering.my_place_in_line and self.own is not None:
            if not self._may(self.own.verdict("join.stop_waiting"), offering):
                return
            lost = f"You are number {offering.my_place_in_line}; asking again puts you at the end."
            question = Confirm(
                f"Stop waiting for {offering.title}?", (lost,), yes="stop waiting", danger=True
            )
            if await self.ask(question):
                await self.do(join.stop_waiting)
            return
        if not self._may(offering.verdict("join.wait"), offering):
            return
        if waiting is not None:
            lost = f"You give up number {waiting.number} on the waiting list of {waiting.title}."
            question = Confirm(
                f"Wait for {offering.title} instead?",
                (lost, "One list at a time."),
                yes="wait here",
            )
            if not await self.ask(question):
                return
        if await self.do(join.wait, offering.id) is not None:
            self.show_card("waiting", offering.id)

    async def _keep_or_not(self, offering: join.Offering) -> None:
        if self._may(offering.verdict("join.keep"), offering):
            await self.do(join.keep, offering.id, not offering.is_kept)

    async def _change(self, offering: join.Offering) -> None:
        """Ask for a change, or take the request back when it is this one."""
        request = self.open_request()
        ask = self.asking(offering)
        is_this = request is not None and request.to_id == offering.id
        if request is not None and (is_this or ask is None or not ask.is_allowed):
            question = Confirm(
                "Take your request back?",
                (f"You asked to change to {request.to_title}. It waits for {request.waits_for}.",),
                yes="take it back",
                no="leave it",
                danger=True,
            )
            if await self.ask(question):
                await self.do(join.withdraw_request, request.id)
            return
        if not self._may(ask, offering):
            return
        answer = await self.ask(Prompt(
            f"Ask to change to {offering.title}?",
            tuple(_request_words(self.own.deciders if self.own else "", offering, request)),
            label="Why would you like to change?",
            ok="ask",
            draft=Unfinished(
                "join.ask_change", str(offering.id), f"Your request for {offering.title}"
            ),
        ))  # fmt: skip
        if answer is not None:
            await self.do(join.ask_change, offering.id, answer)

    def _may(self, verdict: Verdict | None, offering: join.Offering) -> bool:
        """Whether it may be done now, by somebody signed in; says why not, or asks who it is."""
        if verdict is None:
            self.said.warn("This is not yours to do here.")
            return False
        if verdict.refusal is not None:
            self.said.error(verdict.refusal)
            self.reload()
            return False
        return self.need_person(Intent(self.NAME, verdict.action.id, offering.id))


def _goes_on(place: join.Offering) -> str:
    """What becomes of a place that is given up."""
    if place.waiting:
        who = (
            "the one who waits"
            if place.waiting == 1
            else f"the first of the {place.waiting:,} who wait"
        )
        return f"It goes to {who} for it at once."
    return "It is free for others then."


def _request_words(
    deciders: str, offering: join.Offering, other: join.ChangeRequest | None
) -> list[str]:
    """What asking for a change means; `deciders` are those who have to agree to it."""
    who = deciders[:1].upper() + deciders[1:]
    words = [f"{who} have to agree; you stay where you are until then."]
    if not offering.places_left:
        words.append("It is full now, so it can be approved only when a place is free.")
    if other is not None:
        words.append(f"This takes the place of your request for {other.to_title}.")
    return words
