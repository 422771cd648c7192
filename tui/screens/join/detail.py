"""One offering in detail: beside the list where there is room, else in its place."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from models import join
from models.words import count, listed
from tui.theme import GLYPHS
from tui.widgets.lines import Fact, Facts, Say, Words


def situation(offering: join.Offering, refusal: str) -> Say | None:
    """How this offering stands to the person, in one sentence; `refusal` is why they cannot take a
    place, empty when they can."""
    if offering.is_mine:
        return Say(f"{GLYPHS['mark']} You are in this community.", "good")
    if not offering.is_running:
        return Say("Cancelled: it does not run this year.", "bad")
    if offering.my_place_in_line:
        return Say(f"You are number {offering.my_place_in_line} on its waiting list.", "accent")
    return Say(refusal, "muted") if refusal else None


def places_words(offering: join.Offering) -> str:
    """“4 of 18 places left”, “full · 3 wait”."""
    if offering.places_left:
        return f"{offering.places_left:,} of {count(offering.capacity, 'place')} left"
    waiting = f" · {offering.waiting:,} waiting" if offering.waiting else ""
    return f"all {offering.capacity:,} places taken{waiting}"


def opening(offering: join.Offering, refusal: str, is_here: bool) -> Iterator[Say]:
    """Title, the line under it, the question and the description."""
    marker = f"{GLYPHS['cursor']} " if is_here else ""
    yield Say(f"{marker}{offering.title}", "title")
    under = (offering.audience_words, *offering.priorities[:1], places_words(offering))
    yield Say(" · ".join(part for part in under if part), "muted")
    if offering.is_kept:
        yield Say(f"{GLYPHS['kept']} one of your favourites", "accent")
    said = situation(offering, refusal)
    if said is not None:
        yield said
    if offering.reasons and not offering.is_mine:
        yield Say(f"Suggested for you: {listed(offering.reasons)}.", "good")
    if offering.question:
        yield Say("")
        yield Say(offering.question, "strong")
    if offering.description and offering.description != offering.question:
        yield Say("")
        yield Say(offering.description)
    yield Say("")


def facts(offering: join.Offering) -> Iterator[Fact]:
    """Who, when, where, and what kind of work it is."""
    meetings = [
        meeting.when_words + ("" if meeting.required else " (optional)")
        for meeting in offering.meetings
    ]
    places = tuple(dict.fromkeys(m.place for m in offering.meetings if m.place))
    for label, text in (
        ("Facilitators", "\n".join(offering.facilitators)),
        ("Meets", "\n".join(meetings)),
        ("Where", "\n".join(places or (offering.place,))),
        (f"From {offering.my_school}", "\n".join(offering.from_my_school)),
        ("Members", f"{offering.members:,} so far" if offering.members else "none yet"),
        ("Priorities", "\n".join(offering.priorities)),
        ("How", listed(offering.activities)),
        ("Grades", offering.grades),
        ("Subjects", listed(offering.subjects)),
        ("Needs", offering.needs),
        ("New in it", offering.whats_new),
        ("Goes on from", offering.continues),
    ):
        if text:
            yield Fact(label, text)


class Detail(VerticalScroll, can_focus=True):
    """One offering: its own words first, then the facts."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: tuple[join.Offering, str] | None = None

    def compose(self) -> ComposeResult:
        yield Words()
        yield Facts()

    def show(self, offering: join.Offering | None, refusal: str = "") -> None:
        """Show an offering from now on, or nothing; `refusal` says why no place can be taken."""
        if offering is None:
            self._shown = None
            self.query_one(Words).show(())
            self.query_one(Facts).show(())
            return
        is_same = self._shown is not None and self._shown[0].id == offering.id
        self._shown = (offering, refusal)
        self._draw()
        self.query_one(Facts).show(tuple(facts(offering)))
        if not is_same:
            self.scroll_home(animate=False)

    def _draw(self) -> None:
        if self._shown is not None:
            self.query_one(Words).show(tuple(opening(*self._shown, self.has_focus)))

    def on_focus(self) -> None:
        self._draw()

    def on_blur(self) -> None:
        self._draw()
