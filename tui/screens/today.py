"""Today: what this person can or must do now, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from models import today
from models.words import day
from models.years import Step

from ..house import House
from ..intent import Intent
from ..widgets.bars import Amount, Bar, Days, Spark, Year, YearLines, YearRow, legend
from ..widgets.confirm import Press, Question
from ..widgets.drawn import Drawn
from ..widgets.footer import Hint
from ..widgets.lines import Fact, Facts, Item, Lines, Say, Words
from ..widgets.more import More
from ..widgets.section import Section


class TodayScreen(House):
    """Things to do, one Enter each; then the school, what is next, the community, the year, news."""

    NAME = "today"
    AUTO_FOCUS = "#due"

    def __init__(self) -> None:
        super().__init__()
        self._page: today.Today | None = None

    def compose(self) -> ComposeResult:
        yield from self.head()
        with VerticalScroll(classes="body", can_focus=False, id="page") as page:
            yield Section("Today", id="due-title")
            yield Lines(id="due")
            yield Words(id="nothing")
            yield Section("", id="bar-title")
            yield Bar(id="bar")
            yield Spark(id="spark")
            yield Section("Your community", id="card-title")
            yield Facts(id="card")
            yield Section("Next", id="next-title")
            yield Facts(id="next")
            yield Section("News", id="news-title")
            yield Facts(id="news")
            yield Section("The year", legend(), id="year-title")
            yield Year(id="year")
        yield More(page, id="more")
        yield from self.foot()

    def hints(self) -> Sequence[Hint]:
        """Enter works while there is something to open."""
        due = self._page is not None and bool(self._page.lines)
        return (
            Hint("open", due),
            *([Hint("division")] if self.app.might("people.appoint") else []),
        )

    def common_hints(self) -> tuple[Hint, ...]:
        """Today itself needs no key here."""
        return tuple(h for h in super().common_hints() if h.id != "today")

    async def load(self) -> None:
        if self.app.session is None:
            return
        page = await self.app.lanes.read(today.today, self.app.session.person_id, self.on)
        self._page = page
        due = self.query_one("#due", Lines)
        due.show([_item(line) for line in page.lines])
        due.display = bool(page.lines)
        self._words("#nothing", page.nothing)
        self._show_bar(page)
        self._show_card(page)
        self._facts("next", [_event(e) for e in page.events])
        self._facts("news", [Fact(day(n.on), n.words) for n in page.news])
        self.query_one("#year", Year).show(_year(page.frame))
        self._fit_year()
        # Where nothing is due, the keys move the page.
        body = self.query_one("#page", VerticalScroll)
        body.can_focus = not page.lines
        if self.focused is None or not self.focused.display:
            (due if page.lines else body).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit_year)

    def _fit_year(self) -> None:
        """Show the year as lines where it fits under all that matters more."""
        body, more = self.query_one("#page", VerticalScroll), self.query_one(More)
        year = self.query_one("#year", Year)
        parts = [part for part in body.query_children(Drawn) if part.display or part is year]
        width = body.size.width
        heights = (len(part.lines(width)) + part.styles.margin.top for part in parts)
        title = self.query_one("#year-title", Section)
        own = 0 if title.display else 1 + title.styles.margin.top
        fits = sum(heights) + own <= more.room
        year.display = title.display = fits and self._page is not None
        more.look()

    def _words(self, where: str, said: str) -> None:
        words = self.query_one(where, Words)
        words.show([Say(said, "text")] if said else [])
        words.display = bool(said)

    def _facts(self, name: str, facts: Sequence[Fact]) -> None:
        self.query_one(f"#{name}", Facts).show(facts)
        for part in (f"#{name}", f"#{name}-title"):
            self.query_one(part).display = bool(facts)

    def _show_bar(self, page: today.Today) -> None:
        bar = page.bar
        for part in ("#bar-title", "#bar", "#spark"):
            self.query_one(part).display = bar is not None
        if bar is None:
            return
        self.query_one("#bar-title", Section).show(bar.name)
        note = "" if bar.school_id is None else f"division {bar.division.percent} %"
        far = bar.progress
        self.query_one("#bar", Bar).show(Amount(far.registered, far.expected, "registered", note))
        spark = self.query_one("#spark", Spark)
        spark.display = bool(bar.pace)
        spark.show(Days(tuple(d.registered if d.is_past else None for d in bar.days), bar.pace))

    def _show_card(self, page: today.Today) -> None:
        facts = []
        if page.card is not None:
            card = page.card
            facts = [
                Fact("", card.title, "title"),
                Fact("With", card.with_words),
                Fact("Meets", f"{card.meets} · {card.place}"),
            ]
        if page.waiting:
            facts.append(Fact("", f"You are {page.waiting}.", "text"))
        self._facts("card", facts)

    @on(Lines.Picked, "#due")
    @work
    async def _open(self, message: Lines.Picked) -> None:
        message.stop()
        page = self._page
        line = next((x for x in page.lines if x.id == message.id), None) if page else None
        if line is None:
            return
        if line.is_told:
            await self.ask_store(today.take_note, line.notice_ids)
        elif line.notice_ids and not await self._noted(line):
            return
        if line.screen == self.NAME:
            await self.reload()
        else:
            self.app.go(line.screen, Intent(line.screen, id=line.subject))

    async def _noted(self, line: today.TodayLine) -> bool:
        """Show the whole note and take note of it; whether to open what it is about."""
        opens = await self.ask(Note(line.when, line.words, bool(line.screen)))
        if opens is None:
            return False
        await self.ask_store(today.take_note, line.notice_ids)
        if not opens:
            await self.reload()
        return opens


class Note(Question[bool | None]):
    """One note in full: true opens what it is about, false only takes note, Esc leaves it for later."""

    def __init__(self, title: str, words: str, leads_on: bool) -> None:
        super().__init__(title, (words,))
        self._leads_on = leads_on

    def buttons(self) -> Iterable[Widget]:
        if self._leads_on:
            yield Press("open it", id="open")
        yield Press("noted", id="noted")

    @on(Press.Pressed)
    def _pressed(self, message: Press.Pressed) -> None:
        message.stop()
        self.dismiss(message.press.id == "open")


def _item(line: today.TodayLine) -> Item:
    return Item(line.id, line.words, line.when)


def _event(event: today.NextEvent) -> Fact:
    at = f", {event.at}" if event.at else ""
    return Fact(f"{day(event.on)}{at}", event.words)


def _year(frame: today.Frame) -> YearLines:
    year = frame.year
    assert year is not None  # Today opens only once a year is there
    first, last = year.whole.opens, year.whole.closes
    rows = []
    for state in year.ribbon(frame.on):
        window = year.window(state.step)
        look = {"over": "closed", "ahead": "later", "open": "open"}[state.state]
        if state.pressing:
            look = "urgent"
        if state.step is Step.PARTICIPATE:
            marks = tuple((half.on, half.required) for half in year.half_days)
            rows.append(YearRow("Meet", (), marks, look))  # type: ignore[arg-type]
        else:
            rows.append(YearRow(state.step.short, ((window.opens, window.closes),), (), look))  # type: ignore[arg-type]
    return YearLines(first, last, frame.on, tuple(rows))
