"""The Join screen: the catalogue, what is at hand in it, and what the person does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize

from models import join
from models.actions import Verdict
from models.errors import CofpError, Refused
from models.words import short_day
from models.years import Step
from tui.intent import Intent
from tui.keys import bindings
from tui.widgets.empty import Empty
from tui.widgets.fields import LineInput
from tui.widgets.footer import Hint
from tui.widgets.lines import Item, Lines
from tui.widgets.section import Section
from tui.widgets.table import KEPT, WindowTable

from . import catalogue, own
from .detail import Detail
from .found import Found
from .knobs import Knobs
from .narrowing import Narrowing

WIDE = 100
"""Columns from which the detail stands beside the list."""
LINGER = 0.03
"""Seconds that the marker rests on a row before its detail is read: a held key reads none of them."""


class JoinScreen(Narrowing):
    """Step 4: everyone's offerings, and one's own place among them."""

    NAME = "join"
    STEP = Step.JOIN
    AUTO_FOCUS = "#offerings"
    BINDINGS = [
        *bindings("join", "leave", "wait", "keep", "change", "filter", "search", "open", "back")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._for: tuple[int | None, int] | None = None
        """The person and year that the list was made for."""
        self._card: tuple[str, int | None] = ("", None)
        """What the card is about: 'joined', 'free', 'waiting' or nothing, and which community."""
        self._is_in_detail = False
        self._is_alone = False
        """Whether the detail stands in the list's place."""

    def compose(self) -> ComposeResult:
        yield from self.head()
        with Vertical(classes="body"):
            yield own.Card(id="card", classes="hidden")
            yield own.Own(id="own")
            with Vertical(id="suited", classes="hidden"):
                yield Section("Suggested for you")
                yield Lines(id="suggested")
            with Horizontal(id="find"):
                yield LineInput(placeholder="/ search", limit=80, id="words")
                yield Found(id="found")
            yield Knobs(id="knobs", classes="hidden")
            with Horizontal(id="list", classes="columns"):
                yield WindowTable(
                    catalogue.columns(""),
                    catalogue.cells,
                    row_tone=catalogue.tone,
                    empty="No community fits this. Press Esc to see all of them.",
                    id="offerings",
                )
                yield Detail(id="detail", classes="pane")
            yield Empty("", id="not-out", classes="hidden")
        yield from self.foot()

    # -- loading -----------------------------------------------------------------------------------

    async def load(self) -> None:
        frame = self.frame
        if frame.year is None:
            self._show_nothing("No year has been set up yet", "The operator lays one out.", "")
            return
        before = self.own
        now = await self.app.lanes.read(join.mine, frame.standing, frame.year, frame.on)
        self.own = now
        if now.published.refusal is not None:
            words = "They come out all at once when Division Personnel publish them."
            self._show_nothing(now.published.refusal.rule.rstrip("."), words, now.window_words)
            return
        self._for_whom(frame.standing.person_id, frame.year.id)
        if self._came_free(before, now):
            self._card = ("free", now.place.id if now.place else None)
        self._show_own()
        self._show_list()
        if self._at is not None:
            self._look(self._at, linger=0.0)

    def _for_whom(self, person_id: int | None, year_id: int) -> None:
        """Begin anew for another person: nothing of the one before stays on the screen."""
        if self._for is not None and self._for != (person_id, year_id):
            was_nobody = self._for[0] is None
            self._source, self._card, self.offering = None, ("", None), None
            if not was_nobody:
                self._narrow(join.Filter())
                self._at = None
        self._for = (person_id, year_id)

    @staticmethod
    def _came_free(before: join.Mine | None, now: join.Mine) -> bool:
        """Whether the place waited for has come since the last look."""
        return (
            before is not None
            and before.waiting is not None
            and now.waiting is None
            and now.place is not None
            and now.place.id == before.waiting.community_id
        )

    def _show_nothing(self, title: str, words: str, hint: str) -> None:
        self.query_one("#not-out", Empty).show(title, words, hint)
        self._show_parts(is_out=False)

    def _show_parts(self, *, is_out: bool) -> None:
        self.query_one("#not-out").set_class(is_out, "hidden")
        for name in ("#own", "#find", "#list"):
            self.query_one(name).set_class(not is_out, "hidden")
        if not is_out:
            for name in ("#card", "#suited", "#knobs"):
                self.query_one(name).add_class("hidden")

    def _show_own(self) -> None:
        """The lines above the list, or the card in their place."""
        now = self.own
        if now is None:
            return
        self._show_parts(is_out=True)
        kind, ident = self._card
        card = self.query_one(own.Card)
        if kind in ("joined", "free") and now.place is not None and now.place.id == ident:
            came = "A place came free: you are in" if kind == "free" else "You are in"
            card.show(f"{came} {now.place.title}", own.joined(now))
        elif kind == "waiting" and now.waiting is not None and now.waiting.community_id == ident:
            title = (
                f"You are number {now.waiting.number} on the waiting list of {now.waiting.title}"
            )
            card.show(title, own.waiting(now))
        else:
            kind = ""
        card.set_class(not kind, "hidden")
        head = self.query_one(own.Own)
        head.show(tuple(own.lines(now, is_known=self.app.session is not None)))
        head.set_class(bool(kind), "hidden")
        suited = [
            Item(str(s.community_id), s.title, " · ".join((f"{s.places_left:,} left", *s.reasons)))
            for s in now.suggestions
        ]
        self.query_one("#suggested", Lines).show(suited)
        is_filtering = not self.query_one(Knobs).has_class("hidden")
        self.query_one("#suited").set_class(bool(kind) or not suited or is_filtering, "hidden")

    def _show_list(self) -> None:
        """The list anew: from the start for another person, else in place."""
        table = self.query_one(WindowTable)
        frame = self.frame
        year = self.year
        if self._source is None:
            school = self._school()
            table.columns = catalogue.columns(school)
            self._source = catalogue.Offerings(
                self.app.lanes, year.id, self.narrowed, frame.standing
            )
            table.load(self._source, keep=self._at)
        else:
            self._source.viewer = frame.standing
            table.reload()

    def _school(self) -> str:
        from models.people import short_school

        return short_school(self.standing.school_name)

    # -- what is at hand ---------------------------------------------------------------------------

    def _take_up(self, ident: int | None) -> None:
        """Let this community be the one at hand."""
        if ident == self._at and self.offering is not None:
            return
        self._at = ident
        if ident is None:
            self.offering = None
            self.query_one(Detail).show(None)
            self.show_hints()
        else:
            self._look(ident, linger=LINGER if self.offering is not None else 0.0)

    @work(exclusive=True, group="look")
    async def _look(self, ident: int, *, linger: float) -> None:
        """Read the offering at hand once the marker rests; only the latest one is shown."""
        await asyncio.sleep(linger)
        try:
            found = await self.read_offering(ident)
        except CofpError as error:
            self.said.error(error)
            return
        if ident == self._at:
            self._show_offering(found)

    def _show_offering(self, offering: join.Offering) -> None:
        self.offering = offering
        enter = self.entering(offering)
        refusal = enter.refusal if enter is not None else None
        self.query_one(Detail).show(offering, str(refusal) if refusal is not None else "")
        self.show_hints()

    @on(WindowTable.Highlighted, "#offerings")
    def _row_reached(self, message: WindowTable.Highlighted) -> None:
        message.stop()
        if self.focused is not self.query_one("#suggested"):
            self._take_up(message.row.id if message.row is not None else None)

    @on(WindowTable.Counted, "#offerings")
    def _counted(self, message: WindowTable.Counted) -> None:
        message.stop()
        self._show_found()

    @on(WindowTable.Failed, "#offerings")
    def _failed(self, message: WindowTable.Failed) -> None:
        message.stop()
        self.said.error(message.error)

    @on(Lines.Highlighted, "#suggested")
    def _suggestion_reached(self, message: Lines.Highlighted) -> None:
        message.stop()
        self._take_up(int(message.id))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What has the focus decides what is at hand."""
        suggested, table = self.query_one("#suggested", Lines), self.query_one(WindowTable)
        if event.widget is suggested and suggested.picked_id is not None:
            self._take_up(int(suggested.picked_id))
        elif event.widget is table and table.row is not None:
            self._take_up(table.row.id)
        self.show_hints()

    # -- detail and back ---------------------------------------------------------------------------

    @on(WindowTable.Chosen, "#offerings")
    @on(Lines.Picked, "#suggested")
    def _chosen(self, message: WindowTable.Chosen | Lines.Picked) -> None:
        message.stop()
        # An Enter that was followed by a key for the filters comes too late.
        if not self._is_opening_filters and self.query_one(Knobs).has_class("hidden"):
            self._open_detail()

    def _open_detail(self) -> None:
        """Go into the detail; where there is no room beside the list it takes the list's place."""
        self._is_in_detail = True
        self.said.clear()
        self._arrange()
        # At once: a key typed ahead must not find the focus in what has just been hidden.
        self.set_focus(self.query_one(Detail), scroll_visible=False)

    def _close_detail(self) -> None:
        if self._is_in_detail:
            self._is_in_detail = False
            self._arrange()
            self.set_focus(self.query_one(WindowTable), scroll_visible=False)

    def on_resize(self, event: Resize) -> None:
        if self._is_in_detail:
            self._arrange()

    def _arrange(self) -> None:
        # Straight on the widgets: a class on the screen would style every widget anew, which is felt.
        is_alone = self._is_in_detail and self.size.width < WIDE
        if is_alone == self._is_alone:
            return
        self._is_alone = is_alone
        if is_alone:
            self.query_one(Detail).styles.display = "block"
        else:
            self.query_one(Detail).styles.clear_rule("display")
        for name in ("#own", "#suited", "#find", "#offerings"):
            styles = self.query_one(name).styles
            if is_alone:
                styles.display = "none"
            else:
                styles.clear_rule("display")

    def action_back(self) -> None:
        """One thing at a time: filters, search, detail, the card, what is narrowed, the screen."""
        if self._is_opening_filters:
            self.workers.cancel_group(self, "filter")
            self._is_opening_filters = False
        elif not self.query_one(Knobs).has_class("hidden"):
            self._close_filters()
        elif self._is_in_detail:
            self._close_detail()
        elif self.focused is self.query_one("#words"):
            self.query_one(WindowTable).focus()
        elif self._card[0]:
            self._card = ("", None)
            self._show_own()
        elif not self.narrowed.is_empty:
            self._narrow(join.Filter(sort=self.narrowed.sort))
        else:
            super().action_back()

    # -- keys --------------------------------------------------------------------------------------

    def hints(self) -> Sequence[Hint]:
        if not self.is_attached or not self._is_out:
            return ()
        if not self.query_one(Knobs).has_class("hidden"):
            return (Hint("up", words="filter", key="↑ ↓", keep=8), Hint("left", key="← →", words="turn", keep=8),
                    Hint("back"))  # fmt: skip
        found: list[Hint] = []
        if self.focused is not self.query_one("#words"):
            found += self._hints_at_hand()
        if self._is_in_detail:
            found.append(Hint("back"))
        return (*found, Hint("search"), Hint("filter"))

    def _hints_at_hand(self) -> list[Hint]:
        offering, now = self.offering, self.own
        if offering is None or now is None:
            return []
        enter = self.entering(offering)
        found: list[Hint] = []
        wait = offering.verdict("join.wait")
        is_full = bool(offering.my_place_in_line) or (wait is not None and wait.is_allowed)
        if enter is not None and _is_worth_a_key(enter, is_full):
            found.append(_hint("join", enter, enter.action.title))
        if offering.my_place_in_line:
            stop = now.verdict("join.stop_waiting")
            found.append(Hint("wait", stop is not None and stop.is_allowed, "stop waiting"))
        elif wait is not None and wait.is_allowed:
            found.append(Hint("wait"))
        leave = now.place.verdict("join.leave") if now.place is not None else None
        if leave is not None and leave.is_allowed:
            found.append(Hint("leave"))
        if self.open_request() is not None:
            found.append(Hint("change", words="take it back"))
        else:
            ask = self.asking(offering)
            if ask is not None and ask.is_allowed:
                found.append(Hint("change", words="ask for a change"))
        keep = offering.verdict("join.keep")
        if keep is not None and keep.is_allowed:
            found.append(Hint("keep", words="unmark" if offering.is_kept else ""))
        return found

    # -- going on with an intent, and after a change -----------------------------------------------

    async def carry_out(self, intent: Intent) -> None:
        if not self._is_out:
            return
        if intent.words:
            self._narrow(join.Filter(words=intent.words))
        if intent.id is not None:
            await self._go_to(intent.id, opens=not intent.action)
        if intent.action:
            self._act(intent.action, intent.id)

    async def _go_to(self, ident: int, *, opens: bool) -> None:
        """Bring the marker to a community, wherever in the list it is."""
        if self._source is None:
            return
        try:
            found = await self.read_offering(ident)
            is_long = await self._source.count() > KEPT
        except CofpError as error:
            self.said.error(error)
            return
        # A list too long to look through is narrowed to the community's own name.
        self._narrow(join.Filter(words=found.title if is_long else ""))
        self._at = ident
        self.query_one(WindowTable).load(self._source, keep=ident)
        self._show_offering(found)
        if opens and self.size.width < WIDE:
            self._open_detail()

    def show_card(self, kind: str, ident: int) -> None:
        self._card = (kind, ident)
        self._close_detail()
        self._show_own()


def _is_worth_a_key(enter: Verdict, is_full: bool) -> bool:
    """Whether joining stands among the keys: allowed, not yet, or only the place is missing."""
    return enter.refusal is None or enter.refusal.changes_on is not None or is_full


def _hint(key: str, verdict: Verdict, words: str) -> Hint:
    """A key with its word; greyed with the date on which that changes."""
    refusal: Refused | None = verdict.refusal
    if refusal is not None and refusal.changes_on is not None:
        words = f"{words} from {short_day(refusal.changes_on)}"
    return Hint(key, refusal is None, words)
